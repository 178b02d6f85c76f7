"""The pages beside the report, made of its blocks: a measured profile, and two things compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from planner.deployment import Deployment
from planner.report.blocks import Block, Cell, Chart, Column, Cover, KeyFigure, Notes, Section, Table
from planner.report.charts import Group, grouped
from planner.report.evidence import Brand, Draft, Evidence, Provenance
from planner.report.gather import backtest, masked, number, part, rows, text
from planner.report.language import Language, mark
from planner.report.report import Sheet, colophon
from planner.report.sections import backtest as backtest_section
from planner.report.sections import measured
from planner.sizing.result import Sizing

KEYS = (
    (mark("Busiest hour, call attempts per second"), ("cps", "hour", "peak"), "1/s"),
    (mark("Most attempts in progress at once"), ("concurrency", "attempts", "peak"), "count"),
    (mark("Answer-seizure ratio"), ("calls", "asr"), "ratio"),
    (mark("Average call duration"), ("calls", "acd"), "s"),
)
SUSPICIONS = {
    "fields_18": mark("lines of 18 fields"),
    "pdd_empty": mark("answered calls without a post-dial delay"),
    "stop_before_start": mark("calls that stop before they start"),
    "hold_exceeds_duration": mark("calls that talk longer than they last"),
    "implausible_duration": mark("calls of an implausible duration"),
    "outside_file_time": mark("records in the file of another hour"),
    "unterminated": mark("lines without an end"),
}
_SAMPLES = 0.001
_SEVERAL = 2


class Telling(NamedTuple):
    """How a page is told: the language, where it came from, and whose brand it bears."""

    say: Language
    provenance: Provenance
    brand: Brand = Brand()


def sheet(telling: Telling, cover: Cover, sections: Iterable[Section], *, unmasked: bool = False) -> Sheet:
    """Return a page of sections under a cover without a verdict."""
    provenance = telling.provenance
    return Sheet(
        say=telling.say,
        cover=cover,
        sections=tuple(sections),
        version=provenance.version,
        colophon=colophon(telling.say, provenance),
        brand=telling.brand,
        date=provenance.date,
        unmasked=unmasked,
    )


# Two things compared: one table.


def compared(telling: Telling, title: str, lead: str, table: Table) -> Sheet:
    """Return a comparison as a page: what is compared, how much differs, and the rows."""
    cover = Cover(title, title, "", "", telling.say.date(telling.provenance.date))
    return sheet(telling, cover, [Section("compared", telling.say("What differs"), lead, (table,))])


def plain_table(caption: str, heads: Sequence[str], body: Iterable[Sequence[str]]) -> Table:
    """Return a table whose first and last columns are texts and whose others are numbers."""
    last = len(heads) - 1
    columns = tuple(Column(head, 0 < index < last) for index, head in enumerate(heads))
    return Table(caption, columns, tuple(tuple(map(Cell, row)) for row in body))


# A measured profile.


def profile_page(
    telling: Telling, profile: Mapping[str, Any], planned: tuple[Deployment, Sizing] | None, *, unmasked: bool = False
) -> Sheet:
    """Return a measured profile as a page, beside the plan where one is given.

    Numbers and addresses from the records are masked here, unless `unmasked`.
    """
    shown = profile if unmasked else masked(dict(profile))
    deployment, sizing = planned or _as_measured(profile)
    evidence = Evidence(
        sizing=sizing,
        provenance=telling.provenance,
        alternative=lambda _, name: sizing.figures[name].range.typical,
        deployment=deployment,
        profile=shown,
        backtest=backtest(profile),
    )
    draft = Draft(evidence, telling.say)
    found = (
        measured.write(draft),
        _section(draft, "records", mark("What to know of these records"), _remarks(draft)),
        backtest_section.write(draft),
        _section(draft, "assumptions", mark("What a sizing takes from here"), _taken(draft)),
    )
    return sheet(telling, _cover(draft), [each for each in found if each], unmasked=unmasked)


def _as_measured(profile: Mapping[str, Any]) -> tuple[Deployment, Sizing]:
    """Return nothing declared, and what the measured traffic needs."""
    from planner.deployment import Deployment  # noqa: PLC0415  the model is slow to import
    from planner.sizing.api import size  # noqa: PLC0415  the same

    return Deployment(), size(Deployment(), profile=profile)


def _cover(draft: Draft) -> Cover:
    say, profile, evidence = draft.say, draft.evidence.profile, draft.evidence
    facts = ((mark("Clock"), text(profile or {}, "timezone") or say("local times of the server")),)
    found = ((label, number(profile, *path), unit) for label, path, unit in KEYS)
    keys = tuple(
        KeyFigure(say(label), say.quantity(value, unit), "", 0, 0, 0)
        for label, value, unit in found
        if value is not None
    )
    partial = say("Interrupted: this profile covers only part of the files.")
    return Cover(
        title=say("Measured traffic"),
        site=evidence.text("site.name") or say("Measured traffic"),
        customer=evidence.text("site.customer"),
        prepared_by=evidence.text("site.prepared_by"),
        date=say.date(evidence.provenance.date),
        summary=partial if (profile or {}).get("partial") else "",
        facts=tuple((say(name), value) for name, value in facts),
        figures=keys,
    )


def _section(draft: Draft, key: str, title: str, blocks: Iterable[Block]) -> Section | None:
    made = tuple(blocks)
    return Section(key, draft.say(title), "", made) if made else None


def _remarks(draft: Draft) -> list[Block]:
    cells = tuple(Cell(each) for each in (*_lines(draft), *_days(draft), *_oddities(draft)) if each)
    return [Notes(cells), *_hold_times(draft)]


def _lines(draft: Draft) -> Iterable[str]:
    say, profile = draft.say, draft.evidence.profile
    lines = part(profile, "lines")
    yield say(
        "{lines} lines were read: {accepted} accepted, {rejected} rejected.",
        **{name: say.number(number(lines, name) or 0) for name in ("lines", "accepted", "rejected")},
    )
    for name, message in (
        ("without_record", mark("In {hours} hours of {gaps} stretches there is no record.")),
        ("without_file", mark("Of {hours} hours in {gaps} stretches there is no file.")),
    ):
        gap = part(profile, "gaps", name)
        if hours := number(gap, "hours"):
            yield say(message, hours=say.number(hours, 1), gaps=say.number(number(gap, "gaps") or 0))
    strays = number(profile, "clock", "strays")
    if strays:
        told = mark("{n} attempts lie far from all others, and are left out of the time covered, rates and peaks.")
        yield say(told, n=say.number(strays))
    for hour in rows(profile, "clock", "repeated"):
        yield say("The hour from {when} passed twice: it is left out of rates and peaks.", when=text(hour, "from"))


def _days(draft: Draft) -> Iterable[str]:
    say, profile = draft.say, draft.evidence.profile
    high = part(profile, "peaks", "calls", "p95")
    if (calls := number(high, "value")) is not None:
        yield say(
            "On 19 of 20 days at most {calls} attempts are in progress at once ({low} to {high}), from {days} days.",
            calls=say.number(calls),
            low=say.number(number(high, "low") or 0),
            high=say.number(number(high, "high") or 0),
            days=say.number(number(profile, "peaks", "days") or 0),
        )
    growth = part(profile, "trend", "growth_per_month")
    if (rate := number(growth, "value")) is not None:
        ends = [say.percent(number(growth, end) or 0, 1) for end in ("low", "high")]
        yield say(
            "Traffic grows by {rate} a month ({low} to {high}).", rate=say.percent(rate, 1), low=ends[0], high=ends[1]
        )
    for step in rows(profile, "trend", "change_points"):
        before, after = (say.number(number(step, side) or 0) for side in ("before", "after"))
        told = mark("The level changed on {day}: from {before} to {after} attempts a day.")
        yield say(told, day=text(step, "at")[:10], before=before, after=after)


def _oddities(draft: Draft) -> Iterable[str]:
    say, profile = draft.say, draft.evidence.profile
    if floods := number(profile, "floods", "count"):
        told = mark("{n} floods with {attempts} attempts were found.")
        yield say(told, n=say.number(floods), attempts=say.number(number(profile, "floods", "attempts") or 0))
    retried, calls = number(profile, "retries", "retried"), number(profile, "retries", "calls")
    if retried and calls:
        share = retried / calls
        told = mark("{share} of calls were tried again after a failed attempt.")
        yield say(told, share=say.percent(share, 1 if share >= _SAMPLES else 2))
    counts = part(profile, "suspicious", "counts")
    odd = [(name, count) for name in counts if (count := number(counts, name))]
    listed = ", ".join(f"{say(SUSPICIONS.get(name, name))}: {say.number(count)}" for name, count in odd)
    yield say("Suspicious records: {listed}.", listed=listed) if odd else say("No record is suspicious.")


def _hold_times(draft: Draft) -> list[Chart]:
    """Return the chart of how long answered calls last."""
    say = draft.say
    found = part(draft.evidence.profile, "calls").get("hold_time_bins") or []
    bins = [each for each in found if isinstance(each, list) and len(each) == len(("from", "until", "calls"))]
    if len(bins) < _SEVERAL:
        return []
    names = [f"{start}\N{EN DASH}{end}" for start, end, _ in bins]
    half = number(draft.evidence.profile, "calls", "hold_time", "p50")
    most = number(draft.evidence.profile, "calls", "hold_time", "p95")
    answer = say(
        "Half of the answered calls end within {half}, 95 % within {most}.",
        half=say.quantity(half or 0, "s"),
        most=say.quantity(most or 0, "s"),
    )
    figure = grouped(names, [Group(say("Answered calls"), [each[2] for each in bins])], say("answered calls"))
    figure["layout"]["xaxis"]["title"] = {"text": say("seconds of conversation")}
    figure["layout"]["height"] = 260
    cells = [[name, say.number(each[2])] for name, each in zip(names, bins, strict=True)]
    titles = [say("Seconds"), say("Answered calls")]
    table = draft.table(say("Answered calls by duration"), titles, cells)
    return [Chart("holding", say("How long do calls last?"), answer, figure, table)]


def _taken(draft: Draft) -> list[Block]:
    from planner.sizing.constants import defaults  # noqa: PLC0415  the model is in memory by now

    say = draft.say
    labels = {name: each.assumption.label for name, each in defaults().items()}
    cells: list[list[Cell | str]] = []
    for each in rows(draft.evidence.profile, "assumptions"):
        amounts = [number(each, end) for end in ("low", "value", "high")]
        if None not in amounts:
            name, unit = text(each, "name"), text(each, "unit")
            shown = [say.quantity(amount or 0.0, unit) for amount in amounts]
            cells.append([draft.label(labels.get(name, name)), *shown, Cell(name, "code")])
    titles = (mark("Assumption"), mark("Low"), mark("Measured"), mark("High"), mark("Name"))
    if not cells:
        return []
    made = draft.table(say("Numbers that replace assumptions"), [say(each) for each in titles], cells)
    return [made._replace(columns=(*made.columns[:-1], Column(made.columns[-1].title)))]
