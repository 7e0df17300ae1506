"""Numbers that the reading of an image doubts: they lower the confidence of their facts and give a finding."""

from __future__ import annotations

from pipeline.extract import Extractor
from pipeline.pages import Page, SourceDocument, Word
from pipeline.records import Record
from pipeline.settings import Settings

TEXT = (
    "1. Phòng Nội vụ báo cáo Ủy ban nhân dân huyện trước ngày 31/10/2025.\n"
    "2. Phòng Tư pháp báo cáo Ủy ban nhân dân huyện trước ngày 15/6/2025."
)


def record(confidence: float) -> Record:
    words = []
    for part in ("31/10/2025.", "15/6/2025.", "Phòng"):
        start = TEXT.index(part)
        words.append(Word(start, start + len(part), 0, 0, 1, 1, confidence if part.startswith("31") else 0.2 if part == "Phòng" else 0.9))
    page = Page(1, TEXT, tuple(sorted(words, key=lambda w: w.start)), (595.0, 842.0), "ocr", "page image")
    return Extractor(Settings(ner=False)).from_source(SourceDocument("a.jpg", "0" * 64, "image/jpeg", (page,)))


def test_a_doubtful_day_gives_a_finding_and_little_confidence() -> None:
    made = record(0.3)
    found = [f for f in made.findings if f.code == "number-doubtful"]
    assert [made.text[f.start : f.end] for f in found] == ["31/10/2025."]
    by_day = {d.latest: d.confidence for d in made.deadlines}
    assert by_day["2025-10-30"] <= 0.3 < by_day["2025-06-14"]


def test_a_sure_day_gives_none() -> None:
    made = record(0.9)
    assert not [f for f in made.findings if f.code == "number-doubtful"]
    assert all(d.confidence > 0.3 for d in made.deadlines)
