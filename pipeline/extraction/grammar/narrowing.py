"""Clauses that narrow a class of bodies: "chưa gửi báo cáo", "có rừng", "được giao chủ trì", "vùng trọng điểm lúa" (domain rule 3.3)."""

from __future__ import annotations

import re

from pipeline.extraction.grammar.ground import AND, Grammar, after_separator, begins_body

_MEASURED = (("tỷ", "lệ"), ("tỉ", "lệ"), ("kết", "quả"), ("tiến", "độ"), ("khối", "lượng"))  # a verb behind them is what is measured
_MEASURING = ("dưới", "trên", "hơn", "đạt", "từ", "đến")
_GRADE = re.compile(r"đặc biệt|[1-4]|i{1,3}|iv|[a-d]")


def having(g: Grammar, at: int) -> int:
    """As in "các xã, phường có rừng (tổ chức ...)": index after what the class has, up to three small syllables before the verb of the
    order or a sign; `at` where "có" opens the predicate ("có trách nhiệm", "có văn bản")."""
    s = g.s
    opens = g.lex.verbs.match(s.low, at)
    if opens and opens[1] != "not":
        return at
    k = at + 1
    if has_means(g, at) and not g.whole:
        return at
    held = g.lex.verbs.match(s.low, k)
    held = held if g.whole or (held and held[1] == "strong") else None
    k += held[0] if held else 0  # "các trường có tổ chức ăn bán trú"
    first = k
    while (
        k < len(s)
        and k - at < (18 if held else 12)
        and not s.caps[k]
        and (s.word[k].isalpha() or s.word[k] == "%" or s.low[k - 1] in _MEASURING)
    ):
        told_of = tuple(s.low[k - 2 : k]) in _MEASURED or s.low[k - 1 : k + 1] == ["đi", "qua"]  # "có tỷ lệ giải ngân dưới 20%"
        counted = s.low[k] in _MEASURING and "".join(s.word[k + 1 : k + 2]).isdigit()
        told_of = told_of or counted or s.low[k - 1] == "trở"  # "từ 100 người trở lên"
        hit = None if s.joined[k - 1] or told_of else g.lex.verbs.match(s.low, k)
        if hit and not s.joined[k + hit[0] - 1] and not (held and hit[1] == "not" and s.low[k] in ("tại", "trên", "của", "ở")):
            return (
                k
                if hit[1] == "strong" and k > first and (s.low[k] not in ("tăng", "giảm") or (k + 1 < len(s) and s.word[k + 1].isalpha()))
                else at
            )
        k += 1
    if k > first and k + 1 < len(s) and s.word[k] == "," and begins_body(g, k + 1):
        return k  # "Các xã có đường biên giới, Công an tỉnh tăng cường ...": the next of a list
    return k if g.whole and k > at + 1 and (k >= len(s) or s.word[k] in ",;.:(") else at


def has_means(g: Grammar, at: int) -> bool:
    """As in "có phương án bảo đảm ...", "có kế hoạch cụ thể ...": to have that is what is ordered, unless the rest tells what those that
    have it are given ("có phương án khả thi được hỗ trợ")."""
    means = g.lex.means.match(g.s.low, at + 1) if g.s.low[at : at + 1] == ["có"] else None
    if not means:
        return False
    rest = g.s.low[at + 1 + means[0] : at + 25]
    rest = rest[: next((n for n, w in enumerate(rest) if w in (";", ".")), len(rest))]
    return bool(rest) and not any(w in ("được", "đã", "phải", "cần") for w in rest)


def incident(g: Grammar, at: int) -> int:
    """Index after "để xảy ra sự cố", "xảy ra dịch bệnh", "vi phạm quy định", which says which of a class: up to a sign or the verb of the
    order; `at` where no such words stand there or nothing is ordered behind them."""
    hit = g.lex.incidents.match(g.s.low, at)
    if not hit:
        return at
    end = up_to_verb(g, at + hit[0], at + 16)
    return end if end < len(g.s) and g.s.word[end] != "." else at


