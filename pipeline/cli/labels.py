"""The words on the screen, Vietnamese and English. Values keep their published names in JSON and CSV; only tables use these."""

from __future__ import annotations

from typing import Literal

from pipeline.cli.labels_of_facts import WORDS as _OF_FACTS

Lang = Literal["vi", "en"]

_WORDS: dict[str, tuple[str, str]] = {
    "latest": ("Hạn cuối", "Last day"),
    "unit": ("Đơn vị", "Unit"),
    "role": ("Vai trò", "Role"),
    "what": ("Việc", "Duty"),
    "recipients": ("Nơi nhận", "Recipient"),
    "via": ("Qua", "Via"),
    "document": ("Văn bản", "Document"),
    "section": ("Mục", "Section"),
    "page": ("Trang", "Page"),
    "relation": ("Quan hệ", "Relation"),
    "provision": ("Điểm, khoản, điều", "Provision"),
    "quote": ("Trích văn bản", "Sentence"),
    "says": ("Văn bản ghi", "It says"),
    "about": ("Về", "About"),
    "message": ("Nội dung", "Message"),
    "code": ("Mã", "Code"),
    "term": ("Thời hạn ghi", "Printed term"),
    "number": ("Số, ký hiệu", "Number"),
    "type": ("Loại", "Type"),
    "title": ("Trích yếu", "Subject"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "issued_on": ("Ngày ban hành", "Issued on"),
    "signer": ("Người ký", "Signer"),
    "source": ("Tệp", "File"),
    "sent_to": ("Nơi nhận văn bản", "Sent to"),
    "cited": ("Văn bản được viện dẫn", "Cited document"),
    "section_title": ("trích yếu", "title"),
    "section_preamble": ("mở đầu", "preamble"),
    "section_body": ("nội dung", "body"),
    "section_closing": ("phần kết", "closing"),
    "section_recipients": ("nơi nhận", "recipients"),
    "directs": ("chỉ đạo", "directs"),
    "leads": ("chủ trì", "leads"),
    "supports": ("phối hợp", "supports"),
    "performs": ("thực hiện", "performs"),
    "report": ("báo cáo", "reports"),
    "basis": ("căn cứ", "basis"),
    "implements": ("thực hiện", "implements"),
    "amends": ("sửa đổi, bổ sung", "amends"),
    "replaces": ("thay thế", "replaces"),
    "repeals": ("bãi bỏ", "repeals"),
    "guides": ("hướng dẫn", "guides"),
    "mentions": ("nhắc đến", "mentions"),
    "continuous": ("thường xuyên", "continuous"),
    "periodic": ("định kỳ", "periodic"),
    "relative": ("tính từ sự kiện", "from an event"),
    "undated": ("không ghi ngày", "no date given"),
    "no term": ("không ghi thời hạn", "no term given"),
    "unknown_unit": ("(chưa rõ đơn vị)", "(unit not named)"),
    "no_number": ("(không số)", "(no number)"),
    "title_due": ("Việc đến hạn đến hết ngày {by} (tính cả ngày này)", "Due by {by}, that day included"),
    "title_due_from": (
        "Việc đến hạn từ ngày {from_} đến hết ngày {by} (tính cả hai ngày này)",
        "Due from {from_} to {by}, both days included",
    ),
    "who_to": ("Đơn vị → nơi nhận", "Unit → recipient"),
    "count": ("{duties} việc, {units} lượt đơn vị", "{duties} duties, {units} units in all"),
    "title_undated": ("Việc không có ngày đến hạn cụ thể", "Duties without a day"),
    "title_unit": ("Việc của: {name}", "Duties of: {name}"),
    "title_tasks": ("Nhiệm vụ và báo cáo", "Tasks and reports"),
    "title_citations": ("Văn bản được viện dẫn", "Documents cited"),
    "title_findings": ("Điểm cần xem lại", "To look at"),
    "title_search": ("Câu có: {words}", "Sentences with: {words}"),
    "part": ("Thành phần", "Part"),
    "state": ("Tình trạng", "State"),
    "found": ("Tìm thấy", "Found"),
    "advice": ("Cần làm", "What to do"),
    "state_works": ("tốt", "works"),
    "state_missing": ("THIẾU", "MISSING"),
    "state_not needed": ("không bắt buộc", "not needed"),
    "fact": ("Mục tin", "Fact"),
    "before": ("Máy đọc", "As extracted"),
    "after": ("Sửa thành", "As corrected"),
    "who": ("Người sửa", "By"),
    "confidence": ("Độ tin cậy", "Confidence"),
    "values": ("Giá trị đọc được", "Values"),
    "corrected": ("đã sửa", "corrected"),
    "computed": ("(tính ra)", "(computed)"),
    "unmatched": ("không khớp", "unmatched"),
    "action_add": ("thêm", "added"),
    "action_delete": ("bỏ", "deleted"),
    "action_change": ("sửa", "changed"),
    "action_confirm": ("đúng", "confirmed"),
    "no_corrections": ("Chưa có sửa đổi nào.", "No corrections."),
    "title_corrections": ("Các sửa đổi", "Corrections"),
    "title_uncertain": ("Mục tin cần kiểm tra trước, ít chắc chắn nhất ở trên", "To check first, the least certain on top"),
    "assignment": ("đơn vị", "unit"),
    "citation": ("viện dẫn", "citation"),
    "deadline": ("thời hạn", "deadline"),
    "nothing_due": ("Không có việc nào đến hạn.", "Nothing is due."),
    "nothing": ("Không tìm thấy.", "Nothing found."),
    "overview": ("{n} điểm cần xem lại: {kinds}.", "{n} things to look at: {kinds}."),
    "nothing_wrong": ("Không thấy điểm nào cần xem lại.", "Nothing to look at."),
    "units_meant": ("Tên đã nhập có ở {n} đơn vị: {names}", "{n} units have this name: {names}"),
    "more_without_term": (
        "Còn {n} việc không ghi thời hạn nào: thêm --undated để xem.",
        "{n} more duties carry no term at all: add --undated to see them.",
    ),
    "more_sentences": (
        "... còn nữa (--offset {next} để xem tiếp, --limit để xem nhiều hơn)",
        "... and more (--offset {next} goes on, --limit shows more)",
    ),
    "more": ("... và {n} dòng nữa (--limit 0 để xem hết)", "... and {n} more (--limit 0 shows all)"),
    "dates_said": ("Ngày ban hành", "Date"),
    "issuers_said": ("Cơ quan ban hành", "Issuer"),
    "disagree": ("CÁC VĂN BẢN GHI KHÁC NHAU", "DOCUMENTS DISAGREE"),
    "times": ("{n} lần", "{n} times"),
    "held": ("Có trong cơ sở dữ liệu: {names}", "In the base: {names}"),
    "not_held": ("Chưa có văn bản này trong cơ sở dữ liệu.", "The base does not hold this document."),
    "cited_in": ("{mentions} lần viện dẫn trong {documents} văn bản", "{mentions} mentions in {documents} documents"),
    "dated": ("ngày {day}", "of {day}"),
    "dated_month": ("tháng {day}", "of {day}"),
    "dated_year": ("năm {day}", "of {day}"),
    "page_short": ("tr.\u00a0{n}", "p.\u00a0{n}"),  # a space at which no line breaks
    "each_DAILY": ("hằng ngày", "every day"),
    "each_WEEKLY": ("hằng tuần", "every week"),
    "each_MONTHLY": ("hằng tháng", "every month"),
    "each_QUARTERLY": ("hằng quý", "every quarter"),
    "each_YEARLY": ("hằng năm", "every year"),
    "every_DAILY": ("{n} ngày một lần", "every {n} days"),
    "every_WEEKLY": ("{n} tuần một lần", "every {n} weeks"),
    "every_MONTHLY": ("{n} tháng một lần", "every {n} months"),
    "every_YEARLY": ("{n} năm một lần", "every {n} years"),
    "weekday_MO": ("thứ Hai", "Monday"),
    "weekday_TU": ("thứ Ba", "Tuesday"),
    "weekday_WE": ("thứ Tư", "Wednesday"),
    "weekday_TH": ("thứ Năm", "Thursday"),
    "weekday_FR": ("thứ Sáu", "Friday"),
    "weekday_SA": ("thứ Bảy", "Saturday"),
    "weekday_SU": ("Chủ nhật", "Sunday"),
    "day_n": ("ngày {n}", "day {n}"),
    "day_each": ("{day} {each}", "{day}, {each}"),
    "last_day_of_month": ("ngày cuối", "last day"),
    "in_month": ("tháng {month}", "month {month}"),
    "in_months": ("các tháng {months}", "months {months}"),
    "times_until": ("{n} lần, đến {last}", "{n} times, until {last}"),
    "via_short": ("qua {name}", "via {name}"),
    **_OF_FACTS,
}


class Labels:
    """The words of one language. An unknown key is shown as it is, so a new value never breaks a table."""

    def __init__(self, lang: Lang = "vi") -> None:
        self.lang = lang
        self._column = 1 if lang == "en" else 0

    def knows(self, key: str) -> bool:
        """Whether there is a word for `key`."""
        return key in _WORDS

    def __call__(self, key: str | None, **values: object) -> str:
        """The word for `key`, with `values` filled in."""
        if key is None:
            return ""
        pair = _WORDS.get(key)
        return key if pair is None else pair[self._column].format(**values)
