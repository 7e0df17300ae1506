"""Offices and persons: "Chủ tịch UBND tỉnh", "đồng chí Trần B, Phó Giám đốc Sở" (domain rule 3.5)."""

from __future__ import annotations

from pipeline.extraction.grammar.ground import Grammar, make_unit
from pipeline.extraction.grammar.places import after_level
from pipeline.extraction.mentions import Unit

# offices that a bare class noun may follow: "thủ trưởng cơ quan"
_OF_A_CLASS = ("thủ trưởng", "người đứng đầu", "lãnh đạo", "trưởng", "tập thể lãnh đạo", "bí thư", "chủ tịch", "giám đốc", "hiệu trưởng")


def person(g: Grammar, i: int) -> tuple[Unit, int] | None:
    """As in "Ông Nguyễn Văn A", "đồng chí Trần B"; an office after "đồng chí" is left to `position`."""
    s = g.s
    low = s.low
    if low[i] in ("các", "những") and low[i + 1 : i + 3] == ["đồng", "chí"]:
        office = g.position(i + 3) if i + 3 < len(s) else None
        return (make_unit(g, i, office[1], "position"), office[1]) if office else None
    n = 2 if low[i] == "đồng" and low[i + 1 : i + 2] == ["chí"] else 1 if low[i] in ("ông", "bà") and _begins_name(g, i) else 0
    if low[i : i + 3] == ["đ", "/", "c"]:
        n = 3
    if not n:
        return None
    j = i + n
    office = g.position(j) if j < len(s) else None
    if office:
        return make_unit(g, i, office[1], "position"), office[1]
    k = j
    while k < len(s) and s.caps[k] and s.word[k].isalpha() and k - j < 6 and (len(s.word[k]) == 1 or not s.word[k].isupper()):
        k += 1  # "Y Bliu Arul": a name may hold a single letter
    if k - j < 2:
        return None
    after = k
    if k + 1 < len(s) and s.word[k] in (",", "-", "–"):
        office = g.position(k + 1)
        after = office[1] if office else k
    return make_unit(g, i, k, "position"), after


def _begins_name(g: Grammar, i: int) -> bool:
    """Is "ông" or "bà" at `i` a form of address, with a name or an office behind it?"""
    s = g.s
    return s.caps[i] or (s.caps[i + 1 : i + 3] == [True, True] and not s.joined[i])


def position(g: Grammar, i: int) -> tuple[Unit, int] | None:
    """An office with its body, or alone where the office says enough."""
    s = g.s
    hit = g.lex.titles.match(s.low, i)
    if not hit:
        return _several(g, i)
    n, title = hit
    if title.name == "Tham mưu trưởng" and s.caps[i + n - 1]:
        return None  # "Tham mưu Trưởng Ban ban hành": the verb
    if not s.caps[i] and not title.lower and not (i > 0 and s.low[i - 1] in ("chí", "các")):
        return _several(g, i)
    j = i + n
    if title.unit and title.name.lower().endswith(title.unit.lower()):
        classes = g.group(j - len(title.unit.split())) if g.s.word[j : j + 1] == [","] and g.lex.nouns.match(s.low, j + 1) else None
        if classes and classes[1] > j + 1:
            return make_unit(g, i, classes[1], "group"), classes[1]  # "Trưởng khoa, phòng"
        inner = g.body(j - len(title.unit.split()), forced=True)
        if inner and inner[1] > j:
            return make_unit(g, i, inner[1], "group" if inner[0].kind == "group" else "position"), inner[1]
    if s.caps[i]:
        named = _with_name(g, i, j)
        if named:
            return named
    following = g.group(j)
    if following is None or following[0].weak:
        following = g.body(j) or following
    if following:
        unit, after = following
        if unit.kind == "organization":
            named = _with_name(g, i, after)
            if named:
                return named
        if not unit.weak or title.name.lower() in _OF_A_CLASS:
            return make_unit(g, i, after, "group" if unit.kind == "group" else "position"), after
    level = after_level(g, j)
    if level > j and not title.alone:
        return make_unit(g, i, level, "position"), level
    if title.alone and s.caps[i]:
        after = after_level(g, j)
        if after == j and s.low[j : j + 1] in (["thôn"], ["bản"], ["ấp"], ["xóm"], ["buôn"]):
            after = j + 1
        return make_unit(g, i, after, "position"), after
    return None


def _several(g: Grammar, i: int) -> tuple[Unit, int] | None:
    """As in "Các Bộ trưởng", "các ông (bà) Trưởng thôn": the holders of one office."""
    s = g.s
    determiner = g.lex.determiners.match(s.low, i)
    if not determiner:
        return None
    j = i + determiner[0]
    if s.low[j : j + 4] == ["ông", "(", "bà", ")"]:
        j += 4
    elif s.low[j : j + 3] == ["ông", ",", "bà"]:
        j += 3
    hit = g.lex.titles.match(s.low, j)
    noun = g.lex.nouns.match(s.low, j)
    if not hit or not s.caps[j] or (noun and noun[0] > hit[0]):
        return None
    office = position(g, j)
    if not office:
        return None
    rest = s.low[office[1] : office[1] + 2]
    after = office[1] + (2 if rest == ["còn", "lại"] else rest[:1] == ["khác"])
    return make_unit(g, i, after, "group"), after


def _with_name(g: Grammar, i: int, at: int) -> tuple[Unit, int] | None:
    """As in "Phó Thủ tướng Chính phủ Lê Minh Khái, Trưởng Ban ...": the holder by office and name. A name begins with a surname and has
    two to four words more."""
    s = g.s
    if at >= len(s) or s.low[at] not in g.lex.surnames or not s.caps[at]:
        return None
    k = at
    while k < len(s) and k - at < 5 and s.caps[k] and s.word[k].isalpha() and not s.word[k].isupper():
        k += 1
    if k - at < 2 or g.lex.heads.match(s.low, at):
        return None
    after = k
    if k + 1 < len(s) and s.word[k] in (",", "-", "–"):
        office = position(g, k + 1)
        after = office[1] if office else k
    return make_unit(g, i, k, "position"), after
