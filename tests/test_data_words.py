"""Word lists kept as one JSON table each: right keys, nothing empty, nothing twice, each list said for what it is."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from pipeline.data import load
from pipeline.text.folding import tone

FOLDER = Path(load.__file__).parent

# file -> (key of its remark, lists of words, tables of word to word)
TABLES: dict[str, tuple[str, set[str], set[str]]] = {
    "charge_words": (
        "about",
        {
            "commands", "command_not_before", "command_joins", "giao_words", "heading_openers", "lead", "joint", "duty",
            "soft", "agent_leads", "past_acts", "adverbials", "passive", "given_to", "told_before",
            "working_rules", "answers_for", "sets_up", "membership",
        },
        set(),
    ),
    "header_words": ("about", {"heads", "committees", "forms"}, {"symbols"}),
    "name_ends": ("note", {"closed", "seldom", "apart"}, set()),
    "report_words": (
        "about",
        {
            "verbs",
            "direct",
            "to",
            "not_behind",
            "not_before",
            "not_submitted",
            "instalments",
            "behind_instalments",
            "quickly",
            "doers_verbs",
            "drafts",
            "behind_subject",
            "on_the_way",
            "short_recipients",
            "boxes",
            "done",
            "chained",
        },
        {"periods"},
    ),
    "unit_words": (
        "about",
        {
            "determiners", "levels", "level_phrases", "restrictors", "connectors", "never_starts", "surnames", "firms", "trades",
            "no_classes", "ranks", "means", "incidents", "owners", "works",
        },
        set(),
    ),
}  # fmt: skip
FILES = sorted(TABLES)
LISTS = [(name, key) for name in FILES for key in sorted(TABLES[name][1])]


@pytest.mark.parametrize("name", FILES)
def test_tables_have_their_keys(name: str) -> None:
    remark, lists, tables = TABLES[name]
    table = load.table(name)
    assert set(table) == {remark} | lists | tables
    assert table[remark].strip()
    for key in tables:
        assert table[key]
        for word, meaning in table[key].items():
            assert word == word.strip() != "" and meaning == meaning.strip() != "", (key, word)


@pytest.mark.parametrize("name", FILES)
def test_no_key_stands_twice(name: str) -> None:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = Counter(key for key, _ in pairs)
        assert [key for key, times in keys.items() if times > 1] == []
        return dict(pairs)

    json.loads((FOLDER / f"{name}.json").read_text("utf-8"), object_pairs_hook=once)


@pytest.mark.parametrize(("name", "key"), LISTS, ids=[".".join(one) for one in LISTS])
def test_words_are_whole(name: str, key: str) -> None:
    words = load.table(name)[key]
    assert words
    for word in words:
        assert type(word) is str and word and word == word.strip() and not re.search(r"\s\s|[\t\n\u00a0]", word), word


@pytest.mark.parametrize(("name", "key"), LISTS, ids=[".".join(one) for one in LISTS])
def test_words_stand_once(name: str, key: str) -> None:
    assert [word for word, times in Counter(load.table(name)[key]).items() if times > 1] == []


@pytest.mark.parametrize(
    ("name", "key"),
    [(n, k) for n, k in LISTS if n in ("charge_words", "report_words", "name_ends") or k == "determiners"],
)
def test_words_are_in_small_letters(name: str, key: str) -> None:
    assert [word for word in load.table(name)[key] if word != word.lower()] == []


SINGLES = [
    ("charge_words", "command_joins"),
    ("charge_words", "soft"),
    ("charge_words", "giao_words"),
    ("name_ends", "closed"),
    ("name_ends", "seldom"),
    ("report_words", "behind_subject"),
    ("report_words", "doers_verbs"),
    ("report_words", "done"),
    ("report_words", "drafts"),
    ("report_words", "instalments"),
    ("report_words", "not_behind"),
    ("report_words", "not_before"),
    ("report_words", "not_submitted"),
    ("report_words", "on_the_way"),
    ("unit_words", "never_starts"),
    ("unit_words", "surnames"),
]


@pytest.mark.parametrize(("name", "key"), SINGLES, ids=[".".join(one) for one in SINGLES])
def test_lists_compared_by_the_syllable_hold_single_ones(name: str, key: str) -> None:
    assert [word for word in load.table(name)[key] if len(word.split()) != 1] == []


def test_surnames_are_names() -> None:
    surnames = load.table("unit_words")["surnames"]
    assert [name for name in surnames if not re.fullmatch(r"[A-ZÀ-ỸĐ][a-zà-ỹđ]*", name)] == []
    folded = Counter(tone(name) for name in surnames)
    assert [name for name, times in folded.items() if times > 1] == []
    assert {"Nguyễn", "Trần", "Lê"} <= set(surnames)
    assert not {"Sở", "Bộ", "Ban", "Phòng", "Hội"} & set(surnames)  # heads of bodies are no surnames


def test_parts_of_one_table_fit_together() -> None:
    report = load.table("report_words")
    assert set(report["direct"]) <= set(report["verbs"])
    assert not set(report["done"]) & set(report["not_behind"])
    header = load.table("header_words")
    assert all(any(name.startswith(head) for head in header["heads"]) for name in header["committees"])
    assert [name for name in (*header["heads"], *header["committees"]) if name != name.upper()] == []
    charge = load.table("charge_words")
    assert not set(charge["lead"]) & set(charge["joint"])
    ends = load.table("name_ends")
    assert not set(ends["closed"]) & set(ends["seldom"])
    assert {len(word.split()) for word in ends["apart"]} <= {1, 2}


def test_names_of_sectors_and_groups_are_not_empty() -> None:
    for row in (*load.rows("sectors"), *load.rows("group_nouns")):
        words = row.get("names") or row["nouns"]
        assert [word for word in words if not word.strip() or word != word.strip()] == []
