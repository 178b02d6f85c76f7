"""Where one second, one line or one stretch ends and the next begins."""

from __future__ import annotations

import pytest

from planner.cdr.engine.local import FILES, PIECE, cut_into_stretches, plan_tasks, read_stretch
from planner.cdr.profile.document import build_profile
from planner.cdr.sources import Source
from planner.cdr.summary.meter import Meter
from planner.cdr.summary.summary import Stretch, Summary
from planner.cdr.summary.wire import from_bytes, to_bytes

STOP_S = 74
"""Seconds after 12:00:00 at which the sample line stops; it starts at 12:00:01."""


@pytest.mark.parametrize(
    ("hold_ms", "lasts"),
    [(1, 1), (999, 1), (1000, 1), (1001, 2), (1999, 2), (2000, 2), (59_001, 60), (60_000, 60), (60_001, 61)],
)
def test_a_started_second_of_conversation_counts(summarise, plain, line, hold_ms, lasts):
    data = plain(summarise(line.replace(b"65000", b"%d" % hold_ms) + b"\n"))
    assert data["histograms"]["hold_s"] == {lasts: 1}
    talking = {second: counts[2] for second, counts in data["seconds"].items() if counts[2]}
    stop = max(talking)
    assert talking == {stop - lasts: 1, stop: -1}
    assert stop % 3600 == STOP_S


@pytest.mark.parametrize(("hold_ms", "setup"), [(0, 73), (999, 73), (1000, 72), (72_999, 1), (500_000, 0)])
def test_setup_is_what_the_whole_seconds_of_conversation_leave(summarise, plain, line, hold_ms, setup):
    data = plain(summarise(line.replace(b"65000", b"%d" % hold_ms) + b"\n"))
    assert data["histograms"]["setup_s"] == {setup: 1}


def test_the_exact_talk_time_is_not_rounded(summarise, line):
    data = b"".join(line.replace(b"65000", b"%d" % hold) + b"\n" for hold in (1, 999, 1001, 2500))
    assert build_profile(summarise(data))["calls"]["talk_seconds"] == 4.501


@pytest.mark.parametrize("size", [0, 1, 9, 10, 14, 15, 16, 25, 99, 100, 101])
def test_stretches_cover_every_byte_once(size):
    some = cut_into_stretches("a.txt", size, 10)
    assert some[0].begin == 0
    assert some[-1].end == size
    assert [each.begin for each in some[1:]] == [each.end for each in some[:-1]]
    assert all(5 <= each.end - each.begin <= 15 for each in some if size > 15)
    assert cut_into_stretches("a.txt.gz", size, 10) == [Stretch("a.txt.gz", size=size)]


def test_tasks_hold_every_stretch_once():
    sources = [Source(f"{number:03}.txt", size) for number, size in enumerate([5, PIECE, 3 * PIECE + 7, 0, 9])]
    for piece in (PIECE, 1):
        tasks = plan_tasks(sources, piece=piece)
        some = [stretch for task in tasks for stretch in task.stretches]
        assert sum(task.bytes for task in tasks) == sum(source.size for source in sources)
        assert len(some) == len(set(some))
        assert {each.path for each in some} == {source.path for source in sources}
        assert max(task.bytes for task in tasks) <= 3 * PIECE // 2 + 16
        assert piece == PIECE or all(len(task.stretches) == 1 for task in tasks)


def test_a_task_holds_few_files_so_that_its_summary_stays_short():
    tasks = plan_tasks([Source(f"{number:04}.txt", 100) for number in range(2001)])
    assert max(len(task.stretches) for task in tasks) == FILES == 64
    assert [stretch.path for task in tasks for stretch in task.stretches] == [f"{n:04}.txt" for n in range(2001)]


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_a_file_cut_about_any_line_end_says_the_same(tmp_path, plain, line, bom, ending):
    path = tmp_path / "2026042612.txt"
    data = bom + ending.join([line, b"bad", b"", line.replace(b"gw-01", b"gw-02"), line[:40]]) + ending
    path.write_bytes(data)
    whole = measured(path, [len(data)])
    ends = [at for at, byte in enumerate(data) if byte == ord("\n")]
    near = {at + by for at in (0, *ends) for by in range(-3, 5)} | {len(line) // 2}
    for cut in sorted(at for at in near if 0 < at < len(data)):
        parts = measured(path, [cut, len(data)])
        assert plain(parts) == plain(whole), cut
        assert parts.files[str(path)].rejected == 3
        first = parts.examples.kinds["reason:fields"][0]
        assert (parts.files[str(path)].line_number(first), first.offset) == (2, len(bom) + len(line) + len(ending))


METER = Meter()


def measured(path, ends):
    total, begin = Summary(), 0
    for end in ends:
        read_stretch(METER, Stretch(str(path), begin, end, ends[-1]))
        total.merge(from_bytes(to_bytes(METER.take())))
        begin = end
    return total
