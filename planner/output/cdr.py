"""Measured profiles and their comparisons on the terminal: what they say first, then by whom."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planner.wording import counted

if TYPE_CHECKING:
    from rich.table import Table


_WIDTH = 120
_ROWS = 10
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TITLES = {
    "callerGatewayId": "Calling gateway",
    "calleeGatewayId": "Called gateway",
    "endReason": "End reason",
    "endDirection": "Hung up by",
    "billingMode": "Charged to",
    "prefix": "Destination prefix",
}


def _number(value: float | None, digits: int = 4) -> str:
    if value is None:
        return "-"
    return (
        f"{value:,}"
        if isinstance(value, int)
        else f"{value:,.{digits}g}"
        if abs(value) < 10**digits
        else f"{value:,.0f}"
    )


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.2%}"


def overview(profile: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what the profile says first, as name and text."""
    lines, calls, cps, span = profile["lines"], profile["calls"], profile["cps"], profile["span"]
    rejected = ", ".join(f"{name} {count:,}" for name, count in lines["reasons"].items() if count)
    yield ("lines", f"{lines['lines']:,} = {lines['accepted']:,} accepted + {lines['rejected']:,} rejected {rejected}")
    zone = profile["timezone"] or "local times of the server; name its zone with --timezone"
    yield "time", f"{span['from']} until {span['until']} ({zone})"
    yield "records", f"{calls['records']:,}, answered {calls['answered']:,}"
    yield "ASR, NER", f"{_share(calls['asr'])}, {_share(calls['ner'])}"
    yield "ACD, setup time", f"{_number(calls['acd'])} s, {_number(calls['setup_time'])} s"
    yield "CPS, mean", _number(cps["mean"])
    for unit in ("second", "minute", "hour"):
        if unit in cps:
            rate = cps[unit]
            shown = f"peak {_number(rate['peak'])} at {rate['peak_at']}, p99.9 {_number(rate['p999'])}"
            yield f"CPS by {unit}", f"{shown}, p99 {_number(rate['p99'])}"
    yield from _peaks(profile)
    yield from _fleet(profile["fleet"]) if "fleet" in profile else ()
    for kind, level in profile["concurrency"].items():
        at = f" at {level['peak_at']}" if level["peak_at"] else ""
        yield f"concurrent {kind}", f"peak {level['peak']:,}{at}, p99 {level['p99']:,}, mean {_number(level['mean'])}"
    yield from _distributions(profile)


def _between(found: dict[str, float], form: str = ",.4g") -> str:
    return f"{found['value']:{form}} ({found['low']:{form}} to {found['high']:{form}})"


def _peaks(profile: dict[str, Any]) -> Iterator[tuple[str, str]]:
    peaks, trend = profile["peaks"], profile["trend"]
    if peaks:
        days = f"19 of 20 days, from {peaks['days']:,}"
        yield (
            "calls of a high day",
            f"{_between(peaks['calls']['p95'], ',.0f')}; {days}, highest {peaks['calls']['max']:,.0f}",
        )
        rates = (f"{unit} {_between(peaks[f'cps_{unit}']['p95'])}" for unit in ("second", "minute", "hour"))
        yield "CPS of a high day", ", ".join(rates)
        above = ((name, value) for name, value in peaks["above_mean"].items() if value)
        yield "highest over mean", ", ".join(f"{name} {value:.3g}" for name, value in above)
    if trend and trend["growth_per_month"]:
        yield "growth a month", _between(trend["growth_per_month"], "+.1%") + ("" if trend["shown"] else ": not shown")
    if trend:
        named = zip(_WEEKDAYS, trend["weekday"], strict=True)
        yield "days of the week", ", ".join(f"{day} {share:.2f}" for day, share in named) + " of a mean day"
    for step in trend["change_points"] if trend else ():
        yield "level changed", f"{step['at'][:10]}, from {step['before']:,.0f} to {step['after']:,.0f} attempts a day"
    yield from _clock(profile["clock"])
    if profile["calls"]["attempts_unknown"]:
        yield "attempts", profile["calls"]["attempts_unknown"]


