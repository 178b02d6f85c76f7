"""Reading: windows of whole lines, compressed inputs, files that change under us, other formats."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random

import pytest

from planner.cdr.engine.local import GREW, SHRANK, VANISHED, read_stretch
from planner.cdr.profile.calls import foreign_files, unreadable_files
from planner.cdr.sources import CHUNK, WindowReader, find_sources, skip_partial_line, zstandard
from planner.cdr.summary.meter import Meter
from planner.cdr.summary.summary import Stretch, named_time

ZSTD = zstandard()


def read(path, **known):
    meter = Meter()
    read_stretch(meter, Stretch(str(path), **known))
    return meter.take()


def two_frames(data):
    half = len(data) // 2
    return ZSTD.compress(data[:half]) + ZSTD.compress(data[half:])


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        ("gz", gzip.compress),
        ("bz2", bz2.compress),
        ("xz", lzma.compress),
        ("zst", ZSTD.compress),
        ("zst", two_frames),
        ("gz", lambda data: gzip.compress(data[:500]) + gzip.compress(data[500:])),
    ],
)
def test_compressed_files_say_the_same(tmp_path, line, plain, suffix, pack):
    data = (line + b"\n") * 500 + b"bad\n"
    (tmp_path / "2026042612.txt").write_bytes(data)
    (tmp_path / f"2026042613.txt.{suffix}").write_bytes(pack(data))
    one, other = read(tmp_path / "2026042612.txt"), read(tmp_path / f"2026042613.txt.{suffix}")
    one.tallies.pop("suspicious:outside_file_time", None)
    other.tallies.pop("suspicious:outside_file_time", None)
    assert plain(one) == plain(other)


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst"])
@pytest.mark.parametrize("damage", ["cut", "garbage"])
def test_a_damaged_archive_is_a_clear_error_and_nothing_else(tmp_path, line, suffix, damage):
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": ZSTD.compress}[suffix]
    whole = pack(b"".join(line + b"%d\n" % i for i in range(20000)))
    path = tmp_path / f"a.txt.{suffix}"
    path.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"plain text, not compressed at all")
    [message] = unreadable_files(read(path))
    assert str(path) in message


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst"])
def test_whole_lines_before_the_damage_are_counted(tmp_path, line, suffix):
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": ZSTD.compress}[suffix]
    rng = random.Random(4)  # noqa: S311  no secret
    whole = b"".join(line.replace(b"65000", b"%d" % rng.randrange(10**8)) + b"\n" for _ in range(40_000))
    path = tmp_path / f"a.txt.{suffix}"
    packed = pack(whole)
    path.write_bytes(packed[: 3 * len(packed) // 4])
    summary = read(path)
    facts = summary.files[str(path)]
    assert 10_000 < facts.records < 40_000
    assert facts.rejected == 0
    assert facts.bytes == sum(map(len, whole.splitlines(keepends=True)[: facts.records]))
    assert unreadable_files(summary)


def test_a_pipe_is_refused_not_read_as_empty(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    sources, errors, _ = find_sources([str(tmp_path / "pipe.txt")])
    assert sources == []
    assert "write -" in str(errors[0])


def test_lines_longer_than_the_limit_are_passed_over_and_counted(line, same, summarise):
    long = b"x" * (1 << 20)
    data = line + b"\n" + long + b"\n" + long + b"y\n" + b"z" * (5 * CHUNK) + b"\n" + line + b"\n" + b"q" * (3 * CHUNK)
    outcomes = same(summarise(data), data)
    assert [outcome for outcome, _ in outcomes] == ["record", "fields", "length", "length", "record", "truncated"]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b""])
def test_any_stretch_bounds_give_every_line_once(line, ending):
    data = b"\xef\xbb\xbf" + b"\n".join([line[:20], b"", line, b"\r", line[:3]]) + ending
    for cut in range(len(data) + 1):
        seen = b""
        for begin, end in ((0, cut), (cut, len(data))):
            if begin < end:
                seen += lines_between(data, begin, end)
        assert seen == data[3:], cut


def lines_between(data, begin, end):
    stream = io.BytesIO(data)
    if begin:
        stream.seek(begin - 1)
        begin = skip_partial_line(stream, begin)
        stream.seek(begin)
    return b"".join(bytes(w.buffer[w.low : w.high]) for w in WindowReader(stream, begin, end))


def test_a_file_that_grew_is_read_as_it_was_found(tmp_path, line):
    path = tmp_path / "2026042612.txt"
    path.write_bytes((line + b"\n") * 3)
    size = path.stat().st_size
    path.write_bytes((line + b"\n") * 5)
    summary = read(path, end=size, size=size)
    assert summary.files[str(path)].records == 3
    assert summary.files[str(path)].note == GREW


def test_files_that_shrink_or_vanish_are_noted(tmp_path, line):
    path = tmp_path / "a.txt"
    path.write_bytes(line + b"\n")
    assert read(path, end=9999, size=9999).files[str(path)].note == SHRANK
    gone = tmp_path / "gone.txt"
    assert read(gone, size=10).files[str(gone)].note == VANISHED


def test_folders_patterns_and_files_name_each_input_once(tmp_path):
    for name in ("2026042612.txt", "2026042613.txt.gz", "truth.json", ".hidden.txt", "plain", "README", "readme.log"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/2026042614.txt").write_bytes(b"")
    sources, errors, notes = find_sources(
        [str(tmp_path), str(tmp_path / "*.txt"), str(tmp_path / "absent.txt"), str(tmp_path / "x*")]
    )
    assert [s.path.removeprefix(f"{tmp_path}/") for s in sources] == [
        "2026042612.txt",
        "2026042613.txt.gz",
        "plain",
        "sub/2026042614.txt",
    ]
    assert len(errors) == 2
    assert notes == [f"{tmp_path}: left out 4 files by their names: .hidden.txt, README, readme.log, truth.json"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (b'{"callerE164": "12025550123"}\n', "JSON"),
        (b"1," * 51 + b"2\n", "52-column"),
        (b"1," * 45 + b"2\n", "46-column"),
        (b'"","15550100","a, b","x","y","SIP/a","SIP/b","Dial","","1","2"\n', "CSV of 11 columns"),
        (b";".join(b"15550100" for _ in range(19)) + b"\n", "separated by semicolons"),
        (b"\t".join(b"15550100" for _ in range(17)) + b"\n", "separated by tabs"),
        (b"INSERT INTO `e_cdr_20240101` VALUES (1,'15550100');\n", "SQL dump"),
        (b"<cdr><caller>15550100</caller></cdr>\n", "XML"),
    ],
)
def test_other_formats_are_named(tmp_path, text, name):
    path = tmp_path / "a.txt"
    path.write_bytes(text * 5)
    assert name in foreign_files(read(path))[str(path)]


@pytest.mark.parametrize(
    ("name", "hours"),
    [
        ("2026042612.txt", 1),
        ("2026042612.txt.gz", 1),
        ("202604261230.txt", None),
        ("cdr.txt", 0),
        ("2026133012.txt", 0),
        ("20260426.txt", 0),
    ],
)
def test_names_announce_times(name, hours):
    time = named_time(f"some/folder/{name}")
    if hours == 0:
        assert time is None
    elif hours:
        assert time[1] - time[0] == 3600
    else:
        assert time[1] > time[0] + 10**9


def test_stop_times_outside_the_named_hour_are_suspicious(tmp_path, line):
    path = tmp_path / "2026042613.txt"
    path.write_bytes((line + b"\n") * 2)
    assert read(path).tallies["suspicious:outside_file_time"] == 2


def test_a_file_of_another_name_costs_a_folder_no_second_look_at_each(tmp_path, monkeypatch):
    hashed, kind = [], type(tmp_path)
    monkeypatch.setattr(kind, "__hash__", lambda path: hashed.append(path) or hash(str(path)))
    for number in range(300):
        (tmp_path / f"{number}.txt").touch()
    (tmp_path / "notes.pdf").touch()
    sources, _, notes = find_sources([str(tmp_path)])
    assert len(sources) == 300
    assert "notes.pdf" in notes[0]
    assert len(hashed) < 10 * 300


def test_a_small_file_needs_a_small_buffer_and_a_long_line_in_it_a_larger_one(line):
    data = line + b"\n" + b"x" * 20_000 + b"\n" + line
    windows = [bytes(w.buffer[w.low : w.high]) for w in WindowReader(io.BytesIO(data), 0, len(data))]
    assert b"".join(windows) == data
    assert len(WindowReader(io.BytesIO(data), 0, len(data))._buffer) < 2 * len(data)
    grown = data + b"\n" + b"y" * 5000
    assert lines_between(grown, 0, len(line) + 1) == line + b"\n"
