"""The loop closes: any workload, measured, gives a plan that carries its high days and little more.

Every eighth archive is written as files, three weeks with a night that has an hour twice, and read back; the others
are summed up in memory. `PLAN_LOOP_SEEDS=100` judges as many workloads as the promise is about; the result stands in
docs/reliability.md.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
import pytest

from planner.cdr.engine.local import run_here
from planner.cdr.engine.run import measure
from planner.cdr.profile.document import build_profile
from planner.cdr.sources import find_sources
from planner.cdr.summary.summary import ENDS, STARTS, TALKING, FileFacts, Summary
from planner.deployment import Deployment
from planner.sizing import size

DAY, HOUR = 86_400, 3600
MONDAY = 63_881_568_000 // DAY * DAY  # a Monday in 2025
MONDAY -= (MONDAY // DAY % 7) * DAY
SEEDS = int(os.environ.get("PLAN_LOOP_SEEDS", "8"))
OCTOBER = np.datetime64("2025-10-20")
TWICE = (6 * DAY + 2 * HOUR, 6 * DAY + 3 * HOUR)  # of the Sunday after that Monday, in Europe/Berlin
SHAPES = (
    np.array([3, 2, 2, 2, 2, 3, 4, 6, 9, 10, 10, 9, 9, 10, 10, 10, 9, 9, 8, 8, 7, 6, 5, 4]) / 10,
    np.array([3, 2, 1, 1, 1, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 6, 8, 10, 10, 9, 7, 5]) / 10,
    np.array([2, 2, 2, 2, 2, 2, 2, 2, 2, 5, 10, 5, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2]) / 10,
)


@dataclass(frozen=True)
class Workload:
    """Attempts a second in the busy hour of the first day, and how they move.

    A surge may be one of all days or of one weekday; from `holiday` on a week has a third of its attempts.
    """

    cps: float
    days: int
    asr: float
    acd: float
    setup: float
    growth: float
    weekend: float
    surge: float
    weekday: int | None
    retries: float
    scatter: float
    holiday: int
    shape: int

    @classmethod
    def any(cls, rng):
        days = int(rng.choice([1, 2, 4, 7, 10, 14, 21, 35]))
        return cls(
            cps=float(np.exp(rng.uniform(np.log(0.1), np.log(2)))),
            days=days,
            asr=float(rng.uniform(0.1, 0.8)),
            acd=float(np.exp(rng.uniform(np.log(20), np.log(250)))),
            setup=float(rng.uniform(3, 15)),
            growth=float(rng.choice([0, 0, 0.1, 0.25])),
            weekend=float(rng.choice([1, 0.5])),
            surge=float(rng.choice([1, 1, 2.5, 5])),
            weekday=int(rng.integers(0, min(days, 5))) if rng.random() < 0.4 else None,
            retries=float(rng.choice([0, 0.3])),
            scatter=float(rng.choice([0, 0.03, 0.06])),
            holiday=int(rng.choice([0, 14, 28])) if days > 28 else days,
            shape=int(rng.integers(len(SHAPES))),
        )

    def level(self, day, rng):
        """Return one day's level; the last days of a growing archive are the highest."""
        grown = (1 + self.growth) ** (day / 30.4375)
        return self.cps * grown * (self.weekend if day % 7 > 4 else 1) * float(np.exp(rng.normal(0, self.scatter)))

    def attempts(self, day, rng, factor=1.0):
        """Return starts, ends and hold times (s) of one day, which begins at 0."""
        rate = np.repeat(SHAPES[self.shape], HOUR) * self.level(day, rng) * factor
        if self.weekday in {None, day % 7}:
            rate[10 * HOUR : 10 * HOUR + 300] *= self.surge
        start = np.repeat(np.arange(DAY), rng.poisson(rate / (1 + self.retries)))
        again = start[rng.random(start.size) < self.retries] + rng.integers(2, 30)
        start = np.sort(np.concatenate((start, again)))
        hold = np.where(rng.random(start.size) < self.asr, np.ceil(rng.exponential(self.acd, start.size)), 0)
        setup = 1 + np.floor(rng.exponential(self.setup - 1, start.size))
        return start, (start + setup + hold).astype(np.int64), hold.astype(np.int64)


