"""Disk: what call records take as days pass, what rotation and retention keep, and when the disk is full."""

from __future__ import annotations

import math
from dataclasses import dataclass

from planner.report.blocks import Block, Cell, Chart, Section, Table
from planner.report.charts import Frame, Limit, Scale, Series, banded, scale
from planner.report.evidence import Draft
from planner.report.language import mark
from planner.report.sections import decision
from planner.sizing.numbers import Range

DAY = 86400
POINTS = 90
STORES = (
    ("cdr.bytes_per_day", "cdr.retained_bytes"),
    ("database.bytes_per_day", "database.retained_bytes"),
    ("database.binary_log_bytes_per_day", "database.binary_log_bytes"),
)
"""What grows on a disk: bytes a day, and the bytes kept."""


@dataclass(frozen=True, slots=True)
class Store:
    """One thing that grows: bytes a day, and the bytes at which deletion keeps pace."""

    per_day: Range
    kept: Range

    def after(self, days: float, case: int) -> float:
        """Return the bytes after some days; `case` is 0 for low, 1 for typical, 2 for high."""
        return min(self.per_day[case] * days, self.kept[case])


def write(draft: Draft) -> Section | None:
    """Return the section; None where the sizing holds no record figures."""
    say = draft.say
    table = draft.estimates(decision.together(draft, say("Call record files")), "cdr")
    if table is None:
        return None
    lead = say(
        "Call record files grow by {rate}; rotation keeps {retention} of them, {kept} in all.",
        rate=draft.shown_ranged("cdr.bytes_per_day"),
        retention=draft.shown("cdr.retention_seconds"),
        kept=draft.shown("cdr.retained_bytes"),
    )
    blocks: list[Block] = [*_growth(draft), table]
    return Section("disk", say("Disk"), lead, tuple(blocks))


def stores(draft: Draft) -> list[Store]:
    """Return what grows on the disk of one server: text files and database, as far as the sizing has them."""
    found = []
    share = draft.value("server.share") or 1.0
    for names in STORES:
        per_day, kept = map(draft.figure, names)
        if per_day and kept and per_day.range.high > 0:
            found.append(Store(_of_server(per_day.range, share), _of_server(kept.range, share)))
    return found


def _of_server(total: Range, share: float) -> Range:
    return total._replace(low=total.low * share, typical=total.typical * share, high=total.high * share)


def disk_size(draft: Draft) -> float:
    """Return the bytes of one server's disk, declared or of the tier; 0 where unknown."""
    return draft.value("server.disk_installed")


def _growth(draft: Draft) -> list[Chart]:
    kinds = stores(draft)
    size = disk_size(draft)
    if not kinds or size <= 0:
        return []
    days = _days(kinds)
    system = draft.figure("disk.fixed_bytes")
    fixed = system.range if system else (0.0, 0.0, 0.0)
    cases = [[fixed[case] + sum(store.after(day, case) for store in kinds) for day in days] for case in range(3)]
    unit = scale([size, *cases[2]], "B", draft.say)
    return [_chart(draft, days, cases, unit)]


def _days(kinds: list[Store]) -> list[int]:
    """From today until a month after the last thing stops growing."""
    longest = max(store.kept.typical / store.per_day.typical for store in kinds if store.per_day.typical > 0)
    end = max(30, min(math.ceil(longest * 1.25), 3650))
    step = max(1, math.ceil(end / POINTS))
    return list(range(0, end + step, step))


def _chart(draft: Draft, days: list[int], cases: list[list[float]], unit: Scale) -> Chart:
    say = draft.say
    size = disk_size(draft)
    declared = draft.evidence.deployment.value("server.storage.size") is not None
    whole = say(
        mark("disk as declared, {size}") if declared else mark("disk of the tier, {size}"), size=say.quantity(size, "B")
    )
    limits = [Limit(whole, unit(size)), Limit(say("80 % line"), unit(size * 0.8))]
    low, typical, high = ([unit(value) for value in case] for case in cases)
    frame = Frame(days, say("days of operation"), unit.unit)
    names = (say("low to high"), limits)
    figure = banded(frame, low, Series(say("typical"), typical), high, names)
    return Chart(
        "disk", say("When does the disk fill up?"), _answer(draft, days, cases), figure, _table(draft, days, cases)
    )


def _answer(draft: Draft, days: list[int], cases: list[list[float]]) -> str:
    say = draft.say
    line = disk_size(draft) * 0.8
    crossed = [next((day for day, value in zip(days, case, strict=True) if value > line), None) for case in cases]
    end = say.quantity(cases[1][-1], "B")
    if crossed[1] is not None:
        return say(
            "The typical case crosses the 80 % line after about {days} days and levels off at {end}.",
            days=say.number(crossed[1]),
            end=end,
        )
    if crossed[2] is not None:
        return say(
            "The typical case levels off at {end}, below the 80 % line; the high case crosses "
            "it after about {days} days.",
            days=say.number(crossed[2]),
            end=end,
        )
    return say("Usage levels off at {end}, and even the high case stays below the 80 % line.", end=end)


def _table(draft: Draft, days: list[int], cases: list[list[float]]) -> Table:
    say = draft.say
    picked = sorted({round(step * (len(days) - 1) / 10) for step in range(11)})
    rows: list[list[Cell | str]] = [
        [say.number(days[index]), *(say.quantity(case[index], "B") for case in cases)] for index in picked
    ]
    titles = [say("Day"), say("Low"), say("Typical"), say("High")]
    return draft.table(say("Disk in use by day"), titles, rows, 0)
