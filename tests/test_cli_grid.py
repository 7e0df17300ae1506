"""Tables of plain characters: nothing is wider than the screen and nothing of a cell is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.grid import Column, columns_of, draw, widths, wrapped

WIDTHS = [("đôn đốc", 7), ("", 0), (unicodedata.normalize("NFD", "đôn đốc"), 7), ("日本", 4), ("│─", 2), ("a…« »", 5)]


@pytest.mark.parametrize(("text", "expected"), WIDTHS)
def test_columns_of(text: str, expected: int) -> None:
    assert columns_of(text) == expected


WRAPPED = [
    ("một hai ba bốn", 7, ["một hai", "ba bốn"]), ("một", 3, ["một"]), ("", 5, [""]), ("a\nb", 9, ["a", "b"]),
    ("nghiêng", 3, ["ngh", "iên", "g"]), ("a nghiêng b", 4, ["a", "nghi", "êng", "b"]), ("日本語", 4, ["日本", "語"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "width", "expected"), WRAPPED)
def test_wrapping(text: str, width: int, expected: list[str]) -> None:
    assert wrapped(text, width) == expected


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60), st.integers(2, 30))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns_of(line) <= width for line in lines)


def test_shares_take_what_fixed_columns_leave() -> None:
    columns = [Column("a", width=10), Column("b", 2), Column("c", 1)]
    assert widths(columns, 74) == [10, 40, 20]
    assert sum(widths(columns, 75)) + 4 == 75


def test_a_table() -> None:
    table = draw("Tiêu đề", [Column("Ngày", width=5), Column("Việc", 1)], [["01/11", "báo cáo kết quả"], ["", "x"]], 18)
    assert table.split("\n") == [
        "Tiêu đề", "─" * 18, "Ngày   Việc", "─" * 18, "01/11  báo cáo kết", "       quả", "─" * 18, "       x", "─" * 18,
    ]  # fmt: skip
    assert draw("T", [Column("a", 1)], [], 10, bold=True).startswith("\x1b[1mT\x1b[0m\n")
