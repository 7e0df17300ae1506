"""One body by its name, with the body it belongs to and its level (domain rules 3.2, 3.4, 3.6)."""

from __future__ import annotations

import re

from pipeline.extraction.grammar.ground import AND, Grammar, after_separator, before_same, begins_body, begins_verb, make_unit
from pipeline.extraction.grammar.groups import after_restrictors
from pipeline.extraction.grammar.names import name_end
from pipeline.extraction.grammar.places import after_capitals, after_level, after_place, territorial
from pipeline.extraction.lexicon import Head
from pipeline.extraction.mentions import Unit
from pipeline.records import Kind


def body(g: Grammar, i: int, forced: bool = False) -> tuple[Unit, int] | None:
    """One body by its name. `forced`: the head may be written small (after an office: "Trưởng ban Tiếp công dân")."""
    s = g.s
    if i < 0 or i >= len(s):
        return None
    known = g.lex.national.match(s.low, i)
    hit = g.lex.heads.match(s.low, i)
    if known and s.caps[i] and (not hit or known[0] > hit[0]) and known[0] > 1:
        after = i + known[0]
        branch = _branches(g, after)
        if branch:
            return make_unit(g, i, branch, "group"), branch
        if s.low[after : after + 2] == ["chi", "nhánh"]:
            after = after_level(g, after + 2) if after_level(g, after + 2) > after + 2 else _of_region(g, after + 2)
        after = _of_region(g, after)  # "Ngân hàng Nhà nước Khu vực 8"
        return make_unit(g, i, after, "organization"), after
    if (
        s.caps[i]
        and s.low[i] in ("đoàn", "tổ", "đội")
        and s.low[i + 1 : i + 2] == ["số"]
        and s.word[i + 2 : i + 3]
        and s.word[i + 2].isdigit()
    ):
        return make_unit(g, i, i + 3, "organization"), i + 3  # "Đoàn số 1"
    code = g.atoms.match(s.low, i) if g.atoms and s.word[i].isupper() and not hit else None
    if code and code[1].isupper() and s.word[i : i + code[0]][0] == code[1][: len(s.word[i])]:
        return make_unit(g, i, i + code[0], "organization"), i + code[0]  # "PC04", "VEC": as the document calls it
    if not hit:
        return None
    if not (s.caps[i] or forced or (g.lex.determiners.match(s.low, i + hit[0]) and territorial(g, i + hit[0]) and s.low[i] == "đảng")):
        return None
    n, head = hit
    j = i + n
    if head.many:
        return make_unit(g, i, j, "group"), j  # "Y tế các Bộ, ngành"
    kind: Kind = "organization"
    if head.level or head.inner:
        group = g.group(j) if g.lex.determiners.match(s.low, j) else None
        if group and not group[0].persons:
            end = before_same(g, s.low[i:j], j, group[1])
            return make_unit(g, i, end, "group"), end
        if s.word[j : j + 1] and s.word[j].isdigit() and s.low[j + 1 : j + 2] in (["thôn"], ["bản"], ["ấp"], ["xóm"], ["buôn"]):
            return make_unit(g, i, j + 2, "group"), j + 2  # "Ban nhân dân 11 ấp"
        run = _level_run(g, j + 1) if s.word[j : j + 1] and s.word[j].isdigit() else _level_run(g, j)
        if run > j + 1:
            return make_unit(g, i, run, "group"), run
    after = name_end(g, j, head)
    run = next((run for k in (after, after - 1, after - 2) if k > j and (run := _level_run(g, k)) > after), 0)
    if run and head.level:
        return make_unit(g, i, run, "group"), run  # "Trạm Y tế xã, phường, đặc khu"
    small = s.low[j : j + 2] in (["đảng", "ủy"], ["đảng", "uỷ"], ["huyện", "ủy"])
    if (
        s.low[i:j] == ["ban", "chỉ", "đạo"]
        and s.low[j : j + 2] in (["thực", "hiện"], ["triển", "khai"])
        and s.caps[j + 2 : j + 3] == [True]
    ):
        named = _for_an_act(g, j + 2)
        if named:
            return make_unit(g, i, named, "organization"), named
    if head.inner and head.bare and after == j and (s.caps[j : j + 1] == [True] or small):
        classes = g.body(j, small)
        if classes and classes[0].kind == "group":
            return make_unit(g, i, classes[1], "group"), classes[1]  # "Ban Thường vụ Hội LHPN các huyện"
    after = _complement(g, i, after, head)
    grown = after > j
    if not grown and head.numbered and re.fullmatch(r"\d{1,4}[A-Z]?", "".join(s.word[j : j + 1])):
        after = after_place(g, j + 2) if s.word[j + 1 : j + 2] in (["-"], ["–"]) and s.caps[j + 2 : j + 3] == [True] else j + 1
        after = after if after > j + 2 else j + 1
        return make_unit(g, i, after, "organization"), after  # "Trung đoàn 148", "Ban Chỉ huy Phòng thủ khu vực 3 - Hàm Yên"
    if not grown and not head.bare and s.low[j : j + 1] == ["số"] and re.fullmatch(r"\d{1,2}", "".join(s.word[j + 1 : j + 2])):
        return make_unit(g, i, j + 2, "organization"), j + 2  # "Trại tạm giam số 1"
    if grown and s.low[after : after + 1] == ["số"] and after + 1 < len(s) and s.word[after + 1].isdigit():
        after += 2
    if s.low[after : after + 5] in (["và", "các", "khu", "công", "nghiệp"], ["và", "các", "khu", "kinh", "tế"]) and "khu" in s.low[i:after]:
        after = after_place(g, after + 5)  # "Ban Quản lý Khu kinh tế Nghi Sơn và các Khu công nghiệp"
    if not grown and after < len(s) and s.word[after].isdigit() and s.low[i : i + 3] == ["ban", "chỉ", "đạo"]:
        after, grown = after + 1, True  # "Ban Chỉ đạo 389 quốc gia": named for the act that set it up
    if grown and s.low[after : after + 2] == ["chi", "nhánh"]:
        after += 2  # "Ngân hàng Nhà nước chi nhánh tỉnh X"
    if (grown or head.bare) and g.lex.determiners.match(s.low, after):
        many = g.group(after)
        if many and territorial(g, after):
            return make_unit(g, i, many[1], "group"), many[1]
    level = after_level(g, after)
    phrase = g.lex.level_phrases.match(s.low, level) if head.level else None
    if phrase and level == after:
        level += phrase[0]
        if phrase[1] != "khu vực":
            kind = "group" if not grown else kind
        else:
            while level < len(s) and ((s.caps[level] and s.word[level].isalpha() and not begins_body(g, level)) or s.word[level].isdigit()):
                level += 1
            if s.word[level : level + 1] in (["-"], ["–"]) and s.word[level - 1].isdigit() and after_place(g, level + 1) > level + 1:
                level = after_place(g, level + 1)  # "Tòa án nhân dân khu vực 1 - Quảng Ngãi"
    if (
        s.low[i : i + 2] == ["bộ", "phận"]
        and s.low[level : level + 1] == ["của"]
        and s.low[level + 1 : level + 2] in (["phòng"], ["sở"], ["ban"])
    ):
        level += 2 * s.caps[level + 1]  # "Bộ phận Tổng hợp của Phòng"
    if head.place and s.caps[level : level + 1] == [True]:
        level = after_place(g, level)
    if s.low[i] in ("thuế", "chi", "kho", "hải", "văn"):
        level = _of_region(g, level)
    if g.whole and level == after and (grown or head.bare or (n > 1 and s.caps[i + 1])):
        level = _whole_name(g, level)
    if not (head.bare or grown or level > after) and not _stands_alone(g, i, after):
        return None
    if level > j and s.low[level : level + 1] == ["số"] and re.fullmatch(r"\d{1,2}", "".join(s.word[level + 1 : level + 2])):
        level += 2  # "Đội Thuế liên huyện số 5"
    if grown and s.low[level : level + 1] == ["vùng"]:  # "Chi cục Kiểm dịch thực vật vùng II", "... Đa khoa vùng Tây Nguyên"
        level = level + 1 if level + 1 >= len(s) or begins_body(g, level + 1) else after_capitals(g, level + 1)
    if (grown or level > after) and level < len(s) and re.fullmatch("I{1,3}|IV|VI{0,3}|IX|X", s.word[level]):
        level += 1  # "Trung tâm Kiểm dịch thực vật sau nhập khẩu II"
    atom = g.atoms.match(s.low, i) if g.atoms and kind == "organization" else None
    if atom and i + atom[0] > level and not s.joined[i + atom[0] - 1]:
        level = i + atom[0]  # the name as the document itself gives it elsewhere, whole
    return make_unit(g, i, level, kind), level


