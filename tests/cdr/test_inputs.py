"""What is read: each file once, nothing left out in silence, other formats named, odd lines in linear time."""

from __future__ import annotations

import bz2
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import time

import pytest
from waiting import unhurried

from planner.cdr.format import cdr_format
from planner.cdr.sources import zstandard

PLAN = [sys.executable, "-m", "planner", "cdr"]


def plan(*arguments, code=0, **more):
    run = subprocess.run([*PLAN, *map(str, arguments)], capture_output=True, check=False, text=True, **more)
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr
    return run.stdout, run.stderr


def records(*paths, **more):
    output, said = plan("profile", *paths, "--format", "json", **more)
    return json.loads(output)["calls"]["records"], said


@pytest.fixture
def folder(tmp_path, line):
    made = tmp_path / "cdr"
    made.mkdir()
    (made / "2026042612.txt").write_bytes((line + b"\n") * 3)
    return made


def test_one_file_is_one_file_however_it_is_spelled(folder):
    path = folder / "2026042612.txt"
    (folder / "link.txt").symlink_to(path)
    os.link(path, folder / "hard.txt")
    count, said = records(path, f"{folder}/../cdr/2026042612.txt", folder)
    assert count == 3
    assert "hard.txt: the same file as" in said or "2026042612.txt: the same file as" in said


def test_a_compressed_twin_is_the_same_file(folder):
    plain = (folder / "2026042612.txt").read_bytes()
    (folder / "2026042612.txt.gz").write_bytes(gzip.compress(plain))
    count, said = records(folder)
    assert count == 3
    assert "2026042612.txt.gz: the same records as" in said


def test_a_compressed_copy_of_another_name_is_the_same_file(folder, line):
    other = line.replace(b"12:01:14", b"12:01:15")
    (folder / "2026042613.txt").write_bytes(line + b"\n" + other + b"\n")
    (folder / "old").mkdir()
    (folder / "old" / "saved.txt.gz").write_bytes(gzip.compress((folder / "2026042613.txt").read_bytes()))
    # One that begins like it and goes on is no copy.
    (folder / "old" / "more.txt.gz").write_bytes(gzip.compress(line + b"\n" + other + b"\n" + line + b"\n"))
    count, said = records(folder)
    assert count == 3 + 2 + 3
    assert "saved.txt.gz: the same records as" in said


def test_a_twin_is_known_under_every_spelling_of_its_file(folder):
    path = folder / "2026042612.txt"
    (folder / "2026042612.txt.gz").write_bytes(gzip.compress(path.read_bytes()))
    (folder / "a.txt").symlink_to(path)
    for spelled in (f"{folder}/../cdr/{path.name}", folder / "a.txt", f"file://{path}"):
        count, said = records(spelled, folder)
        assert count == 3
        assert "2026042612.txt.gz: the same records as" in said


def test_two_files_of_one_hour_are_told_of_where_they_are_measured(folder, line):
    for name in ("b", "c"):
        (folder / name).mkdir()
        (folder / name / "2026042612.txt").write_bytes(line + b"\n")
    count, said = records(folder)
    assert count == 5
    assert f"{folder}/b/2026042612.txt: its name is also that of {folder}/2026042612.txt" in said
    assert "counts twice (and 1 more)" in said


def test_a_compressed_file_of_other_records_is_read_and_told(folder, line):
    (folder / "2026042612.txt.gz").write_bytes(gzip.compress(line + b"\n"))
    assert records(folder)[0] == 4
    output, _ = plan("check", folder, "--format", "json")
    [found] = [each for each in json.loads(output)["findings"] if each["rule"] == "cdr-hour-in-two-files"]
    assert found["severity"] == "warning"
    assert found["path"].endswith("2026042612.txt.gz")
    assert "counts twice" in found["message"]


