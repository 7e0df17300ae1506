"""The pinpoint before a mention: "điểm b, khoản 2, Điều 6" (domain rule 2.4)."""

from __future__ import annotations

import re

from pipeline.text.folding import squeeze

_PIN = (
    r"(?:(?:[Đđ]iểm|[Tt]iết|[Gg]ạch đầu dòng)\s+(?:thứ\s+)?[a-zđ\d](?:\.\d)?(?![^\W\d_])"
    r"(?:(?:\s*,\s*|\s+và\s+)(?:điểm\s+)?[a-zđ](?![^\W\d_]))*"
    r"|(?:[Kk]hoản|[Mm]ục|[Tt]iểu mục|MỤC|[Pp]hần|[Cc]hương)\s+(?:thứ\s+)?"
    r"(?:\d{1,3}(?:\.\d+)*|[IVX]+(?:\.\d+)*)(?:(?:\s*,\s*|\s+và\s+)(?:khoản\s+|mục\s+)?\d{1,3}(?![\d/]))*"
    r"|(?:các\s+)?Điều\s+\d{1,3}[a-zđ]?(?:(?:\s*,\s*|\s+và\s+)(?:Điều\s+)?\d{1,3}[a-zđ]?(?![\d/]))*"
    r"|Phụ lục\s*(?:số\s*)?(?:[IVX]+|\d+)?)"
)
_PROVISION = re.compile(
    rf"(?<![^\W\d_])(?P<pin>{_PIN}(?:\s*,?\s*(?:và\s+)?(?:của\s+)?{_PIN})*)\s*,?\s*"
    r"(?:của\s+|tại\s+|(?:(?:Quy chế|Quy định|Kế hoạch|Đề án|Chương trình|Điều lệ"
    rf"|Danh mục)\s[^.;\n]{{2,110}}?\s+)?(?:ban hành\s+)?kèm theo\s+)?(?:các\s+)?$"
)


def provision_before(text: str, start: int) -> str | None:
    """The pinpoint that stands right before a mention, as printed: "điểm b, mục 2, Điều 6"."""
    window = text[max(0, start - 230) : start]
    if (
        "Điều" not in window
        and "oản" not in window
        and "ục" not in window
        and "iểm" not in window
        and "hương" not in window
        and "hần" not in window
    ):
        return None
    m = _PROVISION.search(window)
    return squeeze(m["pin"]).rstrip(" ,") if m else None
