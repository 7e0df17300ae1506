"""What stands on the screen: table rows as cells, rules of recurrence and issues in Vietnamese words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from test_cli import base, desk, extractor, run  # noqa: F401 (fixtures)

from pipeline.cli.duty_table import duty_table, what_shown
from pipeline.cli.labels import Labels
from pipeline.cli.messages import REASONS, fields_shown, message_shown
from pipeline.cli.output import excerpt, plain
from pipeline.cli.rhythm import rhythm
from pipeline.corrections.fields import FIELDS
from pipeline.questions.documents_named import DocumentRef
from pipeline.questions.duties import Duty

ROOT = Path(__file__).parents[1]
VI, EN = Labels("vi"), Labels("en")

SHOWN = [
    ("| 2 | Tập huấn | Sở Nội vụ | | 28/8/2025 | |", "2 · Tập huấn · Sở Nội vụ · 28/8/2025"),
    ("…huấn | Sở Nội vụ | Quý I", "…huấn · Sở Nội vụ · Quý I"),
    ("| TT | Nội dung |\n| --- | :--: |\n| 1 | Họp |", "TT · Nội dung – 1 · Họp"),
    ("| - | -nt- | 5 |", "-nt- · 5"),
    ("PHỤ LỤC\n| TT | Nội dung |", "PHỤ LỤC – TT · Nội dung"),
    ("Sở Nội vụ\nTham mưu, tổng hợp", "Sở Nội vụ – Tham mưu, tổng hợp"),
    ("công tác\ndân vận", "công tác dân vận"),
    ("xong trước 30/6.\nGửi báo cáo", "xong trước 30/6. Gửi báo cáo"),
    ("Giao Sở Tài chính:\n\nTổng hợp", "Giao Sở Tài chính: Tổng hợp"),
    ("a\x1b[31mb\u202ec\nd", "a [31mbc d"),
    ("không có gì khác", "không có gì khác"),
    (None, ""),
]


@pytest.mark.parametrize(("text", "expected"), SHOWN)
def test_text_of_documents_on_one_line(text: str | None, expected: str) -> None:
    assert plain(text) == expected


def test_an_excerpt_of_a_table_row_has_no_bars() -> None:
    row = "| " + " | ".join(f"ô số {n}" for n in range(80)) + " |"
    shown = excerpt(row, row.index("ô số 40"), 60)
    assert "ô số 40 · ô số 41" in shown and "|" not in shown
    nearly = "một " * 20 + "cuối."
    assert excerpt(nearly, 0, 80) == nearly


RHYTHMS = [
    ("FREQ=DAILY", "hằng ngày", "every day"),
    ("FREQ=WEEKLY", "hằng tuần", "every week"),
    ("FREQ=WEEKLY;BYDAY=TH", "thứ Năm hằng tuần", "Thursday, every week"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "thứ Hai, thứ Sáu 2 tuần một lần", "Monday, Friday, every 2 weeks"),
    ("RRULE:FREQ=MONTHLY;BYMONTHDAY=14", "ngày 14 hằng tháng", "day 14, every month"),
    ("FREQ=MONTHLY;BYMONTHDAY=10,25", "ngày 10, 25 hằng tháng", "day 10, 25, every month"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "ngày cuối hằng tháng", "last day, every month"),
    ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", "ngày 30 hằng tháng", "day 30, every month"),
    ("FREQ=MONTHLY;INTERVAL=3", "hằng quý", "every quarter"),
    ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần", "every 6 months"),
    ("FREQ=YEARLY", "hằng năm", "every year"),
    ("FREQ=YEARLY;UNTIL=20301231", "hằng năm", "every year"),
    ("FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=9", "09/10 hằng năm", "09/10, every year"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "ngày cuối tháng 2 hằng năm", "last day, month 2 every year"),
    ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=14", "ngày 14 các tháng 3, 6, 9, 12", "day 14, months 3, 6, 9, 12"),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "định kỳ", "periodic"),
    ("FREQ=YEARLY;BYYEARDAY=100", "định kỳ", "periodic"),
    ("FREQ=MONTHLY;INTERVAL=x", "định kỳ", "periodic"),
    ("nonsense", "định kỳ", "periodic"),
]


@pytest.mark.parametrize(("rule", "vi", "en"), RHYTHMS)
def test_how_often_a_duty_comes_back(rule: str, vi: str, en: str) -> None:
    assert (rhythm(rule, VI), rhythm(rule, EN)) == (vi, en)


SAID = [
    ("date-conflict", "2022-11-02: a.txt (3); 2024-11: b.txt (1)", "02/11/2022: a.txt (3 lần); 11/2024: b.txt (1 lần)"),
    ("citation-date-conflict", "9/KH is dated 2024-02-23 and 2024-02-26 in this document; here 2024-02-23",
     "Văn bản này ghi 9/KH với các ngày 23/02/2024 và 26/02/2024; ở đây là 23/02/2024."),
    ("citation-date-conflict", "9/KH is dated 2024-02-23 and 2024-02-26 in this document; here without a date",
     "Văn bản này ghi 9/KH với các ngày 23/02/2024 và 26/02/2024; ở đây không ghi ngày."),
    ("no-unit", "report: gửi báo cáo: says not who", "báo cáo: gửi báo cáo"),
    ("no-date", "task: kiểm tra: says not by when", "nhiệm vụ: kiểm tra"),
    ("least-certain", "assignments: confidence 0.55", "đơn vị: độ tin cậy 55%"),
    ("not-in-base", "mentions: 20, documents: 8", "20 lần viện dẫn trong 8 văn bản"),
    ("set-aside", "empty (2025-11-21T08:45:33+00:00): the file is empty", "tệp rỗng (21/11/2025 08:45)"),
    ("unmatched", 'change assignment {"role":"leads"}: its fact is not extracted any more; what it says stays in the answers; '
     "vanban correct --undo 4 takes it back",
     "sửa đơn vị vai trò: chủ trì: mục tin này nay không còn được đọc ra, nội dung sửa vẫn có trong trả lời. "
     "Bỏ: vanban correct --undo 4"),
    ("words-repeated", "“công tác công tác”", "“công tác công tác”"),
    ("numbering-gap", "a message of a later version", "a message of a later version"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "stored", "vi"), SAID)
def test_issues_are_said_in_vietnamese(code: str, stored: str, vi: str) -> None:
    assert message_shown(code, stored, VI) == vi
    assert message_shown(code, stored, EN) == stored


def test_every_kind_of_issue_has_a_name_and_its_message_a_sentence() -> None:
    sources = [ROOT / "pipeline/resolution/findings.py", ROOT / "pipeline/questions/audit.py"]
    codes = {code for path in sources for code in re.findall(r'(?:note\(|Issue\(\s*)"([a-z-]+)"', path.read_text("utf-8"))}
    assert len(codes) > 20 and not [code for code in codes if not VI.knows(f"code_{code}")]
    findings = [f for path in ROOT.glob("tests/golden/*.json") for f in json.loads(path.read_text("utf-8"))["findings"]]
    assert len(findings) > 10
    english = [f["message"] for f in findings if message_shown(f["code"], f["message"], VI) == f["message"]]
    assert [message for message in english if not re.fullmatch("“[^”]*”", message)] == []


def test_every_reason_for_putting_a_file_aside_is_named() -> None:
    paths = [path for name in ("reading", "text") for path in (ROOT / "pipeline" / name).rglob("*.py")]
    paths += [ROOT / "pipeline/inputs.py", ROOT / "pipeline/ingest.py"]
    reasons = {reason for path in paths for reason in re.findall(r'Error\([^)]*reason="([a-z-]+)"', path.read_text("utf-8"))}
    assert len(reasons) > 20 and reasons <= REASONS.keys()


def test_fields_of_facts_are_named() -> None:
    assert [f for fields in FIELDS.values() for f in fields if not VI.knows(f"field_{f}")] == []
    assert fields_shown("role=leads; unit=Sở A; recipients=X; Y; latest=2025-05-28", VI) == (
        "vai trò: chủ trì; đơn vị: Sở A; nơi nhận: X; Y; hạn cuối: 28/05/2025"
    )
    assert fields_shown("gửi báo cáo a=b", VI) == "gửi báo cáo a=b"


QUESTIONS = [
    ("audit",),
    ("audit", "--uncertain"),
    ("due", "--by", "2025-12-31", "--undated"),
    ("document", "12/KH-UBND"),
    ("unit", "noi vu"),
]
ENGLISH = re.compile(
    r"\b(?:conflict|blank|missing|task|report|assignment|deadline|citation|confidence|mentions|documents?|says|number|leads|supports|performs"
    r"|FREQ|recurrence|reporter|latest|periodic|continuous|relative|undated)\b"
)


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_no_english_word_stands_in_a_vietnamese_table(
    base: Path,  # noqa: F811
    capsys: pytest.CaptureFixture[str],
    question: tuple[str, ...],
) -> None:
    code, out, _ = run(capsys, *question)
    assert code == 0 and out.count("\n") > 5
    assert ENGLISH.findall(out.replace("--undated", "").replace("number-gap", "")) == []
    assert json.loads(run(capsys, *question, "--format", "json")[1])


def test_audit_begins_with_what_there_is(base: Path, capsys: pytest.CaptureFixture[str]) -> None:  # noqa: F811
    first = " ".join(run(capsys, "audit")[1].partition("\n\n")[0].split())
    issues = json.loads(run(capsys, "audit", "--format", "json")[1])
    assert first.startswith(f"{len(issues)} điểm cần xem lại: ") and "Được viện dẫn nhưng chưa có trong cơ sở dữ liệu (3)" in first
    assert "điểm cần xem lại" not in run(capsys, "audit", "--code", "not-in-base")[1]


DOCUMENT = DocumentRef("9/KH", "Kế hoạch", None, "2025-01-02", "a/b.txt")
LONG = "Kiểm tra 02 lần trong năm tại các đơn vị, " * 8
DUTIES = [
    ("the sentence says it too", "Gửi báo cáo", "1. Gửi báo cáo về Sở A.", "1. Gửi báo cáo về Sở A."),
    ("the sentence says when", "Kiểm tra 02 đơn vị.", "- Thời gian: quý III.", "Kiểm tra 02 đơn vị.\n«\u00a0- Thời gian: quý III.\u00a0»"),
    ("the sentence is a part of it", "Kiểm tra 02 đơn vị. Gửi báo cáo.", "(1) Kiểm tra 02 đơn vị.", "Kiểm tra 02 đơn vị. Gửi báo cáo."),
    ("the sentence is a part of a long one", f"{LONG}. Gửi 02 báo cáo.", "a) Gửi 02 báo cáo.", "a) Gửi 02 báo cáo."),
    ("a row of a table", "| TT | Việc |\n| 1 | Họp |", "| 1 | Họp |", "1 · Họp"),
]


@pytest.mark.parametrize(("what", "quote", "shown"), [case[1:] for case in DUTIES], ids=[case[0] for case in DUTIES])
def test_a_duty_and_its_sentence_are_not_said_twice(what: str, quote: str, shown: str) -> None:
    duty = Duty("Sở A", "Sở A", "leads", "task", what, (), None, "2025-05-28", None, DOCUMENT, "1", 1, quote, 1.0, "d1")
    assert what_shown(duty, VI, 260) == shown


def test_who_supports_a_report_stands_with_it() -> None:
    def row(unit: str, role: str | None, fact: str, recipients: tuple[str, ...] = ()) -> Duty:
        kind = "task" if role else "report"
        return Duty(unit, unit, role, kind, "Báo cáo", recipients, None, "2025-05-28", None, DOCUMENT, "1", 1, "Báo cáo.", 1.0, fact)  # type: ignore[arg-type]

    support, report = row("Sở B", "supports", "d1"), row("Sở A", None, "r1", ("Bộ C",))
    lines = duty_table("Việc", [support, report], VI, 120).splitlines()
    assert lines[0].endswith("1 việc, 2 lượt đơn vị")
    assert [line[14:50].strip() for line in lines[4:7]] == ["báo cáo: Sở A", "phối hợp: Sở B", "→ Bộ C"]
    other = row("Sở D", None, "r2")
    assert ": 3 việc" in duty_table("Việc", [support, report, other], VI, 120)
    assert ": 2 việc" in duty_table("Việc", [row("Sở B", "performs", "d1"), report], VI, 120)
