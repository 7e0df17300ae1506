"""The name proper behind the first words of a body: sectors, words with capitals, and a small end (domain rules 3.2, 3.6)."""

from __future__ import annotations

from pipeline.extraction.grammar.ground import AND, DASHES, Grammar, begins_body, begins_verb
from pipeline.extraction.grammar.places import after_level, after_place, capital_run
from pipeline.extraction.lexicon import Head
from pipeline.names.places import named


def name_end(g: Grammar, j: int, head: Head) -> int:
    """Index after the name proper: known sector names first, then words with a capital, then a small tail that ends in a level word."""
    s = g.s
    at, known = j, False
    while at < len(s):
        sector = g.lex.sectors.match(s.low, at)
        linked = at > j and s.low[at - 1] in (*AND, *DASHES)
        if sector and (s.caps[at] or linked or _lower_sector(g, at, sector[0]) or (known and _last_sector(g, at, sector[0]))):
            at += sector[0]
            known = True
            while at < len(s) and s.joined[at - 1] and not s.caps[at] and not begins_verb(g, at):
                at += 1
        elif (
            s.caps[at]
            and s.word[at][0].isalpha()
            and not (begins_body(g, at) and (at > j or head.inner))
            and not g.lex.titles.match(s.low, at)
        ):
            at += 1
            while at < len(s) and s.joined[at - 1] and not s.caps[at] and s.word[at].isalpha():
                at += 1
        elif at > j and _connects(g, at):
            at += 1
        elif at > j and _second_field(g, at):
            at = _second_field(g, at)
        elif at > j and known and _small_sector(g, at):
            at = _small_sector(g, at)
        elif at == j and head.inner and s.word[at] in DASHES and _connects(g, at) and not begins_body(g, at + 1):
            at += 1  # "Ban Tuyên giáo - Chính sách luật pháp", whose first words are the head of a shorter name
        else:
            break
    tail = _small_tail(g, at)
    if tail is None and at > j and (not known or g.whole) and not _closed(g, j, at):
        tail = _open_tail(g, at)
    return tail if tail else at


def _closed(g: Grammar, j: int, at: int) -> bool:
    """Does a level word follow at `at`, or a known place end there? Then the name is complete
    ("Bệnh viện Đa khoa tỉnh", "Báo Bắc Giang")."""
    s = g.s
    return after_level(g, at) > at or any(named(" ".join(s.word[k:at])) for k in range(max(j, at - 4), at))


def _open_tail(g: Grammar, at: int) -> int | None:
    """The small end of a name that no list knows ("Cục Bảo trợ trẻ em chủ trì"): up to five syllables if a verb, a sign or
    the end closes them."""
    s = g.s
    k = at
    while k < len(s) and k - at <= 5:
        numbered = s.low[k] == "số" and k + 1 < len(s) and s.word[k + 1].isdigit()
        if s.word[k].isdigit() and s.low[k - 2 : k] == ["khu", "vực"]:
            return None  # "Tòa án nhân dân khu vực 1": the region is read after the name
        if not s.word[k].isalpha() or begins_verb(g, k) or s.low[k] in AND or numbered:
            return k if k > at else None
        if s.low[k : k + 2] == ["việt", "nam"]:
            return k + 2
        if s.caps[k] and k > at and s.low[k - 1] == "vùng":
            return k - 1  # the region is read after the name
        if s.caps[k]:
            place = after_place(g, k)
            return place if place > k else k if g.whole and k > at else None
        k += 1
    return k if k == len(s) and k > at else None


def _second_field(g: Grammar, at: int) -> int:
    """Index after "- hành chính" in "Vụ Pháp luật hình sự - hành chính": two or three small syllables behind a dash and a small one, up to
    a sign, a verb or the end, that begin no class of bodies and no office; else 0. A dash never splits a name (domain rule 3.6.3)."""
    s = g.s
    if s.word[at] not in DASHES or s.caps[at - 1] or s.word[at - 1][-1].isdigit():
        return 0
    k = end = at + 1
    while end < len(s) and end - k < 4 and s.word[end].isalpha() and not s.caps[end] and not begins_verb(g, end) and s.low[end] not in AND:
        end += 1
    closed = end >= len(s) or s.word[end] in ",;.:|" or begins_verb(g, end) or s.low[end] in AND
    named = 2 <= end - k <= 3 and closed and not (g.lex.nouns.match(s.low, k) or g.lex.titles.match(s.low, k))
    return end if named else 0


