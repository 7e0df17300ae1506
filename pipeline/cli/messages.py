"""What `audit` found, said in Vietnamese.

Messages are stored and given to other programs in English, one form for each code. A screen in Vietnamese takes the values out of that
form and puts them into a sentence; a message of another form is shown as it is.
"""

from __future__ import annotations

import re

from pipeline.cli.labels import Labels
from pipeline.cli.output import plain, show_date

_NUMBER, _DAY = r"(?P<number>.+?)", r"(?P<day>\d{4}(?:-\d\d){0,2})"
_CORRECTION = r"(?P<action>\w+) (?P<kind>\w+) (?P<changes>\{.*\}): its "
_UNDO = r"vanban correct --undo (?P<id>\d+) takes it back"

# Code, the English message, the Vietnamese one. Groups that are dates, kinds or actions are put into words too.
_FORMS: tuple[tuple[str, str, str], ...] = (
    ("number-missing", "the document has no number", "Văn bản không có số."),
    ("number-blank", f"the number is blank: {_NUMBER}", "Số để trống: {number}"),
    ("blank-number", "the number is blank, a draft", "Số để trống (bản dự thảo)."),
    ("blank-number", "no number was found", "Không tìm thấy số."),
    ("number-mended", f"a lost stroke was put back in {_NUMBER}", "Đã thêm lại nét bị mất trong {number}."),
    ("number-doubtful", "(?P<quote>“.*”) was read from the image with doubt", "{quote}: chữ số đọc từ ảnh chưa chắc chắn."),
    ("date-missing", "the document has no date of issue", "Văn bản không ghi ngày ban hành."),
    ("date-blank", f"the day of issue is blank: {_DAY}", "Ngày ban hành để trống: …/{day}"),
    ("date-impossible", f"the date given for {_NUMBER} cannot be", "Ngày ghi cho {number} không thể có."),
    ("issuer-missing", "the issuer is not named in header, signature or text",
     "Phần đầu, phần ký và nội dung đều không ghi cơ quan ban hành."),
    ("issuer-unsure", f"the issuer is known only from the number: {_NUMBER}", "Chỉ suy ra từ số, ký hiệu: {number}"),
    ("signer-position-unsure", "the position is not legible, but KT. is signed by the deputy: (?P<position>.+)",
     "Không đọc được chức vụ người ký; ký thay (KT.) là cấp phó: {position}"),
    ("citation-date-conflict", f"{_NUMBER} is dated (?P<days>.+) in this document; here without a date",
     "Văn bản này ghi {number} với các ngày {days}; ở đây không ghi ngày."),
    ("citation-date-conflict", f"{_NUMBER} is dated (?P<days>.+) in this document; here {_DAY}",
     "Văn bản này ghi {number} với các ngày {days}; ở đây là {day}."),
    ("citation-undated", f"{_NUMBER} is cited without a date", "Viện dẫn {number} mà không ghi ngày."),
    ("citation-after-issue", f"{_NUMBER} is dated {_DAY}, after this document \\((?P<issued>[\\d-]+)\\)",
     "{number} ghi ngày {day}, sau ngày ban hành văn bản này ({issued})."),
    ("name-variant", "one law under several names: (?P<names>.+)", "Cùng một luật, các tên gọi: {names}"),
    ("section-missing", "(?P<quote>“.*”): there is no section (?P<section>.+)", "{quote}: không có mục {section}."),
    ("section-doubtful", "(?P<quote>“.*”): section (?P<section>.+) assigns nothing", "{quote}: mục {section} không giao việc gì."),
    ("appendix-missing", "(?P<quote>“.*”), but the text has no appendix", "{quote}, nhưng văn bản không có phụ lục."),
    ("numbering-gap", r"after (?P<before>\S+) comes (?P<after>\S+)", "Sau mục {before} là mục {after}."),
    ("not-in-base", r"mentions: (?P<mentions>\d+), documents: (?P<documents>\d+)", "{mentions} lần viện dẫn trong {documents} văn bản"),
    ("no-unit", r"(?P<kind>task|report): (?P<what>.*): says not who", "{kind}: {what}"),
    ("no-date", r"(?P<kind>task|report): (?P<what>.*): says not by when", "{kind}: {what}"),
    ("least-certain", r"(?P<kind>\w+)s: confidence (?P<sure>[\d.]+)", "{kind}: độ tin cậy {sure}"),
    ("unmatched", _CORRECTION + f"fact is not extracted any more; what it says stays in the answers; {_UNDO}",
     "{action} {kind} {changes}: mục tin này nay không còn được đọc ra, nội dung sửa vẫn có trong trả lời. Bỏ: vanban correct --undo {id}"),
    ("unmatched", _CORRECTION + f"fact is not extracted any more; {_UNDO}",
     "{action} {kind} {changes}: mục tin này nay không còn được đọc ra. Bỏ: vanban correct --undo {id}"),
    ("unmatched", _CORRECTION + r"document \(sha256 (?P<hash>\w+)\) is not in the base; " + _UNDO,
     "{action} {kind} {changes}: văn bản (sha256 {hash}) không có trong cơ sở dữ liệu. Bỏ: vanban correct --undo {id}"),
)  # fmt: skip

