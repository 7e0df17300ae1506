"""Tables on the screen: nothing is wider than it, nothing of a cell is lost, and nothing a cell holds is obeyed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeline.cli.columns import Column
from pipeline.cli.grid import draw, fill
from pipeline.cli.output import Screen, table

SHOWN = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), max_size=60)
ANYTHING = st.text(st.characters(codec="utf-8"), max_size=60)

WRAPPED = [
    ("một hai ba bốn", 7, ["một hai", "ba bốn"]),
    ("một", 3, ["một"]),
    ("", 5, [""]),
    ("a\nb", 9, ["a", "b"]),
    ("nghiêng", 3, ["ngh", "iên", "g"]),
    ("a nghiêng b", 4, ["a", "nghi", "êng", "b"]),
    ("日本語", 4, ["日本", "語"]),
    ("日本 語", 4, ["日本", "語"]),
    (unicodedata.normalize("NFD", "đôn đốc"), 7, [unicodedata.normalize("NFD", "đôn đốc")]),
    ("1234/QĐ-UBND", 9, ["1234/QĐ-", "UBND"]),
    ("Số 1234/QĐ-BLĐTBXH", 12, ["Số 1234/QĐ-", "BLĐTBXH"]),
    ("ke-hoach-chuyen-doi-so.txt", 13, ["ke-hoach-", "chuyen-doi-", "so.txt"]),
    ("a/bcdefghij", 6, ["a/bcde", "fghij"]),  # a cut after the first sign would waste too much
    ("12/KH-UBND 13/KH-UBND", 11, ["12/KH-UBND", "13/KH-UBND"]),  # a number that fits a line stays whole
    ("phần kết, tr.\u00a01", 14, ["phần kết,", "tr. 1"]),  # a no-break space holds, and is shown as a space
    ("mục 1, tr.\u00a01", 14, ["mục 1, tr. 1"]),
]


@pytest.mark.parametrize(("text", "width", "expected"), WRAPPED)
def test_wrapping(text: str, width: int, expected: list[str]) -> None:
    assert fill(text, width).split("\n") == expected


@given(SHOWN, st.integers(2, 30))
def test_wrapping_keeps_every_character_and_the_width(text: str, width: int) -> None:
    lines = fill(text, width).split("\n")
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


@given(st.lists(st.tuples(SHOWN, SHOWN, SHOWN), max_size=4), st.integers(60, 200))
def test_a_table_keeps_every_character_and_the_width(rows: list[tuple[str, str, str]], width: int) -> None:
    drawn = draw("", [Column("", width=12), Column("", 2), Column("", 1)], rows, width)
    assert all(cell_len(line) <= width for line in drawn.split("\n"))
    seen, given_ = sorted(drawn.replace("\n", "")), sorted("".join(map("".join, rows)))
    assert [c for c in seen if c not in " ─"] == [c for c in given_ if c not in " ─"]


@pytest.mark.parametrize("total", [60, 74, 75, 120, 200])
def test_shares_take_what_fixed_columns_leave(total: int) -> None:
    row = ["a" * 300, "b" * 300, "c" * 300]
    first = draw("", [Column("", width=10), Column("", 2), Column("", 1)], [row], total).split("\n")[3]
    a, b, c = first.split("  ")
    assert len(first) == total and len(a) == 10 and abs(len(b) - 2 * len(c)) <= 2


def test_a_table() -> None:
    drawn = draw("Tiêu đề", [Column("Ngày", width=5), Column("Việc", 1)], [["01/11", "báo cáo kết quả"], ["", "x"]], 18)
    assert drawn.split("\n") == [
        "Tiêu đề", "─" * 18, "Ngày   Việc", "─" * 18, "01/11  báo cáo kết", "       quả", "─" * 18, "       x", "─" * 18,
    ]  # fmt: skip


def test_titles_stand_out_where_asked() -> None:
    title, _, heads, *rest = draw("T", [Column("a", 1)], [["x"]], 10, bold=True).split("\n")
    assert title == "\x1b[1mT\x1b[0m" and heads.startswith("\x1b[1ma") and "\x1b" not in "".join(rest)


HOSTILE = [
    ("[bold]x[/bold] [link=http://a.vn]y[/link] [/]", "[bold]x[/bold] [link=http://a.vn]y[/link] [/]"),
    (":warning: :smile:", ":warning: :smile:"),
    ("\\[red]x", "\\[red]x"),
    ("a\x1b[31mb", "a [31mb"),
    ("a\x9b31mb\x07\x08c\td\re", "a 31mb c d e"),
    ("a\u202eb\u200bc", "abc"),
    ("a\u2028b", "a b"),
]


@pytest.mark.parametrize(("text", "shown"), HOSTILE)
@pytest.mark.parametrize("bold", [False, True])
def test_what_a_cell_holds_is_shown_and_not_obeyed(text: str, shown: str, bold: bool) -> None:
    assert draw("", [Column("", 1)], [[text]], 60, bold=bold).split("\n")[3] == shown
    assert fill(text, 60) == shown


@given(ANYTHING, ANYTHING)
def test_nothing_but_printable_characters_is_drawn(title: str, cell: str) -> None:
    drawn = draw(title, [Column(title, 1)], [[cell]], 60) + fill(cell, 60)
    assert [c for c in drawn if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") and c != "\n"] == []


def test_what_is_not_a_terminal_gets_no_bold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in table("T", [Column("a", 1)], [["x"]])


@pytest.mark.parametrize(("name", "value", "bold"), [("TERM", "xterm", True), ("TERM", "dumb", False), ("NO_COLOR", "1", False)])
def test_a_terminal_gets_bold_unless_it_or_its_user_cannot_have_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, bold: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert Screen().bold is bold
