"""Which line belongs to which part of the page: header, title, addressees, preamble, body, closing, Nơi nhận, signature, appendix
(domain rule 1.1)."""

from __future__ import annotations

import re

from pipeline.layout.attachments import opens_attachment
from pipeline.layout.capitals import is_caps, type_of
from pipeline.layout.model import Line
from pipeline.layout.numbering import appendix_number
from pipeline.text.folding import bare

MOTTO = re.compile(
    r"cong\s*h\w{1,2}a xa h\w{1,2}i chu nghia viet nam|doc lap\s*[-~–—]?\s*tu do\s*[-~–—]?\s*h\wnh phuc|dang cong san viet nam"
)
_TO = re.compile(r"\s*(?:kinh gui|kinh chuyen)\s*(?:[:;.-]|$)")
_WIRE = re.compile(r"\s*(.{4,400}?)\s+điện\s*:\s*(.*)", re.S)
_RECIPIENTS = re.compile(r"\s*n\wi\s*nh\wn\s*[:;.]?\s*")
_AUTHORITY = re.compile(r"\s*(?:TM|T/M|KT|K/T|TL|T/L|TUQ|T/UQ|Q)(?:\.|\s|(?<=/\w)\s)\s*[A-ZĐÀ-Ỹ]{2}")
_SUBJECT = re.compile(r"\s*(?:v\s*/\s*v|về việc|vv)\s*[:.]?\s+", re.I)
_PREAMBLE = re.compile(
    r"\s*(?:căn cứ|thực hiện|để|nhằm|xét|theo|ngày \d|trên cơ sở|tiếp theo|qua|trong thời gian|thời gian qua"
    r"|tại |hiện nay|sau khi|ủy ban|ubnd|"
    r"hội đồng|ban |bộ |sở |văn phòng|chủ tịch|giám đốc|chi cục|phòng |đảng ủy|huyện ủy|tỉnh ủy|thành ủy|năm \d{4}|từ )",
    re.I,
)
SIGNER = re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ']*\s+){1,5}[A-ZĐÀ-Ỹ][a-zà-ỹđ']+$")
_NUMBER_LINE = re.compile(r"\s*số\s*[:.]?\s*[\dlOo]{0,6}[^\n]{0,3}[/\-–]|\s*số\s*:", re.I)


