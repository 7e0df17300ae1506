"""Records built by hand for the tests of storing and asking, and a check that they are sound."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline import records as r
from pipeline.errors import ReadingError, SecrecyError
from pipeline.pages import SourceDocument
from pipeline.storage.base import open_for_reading, open_for_writing
from pipeline.storage.register import Run, store

PLAN = """ỦY BAN NHÂN DÂN HUYỆN AN PHÚ

Số: 12/KH-UBND
An Phú, ngày 10 tháng 01 năm 2025

KẾ HOẠCH
Công tác dân vận chính quyền năm 2025

Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ, Ủy ban nhân dân huyện ban hành kế hoạch như sau:

I. NHIỆM VỤ
1. Tiếp tục quán triệt Chỉ thị số 33/CT-TTg và Kết luận số 120-KL/TW ngày 07/01/2016 của Bộ Chính trị. Theo dõi, đôn đốc các xã, thị trấn.
- Cơ quan chủ trì: Phòng Nội vụ; phối hợp: Văn phòng HĐND và UBND huyện.
- Thời gian thực hiện: Trong năm 2025.
2. Rà soát thủ tục hành chính tại bộ phận một cửa.
- Cơ quan chủ trì: Văn phòng HĐND và UBND huyện.
- Thời gian thực hiện: Thường xuyên.
\fII. TỔ CHỨC THỰC HIỆN
1. Ủy ban nhân dân các xã, thị trấn báo cáo kết quả về Ủy ban nhân dân huyện (qua Phòng Nội vụ) trước ngày 01/11/2025.
2. Phòng Nội vụ tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15 hằng tháng.
3. Phòng Tư pháp báo cáo đột xuất khi có yêu cầu.
"""

TOP = "huyện An Phú"


def place(text: str, phrase: str, nth: int = 0) -> dict[str, Any]:
    """Offsets and page of the nth occurrence of `phrase`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(phrase, start + 1)
    return {"start": start, "end": start + len(phrase), "page": text.count("\f", 0, start) + 1}


def source(text: str, name: str) -> r.Source:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    info = [r.PageInfo(number=n + 1, method="text", reason="plain text", scores={"letters": 120.0}) for n in range(text.count("\f") + 1)]
    return r.Source(name=name, sha256=digest, media_type="text/plain", pages=len(info), ocr_pages=[1], page_info=info,
                    evidence=[r.Evidence(origin="edxml", field="number", value="12")])  # fmt: skip


