"""Composes the stages: a file to its record. The only file, beside ingest, that sees them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.pages import SourceDocument
from pipeline.records import PageInfo, Record, Source
from pipeline.settings import Settings
from pipeline.text.document import DocumentText, assemble

if TYPE_CHECKING:
    from spacy.language import Language


_STAGES = ("reading", "text", "language", "layout", "extraction", "resolution", "data")


@cache
def pipeline_version() -> str:
    """The version under which records are stored: it changes with every rule and every word list, so that known files are read again."""
    root = resources.files("pipeline")
    digest = hashlib.sha256()
    for stage in _STAGES:
        for name, part in _files(root.joinpath(stage), stage):
            digest.update(name.encode() + b"\0" + part.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    """All files below `folder` with their paths, in the order of names; what Python keeps beside them is left out."""
    for part in sorted(folder.iterdir(), key=lambda p: p.name):
        if part.is_dir() and part.name != "__pycache__":
            yield from _files(part, f"{name}/{part.name}")
        elif part.is_file() and not part.name.endswith((".pyc", ".md")):
            yield f"{name}/{part.name}", part


class Extractor:
    """Turns files into records. The language pipeline is built at the first document and kept; not shared between threads."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._nlp: Language | None = None

    @property
    def nlp(self) -> Language:
        """The spaCy pipeline, built once."""
        if self._nlp is None:
            from pipeline.language.build import build_pipeline

            self._nlp = build_pipeline(self.settings)
        return self._nlp

    def extract(self, path: Path, name: str | None = None) -> Record:
        """The record of the file at `path`. Raises ReadingError or SecrecyError; `name` is what the record calls it."""
        return self.with_source(path, name)[0]

    def with_source(self, path: Path, name: str | None = None) -> tuple[Record, SourceDocument]:
        """The record of the file at `path` with the pages it was made from, for those who need the place of words. Raises as `extract`."""
        from pipeline.reading.read import read_document

        source = read_document(Path(path), self.settings, name=name)
        return self.from_source(source), source

    def extract_bytes(self, data: bytes, name: str) -> Record:
        """The record of a file given as bytes. Raises as `extract`."""
        from pipeline.reading.read import read_bytes

        return self.from_source(read_bytes(data, name, self.settings))

    def from_source(self, source: SourceDocument) -> Record:
        """The record of a document that has been read."""
        text = assemble(source.pages)
        return self.from_text(text, describe(source))

    def from_text(self, text: DocumentText, source: Source) -> Record:
        """The record of a normalised text."""
        from pipeline.resolution.record import build_record

        return build_record(self.nlp(text.text), text, source, self.settings.version(pipeline_version()))


def describe(source: SourceDocument) -> Source:
    """What the record says of the file: pages, how each was read, evidence from outside the page."""
    return Source(
        name=source.name,
        sha256=source.sha256,
        media_type=source.media_type,
        pages=len(source.pages),
        ocr_pages=[p.number for p in source.pages if p.method in ("ocr", "both")],
        page_info=[
            PageInfo(number=p.number, method=p.method, reason=p.reason, scores=p.scores, confidence=p.confidence) for p in source.pages
        ],
        evidence=list(source.evidence),
    )
