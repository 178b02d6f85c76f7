"""Two measured periods side by side: what changed by more than chance would change it.

Shares are compared as two proportions, means by their deviations, attempts a day by how days differ from each other;
the more is compared, the more it takes to stand out (Bonferroni). Call records say nothing of codecs.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from math import log, sqrt
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

from planner.cdr.profile.statistics import quantile, student

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SCHEMA = "cdr-comparison-v1"
TABLES = ("callerGatewayId", "calleeGatewayId", "prefix")
_FEW = 30
"""Attempts of a key below which its share says nothing."""
_DAYS = 3
_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Change:
    """One measure of both periods: `z` is the difference in standard errors, `beyond_chance` what follows from it."""

    measure: str
    key: str
    unit: str
    before: float | None
    after: float | None
    z: float | None
    beyond_chance: bool = False

    @property
    def change(self) -> float | None:
        """The change as a share of what was before; None where that is 0 or unknown."""
        return None if not self.before or self.after is None else self.after / self.before - 1


def compare_periods(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Return the changes between two profiles, those beyond chance first."""
    found = [*_totals(before, after), *_means(before, after), *_by_key(before, after)]
    needed = quantile(max(sum(each.z is not None for each in found), 1))
    judged = [Change(**{**asdict(each), "beyond_chance": abs(each.z or 0.0) > needed}) for each in found]
    return sorted(judged, key=lambda each: not each.beyond_chance)


def as_document(changes: Iterable[Change], names: tuple[str, str]) -> dict[str, Any]:
    """Return the comparison as JSON holds it."""
    rows = [{**asdict(each), "change": each.change} for each in changes]
    return {"schema": SCHEMA, "before": names[0], "after": names[1], "changes": rows}


def _totals(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    yield _attempts(before, after)
    for name in ("calls", "cps_minute"):
        one, other = (each["peaks"] and each["peaks"][name]["p95"] for each in (before, after))
        if one and other:
            unit = "calls" if name == "calls" else "1/s"
            yield Change(
                f"high day's {name.replace('_', ' of a ')}", "", unit, one["value"], other["value"], _z(one, other)
            )
    if not (before["calls"]["attempts_unknown"] or after["calls"]["attempts_unknown"]):
        counts = [(each["calls"]["answered"], each["calls"]["records"]) for each in (before, after)]
        yield _share("ASR", "", counts[0], counts[1])


def _z(one: Mapping[str, float], other: Mapping[str, float]) -> float | None:
    """Return the difference of two numbers with intervals, as logarithms, in standard errors."""
    if min(one["low"], other["low"]) <= 0:
        return None
    errors = [log(each["high"] / each["low"]) / (2 * quantile()) for each in (one, other)]
    return log(other["value"] / one["value"]) / max(sqrt(errors[0] ** 2 + errors[1] ** 2), 1e-9)


def _attempts(before: Mapping[str, Any], after: Mapping[str, Any]) -> Change:
    days = [_days(each) for each in (before, after)]
    rates = [each["cps"]["mean"] * 86_400 for each in (before, after)]
    z = None
    if all(len(each) >= _DAYS for each in days):
        logs = [[log(max(count, 0.5)) for count in each] for each in days]
        spread = sqrt(sum(stdev(each) ** 2 / len(each) for each in logs))
        few = student(min(map(len, days)) - 1) / quantile()
        z = (fmean(logs[1]) - fmean(logs[0])) / max(spread, 1e-9) / few
    return Change("attempts", "", "1/day", rates[0], rates[1], z)


def _days(profile: Mapping[str, Any]) -> list[int]:
    """Return the attempts of the whole days that the profile's hours list."""
    days: dict[str, list[int]] = {}
    for hour in profile["hours"]:
        days.setdefault(hour["from"][:10], []).append(hour["attempts"])
    begin, end = (datetime.fromisoformat(profile["span"][name]) for name in ("from", "until"))
    whole = (
        day for day in days if begin <= datetime.fromisoformat(f"{day} 01:00") and end.isoformat(" ")[:13] > f"{day} 22"
    )
    return [sum(days[day]) for day in whole]


def _share(measure: str, key: str, before: tuple[int, int], after: tuple[int, int]) -> Change:
    (one, some), (other, many) = before, after
    pooled = (one + other) / (some + many) if some + many else 0.0
    error = sqrt(pooled * (1 - pooled) * (1 / some + 1 / many)) if some and many else 0.0
    shares = (one / some if some else None, other / many if many else None)
    z = (other / many - one / some) / error if error else None
    return Change(measure, key, "ratio", shares[0], shares[1], z)


def _means(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    measures = {"ACD": ("calls", "hold_time"), "setup time": ("distributions", "setup_s")}
    measures |= {"caller PDD": ("distributions", "caller_pdd_ms"), "callee PDD": ("distributions", "callee_pdd_ms")}
    measures["bytes per line"] = ("distributions", "line_bytes")
    for name, (part, of) in measures.items():
        one, other = before[part][of], after[part][of]
        if one and other:
            error = sqrt(one["deviation"] ** 2 / one["samples"] + other["deviation"] ** 2 / other["samples"])
            z = (other["mean"] - one["mean"]) / error if error else None
            yield Change(name, "", one["unit"], one["mean"], other["mean"], z)


def _by_key(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    totals = [each["calls"]["records"] for each in (before, after)]
    for name in (*TABLES, "endReason"):
        rows = [{row["key"]: row for row in each["tables"][name]["rows"]} for each in (before, after)]
        for key in sorted(rows[0].keys() | rows[1].keys()):
            one, other = ((rows[i].get(key) or {"attempts": 0, "answered": 0}) for i in (0, 1))
            if max(one["attempts"], other["attempts"]) < _FEW or _hidden(key, rows, before, after, name):
                continue
            yield _share(
                f"{name}: share of attempts", key, (one["attempts"], totals[0]), (other["attempts"], totals[1])
            )
            if name != "endReason" and min(one["attempts"], other["attempts"]) >= _FEW:
                counts = [(each["answered"], each["attempts"]) for each in (one, other)]
                yield _share(f"{name}: ASR", key, counts[0], counts[1])


def _hidden(
    key: str, rows: list[dict[str, Any]], before: Mapping[str, Any], after: Mapping[str, Any], name: str
) -> bool:
    """Tell whether a key may be missing on one side only because its table was cut."""
    cut = [bool(each["tables"][name]["other_attempts"]) for each in (before, after)]
    return any(key not in rows[i] and cut[i] for i in (0, 1))
