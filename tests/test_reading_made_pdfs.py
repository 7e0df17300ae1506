"""The made set of PDF files: every broken text layer is found, no sound one is sent to OCR, and the text comes out in order."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.reading import pdf_document
from pipeline.reading.read import read_document
from pipeline.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
faults = pytest.importorskip("pdf_faults", reason="needs the development extras (reportlab, pikepdf, fonttools)")
import make_pdfs  # noqa: E402

pytestmark = pytest.mark.skipif(not faults.available(), reason="needs Debian's fonts-liberation2 and fonts-dejavu")
SETTINGS = Settings(ocr="auto", processes=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdfs")


@pytest.fixture(scope="module")
def truth(folder: Path) -> list[dict[str, Any]]:
    return make_pdfs.make(folder, seed=7)


@pytest.fixture(scope="module")
def read(folder: Path, truth: list[dict[str, Any]]) -> dict[str, pdf_document.PdfPages]:
    found = {}
    for file in truth:
        data = (folder / file["name"]).read_bytes()
        document = pdf_document.open_document(data, SETTINGS)
        found[file["name"]] = pdf_document.read(document, data, SETTINGS, lambda: None)
        document.close()
    return found


def test_the_set_is_large_enough_and_has_every_fault(truth: list[dict[str, Any]]) -> None:
    assert len(truth) >= 40
    expected = {"good", "table", "widgets", "stamp-only", "glyph-numbers", "old-u-horn", "tcvn3", "vni", "bare-hidden", "mixed", "cyrillic"}
    assert {file["fault"] for file in truth} == expected


def test_same_seed_same_files(folder: Path, truth: list[dict[str, Any]], tmp_path: Path) -> None:
    assert make_pdfs.make(tmp_path, seed=7) == truth
    for file in truth:
        assert (tmp_path / file["name"]).read_bytes() == (folder / file["name"]).read_bytes(), file["name"]


def test_every_page_is_treated_as_it_must_be(truth: list[dict[str, Any]], read: dict[str, pdf_document.PdfPages]) -> None:
    wrong = []
    for file in truth:
        result = read[file["name"]]
        got = [p.method for p in result.pages]
        if got != [p["action"] for p in file["pages"]]:
            wrong.append((file["name"], got))
        assert list(result.scans) == [n for n, p in enumerate(file["pages"], 1) if p["action"] == "ocr"]
    assert wrong == []


def test_text_layers_come_out_paragraph_by_paragraph(truth: list[dict[str, Any]], read: dict[str, pdf_document.PdfPages]) -> None:
    wrong = []
    for file in truth:
        # TCVN3 has no accented capitals in its small font: "ủy ban" at the start of a sentence stays as it is written there.
        same = str.lower if file["fault"] == "tcvn3" else str
        for page, expected in zip(read[file["name"]].pages, file["pages"], strict=True):
            if page.method != "ocr" and same(page.text) != same("\n".join(expected["truth"]).strip()):
                wrong.append((file["name"], page.number, page.text))
    assert wrong == []


def test_words_point_to_themselves(truth: list[dict[str, Any]], read: dict[str, pdf_document.PdfPages]) -> None:
    for name, result in read.items():
        for page in (p.page() for p in result.pages):
            assert page.size is not None
            covered = set()
            for word in page.words:
                text = page.text[word.start : word.end]
                assert text and not any(c.isspace() for c in text), name
                assert word.x0 < word.x1 and word.top < word.bottom
                assert word.x0 > -5 and word.x1 < page.size[0] + 5 and word.top > -5 and word.bottom < page.size[1] + 5
                covered.update(range(word.start, word.end))
            left = {page.text[k] for k in range(len(page.text)) if k not in covered}
            assert left <= set(" \n|[]0123456789"), name  # only separators and footnote numbers are not words of the page
            for edit in page.edits:
                assert page.text[edit.start : edit.start + len(edit.after)] == edit.after


def test_number_and_day_from_fields_stand_in_their_place(truth: list[dict[str, Any]], read: dict[str, pdf_document.PdfPages]) -> None:
    files = [f for f in truth if f["fault"] == "widgets"]
    assert len(files) >= 5
    for file in files:
        lines = read[file["name"]].pages[0].text.split("\n")
        assert any(line.startswith(f"Số: {file['fields']['number']}/") for line in lines), lines[:8]
        assert any(f", ngày {file['fields']['day']} tháng " in line for line in lines), lines[:8]


def test_stamps_leave_nothing_in_the_text(truth: list[dict[str, Any]], read: dict[str, pdf_document.PdfPages]) -> None:
    for file in truth:
        for page in read[file["name"]].pages:
            assert "Thời gian ký" not in page.text and "vanthu@" not in page.text, file["name"]


def test_mended_pages_say_what_was_changed(truth: list[dict[str, Any]], read: dict[str, pdf_document.PdfPages]) -> None:
    rules = {
        "glyph-numbers": "glyph-numbers",
        "old-u-horn": "old-u-horn",
        "tcvn3": "tcvn3",
        "vni": "vni",
        "cyrillic": "cyrillic-look-alike",
    }
    for file in truth:
        rule = rules.get(file["fault"])
        for page in read[file["name"]].pages:
            if rule is None:
                assert page.edits == (), file["name"]
            else:
                assert rule in page.reason
                assert any(e.rule == rule and e.before != e.after for e in page.edits), file["name"]


@pytest.mark.parametrize(("mode", "method"), [("never", "text"), ("always", "ocr")])
def test_ocr_mode_overrides_the_decision(folder: Path, truth: list[dict[str, Any]], mode: Any, method: str) -> None:
    name = next(f["name"] for f in truth if f["fault"] == ("bare-hidden" if mode == "never" else "good"))
    data = (folder / name).read_bytes()
    settings = Settings(ocr=mode)
    document = pdf_document.open_document(data, settings)
    page = pdf_document.read(document, data, settings, lambda: None).pages[0]
    assert page.method == method
    assert ("switched off" if mode == "never" else "asked for") in page.reason


def test_through_the_parsing_process_the_pages_are_the_same(
    folder: Path, truth: list[dict[str, Any]], read: dict[str, pdf_document.PdfPages]
) -> None:
    for fault in ("good", "table", "widgets", "glyph-numbers"):
        name = next(f["name"] for f in truth if f["fault"] == fault)
        document = read_document(folder / name, SETTINGS, name=name)
        assert document.pages == tuple(p.page() for p in read[name].pages)
        assert document.media_type == "application/pdf" and document.name == name


def test_scanned_pages_go_to_ocr_in_page_order(folder: Path, truth: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.pages import Page
    from pipeline.reading import ocr

    seen = []

    def pages(jobs: Any, settings: Settings) -> Any:
        for job in jobs:
            seen.append((job.number, job.image.shape, job.size_points))
            yield Page(job.number, "trang quét", method="ocr", reason="page image", scores={"confidence": 0.9}, confidence=0.9)

    monkeypatch.setattr(ocr, "ocr_pages", pages)
    name = next(f["name"] for f in truth if f["fault"] == "mixed")
    document = read_document(folder / name, SETTINGS)
    assert [p.method for p in document.pages] == ["text", "ocr"]
    assert (
        document.pages[1].reason == "no text layer"
        and document.pages[1].scores["image"] == 1.0
        and document.pages[1].scores["confidence"] == 0.9
    )
    ((number, shape, size),) = seen
    assert number == 2 and size == (595.0, 842.0)
    assert shape == (1288, 910, 3)  # A4 at 110 dpi, as it was scanned: nothing stretched


@pytest.mark.parametrize(
    ("turn", "matrix", "box"),
    [
        (90, b"0 1 -1 0 842 0 cm ", [0, 0, 842, 595]),
        (180, b"-1 0 0 -1 595 842 cm ", [0, 0, 595, 842]),
        (270, b"0 -1 1 0 0 595 cm ", [0, 0, 842, 595]),
        (0, b"1 0 0 1 100 50 cm ", [100, 50, 695, 892]),
    ],
)
def test_turned_and_shifted_pages_read_the_same(
    folder: Path, truth: list[dict[str, Any]], read: dict[str, pdf_document.PdfPages], turn: int, matrix: bytes, box: list[int]
) -> None:
    import io

    import pikepdf

    name = next(f["name"] for f in truth if f["fault"] == "table")
    document = pikepdf.open(folder / name)
    for page in document.pages:
        page.contents_add(pikepdf.Stream(document, matrix), prepend=True)
        page.obj.MediaBox = box
        page.obj.Rotate = turn
    out = io.BytesIO()
    document.save(out)
    opened = pdf_document.open_document(out.getvalue(), SETTINGS)
    for found, expected in zip(pdf_document.read(opened, out.getvalue(), SETTINGS, lambda: None).pages, read[name].pages, strict=True):
        assert found.text == expected.text and found.size == expected.size
        for a, b in zip(found.words, expected.words, strict=True):
            assert a[:2] == b[:2] and a[2:6] == pytest.approx(b[2:6], abs=0.6)
