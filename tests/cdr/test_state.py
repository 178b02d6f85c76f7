"""The state folder: what was read is not read again, and nothing wrong is ever recalled."""

from __future__ import annotations

import os

import numpy as np
import pytest

from planner.cdr.engine.local import run_here
from planner.cdr.engine.run import Entry, State, measure
from planner.cdr.profile.document import build_profile, profile_json
from planner.cdr.sources import find_sources
from planner.cdr.summary.summary import Summary


@pytest.fixture
def archive(tmp_path, line):
    folder = tmp_path / "archive"
    folder.mkdir()
    for hour in (12, 13):
        (folder / f"20260426{hour}.txt").write_bytes((line + b"\n") * hour)
    return folder


def run(archive, state=None):
    sources, _, _ = find_sources([str(archive)])
    return measure(sources, run=run_here, state=state)


def text(measurement):
    return profile_json(build_profile(measurement.summary))


def test_second_run_reads_nothing_and_says_the_same(archive, tmp_path):
    first = run(archive, State(tmp_path / "state"))
    second = run(archive, State(tmp_path / "state"))
    assert (first.reused, second.reused) == (0, 2)
    assert text(first) == text(second) == text(run(archive))


def test_changed_files_are_read_again(archive, tmp_path, line):
    run(archive, State(tmp_path / "state"))
    (archive / "2026042613.txt").write_bytes(line + b"\n")
    again = run(archive, State(tmp_path / "state"))
    assert again.reused == 1
    assert text(again) == text(run(archive))


def test_same_bytes_with_another_time_count_as_the_same(archive, tmp_path):
    run(archive, State(tmp_path / "state"))
    os.utime(archive / "2026042612.txt", (1, 1))
    assert run(archive, State(tmp_path / "state")).reused == 2


def test_same_size_with_other_bytes_does_not(archive, tmp_path):
    run(archive, State(tmp_path / "state"))
    path = archive / "2026042612.txt"
    path.write_bytes(path.read_bytes().replace(b"gw-01", b"gw-02"))
    os.utime(path, (1, 1))
    again = run(archive, State(tmp_path / "state"))
    assert again.reused == 1
    assert text(again) == text(run(archive))


def test_same_size_and_time_with_other_bytes_does_not_either(archive, tmp_path):
    run(archive, State(tmp_path / "state"))
    path = archive / "2026042612.txt"
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    path.write_bytes(path.read_bytes().replace(b"gw-01", b"gw-02"))
    os.utime(path, ns=times)
    again = run(archive, State(tmp_path / "state"))
    assert again.reused == 1
    assert text(again) == text(run(archive))


def test_renamed_and_deleted_files_leave_nothing_behind(archive, tmp_path):
    run(archive, State(tmp_path / "state"))
    (archive / "2026042612.txt").rename(archive / "2026042612.old.txt")
    again = run(archive, State(tmp_path / "state"))
    assert (again.reused, text(again)) == (1, text(run(archive)))
    (archive / "2026042613.txt").unlink()
    assert text(run(archive, State(tmp_path / "state"))) == text(run(archive))
    assert len(list((tmp_path / "state").iterdir())) == 1


@pytest.mark.parametrize("keep", [0, 10, 40, 200])
def test_torn_entries_are_ignored(archive, tmp_path, keep):
    run(archive, State(tmp_path / "state"))
    for entry in (tmp_path / "state").iterdir():
        entry.write_bytes(entry.read_bytes()[:keep])
    again = run(archive, State(tmp_path / "state"))
    assert again.reused == 0
    assert text(again) == text(run(archive))


def test_entries_stored_in_another_form_are_read_again(archive, tmp_path, monkeypatch):
    monkeypatch.setattr("planner.cdr.engine.run.FORMAT", 1)
    run(archive, State(tmp_path / "state"))
    monkeypatch.undo()
    again = run(archive, State(tmp_path / "state"))
    assert again.reused == 0
    assert text(again) == text(run(archive))


