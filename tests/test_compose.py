"""The composer: same seed same bytes, splits without a common name, gold and spans that stand where they say."""

from __future__ import annotations

import datetime as dt
import difflib
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from compose import Composed, compose  # noqa: E402
from compose.noise import apply, fold  # noqa: E402
from compose.vocabulary import CLOSED_CLUSTERS, SPLITS, place_owner, read, vocabulary  # noqa: E402

LABELS = {"UNIT", "POSITION", "GROUP", "DOCREF", "TIME", "PERSON"}
KIND_LABEL = {"organization": "UNIT", "position": "POSITION", "group": "GROUP"}
SAMPLE = 160


@cache
def sample(split: str, noise: str = "none") -> list[Composed]:
    return [compose(7, index, split, noise) for index in range(SAMPLE)]


def every() -> list[Composed]:
    return [document for split in SPLITS for document in sample(split)]


def run(out: Path, hash_seed: str, *options: str) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "compose_corpus.py"), "--seed", "7", "--count", "12", "--out", str(out), *options]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed}, capture_output=True)


@pytest.mark.parametrize("noise", ["none", "ocr"])
def test_same_seed_same_bytes(tmp_path: Path, noise: str) -> None:
    run(tmp_path / "a", "1", "--noise", noise)
    run(tmp_path / "b", "2", "--noise", noise)
    files = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*") if p.is_file())
    assert len(files) == 25
    assert all((tmp_path / "a" / f).read_bytes() == (tmp_path / "b" / f).read_bytes() for f in files)


def test_a_document_does_not_depend_on_those_before_it() -> None:
    assert compose(7, 41, "dev").text == sample("dev")[41].text
    assert compose(8, 41, "dev").text != sample("dev")[41].text


@pytest.mark.parametrize(("split", "noise"), [("all", "none"), ("train", "salt")])
def test_wrong_use_says_what_to_use(split: str, noise: str) -> None:
    with pytest.raises(ValueError, match="use "):
        compose(1, 0, split, noise)


# names of one split are not seen in another --------------------------------------------------------------------------------------


def names_of(split: str) -> set[str]:
    """Every name only this split may use: places, units, persons' given names, topics, laws."""
    words = vocabulary(split)
    names = {place for place, owner in place_owner().items() if owner == split and place not in CLOSED_CLUSTERS}
    for unit in (row["unit"] for rows in words.units.values() for row in rows):
        if re.search(r"\{P?L\}", unit):
            names |= {re.sub(r"\{P?L\}", level, unit) for level in ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường")}
        elif "{" not in unit or len(unit.split()) > 4:
            names.add(re.sub(r"\s*\{.*", "", unit))
    names |= {row["topic"] for row in words.topics} | {f"{row['type']} {row['law']}" for row in words.laws}
    names = {"phố Hồ Chí Minh" if name == "Hồ Chí Minh" else name for name in names}  # also the name of a person in many titles
    return {name for name in names if " " in name or name in place_owner()}


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("other", SPLITS)
def test_no_name_of_one_split_in_another(split: str, other: str) -> None:
    if split == other:
        pytest.skip("the same split")
    assert not names_of(split) & names_of(other)
    text = "\n".join(document.text for document in sample(other))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, names_of(split)), key=len, reverse=True)) + r")(?!\w)")
    assert sorted({match[0] for match in pattern.finditer(text)}) == []


def test_persons_differ_between_splits() -> None:
    people = {s: {d.text[a:b] for d in sample(s) for a, b, label in d.entities if label == "PERSON"} for s in SPLITS}
    assert all(len(p) > 100 for p in people.values())
    assert not people["train"] & people["test"] and not people["train"] & people["dev"] and not people["dev"] & people["test"]


