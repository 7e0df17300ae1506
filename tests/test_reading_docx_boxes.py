"""Text boxes of DOCX read once wherever they stand, and small DOCX files made to fill the memory or the day."""

# ruff: noqa: E501 - cases are set one to a line

from __future__ import annotations

import pytest
from test_hostile_shapes import calls
from test_reading_docx import cell, item, p, package, table, text_of

from pipeline.errors import ReadingError, SecrecyError
from pipeline.reading.docx_numbers import printed
from pipeline.reading.read import read_bytes
from pipeline.settings import Settings


def box(*texts: str, inner: str = "") -> str:
    """A paragraph that holds a text box as Word writes it: once for programs of today, once more for old ones."""
    content = f"<w:txbxContent>{''.join(p(t) for t in texts)}{inner}</w:txbxContent>"
    return (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>{content}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )


def with_box(text: str, inside: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r>{box(inside)[5:]}"


def test_a_box_in_the_body_and_one_in_a_box() -> None:
    (text,) = text_of(package(p("Trước") + box("Trong hộp", inner=box("Hộp trong hộp")) + p("Sau")))
    assert text.split("\n") == ["Trước", "Trong hộp", "Hộp trong hộp", "Sau"]


def test_a_box_in_a_cell_is_read_once() -> None:
    boxed = f"<w:tc>{with_box('rà soát', 'Sở Y tế')}</w:tc>"
    only = f"<w:tc>{box('Quý I')}</w:tc>"
    (text,) = text_of(package(table(cell("TT") + cell("Nhiệm vụ") + cell("Hạn"), cell("1") + boxed + only)))
    assert text.split("\n") == ["| TT | Nhiệm vụ | Hạn |", "| 1 | Sở Y tế rà soát | Quý I |"]


def test_a_letterhead_in_boxes_of_a_table_is_read_once() -> None:
    head = table(f"<w:tc>{box('UBND TỈNH LAM SƠN')}</w:tc><w:tc>{box('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')}</w:tc>")
    (text,) = text_of(package(head + p("Kính gửi: Các phòng.")))
    assert text.split("\n") == ["UBND TỈNH LAM SƠN", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", "Kính gửi: Các phòng."]


def test_a_box_of_a_page_header_is_read_once() -> None:
    header = f"<w:root>{box('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM')}{p('UBND TỈNH LAM SƠN')}</w:root>"
    (text,) = text_of(package(p("Kính gửi: Các phòng."), header1=header))
    assert text.split("\n") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "UBND TỈNH LAM SƠN", "", "Kính gửi: Các phòng."]


def test_a_nested_table_in_a_cell_stays() -> None:
    inner = f"<w:tc>{table(cell('trong'))}{p('ngoài')}</w:tc>"
    (text,) = text_of(package(table(cell("1") + inner)))
    assert text == "| 1 | trong ngoài |"


MARKED = {
    "in a row": [cell("SỞ NỘI VỤ") + f"<w:tc>{with_box('Số: 12', 'MẬT')}</w:tc>"],
    "alone": [f"<w:tc>{with_box('Số: 12', 'MẬT')}</w:tc>"],
    "below an item": [cell("1. Sở Nội vụ", "Sở Y tế"), cell("Số: 12", "MẬT")],
}


@pytest.mark.parametrize("rows", MARKED.values(), ids=MARKED)
def test_a_mark_in_a_cell_stops_the_file(rows: list[str]) -> None:
    """A box, and a line of a cell, is a place of its own, also where text stands beside it."""
    with pytest.raises(SecrecyError):
        read_bytes(package(table(*rows) + p("Kính gửi: Các phòng.")), "a.docx", Settings())


def nested_boxes(depth: int) -> bytes:
    body = ""
    for n in range(depth):
        body = f"<w:p><w:r><w:t>hộp {n}</w:t><w:txbxContent>{body}</w:txbxContent></w:r></w:p>"
    return package(body)


def test_boxes_in_boxes_are_walked_once() -> None:
    assert text_of(nested_boxes(28))[0].count("hộp") == 28
    once, twice = (calls(lambda n=n: text_of(nested_boxes(n))) for n in (100, 200))
    assert twice < 3 * once


def numbering(form: str, text: str, start: str) -> str:
    return (
        f'<w:root><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:root>'
    )


@pytest.mark.parametrize("form", ["upperLetter", "lowerLetter"])
def test_letters_of_a_list_end_where_word_ends_them(form: str) -> None:
    assert len(printed(520, form)) == 20 and printed(521, form) == "521"
    assert printed(2_000_000_000, form) == "2000000000"


def test_a_list_that_starts_at_a_number_of_thousands_of_digits() -> None:
    (text,) = text_of(package(item("Một", 0) + item("Hai", 0), numbering=numbering("decimal", "%1.", "9" * 4300)))
    assert text.split("\n") == ["1. Một", "2. Hai"]


GOES_ON = "<w:vMerge/>"
LONG = "Sở Y tế rà soát trụ sở. " * 200
SWELLING = {
    "a merged cell in every row": package(
        table(cell("1") + cell(LONG, properties='<w:vMerge w:val="restart"/>'), *[cell("1") + cell("", properties=GOES_ON)] * 2000)
    ),
    "a wide merger in every row": package(table(*[cell("1", properties='<w:gridSpan w:val="60"/>')] * 2000)),
    "the number of a list": package(item("Ý", 0) * 2000, numbering=numbering("decimal", LONG + "%1", "1")),
    "the number of a list in a box": package(
        f"<w:p><w:r><w:txbxContent>{item('Ý', 0) * 2000}</w:txbxContent></w:r></w:p>", numbering=numbering("decimal", LONG + "%1", "1")
    ),
    "the number of a list in a header": package(
        p("Ý"), numbering=numbering("decimal", LONG + "%1", "1"), header1=f"<w:root>{item('Ý', 0) * 2000}</w:root>"
    ),
    "one footnote again and again": package(
        '<w:p><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' * 2000,
        footnotes=f'<w:root><w:footnote w:id="2">{p(LONG)}</w:footnote></w:root>',
    ),
}


@pytest.mark.parametrize("shape", SWELLING)
def test_a_small_file_does_not_become_a_large_text(shape: str) -> None:
    data = SWELLING[shape]
    assert len(data) < 20_000
    with pytest.raises(ReadingError) as caught:
        read_bytes(data, "a.docx", Settings(max_text_bytes=100_000))
    assert caught.value.reason == "bomb" and "\n" not in caught.value.line()


def test_what_is_merged_in_a_real_table_is_repeated() -> None:
    rows = [cell("1") + cell(LONG, properties='<w:vMerge w:val="restart"/>'), *[cell("1") + cell("", properties=GOES_ON)] * 20]
    (text,) = text_of(package(table(*rows)))
    assert text.count(LONG.strip()) == 21
