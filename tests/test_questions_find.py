"""Tracing, searching and auditing, with known answers over hand-made records."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_storage_samples import base_of, letter, plan, small_base

from pipeline import records as r
from pipeline.questions.audit import audit
from pipeline.questions.document import find_documents
from pipeline.questions.instruments import distinct_dates
from pipeline.questions.references import parse_reference
from pipeline.questions.search import search
from pipeline.questions.trace import trace
from pipeline.questions.units import UnitFilter

Base = sqlite3.Connection


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    return small_base(tmp_path_factory.mktemp("base"))


WAYS_TO_ASK = ["33/CT-TTg", "33 / ct-ttg", "33-CT/TTG", "chi thi 33 ct ttg", "Chỉ thị số 33/CT-TTg", "chi-thi/33-ct-ttg/2021",
               "Chỉ thị số: 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ", "Quyết định 33/CT-TTg"]  # fmt: skip


@pytest.mark.parametrize("typed", WAYS_TO_ASK)
def test_a_directive_is_traced_however_it_is_typed(base: Base, typed: str) -> None:
    answer = trace(base, typed)
    assert [(m.section, m.page, m.relation) for m in answer.mentions] == [("preamble", 1, "basis"), ("I.1", 1, "implements")]
    assert (answer.directive.issued_on, answer.directive.issuer) == ("2021-11-26", "Thủ tướng Chính phủ")


@pytest.mark.parametrize("typed", ["33-CT/TW", "3/CT-TTg", "133/CT-TTg", "", "/", "%", "'; DROP TABLE documents --", "Luật Đất đai"])
def test_what_nobody_cites_is_not_found(base: Base, typed: str) -> None:
    assert trace(base, typed).mentions == []


def test_a_number_typed_in_part_gets_suggestions(base: Base) -> None:
    assert trace(base, "1211").similar == ["Quyết định 1211/QĐ-UBND"]


def test_numbers_of_two_years_are_two_directives_and_none_is_chosen(base: Base) -> None:
    answer = trace(base, "1211/qd-ubnd")
    assert answer.directive.issued_on is None and answer.directive.directive is None and not answer.directive.disagree
    assert [(s.value, s.mentions) for s in answer.directive.dates] == [("2024-11-21", 3), ("2022-11-02", 1)]
    assert [d.directive for d in answer.directives] == ["quyet-dinh/1211-qd-ubnd/2024", "quyet-dinh/1211-qd-ubnd/2022"]


def test_a_law_is_traced_by_name_and_with_what_else_is_the_same_directive(tmp_path: Path) -> None:
    text = "Luật Tiếp công dân năm 2013; Luật số 42/2013/QH13; Luật Khiếu nại."

    def cite(phrase: str, **more: Any) -> r.Citation:
        start = text.index(phrase)
        return r.Citation(start=start, end=start + len(phrase), page=1, section="body", text=phrase, type="Luật", **more)

    record = msgspec.structs.replace(
        letter(),
        text=text,
        reports=[],
        citations=[
            cite("Luật Tiếp công dân", name="Luật Tiếp công dân", issued_on="2013", directive="luat/42-2013-qh13/2013"),
            cite("Luật số 42/2013/QH13", number="42/2013/QH13", issued_on="2013-11-25", directive="luat/42-2013-qh13/2013"),
            cite("Luật Khiếu nại", name="Luật Khiếu nại", directive="luat/khieu-nai"),
        ],
    )
    connection = base_of(tmp_path, record)
    for typed in ("Luật Tiếp công dân", "luat tiep cong dan nam 2013", "42/2013/QH13", "tiep cong dan"):
        answer = trace(connection, typed)
        assert len(answer.mentions) == 2 and answer.directive.issued_on == "2013-11-25" and not answer.directive.disagree, typed


def test_distinct_dates_take_a_year_as_part_of_its_day() -> None:
    assert distinct_dates(["2021", "2021-11-26"]) == ["2021-11-26"]
    assert distinct_dates(["2021-11", "2021-11-26", "2022"]) == ["2021-11-26", "2022"]


REFERENCES = [
    ("33/CT-TTg", ("", "33ctttg", "")),
    ("Chỉ thị số 33/CT-TTg", ("chi thi", "33ctttg", "")),
    ("QĐ số 1211/QĐ-UBND ngày 02/11/2022", ("qd", "1211qdubnd", "")),
    ("/KH-UBND", ("", "khubnd", "")),
    ("Luật số 64/2025/QH15", ("luat", "64/2025qh15", "")),
    ("Bộ luật Lao động năm 2019", ("", "", "bo luat lao dong")),
    ("Hiến pháp", ("", "", "hien phap")),
]


@pytest.mark.parametrize(("typed", "expected"), REFERENCES)
def test_references(typed: str, expected: tuple[str, str, str]) -> None:
    found = parse_reference(typed)
    assert (found.type, found.number, found.name) == expected


FOUND = [
    ("don doc", ["Theo dõi, đôn đốc các xã, thị trấn."], False),
    ("đôn đốc", ["Theo dõi, đôn đốc các xã, thị trấn."], True),
    ("ĐÔN ĐỐC", ["Theo dõi, đôn đốc các xã, thị trấn."], True),
    ("don đốc", ["Theo dõi, đôn đốc các xã, thị trấn."], False),
    ("cong tac dan van", ["Công tác dân vận chính quyền năm 2025"], False),
    ("ra\u0300 soát", ["2. Rà soát thủ tục hành chính tại bộ phận một cửa."], True),
]


@pytest.mark.parametrize(("typed", "quotes", "exact"), FOUND)
def test_search_with_and_without_marks(base: Base, typed: str, quotes: list[str], exact: bool) -> None:
    hits = search(base, typed)
    assert ([hit.quote for hit in hits], {hit.exact for hit in hits}) == (quotes, {exact})


def test_search_ranks_exact_marks_first(tmp_path: Path) -> None:
    folded_often = letter("a", extra="\n" + "Dân vận, dân vận, dân vận, dân vận.\nDan van.\nDân văn và đan vân xa nhau.")
    hits = search(base_of(tmp_path, folded_often), "dan van")
    assert (hits[0].quote, hits[0].exact, len(hits)) == ("Dan van.", True, 3)
    hits = search(base_of(tmp_path, folded_often), "dân văn")
    assert hits[0].quote.startswith("Dân văn") and [hit.exact for hit in hits] == [True, False, False]


def test_search_says_where(base: Base) -> None:
    hit = search(base, "33/CT-TTg quan triet")[0]
    assert (hit.document.number, hit.section, hit.page) == ("12/KH-UBND", "I.1", 1)
    assert search(base, "đột xuất")[0].page == 2
    assert len(search(base, "ủy ban", limit=2)) == 2
    assert search(base, "uy ban", limit=2, offset=2) == search(base, "uy ban", limit=4)[2:]


@given(st.text(max_size=40))
def test_no_string_is_a_syntax_error(typed: str) -> None:
    search(OPEN[0], typed)
    trace(OPEN[0], typed)
    find_documents(OPEN[0], typed)
    UnitFilter(OPEN[0], typed)


@pytest.mark.parametrize(
    "typed", ['"', '""', "NEAR(a b)", "a AND", "NOT", "text:a", "a*", "^a", "-a", "(", "33/CT-TTg", "{", "\x00a", "x" * 5000]
)
def test_query_syntax_is_only_words(base: Base, typed: str) -> None:
    assert isinstance(search(base, typed), list)


OPEN: list[Base] = []


@pytest.fixture(autouse=True)
def _open(base: Base) -> None:
    OPEN[:] = [base]


def test_documents_are_found_by_number_file_or_hash_and_all_of_one_number(base: Base) -> None:
    assert len(find_documents(base, "343/ubnd-vx")) == 2
    assert len(find_documents(base, "Công văn số 343/UBND-VX")) == 2
    assert find_documents(base, "plans/an-phu.txt") == find_documents(base, plan().source.sha256[:12]) == find_documents(base, "12 KH UBND")
    assert find_documents(base, "99/KH-UBND") == []


def test_audit_says_what_does_not_add_up(base: Base) -> None:
    said = {(issue.code, issue.about) for issue in audit(base)}
    assert said >= {
        ("same-number", "Công văn 343/UBND-VX"), ("blank-number", None), ("number-gap", None), ("no-unit", None),
        ("not-in-base", "Chỉ thị 33/CT-TTg"), ("least-certain", "Kết luận số 120-KL/TW"),
    }  # fmt: skip
    codes = [issue.code for issue in audit(base)]
    assert not {"issuer-conflict", "date-conflict"} & set(codes)
    least = [issue.confidence for issue in audit(base, ("least-certain",))]
    assert least == sorted(least) and least[0] == 0.6  # type: ignore[type-var]


HEAVY = """import sys
from pipeline.cli.main import main
code = main(sys.argv[1:])
heavy = {names} & set(sys.modules)
sys.exit(repr(heavy) if heavy else code)"""


@pytest.mark.parametrize("form", ["table", "json", "csv"])
@pytest.mark.parametrize(
    "question", ["due --by 2025-06-01", "trace 33/CT-TTg", "search don doc", "unit noi vu", "audit", "document 12/KH-UBND", "--help"]
)
def test_a_question_loads_nothing_heavy(base: Base, tmp_path: Path, question: str, form: str) -> None:
    path = base.execute("PRAGMA database_list").fetchone()["file"]
    names = {"spacy", "underthesea", "dateparser", "pandas", "numpy", "sqlite_utils", "pdfplumber", "pipeline.extract"}
    if question != "due --by 2025-06-01":
        names.add("dateutil")
    if form != "table" or question == "--help":  # rich draws tables and nothing else
        names.add("rich")
    arguments = question.split() if question.startswith("--") else [*question.split(), "--db", path, "--format", form]
    asked = subprocess.run([sys.executable, "-c", HEAVY.format(names=names), *arguments], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout
