"""ZIP files whose members the base holds, so that they need not be unpacked and read again."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from pipeline.storage.base import transaction


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a known archive: its path inside; `reason` and `message` where it was put aside."""

    inner: str
    reason: str | None = None
    message: str | None = None


def note_archive(connection: sqlite3.Connection, path: Path, sha256: str, version: str) -> None:
    """Notes that every member of the archive at `path` is stored or put aside, unless that is noted already."""
    values = (str(path), sha256, version)
    if connection.execute("SELECT 1 FROM archives WHERE path = ? AND sha256 = ? AND pipeline_version = ?", values).fetchone():
        return
    with transaction(connection):
        connection.execute("INSERT OR REPLACE INTO archives (path, sha256, pipeline_version) VALUES (?, ?, ?)", values)


def archive_members(connection: sqlite3.Connection, path: Path, sha256: str, version: str) -> list[Member]:
    """The members of a noted archive, in the order of names; none where it is not noted with these bytes and this version.

    An archive of which a member has been replaced in the base since counts as not noted.
    """
    place = (str(path), sha256, version)
    if not connection.execute("SELECT 1 FROM archives WHERE path = ? AND sha256 = ? AND pipeline_version = ?", place).fetchone():
        return []
    folder = f"{path}/"
    stored = connection.execute(
        "SELECT f.path, d.pipeline_version FROM files f JOIN documents d ON d.id = f.document_id WHERE substr(f.path, 1, length(?1)) = ?1",
        (folder,),
    ).fetchall()
    aside = connection.execute("SELECT path, reason, message FROM set_aside WHERE substr(path, 1, length(?1)) = ?1", (folder,)).fetchall()
    if any(row["pipeline_version"] != version for row in stored):
        return []
    found = [Member(row["path"][len(folder) :]) for row in stored]
    found += [Member(row["path"][len(folder) :], row["reason"], row["message"]) for row in aside]
    return sorted(found, key=lambda member: member.inner)
