"""Groups: a run of class nouns under one determiner, with the words that narrow them (domain rule 3.3)."""

from __future__ import annotations

import re

from pipeline.extraction.grammar.firms import after_business, after_works
from pipeline.extraction.grammar.ground import AND, Grammar, after_separator, before_same, begins_body, make_unit
from pipeline.extraction.grammar.narrowing import (
    entrusted,
    failing,
    half_done,
    having,
    in_number,
    incident,
    rank,
    relative_clause,
    up_to_verb,
    zone,
)
from pipeline.extraction.grammar.places import after_level, after_place, after_places, territorial
from pipeline.extraction.mentions import Unit

_COMPLEMENT_TAKERS = (
    "trực thuộc",
    "thuộc",
    "thuộc, trực thuộc",
    "thuộc và trực thuộc",
    "của",
    "trên địa bàn",
    "đóng trên địa bàn",
    "tham mưu",
    "giúp việc",
    "đóng chân trên địa bàn",
    "hoạt động trên địa bàn",
    "thường trú tại",
    "thường trú trên địa bàn",
)


_WHERE = ("nêu tại", "nêu trong", "có tên tại", "có tên trong")  # in which list those of a class are named
_POINTING = ("nêu trên", "nói trên", "còn lại", *_WHERE)
_LISTED_IN = ("điều", "khoản", "điểm", "mục", "danh", "sách", "phụ", "lục", "biểu", "bảng", "số", "kèm")
_COMMITTEES = (["tỉnh", "ủy"], ["thành", "ủy"], ["huyện", "ủy"], ["thị", "ủy"], ["quận", "ủy"])


def group(g: Grammar, i: int) -> tuple[Unit, int] | None:
    """A run of class nouns under one determiner: "các sở, ban, ngành cấp tỉnh"; never cut inside (domain rule 3.3).
    Weak without determiner."""
    s = g.s
    determiner = g.lex.determiners.match(s.low, i)
    j = i + (determiner[0] if determiner else 0)
    counted = determiner is None and i < len(s) and s.word[i].isdigit()
    noun = g.lex.nouns.match(s.low, j + counted)
    if counted:
        return _counted(g, i) if noun else None
    several = g.body(j) if determiner and j < len(s) and s.caps[j] else None
    if several and several[0].kind == "organization" and several[1] > j + (noun[0] if noun else 0) + 1:
        return make_unit(g, i, several[1], "group"), several[1]  # "các Khu Quản lý đường bộ": bodies of one name
    if noun is None and determiner is None and s.low[j : j + 1] == ["chủ"] and (end := after_works(g, j, j + 1)) > j + 1:
        return make_unit(g, i, end, "group"), end  # "chủ các hồ chứa thủy điện"
    if not noun or (not determiner and begins_body(g, j)) or g.lex.no_classes.match(s.low, j):
        return None
    if not determiner and (s.low[j : j + noun[0]] == ["tổ", "chức"] or s.joined[j + noun[0] - 1]):
        return None  # the verb; "trường" of "trường hợp", "bản" of "bản đồ"
    count, persons, restricted, told_apart = 0, bool(noun[1]), False, False
    at = j
    while noun:
        count += 1
        named = s.low[at : at + noun[0]]
        at += _before_body(g, at, noun[0])
        if s.low[at - 1] == "thuộc" and noun[0] > 2:
            at -= 1 + (s.low[at - 2] == "trực")  # what they belong to follows
        owned = after_works(g, at - noun[0], at)
        told_apart = told_apart or owned > at or incident(g, at) > at
        after = before_same(g, named, owned, after_restrictors(g, owned))
        restricted = restricted or after > at
        at = after
        if count == 1 and _elided(s.low[j:at]):
            break  # "các huyện, thành, thị ủy" is a class by itself
        following = after_separator(g, at, semicolon=False)
        if following is None:
            break
        noun = g.lex.nouns.match(s.low, following)
        if not noun or begins_body(g, following) or s.low[following + noun[0] : following + noun[0] + 1] == ["trưởng"]:
            break  # "các phòng, hạt trưởng các hạt"
        if "trưởng" in s.low[following : following + noun[0]] and "trưởng" not in named:
            break  # "Trưởng các thôn, tổ trưởng tổ dân phố"
        if (persons and not noun[1]) or (noun[1] and not persons and restricted):
            break
        if restricted and g.lex.sectors.match(s.low, following + noun[0]):
            break  # "các đoàn thể cùng cấp và phòng nội vụ": one body of its own
        if restricted and _named_again(g, named, following, noun[0]):
            break
        at = following
    if not determiner and s.low[j:at] == ["cơ", "quan", "thường", "trực"] and begins_body(g, at):
        inner = g.body(at)
        if inner:
            return make_unit(g, i, inner[1], "organization"), inner[1]
    if determiner and at - j == 1 and s.low[j] in ("sở", "phòng", "vụ", "ban", "cục", "bộ"):
        sector = g.lex.sectors.match(s.low, at)
        if sector and not s.caps[at]:
            at += sector[0]  # "các sở giáo dục và đào tạo"
            restricted = True
    busy = after_business(g, j, at) if determiner and not persons else at
    if busy > at:
        at = busy
    elif determiner and not restricted and not persons:
        at = _to_sign(g, at) if g.whole else _group_tail(g, at)
    return make_unit(g, i, at, "group", weak=not determiner and not told_apart, persons=persons), at


