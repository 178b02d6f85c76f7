"""The workload asked for is the workload written, within what chance allows."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pytest

from planner.cdr.simulation.calls import before_cut, gateway_addresses, sample, subscribers
from planner.cdr.simulation.options import Options, read_workload
from planner.cdr.simulation.truth import document
from planner.cdr.simulation.workload import Law, WorkloadError
from planner.cdr.simulation.writer import simulate

FIVE_SIGMA = 5


def truth_of(folder, **options):
    workload = read_workload(Options(**({"cps": 40, "hours": 1, "seed": 3} | options)))
    return document(workload, simulate(workload, folder, 1))


def test_rate_asr_acd_and_setup_time_are_those_asked_for(tmp_path):
    truth = truth_of(tmp_path, asr="35%", acd="90s", setup_time="8s")
    records, answered = truth["records"], truth["answered"]
    assert abs(records - 144_000) < FIVE_SIGMA * sqrt(144_000)
    assert abs(truth["asr"] - 0.35) < FIVE_SIGMA * sqrt(0.35 * 0.65 / records)
    assert abs(truth["acd"] - 90) < FIVE_SIGMA * 90 / sqrt(answered)
    assert abs(truth["setup_time"] - 8) < FIVE_SIGMA * 8 / sqrt(records)


def test_calls_in_progress_follow_littles_law(tmp_path):
    truth = truth_of(tmp_path, asr="50%", acd="30s")
    seconds = truth["concurrency"]["answered"]["seconds"]
    busy = sum(int(level) * lasted for level, lasted in seconds.items())
    assert busy / 3600 == pytest.approx(40 * 0.5 * 30, rel=0.05)


@pytest.mark.parametrize(("shape", "spread"), [("exponential", 0), ("lognormal", 1.2), ("deterministic", 0)])
def test_laws_keep_their_mean_and_shape(shape, spread):
    times = sample(Law(shape, 60, spread), 200_000, np.random.default_rng(1))
    assert times.mean() == pytest.approx(60_000, rel=0.03)
    medians = {"exponential": 60_000 * log(2), "lognormal": 60_000 / exp(spread**2 / 2), "deterministic": 60_000}
    assert np.median(times) == pytest.approx(medians[shape], rel=0.03)


@pytest.mark.parametrize(
    ("shape", "mean", "spread"), [("exponential", 3000, 0), ("lognormal", 600, 1.5), ("lognormal", 60, 2.5)]
)
def test_times_cut_at_the_longest_keep_the_mean_asked_for(shape, mean, spread):
    law = before_cut(Law(shape, mean, spread), 7200)
    times = np.minimum(sample(law, 400_000, np.random.default_rng(1)), 7_200_000)
    assert law.mean > mean
    assert times.mean() == pytest.approx(mean * 1000, rel=0.02)


def test_a_law_that_is_never_cut_stays_as_it_is():
    assert before_cut(Law("exponential", 60), 7200) == Law("exponential", 60)
    assert before_cut(Law("deterministic", 60), 60) == Law("deterministic", 60)
    assert before_cut(Law("exponential", 7199), 7200).mean > 10**6


def test_the_daily_profile_and_bursts_shape_the_hours(tmp_path):
    factors = ",".join(["0", "1", "2"] + ["0"] * 21)
    truth = truth_of(tmp_path, cps=10, hours=4, diurnal=factors, bursts=("02:00,30m,3",))
    hours = truth["attempts_by_hour"]
    assert sorted(hours) == ["2026-04-26 01:00:00", "2026-04-26 02:00:00"]
    assert hours["2026-04-26 01:00:00"] == pytest.approx(36_000, rel=0.04)
    assert hours["2026-04-26 02:00:00"] == pytest.approx(36_000 * (3 + 1), rel=0.04)


def test_quiet_hours_are_named(tmp_path):
    truth = truth_of(tmp_path, cps=1, hours=3, diurnal="1,0,1," + "0," * 20 + "0")
    assert truth["hours_without_attempts"] == ["2026-04-26 01:00:00"]
    assert [entry["name"] for entry in truth["files"]] == [
        "2026042600.txt",
        "2026042601.txt",
        "2026042602.txt",
        "2026042603.txt",
    ]


def test_the_busiest_gateway_carries_its_share(tmp_path):
    truth = truth_of(tmp_path, callee_gateways=3, skew=1.0)
    shares = [entry["attempts"] / truth["records"] for entry in truth["keys"]["calleeGatewayId"].values()]
    assert shares == pytest.approx([6 / 11, 3 / 11, 2 / 11], rel=0.03)


def test_codecs_share_the_answered_minutes(tmp_path):
    truth = truth_of(tmp_path, codecs="g729=70,g711=30")
    attempts = {name: entry["attempts"] for name, entry in truth["keys"]["codec"].items()}
    assert attempts["g729"] / truth["records"] == pytest.approx(0.7, rel=0.02)


def test_only_reserved_numbers_and_addresses_occur(tmp_path):
    truth_of(tmp_path, hours=0.1)
    set_of_numbers = set(subscribers())
    assert all(number.startswith("1") and number[4:9] == "55501" and len(number) == 11 for number in subscribers())
    reserved = ("192.0.2.", "198.51.100.", "203.0.113.")
    fields = [line.split("|") for line in (tmp_path / "2026042600.txt").read_text().splitlines()]
    assert {address.rpartition(".")[0] + "." for row in fields for address in row[9:11]} <= set(reserved)
    assert all(number[-11:] in set_of_numbers for row in fields for number in (*row[:2], *row[11:15]))
    assert set(gateway_addresses("caller", 600)) <= {f"{net}{host}" for net in reserved for host in range(1, 255)}


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"cps": 0}, "CPS"),
        ({"cps": float("nan")}, "CPS"),
        ({"hours": -1}, "--hours"),
        ({"asr": "140%"}, "--asr"),
        ({"asr": "much"}, "--asr"),
        ({"acd": "5 parsecs"}, "--acd"),
        ({"acd": "0"}, "ACD"),
        ({"acd": "3h"}, "--max-hold"),
        ({"hold_law": "uniform"}, "--hold-law"),
        ({"hold_law": "lognormal:wide"}, "--hold-law"),
        ({"setup_time": "0.5s"}, "setup time"),
        ({"start": "yesterday"}, "--start"),
        ({"start": "9999-12-31"}, "years"),
        ({"hours": 1e8}, "years"),
        ({"start": "2026-04-26T00:00:00+02:00"}, "zone"),
        ({"diurnal": "1,2,3"}, "24 values"),
        ({"bursts": ("25:00,5m,3",)}, "--burst"),
        ({"bursts": ("10:00,5m",)}, "--burst"),
        ({"retries": "90%"}, "retries"),
        ({"columns": "16"}, "columns"),
        ({"columns": "17=0"}, "--columns"),
        ({"interval": "7m"}, "divides the day"),
        ({"interval": "30s"}, "interval"),
        ({"compression": "rar"}, "compression"),
        ({"damage": ("fields",)}, "--damage"),
        ({"damage": ("holes=1%",)}, "holes"),
        ({"damage": ("fields=60%,empty=60%",)}, "add up"),
        ({"seed": -1}, "seed"),
        ({"caller_gateways": 0}, "gateways"),
        ({"skew": 9}, "skew"),
        ({"codecs": "g729=x"}, "--codec"),
    ],
)
def test_a_workload_nobody_could_run_is_refused_by_name(options, named):
    with pytest.raises(WorkloadError, match=named):
        read_workload(Options(**({"cps": 10, "hours": 1, "seed": 1} | options)))
