"""The grammar of bodies, offices and groups (domain rules 3.2 to 3.6): where a name begins and ends, and when a comma or "và" splits."""

from __future__ import annotations

from pipeline.extraction.lexicon import Head, Lexicon, Title
from pipeline.extraction.mentions import Unit, UnitList
from pipeline.extraction.syllables import Phrases, Syllables
from pipeline.records import Kind
from pipeline.resolution.places import named
from pipeline.text.folding import squeeze

_AND = ("và", "&")
_DASHES = ("-", "–", "—")
_COMPLEMENT_TAKERS = ("trực thuộc", "thuộc", "của", "trên địa bàn", "đóng trên địa bàn", "tham mưu", "giúp việc", "đóng chân trên địa bàn", "hoạt động trên địa bàn")
_OFFICE_OF_TWO = ("văn phòng", "đoàn", "ban cán sự")


class UnitParser:
    """Parses names over one stretch of syllables. Every method takes an index and gives a Unit with the index after it, or None."""

    def __init__(self, text: str, syllables: Syllables, lexicon: Lexicon, atoms: Phrases | None = None) -> None:
        self.text, self.s, self.lex, self.atoms = text, syllables, lexicon, atoms
        self.whole = False  # in a label's value or a heading a name runs to the next sign

    def list_at(self, i: int, loose: bool = False) -> UnitList | None:
        """Units from index i on, joined by "," ";" "và" "cùng". `loose`: bare class nouns count as the first unit too."""
        found: list[Unit] = []
        at = i
        while True:
            parsed = self.units_at(at, loose or bool(found))
            if not parsed:
                break
            units, after = parsed
            found += units
            resume = self._skip_parentheses(after)
            following = self._after_separator(resume)
            end = after
            if following is None or not self.units_at(following, True):
                return UnitList(tuple(found), self.s.to[end - 1], resume)
            at = following
        return None

    def units_at(self, i: int, loose: bool = False) -> tuple[list[Unit], int] | None:
        """The unit at index i ("các Sở: Nội vụ, Tài chính" is one) and the index after it."""
        if i >= len(self.s):
            return None
        several = self._elliptical(i)
        if several:
            return several
        for parse in (self.person, self.position, self.group, self.body):
            found = parse(i)
            if found:
                unit, after = found
                if unit.weak and not loose:
                    continue
                return [unit], after
        return None

    # -- offices and persons

    def person(self, i: int) -> tuple[Unit, int] | None:
        """"Ông Nguyễn Văn A", "đồng chí Trần B"; an office after "đồng chí" is left to `position`."""
        low = self.s.low
        if low[i] in ("các", "những") and low[i + 1 : i + 3] == ["đồng", "chí"]:
            office = self.position(i + 3) if i + 3 < len(self.s) else None
            return (self._unit(i, office[1], "position"), office[1]) if office else None
        n = 2 if low[i] == "đồng" and low[i + 1 : i + 2] == ["chí"] else 1 if low[i] in ("ông", "bà") and self.s.caps[i] else 0
        if low[i : i + 3] == ["đ", "/", "c"]:
            n = 3
        if not n:
            return None
        j = i + n
        office = self.position(j) if j < len(self.s) else None
        if office:
            return self._unit(i, office[1], "position"), office[1]
        k = j
        while k < len(self.s) and self.s.caps[k] and self.s.word[k].isalpha() and k - j < 6 and not self.s.word[k].isupper():
            k += 1
        if k - j < 2:
            return None
        after = k
        if k + 1 < len(self.s) and self.s.word[k] in (",", "-", "–"):
            office = self.position(k + 1)
            after = office[1] if office else k
        return self._unit(i, k, "position"), after

    def position(self, i: int) -> tuple[Unit, int] | None:
        """An office with its body, or alone where the office says enough."""
        hit = self.lex.titles.match(self.s.low, i)
        if not hit:
            return None
        n, title = hit
        assert isinstance(title, Title)
        if not self.s.caps[i] and not title.lower and not (i > 0 and self.s.low[i - 1] in ("chí", "các")):
            return None
        j = i + n
        if title.unit and title.name.lower().endswith(title.unit.lower()):
            inner = self.body(j - len(title.unit.split()), forced=True)
            if inner and inner[1] > j:
                return self._unit(i, inner[1], "group" if inner[0].kind == "group" else "position"), inner[1]
        following = self.group(j) or self.body(j)
        if following:
            unit, after = following
            if not unit.weak or title.name.lower() in ("thủ trưởng", "người đứng đầu", "lãnh đạo", "trưởng", "tập thể lãnh đạo", "bí thư", "chủ tịch", "giám đốc", "hiệu trưởng"):
                return self._unit(i, after, "group" if unit.kind == "group" else "position"), after
        level = self._level(j)
        if level > j and not title.alone:
            return self._unit(i, level, "position"), level
        if title.alone and self.s.caps[i]:
            after = self._level(j)
            return self._unit(i, after, "position"), after
        return None

    # -- groups

    def group(self, i: int) -> tuple[Unit, int] | None:
        """A run of class nouns under one determiner: "các sở, ban, ngành cấp tỉnh"; never cut inside (domain rule 3.3). Weak without determiner."""
        determiner = self.lex.determiners.match(self.s.low, i)
        j = i + (determiner[0] if determiner else 0)
        noun = self.lex.nouns.match(self.s.low, j)
        if not noun or (not determiner and self._is_body(j)):
            return None
        if not determiner and self.s.low[j : j + noun[0]] == ["tổ", "chức"]:
            return None  # the verb
        count, persons, restricted = 0, bool(noun[1]), False
        at = j
        while noun:
            count += 1
            at += noun[0]
            after = self._restrictors(at)
            restricted = restricted or after > at
            at = after
            following = self._after_separator(at, semicolon=False)
            if following is None:
                break
            noun = self.lex.nouns.match(self.s.low, following)
            if not noun or self._is_body(following):
                break
            if persons and not noun[1] or noun[1] and not persons and restricted:
                break
            at = following
        if determiner and not restricted and not persons:
            at = self._group_tail(at)
        if not determiner and count == 1 and not restricted:
            return self._unit(i, at, "group", weak=True, persons=persons), at
        return self._unit(i, at, "group", weak=not determiner, persons=persons), at

    def _group_tail(self, at: int) -> int:
        """"các cơ quan tố tụng phối hợp": up to three small syllables that narrow the class, if a verb of order or the end follows them."""
        k = at
        while k < len(self.s) and k - at < 4 and self.s.word[k].isalpha() and not self.s.caps[k]:
            hit = self.lex.verbs.match(self.s.low, k)
            if hit and not self.s.joined[k + hit[0] - 1]:
                return k if hit[1] == "strong" and not self.s.joined[k - 1] else at
            if self.s.low[k] in _AND:
                return at
            k += 1
        return at

    def _restrictors(self, i: int) -> int:
        """Index after words that narrow a class: "trực thuộc UBND tỉnh", "có liên quan", "huyện", a colon with places."""
        at = i
        while at < len(self.s):
            hit = self.lex.restrictors.match(self.s.low, at)
            level_phrase = self.lex.level_phrases.match(self.s.low, at)
            if hit:
                after = at + hit[0]
                if hit[1] == "có tên tại":
                    while after < len(self.s) and (self.s.low[after] in ("điều", "khoản", "mục", "danh", "sách") or self.s.word[after].isdigit()):
                        after += 1
                if hit[1] in _COMPLEMENT_TAKERS:
                    inner = (self.group(after) if self.lex.determiners.match(self.s.low, after) else None) or self.body(after)
                    level = self._level(after, alone=True)
                    bare = self.lex.heads.match(self.s.low, after)
                    if inner:
                        after = inner[1]
                    elif bare and self.s.caps[after]:
                        after += bare[0]  # "thuộc Bộ", "trực thuộc Chi cục"
                    else:
                        after = level
                elif hit[1] in ("tham mưu", "phối hợp", "chủ trì", "tham gia") and not (at + hit[0] < len(self.s) and self.s.low[at + hit[0]] in (",", ";", ".", "và")):
                    return at
                at = after
            elif self.s.low[at] == "nơi" and at > i - 1 and self.s.low[at + 1 : at + 2] in (["có"], ["đặt"], ["xảy"], ["đang"], ["thực"]):
                at = self._relative_clause(at)
            elif level_phrase:
                at += level_phrase[0]
            else:
                after = self._level(at)
                if after == at and self.lex.determiners.match(self.s.low, at) and self._territorial(at):
                    many = self.group(at)
                    after = many[1] if many else at
                if after == at and self.s.caps[at] and self.s.word[at].isalpha() and not self._is_body(at) and at > i - 1:
                    after = self._place(at)
                    if after > at:
                        after = self._place_list(at) or after
                if after == at and at > i and self.s.low[at] in ("và", "hoặc", ","):
                    joined = self.lex.restrictors.match(self.s.low, at + 1)
                    if joined and joined[1] not in _COMPLEMENT_TAKERS and not self.lex.nouns.match(self.s.low, at + 1):
                        after = at + 1 + joined[0]  # "công lập và ngoài công lập"
                if after == at:
                    break
                at = after
        if at < len(self.s) and self.s.word[at] == ":" and at + 1 < len(self.s) and self.s.caps[at + 1]:
            at = self._place_list(at + 1) or at
        return at

    def _relative_clause(self, at: int) -> int:
        """Index after "nơi có mỏ khoáng sản ...": up to a sign or the verb of the order."""
        k = at + 2
        while k < len(self.s) and k - at < 14 and self.s.word[k].isalnum():
            hit = self.lex.verbs.match(self.s.low, k)
            if hit and hit[1] == "strong" and not (self.s.low[k] in ("sử", "xây", "cơ", "làm") or self.s.joined[k - 1]):
                break
            k += 1
        return k

    def _place_list(self, i: int) -> int | None:
        """"Quỳnh Lưu, Diễn Châu và Nghi Lộc": index after the names if every one is a known place."""
        at = i
        listed = i > 0 and (self.s.word[i - 1] == ":" or self.s.low[i - 1] in ("xã", "phường", "huyện", "trấn"))
        while True:
            after = self._place(at)
            if after == at and listed:
                after = self._capitals(at)
            if after == at:
                return None
            following = self._after_separator(after, semicolon=False)
            if following is None or not self.s.caps[following] or self._is_body(following):
                return after
            if self._place(following) == following and not (listed and self._capitals(following) > following):
                return after
            at = following

    def _capitals(self, at: int) -> int:
        """Index after two or three words with a capital: a place that the gazetteer does not know, in a list of places."""
        k = at
        while k < len(self.s) and k - at < 3 and self.s.caps[k] and self.s.word[k].isalpha() and not self.s.word[k].isupper():
            k += 1
        return k if k - at >= 2 else at

    # -- bodies

    def body(self, i: int, forced: bool = False) -> tuple[Unit, int] | None:
        """One body by its name. `forced`: the head may be written small (after an office: "Trưởng ban Tiếp công dân")."""
        if i < 0 or i >= len(self.s):
            return None
        known = self.lex.national.match(self.s.low, i)
        hit = self.lex.heads.match(self.s.low, i)
        if known and self.s.caps[i] and (not hit or known[0] > hit[0]) and known[0] > 1:
            after = i + known[0]
            return self._unit(i, after, "organization"), after
        if not hit:
            return None
        if not (self.s.caps[i] or forced or self.lex.determiners.match(self.s.low, i + hit[0]) and self._territorial(i + hit[0]) and self.s.low[i] == "đảng"):
            return None
        n, head = hit
        assert isinstance(head, Head)
        j = i + n
        kind: Kind = "organization"
        if head.level or head.inner:
            group = self.group(j) if self.lex.determiners.match(self.s.low, j) else None
            if group and not group[0].persons:
                return self._unit(i, group[1], "group"), group[1]
            run = self._level_run(j)
            if run > j:
                return self._unit(i, run, "group"), run
        after = self._name(j, head)
        after = self._complement(i, after, head)
        grown = after > j
        if grown and self.s.low[after : after + 1] == ["số"] and after + 1 < len(self.s) and self.s.word[after + 1].isdigit():
            after += 2
        if grown and self.s.low[after : after + 2] == ["chi", "nhánh"]:
            after += 2  # "Ngân hàng Nhà nước chi nhánh tỉnh X"
        if (grown or head.bare) and self.lex.determiners.match(self.s.low, after):
            many = self.group(after)
            if many and self._territorial(after):
                return self._unit(i, many[1], "group"), many[1]
        level = self._level(after)
        phrase = self.lex.level_phrases.match(self.s.low, level) if head.level else None
        if phrase and level == after:
            level += phrase[0]
            if phrase[1] != "khu vực":
                kind = "group" if not grown else kind
            else:
                while level < len(self.s) and (self.s.caps[level] and self.s.word[level].isalpha() and not self._is_body(level) or self.s.word[level].isdigit()):
                    level += 1
        if head.place and self.s.caps[level : level + 1] == [True]:
            level = self._place(level)
        if not (head.bare or grown or level > after) and not self._stands_alone(i, after):
            return None
        atom = self.atoms.match(self.s.low, i) if self.atoms and kind == "organization" else None
        if atom and i + atom[0] > level and not self.s.joined[i + atom[0] - 1]:
            level = i + atom[0]  # the name as the document itself gives it elsewhere, whole
        return self._unit(i, level, kind), level

    def _stands_alone(self, i: int, after: int) -> bool:
        """"gửi về Chi cục", "báo cáo Bộ": a head noun alone with a capital, inside a sentence, with nothing of a name behind it."""
        if self.s.low[i] not in ("sở", "bộ", "chi", "cục", "tổng", "trung", "viện", "ban") or i == 0 or not self.s.word[i - 1].isalpha():
            return False
        return after >= len(self.s) or not self.s.word[after].isalpha() or self._stops(after) or self.s.low[after] in ("và", "trước", "để", "về")

    def _territorial(self, at: int) -> bool:
        """"các huyện, thị xã": do the class nouns after the determiner at `at` name levels, not bodies?"""
        determiner = self.lex.determiners.match(self.s.low, at)
        return bool(determiner and (self.lex.levels.match(self.s.low, at + determiner[0]) or self.s.low[at + determiner[0]] in ("thôn", "bản", "ấp", "khu", "tổ")))

    def _name(self, j: int, head: Head) -> int:
        """Index after the name proper: known sector names first, then words with a capital, then a small tail that ends in a level word."""
        at, known = j, False
        while at < len(self.s):
            sector = self.lex.sectors.match(self.s.low, at)
            linked = at > j and self.s.low[at - 1] in (*_AND, *_DASHES)
            if sector and (self.s.caps[at] or linked or self._lower_sector(at, sector[0])):
                at += sector[0]
                known = True
                while at < len(self.s) and self.s.joined[at - 1] and not self.s.caps[at] and not self._stops(at):
                    at += 1
            elif self.s.caps[at] and self.s.word[at][0].isalpha() and not (self._is_body(at) and (at > j or head.inner)) and not self.lex.titles.match(self.s.low, at):
                at += 1
                while at < len(self.s) and self.s.joined[at - 1] and not self.s.caps[at] and self.s.word[at].isalpha():
                    at += 1
            elif at > j and self._connects(at):
                at += 1
            else:
                break
        tail = self._small_tail(at)
        if tail is None and at > j and (not known or self.whole):
            tail = self._open_tail(at)
        return tail if tail else at

    def _open_tail(self, at: int) -> int | None:
        """The small end of a name that no list knows ("Cục Bảo trợ trẻ em chủ trì"): up to five syllables if a verb, a sign or the end closes them."""
        k = at
        while k < len(self.s) and k - at <= 5:
            numbered = self.s.low[k] == "số" and k + 1 < len(self.s) and self.s.word[k + 1].isdigit()
            if not self.s.word[k].isalpha() or self._stops(k) or self.s.low[k] in _AND or numbered:
                return k if k > at else None
            if self.s.low[k : k + 2] == ["việt", "nam"]:
                return k + 2
            if self.s.caps[k]:
                place = self._place(k)
                return place if place > k else k if self.whole and k > at else None
            k += 1
        return k if k == len(self.s) and k > at else None

    def _lower_sector(self, at: int, n: int) -> bool:
        """A sector written small right after the head ("Bộ phận tiếp nhận và trả kết quả") counts when the data file has it so."""
        phrase = " ".join(self.s.word[at : at + n])
        hit = self.lex.sectors.match(self.s.low, at)
        return bool(hit and str(hit[1])[0].islower()) or phrase in ("nhân dân", "xã hội", "quân sự", "thanh niên")

    def _connects(self, at: int) -> bool:
        """Does "và", "-" or "," at index `at` stand inside a name? Only before a capital that begins no body of its own."""
        after = at + 1
        if after >= len(self.s) or not self.s.caps[after] or not self.s.word[after][0].isalpha():
            return False
        if self.s.low[at] in _DASHES and not self.lex.titles.match(self.s.low, after):
            return True  # " - " never splits (domain rule 3.6.3)
        if self._is_body(after) or self.lex.titles.match(self.s.low, after):
            return False
        sign = self.s.low[at]
        if sign in _DASHES:
            return True
        if sign in _AND:
            return not named(self._capital_run(after))
        return sign == "," and self._enumerates(after)

    def _enumerates(self, at: int) -> bool:
        """"Văn hóa, Thông tin, Du lịch và Thể thao huyện": do words with capitals, none of them a body, run on to an "và" and one last of them?"""
        k = at
        while k < len(self.s) and k - at < 14:
            if not self.s.caps[k] or self._is_body(k) or self.lex.titles.match(self.s.low, k):
                return False
            while k < len(self.s) and self.s.word[k].isalpha() and self.s.low[k] not in _AND and (self.s.caps[k] or self.s.joined[k - 1]):
                k += 1
            if k >= len(self.s):
                return False
            if self.s.low[k] in _AND:
                return k + 1 < len(self.s) and self.s.caps[k + 1] and not self._is_body(k + 1) and not self.lex.titles.match(self.s.low, k + 1) and not named(self._capital_run(k + 1))
            if self.s.word[k] != ",":
                return False
            k += 1
        return False

    def _capital_run(self, at: int) -> str:
        words = []
        while at < len(self.s) and self.s.caps[at] and len(words) < 4:
            words.append(self.s.word[at])
            at += 1
        return " ".join(words)

    def _small_tail(self, at: int) -> int | None:
        """"... thủ tục hành chính tỉnh": up to six small syllables, no verb among them, if a level word closes them."""
        k = at
        while k < len(self.s) and k - at <= 6:
            if self._level(k) > k and k > at:
                return k
            if self.s.caps[k] or not self.s.word[k].isalpha() or self._stops(k) or self.s.low[k] in ("và", "của", "các"):
                return None
            k += 1
        return None

    def _stops(self, k: int) -> bool:
        hit = self.lex.verbs.match(self.s.low, k)
        return hit is not None and not self.s.joined[k + hit[0] - 1]  # "giao" in "giao thông" is no verb

    def _complement(self, i: int, after: int, head: Head) -> int:
        """The body that this one belongs to, standing right behind it: "Văn phòng HĐND và UBND huyện", "Ban Tổ chức Huyện ủy"."""
        if after >= len(self.s) or not self.s.caps[after] or not (head.inner or after > i + 1):
            return after
        inner = self.body(after)
        if not inner or inner[0].kind == "group":
            return after
        end = inner[1]
        first = self.s.low[i]
        office = " ".join(self.s.low[i : i + 2]) in _OFFICE_OF_TWO or first == "đoàn" or " ".join(self.s.low[i : i + 3]) == "ban cán sự"
        if office and end < len(self.s) and self.s.low[end] in _AND and self.s.low[end - 1] not in ("tỉnh", "huyện", "xã", "phường", "phố"):
            other = self.body(end + 1)
            if other and other[0].kind != "group" and self.s.low[end + 1] in ("ubnd", "hđnd", "ủy", "hội"):
                return other[1]
        return end

    def _level_run(self, j: int) -> int:
        """"UBND xã, phường": index after two or more level words in a row, or `j`."""
        at, count = j, 0
        while True:
            hit = self.lex.levels.match(self.s.low, at)
            if not hit:
                break
            count += 1
            at += hit[0]
            following = self._after_separator(at, semicolon=False)
            if following is None or not self.lex.levels.match(self.s.low, following) or self.s.caps[following]:
                break
            at = following
        if count < 2:
            return j
        return self._restrictors(at) if not self.s.caps[at : at + 1] == [True] else self._place(at)

    def _level(self, i: int, alone: bool = False) -> int:
        """Index after "(của) tỉnh", "huyện Ba Tơ", "TW"; `i` where there is none."""
        at = i + 1 if i < len(self.s) and self.s.low[i] == "của" and not alone else i
        hit = self.lex.levels.match(self.s.low, at)
        if not hit or (hit[1] == "cơ sở") or (self.s.caps[at] and self.s.low[at] not in ("trung", "tw", "thành", "thị")):
            return i
        after = at + hit[0]
        if after < len(self.s) and self.s.joined[after - 1]:
            return i  # "tỉnh táo", "xã hội"
        return self._place(after)

    def _place(self, at: int) -> int:
        """Index after a place name in capitals: the longest that the gazetteer knows, else nothing."""
        best = at
        for n in range(1, 6):
            if at + n > len(self.s) or not self.s.caps[at + n - 1] and self.s.word[at + n - 1] not in "-–":
                break
            if named(self.text[self.s.at[at] : self.s.to[at + n - 1]]):
                best = at + n
        if best == at and at and (self.s.low[at - 1] in ("tỉnh", "huyện", "xã", "phường", "quận", "khu", "trấn", "thôn") or self.s.word[at - 1] == ":" and at > 1 and self.s.low[at - 2] in ("xã", "phường", "huyện")):
            while best < len(self.s) and best - at < 3 and self.s.caps[best] and self.s.word[best].isalpha() and not self.s.word[best].isupper() and not self._is_body(best):
                best += 1
        return best

    # -- lists

    def _elliptical(self, i: int) -> tuple[list[Unit], int] | None:
        """"(Giám đốc) các Sở: Nội vụ, Tài chính; Tư pháp": one group as printed; its members share the head (domain rule 3.6.6)."""
        at = i
        title = self.lex.titles.match(self.s.low, at)
        if title:
            at += title[0]
        determiner = self.lex.determiners.match(self.s.low, at)
        at += determiner[0] if determiner else 0
        head = self.lex.heads.match(self.s.low, at)
        if not head or not (title or determiner):
            return None
        colon = at + head[0]
        if colon >= len(self.s):
            return None
        first = colon + 1 if self.s.word[colon] == ":" else colon
        if first == colon and not (determiner and self.s.caps[colon]):
            return None
        members, k, end = 0, first, first
        while True:
            sector = self.lex.sectors.match(self.s.low, k)
            if not sector or not self.s.caps[k] or self._is_body(k):
                break
            end = self._level(k + sector[0])
            members += 1
            following = self._after_separator(end)
            if following is None:
                break
            k = following
        return ([self._unit(i, end, "group")], end) if members >= 2 else None

    def _after_separator(self, at: int, semicolon: bool = True) -> int | None:
        """Index after "," ";" "và" "cùng (với)" ", và"; None if none stands at `at`."""
        if at >= len(self.s):
            return None
        low = self.s.low
        n = 0
        if low[at] in (",", "/") or (semicolon and low[at] == ";"):
            n = 1
        if at + n < len(self.s) and low[at + n] in _AND:
            n += 1
        elif at + n < len(self.s) and low[at + n] == "cùng":
            n += 2 if low[at + n + 1 : at + n + 2] == ["với"] else 1
        if not n or at + n >= len(self.s):
            return None
        return at + n

    def _skip_parentheses(self, at: int) -> int:
        if at < len(self.s) and self.s.word[at] == "(":
            for k in range(at + 1, min(at + 40, len(self.s))):
                if self.s.word[k] == ")":
                    return k + 1
        return at

    def _is_body(self, i: int) -> bool:
        """Does a body or office of its own begin here, with a capital?"""
        if not self.s.caps[i]:
            return False
        known = self.lex.national.match(self.s.low, i)
        if known and known[0] > 1:
            return True
        hit = self.lex.heads.match(self.s.low, i)
        if hit:
            j = i + hit[0]
            head = hit[1]
            assert isinstance(head, Head)
            if head.bare or j >= len(self.s):
                return True
            nxt = self.s.caps[j] or self.lex.levels.match(self.s.low, j) or self.lex.determiners.match(self.s.low, j) or self.lex.sectors.match(self.s.low, j)
            return bool(nxt)
        return False

    def _unit(self, i: int, end: int, kind: Kind, weak: bool = False, persons: bool = False) -> Unit:
        start, stop = self.s.at[i], self.s.to[end - 1]
        return Unit(start, stop, squeeze(self.text[start:stop]), kind, weak, persons)
