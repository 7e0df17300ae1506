"""Syllables, scores and verdicts, and the repairs of single letters."""

# ruff: noqa: E501 - cases are set one to a line

from __future__ import annotations

import pytest

from pipeline.data import load
from pipeline.reading import furniture, mend, triage
from pipeline.reading.boxes import Box, rows_of
from pipeline.text.syllables import well_formed

GOOD = "Ủy ban nhân dân các xã tổng hợp khó khăn, vướng mắc, đề xuất giải pháp tháo gỡ, báo cáo về Sở Xây dựng trước ngày 25/9/2026 để tổng hợp chung."
BARE = "Uy ban nhan dan cac xa tong hop kho khan, vuong mac, de xuat giai phap thao go, bao cao ve So Xay dung truoc ngay 25/9/2026 de tong hop chung."
ENGLISH = "The department shall submit the quarterly report on maintenance of roads and drainage systems to the provincial committee before the deadline."
GLYPHS = "8\u04f9 EDQ QKkQ GkQ FiF [m W\u04e5QJ K\u0e43S NKy NKăQ Y\u03e1QJ P\u04ccF 3KzQJ 4X\u04a7Q Oê K\u04d1 W\u04a7QJ FK\u04e7 WUu SK\u03e5L K\u0e43S Y\u04d1L FiF [m O\u04a9S GDQK P\u04e5F"

SYLLABLES = "ủy nghiệm khuỷu giêng giếng quyền quý gì gìn yêu ưu oanh xoong thuở huých ngoằn nghĩa đường trước tiếp sách Đảng VIỆT hòa hoà uỷ quốc khuya ươm ích"
WRONG = "hdnd tn qwerty ngiệm băo dangg tièp sàch mọtt lộc̣ zxc fan việtt çáo"


@pytest.mark.parametrize("token", SYLLABLES.split())
def test_well_formed(token: str) -> None:
    assert well_formed(token)


@pytest.mark.parametrize("token", WRONG.split())
def test_not_well_formed(token: str) -> None:
    assert not well_formed(token)


@pytest.mark.parametrize(
    ("title", "text", "verdict"),
    [
        ("good", GOOD, "good"),
        ("no accents", BARE, "bad"),
        ("English", ENGLISH, "bad"),
        ("glyph numbers", GLYPHS, "bad"),
        ("few", "Nơi nhận: Như trên", "few"),
        ("none", "", "few"),
    ],
)
def test_verdict(title: str, text: str, verdict: str) -> None:
    assert triage.score(f"{text}\n{text}" if len(text) > 40 else text).verdict == verdict


def test_thresholds_are_those_that_were_measured() -> None:
    assert (triage.ENOUGH, triage.DIA, triage.SYL) == (100, 0.10, 0.60)


@pytest.mark.parametrize(
    ("verdicts", "file"),
    [([], "few"), (["few", "few"], "few"), (["good", "few"], "good"), (["bad", "bad", "good"], "bad"), (["bad", "good"], "good")],
)
def test_pages_with_few_letters_inherit(verdicts: list[triage.Verdict], file: str) -> None:
    assert triage.of_file(verdicts) == file


def _words(text: str) -> list[Box]:
    return [Box(t, 10.0 + 40 * k, 100.0, 45.0 + 40 * k, 112.0) for k, t in enumerate(text.split())]


MENDED = [
    ("old horn", "CÔNG THƢƠNG phƣơng hƣớng", "CÔNG THƯƠNG phương hướng"),
    ("motto of the same font", "CỘNG HÕA XÃ HỘI", "CỘNG HÒA XÃ HỘI"),
    ("other words only beside the old horn", "PHÕNG THƢƠNG MẠI", "PHÒNG THƯƠNG MẠI"),
    ("cyrillic inside a word", "củа các cơ quаn", "của các cơ quan"),
    ("cyrillic alone among Vietnamese", "bảo đảm аn toàn", "bảo đảm an toàn"),
    ("eth", "Ðảng ủy, Ðoàn", "Đảng ủy, Đoàn"),
]
KEPT = [
    ("sound", "Ủy ban nhân dân tỉnh, rõ ràng, võng mạc"),
    ("õ without the old horn", "PHÕNG BAN"),
    ("real Russian", "Конституция Российской Федерации, а также"),
]


@pytest.mark.parametrize(("title", "before", "after"), MENDED, ids=[m[0] for m in MENDED])
def test_letters_are_mended_and_noted(title: str, before: str, after: str) -> None:
    words = _words(before)
    assert mend.suspect(before)
    assert mend.letters(words) == sum(a != b for a, b in zip(before.split(), after.split(), strict=True))
    assert " ".join(w.text for w in words) == after
    for word, old in zip(words, before.split(), strict=True):
        assert (word.before, bool(word.rule)) == ((old, True) if word.text != old else ("", False))


@pytest.mark.parametrize(("title", "text"), KEPT, ids=[k[0] for k in KEPT])
def test_letters_that_stay(title: str, text: str) -> None:
    words = _words(text)
    assert mend.letters(words) == 0
    assert " ".join(w.text for w in words) == text


def test_legacy_runs_row_by_row() -> None:
    rows = rows_of(_words("Uû ban nh©n d©n tØnh ®Ò nghÞ c¸c ®¬n vÞ thùc hiÖn nghiªm tóc"))
    assert mend.legacy_runs(rows, lambda w: ".VnTime") > 5
    assert " ".join(w.text for w in rows[0].words) == "Uỷ ban nhân dân tỉnh đề nghị các đơn vị thực hiện nghiêm túc"


def test_the_capital_font_is_known_by_its_name() -> None:
    rows = rows_of(_words("uû ban nh©n d©n tØnh ®Ò nghÞ"))
    mend.legacy_runs(rows, lambda w: "ABCDEF+.VnTimeH")
    assert " ".join(w.text for w in rows[0].words) == "UỶ BAN NHÂN DÂN TỈNH ĐỀ NGHỊ"


def test_rows_of_the_data_files() -> None:
    for row in load.rows("page_marks"):
        assert set(row) == {"kind", "pattern", "example"}
        assert furniture.matches(row["kind"], row["example"]), row
    for row in load.rows("syllable_parts"):
        assert row["part"] in ("onset", "rime", "stop", "not-before-front", "only-before-front") and len(set(row["letters"])) == len(
            row["letters"]
        )
    for row in load.rows("secrecy_marks"):
        assert row["kind"] in ("level", "label", "not-before") and row["text"] == row["text"].upper()
    assert all(number.isdigit() and len(c) == 1 for number, c in load.table("glyphs_times_new_roman")["glyphs"].items())
    looks = load.table("glyphs_lookalikes")
    assert all("\u0400" <= k <= "\u052f" and len(v) == 1 for k, v in looks["cyrillic"].items())


@pytest.mark.parametrize("line", ["Ký bởi: SỞ NỘI VỤ", "Người ký: Trần Văn B", "Digitally signed by SO NOI VU"])
def test_stamp_lines_open_a_stamp(line: str) -> None:
    assert furniture.stamped(line) and furniture.matches("stamp", line)


@pytest.mark.parametrize("line", ["Người ký văn bản chịu trách nhiệm", "Đăng ký bởi nhiều hộ", "Thời hạn ký kết", "ký ban hành"])
def test_sentences_about_signing_are_no_stamp(line: str) -> None:
    assert not furniture.matches("stamp", line) and not furniture.matches("stamp-line", line)