REASONS = {
    "bad-edxml": "gói edXML hỏng",
    "bad-image": "ảnh hỏng",
    "bad-name": "tên tệp không phải UTF-8",
    "bad-zip": "tệp nén hỏng",
    "binary": "không phải văn bản",
    "bomb": "giải nén ra quá lớn, không an toàn",
    "empty": "tệp rỗng",
    "encrypted": "có mật khẩu",
    "image-too-large": "ảnh quá lớn",
    "internal-error": "lỗi chương trình khi đọc",
    "missing": "không có tệp này",
    "no-attachment": "gói edXML không có văn bản",
    "no-documents": "tệp nén không có văn bản",
    "no-libreoffice": "cần LibreOffice để đọc",
    "no-pages": "PDF không có trang",
    "no-permission": "không có quyền đọc",
    "no-tesseract": "cần Tesseract để đọc",
    "no-vie": "Tesseract thiếu dữ liệu tiếng Việt",
    "not-storable": "không lưu được",
    "ocr-crash": "Tesseract dừng đột ngột",
    "ocr-failed": "Tesseract không đọc được",
    "ocr-timeout": "đọc trang quá lâu",
    "path": "đường dẫn trong tệp nén không an toàn",
    "secret": "có dấu chỉ độ mật; xử lý theo quy định bảo vệ bí mật nhà nước",
    "several-documents": "chứa nhiều văn bản",
    "temporary-full": "hết chỗ trong thư mục tạm",
    "timeout": "đọc quá lâu",
    "too-large": "tệp quá lớn",
    "too-many-pages": "quá nhiều trang",
    "truncated": "tệp hỏng hoặc thiếu phần cuối",
    "unknown-kind": "loại tệp không đọc được",
    "unreadable": "không đọc được",
    "zip-nested": "tệp nén lồng quá nhiều lớp",
    "zip-too-many": "tệp nén có quá nhiều tệp",
}
_ASIDE = re.compile(r"(?P<reason>[\w-]+) \((?P<at>[^)]*)\)(?:: .*)?", re.DOTALL)
_ISO_DAY = re.compile(r"\b(\d{4})-(\d\d)(?:-(\d\d))?\b(?!-)")
_MENTIONS = re.compile(r"\((\d+)\)(?=;|$)")


def message_shown(code: str, message: str, labels: Labels) -> str:
    """The message of an issue in the language of the tables: in Vietnamese as a sentence of its own, in English as it is stored."""
    if labels.lang == "en":
        return plain(message)
    for form, pattern, said in _FORMS:
        found = re.fullmatch(pattern, message, re.DOTALL) if form == code else None
        if found:
            return plain(said.format(**{name: _value(name, value, labels) for name, value in found.groupdict().items()}))
    aside = _ASIDE.fullmatch(message) if code == "set-aside" else None
    if aside:
        return f"{REASONS.get(aside['reason'], aside['reason'])} ({moment_shown(aside['at'])})"
    if code in ("date-conflict", "issuer-conflict"):
        message = _MENTIONS.sub(lambda m: f"({labels('times', n=m[1])})", message)
    return plain(days_shown(message))


def days_shown(text: str) -> str:
    """`text` with its ISO dates as an office writes them."""
    return _ISO_DAY.sub(lambda m: show_date(m[0]), text)


def moment_shown(iso: str) -> str:
    """An ISO date and time to the minute, day first: "2025-11-21T08:45:33" is "21/11/2025 08:45"."""
    day, _, time = iso.replace(" ", "T").partition("T")
    return f"{show_date(day)} {time[:5]}".rstrip()


def _value(name: str, value: str, labels: Labels) -> str:
    if name in ("day", "issued"):
        return show_date(value)
    if name == "days":
        return days_shown(value).replace(" and ", labels("and"))
    if name == "kind":
        return labels("header" if value == "document" else value)
    if name == "action":
        return labels(f"action_{value}")
    if name == "changes":
        return changes_shown(value, labels)
    return f"{float(value):.0%}" if name == "sure" else value


def changes_shown(changes: str, labels: Labels) -> str:
    """The values of a correction, stored as JSON, as "vai trò: chủ trì"."""
    import json

    try:
        values = json.loads(changes)
    except ValueError:
        return changes
    return "; ".join(field_shown(name, _text(value), labels) for name, value in values.items())


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def field_shown(name: str, value: str, labels: Labels) -> str:
    """A field of a fact and its value, in words: "vai trò: chủ trì", "lặp lại: ngày 14 hằng tháng", "hạn cuối: 28/05/2025"."""
    if name == "recurrence" and value:
        from pipeline.cli.rhythm import rhythm

        value = rhythm(value, labels)
    elif name in ("role", "relation"):
        value = labels(value)
    elif name in ("kind", "system", "relative_unit", "draft", "continuous"):
        value = labels(f"value_{value}") if labels.knows(f"value_{value}") else value
    elif name in ("earliest", "latest", "issued_on"):
        value = show_date(value)
    return f"{labels(f'field_{name}') if labels.knows(f'field_{name}') else name}: {plain(value)}"


_FIELD = re.compile(r"(?:^|; )(?P<name>[a-z_]+)=")


def fields_shown(typed: str, labels: Labels) -> str:
    """Values written as "role=leads; unit=Sở Nội vụ", in words. What is not written so is shown as it is."""
    marks = [m for m in _FIELD.finditer(typed) if labels.knows(f"field_{m['name']}")]
    if not marks or marks[0].start():
        return plain(typed)
    ends = [m.start() for m in marks[1:]] + [len(typed)]
    return "; ".join(field_shown(m["name"], typed[m.end() : end], labels) for m, end in zip(marks, ends, strict=True))
