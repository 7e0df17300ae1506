"""What begins behind the signature and is no appendix by name: a document of its own, a form with its table (domain rule 1.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.data import load
from pipeline.layout.capitals import is_caps, type_of


def opens_attachment(lines: Sequence[str]) -> bool:
    """Does an attachment begin with the first of `lines`, given with some that follow?"""
    return bool(lines) and (_issued(lines) or _form(lines))


def _issued(lines: Sequence[str]) -> bool:
    """Does a document of its own begin: its type in capitals, with "(Kèm theo ...)" close below?"""
    return type_of(lines[0]) is not None and any(re.match(r"\s*\((?:Kèm theo|Ban hành)", line) for line in lines[1:6])


def _form(lines: Sequence[str]) -> bool:
    """Does a form begin: "Biểu số 01", "DANH SÁCH ĐƠN VỊ", with its table close below?"""
    words = lines[0].strip()
    if not words.lower().startswith(_forms()) or not (is_caps(words) or re.search(r"\d\W*$", words)):
        return False
    return any(line.startswith("|") for line in lines[1:])


@cache
def _forms() -> tuple[str, ...]:
    return tuple(load.table("header_words")["forms"])
