"""The body of each type of document, put together from the building blocks of `layouts`."""

from __future__ import annotations

from collections.abc import Callable

from .cast import Unit
from .layouts import Body
from .page import Page
from .writer import Writer, flat

DUTY_LAYOUTS = (("C", 3.0), ("D", 4.0), ("E", 1.5), ("F", 2.5), ("G", 1.0))
TASK_LAYOUTS = (("A", 3.0), ("B", 3.0), ("W", 3.0), ("H", 1.5))


def _organize(body: Body, low: int, high: int, reports: bool = True) -> None:
    body.duties(body.many(low, high), body.chance.weighted(DUTY_LAYOUTS), reports)


def _close(body: Body, finish: str | None = None) -> None:
    body.page.paragraph()
    body.sheet.path = "closing"
    body.w.say(finish or body.chance.weighted((("closing", 4.0), ("closing-report", 1.0))))
    for entries in (body.sheet.assignments, body.sheet.deadlines, body.sheet.reports):
        for entry in entries:
            if entry["section"] == "closing" and body.sheet.sections:
                entry["section_alt"] = [body.sheet.sections[-1][0], "body"]


def plan(body: Body, page: Page) -> None:
    """Kế hoạch, chương trình: preamble, aims, [evaluation, targets], tasks, [money], organisation, closing, [appendix]."""
    w, chance = body.w, body.chance
    w.say("preamble")
    body.open_chapter("aim")
    if chance.odds(0.5):
        body.number(chance.pick(("Mục đích", "Mục tiêu", "Mục tiêu chung")))
        body.prose("aim", body.many(1, 2), chance.odds(0.4))
        body.number(chance.pick(("Yêu cầu", "Quan điểm")))
        body.prose("aim", body.many(1, 2), chance.odds(0.4))
    elif chance.odds(0.5):
        for _ in range(chance.between(2, 4)):
            body.number()
            w.say("aim")
    else:
        body.prose("aim", body.many(2, 3), True)
    if chance.odds(0.3):
        body.open_chapter("past")
        body.prose("past", body.many(2, 4), chance.odds(0.5))
    if chance.odds(0.35):
        body.open_chapter("target")
        body.prose("target", body.many(2, 3), True)
    layout = chance.weighted(TASK_LAYOUTS)
    body.open_chapter("work")
    body.tasks(body.many(2, 5) if layout in ("A", "B") else body.many(3, 6), layout)
    if chance.odds(0.4):
        body.open_chapter("money")
        body.prose("money", 1, False)
    body.open_chapter("organize")
    _organize(body, 3, 6)
    body.note_items()
    _close(body)


def letter(body: Body, page: Page) -> None:
    """Công văn: a plain letter of one or two paragraphs, or an opening and numbered items."""
    w, chance = body.w, body.chance
    page.addressees(_addressees(body))
    body.sheet.path = "body"
    if chance.odds(0.35):
        w.say("letter-plain")
        if chance.odds(0.4):
            page.paragraph()
            w.say("adhoc")
        body.note_items()
        body.sheet.finish()
        return
    w.say("request")
    body.separator = "."
    _organize(body, 2, 5)
    body.note_items()
    if chance.odds(0.6):
        _close(body)
        body.sheet.path = "closing"
    else:
        body.sheet.finish()


def _addressees(body: Body) -> list[Unit]:
    chance, cast = body.chance, body.cast
    found = [cast.organization() for _ in range(chance.between(0, 3))]
    if not found or chance.odds(0.6):
        found.append(cast.group())
    return list(dict.fromkeys(found))


def telegram(body: Body, page: Page) -> None:
    """Công điện: "X điện:", a warning, numbered orders."""
    page.addressees(_addressees(body))
    body.sheet.path = "body"
    body.w.say("telegram-open")
    body.separator = "."
    _organize(body, 3, 6)
    body.sheet.finish()


def directive(body: Body, page: Page) -> None:
    """Chỉ thị: evaluation, order, numbered items, the last for the office that follows up."""
    chance = body.chance
    body.sheet.path = "preamble"
    body.w.say("directive-open")
    page.paragraph()
    body.w.say("directive-order")
    _organize(body, 3, 6)
    if chance.odds(0.5):
        _close(body)
    else:
        body.sheet.finish()


def conclusion(body: Body, page: Page) -> None:
    """Kết luận and nghị quyết of the Party: what was considered, then numbered tasks."""
    chance = body.chance
    body.w.say("conclude-open")
    if chance.odds(0.4):
        body.open_chapter("past")
        body.prose("past", body.many(2, 3), chance.odds(0.4))
        body.open_chapter("work")
        body.tasks(body.many(2, 4), chance.weighted((("W", 2.0), ("H", 3.0))))
        body.open_chapter("organize")
    _organize(body, 3, 6)
    if chance.odds(0.5):
        _close(body)


def minutes(body: Body, page: Page) -> None:
    """Thông báo kết luận: the meeting, then what each unit is told, then the closing formula."""
    chance = body.chance
    body.w.say("meeting-open")
    page.paragraph()
    for _ in range(body.many(3, 7)):
        body.number()
        body.w.say("meeting-item" if chance.odds(0.75) else "past" if chance.odds(0.3) else "giao")
    page.paragraph()
    body.sheet.path = "closing"
    body.w.say("meeting-close")