def test_units_common_to_splits_are_closed_class() -> None:
    """What train and test share of units is the bodies every document names (UBND tỉnh, Chính phủ ...), never a vocabulary item."""
    found = {s: {d.text[a:b].lower() for d in sample(s) for a, b, label in d.entities if label == "UNIT"} for s in SPLITS}
    closed = [re.sub(r"\s*\{.*", "", row["unit"]).lower() for row in read("closed")]
    closed += [
        "ubnd",
        "ủy ban nhân dân",
        "hđnd",
        "hội đồng nhân dân",
        "ban thường vụ",
        "tt hđnd",
        "tt ",
        "thường trực",
        "đoàn đbqh",
        "mặt trận",
    ]
    closed += ["chính phủ", "quốc hội", "ủy ban thường vụ quốc hội", "bộ chính trị", "ban bí thư", "ban chấp hành", "văn phòng", "tỉnh ủy"]
    closed += ["tổ công tác", "cổng ttđt", "trang ttđt", "thành ủy", "huyện ủy", "quận ủy", "thị ủy", "đảng ủy", "ban cán sự đảng"]
    closed += ["ủy ban mặt trận"]
    own = {re.sub(r"\s*\{.*", "", row["unit"]).lower() for row in read("units")}
    shared = {unit for unit in found["train"] & found["test"] if not unit.startswith(tuple(closed))}
    assert shared == set()
    assert not {unit for unit in found["train"] & found["test"] if unit in own}


# spans ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("noise", ["none", "ocr"])
def test_spans_are_sorted_tight_and_apart(noise: str) -> None:
    for split in SPLITS:
        for document in sample(split, noise):
            at = 0
            for start, end, label in document.entities:
                assert label in LABELS and at <= start < end <= len(document.text)
                assert document.text[start:end] == document.text[start:end].strip()
                at = end


def test_known_phrases_are_always_entities() -> None:
    """The same words are the same entity wherever they stand, or a model would learn a contradiction."""
    for document in every():
        inside = [False] * len(document.text)
        for start, end, _ in document.entities:
            inside[start:end] = [True] * (end - start)
        units = {document.text[a:b] for a, b, label in document.entities if label in ("UNIT", "GROUP", "POSITION", "DOCREF")}
        for phrase in (u for u in units if len(u) > 8 and " " in u):
            for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", document.text):
                assert inside[match.start()], (document.name, phrase, document.text[match.start() - 60 : match.end() + 20])


def test_noise_keeps_spans_on_their_words() -> None:
    changed = 0
    for split in SPLITS:
        for clean, noisy in zip(sample(split), sample(split, "ocr"), strict=True):
            assert noisy.gold == clean.gold
            changed += clean.text != noisy.text
            lost = len(clean.entities) - len(noisy.entities)
            assert 0 <= lost <= 8  # the letterhead
            kept = clean.entities[-(len(clean.entities) - lost) :]
            aligned = sum(
                difflib.SequenceMatcher(None, fold(clean.text[a:b]).lower(), fold(noisy.text[c:d]).lower()).ratio() > 0.6
                for (a, b, _), (c, d, _) in zip(kept, noisy.entities, strict=True)
            )
            assert aligned >= 0.9 * len(noisy.entities), clean.name
    assert changed > 0.95 * SAMPLE * len(SPLITS)


@pytest.mark.parametrize(
    ("edits", "text", "span"),
    [
        ([(0, 5, "")], "Sở Y tế nhận", (0, 7)),
        ([(5, 5, "**")], "Giao **Sở Y tế nhận", (7, 14)),
        ([(7, 8, "\n\n")], "Giao Sở\n\nY tế nhận", (5, 13)),
        ([(12, 12, "**")], "Giao Sở Y tế** nhận", (5, 12)),
        ([(5, 7, "Sỏ"), (10, 11, "té")], "Giao Sỏ Y téế nhận", (5, 13)),
        ([(3, 8, " ")], "Gia Y tế nhận", (4, 8)),
        ([(4, 13, " ")], "Giao nhận", None),
    ],
)
def test_edits_carry_spans(edits: list[tuple[int, int, str]], text: str, span: tuple[int, int] | None) -> None:
    result, spans = apply("Giao Sở Y tế nhận", [(5, 12, "UNIT")], edits)
    assert (result, [s[:2] for s in spans]) == (text, [span] if span else [])


# gold ----------------------------------------------------------------------------------------------------------------------------


