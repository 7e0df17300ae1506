"""A fact on the picture of its page: boxes stand on the words, and nothing is drawn that is not known."""

from __future__ import annotations

import random
import re
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from test_cli import run

from pipeline.ingest import ingest
from pipeline.pages import Page, SourceDocument, Word
from pipeline.picture import rectangles
from pipeline.settings import Settings
from pipeline.storage.base import open_for_reading
from pipeline.storage.places import PlacedWord, pack, pages_of, unpack, words_of

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

WORDS = (
    PlacedWord(0, 5, 10.0, 20.0, 40.05, 32.0),
    PlacedWord(6, 9, 44.0, 20.1, 60.0, 32.0),
    PlacedWord(70_000, 70_004, 3276.0, 0.0, 3276.5, 9.0),
)


def test_places_are_kept_to_a_twentieth_of_a_point() -> None:
    assert unpack(pack(WORDS)) == WORDS and unpack(pack(())) == ()
    with pytest.raises(ValueError, match="damaged"):
        unpack(b"nonsense")
    with pytest.raises(ValueError, match="damaged"):
        unpack(pack(WORDS)[:-9])


LINES = [
    ("words of one line", [(10, 20, 40, 32), (44, 20, 60, 32)], [(10, 20, 60, 32)]),
    ("a line below", [(10, 20, 40, 32), (10, 34, 60, 46)], [(10, 20, 40, 32), (10, 34, 60, 46)]),
    ("two cells of a row", [(10, 20, 40, 32), (200, 20, 260, 32)], [(10, 20, 40, 32), (200, 20, 260, 32)]),
    ("a raised mark", [(10, 20, 40, 32), (41, 17, 45, 27)], [(10, 17, 45, 32)]),
]


