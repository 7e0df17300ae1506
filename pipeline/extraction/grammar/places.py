"""Levels of administration and the places behind them: "tỉnh", "huyện Ba Tơ", "các xã: A, B và C" (domain rules 3.4, 3.7)."""

from __future__ import annotations

from pipeline.extraction.grammar.ground import Grammar, after_separator, begins_body
from pipeline.names.places import named


def after_level(g: Grammar, i: int, alone: bool = False) -> int:
    """Index after "(của) tỉnh", "huyện Ba Tơ", "TW"; `i` where there is none."""
    s = g.s
    at = i + 1 if i < len(s) and s.low[i] == "của" and not alone else i
    hit = g.lex.levels.match(s.low, at)
    if not hit or (hit[1] == "cơ sở") or (s.caps[at] and s.low[at] not in ("trung", "tw", "thành", "thị")):
        return i
    after = at + hit[0]
    if after < len(s) and s.joined[after - 1]:
        return i  # "tỉnh táo", "xã hội"
    return after_place(g, after)


def after_place(g: Grammar, at: int) -> int:
    """Index after a place name in capitals: the longest that the gazetteer knows, else nothing."""
    s = g.s
    best = at
    for n in range(1, 6):
        if at + n > len(s) or (not s.caps[at + n - 1] and s.word[at + n - 1] not in "-–"):
            break
        if named(g.text[s.at[at] : s.to[at + n - 1]]):
            best = at + n
    if (
        best == at
        and at
        and (
            s.low[at - 1] in ("tỉnh", "huyện", "xã", "phường", "quận", "khu", "trấn", "thôn")
            or (s.word[at - 1] == ":" and at > 1 and s.low[at - 2] in ("xã", "phường", "huyện"))
        )
    ):
        while (
            best < len(s)
            and best - at < 3
            and s.caps[best]
            and s.word[best].isalpha()
            and not s.word[best].isupper()
            and not begins_body(g, best)
            and not ((verb := g.lex.verbs.match(s.low, best)) and verb[0] > 1)
        ):
            best += 1  # up to the verb of a line joined to the name: "tỉnh" / "Huy động luật sư"
        if best - at == 1 and s.word[at - 1] == ":":
            return at  # "các xã, phường: Thực hiện ...": the task, no place
    return best


def after_places(g: Grammar, i: int) -> int | None:
    """As in "Quỳnh Lưu, Diễn Châu và Nghi Lộc": index after the names if every one is a known place."""
    s = g.s
    at = i
    listed = i > 0 and (s.word[i - 1] == ":" or s.low[i - 1] in ("xã", "phường", "huyện", "trấn"))
    while True:
        after = after_place(g, at)
        if after == at and listed:
            after = after_capitals(g, at)
        if after == at:
            return None
        following = after_separator(g, after, semicolon=False)
        if following is None or not s.caps[following] or (begins_body(g, following) and not (listed and _known_place(g, following))):
            return after
        if after_place(g, following) == following and not (listed and after_capitals(g, following) > following):
            return after
        at = following


def _known_place(g: Grammar, at: int) -> bool:
    """Do two words that the gazetteer knows as a place stand at `at` ("Trường Vinh")?"""
    return at + 1 < len(g.s) and bool(named(g.text[g.s.at[at] : g.s.to[at + 1]]))


def after_capitals(g: Grammar, at: int) -> int:
    """Index after two or three words with a capital: a place that the gazetteer does not know, in a list of places."""
    s = g.s
    k = at
    while k < len(s) and k - at < 3 and s.caps[k] and s.word[k].isalpha() and not s.word[k].isupper():
        k += 1
    return k if k - at >= 2 else at


def capital_run(g: Grammar, at: int) -> str:
    """Up to four words with a capital from `at` on, as one string."""
    s = g.s
    words: list[str] = []
    while at < len(s) and s.caps[at] and len(words) < 4:
        words.append(s.word[at])
        at += 1
    return " ".join(words)


def territorial(g: Grammar, at: int) -> bool:
    """As in "các huyện, thị xã": do the class nouns after the determiner at `at` name levels, not bodies?"""
    s = g.s
    determiner = g.lex.determiners.match(s.low, at)
    if not determiner:
        return False
    named = at + determiner[0]
    small = s.low[named : named + 1] in (["thôn"], ["bản"], ["ấp"], ["khu"], ["tổ"])
    return bool(small or g.lex.levels.match(s.low, named) or s.low[named : named + 2] == ["địa", "phương"])
