"""vanban doctor"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from pipeline.cli.labels import Labels, Lang
from pipeline.cli.options import lang_option

if TYPE_CHECKING:
    from pipeline.doctor import Check

# What is found and advised, in English for other programs and in Vietnamese for the screen; the rest are names and versions.
_FORMS = (
    ("vie is there", "có vie"),
    ("vie is not there", "chưa có vie"),
    ("works", "tốt"),
    ("not installed", "chưa cài"),
    ("not there", "chưa có"),
    ("none", "không có"),
    (r"(\d+) files", r"\1 tệp"),
    (r"(\d+) MB free", r"còn trống \1 MB"),
    (r"(.*) and (\d+) more", r"\1 và \2 phông nữa"),
    (r"a sample gives (\d+) citation, (\d+) unit, (\d+) report", r"câu thử cho \1 viện dẫn, \2 đơn vị, \3 báo cáo"),
    (r"(.*) is not installed", r"chưa cài \1"),
    (r"(.*) is out of range", r"\1 không đúng phiên bản"),
    ("does not find Vietnamese words", "không tìm được từ tiếng Việt"),
    (r"not known \(fontconfig is not installed\)", "không rõ (chưa cài fontconfig)"),
    (r"use Python (.*) \(make setup\)", r"dùng Python \1 (make setup)"),
    (r"install the package (\S+)", r"cài gói \1"),
    ("only to read DOC and RTF files: install LibreOffice Writer", "chỉ cần để đọc tệp DOC, RTF: cài LibreOffice Writer"),
    ("install fontconfig to see which fonts are there", "cài fontconfig để biết có những phông nào"),
    ("only for pages without fonts of their own: install (.*) or (.*)", r"chỉ cần cho trang không kèm phông: cài \1 hoặc \2"),
    (r"use a Python with SQLite (\S+) or newer", r"dùng Python có SQLite \1 trở lên"),
    ("use a Python whose SQLite has FTS5", "dùng Python có SQLite kèm FTS5"),
    ("restore pipeline/data, or install vanban again", "khôi phục pipeline/data, hoặc cài lại vanban"),
    ("the rules work alone; make train builds it", "không có vẫn chạy bằng luật; make train để tạo"),
    ("install vanban again, or run make test", "cài lại vanban, hoặc chạy make test"),
    ("free some space, or name another folder in TMPDIR", "dọn bớt chỗ, hoặc đặt thư mục khác trong TMPDIR"),
    ("run vanban's set-up again", "cài đặt lại vanban"),
)


@click.command(name="doctor")
@click.option("--format", "format_", type=click.Choice(["table", "json"]), default="table", show_default=True, help="How it is written.")
@lang_option
def command(format_: str, lang: Lang) -> int:
    """Check that everything vanban needs is there and works, with what to do where it is not.

    Exit status 1 where something needed is missing.

    \b
    Example:
      vanban doctor
      vanban doctor --format json
    """
    from pipeline.doctor import examine
    from pipeline.errors import ExitCode

    checks = list(examine())
    if format_ == "json":
        from pipeline.cli.output import write_json

        write_json([asdict(check) for check in checks])
    else:
        _show(checks, Labels(lang))
    return ExitCode.SOME_FAILED if any(check.state == "missing" for check in checks) else ExitCode.DONE


def _show(checks: list[Check], labels: Labels) -> None:
    from pipeline.cli.output import Column, console, table

    heads = [Column(labels("part"), 4), Column(labels("state"), width=10), Column(labels("found"), 8), Column(labels("advice"), 6)]
    rows = [[labels(c.name), labels(f"state_{c.state}"), _said(c.found, labels), _said(c.advice, labels)] for c in checks]
    console().print(table("", heads, rows))


def _said(text: str, labels: Labels) -> str:
    """What was found or is advised, in the language of the tables."""
    from pipeline.cli.output import plain

    shown = plain(text)
    for form, said in _FORMS if labels.lang == "vi" else ():
        found = re.fullmatch(form, shown)
        if found:
            return found.expand(said)
    return shown
