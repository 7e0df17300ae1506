"""docs/reading.md says what the code does: every reason for putting a file aside stands in its table, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.cli.messages import REASONS
from pipeline.inputs import ENDINGS

PAGE = (Path(__file__).parent.parent / "docs" / "reading.md").read_text("utf-8")


def test_the_table_of_reasons_is_whole() -> None:
    table = PAGE.partition("| `reason` of a ReadingError | when |\n|---|---|\n")[2].partition("\n\n")[0]
    listed = [reason for line in table.splitlines() for reason in re.findall(r"[a-z-]+", line.split("|")[1])]
    assert sorted(listed) == sorted(REASONS)


def test_what_folders_leave_out_is_said() -> None:
    """Markdown is read where it is named; in a folder its ending says that it is no document."""
    assert ".md" not in ENDINGS and "a folder leaves `.md` out" in PAGE
