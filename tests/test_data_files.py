"""The knowledge of the language, row by row: keys and types as the readers need them, nothing twice, patterns that compile, NFC."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.data import load
from pipeline.records import Role
from pipeline.text.folding import tone

FOLDER = Path(load.__file__).parent
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

# file -> (needed keys, further keys, keys that name a row); a list is a list of strings that are not empty
SCHEMA: dict[str, tuple[dict[str, type], dict[str, type], tuple[str, ...]]] = {
    "abbreviations": ({"short": str, "long": str}, {}, ("short",)),
    "document_types": ({"name": str, "codes": list}, {"legislative": bool, "bare": bool}, ("name",)),
    "group_nouns": ({"nouns": list}, {"persons": bool, "actors": bool}, ()),
    "laws": ({"name": str}, {"number": str, "aliases": list}, ("name",)),
    "local_symbols": ({"symbol": str, "body": str}, {}, ("symbol",)),
    "national_bodies": ({"name": str, "symbols": list, "aliases": list}, {}, ("name",)),
    "ocr_codes": ({"code": str, "read": list}, {}, ("code",)),
    "ocr_collocations": ({"text": str}, {}, ("text",)),
    "ocr_phrases": ({"text": str}, {"noun": bool}, ("text",)),
    "page_marks": ({"kind": str, "pattern": str, "example": str}, {}, ("pattern",)),
    "phrases": ({"wrong": str, "right": str}, {}, ("wrong",)),
    "places": (
        {"level": str, "name": str, "rank": str},
        {"parent": str, "since": str, "until": str, "successor": str},
        ("level", "name", "parent"),
    ),
    "positions": ({"title": str}, {"alone": bool, "lower": bool, "unit": str}, ("title",)),
    "predicates": ({"words": list}, {"weak": bool, "not": bool, "in_names": bool}, ()),
    "roles": ({"role": str, "labels": list}, {}, ("role",)),
    "secrecy_marks": ({"kind": str, "text": str}, {"sign": str}, ("kind", "text")),
    "section_kinds": ({"kind": str, "starts": list}, {}, ("kind",)),
    "sectors": ({"names": list}, {}, ()),
    "syllable_parts": ({"part": str, "letters": list}, {}, ()),
    "unit_heads": (
        {"head": str},
        {"bare": bool, "inner": bool, "level": bool, "caps": bool, "place": bool, "numbered": bool, "many": bool},
        ("head",),
    ),
}  # fmt: skip
FILES = sorted(SCHEMA)


def strings(value: Any) -> list[str]:
    """Every string inside a value of JSON, keys too."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [s for k, v in value.items() for s in (k, *strings(v))]
    if isinstance(value, list):
        return [s for v in value for s in strings(v)]
    return []


