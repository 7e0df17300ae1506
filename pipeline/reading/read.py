"""A file to pages: the one entry of reading. Chooses by content, sends scans to OCR, and lets no marked page out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.errors import ReadingError, SecrecyError, unexpected
from pipeline.pages import Page, SourceDocument
from pipeline.reading import archive, docx, edxml, legacy_word, plain, scans, secrecy
from pipeline.reading.kinds import kind_of
from pipeline.records import Evidence
from pipeline.settings import Settings

Pages = tuple[tuple[Page, ...], tuple[Evidence, ...]]


def read_document(path: Path, settings: Settings, name: str | None = None) -> SourceDocument:
    """The document in the file at `path`; `name` is what the user calls it. Raises ReadingError or SecrecyError, as `read_bytes`."""
    called = name or str(path)
    return read_bytes(_bytes_of(path, called, settings), called, settings)


def read_bytes(data: bytes, name: str, settings: Settings) -> SourceDocument:
    """The document in `data`: a PDF, image, DOCX, DOC, text, edXML package, or a ZIP that holds just one of these.

    Raises ReadingError with `where=name` and a stable `reason` (empty, too-large, encrypted, truncated, no-pages, too-many-pages, bomb,
    timeout, unknown-kind, several-documents, no-tesseract ...), SecrecyError when a page is marked and `release_secret` is off.
    """
    found = _documents(data, name, settings, 0, archive.Room(settings.max_bytes))
    if len(found) > 1:
        raise ReadingError(
            f"holds {len(found)} documents", where=name, hint="unpack it, or read it with ingest", reason="several-documents"
        )
    if isinstance(found[0], ReadingError):
        raise found[0]
    return found[0]


def read_all(path: Path, settings: Settings, name: str | None = None) -> Iterator[SourceDocument | ReadingError]:
    """Every document in the file at `path`, in order: one for most kinds, each member for a ZIP ("file.zip/member.pdf").

    What cannot be read comes as its error. One marked page puts the whole file aside: then the only item is a SecrecyError.
    """
    called = name or str(path)
    try:
        data = _bytes_of(path, called, settings)
    except ReadingError as error:
        yield error
        return
    yield from _documents(data, called, settings, 0, archive.Room(settings.max_bytes))


def _bytes_of(path: Path, name: str, settings: Settings) -> bytes:
    try:
        size = path.stat().st_size
        if size > settings.max_bytes:
            raise _too_large(size, name, settings)
        return path.read_bytes()
    except OSError as error:
        what = error.strerror or "cannot be opened"
        raise ReadingError(what, where=name, hint="check the path and its permissions", reason="unreadable") from error


def _too_large(size: int, name: str, settings: Settings) -> ReadingError:
    return ReadingError(
        f"{size} bytes, more than {settings.max_bytes}", where=name, hint="split the file or raise max_bytes", reason="too-large"
    )


def _documents(data: bytes, name: str, settings: Settings, depth: int, room: archive.Room) -> list[SourceDocument | ReadingError]:
    """All documents in `data`, errors beside them; a secrecy mark anywhere leaves only its error. `room` is shared by all archives."""
    out: list[SourceDocument | ReadingError] = []
    try:
        if not data:
            raise ReadingError("the file is empty", hint="ask the sender for it again", reason="empty")
        if len(data) > settings.max_bytes:
            raise _too_large(len(data), "", settings)
        kind, media_type = kind_of(data)
        if kind == "zip":
            for member in archive.members(data, settings, depth, room):
                inner = f"{name}/{member.name}"
                if member.error is not None:
                    out.append(_placed(member.error, inner))
                else:
                    out += _documents(member.data, inner, settings, depth + 1, room)
        else:
            pages, evidence = _pages(kind, data, name, settings, room)
            out.append(SourceDocument(name, hashlib.sha256(data).hexdigest(), media_type, pages, evidence))
    except ReadingError as error:
        out = [_placed(error, name)]  # of an archive that is hostile or damaged as a whole nothing is taken
    except Exception as error:
        if not depth:
            raise
        out = [_placed(unexpected(error), name)]  # the other members can still be read
    secret = next((d for d in out if isinstance(d, SecrecyError)), None)
    return [secret] if secret is not None else out


def _pages(kind: str, data: bytes, name: str, settings: Settings, room: archive.Room) -> Pages:
    """Pages and evidence of one document that is no ZIP."""
    if kind == "pdf":
        pages, evidence = scans.pdf(data, settings)
    elif kind == "image":
        pages, evidence = scans.pictures(data, settings), ()
    elif kind == "docx":
        pages, evidence = docx.pages(data, settings), ()
    elif kind == "doc":
        pages, evidence = docx.pages(legacy_word.to_docx(data, settings), settings), ()
    elif kind == "edxml":
        return _package(data, settings, room)
    elif kind == "text":
        pages, evidence = plain.pages(data, name, settings), ()
    elif kind == "encrypted-office":
        raise ReadingError("the file is encrypted", hint="ask the sender for a copy without a password", reason="encrypted")
    else:
        raise ReadingError(
            "not a kind of file that is read", hint="give a PDF, image, Word, text, edXML or ZIP file", reason="unknown-kind"
        )
    if not settings.release_secret:
        for page in pages:
            if secrecy.marked(page.text.split("\n")):
                raise SecrecyError("a page carries a secrecy mark", hint="handle it by the secrecy procedure", reason="secret")
    return pages, evidence


def _package(data: bytes, settings: Settings, room: archive.Room) -> Pages:
    """An edXML package as one document: its attachments' pages one after another, its header as evidence."""
    header, attachments = edxml.parse(data, settings)
    pages: list[Page] = []
    evidence = list(header)
    for k, attachment in enumerate(attachments):
        for found in _documents(attachment.data, attachment.name, settings, 1, room):
            if isinstance(found, SourceDocument):
                pages += [replace(p, number=len(pages) + n) for n, p in enumerate(found.pages, 1)]
                evidence += found.evidence
            elif k == 0 or isinstance(found, SecrecyError):
                raise found
            else:
                evidence.append(Evidence(origin="edxml", field="unread attachment", value=f"{attachment.name}: {found.what}"))
    return tuple(pages), tuple(evidence)


def _placed(error: ReadingError, name: str) -> ReadingError:
    """The error with the file's name in front; a page or part it already names stays."""
    if error.where.startswith(name):
        return error
    what = f"{error.where}: {error.what}" if error.where else error.what
    return type(error)(what, where=name, hint=error.hint, reason=error.reason)
