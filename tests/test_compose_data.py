"""The data of the composer: every row of corpus/grammar has the keys its reader needs, and every slot of a frame is known."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from compose.cast import POOL  # noqa: E402
from compose.page import CODES  # noqa: E402
from compose.slots import all_slots  # noqa: E402
from compose.times import Calendar  # noqa: E402
from compose.vocabulary import GRAMMAR, read  # noqa: E402

SCHEMA = {
    "places": ({"cluster", "province", "kind", "communes"}, {"from", "to", "districts"}),
    "units": ({"sector", "domain", "level", "unit", "head", "symbol"}, {"from", "to"}),
    "closed": ({"level", "unit", "head"}, {"from", "to"}),
    "groups": ({"level", "group"}, {"from", "to", "parts"}),
    "offices": (
        {"office", "system", "level", "weight", "boss", "letterhead", "place", "types", "signatures", "positions", "codes"},
        {"org", "short", "long", "unit", "head", "kind", "with_province", "sector", "from", "to"},
    ),
    "topics": ({"domain", "topic"}, set()),
    "objects": ({"domain", "class", "object"}, {"timed"}),
    "verbs": ({"class", "verb"}, set()),
    "purposes": ({"purpose"}, set()),
    "laws": ({"type", "law"}, set()),
    "names": ({"part"}, {"name", "middle", "given"}),
    "instruments": ({"system", "level", "type", "number", "issuer", "long"}, {"settled"}),
    "citations": ({"use", "frame"}, set()),
    "subjects": ({"subject"}, set()),
    "dossiers": ({"dossier"}, set()),
    "times": ({"use", "kind", "text"}, {"continuous", "continuous_alt"}),
    "frames": ({"use", "frame"}, {"what", "optional"}),
    "labels": ({"role", "label"}, set()),
    "headings": ({"use", "heading"}, set()),
    "recipients": ({"level", "line"}, {"mark", "label"}),
    "confusions": ({"kind", "from", "to"}, set()),
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def test_every_file_has_a_schema() -> None:
    assert {path.stem for path in GRAMMAR.glob("*.jsonl")} == set(SCHEMA)


@pytest.mark.parametrize("name", sorted(SCHEMA))
def test_rows_have_their_keys(name: str) -> None:
    needed, allowed = SCHEMA[name]
    rows = read(name)
    assert rows
    for row in rows:
        assert needed <= set(row) <= needed | allowed, row
        assert all(DAY.fullmatch(row[key]) for key in ("from", "to") if key in row and name != "confusions"), row


@pytest.mark.parametrize("name", ["units", "topics", "laws", "objects", "verbs", "purposes", "frames", "groups", "labels"])
def test_no_row_twice(name: str) -> None:
    rows = [tuple(sorted((k, str(v)) for k, v in row.items())) for row in read(name)]
    assert len(rows) == len(set(rows))


def test_every_slot_is_known() -> None:
    known = set(all_slots())
    for row in read("frames"):
        for slot in re.findall(r"\{(\w+)", row["frame"]):
            assert slot.lower() in known, row


def test_every_time_form_can_be_made() -> None:
    for row in read("times"):
        assert row["use"] == "event" or hasattr(Calendar, "_" + row["kind"]), row


def test_frames_name_no_unit_outside_a_slot() -> None:
    """A unit written in a frame would stand in the text without its span."""
    unit = re.compile(
        r"\b(UBND|HĐND|Sở|Phòng|Ban|Bộ|Cục|Chi cục|Trung tâm|Ủy ban|Công an|Thanh tra|Hội) [A-ZĐ]|\bcác (cơ quan|sở|phòng|đơn vị)\b"
    )
    for row in read("frames"):
        assert not unit.search(re.sub(r"\{[^}]*\}", "", row["frame"])), row


def test_offices_know_their_types_and_levels() -> None:
    for row in read("offices"):
        assert set(row["types"]) <= set(CODES) and row["level"] in POOL
        assert ("unit" in row) != ("short" in row)