def test_entries_stand_where_they_say() -> None:
    for document in every():
        text, gold = document.text, document.gold
        for c in gold["citations"]:
            printed = text[c["start"] : c["end"]]
            assert printed.removeprefix("số ") == c["text"]
            assert c["number"] is None or c["number"] in printed
            assert c["number"] or c["name"]
        for d in gold["deadlines"]:
            assert text[d["start"] : d["end"]] == d["text"]
        spans = {(a, b): label for a, b, label in document.entities}
        for a in gold["assignments"]:
            if a["end"] > a["start"] and "unit_alt" not in a:
                assert text[a["start"] : a["end"]] == a["unit"]
                assert spans[a["start"], a["end"]] == KIND_LABEL[a["kind"]]
        for part in ("citations", "assignments", "deadlines", "reports"):
            for entry in gold[part]:
                assert entry["quote"] in re.sub(r"\s+", " ", text)


def test_sections_exist_and_nest() -> None:
    loose = {"preamble", "body", "closing", "title", "recipients"}
    for document in every():
        paths = [s["path"] for s in document.gold["sections"]]
        assert len(paths) == len(set(paths)), (document.name, paths)
        for part in ("citations", "assignments", "deadlines", "reports"):
            for entry in document.gold[part]:
                assert entry["section"] in loose or entry["section"] in paths


def test_every_header_is_complete() -> None:
    for document in every():
        head = document.gold["document"]
        assert head["type"] and head["title"] and head["issuer"] and head["place"] and head["signer"] and head["recipients"]
        assert head["draft"] == (len(head["issued_on"]) == 7)
        if not head["draft"]:
            assert head["number"] in document.text.replace(" ", "")
        assert head["title"] in document.text.replace("\n", " ")


def test_days_of_deadlines_follow_the_words() -> None:
    """Domain rule 5.1, computed here from the words: "trước ngày D" ends on D-1, before an hour of D and "chậm nhất ngày D" on D."""
    seen = {"before": 0, "upto": 0, "year": 0, "relative": 0, "recurrent": 0, "always": 0}
    for document in every():
        for d in document.gold["deadlines"]:
            words = d["text"].lower()
            day = re.search(r"ngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})", words)
            if day and not d["recurrence"]:
                stated = dt.date(int(day[3]), int(day[2]), int(day[1]))
                exclusive = "trước ngày" in words
                assert d["latest"] == (stated - dt.timedelta(days=exclusive)).isoformat(), words
                seen["before" if exclusive else "upto"] += 1
            elif year := re.fullmatch(r"(?:trong |cả )?năm (\d{4})", words):
                assert (d["earliest"], d["latest"]) == (f"{year[1]}-01-01", f"{year[1]}-12-31")
                seen["year"] += 1
            elif d["relative"]:
                assert f"{d['relative']['amount']:02d}" in words and d["latest"] is None
                assert d["relative"]["unit"] == ("working_day" if "làm việc" in words else "month" if "tháng" in words else "day")
                seen["relative"] += 1
            elif re.search(r"h[ằà]ng|mỗi|tháng cuối quý", words):
                assert d["recurrence"].startswith("FREQ=")
                seen["recurrent"] += 1
            elif words.startswith("thường xuyên"):
                assert d["continuous"]
                seen["always"] += 1
    assert all(count > 10 for count in seen.values()), seen


def test_a_repeat_has_the_one_date_given_elsewhere() -> None:
    repeats = 0
    for document in every():
        dates: dict[str, set[str | None]] = {}
        for c in document.gold["citations"]:
            if c["number"]:
                dates.setdefault(c["number"], set()).add(c["issued_on"])
        assert all(len(found) == 1 for found in dates.values()), document.name
        repeats += sum(1 for number in dates if sum(c["number"] == number for c in document.gold["citations"]) > 1)
    assert repeats > 100


