"""How often a duty comes back, in words, from its RFC 5545 rule."""

from __future__ import annotations

from pipeline.cli.labels import Labels

_KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS"}
_QUARTER = "3"


def rhythm(rule: str, labels: Labels) -> str:
    """`rule` in the words of an office: "ngày 14 hằng tháng", "thứ Năm hằng tuần", "hằng quý". A rule of another form is only "định kỳ"."""
    parts = dict(part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").split(";") if "=" in part)
    parts = {key: value for key, value in parts.items() if key not in ("UNTIL", "COUNT", "WKST")}
    frequency, interval = parts.get("FREQ", ""), parts.get("INTERVAL", "1")
    if not labels.knows(f"each_{frequency}") or parts.keys() - _KNOWN or not interval.isdigit():
        return labels("periodic")
    if frequency == "MONTHLY" and interval == _QUARTER:
        each = labels("each_QUARTERLY")
    else:
        each = labels(f"each_{frequency}") if interval == "1" else labels(f"every_{frequency}", n=interval)
    days, months = _days(parts, labels), parts.get("BYMONTH", "").replace(",", ", ")
    if "BYDAY" in parts:
        names = [f"weekday_{day}" for day in parts["BYDAY"].split(",")]
        if frequency != "WEEKLY" or not all(map(labels.knows, names)):
            return labels("periodic")
        return labels("day_each", day=", ".join(map(labels, names)), each=each)
    if frequency == "YEARLY" and months and "," not in months and days.isdigit():
        return labels("day_each", day=f"{int(days):02}/{int(months):02}", each=each)
    if days:
        days = labels("day_n", n=days) if days[0].isdigit() else days
    if months:
        each = labels("in_months", months=months) if "," in months else f"{labels('in_month', month=months)} {each}"
    return labels("day_each", day=days, each=each) if days else each


def _days(parts: dict[str, str], labels: Labels) -> str:
    """The days of the month; "28,29,30" with BYSETPOS=-1 is the 30th, or the last where a month is shorter."""
    days = parts.get("BYMONTHDAY", "").split(",")
    if days == ["-1"]:
        return labels("last_day_of_month")
    return days[-1] if parts.get("BYSETPOS") == "-1" else ", ".join(days)