def guidance(body: Body, page: Page) -> None:
    """Hướng dẫn: what is guided, the guidance, who does what."""
    chance = body.chance
    body.w.say("guide-open")
    if chance.odds(0.5):
        body.open_chapter("aim")
        body.prose("aim", body.many(1, 2), True)
    body.open_chapter("guide")
    for _ in range(body.many(3, 5)):
        body.number()
        body.w.say("guide-item" if chance.odds(0.7) else "work")
    body.open_chapter("organize")
    _organize(body, 2, 4)
    body.note_items()
    _close(body)


def decision(body: Body, page: Page) -> None:
    """Quyết định: grounds, QUYẾT ĐỊNH:, articles with khoản and điểm, closing order."""
    chance, w, sheet = body.chance, body.w, body.sheet
    sheet.path = "preamble"
    if page.signature.startswith("TM."):
        sheet.put(page.document["issuer"].upper(), "UNIT")
    else:
        sheet.put(w.boss.upper(), "POSITION" if not w.boss.startswith(("Ban ", "Đảng")) else "UNIT")
    page.paragraph()
    for _ in range(chance.between(2, 5)):
        page.paragraph()
        w.say("decide-basis")
    page.paragraph()
    w.say("decide-propose")
    page.paragraph()
    sheet.put(chance.pick(("QUYẾT ĐỊNH:", "QUYẾT ĐỊNH")))
    mark = chance.pick((". ", ". ", ": "))
    article = 0

    def open_article() -> str:
        nonlocal article
        page.paragraph()
        article += 1
        sheet.section(f"Đ{article}")
        sheet.put(f"Điều {article}{mark}")
        return f"Đ{article}"

    open_article()
    w.say("article-1")
    if sheet.last == ":":
        _first_article(body)
    if chance.odds(0.75):
        path = open_article()
        sheet.put(chance.pick(("Giao nhiệm vụ", "Tổ chức thực hiện", "Phân công thực hiện")))
        for clause in range(1, chance.between(2, 4) + 1):
            page.paragraph()
            sheet.section(f"{path}.{clause}")
            sheet.put(f"{clause}. ")
            points = chance.odds(0.3)
            if not points:
                w.say(chance.weighted((("giao", 4.0), ("sentence", 2.0), ("report", 1.5))))
                continue
            chosen = [body.cast.organization()]
            w.printed_heading = w.units(chosen, "performs")
            w.heading = flat(chosen)
            sheet.put(":")
            for letter_ in "abcd"[: chance.between(2, 3)]:
                page.paragraph()
                sheet.section(f"{path}.{clause}.{letter_}")
                sheet.put(f"{letter_}) ")
                w.say("item")
            w.heading, w.printed_heading = [], []
    open_article()
    w.say("effect")
    open_article()
    w.say("order")


def _first_article(body: Body) -> None:
    """What follows the colon of Điều 1: members of a working group, or the contents approved."""
    chance, sheet = body.chance, body.sheet
    if "ông, bà" in sheet.parts[-1]:
        for i in range(chance.between(2, 5)):
            body.dash()
            sheet.put(chance.pick(("Ông ", "Bà ")))
            sheet.put(body.cast.person(), "PERSON")
            sheet.put(", ")
            title = body.cast.position()
            sheet.put(title.text, title.label)
            sheet.put(", ")
            sheet.put(("Tổ trưởng", "Tổ phó", "Thành viên")[min(i, 2)], "POSITION" if i < 2 else None)
            sheet.put(";")
    elif "như sau" in sheet.parts[-1]:
        body.page.paragraph()
        sheet.put(f"“{chance.between(1, 5)}. ")
        sheet.capital = True
        body.w.task()
        sheet.put(".”")
    else:
        body.prose("aim", body.many(2, 3), True)


def report(body: Body, page: Page) -> None:
    """Báo cáo, tờ trình: what was done, what is asked; almost nothing in it is a duty."""
    chance = body.chance
    if body.page.kind == "Tờ trình":
        page.addressees([body.cast.superior()])
    body.w.say("past")
    body.open_chapter("past")
    body.prose("past", body.many(2, 4), chance.odds(0.5))
    body.prose("report-body", body.many(1, 3), True)
    body.open_chapter("proposal")
    for _ in range(chance.between(1, 3)):
        body.number()
        body.w.say("propose")
    body.sheet.finish()


BODIES: dict[str, Callable[[Body, Page], None]] = {
    "Kế hoạch": plan, "Chương trình": plan, "Công văn": letter, "Công điện": telegram, "Chỉ thị": directive, "Kết luận": conclusion,
    "Nghị quyết": conclusion, "Thông báo kết luận": minutes, "Thông báo": letter, "Hướng dẫn": guidance, "Quyết định": decision,
    "Báo cáo": report, "Tờ trình": report,
}  # fmt: skip


def write_body(writer: Writer, page: Page) -> Body:
    """Writes the body of the document's type and returns the building blocks used (for an appendix)."""
    body = Body(writer, page)
    BODIES[page.kind](body, page)
    return body