def many(folder, line, hours):
    folder.mkdir()
    for hour in range(hours):
        text = b"%02d-%02d %02d:" % (4, 1 + hour // 24, hour % 24)
        path = folder / f"2026{text[:2].decode()}{text[3:5].decode()}{hour % 24:02d}.txt"
        path.write_bytes(line.replace(b"04-26 12:", text) + b"\n")
        os.utime(path, (hour, hour))


def test_small_files_are_remembered_together_and_live_ones_alone(tmp_path, line):
    many(tmp_path / "cdr", line, 40)
    first = run(tmp_path / "cdr", State(tmp_path / "state"))
    assert len(list((tmp_path / "state").iterdir())) == 3
    (tmp_path / "cdr/2026040215.txt").write_bytes(line + b"\n" + line + b"\n")
    second = run(tmp_path / "cdr", State(tmp_path / "state"))
    assert (first.reused, second.reused) == (0, 39)
    assert text(second) == text(run(tmp_path / "cdr"))


def test_an_hour_after_the_other_does_not_pile_entries_up(tmp_path, line):
    many(tmp_path / "all", line, 40)
    (tmp_path / "cdr").mkdir()
    for path in sorted((tmp_path / "all").iterdir()):
        path.rename(tmp_path / "cdr" / path.name)
        measured = run(tmp_path / "cdr", State(tmp_path / "state"))
    assert measured.reused == 39
    assert len(list((tmp_path / "state").iterdir())) <= 15
    assert text(measured) == text(run(tmp_path / "cdr"))


def test_a_part_of_what_is_remembered_says_only_what_it_holds(tmp_path, line):
    many(tmp_path / "cdr", line, 40)
    run(tmp_path / "cdr", State(tmp_path / "state"))
    some = find_sources(map(str, sorted((tmp_path / "cdr").iterdir())[:10])).sources
    part = measure(some, run=run_here, state=State(tmp_path / "state"))
    assert text(part) == text(measure(some, run=run_here))
    assert run(tmp_path / "cdr", State(tmp_path / "state")).reused == 40


def clock(seconds):
    return str(np.datetime64("2026-04-01") + np.timedelta64(int(seconds), "s")).replace("T", " ").encode()


def hourly(folder, rng, hours, lines):
    """Write synthetic hours in the order of their ends, some of their calls longer than others take."""
    folder.mkdir(exist_ok=True)
    for hour in hours:
        rows = []
        for stop in np.sort(rng.integers(0, 3600, lines)) + hour * 3600:
            hold = int(rng.exponential(120) if rng.random() < 0.98 else rng.exponential(20_000)) * (rng.random() < 0.4)
            start = stop - hold - rng.integers(1, 20)
            rows.append(
                b"12025550%03d|4420%d|%b|%b|%d|%d|0|gw-%d|carrier-%d|192.0.2.1|198.51.100.2|||||0|1|3200|1500"
                % (
                    *(rng.integers(100, 200), rng.integers(0, 5), clock(start), clock(stop), hold * 1000),
                    *(200 if hold else 486, rng.integers(0, 3), rng.integers(0, 4)),
                )
            )
        path = folder / f"2026{clock(hour * 3600)[5:13].decode().replace('-', '').replace(' ', '')}.txt"
        path.write_bytes(b"\n".join(rows) + b"\n")
        os.utime(path, (hour, hour))


@pytest.fixture
def packs(monkeypatch):
    """Remember few files together, and close them near the end already."""
    monkeypatch.setattr("planner.cdr.engine.run._PACK", 300_000)
    monkeypatch.setattr("planner.cdr.summary.summary.OPEN_HOURS", 2)


@pytest.mark.usefixtures("packs")
@pytest.mark.parametrize("seed", range(2))
def test_closed_hours_that_later_files_reach_into_change_no_byte(tmp_path, seed):
    random = np.random.default_rng(seed)
    cdr, state = tmp_path / "cdr", tmp_path / "state"
    hourly(cdr, random, range(40), 120)
    assert text(run(cdr, State(state))) == text(run(cdr))
    for hours in (range(40, 41), range(41, 47), range(3, 5), range(47, 90)):
        hourly(cdr, random, hours, 120)
        assert text(run(cdr, State(state))) == text(run(cdr))
    again = run(cdr, State(state))
    assert (again.reused, text(again)) == (90, text(run(cdr)))


@pytest.mark.usefixtures("packs")
def test_one_state_serves_run_after_run(tmp_path, rng):
    hourly(tmp_path / "cdr", rng, range(40), 120)
    state = State(tmp_path / "state")
    runs = [run(tmp_path / "cdr", state) for _ in range(3)]
    assert [each.reused for each in runs] == [0, 40, 40]
    assert len({text(each) for each in runs}) == 1


@pytest.mark.usefixtures("packs")
def test_servers_of_a_fleet_add_up_exactly(tmp_path, rng):
    for name in "ab":
        hourly(tmp_path / name, rng, range(30), 80)
    run(tmp_path / "a", State(tmp_path / "state"))
    totals = [Summary(), Summary()]
    for name in "ab":
        for total, state in zip(totals, (State(tmp_path / "state", closes=False), None), strict=True):
            total.merge(run(tmp_path / name, state).summary)
    assert profile_json(build_profile(totals[0])) == profile_json(build_profile(totals[1]))


@pytest.mark.usefixtures("packs")
def test_a_call_that_began_in_a_closed_hour_opens_it_once(tmp_path, rng):
    cdr, state = tmp_path / "cdr", tmp_path / "state"
    hourly(cdr, rng, range(40), 120)
    run(cdr, State(state))
    closed = sum(len(Entry.read(place).head["closed"]) for place in state.iterdir())
    (cdr / "2026040216.txt").write_bytes(
        b"12025550101|4420|2026-04-01 05:30:00|2026-04-02 16:00:01|126000000|200|0|gw-0|carrier-0|"
        b"192.0.2.1|198.51.100.2|||||0|1|3200|1500\n"
    )
    first, second = run(cdr, State(state)), run(cdr, State(state))
    assert closed
    assert 0 < first.reused < 40
    assert second.reused == 41
    assert text(first) == text(second) == text(run(cdr))


def test_what_is_remembered_of_many_small_hours_is_little(tmp_path, rng):
    hourly(tmp_path / "cdr", rng, range(200), 100)
    for path in (tmp_path / "cdr").iterdir():
        path.write_bytes(path.read_bytes() * 10)
    run(tmp_path / "cdr", State(tmp_path / "state"))
    archive, state = (sum(each.stat().st_size for each in (tmp_path / name).iterdir()) for name in ("cdr", "state"))
    assert state < 0.05 * archive
