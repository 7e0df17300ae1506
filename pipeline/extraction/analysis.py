"""What the components of the pipeline know of one document, kept on the Doc while they run."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.extraction.calendar import Years, years_of
from pipeline.extraction.citing.mention import CitationMention
from pipeline.extraction.clauses import LineView
from pipeline.extraction.mentions import Charge, Duty, TimeMention, Unit
from pipeline.extraction.tables import Row
from pipeline.layout.model import Layout
from pipeline.names.canonical import long_form, national
from pipeline.names.locality import Locality
from pipeline.records import Relation
from pipeline.text.folding import tone

if TYPE_CHECKING:
    from spacy.tokens import Doc

_RANKS = {"tỉnh": 3, "thành phố": 3, "huyện": 2, "quận": 2, "thị xã": 2, "xã": 1, "phường": 1, "đặc khu": 1}
_SHORT = frozenset(
    (
        "sở",
        "cục",
        "bộ",
        "vụ",
        "chi cục",
        "ban quản lý",
        "bệnh viện",
        "trung tâm",
        "tổng công ty",
        "công ty",
        "viện",
        "trường",
        "ban",
        "chủ tịch",
    )
)
_HOLDERS = {"bộ trưởng": "bộ ", "cục trưởng": "cục ", "giám đốc": "sở ", "tổng giám đốc": "tổng công ty "}
_OWN = {"province": 3, "district": 2, "commune": 1}


@dataclass(slots=True)
class Analysis:
    """Mentions and their resolution, filled by the components in order."""

    text: str
    layout: Layout
    where: Locality
    words: array[int] | None = None
    views: list[LineView] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    citations: list[CitationMention] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    conflicts: list[tuple[str, set[str]]] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    owners: dict[str, list[Unit]] = field(default_factory=dict)
    leads: dict[str, list[Unit]] = field(default_factory=dict)
    subjects: dict[tuple[int, int], list[Unit]] = field(default_factory=dict)
    duties: list[Duty] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)

    @property
    def years(self) -> Years:
        """What settles a missing year in this document."""
        return years_of(
            self.layout.header.title,
            self.layout.header.issued_on,
            self.layout.header.type in ("Kế hoạch", "Chương trình", "Quyết định", "Đề án", None),
        )

    def canonical(self, name: str) -> str:
        """The long name of a unit in this document's locality."""
        return _canonical(self.aliases.get(tone(name), name), self.where, self.layout.header.issuer)

    def is_issuer(self, unit: Unit) -> bool:
        """Is `unit` the document's own issuer, its chairman, or a body above it? Those give orders, they do not get them."""
        issuer = self.layout.header.issuer
        name = self.canonical(unit.name)
        # an office that makes known what its chairman concluded does get orders in its own notice
        passes_on = self.layout.header.type == "Thông báo" and tone(issuer or "").startswith("văn phòng ")
        heads = ("", "Chủ tịch ", "Giám đốc ", "Bộ trưởng ")
        if issuer and not passes_on and tone(name) in {tone(head + issuer) for head in heads}:
            return True
        if issuer and tone(issuer).startswith(_HOLDERS.get(tone(name), "\n")):
            return True  # "Bộ trưởng yêu cầu ..." in a document of the ministry
        if issuer and tone(name) in _SHORT and tone(issuer).startswith(tone(name) + " "):
            return True  # "Sở yêu cầu ...": the issuer by its first word
        if (
            issuer
            and tone(issuer).endswith(tone(name))
            and tone(issuer).startswith(("chủ tịch ", "bộ trưởng ", "giám đốc ", "ban thường vụ ", "ban chấp hành "))
        ):
            return True
        if issuer and tone(issuer).startswith("văn phòng ") and tone(name) in (tone(issuer[10:]), tone("Chủ tịch " + issuer[10:])):
            return True
        if unit.kind == "group":
            return False
        if national(name) and self.where.own is not None:
            return tone(name) in (
                "chính phủ",
                "thủ tướng chính phủ",
                "quốc hội",
                "bộ chính trị",
                "ban bí thư",
                "trung ương",
                "trung ương đảng",
            )
        return self._above(name)

    def _above(self, name: str) -> bool:
        low = tone(name)
        own = _OWN.get(self.where.own or "", 4)
        for head in ("ủy ban nhân dân ", "hội đồng nhân dân ", "chủ tịch ủy ban nhân dân ", "thường trực hội đồng nhân dân "):
            if low.startswith(head):
                rank = next((r for level, r in _RANKS.items() if low[len(head) :].startswith(level)), 0)
                return rank > own
        committees = {"tỉnh ủy": 3, "thành ủy": 3, "huyện ủy": 2}
        for committee, rank in committees.items():
            if low.startswith((committee, f"ban thường vụ {committee}", f"thường trực {committee}")):
                return rank > own or (rank == own and self.layout.header.system == "state")
        return False


@lru_cache(maxsize=10_000)
def _canonical(name: str, where: Locality, issuer: str | None) -> str:
    return long_form(name, where, issuer)


def analysis_of(doc: Doc) -> Analysis:
    """The Analysis on the Doc."""
    found = doc.user_data["vanban"]
    assert isinstance(found, Analysis)
    return found
