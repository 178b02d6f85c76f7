"""Same workload, same bytes: whatever the number of processes, the run or the compression."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import lzma
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.cdr.format import Rejected, parse_line
from planner.cdr.simulation import options as cutting
from planner.cdr.simulation.options import Options, grid, read_workload
from planner.cdr.simulation.truth import document
from planner.cdr.simulation.workload import LEGAL, SPOILERS, kinds, rejections, spoil, torn
from planner.cdr.simulation.writer import simulate, write_run
from planner.cdr.sources import zstandard

DAMAGE = ("all=5%,duplicate=2%,odd_text=2%,outside_file_time=2%,hold_exceeds_duration=2%", "truncated=50%")
SOUND = (
    b"12025550123|12125550187|2026-04-26 11:20:18|2026-04-26 11:21:09|45000|200|0|customer-001|carrier-002|"
    b"192.0.2.1|203.0.113.2|12025550123|12125550187|12025550123|0012125550187|0|1"
)


def workload(**changes):
    return read_workload(Options(**({"cps": 3, "hours": 1.5, "seed": 5, "damage": DAMAGE, "retries": "10%"} | changes)))


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_two_processes_write_what_one_writes(tmp_path):
    found = []
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        folder.mkdir()
        archive = simulate(workload(), folder, processes)
        found.append((digests(folder), document(workload(), archive)))
    assert found[0] == found[1]
    assert len(found[0][0]) > 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edges=st.sets(st.integers(1, 25), max_size=4), block=st.sampled_from([100, 700, 10**6]))
def test_any_cut_into_runs_and_blocks_that_fit_gives_one_truth(tmp_path_factory, edges, block):
    asked = workload(interval="10m", hours=0.5, max_hold="20m", acd="3m")
    folder = tmp_path_factory.mktemp("cut")
    whole = simulate(asked, folder, 1)
    expected = digests(folder), document(asked, whole)
    cut = grid(asked)
    bounds = [0, *sorted(edge for edge in edges if edge < cut.files), cut.files]
    again = tmp_path_factory.mktemp("runs")
    parts = [write_run(asked, cut, again, part) for part in pairwise(bounds)]
    merged = parts.pop()
    while parts:
        merged.merge(parts.pop(block % len(parts)))
    assert (digests(again), document(asked, merged)) == expected


def test_blocks_follow_the_traffic():
    assert grid(workload(cps=1)).blocks_a_file == 1
    assert grid(workload(cps=1000)).block * 1000 <= cutting.BLOCK_ATTEMPTS


def test_another_seed_writes_other_bytes(tmp_path):
    for seed in (1, 2):
        (tmp_path / str(seed)).mkdir()
        simulate(workload(seed=seed), tmp_path / str(seed), 1)
    assert digests(tmp_path / "1") != digests(tmp_path / "2")


OPENERS = {"gz": gzip.decompress, "bz2": bz2.decompress, "xz": lzma.decompress,
           "zst": lambda data: zstandard().decompress(data)}  # fmt: skip


@pytest.mark.parametrize("compression", sorted(OPENERS))
def test_compressed_files_hold_the_plain_ones(tmp_path, compression):
    plain, packed = tmp_path / "plain", tmp_path / "packed"
    for folder, form in ((plain, ""), (packed, compression)):
        folder.mkdir()
        simulate(workload(hours=0.2, compression=form), folder, 1)
    assert {
        path.name.removesuffix(f".{compression}"): OPENERS[compression](path.read_bytes()) for path in packed.iterdir()
    } == {path.name: path.read_bytes() for path in plain.iterdir()}


@pytest.mark.parametrize(
    ("kind", "columns"),
    [(kind, columns) for kind in sorted(SPOILERS) for columns in (17, 18, 19) if kind != "pdd" or columns == 19],
)
def test_every_way_of_a_kind_is_rejected_for_its_reason(kind, columns):
    content = SOUND + b"|3200|1500"[: {17: 0, 18: 5, 19: 10}[columns]]
    for way in range(120):
        found = parse_line(spoil(content, kind, way))
        assert found == Rejected(kind) or (kind in LEGAL and not isinstance(found, Rejected))


@pytest.mark.parametrize("way", range(80))
def test_a_torn_line_is_never_a_record(way):
    fragment = torn(SOUND, way)
    assert fragment
    assert SOUND.startswith(fragment)
    assert isinstance(parse_line(fragment), Rejected)


def test_every_reason_and_suspicion_can_be_asked_for(tmp_path):
    every = (*(f"{kind}=1%" for kind in kinds() if kind != "length"), "length=0.1%")
    asked = workload(cps=3, hours=0.3, damage=every, interval="1m", columns="17=1,19=1")
    truth = document(asked, simulate(asked, tmp_path, 1))
    assert {entry["kind"] for entry in truth["damaged"]} >= set(rejections()) - {"truncated"}
    assert all(count for name, count in truth["suspicious"].items() if name != "unterminated")