def _clock(clock: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for hour in clock["repeated"]:
        why = (
            "the zone's clock is put back" if clock["how"] == "zone" else "calls stop before they start; see --timezone"
        )
        yield (
            "hour passed twice",
            f"{hour['from']}, {counted(hour['attempts'], 'attempt')}: left out of rates and peaks ({why})",
        )
    for hour in clock["skipped"]:
        yield "hour skipped", f"{hour['from']}: the zone's clock is put forward"
    if clock["strays"]:
        yield (
            "far from all others",
            f"{counted(clock['strays'], 'attempt')}, left out of the time covered, rates and peaks",
        )


def _fleet(fleet: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for row in fleet["servers"]:
        peaks = (
            f"peak {counted(row['calls'], 'call')} at {row['calls_at']}, {_number(row['cps_minute'])} CPS in a minute"
        )
        yield f"server {row['name']}", f"{counted(row['attempts'], 'attempt')}, {peaks}"
    both = (fleet["peak_of_sum"], fleet["sum_of_peaks"])
    calls, rate = ([side[kind] for side in both] for kind in ("calls", "cps_minute"))
    saved = _share(fleet["saved"]["calls"])
    said = f"peak {counted(calls[0], 'call')} where the servers' own add up to {calls[1]:,} ({saved} saved)"
    yield "all servers as one", f"{said}, {_number(rate[0])} CPS where they add up to {_number(rate[1])}"


def _distributions(profile: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, found in profile["distributions"].items():
        if found:
            ranks = ", ".join(f"{rank} {found[rank]:,}" for rank in ("p50", "p95", "p99", "max"))
            yield (name.rsplit("_", 1)[0].replace("_", " "), f"mean {_number(found['mean'])}, {ranks} {found['unit']}")
    law = profile["calls"]["hold_time_law"]
    if law:
        yield "hold times", f"closer to {law['closer']}: {law['meaning']}"
    yield from _oddities(profile)


def _oddities(profile: dict[str, Any]) -> Iterator[tuple[str, str]]:
    floods, retries = profile["floods"], profile["retries"]
    if floods["count"]:
        first = floods["episodes"][0]["from"]
        yield "floods", f"{floods['count']} of {counted(floods['attempts'], 'attempt')}, the first at {first}"
    basis = "a sample of " if retries["sampled"] else ""
    several = f"{retries['several_gateways']:,} towards several gateways"
    yield "retries", f"{retries['retried']:,} of {basis}{counted(retries['calls'], 'call')}, {several}"
    if retries["sampled"]:
        ranges = (
            f"{name.replace('_', ' ')} {_share(each['low'])} to {_share(each['high'])}"
            for name, each in retries["shares"].items()
        )
        yield "shares of all calls", ", ".join(ranges)
    odd = ", ".join(f"{name} {count:,}" for name, count in profile["suspicious"]["counts"].items() if count)
    yield "suspicious", odd or "nothing"
    moved = profile["calls"]["moved_by_largest"]
    most = f"largest {moved['share']:.2%} move"
    yield "means", f"{most} setup time by {_number(moved['setup_time'], 3)} s, ACD by {_number(moved['acd'], 3)} s"
    for name, gap in profile["gaps"].items():
        if gap and gap["hours"]:
            yield f"hours {name.replace('_', ' ')}", f"{gap['hours']:,g} in {counted(gap['gaps'], 'gap')}"


def _keys(title: str, found: dict[str, Any]) -> Table:
    from rich.table import Table  # noqa: PLC0415  heavy

    table = Table(title, box=None, header_style="bold", pad_edge=False)
    for name in ("attempts", "ASR", "ACD s", "minutes", "peak attempts", "peak answered"):
        table.add_column(name, justify="right")
    for row in found["rows"][:_ROWS]:
        key = row.get("label") or row["key"] or "(empty)"
        numbers = (f"{row['attempts']:,}", _share(row["asr"]), _number(row["acd"]), f"{row['minutes']:,.0f}")
        peaks = (f"{row['peak_concurrent_attempts']:,}", f"{row['peak_concurrent']:,}")
        table.add_row(_plain(key), *numbers, *peaks)
    return table


def _plain(text: str) -> str:
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text).replace("[", r"\[")


def render_table(profile: dict[str, Any], *, width: int = 0, terminal: bool = False) -> str:
    """Return the profile as text of at most `width` columns (0: 120), coloured where it goes to a terminal."""
    from rich.console import Console  # noqa: PLC0415  heavy
    from rich.table import Table  # noqa: PLC0415  heavy

    into = io.StringIO()
    console = Console(file=into, width=width or _WIDTH, force_terminal=terminal, highlight=False)
    head = Table(box=None, show_header=False, pad_edge=False)
    head.add_column(style="bold")
    head.add_column()
    for name, value in overview(profile):
        head.add_row(name, _plain(value))
    console.print(head)
    for name, found in profile["tables"].items():
        console.print()
        console.print(_keys(_TITLES[name], found))
    return "".join(f"{line.rstrip()}\n" for line in into.getvalue().split("\n")[:-1])
