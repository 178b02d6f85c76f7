"""What chance alone explains: two measured periods side by side, and a measurement beside a prediction.

Shares are compared as two proportions, means by their deviations, attempts a day by how days differ from each other;
the more is compared, the more it takes to stand out (Bonferroni). Call records say nothing of codecs.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from math import log, sqrt
from statistics import NormalDist, fmean, stdev
from typing import Any

from planner.cdr.format import setting
from planner.cdr.profile.rates import quantile, student
from planner.cdr.summary.summary import named_time
from planner.wording import wording

SCHEMA = "cdr-comparison-v1"
TABLES = ("callerGatewayId", "calleeGatewayId", "prefix")
_FEW = 30
"""Attempts of a key below which its share says nothing."""
_DAYS = 3


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
    highest = {
        "calls": (wording("a high day's calls at once"), "calls"),
        "cps_minute": (wording("a high day's CPS of a minute"), "1/s"),
    }
    for name, (measure, unit) in highest.items():
        one, other = (each["peaks"] and each["peaks"][name]["p95"] for each in (before, after))
        if one and other:
            yield Change(measure, "", unit, one["value"], other["value"], _z(one, other))
    if not (before["calls"]["attempts_unknown"] or after["calls"]["attempts_unknown"]):
        counts = [(each["calls"]["answered"], each["calls"]["records"]) for each in (before, after)]
        yield _share(wording("ASR"), "", counts[0], counts[1])


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
    return Change(wording("attempts"), "", "1/day", rates[0], rates[1], z)


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
    measures = (
        (wording("ACD"), "calls", "hold_time"),
        (wording("setup time"), "distributions", "setup_s"),
        (wording("caller PDD"), "distributions", "caller_pdd_ms"),
        (wording("callee PDD"), "distributions", "callee_pdd_ms"),
        (wording("bytes per line"), "distributions", "line_bytes"),
    )
    for name, part, of in measures:
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
            measure = wording("{column}: share of attempts", column=name)
            yield _share(measure, key, (one["attempts"], totals[0]), (other["attempts"], totals[1]))
            if name != "endReason" and min(one["attempts"], other["attempts"]) >= _FEW:
                counts = [(each["answered"], each["attempts"]) for each in (one, other)]
                yield _share(wording("{column}: ASR", column=name), key, counts[0], counts[1])


def _hidden(
    key: str, rows: list[dict[str, Any]], before: Mapping[str, Any], after: Mapping[str, Any], name: str
) -> bool:
    """Tell whether a key may be missing on one side only because its table was cut."""
    cut = [bool(each["tables"][name]["other_attempts"]) for each in (before, after)]
    return any(key not in rows[i] and cut[i] for i in (0, 1))


# How far chance alone may take a measurement of one archive from a prediction that is true.
#
# The model speaks of means; an archive is one sample of them. Three things part the two: the profile's own rate
# is known within its interval alone, a count of N scatters by sqrt(N), and calls that began before the archive
# are not in it.

_NORMAL = NormalDist()
_SETTLED = 3
"""Mean remaining durations after which a system that begins empty is within 5 % of its load."""


def covered_seconds(profile: Mapping[str, Any]) -> int:
    """Return how many seconds of the busy hour lie between the first and the last attempt; 1 at least."""
    span, busy = profile["span"], profile["busy_hour"]
    begin = max(datetime.fromisoformat(each["from"]) for each in (span, busy))
    end = min(datetime.fromisoformat(each["until"]) for each in (span, busy))
    return max(round((end - begin).total_seconds()), 1)


def rate_interval(basis: Mapping[str, Any]) -> tuple[float, float]:
    """Return the bounds of a profile's attempts per second as shares of their value."""
    known = next((each for each in basis["assumptions"] if each["name"] == "traffic.cps"), None)
    return (known["low"] / known["value"], known["high"] / known["value"]) if known else (1.0, 1.0)


def highest_level(mean: float, periods: float, chance: float) -> float:
    """Return what the highest of a Poisson level stays below with `chance`.

    `mean` is the offered load (erlangs), `periods` the time watched in mean durations of an attempt. The
    correlation of calls that come and go is 1 - |t| / duration near 0, whatever the law of their durations,
    so that the level exceeds z deviations periods * z^2 * Q(z) times (J. Pickands, 1969).
    """
    low, high = sqrt(2.0), 40.0
    for _ in range(60):
        middle = (low + high) / 2
        above = periods * middle**2 * _NORMAL.cdf(-middle) > -log(chance)
        low, high = (middle, high) if above else (low, middle)
    # Below the deviation where that chance is largest the formula says nothing: the mean is always reached.
    z = low if low > sqrt(2.0) else 0.0
    return mean + z * sqrt(mean) + (z * z - 1) / 6


