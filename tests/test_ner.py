"""The trained recogniser: it loads without network, is small, repeats itself, finds names it never saw, and can be left out."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from array import array
from pathlib import Path

import pytest

from pipeline.extract import Extractor
from pipeline.extraction.entities import ADVICE, ENTITIES, model_folder
from pipeline.extraction.entity_model import LABELS, Entity, Recogniser, pieces, unaccented
from pipeline.extraction.lexicon import lexicon
from pipeline.extraction.mentions import Charge, Unit
from pipeline.extraction.overlap import KINDS, Advice, AdvisedParser, Ground, settle, weigh
from pipeline.extraction.syllables import Syllables
from pipeline.language.components import assignments_component
from pipeline.language.tokenizer import WORD_ENDS
from pipeline.records import Record, Source, to_json
from pipeline.settings import Settings
from pipeline.text.document import DocumentText

ROOT = Path(__file__).parent.parent
FRAME = "ỦY BAN NHÂN DÂN TỈNH AN THỊNH\n\nKẾ HOẠCH\nThực hiện công tác năm 2025\n\nI. NỘI DUNG\n"
SOURCE = Source(name="x.txt", sha256="", media_type="text/plain", pages=1)

# label, words as marked, sentence: no name of these stands in the training split
UNSEEN = (
    ("UNIT", "Lâm viên Cấp nước Sông Trầu", "1. Giao Lâm viên Cấp nước Sông Trầu khắc phục sự cố trong tháng 7/2025."),
    ("UNIT", "Phòng Đối ngoại nhân dân", "2. Phân công Phòng Đối ngoại nhân dân hướng dẫn các xã thực hiện."),
    ("UNIT", "Thư viện Khoa học nông lâm", "3. Thư viện Khoa học nông lâm phối hợp tổ chức trưng bày."),
    ("UNIT", "Sở Kinh tế biển", "4. Giao Sở Kinh tế biển chủ trì tham mưu UBND tỉnh ban hành quy chế."),
    ("DOCREF", "Quyết định số 7312/QĐ-SKTB", "5. Giao Sở Kinh tế biển thực hiện Quyết định số 7312/QĐ-SKTB."),
    ("PERSON", "Trương Quế Lâm", "6. Đồng chí Trương Quế Lâm, Chánh Thanh tra Sở Kinh tế biển chỉ đạo."),
    ("TIME", "trong tháng 7/2031", "7. Giao Phòng Đối ngoại nhân dân báo cáo trong tháng 7/2031."),
)  # fmt: skip


@pytest.fixture(scope="module")
def model() -> Recogniser:
    return Recogniser(model_folder())


@pytest.fixture(scope="module")
def both() -> Extractor:
    return Extractor(Settings(ner=True))


@pytest.fixture(scope="module")
def rules() -> Extractor:
    return Extractor(Settings(ner=False))


def record(extractor: Extractor, text: str) -> Record:
    return extractor.from_text(DocumentText(text, array("I", range(len(text))), (0,)), SOURCE)


def test_the_model_is_there_and_small() -> None:
    size = sum(path.stat().st_size for path in model_folder().rglob("*") if path.is_file())
    assert 100_000 < size < 15_000_000


def test_the_model_loads_without_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert Recogniser(model_folder()).calibrated("UNIT", 1.0) > 0.9


def test_calibration_rises_and_is_never_certain(model: Recogniser) -> None:
    for label in LABELS:
        values = [model.calibrated(label, p / 50) for p in range(51)]
        assert values == sorted(values), label
        assert values[0] > 0 and values[-1] < 1, label


@pytest.mark.parametrize(("label", "words", "sentence"), UNSEEN, ids=[words for _, words, _ in UNSEEN])
def test_unseen_names_are_found(both: Extractor, label: str, words: str, sentence: str) -> None:
    doc = both.nlp(FRAME + sentence)
    found = {(e.label, doc.text[e.start : e.end]) for e in doc.user_data[ENTITIES]}
    assert (label, words) in found, found


def test_the_names_are_unseen() -> None:
    sys.path.insert(0, str(ROOT / "scripts"))
    from compose import compose

    composed = "\n".join(compose(seed=7, index=i, split="train", noise="none").text for i in range(200))
    assert not [words for label, words, _ in UNSEEN if label != "TIME" and words in composed]


def test_the_span_group_holds_what_was_found(both: Extractor) -> None:
    doc = both.nlp(FRAME + UNSEEN[0][2])
    found = [(e.label, e.start, e.end) for e in doc.user_data[ENTITIES]]
    assert found and [(s.label_, s.start_char, s.end_char) for s in doc.spans["entities"]] == found


def test_probabilities_are_probabilities(both: Extractor) -> None:
    doc = both.nlp(FRAME + "\n".join(sentence for *_, sentence in UNSEEN))
    assert all(0 < e.confidence < 1 for e in doc.user_data[ENTITIES])
    assert all(e.label in LABELS for e in doc.user_data[ENTITIES])


def test_a_name_that_rules_do_not_know_is_charged_with_the_models_confidence(both: Extractor, rules: Extractor) -> None:
    text = FRAME + UNSEEN[0][2]
    assert not record(rules, text).assignments
    (fact,) = record(both, text).assignments
    assert fact.unit == "Lâm viên Cấp nước Sông Trầu"
    assert fact.rule == "ner-order"
    assert 0.85 <= fact.confidence <= 0.95


def test_deterministic(both: Extractor) -> None:
    text = FRAME + "\n".join(sentence for *_, sentence in UNSEEN)
    assert to_json(record(both, text)) == to_json(record(Extractor(Settings()), text))


def test_one_line_does_not_depend_on_the_others(model: Recogniser, both: Extractor) -> None:
    text = "\n".join(sentence for *_, sentence in UNSEEN)
    ends = both.nlp.tokenizer(text).user_data[WORD_ENDS]
    ranges, at = [], 0
    for line in text.split("\n"):
        ranges.append((at, at + len(line)))
        at += len(line) + 1
    together = [(e.start, e.end, e.label) for e in model.find(text, ranges, ends)]
    assert together and together == [(e.start, e.end, e.label) for r in ranges for e in model.find(text, [r], ends)]


def test_the_decoder_is_spacys_own_parse(model: Recogniser, both: Extractor) -> None:
    from pipeline.extraction.entity_model import line_doc

    for *_, sentence in UNSEEN:
        found = pieces(sentence, 0, len(sentence), both.nlp.tokenizer(sentence).user_data[WORD_ENDS])
        doc = line_doc(model.nlp.vocab, sentence, found)
        parsed = model.nlp.get_pipe("ner")(line_doc(model.nlp.vocab, sentence, found))
        assert [span[:3] for span in model._decode([doc])[0]] == [(e.start, e.end, e.label_) for e in parsed.ents]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "---", "|||", "1.", "ỦY", "\f", "a" * 5_000, "Sở " * 3_000], ids=repr)
def test_odd_lines(both: Extractor, text: str) -> None:
    assert both.nlp(text[:20_000]).text == text


def test_pieces_cover_the_words_and_cut_before_capitals(both: Extractor) -> None:
    text = "Giao Tổ Công nghệ số | Các đơn vị"
    found = [text[a:b] for a, b in pieces(text, 0, len(text), both.nlp.tokenizer(text).user_data[WORD_ENDS])]
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert "Tổ" in {part.split(" ")[0] for part in found} and "|" in found and "Giao" in found


def test_no_ner_is_the_rules_alone(rules: Extractor) -> None:
    doc = rules.nlp(FRAME + UNSEEN[0][2])
    assert ENTITIES not in doc.user_data and ADVICE not in doc.user_data and "entities" not in doc.spans
    assert "entities" not in rules.nlp.pipe_names and "agreement" not in rules.nlp.pipe_names


def test_without_the_model_records_are_the_rules_records(rules: Extractor, both: Extractor) -> None:
    text = FRAME + "1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính theo dõi, báo cáo UBND tỉnh trước ngày 15/4/2025."
    plain, advised = record(rules, text), record(both, text)
    one, other = ([(a.unit, a.role, a.section, a.rule) for a in made.assignments] for made in (plain, advised))
    assert one and one == other
    assert all(a.confidence <= b.confidence for a, b in zip(plain.assignments, advised.assignments, strict=True))
    assert plain.citations == advised.citations and plain.deadlines == advised.deadlines


def entity(start: int, end: int, confidence: float = 0.99, label: str = "UNIT") -> Entity:
    return Entity(start, end, label, confidence)


SHORT = ([Unit(0, 10, "Sở Kinh tế", "organization")], 3)
LONG = ([Unit(0, 24, "các đoàn thể và Nhân dân", "group")], 6)
ZONES = ([Unit(0, 38, "Ban Quản lý Khu kinh tế và các khu công nghiệp", "organization")], 10)
WALL = ([Unit(0, 20, "Sở Y tế | Cục Thuế", "organization")], 6)
LISTED = ([Unit(0, 22, "các Sở: Nội vụ, Y tế", "group")], 6)


@pytest.mark.parametrize(
    ("rule", "found", "end", "ground", "cut", "decides"),
    [
        (None, None, -1, "none", "", "rule"),
        (None, entity(0, 15), -1, "none", "", "model"),
        (None, entity(0, 15, 0.84), -1, "none", "", "rule"),  # not sure
        (SHORT, entity(0, 10), 10, "none", "", "rule"),  # they agree
        (SHORT, entity(0, 15), 10, "none", "", "model"),  # the rules ran out of words they know
        (SHORT, entity(0, 15, 0.84), 10, "none", "", "rule"),
        (SHORT, entity(0, 15, 0.89), 10, "soft", "", "rule"),  # a verb ends the name
        (SHORT, entity(0, 15, 0.99), 10, "soft", "", "model"),  # but names hold verbs, too
        (SHORT, entity(0, 15), 10, "hard", "", "rule"),
        (SHORT, entity(0, 6), 10, "none", "ế tế", "rule"),  # no name is cut short ...
        (LONG, entity(0, 12), 24, "none", " và Nhân dân", "model"),  # ... but for what "và" joined to it,
        (ZONES, entity(0, 23), 38, "none", " và các khu công nghiệp", "rule"),  # one body, read whole
        (WALL, entity(0, 7), 20, "none", " | Cục Thuế", "model"),  # and what stands in the next cell
        (LISTED, entity(0, 6), 22, "none", ": Nội vụ, Y tế", "rule"),  # a list without heads
        (LISTED, entity(0, 30), 22, "none", "", "rule"),
    ],
)  # fmt: skip
def test_policy(rule: tuple[list[Unit], int] | None, found: Entity | None, end: int, ground: Ground, cut: str, decides: str) -> None:
    assert settle(rule, found, end, ground, cut) == decides


@pytest.mark.parametrize(
    ("text", "name", "ground"),
    [
        ("Ban Giám sát đầu tư của cộng đồng", "Ban Giám sát", "soft"),
        ("Phòng Nội vụ thường xuyên theo dõi", "Phòng Nội vụ", "hard"),
        ("Sở Tư pháp, Thanh tra tỉnh", "Sở Tư pháp", "hard"),
        ("Cục Phổ biến, giáo dục pháp luật", "Cục Phổ biến", "soft"),
        ("Trạm Kiểm lâm địa bàn", "Trạm Kiểm lâm", "none"),
        ("Sở Tư pháp", "Sở Tư pháp", "hard"),
    ],
)  # fmt: skip
def test_how_good_a_reason_for_a_name_to_end(text: str, name: str, ground: Ground) -> None:
    parser = AdvisedParser(text, Syllables(text, 0, len(text)), lexicon(), Advice([]))
    assert parser._ground(parser.s.index_at(len(name)), entity(0, len(text))) == ground


def test_the_parser_hears_the_recogniser_only_where_it_knows_no_better() -> None:
    text = "Lâm viên Cấp nước Sông Trầu báo cáo"
    advice = Advice([entity(0, 27), entity(0, 5, 0.99, "TIME")])
    parser = AdvisedParser(text, Syllables(text, 0, len(text)), lexicon(), advice)
    found = parser.units_at(0)
    assert found is not None and found[0][0].name == "Lâm viên Cấp nước Sông Trầu" and found[1] == 6
    assert advice.taken == {(0, 27): advice.entities[0]}
    inside = AdvisedParser(text, Syllables(text, 0, len(text)), lexicon(), Advice([entity(0, 25)]))
    assert inside.units_at(0) is None  # it ends inside a syllable


def test_table_cells_hear_the_recogniser_as_running_text_does(rules: Extractor) -> None:
    cell = "Các đoàn thể và Nhân dân"
    table = f"\n\nPHỤ LỤC\n| TT | Nhiệm vụ | Đơn vị chủ trì | Thời gian |\n|---|---|---|---|\n| 1 | Rà soát | {cell} | Quý IV |\n"
    doc = rules.nlp(FRAME + "1. Triển khai." + table)
    analysis = doc.user_data["vanban"]
    assert [c.unit.name for c in analysis.charges] == [cell]  # the rules take "Nhân dân" into the class
    at = doc.text.index(cell)
    advice = doc.user_data[ADVICE] = Advice([entity(at, at + len("Các đoàn thể"), label="GROUP")])
    assignments_component(doc)
    assert ("Các đoàn thể", "leads", "table-leads") in [(c.unit.name, c.role, c.rule) for c in analysis.charges]
    assert cell not in [c.unit.name for c in analysis.charges] and list(advice.taken.values()) == advice.entities


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        # a verb and a second body inside the recogniser's span
        ("Sở Tư pháp và Nhà khách", "Sở Tư pháp và Nhà khách", "Sở Tư pháp"),
        ("Giám đốc Sở Xây dựng giao Sở Tư pháp", "Giám đốc Sở Xây dựng giao Sở Tư pháp", "Giám đốc Sở Xây dựng"),
        (f"{ZONES[0][0].name} tỉnh", "Ban Quản lý Khu kinh tế", f"{ZONES[0][0].name} tỉnh"),
    ],
)  # fmt: skip
def test_names_are_neither_joined_nor_cut(text: str, found: str, name: str) -> None:
    parser = AdvisedParser(text, Syllables(text, 0, len(text)), lexicon(), Advice([entity(0, len(found))]))
    read = parser.units_at(0)
    assert read is not None and read[0][0].name == name


def test_a_person_seen_ends_the_name_of_an_office() -> None:
    text = "Chủ tịch UBND xã Nà Hỳ Huỳnh Duy Phong chủ trì"
    person = Entity(23, 38, "PERSON", 0.95)
    assert text[person.start : person.end] == "Huỳnh Duy Phong"
    syllables = Syllables(text, 0, len(text))
    advised = AdvisedParser(text, syllables, lexicon(), Advice([entity(0, 22, label="POSITION"), person])).units_at(0)
    assert advised is not None and advised[0][0].name == "Chủ tịch UBND xã Nà Hỳ"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Cục Thuế trình phê duyệt", ["Thuế", "trình"]),
        ("phường Pleiku ban hành Kế hoạch", ["Pleiku", "ban hành"]),
        ("các tỉnh ủy, thành ủy trình phê duyệt", ["ủy", "trình"]),
        ("các công trình, quy trình", ["công trình", "quy trình"]),
    ],
)
def test_words_end_where_names_end(both: Extractor, text: str, words: list[str]) -> None:
    ends = both.nlp.tokenizer(text).user_data[WORD_ENDS]
    assert set(words) <= {text[a:b] for a, b in pieces(text, 0, len(text), ends)}


def test_weighing() -> None:
    def charged(start: int, end: int, rule: str = "order") -> Charge:
        return Charge(Unit(start, end, "Sở", "organization"), "performs", "I", 0, rule, 0.8)

    agreed, other, silent, new = charged(0, 10), charged(20, 30), charged(40, 50), charged(60, 70)
    advice = Advice([entity(0, 10), entity(20, 35), entity(60, 70, 0.7)])
    advice.taken[(60, 70)] = advice.at(60)  # type: ignore[assignment]
    weigh([agreed, other, silent, new], advice)
    assert (agreed.confidence, other.confidence, silent.confidence, new.confidence) == (0.9, 0.7, 0.8, 0.7)
    assert [c.rule for c in (agreed, other, silent, new)] == ["order", "order", "order", "ner-order"]


def test_citations_and_times_stay_the_rules() -> None:
    assert set(KINDS) == {"UNIT", "POSITION", "GROUP"}
    assert Advice([entity(0, 10, 0.99, "TIME"), entity(0, 10, 0.99, "DOCREF")]).at(0) is None


def test_unaccented_keeps_length_and_case() -> None:
    text = "Ủy ban nhân dân TỈNH ĐẮK LẮK, quý III/2025"
    assert unaccented(text) == "Uy ban nhan dan TINH DAK LAK, quy III/2025"


@pytest.mark.parametrize(("options", "units"), [([], ["Lâm viên Cấp nước Sông Trầu"]), (["--no-ner"], [])], ids=["with", "without"])
def test_the_command_line_switches_it_off(tmp_path: Path, options: list[str], units: list[str]) -> None:
    (tmp_path / "plan.txt").write_text(FRAME + UNSEEN[0][2], "utf-8")
    command = [sys.executable, "-m", "pipeline", "extract", "-q", *options, str(tmp_path / "plan.txt")]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert [fact["unit"] for fact in json.loads(done.stdout)["assignments"]] == units


def test_known_files_are_read_again_when_the_switch_changes(tmp_path: Path) -> None:
    from pipeline.ingest import ingest

    letter = tmp_path / "a.txt"
    letter.write_text("UBND TỈNH A\nSố: 12/KH-UBND\n\nKẾ HOẠCH\nCông tác năm 2025\n\n1. Giao Sở Nội vụ tổng hợp.\n", "utf-8")
    base = tmp_path / "kb.db"
    changes = [ingest([letter], base, Settings(ner=ner)).counts for ner in (True, True, False, False)]
    assert [[change for change, n in c.items() if n] for c in changes] == [["added"], ["known"], ["updated"], ["known"]]
