"""Clauses that narrow a class of bodies: "chưa gửi báo cáo", "có rừng", "được giao chủ trì", "vùng trọng điểm lúa" (domain rule 3.3)."""

from __future__ import annotations

from pipeline.extraction.grammar.ground import AND, Grammar, begins_body

_MEASURED = (("tỷ", "lệ"), ("tỉ", "lệ"), ("kết", "quả"), ("tiến", "độ"), ("khối", "lượng"))  # a verb behind them is what is measured
_MEASURING = ("dưới", "trên", "hơn", "đạt", "từ", "đến")


def having(g: Grammar, at: int) -> int:
    """As in "các xã, phường có rừng (tổ chức ...)": index after what the class has, up to three small syllables before the verb of the
    order or a sign; `at` where "có" opens the predicate ("có trách nhiệm", "có văn bản")."""
    s = g.s
    opens = g.lex.verbs.match(s.low, at)
    if opens and opens[1] != "not":
        return at
    k = at + 1
    held = g.lex.verbs.match(s.low, k) if g.whole else None
    k += held[0] if held else 0  # "các trường có tổ chức ăn bán trú", in a heading
    while k < len(s) and k - at < 12 and not s.caps[k] and (s.word[k].isalpha() or s.word[k] == "%" or s.low[k - 1] in _MEASURING):
        told_of = tuple(s.low[k - 2 : k]) in _MEASURED  # "có tỷ lệ giải ngân dưới 20%"
        hit = None if s.joined[k - 1] or told_of else g.lex.verbs.match(s.low, k)
        if hit and not s.joined[k + hit[0] - 1]:
            return (
                k
                if hit[1] == "strong" and k > at + 1 and (s.low[k] not in ("tăng", "giảm") or (k + 1 < len(s) and s.word[k + 1].isalpha()))
                else at
            )
        k += 1
    return k if g.whole and k > at + 1 and (k >= len(s) or s.word[k] in ",;.:(") else at


def failing(g: Grammar, at: int) -> int:
    """Index after "chưa gửi báo cáo ...", which narrows a class to those that have not done something: up to a sign or the verb of the
    order; `at` where no such clause stands there."""
    s = g.s
    if s.low[at : at + 1] != ["chưa"]:
        return at
    k = at + 1
    for _ in range(2):  # the verb of the clause and its object, which may be a verb too: "chưa gửi báo cáo"
        hit = g.lex.verbs.match(s.low, k)
        k += hit[0] if hit and s.low[k] not in ("khẩn", "nghiêm", "tích", "chủ", "kịp", "sớm", "tập") else 0
    end = _up_to_verb(g, max(k, at + 2), at + 18)
    return end if end < len(s) and s.word[end] != "." else at  # a finding: nobody is told to do anything


def entrusted(g: Grammar, at: int) -> int:
    """Index after "được giao chủ trì soạn thảo văn bản", which says which of a class: up to a sign or the verb of the order."""
    s = g.s
    k = at + 2 + (s.low[at + 1] == "phân")
    if not g.lex.verbs.match(s.low, k):
        return at
    for _ in range(2):
        hit = g.lex.verbs.match(s.low, k)
        k += hit[0] if hit and s.low[k] != "có" else 0
    return _up_to_verb(g, k, at + 18)


def zone(g: Grammar, at: int) -> int:
    """Index after "vùng trọng điểm lúa", which says which of a class: up to five small syllables before a verb, a sign or the end; `at`
    where something else ends them."""
    s = g.s
    k = at + 1
    while k < len(s) and k - at < 7 and s.word[k].isalpha() and not s.caps[k] and s.low[k] not in AND:
        hit = g.lex.verbs.match(s.low, k)
        if hit and not s.joined[k - 1] and not s.joined[k + hit[0] - 1]:
            return k if k > at + 1 else at
        k += 1
    return k if k > at + 1 and (k >= len(s) or s.word[k] in ",;.:()") else at


def relative_clause(g: Grammar, at: int) -> int:
    """Index after "nơi có mỏ khoáng sản ...": up to a sign or the verb of the order."""
    return _up_to_verb(g, at + 2, at + 14)


def _up_to_verb(g: Grammar, k: int, most: int) -> int:
    s = g.s
    while k < min(len(s), most) and s.word[k].isalnum():
        if s.low[k] in ("phải", "cần", "đã") or s.low[k : k + 2] == ["có", "trách"]:
            break
        if s.low[k] in AND and k + 1 < len(s) and s.caps[k + 1] and begins_body(g, k + 1):
            break  # the next of a list
        hit = g.lex.verbs.match(s.low, k)
        if hit and hit[1] == "weak" and s.low[k] == "có":
            break
        if (
            hit
            and hit[1] == "strong"
            and s.low[k - 2 : k] != ["công", "tác"]
            and not (s.low[k] in ("sử", "xây", "cơ", "làm") or s.joined[k - 1])
        ):
            break
        k += 1
    return k