def plan(name: str = "plans/an-phu.txt", text: str = PLAN) -> r.Record:
    """A district plan with tasks, terms of every kind, reports and citations."""

    def at(phrase: str, nth: int = 0) -> dict[str, Any]:
        return place(text, phrase, nth)

    unit = r.Assignment
    noi_vu, van_phong = f"Phòng Nội vụ {TOP}", f"Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {TOP}"
    return r.Record(
        source=source(text, name),
        text=text,
        document=r.Header(
            type="Kế hoạch", number="12/KH-UBND", title="Công tác dân vận chính quyền năm 2025", issuer=f"Ủy ban nhân dân {TOP}",
            place="An Phú", issued_on="2025-01-10", signer="Lê Văn Bình", authority="TM.", addressees=["Sở Nội vụ"],
            recipients=["Như trên", "Lưu: VT"],
            system="state", confidence=0.9,
        ),
        sections=[
            r.Section(path="I", title="NHIỆM VỤ", start=text.index("I. NHIỆM"), end=text.index("II. TỔ"), page=1),
            r.Section(path="I.1", title="Tiếp tục quán triệt", start=text.index("1. Tiếp"), end=text.index("2. Rà"), page=1),
            r.Section(path="I.2", title="Rà soát", start=text.index("2. Rà"), end=text.index("II. TỔ"), page=1),
            r.Section(path="II", title="TỔ CHỨC THỰC HIỆN", start=text.index("II. TỔ"), end=len(text), page=2),
        ],
        citations=[
            r.Citation(**at("Chỉ thị số 33/CT-TTg"), section="preamble", text="Chỉ thị số 33/CT-TTg", type="Chỉ thị", number="33/CT-TTg",
                       issued_on="2021-11-26", issuer="Thủ tướng Chính phủ", relation="basis",
                       directive="chi-thi/33-ct-ttg/2021", rule="number"),
            r.Citation(**at("Chỉ thị số 33/CT-TTg", 1), section="I.1", text="Chỉ thị số 33/CT-TTg", type="Chỉ thị", number="33/CT-TTg",
                       issued_on="2021-11-26", issuer="Thủ tướng Chính phủ", relation="implements", directive="chi-thi/33-ct-ttg/2021",
                       inherited=["issued_on", "issuer"]),
            r.Citation(**at("Kết luận số 120-KL/TW"), section="I.1", text="Kết luận số 120-KL/TW", type="Kết luận", number="120-KL/TW",
                       issued_on="2016-01-07", issuer="Bộ Chính trị", relation="implements",
                       directive="ket-luan/120-kl-tw/2016", confidence=0.6),
        ],
        tasks=[
            r.Task(**at("Tiếp tục quán triệt Chỉ thị số 33/CT-TTg và Kết luận số 120-KL/TW ngày 07/01/2016 của Bộ Chính trị."),
                   section="I.1", id="t1",
                   text="Tiếp tục quán triệt Chỉ thị số 33/CT-TTg và Kết luận số 120-KL/TW ngày 07/01/2016 của Bộ Chính trị."),
            r.Task(**at("Rà soát thủ tục hành chính tại bộ phận một cửa."), section="I.2", id="t2", text="Rà soát thủ tục hành chính"),
            r.Task(**at("Theo dõi, đôn đốc các xã, thị trấn."), section="I.1", id="t3", text="Theo dõi, đôn đốc các xã, thị trấn."),
            r.Task(**at("báo cáo kết quả"), section="II.1", id="t4", text="báo cáo kết quả"),
        ],
        assignments=[
            unit(**at("Phòng Nội vụ"), section="I.1", task="t1", unit="Phòng Nội vụ", canonical=noi_vu, kind="organization", role="leads"),
            unit(**at("Văn phòng HĐND và UBND huyện"), section="I.1", task="t1", unit="Văn phòng HĐND và UBND huyện",
                 canonical=van_phong, kind="organization", role="supports", confidence=0.7),
            unit(**at("Văn phòng HĐND và UBND huyện", 1), section="I.2", task="t2", unit="Văn phòng HĐND và UBND huyện",
                 canonical=van_phong, kind="organization", role="leads"),
            unit(**at("Ủy ban nhân dân các xã, thị trấn"), section="II.1", task="t4", unit="Ủy ban nhân dân các xã, thị trấn",
                 canonical=f"Ủy ban nhân dân các xã, thị trấn {TOP}", kind="group", role="performs"),
        ],
        deadlines=[
            r.Deadline(**at("Trong năm 2025"), section="I.1", task="t1", text="Trong năm 2025", earliest="2025-01-01", latest="2025-12-31"),
            r.Deadline(**at("Thường xuyên"), section="I.2", task="t2", text="Thường xuyên", continuous=True),
            r.Deadline(**at("trước ngày 01/11/2025"), section="II.1", task="t4", text="trước ngày 01/11/2025", latest="2025-10-31",
                       stated_day="2025-11-01", boundary="exclusive"),
            r.Deadline(**at("khi có yêu cầu"), section="II.3", task=None, text="khi có yêu cầu",
                       relative=r.Relative(amount=5, unit="working_day", from_="khi có yêu cầu"), year_inferred=True),
        ],
        reports=[
            r.Report(**at("báo cáo kết quả"), section="II.1", reporter=["Ủy ban nhân dân các xã, thị trấn"],
                     reporter_canonical=[f"Ủy ban nhân dân các xã, thị trấn {TOP}"], recipients=["Ủy ban nhân dân huyện"],
                     recipients_canonical=[f"Ủy ban nhân dân {TOP}"], via="Phòng Nội vụ", what="báo cáo kết quả", latest="2025-10-31"),
            r.Report(**at("tổng hợp, báo cáo"), section="II.2", reporter=["Phòng Nội vụ"], reporter_canonical=[noi_vu],
                     recipients=["Ủy ban nhân dân tỉnh"], what="tổng hợp, báo cáo", period="tháng",
                     recurrence="FREQ=MONTHLY;BYMONTHDAY=14"),
            r.Report(**at("báo cáo đột xuất"), section="II.3", reporter=["Phòng Tư pháp"], what="báo cáo đột xuất", period="đột xuất"),
        ],
        findings=[r.Finding(code="number-gap", message="mục 4 không có", **at("II. TỔ CHỨC"))],
        edits=[r.Edit(start=0, before="ỦY", after="ỦY", rule="nfc")],
        version="1",
    )  # fmt: skip