def test_scorer_gives_full_marks_to_the_gold(tmp_path: Path) -> None:
    scorer = ROOT.parent / "shared" / "gold" / "score.py"
    if not scorer.exists():
        pytest.skip("the scorer of the gold files is not beside the project")
    (tmp_path / "gold").mkdir()
    lines = []
    for document in sample("dev")[:60]:
        (tmp_path / "gold" / f"{document.name}.json").write_text(json.dumps(document.gold, ensure_ascii=False), "utf-8")
        lines.append(json.dumps({**document.gold, "source": {"name": document.gold["source"]}}, ensure_ascii=False))
    (tmp_path / "records.jsonl").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, str(scorer), str(tmp_path / "gold"), str(tmp_path / "records.jsonl"), "--json"]
    result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert result["headline"] > 0.998 and result["citation provision"] == 1.0


# the reorganisation of 2025 ------------------------------------------------------------------------------------------------------


def test_units_are_valid_at_the_date_of_the_document() -> None:
    after = [d for d in every() if d.gold["document"]["issued_on"] >= "2025-07"]
    before = [d for d in every() if d.gold["document"]["issued_on"] < "2025-07"]
    assert len(after) > 150 and len(before) > 150
    for document in after:
        own = [document.text[a:b] for a, b, label in document.entities if label in ("UNIT", "POSITION", "GROUP")]
        wrong = re.compile(
            r"(UBND|Ủy ban nhân dân|Công an|HĐND|Thanh tra) (các )?(huyện|quận|thị xã)|Huyện ủy|Quận ủy|thị trấn|Sở Kế hoạch và Đầu tư"
        )
        assert [u for u in own if wrong.search(u)] == []
    for document in before:
        assert "đặc khu" not in document.text and "Phòng Văn hóa - Xã hội" not in document.text
        if document.gold["document"]["issued_on"] < "2025-03":
            assert not re.search(r"Sở (Nông nghiệp và Môi trường|Dân tộc và Tôn giáo)", document.text)


# breadth -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("use", "least"),
    [("giao", 12), ("report", 12), ("sentence", 15), ("item", 15), ("work", 12), ("preamble", 8), ("aim", 10), ("past", 8)],
)
def test_many_frames_for_each_construct(use: str, least: int) -> None:
    assert len({row["frame"] for row in read("frames") if row["use"] == use}) >= least


def test_vocabularies_are_large() -> None:
    assert len({row["frame"] for row in read("citations") if row["use"] != "provision"}) >= 25
    assert len({row["sector"] for row in read("units")}) >= 60
    assert len({row["province"] for row in read("places") if "districts" in row}) >= 63
    assert len({row["province"] for row in read("places") if row.get("from", "") >= "2025-07"}) == 34
    verbs: dict[str, int] = {}
    for row in read("verbs"):
        verbs[row["class"]] = verbs.get(row["class"], 0) + 1
    assert sum(verbs[row["class"]] for row in read("objects")) >= 300


def test_every_type_system_and_level_is_composed() -> None:
    documents = [d for s in SPLITS for d in sample(s)]
    types = {d.gold["document"]["type"] for d in documents}
    assert types >= {"Kế hoạch", "Quyết định", "Công văn", "Chỉ thị", "Công điện", "Kết luận", "Thông báo", "Hướng dẫn", "Chương trình"}
    issuers = " ".join(d.gold["document"]["issuer"] for d in documents)
    for word in (
        "Bộ ",
        "Thủ tướng",
        "Ủy ban nhân dân tỉnh",
        "Ủy ban nhân dân huyện",
        "Ủy ban nhân dân xã",
        "Sở ",
        "Tỉnh ủy",
        "Huyện ủy",
        "Đảng ủy",
    ):
        assert word in issuers
    assert any("|---|" in d.text for d in documents)
    roles = {a["role"] for d in documents for a in d.gold["assignments"]}
    relations = {c["relation"] for d in documents for c in d.gold["citations"]}
    assert roles == {"directs", "leads", "supports", "performs"}
    assert relations == {"basis", "implements", "amends", "replaces", "repeals", "guides", "mentions"}


def test_each_split_has_units_at_every_level() -> None:
    for split in SPLITS:
        levels = {level: len(rows) for level, rows in vocabulary(split).units.items()}
        assert all(levels.get(level, 0) >= least for level, least in (("central", 3), ("province", 15), ("district", 6), ("commune", 3))), (
            levels
        )
