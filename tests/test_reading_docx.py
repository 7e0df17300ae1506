"""DOCX by hand-written parts: what is printed is what is read."""

# ruff: noqa: E501 - cases are set one to a line

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.errors import ReadingError, SecrecyError
from pipeline.reading import docx, legacy_word
from pipeline.reading.docx_numbers import printed
from pipeline.reading.read import read_bytes
from pipeline.settings import Settings

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def package(body: str, **parts: str) -> bytes:
    """A DOCX with this body and further parts (name without folder and ending)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>")
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", inner.replace("<w:root>", f"<w:root {NS}>"))
    return out.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, level: int, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def cell(*texts: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(p(t) for t in texts)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{r}</w:tr>' for r in rows)}</w:tbl>"


def text_of(data: bytes) -> list[str]:
    return [page.text for page in docx.pages(data, Settings())]


NUMBERING = """<w:root><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%2.%3."/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Khoan"/><w:lvlText w:val="Điều %1."/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:root>"""
STYLES = """<w:root><w:style w:styleId="Khoan"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Con"><w:basedOn w:val="Khoan"/></w:style><w:style w:styleId="Hoa"><w:rPr><w:caps/></w:rPr></w:style></w:root>"""


def test_automatic_numbers_as_printed() -> None:
    body = (
        item("Mục đích", 0)
        + item("Nhiệm vụ", 0)
        + item("Ý một", 2)
        + item("Ý hai", 2)
        + item("Dấu chấm", 3)
        + item("Tổ chức", 0)
        + item("Ý ba", 2)
    )
    (text,) = text_of(package(body, numbering=NUMBERING, styles=STYLES))
    assert text.split("\n") == ["I. Mục đích", "II. Nhiệm vụ", "a) Ý một", "b) Ý hai", "- Dấu chấm", "III. Tổ chức", "a) Ý ba"]


def test_numbers_from_styles_and_restarts() -> None:
    styled = '<w:pStyle w:val="Con"/>'
    body = (
        p("Phạm vi", styled)
        + p("Đối tượng", styled)
        + item("Hiệu lực", 0, 3)
        + p("Không đánh số", '<w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    (text,) = text_of(package(body, numbering=NUMBERING, styles=STYLES))
    assert text.split("\n") == ["Điều 1. Phạm vi", "Điều 2. Đối tượng", "Điều 1. Hiệu lực", "Không đánh số"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (4, "upperRoman", "IV"),
        (19, "lowerRoman", "xix"),
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (5, "lowerLetter", "e"),
        (28, "upperLetter", "BB"),
    ],
)
def test_forms_of_numbers(number: int, form: str, text: str) -> None:
    assert printed(number, form) == text


def test_runs_as_printed() -> None:
    body = (
        "<w:p><w:r><w:t>Đã </w:t></w:r><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:rPr><w:caps/></w:rPr><w:t> chữ hoa</w:t></w:r>"
        "<w:r><w:noBreakHyphen/><w:t>nối</w:t><w:br/><w:t>dòng hai</w:t></w:r></w:p>" + p("kiểu chữ hoa", '<w:pStyle w:val="Hoa"/>')
    )
    (text,) = text_of(package(body, styles=STYLES))
    assert text.split("\n") == ["Đã thêm CHỮ HOA-nối", "dòng hai", "KIỂU CHỮ HOA"]


def test_letterhead_table_goes_column_by_column() -> None:
    head = table(
        cell("UBND TỈNH LAM SƠN", "SỞ NỘI VỤ") + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        cell("Số: 12/SNV-TH", "V/v rà soát", "hồ sơ công chức") + cell("Lam Sơn, ngày 03 tháng 02 năm 2026"),
    )
    foot = table(cell("Nơi nhận:", "- Như trên;", "- Lưu: VT.") + cell("GIÁM ĐỐC", "Lê Thị Hoa"))
    (text,) = text_of(package(head + p("Kính gửi: Các phòng.") + foot))
    assert text.split("\n") == [
        "UBND TỈNH LAM SƠN", "SỞ NỘI VỤ", "Số: 12/SNV-TH", "V/v rà soát hồ sơ công chức", "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Lam Sơn, ngày 03 tháng 02 năm 2026", "",
        "Kính gửi: Các phòng.", "", "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "", "GIÁM ĐỐC", "Lê Thị Hoa",
    ]  # fmt: skip


def test_tables_with_mergers() -> None:
    start, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        cell("TT") + cell("Nhiệm vụ") + cell("Thời hạn"),
        cell("I") + cell("Công tác chung", properties='<w:gridSpan w:val="2"/>'),
        cell("1") + cell("Rà soát", "hồ sơ") + cell("Quý I", properties=start),
        cell("2") + cell("Báo cáo") + cell("", properties=goes_on),
    )
    (text,) = text_of(package(body))
    assert text.split("\n") == [
        "| TT | Nhiệm vụ | Thời hạn |",
        "| I | Công tác chung | |",
        "| 1 | Rà soát hồ sơ | Quý I |",
        "| 2 | Báo cáo | Quý I |",
    ]