@pytest.mark.parametrize(("words", "expected"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_words_of_a_line_share_a_box(words: list[tuple[float, float, float, float]], expected: list[tuple[float, ...]]) -> None:
    assert rectangles(PlacedWord(0, 1, *box) for box in words) == expected


def source(*pages: str) -> SourceDocument:
    made = []
    for number, text in enumerate(pages, 1):
        words = tuple(Word(m.start(), m.end(), 10.0 * n, 20, 10.0 * n + 9, 30) for n, m in enumerate(re.finditer(r"\S+", text)))
        made.append(Page(number, text, words, (595.0, 842.0)))
    return SourceDocument("a.pdf", "0" * 64, "application/pdf", tuple(made))


def test_places_follow_words_through_normalising() -> None:
    from pipeline.text.document import assemble

    read = source("Kế  hoạch   số 12/KH-UBND\nThực hiện nhiệm", "vụ năm 2025 của xã")
    text = assemble(read.pages).text
    pages = pages_of(read, text)
    assert [[text[w.start : w.end] for w in page.words] for page in pages] == [
        ["Kế", "hoạch", "số", "12/KH-UBND", "Thực", "hiện", "nhiệm"],
        ["vụ", "năm", "2025", "của", "xã"],
    ]
    assert pages_of(read, text + "x") == []
    bare = SourceDocument("a.txt", "0" * 64, "text/plain", (Page(1, "Kế hoạch"),))
    assert pages_of(bare, "Kế hoạch") == []


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a base of a made PDF, a copy of it in a ZIP, and a text."""
    faults = pytest.importorskip("pdf_faults", reason="needs the development extras (reportlab, pikepdf, fonttools)")
    if not faults.available():
        pytest.skip("needs Debian's fonts-liberation2 and fonts-dejavu")
    from make_pdfs import compose

    folder = tmp_path_factory.mktemp("made")
    (folder / "in").mkdir()
    face = "LiberationSerif"
    faults.register(face)
    for name, seed in (("a.pdf", 5), ("b.pdf", 6)):
        (folder / "in" / name).write_bytes(faults.sound(compose(random.Random(seed), face, 9), face))
    with zipfile.ZipFile(folder / "in" / "post.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "in" / "b.pdf", "thu/b.pdf")
    (folder / "in" / "b.pdf").unlink()
    (folder / "in" / "c.txt").write_text("Kế hoạch.\n\nThực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ.\n", "utf-8")
    summary = ingest([folder / "in"], folder / "kb.db", Settings(ocr="never"))
    assert summary.counts["added"] == 3
    return folder


def red(path: Path) -> tuple[int, int, int, int]:
    """The bounding box of the red frame of a picture."""
    pixels = np.asarray(Image.open(path).convert("RGB")).astype(int)
    rows, columns = np.nonzero((pixels[..., 0] > 180) & (pixels[..., 1] < 60) & (pixels[..., 2] < 60))
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


@pytest.mark.parametrize("name", ["in/a.pdf", "in/post.zip/thu/b.pdf"])
def test_the_words_of_a_fact_are_boxed_on_their_page(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    out = tmp_path / "a1.png"
    base = str(made / "kb.db")
    code, said, err = run(capsys, "show", name, "--fact", "a1", "--out", str(out), "--db", base)
    assert (code, err) == (0, "") and said.splitlines()[1].startswith(f"wrote {out}: page ")
    with open_for_reading(Path(base)) as connection:
        key, height = connection.execute("SELECT id, page_count FROM documents WHERE name = ?", (name,)).fetchone()
        fact = connection.execute("SELECT * FROM assignments WHERE document_id = ? AND fact_id = 'a1'", (key,)).fetchone()
        (page,) = words_of(connection, key, fact["start_offset"], fact["end_offset"])
        text = connection.execute("SELECT text FROM texts WHERE document_id = ?", (key,)).fetchone()[0]
    assert " ".join(text[w.start : w.end].strip(",.;:") for w in page.words) == fact["unit"].strip(",.;:")
    picture = Image.open(out)
    scale = picture.width / page.width
    left, top, right, bottom = red(out)
    expected = [
        min(w.x0 for w in page.words),
        min(w.top for w in page.words),
        max(w.x1 for w in page.words),
        max(w.bottom for w in page.words),
    ]
    assert all(abs(a / scale - b) < 3.5 for a, b in zip((left, top, right, bottom), expected, strict=True))
    inside = np.asarray(picture.crop((left + 3, top + 3, right - 3, bottom - 3)).convert("L"))
    assert 0.03 < float((inside < 110).mean()) < 0.6, "there is ink in the box"
    below = np.asarray(picture.crop((0, picture.height - 20, 20, picture.height)).convert("L"))
    assert below.min() > 200 and height >= 1


def test_a_document_without_pages_gives_its_sentence(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "show", "in/c.txt", "--fact", "c1", "--out", str(tmp_path / "x.png"), "--db", str(made / "kb.db"))
    first, second = out.splitlines()
    assert (code, err) == (0, "") and "line 3: Thực hiện Chỉ thị số 33/CT-TTg" in first and second.startswith("no picture: ")
    assert not (tmp_path / "x.png").exists()


def test_a_source_that_is_gone_or_changed_is_one_line(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source_file, kept = made / "in" / "a.pdf", made / "kept"
    source_file.rename(kept)
    try:
        for content, what in ((None, "the file is gone"), (b"%PDF-1.4 other", "the file has changed since")):
            if content:
                source_file.write_bytes(content)
            code, out, err = run(capsys, "show", "in/a.pdf", "--fact", "a1", "--out", str(tmp_path / "x.png"), "--db", str(made / "kb.db"))
            assert code == 1 and what in err and err.count("\n") == 1 and out.count("\n") == 1
    finally:
        kept.replace(source_file)


@pytest.mark.parametrize(
    "arguments", [("in/a.pdf", "--fact", "a99"), ("in/a.pdf", "--fact", "zz"), ("in/none.pdf", "--fact", "a1"), ("in/a.pdf",)]
)
def test_a_fact_that_is_not_there_is_wrong_use(made: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, out, err = run(capsys, "show", *arguments, "--db", str(made / "kb.db"))
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.slow
def test_a_scan_is_boxed_where_the_words_were_read(made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from pipeline.reading.ocr_engine import check_engine
    from pipeline.reading.parsing import parser

    try:
        check_engine()
    except Exception as error:
        pytest.skip(str(error))
    limits = Settings(ocr="never", ocr_dpi=150)
    with parser() as parsing:
        parsing.read((made / "in" / "a.pdf").read_bytes(), limits)
        drawn, _ = parsing.draw(1, limits)
    page = Image.fromarray(drawn).rotate(-1.2, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC)
    scan = tmp_path / "scan.png"
    page.save(scan)
    ingest([scan], tmp_path / "kb.db", Settings(processes=1))
    out = tmp_path / "out.png"
    code, said, err = run(capsys, "show", str(scan), "--fact", "a1", "--out", str(out), "--db", str(tmp_path / "kb.db"))
    assert (code, err) == (0, "") and "words boxed" in said
    first, second = red(out), None
    plain = tmp_path / "plain.png"
    assert run(capsys, "show", "in/a.pdf", "--fact", "a1", "--out", str(plain), "--db", str(made / "kb.db"))[0] == 0
    second = red(plain)
    turned, straight = Image.open(out), Image.open(plain)
    middle = [(box[0] + box[2]) / 2 / image.width for box, image in ((first, turned), (second, straight))]
    across = [(box[1] + box[3]) / 2 / image.height for box, image in ((first, turned), (second, straight))]
    assert abs(middle[0] - middle[1]) < 0.03 and abs(across[0] - across[1]) < 0.03