def _named_again(g: Grammar, before: list[str], following: int, length: int) -> bool:
    """As in "các bệnh viện trực thuộc Bộ, bệnh viện của các trường": is the class at `following`, `length` syllables of it, the one named
    `before`, told apart anew?"""
    words = g.s.low[following : following + length]
    return words[: len(before)] == before and (words != before or after_restrictors(g, following + length) > following + length)


def _elided(words: list[str]) -> bool:
    """Is it one class with its head said once, "huyện, thành, thị ủy"? "huyện ủy, thị ủy" is a list."""
    return len(words) > 3 and "," in words and words[-1] in ("ủy", "uỷ") and words.count(words[-1]) == 1


def _before_body(g: Grammar, at: int, length: int) -> int:
    """How much of a run of nouns ("phòng, ban") is one: less where its last word begins the name of a body ("phòng, Ban Dân vận")."""
    s = g.s
    for k in range(at + length - 1, at, -1):
        if s.word[k - 1] == "," and s.caps[k] and s.low[k + 1 : k + 2] not in (["ủy"], ["uỷ"]) and begins_body(g, k):
            return k - 1 - at
    return length


def _counted(g: Grammar, i: int) -> tuple[Unit, int] | None:
    """As in "11 sở chưa gửi phương án": so many of a class, singled out by what they have not done. A bare count names nobody."""
    noun = g.lex.nouns.match(g.s.low, i + 1)
    at = i + 1 + noun[0] if noun else i
    while noun and (following := after_separator(g, at, semicolon=False)) and (more := g.lex.nouns.match(g.s.low, following)):
        at = following + more[0]  # "09 xã, phường chưa gửi"
    after = max(failing(g, at), rank(g, at) if noun else at)  # "05 bệnh viện hạng I"
    pointed = g.lex.restrictors.match(g.s.low, at)
    if after == at and pointed and pointed[1] in _POINTING:
        after = _listed(g, at, pointed)  # "31 xã, phường nêu trên"
    return (make_unit(g, i, after, "group", persons=bool(noun and noun[1])), after) if after > at else None


def _to_sign(g: Grammar, at: int) -> int:
    """In a heading or a label's value, "các công ty cổ phần đường sắt" runs on to the next sign or the end; `at` if a verb comes first."""
    s = g.s
    k = at + 2 * (s.low[at : at + 2] == ["phụ", "trách"])  # "các phòng, ban phụ trách tiêu chí"
    while k < len(s) and s.word[k].isalpha() and (not s.caps[k] or s.word[k].isupper()) and k - at < 5:
        hit = g.lex.verbs.match(s.low, k)
        if s.low[k] in AND or (hit and not s.joined[k + hit[0] - 1]):
            return at
        k += 1
    return k if k >= len(s) or s.word[k] in ",;.:(" else at


def _group_tail(g: Grammar, at: int) -> int:
    """As in "các cơ quan tố tụng phối hợp": up to three small syllables that narrow the class if a verb of order follows."""
    s = g.s
    k = at
    while k < len(s) and k - at < 4 and s.word[k].isalpha() and (not s.caps[k] or s.word[k].isupper()):
        hit = g.lex.verbs.match(s.low, k)
        if hit and not s.joined[k + hit[0] - 1]:
            return k if hit[1] == "strong" and not s.joined[k - 1] else at
        if s.low[k] in AND:
            return at
        k += 1
    return at


def after_restrictors(g: Grammar, i: int) -> int:
    """Index after words that narrow a class: "trực thuộc UBND tỉnh", "có liên quan", "huyện", a colon with places."""
    s = g.s
    at = i
    while at < len(s):
        after = _narrowed(g, i, at)
        if after <= at:
            break
        at = after
    if at < len(s) and s.word[at] == ":" and at + 1 < len(s) and s.caps[at + 1]:
        at = after_places(g, at + 1) or at
    return at


