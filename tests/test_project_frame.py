"""The frame: what the commands of the Makefile promise, the pins, and what no file of the project may say."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
REQUIREMENTS = [Requirement(line) for line in chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def pin_lines() -> list[str]:
    return [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line and not line.startswith("#")]


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def tracked_files() -> list[Path]:
    git = shutil.which("git")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False) if git else None
    if listed is None or listed.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name and (ROOT / name).is_file()]


def recipe(target: str) -> list[str]:
    found = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)
    assert found, target
    return [line.strip().replace("$(PY)", ".venv/bin/python") for line in found[1].splitlines()]


# --- pins


def test_pins_are_exact_versions_and_nothing_else() -> None:
    lines = pin_lines()
    assert len(lines) > len(REQUIREMENTS)
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.!]*( *; *python_version .+)?", line)] == []


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.name)
def test_every_dependency_is_pinned_within_its_range_and_explained(requirement: Requirement) -> None:
    pins = {canonical(line.split("==")[0]): line.split("==")[1].split(";")[0].strip() for line in pin_lines()}
    assert pins[canonical(requirement.name)] in requirement.specifier
    documented = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    assert re.search(rf"^\| {re.escape(requirement.name)} \|", documented, re.MULTILINE | re.IGNORECASE)


# --- make


def test_help_names_every_target() -> None:
    if not shutil.which("make"):
        pytest.skip("make is not installed")
    shown = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert [line.split()[1] for line in shown.splitlines()] == phony[1].split()


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    commands = [line for line in script.read_text("utf-8").splitlines() if line.startswith("make ")]
    assert os.access(script, os.X_OK)
    assert commands == ["make test", "make check"]
    assert "make test" in (ROOT / "README.md").read_text("utf-8")


def test_commit_hooks_run_the_checks_of_make_check() -> None:
    hooks = re.findall(r"^ +entry: (.+)$", (ROOT / ".pre-commit-config.yaml").read_text("utf-8"), re.MULTILINE)
    assert [command.removesuffix(" .") for command in recipe("check")] == hooks


def test_set_up_names_what_is_missing_where_it_may_install_nothing(tmp_path: Path) -> None:
    home = tmp_path / "a folder with spaces"
    tools = tmp_path / "bin"
    (home / "scripts").mkdir(parents=True)
    tools.mkdir()
    for name in ("pyproject.toml", "constraints.txt", "scripts/setup.sh"):
        shutil.copy(ROOT / name, home / name)
    for name in ("cat", "cksum", "dirname", "grep", "id", "sed"):
        (tools / name).symlink_to(shutil.which(name) or "")
    ran = subprocess.run(
        [shutil.which("sh") or "sh", str(home / "scripts" / "setup.sh")],
        env={"PATH": str(tools)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    lines = ran.stderr.splitlines()
    assert len(lines) == 2 and "tesseract-ocr-vie" in lines[0] and "Python 3.11 to 3.13" in lines[1]
    assert not (home / ".venv").exists()


# --- length of files


def write_lines(path: Path, count: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x = 1\n" * count, "utf-8")


def test_file_length_check(tmp_path: Path) -> None:
    complaints = runpy.run_path(str(ROOT / "scripts" / "check_file_length.py"))["complaints"]
    write_lines(tmp_path / "pipeline" / "short.py", 300)
    write_lines(tmp_path / "pipeline" / "deep" / "long.py", 301)
    long = "pipeline/deep/long.py"
    assert [line.split(":")[0] for line in complaints(tmp_path, debt={})] == [long]
    assert complaints(tmp_path, debt={long: "one table that reads better whole"}) == []
    assert len(complaints(tmp_path, debt={long: "later"})) == 1
    assert (
        len(complaints(tmp_path, debt={long: "one table that reads better whole", "pipeline/short.py": "no longer needed in this list"}))
        == 1
    )


# --- what no file may say

HOSTS = ["pypi" + ".org", "python" + "hosted.org", "npmjs" + ".org", "npmjs" + ".com", "debian" + ".org", "conda" + ".io", "crates" + ".io"]
MACHINE_PATH = re.compile(r"(?<![\w.~$})/-])/(?:work|root|home|Users|tmp)/\w")


def test_no_file_names_a_package_registry_or_a_path_of_one_machine() -> None:
    found = []
    for path in tracked_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture or a document
        for number, line in enumerate(text.splitlines(), 1):
            if any(host in line.lower() for host in HOSTS) or MACHINE_PATH.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []


@pytest.mark.parametrize("line", ["see /wor" + "k/main", "db=/tm" + "p/x.db", "`/hom" + "e/a/b`", '"/roo' + 't/x"'])
def test_paths_of_one_machine_are_recognised(line: str) -> None:
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["../shared/work/x", "docs/home/x", "https://a.vn/home/x", "và/hoặc /KH-UBND", "$HOME/tmp/x", "a/root/b"])
def test_other_paths_are_not(line: str) -> None:
    assert not MACHINE_PATH.search(line)
