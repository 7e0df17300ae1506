"""Puts list markers right that cannot be what was read, by their neighbours: "qa)", "1." where "II." follows, "I." where "2." does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.reading.correct.changes import Change

RULE = "marker"
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of points in a clause (domain rule 3)
_POINT = re.compile(r"^(?P<stray>[*#'\"]?)(?P<read>[^\W\d_]{1,2}|[^\W\d_]?[©€®])\)(?= |[A-ZĐÀ-Ỹ])", re.MULTILINE)
# What the engine makes of a letter that stands before a bracket. The letter is taken only where it is next in order.
_TAKEN = {
    "e": "c",
    "©": "ce",
    "c©": "c",
    "e©": "ce",
    "€": "ce",
    "®": "ce",
    "qa": "a",
    "q": "a",
    "đd": "dđ",
    "dđ": "dđ",
    "ad": "a",
    "đa": "đ",
    "lb": "b",
    "hb": "b",
    "o": "c",
    "ø": "g",
    "0": "đ",
    "l": "i",
    "I": "i",
}
_IN_BRACKETS = re.compile(r"^\((?P<read>\d{1,2}|[lI|i!]?|1[lI!]|[lI!]1)\)(?= [^\W\d_])", re.MULTILINE)
_NUMERAL = re.compile(r"^(?P<read>\d{1,2}|I{1,3}|IV|V|[LlTSBZG§Š%])(?P<stop>[.,:;-])(?= (?P<capital>[^\W\d_]))", re.MULTILINE)
# "5,1. Triển khai", "3.1, Đoàn số 1", "§.2. Trong thời hạn", "2,2.1 Ban hành": numbers of more than one level.
_LEVEL = re.compile(
    r"^(?P<head>\d{1,2}|[§Š])(?:[.,](?P<tail>\d{1,2}(?:\.\d{1,2})?)[.,]|(?:,(?P<a>\d{1,2})\.|\.(?P<b>\d{1,2}),)(?P<c>\d{1,2}))"
    r"(?= (?P<capital>[^\W\d_]))",
    re.MULTILINE,
)
_CHAPTER = re.compile(r"^(?:(?P<two>I1|1I|Il|lI)[.-](?= (?P<a>[^\W\d_]{2}))|(?:I{1,3}|IV|VI{0,3})[.-](?=(?P<b>[^\W\d_]{2})))", re.MULTILINE)
# Signs the engine puts for a number before a full stop; taken only where the number is missing in the count.
_DIGIT = {"I": 1, "l": 1, "L": 1, "S": 5, "§": 8, "Š": 5, "%": 5, "B": 8, "Z": 2, "G": 6}
# Figures that the engine takes for one another, by the one that is printed.
_LIKE = {"1": "7", "2": "7", "3": "89", "4": "9", "5": "968", "6": "58", "7": "12", "8": "369", "9": "5684"}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


def marker_changes(text: str) -> Iterator[Change]:
    """Changes of letters of points and of the first Roman numeral, only at the start of a paragraph."""
    yield from _points(text)
    yield from _bracketed(text)
    yield from _levels(text)
    for match in _CHAPTER.finditer(text):
        if (match["a"] or match["b"]).isupper():
            yield Change(match.start(), match.end(), f"II{match[0][-1]}" if match["two"] else f"{match[0]} ", RULE)
    markers = [m for m in _NUMERAL.finditer(text) if m["capital"].isupper()]
    yield from _first_numeral(markers)
    yield from _numbers(markers)


def _bracketed(text: str) -> Iterator[Change]:
    """ "(l)" and "(1l)" for "(1)", where "(2)" is the next number in brackets at the start of a line."""
    found = list(_IN_BRACKETS.finditer(text))
    for match, after in pairwise(found):
        if match["read"] != "1" and not match["read"].isdigit() and after["read"] == "2":
            yield Change(match.start("read"), match.end("read"), "1", RULE)


def _points(text: str) -> Iterator[Change]:
    found = list(_POINT.finditer(text))
    before = ""
    for number, match in enumerate(found):
        read = match["read"]
        wanted = _LETTERS[_LETTERS.index(before) + 1 : _LETTERS.index(before) + 2] if before else "a"
        following = found[number + 1]["read"] if number + 1 < len(found) else ""
        stroke = _stroke(before, read, following)
        if stroke != read or match["stray"]:
            yield Change(match.start(), match.end() - 1, stroke, RULE)
            read = stroke
        elif read == "ø" and not before:  # at the top of a page: like no letter but g
            yield Change(match.start(), match.end() - 1, "g", RULE)
            read = "g"
        elif read == "q" and following != "b":
            pass  # behind p on the page before
        elif read in _TAKEN and read != wanted and wanted in _TAKEN[read] and not (read in _LETTERS and following == "e"):
            yield Change(match.start(), match.end() - 1, wanted, RULE)
            read = wanted
        before = read if read in _LETTERS else ""


def _levels(text: str) -> Iterator[Change]:
    """Full stops for commas in numbers of two levels; the first figure of one that cannot be, from the number before or after it."""
    found = [m for m in _LEVEL.finditer(text) if m["capital"].isupper()]
    for k, match in enumerate(found):
        head = match["head"]
        if not head.isdigit():
            near = [m["head"] for m in found[max(0, k - 1) : k + 2] if m["head"].isdigit()]
            above = [m["read"] for m in _NUMERAL.finditer(text, 0, match.start()) if m["read"].isdigit()]
            head = near[0] if near else above[-1] if above else head
        meant = f"{head}.{match['tail']}." if match["tail"] else f"{head}.{match['a'] or match['b']}.{match['c']}"
        if meant != match[0]:
            yield Change(match.start(), match.end(), meant, RULE)


def _stroke(before: str, read: str, following: str) -> str:
    """d for đ and đ for d, which differ in a stroke: đ behind c, or before another đ, passes over d; d behind d is there already."""
    if read == "đ" and (before == "c" or (before == "" and following == "đ")):
        return "d"
    if read == "d" and before == "d":
        return "đ"
    return read


def _first_numeral(markers: list[re.Match[str]]) -> Iterator[Change]:
    """ "1." or "L." for "I.": where "II." comes without "I." before it, and the marker in between starts a count of its own."""
    second = next((k for k, m in enumerate(markers) if m["read"] == "II"), None)
    if not second or any(m["read"] in _ROMAN for m in markers[:second]):
        return
    first = markers[0]
    if first["read"] in ("L", "l", "T") or (first["read"] == "1" and markers[1]["read"] in ("1", "II")):
        yield Change(first.start(), first.end(), f"I{first['stop']}", RULE)


def _new_part(left: re.Match[str], right: re.Match[str]) -> bool:
    """Whether a heading in capitals stands between two markers: an appendix counts from I again."""
    return any(line.isupper() for line in left.string[left.end() : right.start()].split("\n")[1:] if len(line) > 5)


def _numbers(markers: list[re.Match[str]]) -> Iterator[Change]:
    """ "I." for "1." where "2." is next, "§." for "8." between 7 and 9, "9-" for "5-" between 4 and 6, "5." for "5," after 4 or first."""
    before = ""
    for k, match in enumerate(markers):
        after = markers[k + 1]["read"] if k + 1 < len(markers) else ""
        read, meant, stop = match["read"], match["read"], match["stop"]
        if read.isdigit():
            meant = _between(before, read, after) if all(m["stop"] == stop for m in markers[k - 1 : k + 2]) else read
            if stop in ",:;" and (before == str(int(meant) - 1) or after == str(int(meant) + 1) or (stop == "," and k == 0)):
                stop = "."
        else:
            value = _DIGIT.get(read, 0)
            again = value == 1 and before in ("II", "III", "IV", "V") and after in ("", "2") and not _new_part(markers[k - 1], match)
            follows = before == str(value - 1) and (after == str(value + 1) or read in "§Š%")
            missing = again or after == "2" if value == 1 else follows or (read in "§Š" and after == str(value + 1))
            if value and stop in ".-" and missing:
                meant = str(value)
        if (meant, stop) != (read, match["stop"]):
            yield Change(match.start(), match.end(), f"{meant}{stop}", RULE)
        before = meant


def _between(before: str, read: str, after: str) -> str:
    """The number missing between its neighbours where another of like shape was read; else what was read."""
    if not before.isdigit() or not after.isdigit() or int(after) != int(before) + 2:
        return read
    missing = str(int(before) + 1)
    return missing if read in _LIKE.get(missing, "") else read
