"""The state folder: what was read is not read again, and nothing wrong is ever recalled."""

from __future__ import annotations

import os

import pytest

from planner.cdr.engine.local import run_here
from planner.cdr.engine.run import State, measure
from planner.cdr.profile.document import build_profile, profile_json
from planner.cdr.sources import find_sources


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