@dataclass(frozen=True, slots=True)
class Durations:
    """Of an attempt (s): the mean, and the mean that is still to come of those in progress."""

    mean: float
    remaining: float


def durations(profile: Mapping[str, Any]) -> Durations:
    """Return the durations of a profile's attempts, from the moments of set-up and hold times."""
    calls, setup = profile["calls"], profile["distributions"]["setup_s"]
    hold = calls["hold_time"] or {"mean": 0.0, "deviation": 0.0}
    asr, begin = calls["asr"], calls["setup_time"]
    mean = begin + asr * hold["mean"]
    square = begin**2 + setup["deviation"] ** 2 + asr * (hold["mean"] ** 2 + hold["deviation"] ** 2)
    square += 2 * begin * asr * hold["mean"]
    return Durations(max(mean, 1.0), square / (2 * mean) if mean else 1.0)


class Chance:
    """Bounds within which a measurement is to be expected, if the model that a profile feeds is true."""

    def __init__(self, profile: Mapping[str, Any], basis: Mapping[str, Any]) -> None:
        self._busy, self._seconds = profile["busy_hour"], covered_seconds(profile)
        self._span = max(profile["span"]["seconds"], 1)
        self._durations = durations(profile)
        self._rate = rate_interval(basis)
        self._begins_empty = profile["span"]["from"] >= self._busy["from"]

    def _of(self, figure: Mapping[str, float]) -> tuple[float, float]:
        return figure["low"] * self._rate[0], figure["high"] * self._rate[1]

    def counted(self, figure: Mapping[str, float], count: int) -> tuple[float, float]:
        """Return the bounds of a rate behind which `count` events stand."""
        low, high = self._of(figure)
        error = quantile(confidence="chance_confidence") / sqrt(max(count, 1))
        return low * max(1 - error, 0.0), high * (1 + error)

    def load(self, figure: Mapping[str, float]) -> tuple[float, float]:
        """Return the bounds of the mean concurrency of the busy hour."""
        low, high = self._of(figure)
        # The variance of a mean over T of a level with variance m and integrated correlation 2R is 2Rm / T.
        error = quantile(confidence="chance_confidence") * sqrt(2 * self._durations.remaining / self._seconds)
        missing = figure["value"] * min(self._durations.remaining / self._seconds, 1.0)
        low -= missing if self._begins_empty else 0.0
        return max(low - error * sqrt(low), 0.0) if low > 0 else 0.0, high + error * sqrt(high)

    def highest(self, load: Mapping[str, float]) -> tuple[float, float]:
        """Return the bounds of the highest concurrency, given the figure of the offered load.

        At least the settled part of the busy hour was as busy as the model says, at most all of the archive.
        """
        low, high = self._of(load)
        miss = (1 - setting("chance_confidence")) / 2
        settled = self._seconds - _SETTLED * self._durations.remaining * self._begins_empty
        least = highest_level(low, max(settled / self._durations.mean, 1.0), miss)
        most = highest_level(high, max(self._span / self._durations.mean, 1.0), 1 - miss)
        return least if settled > 0 else 0.0, most


# What the model would have planned for measured traffic, beside what that traffic really needed.

DAY = 86_400
LOAD, PEAK = "traffic.offered_erlangs", "traffic.concurrent_calls_peak"
_HOUR = 3600
_THEIR_OWN = ("traffic.cps", "cdr.lines_per_hour", "cdr.bytes_per_hour")
"""Figures that the model takes from the busy hour it is judged by, where it is given the same records."""
_JUDGED = 7 * DAY
_ENOUGH = 14 * DAY


def split_by_time(paths: Iterable[str]) -> int | None:
    """Return the time before which named files are to predict from and after which to judge by: the last week.

    None where the names tell of less than two weeks.
    """
    named = sorted(time[0] for time in map(named_time, paths) if time)
    return named[-1] - _JUDGED + 1 if named and named[-1] - named[0] >= _ENOUGH - DAY else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure: what the model predicts and what was measured, in the same unit.

    `low` and `high` are where the measurement is to be expected: the model's range, widened by what chance
    does to one archive. `itself`: the prediction was made from this very number, and proves nothing.
    """

    figure: str
    unit: str
    predicted: float
    low: float
    high: float
    measured: float
    note: str = ""
    itself: bool = False

    @property
    def error(self) -> float | None:
        """The prediction's distance from the measurement, as a share of the latter; None where that is 0."""
        return (self.predicted - self.measured) / self.measured if self.measured else None

    @property
    def within(self) -> bool | None:
        """Tell whether the measurement lies where it is expected; None where it is compared with itself."""
        return None if self.itself else self.low <= self.measured <= self.high


