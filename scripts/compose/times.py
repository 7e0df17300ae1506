"""Time expressions of domain rule 5.2, with what each means: a form from times.jsonl is filled with days that suit the document's date."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from .chance import Chance
from .vocabulary import Row, read

ROMAN = ("I", "II", "III", "IV")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass
class When:
    """A time expression and its meaning in the terms of gold/GUIDE.md."""

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    period: str | None = None


@lru_cache(maxsize=1)
def forms() -> dict[str, list[Row]]:
    """The time forms by use: date, short (no year), window, relative, yearly, quarterly, monthly, weekly, continuous."""
    by_use: dict[str, list[Row]] = {}
    for row in read("times"):
        by_use.setdefault(row["use"], []).append(row)
    return by_use


def day_text(chance: Chance, day: dt.date) -> str:
    """dd/mm/yyyy in one of the usual ways of padding."""
    style = chance.random()
    if style < 0.62:  # NĐ 30/2020: a zero before days under 10 and before months 1 and 2
        return f"{day.day:02d}/{day.month:02d}/{day.year}" if day.month < 3 else f"{day.day:02d}/{day.month}/{day.year}"
    if style < 0.9:
        return f"{day.day:02d}/{day.month:02d}/{day.year}"
    return f"{day.day}/{day.month}/{day.year}"


def month_end(year: int, month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(year, month, calendar.monthrange(year, month)[1])


class Calendar:
    """Makes time expressions for a document issued on `today` that plans for `year`."""

    def __init__(self, chance: Chance, today: dt.date, year: int) -> None:
        self.chance, self.today, self.year = chance, today, year

    def future(self, same_year: bool = False) -> dt.date:
        """A day after the issue date, inside the planned year if any of it is left."""
        first = max(self.today + dt.timedelta(days=6), dt.date(self.year, 1, 10))
        last = dt.date(self.year, 12, 28)
        if (last - first).days < 5:
            if same_year:
                return max(last, self.today + dt.timedelta(days=1))
            first, last = self.today + dt.timedelta(days=6), self.today + dt.timedelta(days=90)
        span = (last - first).days
        day = first + dt.timedelta(days=self.chance.between(0, span))
        if self.chance.odds(0.55):
            day = day.replace(day=self.chance.pick((5, 10, 15, 20, 25, 28)))
            if not first <= day <= last:
                day = first
        return day

    def past(self) -> dt.date:
        """A day in the year before the issue date."""
        return self.today - dt.timedelta(days=self.chance.between(20, 380))

    def when(self, use: str) -> When:
        """A time expression of the given use."""
        row = self.chance.pick(forms()[use])
        make = getattr(self, "_" + row["kind"])
        result: When = make(row["text"])
        result.period = row.get("period")
        for key, value in row.items():
            if key.endswith("_alt") or key == "continuous":
                result.values.setdefault(key, value)
        return result

    def _fill(self, text: str, **values: Any) -> str:
        return _SLOT.sub(lambda m: str(values[m[1]]), text)

    def _day(self, text: str, shift: int) -> When:
        day = self.future(same_year="{dm}" in text)
        hour = self.chance.pick(("10 giờ", "11 giờ 30 phút", "16 giờ", "17 giờ", "17 giờ 00", "15 giờ 30"))
        printed = self._fill(
            text,
            dmy=day_text(self.chance, day),
            dm=f"{day.day:02d}/{day.month}" if day.month > 2 else f"{day.day:02d}/{day.month:02d}",
            long=f"{day.day:02d} tháng {day.month if day.month > 2 else '0' + str(day.month)} năm {day.year}",
            hour=hour,
        )
        if "{hour}" in text:
            shift = 0  # before an hour of day D: D itself still has time left
        last = day - dt.timedelta(days=shift)
        return When(printed, {"latest": last.isoformat(), "stated_day": day.isoformat()})

    def _before(self, text: str) -> When:
        return self._day(text, 1)

    def _upto(self, text: str) -> When:
        return self._day(text, 0)

    def _window(self, first: dt.date, last: dt.date, text: str, **values: Any) -> When:
        return When(self._fill(text, **values), {"earliest": first.isoformat(), "latest": last.isoformat()})

    def _year(self, text: str) -> When:
        return self._window(dt.date(self.year, 1, 1), dt.date(self.year, 12, 31), text, y=self.year)

    def _month(self, text: str) -> When:
        day = self.future()
        month = self.chance.pick((f"{day.month}/{day.year}", f"{day.month:02d}/{day.year}", f"{day.month} năm {day.year}"))
        return self._window(day.replace(day=1), month_end(day.year, day.month), text, my=month)

    def _quarter(self, text: str) -> When:
        day = self.future()
        quarter = (day.month - 1) // 3
        name = ROMAN[quarter] if self.chance.odds(0.85) else str(quarter + 1)
        qy = self.chance.pick((f"{name}/{day.year}", f"{name} năm {day.year}"))
        return self._window(dt.date(day.year, quarter * 3 + 1, 1), month_end(day.year, quarter * 3 + 3), text, qy=qy)

    def _half(self, text: str) -> When:
        first = self.today < dt.date(self.year, 6, 1)
        if first:
            return self._window(dt.date(self.year, 1, 1), dt.date(self.year, 6, 30), text, half="6 tháng đầu", y=self.year)
        return self._window(dt.date(self.year, 7, 1), dt.date(self.year, 12, 31), text, half="6 tháng cuối", y=self.year)

    def _point(self, text: str) -> When:
        """Đầu, giữa, cuối of a month or year (BLDS 2015 Đ.146)."""
        day = self.future()
        if "{my}" in text:
            my = f"{day.month}/{day.year}"
            last = month_end(day.year, day.month) if "cuối" in text else day.replace(day=15) if "giữa" in text else day.replace(day=1)
            first = day.replace(day=1)
        else:
            my = ""
            last = dt.date(self.year, 12, 31) if "cuối" in text else dt.date(self.year, 6, 30)
            first = dt.date(self.year, 1, 1)
        values = {"latest": last.isoformat(), "earliest_alt": [first.isoformat(), last.isoformat()]}
        if "đầu" in text:
            values["latest_alt"] = [month_end(day.year, day.month).isoformat(), day.replace(day=10).isoformat()]
        return When(self._fill(text, my=my, y=self.year), values)

    def _always(self, text: str) -> When:
        values: dict[str, Any] = {"continuous": True}
        if "{y}" in text:
            values |= {"earliest": f"{self.year}-01-01", "latest": f"{self.year}-12-31"}
        return When(self._fill(text, y=self.year), values)

    def _relative(self, text: str) -> When:
        row_unit = "working_day" if "ngày làm việc" in text else "day" if "{n} ngày" in text else "month" if "tháng" in text else "week"
        amount = self.chance.pick((2, 3, 5, 7, 10, 15, 20, 30)) if "day" in row_unit else self.chance.between(1, 3)
        event = self.chance.pick(forms()["event"])["text"] if "{event}" in text else text.rpartition("trước ")[2]
        printed = self._fill(text, n=f"{amount:02d}", event=event)
        return When(printed, {"relative": {"amount": amount, "unit": row_unit, "from": event}})

    def _yearly(self, text: str) -> When:
        day = self.future(same_year=True)
        if day.month == 12 and self.chance.odds(0.3):
            day = dt.date(day.year, 12, 15)
        shift = 1 if "trước" in text else 0
        last = day - dt.timedelta(days=shift)
        monthday = -1 if (last + dt.timedelta(days=1)).day == 1 else last.day
        rule = f"FREQ=YEARLY;BYMONTH={last.month};BYMONTHDAY={monthday}"
        dm = f"{day.day:02d}/{day.month}" if day.month > 2 else f"{day.day:02d}/{day.month:02d}"
        printed = self._fill(text, dm=dm, dlong=f"{day.day:02d} tháng {day.month}")
        return When(printed, {"latest": last.isoformat(), "recurrence": rule})

    def _monthly(self, text: str) -> When:
        day = self.chance.pick((1, 5, 10, 15, 20, 22, 25, 28))
        shift = 1 if "trước" in text else 0
        monthday = day - shift or -1
        return When(self._fill(text, d=f"{day:02d}"), {"recurrence": f"FREQ=MONTHLY;BYMONTHDAY={monthday}"})

    def _quarterly(self, text: str) -> When:
        day = self.chance.pick((5, 10, 15, 20, 25))
        shift = 1 if "trước" in text else 0
        rule = f"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={day - shift}"
        return When(self._fill(text, d=f"{day:02d}"), {"recurrence": rule})

    def _weekly(self, text: str) -> When:
        name, code = self.chance.pick((("Hai", "MO"), ("Ba", "TU"), ("Tư", "WE"), ("Năm", "TH"), ("Sáu", "FR")))
        return When(self._fill(text, wd=f"thứ {name}"), {"recurrence": f"FREQ=WEEKLY;BYDAY={code}"})
