"""Files as an office program makes them: DOCX by python-docx, turned by LibreOffice into DOC, RTF and PDF; all must give one text."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from pipeline.errors import ReadingError
from pipeline.reading import legacy_word
from pipeline.reading.read import read_document
from pipeline.settings import Settings

docx = pytest.importorskip("docx", reason="needs the development extras (python-docx)")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(legacy_word.program() is None, reason="needs LibreOffice (Debian's libreoffice-writer-nogui)"),
]
CORPUS = Path(__file__).parent.parent / "corpus"
LEFT = ["ỦY BAN NHÂN DÂN", "HUYỆN SƠN LÂM", "Số: 45/KH-UBND"]
RIGHT = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Sơn Lâm, ngày 05 tháng 3 năm 2025"]
RECIPIENTS = ["Nơi nhận:", "- Thường trực Huyện ủy;", "- Các phòng, ban của huyện;", "- Lưu: VT."]
SIGNED = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Hồng Nhung"]
TABLE_AT = 2  # paragraphs before the table, so that no page break falls into a row
ROWS = [
    ["TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"],
    ["1", "Rà soát thủ tục hành chính đang thực hiện tại bộ phận một cửa, đề xuất cắt giảm", "Phòng Tư pháp", "30/6/2025"],
    ["2", "Tổng hợp kết quả, báo cáo Ủy ban nhân dân huyện", "Phòng Nội vụ", "Quý III/2025"],
]


def body(name: str) -> list[str]:
    """Running paragraphs of a text of our own."""
    lines = [re.sub(r"\*+", "", line).strip() for line in (CORPUS / f"{name}.txt").read_text(encoding="utf-8").split("\n")]
    return [line for line in lines if len(line) > 60 and "|" not in line and "   " not in line][:22]


def letter(path: Path, paragraphs: list[str]) -> None:
    """A plan as offices set it: letterhead and signature in tables without borders, justified text of 14 points, one ruled table."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
    from docx.shared import Pt

    made = docx.Document()
    made.styles["Normal"].font.name = "Times New Roman"
    made.styles["Normal"].font.size = Pt(14)
    page = made.sections[0]
    page.page_width, page.page_height = Pt(595), Pt(842)
    page.left_margin, page.right_margin = Pt(85), Pt(57)

    def columns(left: list[str], right: list[str], *, centred: bool) -> None:
        table = made.add_table(rows=1, cols=2)
        table.autofit = False
        for number, (lines, middle, wide) in enumerate(((left, centred, 165), (right, True, 288))):
            cell = table.columns[number].cells[0]
            table.columns[number].width = cell.width = Pt(wide)
            for place, line in enumerate(lines):
                at = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
                at.paragraph_format.space_after = Pt(0)
                at.alignment = Align.CENTER if middle else Align.LEFT
                run = at.add_run(line)
                run.font.size = Pt(12 if centred else 13)

    columns(LEFT, RIGHT, centred=True)
    title = made.add_paragraph()
    title.alignment = Align.CENTER
    title.add_run("KẾ HOẠCH").bold = True
    for number, text in enumerate(paragraphs):
        if number == TABLE_AT:
            table = made.add_table(rows=0, cols=4, style="Table Grid")
            for cells in ROWS:
                for cell, words in zip(table.add_row().cells, cells, strict=True):
                    cell.text = words
        at = made.add_paragraph(text)
        at.alignment = Align.JUSTIFY
        at.paragraph_format.first_line_indent = Pt(28)
        at.paragraph_format.space_after = Pt(6)
    columns(RECIPIENTS, [*SIGNED[:3], "", "", SIGNED[3]], centred=False)
    made.add_paragraph()  # as in every document of Word: LibreOffice loses a table at the very end of a DOC
    made.save(path)


def convert(path: Path, kind: str, folder: Path) -> Path:
    office = legacy_word.program()
    assert office is not None
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, str(path)], capture_output=True, check=True, timeout=180)
    return folder / f"{path.stem}.{kind.partition(':')[0]}"


def lines(path: Path) -> list[str]:
    """The lines of a document; what a page break cut is put together again as the text stage does."""
    text = "\n".join(p.text for p in read_document(path, Settings(processes=1)).pages)
    return [line.strip() for line in text.split("\n") if line.strip()]


@pytest.fixture(scope="module", params=["agency-1", "blind-13", "blind-5"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The DOCX, and the lines it must give."""
    paragraphs = body(request.param)
    path = tmp_path_factory.mktemp("office") / "plan.docx"
    letter(path, paragraphs)
    rows = ["| " + " | ".join(cells) + " |" for cells in ROWS]
    return path, [*LEFT, *RIGHT, "KẾ HOẠCH", *paragraphs[:TABLE_AT], *rows, *paragraphs[TABLE_AT:], *RECIPIENTS, *SIGNED]


def test_docx(made: tuple[Path, list[str]]) -> None:
    assert lines(made[0]) == made[1]


@pytest.mark.parametrize("kind", ["doc:MS Word 97", "rtf"])
def test_legacy_word(made: tuple[Path, list[str]], kind: str, tmp_path: Path) -> None:
    assert lines(convert(made[0], kind, tmp_path)) == made[1]


def test_pdf(made: tuple[Path, list[str]], tmp_path: Path) -> None:
    path = convert(made[0], "pdf", tmp_path)
    pages = read_document(path, Settings(processes=1)).pages
    assert {p.method for p in pages} == {"text"}
    got, want = " ".join(lines(path)).split(), " ".join(made[1]).split()
    assert got == want
    cut = len(pages) - 1  # each page break may cut one paragraph
    assert len(set(lines(path)) - set(made[1])) <= 2 * cut


def test_libreoffice_is_stopped_in_time(made: tuple[Path, list[str]], tmp_path: Path) -> None:
    path = convert(made[0], "doc:MS Word 97", tmp_path)
    with pytest.raises(ReadingError) as caught:
        read_document(path, Settings(page_seconds=0.05))
    assert caught.value.reason == "timeout"
