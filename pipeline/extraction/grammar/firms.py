"""Classes of firms, told apart by what they do: "các công ty khai thác công trình thủy lợi liên tỉnh" (domain rule 3.3)."""

from __future__ import annotations

from pipeline.extraction.grammar.ground import Grammar


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
