"""Names and folders that a system allows and a program may stumble over: each is one line, and the rest of the batch is done."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_ingest import Desk
from test_reading_docx import package
from test_storage_samples import ordinary_user  # noqa: F401 (a fixture)

from pipeline.cli.main import main
from pipeline.extract import Extractor
from pipeline.inputs import find_inputs
from pipeline.settings import Settings

PLAN = "KẾ HOẠCH\nThực hiện nhiệm vụ năm 2026\n\n1. Sở Y tế rà soát trụ sở trước ngày 15/4/2026.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.put("a.txt", PLAN)
    yield desk
    subprocess.run(["rm", "-rf", str(desk.folder)], check=True)  # deeper than what Python, and so pytest, can take away


def badly_named_file(folder: Path) -> None:
    place = os.fsencode(folder) + b"/b\xf3n ghi.txt"
    try:
        os.close(os.open(place, os.O_CREAT | os.O_WRONLY))
    except OSError:
        pytest.skip("this file system takes no such name")
    Path(os.fsdecode(place)).write_text(PLAN + "Bản khác.")


def badly_named_folder(folder: Path) -> None:
    inner = Path(os.fsdecode(os.fsencode(folder) + b"/th\xf3"))
    try:
        inner.mkdir()
    except OSError:
        pytest.skip("this file system takes no such name")
    (inner / "c.txt").write_text(PLAN + "Bản khác.")


def link_to_itself(folder: Path) -> None:
    (folder / "loop.txt").symlink_to(folder / "loop.txt")


def deep_folders(folder: Path, depth: int = 1100) -> None:
    """Made and left step by step: a path of this length is longer than one call may take."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("deep.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)


def folders_longer_than_a_path(folder: Path) -> None:
    deep_folders(folder, 2100)


# What is made beside the good plan, how many lines it costs, and how the input is called.
ODD: list[tuple[Callable[[Path], None], str | None, str]] = [
    (badly_named_file, "bad-name", "in/b\\xf3n ghi.txt"),
    (badly_named_folder, "bad-name", "in/th\\xf3/c.txt"),
    (link_to_itself, None, ""),
    (deep_folders, "empty", "in/" + "d/" * 1100 + "deep.txt"),
    (folders_longer_than_a_path, "unreadable", "in/d/"),
]


@pytest.mark.parametrize(("make", "reason", "name"), ODD, ids=[row[0].__name__ for row in ODD])
def test_an_odd_name_or_folder_stops_nothing(
    desk: Desk, extractor: Extractor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    make: Callable[[Path], None], reason: str | None, name: str,
) -> None:  # fmt: skip
    """`ingest` and `extract` both do the good plan and say one line of what is beside it; a second `ingest` changes nothing."""
    make(desk.folder)
    monkeypatch.setattr("pipeline.extract.Extractor", lambda settings: extractor)
    monkeypatch.chdir(desk.root)
    code, lines = (0, 0) if reason is None else (1, 1)
    assert main(["ingest", "in", "--db", "kb.db"]) == code
    said = capsys.readouterr()
    assert f"1 added, 0 updated, 0 known, {lines} put aside" in said.out
    assert len(said.err.splitlines()) == lines and (not lines or name in said.err)
    assert desk.ask("SELECT reason FROM set_aside") == ([] if reason is None else [(reason,)])
    before = desk.dump()
    assert main(["ingest", "in", "--db", "kb.db"]) == code
    assert desk.dump() == before
    capsys.readouterr()

    assert main(["extract", "in", "-q"]) == code
    said = capsys.readouterr()
    assert [json.loads(line)["source"]["name"] for line in said.out.splitlines()] == ["in/a.txt"]
    assert len(said.err.splitlines()) == lines and (not lines or name in said.err)


def test_a_badly_named_file_that_is_renamed_is_no_more_put_aside(desk: Desk) -> None:
    badly_named_file(desk.folder)
    desk.extractor.records["KẾ"] = desk.extractor.records["plan"]
    assert desk.ingest().counts["set aside"] == 1
    assert desk.ask("SELECT path, name FROM set_aside") == [(str(desk.folder.resolve() / "b\\xf3n ghi.txt"), "in/b\\xf3n ghi.txt")]
    (bad,) = [path for path in desk.folder.iterdir() if path.name != "a.txt"]
    bad.rename(desk.folder / "bản ghi.txt")
    assert desk.ingest().counts["added"] == 1
    assert desk.ask("SELECT count(*) FROM set_aside") == [(0,)]


def test_a_badly_named_file_that_is_named_itself(desk: Desk) -> None:
    badly_named_file(desk.folder)
    (bad,) = [path for path in desk.folder.iterdir() if path.name != "a.txt"]
    (found,) = find_inputs([bad])
    assert found.error is not None and found.error.reason == "bad-name" and found.name.endswith("b\\xf3n ghi.txt")
    assert desk.ingest(bad, settings=Settings()).counts["set aside"] == 1


def test_a_path_in_a_closed_folder_is_named_and_the_rest_is_done(ordinary_user: Path) -> None:  # noqa: F811
    desk = Desk(ordinary_user)
    good, closed = desk.put("a.txt", "plan"), desk.put("closed/b.txt", "letter")
    (desk.folder / "link.txt").symlink_to(closed)
    closed.parent.chmod(0)
    assert desk.ingest(closed, good, desk.folder / "link.txt").counts["added"] == 1
    assert [outcome.error.reason for outcome in desk.told if outcome.error] == ["no-permission"]


def test_what_breaks_the_reader_under_the_name_of_a_zip_stops_nothing(desk: Desk) -> None:
    """A Word file with elements deeper than the stack, called .zip."""
    desk.extractor.records["KẾ"] = desk.extractor.records["plan"]
    desk.put("0.zip", package("<w:p>" + "<w:smartTag>" * 3000 + "</w:smartTag>" * 3000 + "</w:p>"))
    assert (desk.ingest().counts["added"], desk.changes()["in/0.zip"]) == (1, "set aside")
    assert desk.ask("SELECT reason FROM set_aside") == [("internal-error",)]
