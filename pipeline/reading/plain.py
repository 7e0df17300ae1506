"""Text files to pages: one page for each form feed, the text as decoded."""

from __future__ import annotations

from pipeline.errors import ReadingError
from pipeline.pages import Page
from pipeline.settings import Settings


def pages(data: bytes, name: str, settings: Settings) -> tuple[Page, ...]:
    """The pages of a text or Markdown file. Raises ReadingError (too-large, too-many-pages, empty, binary)."""
    if len(data) > settings.max_text_bytes:
        raise ReadingError(f"{len(data)} bytes of text, more than {settings.max_text_bytes}", hint="split the file", reason="too-large")
    from pipeline.text.decode import decode

    parts = decode(data, name).split("\f")
    while len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    if len(parts) > settings.max_pages:
        raise ReadingError(
            f"{len(parts)} pages, more than {settings.max_pages}", hint="split the file or raise max_pages", reason="too-many-pages"
        )
    return tuple(Page(number, text) for number, text in enumerate(parts, 1))