def write_interval(profile: Mapping[str, Any]) -> int | None:
    """Return the usual seconds between files whose names tell a time; None where that is not known."""
    found = profile["gaps"]["without_file"]
    return found.get("interval") if found else None


def declared_by(profile: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the archive itself tells about the server's settings, in the deployment's names."""
    declared: dict[str, Any] = {"softswitch.SS_CDR_RECORD_NONCONNECT": not profile["calls"]["answered_only"]}
    interval = write_interval(profile)
    if interval and 60 <= interval <= DAY:  # noqa: PLR2004  the parameter's documented range
        declared["softswitch.SERVER_CDR_FILE_WRITE_INTERVAL"] = interval
    return declared


def measured_figures(profile: Mapping[str, Any]) -> Iterator[tuple[str, float, str]]:
    """Yield the sizing's figures as they were measured: name, value in the figure's unit, remark.

    The busy hour counts by the seconds of it that the archive covers. Rates of less than a day are scaled to
    one, and say so.
    """
    busy, lines = profile["busy_hour"], profile["lines"]
    seconds, covered = max(profile["span"]["seconds"], 1), covered_seconds(profile)
    bytes_per_line = profile["distributions"]["line_bytes"]["mean"]
    scaled = "" if seconds >= DAY else wording("scaled from {seconds} s", seconds=f"{seconds:,}")
    busiest = wording("busy hour")
    hourly = busy["attempts"] * _HOUR / covered
    yield "traffic.cps", busy["attempts"] / covered, busiest
    yield "traffic.answered_cps", busy["answered"] / covered, busiest
    yield LOAD, busy["attempt_erlangs"] * _HOUR / covered, wording("mean of the busy hour")
    yield PEAK, float(profile["concurrency"]["attempts"]["peak"]), wording("highest second")
    yield "cdr.lines_per_hour", hourly, busiest
    yield "cdr.bytes_per_hour", hourly * bytes_per_line, busiest
    yield "traffic.attempts_per_day", profile["calls"]["records"] * DAY / seconds, scaled
    yield "cdr.bytes_per_day", lines["bytes"] * DAY / seconds, scaled


def compare(
    profile: Mapping[str, Any], figures: Mapping[str, Any], basis: Mapping[str, Any] | None = None
) -> list[Comparison]:
    """Return the comparisons; `figures` are a sizing's estimates by name (value, low, high, unit).

    `basis` is the profile the sizing was given, the measured one by default.
    """
    chance = Chance(profile, basis or profile)
    found = []
    for name, measured, remark in measured_figures(profile):
        figure = figures.get(name)
        if figure:
            low, high = _bounds(chance, name, figures, profile["busy_hour"])
            itself = name in _THEIR_OWN and (basis is None or basis is profile)
            found.append(Comparison(name, figure["unit"], figure["value"], low, high, measured, remark, itself))
    return [*found, *_files(profile, itself=basis is None or basis is profile)]


def _bounds(chance: Chance, name: str, figures: Mapping[str, Any], busy: Mapping[str, int]) -> tuple[float, float]:
    """Return where the measurement of a figure is to be expected."""
    if name == LOAD:
        return chance.load(figures[LOAD])
    if name == PEAK and LOAD in figures:
        low, high = chance.highest(figures[LOAD])
        return min(low, figures[PEAK]["low"]), max(high, figures[PEAK]["high"])
    return chance.counted(figures[name], busy["answered" if name == "traffic.answered_cps" else "attempts"])


def _files(profile: Mapping[str, Any], *, itself: bool) -> Iterator[Comparison]:
    interval = write_interval(profile)
    if not interval:
        return
    named = [time[0] for time in (named_time(entry["file"]) for entry in profile["files"]) if time]
    days = (max(named) - min(named) + interval) / DAY
    predicted = DAY / interval
    yield Comparison(
        "cdr.files_per_day", "1/day", predicted, predicted, predicted, len(named) / days, "file names", itself
    )