def rank(g: Grammar, at: int) -> int:
    """Index after "hạng đặc biệt, hạng I", "khu vực I, II và III", "loại 2", which rank a class; `at` where no rank stands there."""
    s, end, k = g.s, at, at
    while k < len(s):
        first = k
        ranked = g.lex.ranks.match(s.low, k)
        k += ranked[0] if ranked else 0
        if ranked is None and end == at:
            return at
        grade = next((n for n in (2, 1) if k + n <= len(s) and _GRADE.fullmatch(" ".join(s.low[k : k + n]))), 0)
        if not grade or (grade == 1 and s.word[k].isalpha() and not s.word[k].isupper()) or (not ranked and s.low[k] in "abcd"):
            return end
        end = k + grade
        following = after_separator(g, end, semicolon=False)
        if following is None or following == first:
            return end
        k = following
    return end


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
    end = up_to_verb(g, max(k, at + 2), at + 30)
    if end >= len(s):
        return end if g.whole else at
    return end if s.word[end] != "." else at  # a finding: nobody is told to do anything


def half_done(g: Grammar, at: int) -> int:
    """Index after "đã gửi báo cáo nhưng còn thiếu phụ lục", which says which of a class: up to a sign or the verb of the order; `at` where
    no such clause stands there or nothing is ordered behind it."""
    s = g.s
    but = next((k for k in range(at + 2, min(at + 12, len(s) - 2)) if s.low[k] == "nhưng"), 0)
    if s.low[at : at + 1] != ["đã"] or not but or not all(w.isalpha() for w in s.word[at:but]):
        return at
    held = s.low[but + 1] in ("còn", "chưa", "vẫn", "không", "phải")
    first = but + 1 + held
    hit = g.lex.verbs.match(s.low, first)
    end = up_to_verb(g, first + (hit[0] if hit else 1), at + 30)
    if not held or end >= len(s) or s.word[end] == ".":
        return end if held and g.whole else at
    return end


def entrusted(g: Grammar, at: int) -> int:
    """Index after "được giao chủ trì soạn thảo văn bản", which says which of a class: up to a sign or the verb of the order."""
    s = g.s
    k = at + 2 + (s.low[at + 1] == "phân")
    if not g.lex.verbs.match(s.low, k):
        return at
    for _ in range(2):
        hit = g.lex.verbs.match(s.low, k)
        k += hit[0] if hit and s.low[k] != "có" else 0
    end = up_to_verb(g, k, at + 18)
    if g.whole:
        return end
    if end < len(s) and s.low[end - 1] in ("cuộc", "buổi", "đợt", "phiên", "kỳ", "và", "cùng"):
        return at  # no verb of its own: "được giao phổ biến ... tại cuộc họp", "được giao rà soát ... và tổ chức ..."
    return at if end >= len(s) or s.word[end] == "." else end  # nothing else is ordered: "được giao phổ biến Kế hoạch này."


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
    return up_to_verb(g, at + 2, at + 14)


def up_to_verb(g: Grammar, k: int, most: int) -> int:
    """Index of the verb of the order or the sign that ends a clause going on at `k`; `most` where neither comes."""
    s = g.s
    while k < min(len(s), most) and (s.word[k].isalnum() or in_number(g, k)):
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
            and not (s.low[k] in ("sử", "xây", "cơ", "làm") or s.joined[k - 1] or s.joined[k + hit[0] - 1])
        ):
            break
        k += 1
    return k


def in_number(g: Grammar, k: int) -> bool:
    """Is the sign at `k` one inside the number of a document ("41-KL/TU"), with no space around it?"""
    s = g.s
    return s.word[k] in "-/" and k + 1 < len(s) and s.to[k - 1] == s.at[k] and s.to[k] == s.at[k + 1]