def _for_an_act(g: Grammar, at: int) -> int:
    """Index after "Quy chế dân chủ ở cơ sở tỉnh" in the name of a committee that carries it out: up to a level word, no sign between; 0
    where none closes it."""
    s = g.s
    for k in range(at + 2, min(at + 14, len(s))):
        if not s.word[k - 1].isalnum():
            return 0
        if g.lex.levels.match(s.low, k) and s.low[k] not in ("cơ", "thành") and not (k + 1 < len(s) and s.caps[k + 1]):
            return after_level(g, k)
    return 0


def _of_region(g: Grammar, at: int) -> int:
    """Index after "cơ sở 5", "khu vực VI", which number the branches of a body; also of the number alone where those words are read."""
    s = g.s
    for k in (at, at + 2):
        numbered = re.fullmatch(r"\d{1,2}|[IVX]{1,4}", "".join(s.word[k : k + 1]))
        if numbered and s.low[k - 2 : k] in (["cơ", "sở"], ["khu", "vực"]):
            return after_level(g, k + 1)
    return at


def _whole_name(g: Grammar, at: int) -> int:
    """In a heading or a label's value a name that no list knows to its end runs on to the next sign; `at` where a verb, "và" or a
    capital comes first."""
    s = g.s
    k = at
    while k < len(s) and s.word[k].isalpha() and not s.caps[k] and k - at < 7:
        hit = g.lex.verbs.match(s.low, k)
        if s.low[k] in AND or (hit and not s.joined[k + hit[0] - 1]):
            return at
        k += 1
    return k if k >= len(s) or s.word[k] in ",;.:(" else at