def test_folders_hold_every_kind_and_say_what_they_leave_out(tmp_path, line):
    for name in ("a.TXT", "b.csv", "c.cdr", "d.log"):
        (tmp_path / name).write_bytes(line + b"\n")
    for name in ("e.gz", "f.csv.gz", "g.TXT.GZ"):
        (tmp_path / name).write_bytes(gzip.compress(line.replace(b"65000", b"64000") + b"\n"))
    (tmp_path / "old.txt.bak").write_bytes(line + b"\n")
    (tmp_path / "truth.json").write_bytes(b"{}")
    (tmp_path / ".c.txt").write_bytes(line + b"\n")
    for name in (".snapshot", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_bytes(line + b"\n")
    (tmp_path / "linked").symlink_to(tmp_path / "other")
    count, said = records(tmp_path)
    assert count == 8
    assert "left out 3 files by their names: .c.txt, old.txt.bak, truth.json" in said
    assert f"{tmp_path}/.snapshot: left out, a hidden folder" in said
    assert f"{tmp_path}/linked: left out, a link to a folder: name it beside" in said


def test_one_file_left_out_is_one_file(folder):
    (folder / "truth.json").write_bytes(b"{}")
    assert f"{folder}: left out 1 file by its name: truth.json" in records(folder)[1]


@pytest.mark.parametrize("name", ["copy of.txt", "b/2026042612.txt", "b/2026042612.txt.gz", "b/2026042613.txt"])
def test_a_copy_under_any_name_is_the_same_file(folder, line, name):
    data = b"".join(lines_of_day(line, 26, range(24)))
    (folder / "2026042612.txt").write_bytes(data)
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    longer = data + line + b"\n"
    (folder / "2026042614.txt").write_bytes(longer)
    count, said = records(folder)
    assert count == 24 + 25
    assert f"{path}: the same records as {folder}/2026042612.txt" in said


def test_small_files_are_copies_where_they_hold_different_records(folder, line):
    two = b"".join(lines_of_day(line, 26, range(2)))
    names = "|".join(column.name for column in cdr_format().columns).encode()
    for name, data in {"a.txt": two, "copy.txt": two, "names.txt": names, "too.txt": names}.items():
        (folder / name).write_bytes(data)
    (folder / "2026042613.txt").write_bytes((folder / "2026042612.txt").read_bytes())
    count, said = records(folder)
    assert count == 3 + 3 + 2
    assert f"{folder}/copy.txt: the same records as {folder}/a.txt" in said
    assert said.count("the same records as") == 1


def test_a_file_is_of_one_server(folder, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    _, said = plan("profile", f"a={folder}", f"b={tmp_path}/link", code=2)
    assert f"{tmp_path}/link/2026042612.txt: the same file is read for a and for b" in said


def test_a_folder_of_compressed_files_alone_is_read(tmp_path, line):
    (tmp_path / "2026042612.gz").write_bytes(gzip.compress(line + b"\n"))
    assert records(tmp_path)[0] == 1


def lines_of_day(line, day, hours):
    for hour in hours:
        yield line.replace(b"2026-04-26 12:", b"2026-04-%02d %02d:" % (day, hour)) + b"\n"


def test_daily_files_are_judged_by_their_day(tmp_path, line):
    for day in (24, 25, 26, 27):
        (tmp_path / f"202604{day}00.txt").write_bytes(b"".join(lines_of_day(line, day, range(24))))
    output, _ = plan("profile", tmp_path, "--format", "json")
    found = json.loads(output)
    assert found["suspicious"]["counts"]["outside_file_time"] == 0
    assert found["gaps"]["without_file"]["hours"] == 0
    assert found["gaps"]["without_file"]["interval"] == 86400


def test_a_missing_quarter_of_an_hour_is_noticed(tmp_path, line):
    for minute in (0, 15, 45):
        (tmp_path / f"2026042612{minute:02d}.txt").write_bytes(
            line.replace(b"12:00:01", b"12:%02d:01" % minute).replace(b"12:01:14", b"12:%02d:14" % (minute + 1)) + b"\n"
        )
    found = json.loads(plan("profile", tmp_path, "--format", "json")[0])["gaps"]["without_file"]
    assert (found["interval"], found["gaps"], found["hours"]) == (900, 1, 0.25)
    assert found["longest"][0]["from"] == "2026-04-26 12:30:00"


QUOTED = b'"1","2",' + b"3," * 42 + b'"a,b",4\n'
FORMATS = {
    "46-column": QUOTED * 30,
    "52-column": (b"1," * 51 + b"2\n") * 30,
    "JSON": b'[{"retCode": 0, "infoCdrs": []}]',
    "CSV of 4 columns": b"caller,callee,start,hold\n15550100,15550101,2026-04-26 12:00:01,73\n",
    "CSV of 5 columns": b"Caller,Callee,Start time,Hold time(s),Reason\n155501,155502,2026/04/26 12:00:01,73,Normal\n",
    "UTF-16": "caller|callee\n".encode("utf-16"),
    "old Excel": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(500),
    "does not end in .gz": gzip.compress(b"1|2|3\n", mtime=0),
    "of a kind that is not read": bz2.compress(b"1|2|3\n"),
    "mysql client": b"+-------+\n| start |\n+-------+\n",
}


@pytest.mark.parametrize("name", FORMATS)
def test_files_of_other_shapes_are_named_and_nothing_else_is_said(tmp_path, name):
    path = tmp_path / "cdr.csv"
    path.write_bytes(FORMATS[name])
    output, _ = plan("check", path, "--format", "json", code=3)
    findings = json.loads(output)["findings"]
    assert [each["rule"] for each in findings] == ["cdr-other-format"]
    assert name in findings[0]["message"]


def test_an_archive_of_sound_files_is_named_though_most_of_its_lines_are_records(tmp_path, line):
    (tmp_path / "2026042612.txt").write_bytes((line + b"\n") * 30)
    shutil.make_archive(str(tmp_path / "cdr"), "gztar", tmp_path, "2026042612.txt")
    output, said = plan("check", tmp_path / "cdr.tar.gz", "--format", "json", code=3)
    assert [each["rule"] for each in json.loads(output)["findings"]] == ["cdr-other-format"]
    assert "a tar archive: unpack it first" in said


def test_a_damaged_file_beside_a_foreign_one_is_still_told(tmp_path, line):
    (tmp_path / "a.csv").write_bytes(FORMATS["52-column"])
    (tmp_path / "b.txt").write_bytes(line + b"\nbad\n")
    output, _ = plan("check", tmp_path, "--format", "json", code=3)
    assert "cdr-fields" in {each["rule"] for each in json.loads(output)["findings"]}


@pytest.mark.parametrize("form", ["table", "json", "html"])
def test_a_profile_of_nothing_fails_in_plain_words(tmp_path, form):
    (tmp_path / "a.csv").write_bytes(FORMATS["46-column"] * 3)
    output, said = plan("profile", tmp_path / "a.csv", "--format", form, code=3)
    assert output == ""
    assert "no line was accepted" in said
    assert "None" not in said


def test_empty_lines_cost_what_others_do(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\n" * 4_000_000 + b"x|y\r\n" * 400_000)
    begun = time.monotonic()
    output, _ = plan("check", path, "--format", "json", "--processes", "1", code=1)
    assert time.monotonic() - begun < unhurried(5)
    findings = {each["rule"]: each for each in json.loads(output)["findings"]}
    assert findings["cdr-empty"]["message"].startswith("4,000,000 lines")
    assert findings["cdr-fields"]["line"] == 4_000_001


def test_frames_of_zstandard_by_the_thousand_cost_linear_time(tmp_path, line):
    path = tmp_path / "2026042612.txt.zst"
    path.write_bytes(zstandard().compress(line + b"\n") * 60_000)
    begun = time.monotonic()
    assert records(path)[0] == 60_000
    assert time.monotonic() - begun < unhurried(15)


def test_a_bomb_of_zstandard_is_passed_over_in_bounded_memory(tmp_path, weighed):
    path = tmp_path / "2026042612.txt.zst"
    with zstandard().open(path, "wb") as stream:
        for _ in range(8):
            stream.write(bytes(1 << 26))
    assert path.stat().st_size < 100_000
    begun = time.monotonic()
    run, peak = weighed("cdr", "check", path, "--format", "json")
    assert (run.returncode, "Traceback" in run.stderr) == (1, False)
    assert time.monotonic() - begun < unhurried(30)
    assert peak < 400_000


@pytest.mark.parametrize("spelling", ["itself", "link", "rejects", "both"])
def test_an_export_never_writes_over_what_it_reads(folder, spelling):
    path = folder / "2026042612.csv"
    shutil.copy(folder / "2026042612.txt", path)
    before = path.read_bytes()
    (folder.parent / "link.csv").symlink_to(path)
    target = {
        "itself": ["-o", path],
        "link": ["-o", folder.parent / "link.csv"],
        "rejects": ["-o", folder.parent / "x.csv", "--rejects", path],
        "both": ["-o", folder.parent / "y.csv", "--rejects", folder.parent / "y.csv"],
    }[spelling]
    _, said = plan("export", path, *target, code=2)
    assert path.read_bytes() == before
    assert "name another file" in said


def test_a_reader_that_goes_away_ends_the_export(tmp_path):
    plan("simulate", "--cps", "60", "--hours", "0.5", "-o", tmp_path / "archive")
    for _ in range(6):
        command = [*PLAN, "export", tmp_path / "archive", "--format", "csv", "--processes", "2", "-o", "-"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            process.stdout.readline()
            process.stdout.close()
            assert process.wait(timeout=unhurried(20)) == 141
            assert b"Traceback" not in process.stderr.read()


def test_an_address_where_a_file_is_named_is_not_shown_with_its_password(folder):
    _, said = plan("export", folder, "-o", "mysql://loader:secret@db.example.com/billing", code=2)
    assert "-o mysql://...: this is no file; databases are named with --to" in said
    assert "secret" not in said


def test_what_is_one_is_said_as_one(tmp_path, line):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "2026042612.txt").write_bytes(line.replace(b"gw-01", name.encode()) + b"\n")
    one, other = tmp_path / "a", tmp_path / "b"
    runs = [["check", one], ["profile", one], ["profile", f"a={one}", f"b={other}"], ["backtest", one]]
    runs += [["compare", one, other], ["export", one, "-o", tmp_path / "x.csv"]]
    said = "".join(part for run in runs for part in plan(*run))
    assert "1 line in 1 file: 1 accepted" in said
    assert "1 record from 1 line of 1 file;" in said
    assert not re.findall(r"(?<![\d.,])1 (?:lines|files|records|calls|attempts|gaps|hours|servers|days|weeks)\b", said)
    assert "None" not in said
