"""The version under which records are stored follows every file that can change a record, in whatever folder it lies."""

from __future__ import annotations

from pathlib import Path

from pipeline.extract import _STAGES, _files


def test_files_of_inner_folders_count_and_caches_do_not() -> None:
    root = Path(__file__).parent.parent / "pipeline"
    found = {name for stage in _STAGES for name, _ in _files(root / stage, stage)}
    assert {"reading/correct/page.py", "data/laws.jsonl", "resolution/record.py"} <= found
    assert not [name for name in found if "__pycache__" in name]


def test_the_order_is_that_of_names(tmp_path: Path) -> None:
    for name in ("b.py", "a/z.py", "a/__pycache__/z.pyc", "c.jsonl", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [name for name, _ in _files(tmp_path, "s")] == ["s/a/z.py", "s/b.py", "s/c.jsonl"]
