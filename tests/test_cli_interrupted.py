"""Ctrl-C: one line that promises nothing the command did not do."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest
from test_storage_samples import FakeExtractor

from pipeline.cli.main import main


@pytest.mark.parametrize("command", ["extract", "ingest"])
def test_an_interrupted_command_says_what_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    class Stopped(FakeExtractor):
        def extract(self, path: Path, name: str | None = None) -> object:  # type: ignore[override]
            raise KeyboardInterrupt

    module = types.ModuleType("pipeline.extract")
    module.Extractor = lambda settings: Stopped()  # type: ignore[attr-defined]
    module.pipeline_version = lambda: "1"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipeline.extract", module)
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("plan")
    assert main([command, "a.txt"]) == 1
    (line,) = [line for line in capsys.readouterr().err.splitlines() if line]  # the first ends the line with ^C
    assert line.startswith("vanban: interrupted; ") and ("what was stored stays" in line) == (command == "ingest")