def _small_tail(g: Grammar, at: int) -> int | None:
    """As in "... thủ tục hành chính tỉnh": up to six small syllables, no verb among them, if a level word closes them."""
    s = g.s
    k = at
    while k < len(s) and k - at <= 6:
        if after_level(g, k) > k and k > at:
            return k
        if s.low[k] == "của" and k > at and after_level(g, k + 1) > k + 1:
            return after_level(g, k + 1)  # "Tổ công tác giải phóng mặt bằng của tỉnh"
        if k > at and s.low[k : k + 2] == ["quốc", "gia"]:
            return k + 2  # "Trung tâm Thông tin y tế Quốc gia"
        if s.caps[k] or not s.word[k].isalpha() or begins_verb(g, k) or s.low[k] in ("và", "của", "các"):
            return None
        k += 1
    return None


def _small_sector(g: Grammar, at: int) -> int:
    """Index after ", viễn thông" in "Phòng Bưu chính, viễn thông": a field written small behind a comma, up to a sign or a verb; else 0."""
    s = g.s
    if s.word[at] != "," or at + 1 >= len(s) or s.caps[at + 1] or begins_verb(g, at + 1) or g.lex.nouns.match(s.low, at + 1):
        return 0
    sector = g.lex.sectors.match(s.low, at + 1)
    after = at + 1 + sector[0] if sector else 0
    return after if sector and (after >= len(s) or not s.word[after].isalpha() or begins_verb(g, after)) else 0


def _last_sector(g: Grammar, at: int, n: int) -> bool:
    """Does a sector written small end the name, the verb of the order right behind it: "Thống kê nông nghiệp tuyên truyền ..."?"""
    return at + n < len(g.s) and not begins_verb(g, at) and begins_verb(g, at + n) and not g.s.joined[at + n - 1]


def _lower_sector(g: Grammar, at: int, n: int) -> bool:
    """A sector written small right after the head ("Bộ phận tiếp nhận và trả kết quả") counts when the data file has it so."""
    s = g.s
    phrase = " ".join(s.word[at : at + n])
    hit = g.lex.sectors.match(s.low, at)
    return bool(hit and hit[1][0].islower()) or phrase in ("nhân dân", "xã hội", "quân sự", "thanh niên")


def _connects(g: Grammar, at: int) -> bool:
    """Does "và", "-" or "," at index `at` stand inside a name? Only before a capital that begins no body of its own."""
    s = g.s
    after = at + 1
    if after >= len(s) or not s.caps[after] or not s.word[after][0].isalpha():
        return False
    if s.low[at] in DASHES and not g.lex.titles.match(s.low, after):
        return True  # " - " never splits (domain rule 3.6.3)
    if begins_body(g, after) or g.lex.titles.match(s.low, after):
        return False
    if "số" in s.low[after + 1 : after + 4] and s.low[at] in (*AND, ","):
        number = s.low.index("số", after + 1)
        if number + 1 < len(s) and s.word[number + 1][0].isdigit():
            return False  # "Sở Nội vụ và Nghị quyết số 09": the next document, no part of the name
    sign = s.low[at]
    if sign in DASHES:
        return True
    if sign in AND:
        return not named(capital_run(g, after))
    return sign == "," and _enumerates(g, after)


def _enumerates(g: Grammar, at: int) -> bool:
    """Do words with capitals, none of them a body, run on to an "và" and one last of them:
    "Văn hóa, Thông tin, Du lịch và Thể thao huyện"?"""
    s = g.s
    k = at
    while k < len(s) and k - at < 14:
        if not s.caps[k] or begins_body(g, k) or g.lex.titles.match(s.low, k):
            return False
        while k < len(s) and s.word[k].isalpha() and s.low[k] not in AND and (s.caps[k] or s.joined[k - 1]):
            k += 1
        if k >= len(s):
            return False
        if s.low[k] in AND:
            return (
                k + 1 < len(s)
                and s.caps[k + 1]
                and not begins_body(g, k + 1)
                and not g.lex.titles.match(s.low, k + 1)
                and not named(capital_run(g, k + 1))
            )
        if s.word[k] != ",":
            return False
        k += 1
    return False