def letter(
    name: str = "letters/giao-viec.txt",
    *,
    number: str | None = "343/UBND-VX",
    day: str = "21/11/2024",
    iso: str = "2024-11-21",
    directive: str = "quyet-dinh/1211-qd-ubnd/2024",
    issued_on: str | None = "2025-02-03",
    extra: str = "",
) -> r.Record:
    """A letter that cites one decision and asks for one dated report without naming who owes it."""
    text = f"Theo Quyết định số 1211/QĐ-UBND ngày {day}, đề nghị gửi báo cáo chậm nhất ngày 20/5/2025.{extra}\n"
    return r.Record(
        source=source(text, name),
        text=text,
        document=r.Header(type="Công văn", number=number, issuer="Ủy ban nhân dân tỉnh Hòa Sơn", issued_on=issued_on, draft=number is None),
        citations=[
            r.Citation(**place(text, "Quyết định số 1211/QĐ-UBND"), section="body", text="Quyết định số 1211/QĐ-UBND", type="Quyết định",
                       number="1211/QĐ-UBND", issued_on=iso, issuer="Ủy ban nhân dân tỉnh Hòa Sơn", directive=directive),
        ],
        reports=[r.Report(**place(text, "gửi báo cáo"), section="body", what="gửi báo cáo", latest="2025-05-20")],
        version="1",
    )  # fmt: skip


def base_of(folder: Path, *records: r.Record) -> sqlite3.Connection:
    """A base with these records, open for questions."""
    path = folder / "kb.db"
    connection, run = open_for_writing(path), Run("1")
    for n, record in enumerate(records):
        store(connection, run, record, Path(f"/in/{n}"))
    connection.close()
    return open_for_reading(path)


def small_base(folder: Path) -> sqlite3.Connection:
    """The plan, and letters that disagree on a date, lack a number or share one."""
    other = letter("letters/older.txt", number="344/UBND-VX", day="02/11/2022", iso="2022-11-02", directive="quyet-dinh/1211-qd-ubnd/2022")
    draft = letter("letters/draft.txt", number=None, extra=" Nháp.")
    twin = letter("letters/twin.txt", extra=" Bản khác.")
    return base_of(folder, plan(), letter(), other, draft, twin)


class FakeExtractor:
    """Reads files whose first word says what to do: a record by key, unreadable, secret or crash."""

    def __init__(self, records: dict[str, r.Record] | None = None) -> None:
        self.records = records or {"plan": plan(), "letter": letter()}
        self.read: list[str] = []

    def extract(self, path: Path, name: str | None = None) -> r.Record:
        data = path.read_bytes()
        self.read.append(name or path.name)
        word = data.decode("utf-8", "replace").split(maxsplit=1)[0] if data.strip() else "empty"
        if word == "secret":
            raise SecrecyError("the page is marked MẬT", where=name or "", hint="follow the secrecy procedure", reason="secret")
        if word == "crash":
            raise ZeroDivisionError("boom")
        if word not in self.records:
            raise ReadingError(
                "this is not a text", where=name or "", hint="check the file", reason="empty" if word == "empty" else "binary"
            )
        record = self.records[word]
        digest = hashlib.sha256(data).hexdigest()
        return msgspec.structs.replace(record, source=msgspec.structs.replace(record.source, name=name or path.name, sha256=digest))

    def with_source(self, path: Path, name: str | None = None) -> tuple[r.Record, SourceDocument | None]:
        return self.extract(path, name), None

    def from_source(self, source: SourceDocument) -> r.Record:
        """A letter in the name of a document that was really read."""
        info = r.Source(name=source.name, sha256=source.sha256, media_type=source.media_type, pages=len(source.pages))
        return msgspec.structs.replace(letter(), source=info)


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder of a user without special rights, whom the test runs as; root may read and write everything."""
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o700)
        shutil.rmtree(folder)


@pytest.mark.parametrize("record", [plan(), letter()], ids=["plan", "letter"])
def test_samples_are_valid_records_whose_offsets_hold(record: r.Record) -> None:
    assert r.from_json(r.to_json(record)) == record
    assert [record.text[c.start : c.end] for c in record.citations] == [c.text for c in record.citations]
    assert [record.text[d.start : d.end] for d in record.deadlines] == [d.text for d in record.deadlines]