def summary_of(workload, rng):
    """Return what reading an archive of the workload would sum up, without writing it."""
    summary = Summary()
    tallies = Counter()
    for day in range(workload.days):
        away = workload.holiday <= day < workload.holiday + 7
        start, end, hold = workload.attempts(day, rng, 0.3 if away else 1.0)
        start, end = start + MONDAY + day * DAY, end + MONDAY + day * DAY
        talking = hold > 0
        answer, stop = (end - hold)[talking], end[talking]
        summary.seconds.add({STARTS: (start,), ENDS: (end,), TALKING: (answer,)}, {TALKING: stop})
        summary.answered_minutes.add({0: (start[talking] // 60,)}, {})
        summary.histograms["hold_s"].add(hold[talking])
        summary.histograms["setup_s"].add(end - start - hold)
        summary.histograms["line_bytes"].add(np.full(start.size, 190))
        tallies.update(hold_ms=int(hold.sum()) * 1000, duration_s=int((end - start).sum()), size=190 * start.size)
        tallies.update(records=start.size, answered=int(talking.sum()))
    facts = FileFacts(records=tallies.pop("records"), answered=tallies.pop("answered"), first_stop=MONDAY)
    summary.files["2025.txt"] = facts
    summary.tallies.update(tallies)
    return summary


def night_with_an_hour_twice(workload, rng):
    """Return starts, durations and hold times (s) of all days, the starts in seconds of a clock that never jumps."""
    parts = []
    for day in range(workload.days):
        start, end, hold = workload.attempts(day, rng)
        parts.append((start + day * DAY + HOUR * (start + day * DAY >= TWICE[1]), end - start, hold))
        if day == TWICE[0] // DAY:
            again = (start + day * DAY >= TWICE[0]) & (start + day * DAY < TWICE[1])
            parts.append((start[again] + day * DAY + HOUR, (end - start)[again], hold[again]))
    return map(np.concatenate, zip(*parts, strict=True))


def written(workload, rng, folder):
    """Write the days around the night the clocks go back, and return their measured sum."""
    start, duration, hold = night_with_an_hour_twice(workload, rng)
    order = np.argsort(start + duration, kind="stable")
    start, stop, hold = start[order], (start + duration)[order], hold[order]
    clocks = [
        np.datetime_as_string(OCTOBER + (each - HOUR * (each >= TWICE[1])).astype("m8[s]"), unit="s")
        for each in (start, stop)
    ]
    files = {}
    for begun, ended, talked in zip(*(clock.tolist() for clock in clocks), hold.tolist(), strict=True):
        files.setdefault(ended[:13], []).append(
            f"12025550123|12025550199|{begun.replace('T', ' ')}|{ended.replace('T', ' ')}|{talked * 1000}|"
            f"{200 if talked else 486}|0|gw-01|carrier-7|192.0.2.10|198.51.100.7|||||0|1|3200|1500\n"
        )
    for hour, lines in files.items():
        (folder / f"{hour.translate({45: None, 84: None})}.txt").write_text("".join(lines))
    return measure(find_sources([str(folder)]).sources, run=run_here).summary


def true_peak(workload, rng, share=0.95):
    """Return what a share of days stays below, at the level of the archive's last day."""
    peaks = []
    for i in range(42):
        # Days of the last week, the growth of the archive behind them.
        start, end, _ = workload.attempts(workload.days - 1 - i % 7 if workload.days >= 7 else i % workload.days, rng)
        moments = np.bincount(start, minlength=2 * DAY)[: 2 * DAY] - np.bincount(end, minlength=2 * DAY)[: 2 * DAY]
        peaks.append(int(np.cumsum(moments).max()))
    return float(np.quantile(peaks, share))


def planned(seed, folder):
    rng = np.random.default_rng(seed)
    workload = Workload.any(rng)
    if seed % 8 == 3:
        workload = replace(workload, days=21, cps=workload.cps / 4)
        (folder / str(seed)).mkdir()
        profile = build_profile(written(workload, rng, folder / str(seed)), timezone="Europe/Berlin")
    else:
        profile = build_profile(summary_of(workload, rng))
    sizing = size(Deployment(), profile=profile)
    figure = sizing["traffic.concurrent_calls_peak"].range
    return true_peak(workload, rng), figure, profile, workload


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("loop")
    return [planned(seed, folder) for seed in range(SEEDS)]


KINDS = [
    {"asr": 0.15},
    {"acd": 30},
    {"days": 1},
    {"cps": 0.05, "days": 14},
    {"surge": 6.0, "days": 7},
    {"cps": 0.1, "days": 35, "growth": 0.1, "holiday": 0},
]


@pytest.fixture(scope="module")
def kinds():
    """Return workloads that are hard to plan for: few answered, short, few days or calls, surges, growth, holidays."""
    return [planned_kind(seed, changes) for seed in range(max(SEEDS // 8, 1)) for changes in KINDS]


def planned_kind(seed, changes):
    rng = np.random.default_rng(1000 + seed)
    workload = replace(Workload.any(rng), **changes)
    profile = build_profile(summary_of(workload, rng))
    figure = size(Deployment(), profile=profile)["traffic.concurrent_calls_peak"].range
    return true_peak(workload, rng), figure, profile, workload


def test_the_plan_carries_the_high_days_of_hard_workloads_and_little_more(kinds):
    held(kinds, lambda high, peak: high >= peak, 0.95)
    held(kinds, lambda high, peak: high <= 1.25 * peak, 0.8)


def held(runs, fits, share):
    """Assert that a share of the runs fits; of few runs one may not, and no part of a run."""
    wrong = [(workload, figure.high / peak) for peak, figure, _, workload in runs if not fits(figure.high, peak)]
    assert len(wrong) <= max(1, ceil((1 - share) * len(runs) - 1e-9)), wrong


def test_the_plan_carries_the_high_days_of_any_workload(runs):
    held(runs, lambda high, peak: high >= peak, 0.95)


def test_the_plan_carries_little_more(runs):
    held(runs, lambda high, peak: high <= 1.25 * peak, 0.8)


def test_intervals_hold_the_truth_as_often_as_they_say(runs):
    inside = []
    for _, _, profile, workload in runs:
        found = {each["name"]: each for each in profile["assumptions"]}
        # Whole seconds of exponential times: their means are known exactly.
        truth = {
            "traffic.asr": workload.asr,
            "traffic.acd": 1 / (1 - np.exp(-1 / workload.acd)),
            "traffic.setup_time": 1 + 1 / (np.exp(1 / (workload.setup - 1)) - 1),
        }
        inside += [found[name]["low"] <= value <= found[name]["high"] for name, value in truth.items()]
    assert 0.87 <= np.mean(inside) <= 1


def test_the_peak_of_a_high_day_lies_between_its_bounds(runs):
    """Of 42 days the quantile scatters itself: of 105 it lies there in 95 of 100."""
    found = [(profile["peaks"]["calls"]["p95"], peak) for peak, _, profile, _ in runs]
    assert np.mean([each["low"] <= peak <= each["high"] for each, peak in found]) >= 0.8


def test_what_was_measured_reaches_the_sizing_as_a_range(runs):
    for _, figure, profile, _ in runs:
        cps = next(each for each in profile["assumptions"] if each["name"] == "traffic.cps")
        assert figure.low <= figure.typical <= figure.high
        assert figure.low < figure.high
        assert cps["low"] < cps["value"] < cps["high"]
