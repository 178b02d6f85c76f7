"""How the load was stated: attempts per second, concurrent calls, or minutes a day."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from planner.sizing.numbers import Assumption, Range
from planner.sizing.overrides import load_factor
from planner.sizing.problems import ImpossibleInput, Problem
from planner.wording import term, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.sizing.reading import Reader

MOST_CPS = 1_000_000
MOST_CALLS = 100_000_000
MOST_MINUTES = 10_000_000_000
LEAVES = 256
"""Leaves that are kept: how the load is stated is the same for most deployments."""
# Calls and attempts stated together may differ from each other by this much before they contradict.
_SLACK = 1.25
_STATEMENTS = ("traffic.cps", "traffic.concurrent_calls", "traffic.daily_minutes")


@lru_cache(maxsize=LEAVES)
def leaf(name: str, value: float, unit: str, label: str, replace: str) -> Assumption:
    """Return a leaf that holds what was declared."""
    return Assumption(name, label, Range.point(value), unit, "standard", ("declared",), replace, origin="declared")


def load(reader: Reader, numbers: dict[str, Assumption], replaced: Mapping[str, Assumption]) -> tuple[Assumption, ...]:
    """Return the leaves that say how the load was stated.

    Raises ImpossibleInput where it was not, or twice over.
    """
    _day(reader, numbers)
    cps = reader.number("traffic.cps", 0, MOST_CPS)
    calls = reader.number("traffic.concurrent_calls", 0, MOST_CALLS)
    minutes = reader.number("traffic.daily_minutes", 0, MOST_MINUTES)
    assumed = replaced.get("given.cps")
    if assumed and (assumed.origin == "assumed" or cps is calls is minutes is None):
        cps = assumed.range.typical
    else:
        assumed = leaf("given.cps", cps or 0.0, "1/s", "Declared attempts per second", "--cps")
    _agree(cps, calls, minutes, numbers)
    finite = numbers["traffic.sources"].range.typical > 0
    flags = {
        "by_calls": cps is None and calls is not None,
        "by_minutes": minutes is not None,
        "peak": calls is not None,
        "finite": finite,
        "direct": calls is not None or finite,
    }
    return (
        leaf("given.cps", cps or 0.0, "1/s", "Declared attempts per second", "--cps"),
        leaf("given.concurrent_calls", calls or 0.0, "count", "Declared concurrent calls", "--concurrent-calls"),
        leaf("given.daily_minutes", minutes or 0.0, "min/day", "Declared minutes a day", "--daily-minutes"),
        *(leaf(f"given.{name}", float(value), "flag", "How the load was stated", "") for name, value in flags.items()),
    )


def _day(reader: Reader, numbers: dict[str, Assumption]) -> None:
    ring = reader.number("traffic.ring_time", 0, 3600)
    if ring:
        setup = numbers["traffic.setup_time"]
        longer = Range(*(case + ring for case in setup.range))
        numbers["traffic.setup_time"] = _changed(setup, longer)
    profile = reader.value("traffic.busy_hour_profile")
    factor = numbers["traffic.load_factor"]
    if profile is not None and factor.origin in {"default", "measured"}:
        share = load_factor("traffic.busy_hour_profile", profile)
        numbers["traffic.load_factor"] = _changed(factor, Range.point(share))


def _changed(old: Assumption, value: Range) -> Assumption:
    origin = "declared" if value.certain else old.origin
    return Assumption(
        old.name, old.label, value, old.unit, old.grounds, old.sources, old.replace, origin, 0.0, old.samples
    )


def _one_of_them() -> str:
    *others, last = _STATEMENTS
    return wording("one of {names}", names=wording("{one} or {other}", one=", ".join(others), other=last))


def _agree(cps: float | None, calls: float | None, minutes: float | None, numbers: Mapping[str, Assumption]) -> None:
    if cps is None and calls is None and minutes is None:
        raise ImpossibleInput(Problem("traffic", wording("the load is not stated"), _one_of_them()))
    if minutes is not None and (cps is not None or calls is not None):
        raise ImpossibleInput(Problem("traffic.daily_minutes", wording("the load is stated twice"), _one_of_them()))
    asr, acd, setup = (numbers[f"traffic.{name}"].range for name in ("asr", "acd", "setup_time"))
    if minutes and asr.low * acd.low <= 0:
        raise ImpossibleInput(
            Problem("traffic.asr", wording("minutes a day need answered calls"), wording("ASR and ACD above 0"))
        )
    if calls and cps is None and setup.low + asr.low * acd.low <= 0:
        raise ImpossibleInput(
            Problem("traffic.acd", wording("calls that last 0 s are never concurrent"), wording("ACD above 0"))
        )
    if cps is not None and calls is not None:
        _match(cps, calls, (setup.low + asr.low * acd.low, setup.high + asr.high * acd.high))


def _match(cps: float, calls: float, hold: tuple[float, float]) -> None:
    least, most = cps * hold[0] / _SLACK, cps * hold[1] * _SLACK
    if least <= calls <= most:
        return
    held = wording("{number} {unit}", number=f"{calls / cps:.4g}", unit=term("s")) if cps else wording("no attempts")
    raise ImpossibleInput(
        Problem(
            "traffic.concurrent_calls",
            wording(
                "{calls} calls contradict traffic.cps {cps}: each attempt would hold {held}, while ASR, "
                "ACD and setup time make it {low}-{high} s",
                calls=f"{calls:g}",
                cps=f"{cps:g}",
                held=held,
                low=f"{hold[0]:.4g}",
                high=f"{hold[1]:.4g}",
            ),
            wording(
                "{low} to {high} calls, or an ASR, ACD and setup time that fit", low=f"{least:.6g}", high=f"{most:.6g}"
            ),
        )
    )