class Zoner:
    """Walks once over the lines and sets their zones. After `run`: `type`, `subject` lines, `recipient` and `signature` lines are known."""

    def __init__(self, text: str, lines: list[Line]) -> None:
        self.text, self.lines = text, lines
        self.type: str | None = None
        self.title_lines: list[Line] = []
        self.title_rest: str = ""
        self.letter = False
        self.body_start = 0

    def run(self) -> None:
        """Set `zone` on every line."""
        self._head()
        self._tail()

    def _words(self, line: Line) -> str:
        return self.text[line.start : line.end]

    def _head(self) -> None:
        found = None
        addressee = None
        for i, line in enumerate(self.lines[:45]):
            words = self._words(line)
            if addressee is None and _TO.match(bare(words)):
                addressee = i
                break
            if _WIRE.match(words) and self.type == "Công điện":
                addressee = i
                break
            if found is None and line.marker in ("", "bullet") and not MOTTO.search(bare(words)):
                kind = type_of(words)
                if kind:
                    found, (self.type, self.title_rest) = i, kind
                    if self.type != "Công điện":
                        addressee = self._addressee_after(i)
                        break
            if line.marker in ("roman", "article") and i > 3:
                break
        if found is not None:
            self._title(found)
        if addressee is not None and (found is None or addressee > found):
            self._letter(addressee, found)
        elif found is None:
            self._no_type()
        else:
            for line in self.lines[:found]:
                line.zone = "header"

    def _addressee_after(self, found: int) -> int | None:
        for i in range(found + 1, min(found + 8, len(self.lines))):
            if _TO.match(bare(self._words(self.lines[i]))):
                return i
        return None

    def _title(self, found: int) -> None:
        """Lines of the subject after the type line: up to the first blank line after something was read, or the first line of the
        preamble."""
        self.lines[found].zone = "title"
        self.body_start = found + 1
        if self.title_rest:
            self.title_lines = [self.lines[found]]
        for i in range(found + 1, min(found + 8, len(self.lines))):
            line = self.lines[i]
            words = self._words(line)
            if line.marker not in ("", "decimal") or _TO.match(bare(words)) or words.startswith("|"):
                break
            have = bool(self.title_lines)
            if not have and is_caps(words) and words.startswith("CỦA "):
                line.zone, self.body_start = "title", i + 1  # "KẾT LUẬN" / "CỦA BAN THƯỜNG VỤ TỈNH ỦY": who concludes, not on what
                continue
            if have and ((line.blank_before and not self._goes_on(i)) or self._closed(line)):
                break
            if have and len(words) > 160 and words.rstrip()[-1:] in ".:;":
                break  # a paragraph right below the subject
            if (not have and words.rstrip()[-1:] in ";:") or _NUMBER_LINE.match(words):
                break
            if have and is_caps(words) and not is_caps(self._words(self.title_lines[-1])):
                break
            self.title_lines.append(line)
            line.zone = "title"
            self.body_start = i + 1

    def _goes_on(self, index: int) -> bool:
        """Does the subject run over the blank line before line `index`? Only a short line that is no opening sentence."""
        line, words = self.lines[index], self._words(self.lines[index])
        before = self._words(self.lines[index - 1])
        if re.match(r"\s*\(?(?:Kèm theo|Ban hành kèm theo)", words):
            return False
        return (
            len(before) < 75
            and len(words) < 90
            and words.rstrip()[-1:] not in ".:;"
            and not _PREAMBLE.match(words)
            and line.blank_before <= 1
            and not is_caps(words)
        )

    def _closed(self, line: Line) -> bool:
        words = self._words(line)
        return (bool(_PREAMBLE.match(words)) and (len(words) > 110 or words.rstrip()[-1:] in ".;:")) or bool(
            re.match(r"\s*\((?:Kèm|Ban hành)", words)
        )

    def _letter(self, addressee: int, found: int | None) -> None:
        """A letter (or wire): V/v lines in the header are its subject, the lines after "Kính gửi" up to the first sentence its
        addressees."""
        self.letter = found is None or self.type == "Công điện"
        if self.type is None:
            self.type = "Công văn"
        first = self.lines[addressee]
        if not self.title_lines:
            self._subject(addressee)
        for line in self.lines[:addressee]:
            if line.zone == "body":
                line.zone = "header"
        first.zone = "addressees"
        self.body_start = addressee + 1
        listed = False
        for i in range(addressee + 1, min(addressee + 40, len(self.lines))):
            line = self.lines[i]
            words = self._words(line)
            if line.marker in ("bullet",) and len(words) < 250:
                listed = True
            elif (
                line.marker
                or len(words) > 140
                or (_PREAMBLE.match(words) and words.rstrip()[-1:] in ".:,")
                or (listed and line.blank_before)
                or (_PREAMBLE.match(words) and line.blank_before and not listed and not words.rstrip().endswith(";"))
                or (not listed and not self._words(self.lines[i - 1]).rstrip().endswith((";", ",", ":")))
            ):
                break
            line.zone = "addressees"
            self.body_start = i + 1

    def _subject(self, before: int) -> None:
        for i, line in enumerate(self.lines[:before]):
            words = self._words(line)
            if not _SUBJECT.match(words):
                continue
            self.title_lines = [line]
            line.zone = "title"
            for after in self.lines[i + 1 : before]:
                more = self._words(after)
                if (
                    after.blank_before
                    or is_caps(more)
                    or after.marker
                    or re.search(r", ngày|^\s*Số\s*:", more)
                    or len(self.title_lines) > 6
                ):
                    break
                self.title_lines.append(after)
                after.zone = "title"
            return

    def _no_type(self) -> None:
        """Neither type nor addressees: the header ends after its last short header line."""
        self._subject(min(12, len(self.lines)))
        start = 0
        for i, line in enumerate(self.lines[:12]):
            words = self._words(line)
            if (
                _NUMBER_LINE.match(words)
                or MOTTO.search(bare(words))
                or is_caps(words)
                or (re.search(r"ngày\s*\d{0,2}\s*tháng", words) and len(words) < 70)
                or line.zone == "title"
            ):
                start = i + 1
        for line in self.lines[:start]:
            if line.zone == "body":
                line.zone = "header"
        self.body_start = start

    def _tail(self) -> None:
        """Nơi nhận, signature and appendices. The body ends where the first of them begins."""
        lines = self.lines
        appendix = len(lines)
        signed = None
        for i in range(self.body_start, len(lines)):
            words = self._words(lines[i])
            if self._opens_recipients(words):
                signed = i if signed is None else signed
                self._recipients(i)
            elif _AUTHORITY.match(words) and len(words) < 120 and i > self.body_start + 1:
                signed = i if signed is None else signed
        ended = self._end_mark(signed)
        if (
            signed is not None
            and ended is not None
            and ended < signed
            and all(len(self._words(line)) < 90 and not line.marker for line in lines[ended:signed])
        ):
            signed = ended  # the signature stands above the list of recipients
        for i in range((signed if signed is not None else ended if ended is not None else len(lines)), len(lines)):
            below = [self._words(line) for line in lines[i : i + 7]]
            if lines[i].zone != "recipients" and (appendix_number(below[0]) or (i > (signed or 0) + 1 and opens_attachment(below))):
                appendix = self._own_header(i)
                break
        if signed is None:
            signed = ended if ended is not None else self._unsigned_tail()
        for line in lines[signed:appendix]:
            if line.zone == "body":
                line.zone = "signature"
        for line in lines[appendix:]:
            line.zone = "appendix"

    def _own_header(self, index: int) -> int:
        """First line of the header of the document that begins with its type at `index`: issuer, motto, number, place."""
        first = index
        for i in range(index - 1, max(index - 9, self.body_start), -1):
            words = self._words(self.lines[i])
            if _AUTHORITY.match(words) or SIGNER.fullmatch(words.strip()) or self.lines[i].zone == "recipients":
                break
            if MOTTO.search(bare(words)) or (first < index and is_caps(words)):
                first = i
        return first

    def _end_mark(self, signed: int | None) -> int | None:
        """Index of the line after the one that ends the document ("./."), when few lines follow."""
        for i in range(min(signed if signed is not None else len(self.lines), len(self.lines)) - 1, self.body_start, -1):
            if re.search(r"\./\s*\.?\W{0,4}$", self._words(self.lines[i])):
                return i + 1
        return None

    def _unsigned_tail(self) -> int:
        i = len(self.lines)
        while (
            i > self.body_start
            and len(self._words(self.lines[i - 1])) < 60
            and not self.lines[i - 1].marker
            and self._words(self.lines[i - 1]).rstrip()[-1:] not in ".;:,|"
        ):
            i -= 1
        return i if len(self.lines) - i <= 6 else len(self.lines)

    @staticmethod
    def _opens_recipients(words: str) -> bool:
        return len(words) < 260 and bool(_RECIPIENTS.match(bare(words))) and bare(words).lstrip()[:4] == "noi "

    def _recipients(self, index: int) -> None:
        """Mark the list after "Nơi nhận:" up to the signature."""
        self.lines[index].zone = "recipients"
        filed = False
        for i in range(index + 1, len(self.lines)):
            line, words = self.lines[i], self._words(self.lines[i])
            if line.marker == "bullet":
                filed = filed or bare(words[2:]).lstrip(" -").startswith("luu")
            elif _AUTHORITY.match(words) or (is_caps(words) and len(words) > 4) or SIGNER.match(words):
                continue  # the right-hand column, line by line beside the list
            elif (
                appendix_number(words)
                or self._opens_recipients(words)
                or filed
                or line.blank_before > 1
                or len(words) > 160
                or (line.blank_before and not words.rstrip().endswith((";", ".")))
            ):
                return
            line.zone = "recipients"