def _narrowed(g: Grammar, i: int, at: int) -> int:
    """Index after the one restrictor that stands at `at`, or `at`. `i`: where the restrictors begin."""
    s = g.s
    hit = g.lex.restrictors.match(s.low, at)
    level_phrase = g.lex.level_phrases.match(s.low, at)
    if s.low[at : at + 2] in (["được", "giao"], ["được", "phân"]) and g.lex.verbs.match(s.low, at + 2 + (s.low[at + 1] == "phân")):
        return entrusted(g, at)
    if (ranked := max(rank(g, at), incident(g, at))) > at:
        return ranked
    if hit:
        return _listed(g, at, hit)
    if s.low[at] == "nơi" and s.low[at + 1 : at + 2] in (["có"], ["đặt"], ["xảy"], ["đang"], ["thực"]):
        return relative_clause(g, at)
    if s.low[at] == "vùng" and zone(g, at) > at:
        return zone(g, at)
    if s.low[at] == "chưa" and failing(g, at) > at:
        return failing(g, at)
    if s.low[at] == "đã" and half_done(g, at) > at:
        return half_done(g, at)
    if s.low[at] == "có" and having(g, at) > at:
        return having(g, at)
    if level_phrase:
        return at + level_phrase[0]
    after = after_level(g, at)
    if after == at and g.lex.determiners.match(s.low, at) and territorial(g, at):
        many = g.group(at)
        after = many[1] if many else at
    if after == at and s.caps[at] and s.word[at].isalpha() and not begins_body(g, at):
        after = after_place(g, at)
        if after > at:
            after = after_places(g, at) or after
    if after == at and s.caps[at] and s.low[at - 1] in ("đảng", "việc") and (s.low[at : at + 2] in _COMMITTEES or s.low[at] == "đảng"):
        committee = g.body(at)
        after = committee[1] if committee else at  # "các ban xây dựng Đảng Huyện ủy"
    if after == at and at > i and s.low[at] in ("và", "hoặc", ","):
        named = s.caps[at + 1 : at + 2] == [True] and not s.word[at + 1].isupper()  # "THCS" is one more of them
        joined = None if named else g.lex.restrictors.match(s.low, at + 1)
        if joined and joined[1] not in _COMPLEMENT_TAKERS and not g.lex.nouns.match(s.low, at + 1):
            after = at + 1 + joined[0]  # "công lập và ngoài công lập"
    return after


def _after_list(g: Grammar, at: int) -> int:
    """Index after "mục 2 Công văn này", "Phụ lục I kèm theo Quyết định số 12/QĐ-UBND", "Kế hoạch": the list that names those of a class."""
    s = g.s
    k = at
    while k < len(s):
        paper = g.lex.papers.match(s.low, k) if s.caps[k] else None
        if paper:
            k += paper[0]
            k += s.low[k : k + 1] == ["này"]
        elif (
            s.low[k] in _LISTED_IN
            or (s.low[k] == "theo" and s.low[k - 1] == "kèm")
            or (s.low[k] == "ngày" and s.word[k + 1 : k + 2] and s.word[k + 1][0].isdigit())
            or s.word[k][0].isdigit()
            or re.fullmatch("[IVX]+|[A-Z]", s.word[k])
            or (s.word[k - 1] in "/-" and s.to[k - 1] == s.at[k])
            or in_number(g, k)
        ):
            k += 1
        else:
            break
    return k


def _listed(g: Grammar, at: int, hit: tuple[int, str]) -> int:
    """Index after a restrictor of the list, with the body or group it takes ("thuộc", "của"); `at` where it opens the predicate."""
    s = g.s
    after = at + hit[0]
    if hit[1] in _WHERE:
        return _after_list(g, after)
    if hit[1] in ("trên lưu vực", "trên tuyến", "dọc"):
        end = up_to_verb(g, after, after + 8)
        closed = s.caps[end - 1] or g.lex.verbs.match(s.low, end)
        return end if end > after and closed else after  # "trên lưu vực sông Trà Khúc"
    if hit[1] in _COMPLEMENT_TAKERS:
        inner = (g.group(after) if g.lex.determiners.match(s.low, after) else None) or g.body(after)
        level = after_level(g, after, alone=True)
        bare = g.lex.heads.match(s.low, after)
        if inner:
            return inner[1]
        if bare and s.caps[after]:
            return after + bare[0]  # "thuộc Bộ", "trực thuộc Chi cục"
        return at if hit[1] == "của" and level == after else level
    if hit[1] in ("tham mưu", "phối hợp", "chủ trì", "tham gia") and not (after < len(s) and s.low[after] in (",", ";", ".", "và")):
        return at
    return after
