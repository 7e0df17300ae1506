"""The record one document yields: the single model for extraction, storage, export and evaluation.

Field names are those of the published contract (`vanban schema` prints it as JSON Schema). Offsets are Python string
offsets into `Record.text`, half open. Dates are ISO 8601 strings, "2025-02" when the day is blank and "2022" when only a
year is given. A value the document does not give is None; a list that has nothing is empty.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Role = Literal["directs", "leads", "supports", "performs"]
Kind = Literal["organization", "position", "group"]
Relation = Literal["basis", "implements", "amends", "replaces", "repeals", "guides", "mentions"]
Confidence = Annotated[float, msgspec.Meta(ge=0, le=1)]
Offset = Annotated[int, msgspec.Meta(ge=0)]
PageNumber = Annotated[int, msgspec.Meta(ge=1)]
PartialDate = Annotated[str, msgspec.Meta(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Struct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False, forbid_unknown_fields=False):
    """Base of all record parts: immutable, built by keyword."""


class PageInfo(Struct, frozen=True, kw_only=True):
    """How one page became text: `method` is text, mended, ocr or both; `scores` are the triage figures that decided it."""

    number: PageNumber
    method: str
    reason: str
    scores: dict[str, float] = {}
    confidence: Confidence = 1.0


class Evidence(Struct, frozen=True, kw_only=True):
    """A value offered by something other than the page (an edXML header, a signature dictionary): shown, never trusted over the text."""

    origin: str
    field: str
    value: str


class Source(Struct, frozen=True, kw_only=True):
    """The file: `name` as given, `sha256` of its bytes, number of pages, and the pages that were read by OCR."""

    name: str
    sha256: str
    media_type: str
    pages: int
    ocr_pages: list[int] = []
    page_info: list[PageInfo] = []
    evidence: list[Evidence] = []


class Header(Struct, frozen=True, kw_only=True):
    """What the document says of itself (NĐ 30/2020 Phụ lục I, cells 1 to 10; Party form 05-HD/VPTW)."""

    type: str | None = None
    number: str | None = None
    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued_on: PartialDate | None = None
    signer: str | None = None
    signer_position: str | None = None
    authority: str | None = None
    addressees: list[str] = []
    recipients: list[str] = []
    urgency: str | None = None
    secrecy: str | None = None
    draft: bool = False
    system: Literal["state", "party"] | None = None
    issuer_method: str | None = None
    confidence: Confidence = 1.0


class Section(Struct, frozen=True, kw_only=True):
    """A numbered part. `start`..`end` covers heading and content up to the next section of the same or a higher level."""

    path: str
    title: str
    start: Offset
    end: Offset
    page: PageNumber


class Fact(Struct, frozen=True, kw_only=True):
    """What every extracted fact carries: where it stands, the rule or model that made it and how sure that is."""

    start: Offset
    end: Offset
    page: PageNumber
    section: str
    rule: str = ""
    confidence: Confidence = 1.0


class Citation(Fact, frozen=True, kw_only=True):
    """One mention of another document identified by a number, or of a law by its name."""

    text: str
    type: str
    number: str | None = None
    name: str | None = None
    issued_on: PartialDate | None = None
    issuer: str | None = None
    provision: str | None = None
    relation: Relation = "mentions"
    directive: str | None = None
    inherited: list[str] = []


class Task(Fact, frozen=True, kw_only=True):
    """A piece of work as printed; assignments and deadlines point to it by `id`."""

    id: str
    text: str


class Assignment(Fact, frozen=True, kw_only=True):
    """A unit given something to do, in one role."""

    task: str | None
    unit: str
    canonical: str
    kind: Kind
    role: Role


class Relative(Struct, frozen=True, kw_only=True):
    """A term counted from an event: amount, unit (day, working_day, week, month, quarter, year) and the event's words."""

    amount: int
    unit: str
    from_: str | None = msgspec.field(name="from", default=None)


class Deadline(Fact, frozen=True, kw_only=True):
    """A time expression that bounds a task. `owed_by` are the units that have to keep it; `computed_latest` is the last day of a term
    counted from the document's own date (working days of Vietnam), never part of what the document says. `latest` is the last day on
    which the act is still in time; `stated_day` and `boundary` keep what was printed (BLDS 2015 Đ.144-148; domain rule: "trước ngày D"
    excludes D)."""

    task: str | None
    text: str
    earliest: PartialDate | None = None
    latest: PartialDate | None = None
    recurrence: str | None = None
    continuous: bool = False
    relative: Relative | None = None
    stated_day: PartialDate | None = None
    boundary: Literal["exclusive", "inclusive"] | None = None
    year_inferred: bool = False
    owed_by: list[str] = []
    owed_by_canonical: list[str] = []
    computed_latest: PartialDate | None = None


class Report(Fact, frozen=True, kw_only=True):
    """A duty to report, send or submit something to somebody."""

    reporter: list[str] = []
    recipients: list[str] = []
    reporter_canonical: list[str] = []
    recipients_canonical: list[str] = []
    via: str | None = None
    what: str = ""
    period: str | None = None
    latest: PartialDate | None = None
    recurrence: str | None = None


class Finding(Struct, frozen=True, kw_only=True):
    """Something a person should look at; `code` is stable, `message` is one line."""

    code: str
    message: str
    start: Offset
    end: Offset
    page: PageNumber


class Edit(Struct, frozen=True, kw_only=True):
    """A change made to the text on the way in: what stood there, what stands now, and the rule. `start` is an offset into `Record.text`."""

    start: Offset
    before: str
    after: str
    rule: str


class Record(Struct, frozen=True, kw_only=True):
    """Everything one document yields."""

    source: Source
    text: str
    document: Header
    sections: list[Section] = []
    citations: list[Citation] = []
    tasks: list[Task] = []
    assignments: list[Assignment] = []
    deadlines: list[Deadline] = []
    reports: list[Report] = []
    findings: list[Finding] = []
    edits: list[Edit] = []
    version: str = ""


_ENCODER = msgspec.json.Encoder()


def to_json(record: Record) -> bytes:
    """One record as UTF-8 JSON on one line, without the newline. Same record, same bytes."""
    return _ENCODER.encode(record)


def from_json(data: bytes | str) -> Record:
    """The record in `data`; raises msgspec.ValidationError with the path of the first wrong value."""
    return msgspec.json.decode(data, type=Record)


def json_schema() -> dict[str, object]:
    """The published JSON Schema (2020-12) of a record."""
    schema = msgspec.json.schema(Record)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "vanban record", **schema}