def test_every_list_has_a_schema() -> None:
    assert {path.stem for path in FOLDER.glob("*.jsonl")} == set(SCHEMA)


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_a_row_or_a_remark(name: str) -> None:
    for number, line in enumerate((FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            assert isinstance(json.loads(line), dict), number


@pytest.mark.parametrize("name", FILES)
def test_rows_have_their_keys_and_types(name: str) -> None:
    needed, further, _ = SCHEMA[name]
    assert load.rows(name)
    for row in load.rows(name):
        assert needed.keys() <= row.keys() <= needed.keys() | further.keys(), row
        for key, value in row.items():
            assert type(value) is (needed | further)[key], row
            if isinstance(value, list):
                assert all(type(member) is str for member in value), row
                assert value or key in ("codes", "symbols", "aliases", "read"), row
            elif isinstance(value, str):
                assert value.strip() == value or name == "phrases", row
                assert value or key in ("unit", "right"), row


@pytest.mark.parametrize("name", [name for name in FILES if name not in ("group_nouns", "predicates", "sectors")])
def test_no_row_stands_twice(name: str) -> None:
    keys = SCHEMA[name][2]
    rows = load.rows(name)
    if keys:
        found = [tuple(row.get(key) for key in keys) for row in rows]
    else:
        found = [(row.get("part"), member) for row in rows for value in row.values() if isinstance(value, list) for member in value]
    assert [key for key, times in Counter(found).items() if times > 1] == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json*")), ids=lambda p: p.name)
def test_files_are_nfc_without_odd_spaces(path: Path) -> None:
    text = path.read_text("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    if path.suffix == ".jsonl":
        for value in (s for row in load.rows(path.stem) for s in strings(row)):
            assert not re.search(r"[\u00a0\u200b-\u200f\t\r\ufeff]|  ", value) or path.stem in ("phrases", "page_marks"), value


@pytest.mark.parametrize("name", ["phrases", "page_marks"])
def test_patterns_compile_and_do_something(name: str) -> None:
    for row in load.rows(name):
        pattern = re.compile(row.get("wrong") or row["pattern"])
        assert not pattern.search(""), row
        if "example" in row:
            assert pattern.search(row["example"]), row
        else:
            assert not pattern.search(row["right"]) or pattern.sub(row["right"], row["right"]) == row["right"], row


def test_roles_are_those_of_the_record() -> None:
    roles = {row["role"] for row in load.rows("roles")}
    assert set(Role.__args__) <= roles  # type: ignore[attr-defined]
    labels = Counter(tone(label) for row in load.rows("roles") for label in row["labels"])
    assert [label for label, times in labels.items() if times > 1] == []


def test_a_short_form_has_one_meaning() -> None:
    shorts = Counter(row["short"] for row in load.rows("abbreviations"))
    assert max(shorts.values()) == 1
    bodies = [name for row in load.rows("national_bodies") for name in {tone(name) for name in (row["name"], *row["aliases"])}]
    assert [name for name, times in Counter(bodies).items() if times > 1] == []


def test_laws_and_types() -> None:
    for row in load.rows("laws"):
        assert row["name"].split()[0] in ("Luật", "Bộ", "Pháp", "Hiến", "Nghị"), row
        if "number" in row:
            assert re.fullmatch(r"\d+/\d{4}/(?:QH\d+|PL-UBTVQH\d+)", row["number"]), row
    for row in load.rows("document_types"):
        assert all(re.fullmatch(r"[A-ZĐ][A-Za-zĐđyr]*", code) for code in row["codes"]), row
    codes = {code: row["name"] for row in reversed(load.rows("document_types")) for code in row["codes"]}
    expected = {
        "CT": "Chỉ thị",
        "QĐ": "Quyết định",
        "NQ": "Nghị quyết",
        "KH": "Kế hoạch",
        "TTr": "Tờ trình",
        "CTr": "Chương trình",
        "NĐ": "Nghị định",
    }
    assert {code: codes[code] for code in expected} == expected


RANKS = {
    "tỉnh": {"province"},
    "thành phố": {"province", "district"},
    "huyện": {"district"},
    "quận": {"district"},
    "thị xã": {"district"},
    "xã": {"commune"},
    "phường": {"commune"},
    "thị trấn": {"commune"},
    "đặc khu": {"commune"},
}


def test_places() -> None:
    provinces = {f"{row['level']} {row['name']}" for row in load.rows("places") if row["rank"] == "province"}
    for row in load.rows("places"):
        assert row["rank"] in RANKS[row["level"]], row
        assert (row["rank"] == "province") == ("parent" not in row), row
        assert "parent" not in row or row["parent"] in provinces, row
        for key in ("since", "until"):
            if key in row:
                assert DAY.fullmatch(row[key]) and date.fromisoformat(row[key]), row
        assert not ("since" in row and "until" in row) or row["since"] < row["until"], row
        if row["rank"] == "district":
            assert row.get("until") is not None, row  # no district level from 01/7/2025


def test_provinces_before_and_after_july_2025() -> None:
    def on(day: str) -> int:
        rows = [r for r in load.rows("places") if r["rank"] == "province"]
        return sum(r.get("since", "0000") <= day <= r.get("until", "9999") for r in rows)

    assert (on("2025-06-30"), on("2025-07-01")) == (63, 34)


def test_every_ended_place_names_one_that_goes_on() -> None:
    provinces = {tone(f"{r['level']} {r['name']}") for r in load.rows("places") if r["rank"] == "province" and "until" not in r}
    for row in load.rows("places"):
        if "successor" in row and row["rank"] == "province":
            assert tone(row["successor"]) in provinces, row
