"""What vanban needs is looked for, and what is missing is said with what to do."""

from __future__ import annotations

import json
import subprocess

import pytest
from test_cli import run

from pipeline import doctor
from pipeline.doctor import Check, examine


def test_here_everything_needed_works(capsys: pytest.CaptureFixture[str]) -> None:
    checks = {check.name: check for check in examine()}
    for name in ("Python", "packages", "SQLite", "FTS5", "word lists", "text to facts", "temporary folder"):
        assert checks[name].state == "works" and checks[name].found and not checks[name].advice, checks[name]
    assert all(check.advice for check in checks.values() if check.state != "works")


BROKEN = [
    ("Tesseract", "tesseract-ocr", {"tesseract"}),
    ("Tesseract data", "tesseract-ocr-vie", {"tesseract"}),
    ("LibreOffice", "LibreOffice", {"soffice", "libreoffice"}),
    ("fonts", "fontconfig", {"fc-list"}),
]


@pytest.mark.parametrize(("name", "advice", "programs"), BROKEN)
def test_a_missing_program_is_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch, name: str, advice: str, programs: set[str]) -> None:
    real = doctor.shutil.which
    monkeypatch.setattr("shutil.which", lambda program, *rest: None if program in programs else real(program, *rest))
    check = {"Tesseract": doctor.tesseract, "Tesseract data": doctor.vietnamese, "LibreOffice": doctor.office, "fonts": doctor.fonts}[
        name
    ]()
    assert check.state == ("missing" if check.needed else "not needed") and advice in check.advice
    assert check.needed == name.startswith("Tesseract")


def test_a_package_that_is_missing_or_too_old_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.metadata.requires", lambda name: ["click>=99", "no-such-thing>=1", 'pytest>=1; extra == "dev"'])
    check = doctor.packages()
    assert check.state == "missing" and "out of range" in check.found and "no-such-thing is not installed" in check.found


def test_a_check_that_breaks_is_missing_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "full_text", lambda: 1 / 0)
    monkeypatch.setattr(doctor, "text_path", lambda: Check("text to facts", "works", "x"))
    checks = list(examine())
    assert len(checks) == 12 and [check.state for check in checks if "ZeroDivisionError" in check.found] == ["missing"]


STATES = [
    (Check("a", "works", "1"), 0),
    (Check("a", "missing", "none", "install it"), 1),
    (Check("a", "not needed", "none", "x", False), 0),
]


@pytest.mark.parametrize(("check", "expected"), STATES)
def test_the_exit_status_and_both_forms(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], check: Check, expected: int
) -> None:
    monkeypatch.setattr(doctor, "examine", lambda: iter([check]))
    monkeypatch.setenv("COLUMNS", "100")
    code, out, _ = run(capsys, "doctor", "--format", "json")
    assert code == expected and json.loads(out)[0]["state"] == check.state
    code, out, _ = run(capsys, "doctor", "--lang", "en")
    assert code == expected and check.found in out and check.advice in out and max(map(len, out.splitlines())) <= 100


def test_a_program_that_hangs_or_fails_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("x", 1)

    monkeypatch.setattr("subprocess.run", hang)
    assert doctor._output(["x"]) == ""