def test_pages_footnotes_and_headers() -> None:
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = (
        f"<w:p><w:r><w:t>Theo quy định</w:t></w:r>{note}<w:r><w:t> hiện hành.</w:t></w:r></w:p>"
        + p("")
        + '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        + p("Trang hai")
    )
    notes = f'<w:root><w:footnote w:id="2">{p("Quyết định số 96/QĐ-UBND.")}</w:footnote></w:root>'
    pages = text_of(package(body, footnotes=notes, header1=f"<w:root>{p('Tài liệu nội bộ')}{p('2')}</w:root>"))
    assert pages == ["Theo quy định hiện hành.\n\n[1] Quyết định số 96/QĐ-UBND.", "Trang hai"]


@pytest.mark.parametrize("where", ["body", "box", "header"])
def test_a_mark_stops_the_file(where: str) -> None:
    box = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{p('MẬT')}</w:txbxContent></mc:Choice></mc:AlternateContent></w:r></w:p>"
    )
    head = {"body": p("MẬT"), "box": box, "header": ""}[where]
    parts = {"header1": f"<w:root>{p('MẬT')}</w:root>"} if where == "header" else {}
    with pytest.raises(SecrecyError):
        read_bytes(package(head + p("Kính gửi: Các phòng."), **parts), "a.docx", Settings())


def test_told_by_content_not_by_name() -> None:
    document = read_bytes(package(p("Kính gửi: Các phòng.")), "thư.pdf", Settings())
    assert document.media_type.endswith("wordprocessingml.document")
    assert document.pages[0].text == "Kính gửi: Các phòng." and document.pages[0].words == ()


@pytest.mark.parametrize("evil", ['<!DOCTYPE x [<!ENTITY a "b">]><w:document/>', "<w:document", ""])
def test_unsafe_or_broken_parts(evil: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", evil)
    with pytest.raises(ReadingError) as caught:
        read_bytes(out.getvalue(), "a.docx", Settings())
    assert caught.value.reason == "truncated"


def test_legacy_word_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy_word, "program", lambda: None)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le")
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, "cũ.doc", Settings())
    assert caught.value.reason == "no-libreoffice" and "LibreOffice" in caught.value.line()


@pytest.mark.parametrize("outcome", ["made", "nothing", "slow"])
def test_legacy_word_through_a_program(monkeypatch: pytest.MonkeyPatch, tmp_path: object, outcome: str) -> None:
    import pathlib
    import stat

    folder = pathlib.Path(str(tmp_path))
    made = folder / "made.docx"
    made.write_bytes(package(p("Từ bản cũ")))
    script = {
        "made": f'while [ "$1" != "--outdir" ]; do shift; done; mkdir -p "$2"; cp {made} "$2/in.docx"',
        "nothing": "exit 0",
        "slow": "sleep 20",
    }[outcome]
    office = folder / "soffice"
    office.write_text(f"#!/bin/sh\n{script}\n")
    office.chmod(office.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(legacy_word, "program", lambda: str(office))
    settings = Settings(page_seconds=1.0)
    if outcome == "made":
        assert read_bytes(b"{\\rtf1 x}", "a.rtf", Settings()).pages[0].text == "Từ bản cũ"
    else:
        with pytest.raises(ReadingError) as caught:
            read_bytes(b"{\\rtf1 x}", "a.rtf", settings)
        assert caught.value.reason == {"nothing": "truncated", "slow": "timeout"}[outcome]