def _branches(g: Grammar, at: int) -> int:
    """As in "Ngân hàng Nhà nước chi nhánh các Khu vực": index after the branches of a national body, 0 where none stand at `at`."""
    s = g.s
    if s.low[at : at + 2] != ["chi", "nhánh"]:
        return 0
    many = g.lex.determiners.match(s.low, at + 2)
    if many and s.low[at + 2 + many[0] : at + 4 + many[0]] == ["khu", "vực"]:
        return at + 4 + many[0]
    group = g.group(at + 2) if many and territorial(g, at + 2) else None
    return group[1] if group else 0


def _stands_alone(g: Grammar, i: int, after: int) -> bool:
    """As in "gửi về Chi cục", "báo cáo Bộ": a head noun alone with a capital, inside a sentence, with nothing of a name behind it."""
    s = g.s
    if s.low[i] not in ("sở", "bộ", "chi", "cục", "tổng", "trung", "viện", "ban") or i == 0 or not s.word[i - 1].isalpha():
        return False
    return after >= len(s) or not s.word[after].isalpha() or begins_verb(g, after) or s.low[after] in ("và", "trước", "để", "về")


def _complement(g: Grammar, i: int, after: int, head: Head) -> int:
    """The body that this one belongs to, standing right behind it: "Văn phòng HĐND và UBND huyện", "Ban Tổ chức Huyện ủy"."""
    s = g.s
    if after >= len(s) or not s.caps[after] or not (head.inner or after > i + 1):
        return after
    inner = g.body(after)
    if not inner or inner[0].kind == "group":
        return after
    end = inner[1]
    first = s.low[i]
    office = s.low[i : i + 2] == ["văn", "phòng"] or first == "đoàn" or s.low[i : i + 3] == ["ban", "cán", "sự"]
    if office and end < len(s) and s.low[end] in AND and s.low[end - 1] not in ("tỉnh", "huyện", "xã", "phường", "phố"):
        other = g.body(end + 1)
        if other and other[0].kind != "group" and s.low[end + 1] in ("ubnd", "hđnd", "ủy", "hội"):
            return other[1]
    return end


def _level_run(g: Grammar, j: int) -> int:
    """As in "UBND xã, phường": index after two or more level words in a row, or one behind their number; `j` without."""
    s = g.s
    at, count = j, 0
    while True:
        hit = g.lex.levels.match(s.low, at)
        if not hit:
            break
        count += 1
        at += hit[0]
        following = after_separator(g, at, semicolon=False)
        if following is None or not g.lex.levels.match(s.low, following) or s.caps[following]:
            break
        at = following
    counted = s.word[j - 1].isdigit() and s.low[j - 2] in ("ubnd", "hđnd", "dân", "ủy")  # "UBND 12 xã"
    if count < 2 - counted:
        return j
    return after_restrictors(g, at) if s.caps[at : at + 1] != [True] else after_place(g, at)
