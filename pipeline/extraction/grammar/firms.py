"""Classes told apart by what they do or answer for: "các công ty khai thác công trình thủy lợi liên tỉnh", "chủ đầu tư các dự án nhà ở"
(domain rule 3.3)."""

from __future__ import annotations

from pipeline.extraction.grammar.ground import Grammar
from pipeline.extraction.grammar.narrowing import up_to_verb


def after_business(g: Grammar, noun: int, at: int) -> int:
    """Index after what the firms of a class do, "(các công ty) khai thác công trình thủy lợi liên tỉnh": up to the verb of the order that
    follows before any sign, or in a heading up to the sign; `at` where no such words stand there. `noun`: index of the class."""
    s, trades = g.s, g.lex.trades
    if not g.lex.firms.match(s.low, noun):
        return at
    first = at
    while first - 2 >= noun and trades.match(s.low[:first], first - 2):
        first -= 2  # "cơ sở sản xuất, kinh doanh" may be a class by itself
    k = at
    while trade := trades.match(s.low, k):
        k += trade[0]
        k += k < len(s) and s.word[k] in (",", "và") and trades.match(s.low, k + 1) is not None
    if first == at == k:
        return at
    most = k + 12
    while k < len(s) and k < most and s.word[k].isalnum():
        hit = g.lex.verbs.match(s.low, k)
        if hit and hit[1] != "not" and not s.joined[k - 1] and not trades.match(s.low, k):
            return k if k > first + 2 else at
        if hit and s.low[k] in ("đã", "để", "các", "những"):
            return at
        k += 1
    return k if g.whole and k > at and (k >= len(s) or s.word[k] in ",;.:(") else at


def after_works(g: Grammar, noun: int, at: int) -> int:
    """Index after the works that a class answers for, "(chủ đầu tư) các dự án nhà ở xã hội": up to the verb of the order, or to a sign;
    `at` where no such words stand there. `noun`: index of the class."""
    s = g.s
    owner = g.lex.owners.match(s.low, noun)
    if not owner or noun + owner[0] != at:
        return at
    many = g.lex.determiners.match(s.low, at)
    k = at + (many[0] if many else 0)
    works = g.lex.works.match(s.low, k)
    if not works or s.joined[k + works[0] - 1]:
        return at
    end = up_to_verb(g, k + works[0], at + 18)
    end = next((n for n in range(k, end) if s.low[n] in ("bị", "được", "đang", "gặp")), end)  # what befalls them is no part of the name
    return end if end < len(s) or g.whole else at
