"""What the rows of an export say, against records written out by hand."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from planner.cdr.export.rows import Instants, mask_address, mask_number, text_of
from planner.cdr.simulation.options import Options, read_workload
from planner.cdr.simulation.truth import document
from planner.cdr.simulation.writer import simulate
from planner.cli.cdr.export import app

# Made up; numbers and addresses are reserved for documentation.
LINE = (
    '12025550123|442079460000|2026-04-26 11:20:18|2026-04-26 11:21:09|45250|200|1|1001|carrier, "two"|'
    "192.0.2.17|2001:db8:1:2::9|12025550123|011442079460000|12025550123|442079460000|0|-1|3200|1500"
)
OLD = "|".join(LINE.split("|")[:17])


def run(*arguments, stdin=b""):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def rows_of(path):
    with path.open(newline="") as stream:
        return list(csv.DictReader(stream))


def export(tmp_path, text, *options, name="2026042611.txt"):
    source, target = tmp_path / name, tmp_path / "out.csv"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    result = run(source, "-o", target, *options)
    assert result.exit_code == 0, result.stderr
    return rows_of(target)


def test_every_column_of_a_record(tmp_path):
    (row,) = export(tmp_path, LINE + "\n")
    assert len(row.pop("record_key")) == 32
    assert row == {
        "source_file": "2026042611.txt",
        "source_line": "1",
        "source_offset": "0",
        "callerE164": "12025550123",
        "calleeE164": "442079460000",
        "startTime": "2026-04-26 11:20:18",
        "stopTime": "2026-04-26 11:21:09",
        "holdTime_ms": "45250",
        "holdTime_s": "45.25",
        "endReason": "200",
        "endDirection": "1",
        "endDirection_label": "callee",
        "callerGatewayId": "1001",
        "calleeGatewayId": 'carrier, "two"',
        "callerIp": "192.0.2.17",
        "calleeIp": "2001:db8:1:2::9",
        "callerAccessE164": "12025550123",
        "calleeAccessE164": "011442079460000",
        "callerToGatewayE164": "12025550123",
        "calleeToGatewayE164": "442079460000",
        "calleeBilling": "0",
        "calleeBilling_label": "caller",
        "billingMode": "-1",
        "billingMode_label": "not billed",
        "callerPdd_ms": "3200",
        "calleePdd_ms": "1500",
    }


def test_a_file_of_another_format_is_named_and_fails(tmp_path):
    for name, text in (("a.csv", "1," * 51 + "2\n"), ("b.txt", LINE + "\nodd\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = run(tmp_path, "-o", tmp_path / "out.csv")
    assert result.exit_code == 3
    assert f"{tmp_path}/a.csv: this is the 52-column" in result.stderr
    assert result.stderr.count("not the pipe-separated text CDR") == 1
    assert len(rows_of(tmp_path / "out.csv")) == 1


def test_the_external_layout_is_the_guides_mapping(tmp_path):
    (row,) = export(tmp_path, LINE + "\n", "--layout", "external")
    del row["record_key"]
    assert row == {
        "ani": "12025550123",
        "dnis": "442079460000",
        "setup_time": "2026-04-26 11:20:18",
        "duration": "45.25",
        "release_cause": "200",
        "release_source": "callee",
        "billing_type": "not billed",
    }


def test_old_builds_have_no_delays_and_unknown_codes_no_label(tmp_path):
    unknown = OLD.replace("|200|1|", "|-77|9|")
    (row,) = export(tmp_path, unknown + "\r\n")
    assert (row["callerPdd_ms"], row["calleePdd_ms"], row["endDirection_label"]) == ("", "", "")
    assert (row["endDirection"], row["endReason"], row["billingMode"]) == ("9", "-77", "-1")


def test_masked_rows_hold_no_subscriber(tmp_path):
    (row,) = export(tmp_path, LINE + "\n", "--mask")
    assert (row["callerE164"], row["calleeE164"]) == ("1202xxxxxxx", "4420xxxxxxxx")
    assert (row["callerIp"], row["calleeIp"]) == ("192.0.2.0", "2001:db8:1::")
    assert not any("5550123" in value or "79460000" in value for value in row.values())


def test_masked_identities_do_not_hang_on_what_is_hidden(tmp_path):
    other = LINE.replace("12025550123", "12025550199").replace("192.0.2.17", "192.0.2.18")
    keys = {export(tmp_path, line + "\n", "--mask")[0]["record_key"] for line in (LINE, other)}
    assert len(keys) == 1


def test_masked_rejects_keep_the_line_to_themselves(tmp_path):
    export(tmp_path, LINE.replace("45250", "+1") + "\n", "--mask", "--rejects", tmp_path / "bad.jsonl")
    assert json.loads((tmp_path / "bad.jsonl").read_text()).keys() == {"file", "line", "offset", "reason"}


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("12025550123", "1202xxxxxxx"),
        ("+12025550123", "+1202xxxxxxx"),
        ("123456", "12xxxx"),
        ("911", "xxx"),
        ("", ""),
        ("alice@example.com", "x" * 17),
        ("00#1", "xxxx"),
    ],
)
def test_masked_numbers(number, masked):
    assert mask_number(number, 4, 4) == masked


@given(st.text(max_size=30), st.integers(0, 12))
def test_masking_never_shows_the_end_of_a_number(text, kept):
    masked = mask_number(text, kept, 4)
    assert len(masked) == len(text)
    assert not any(character.isdigit() for character in masked[max(len(masked) - 4, 0) :])


@pytest.mark.parametrize(
    ("address", "masked"), [("198.51.100.77", "198.51.100.0"), ("example.com", "x" * 11), ("", "")]
)
def test_masked_addresses(address, masked):
    assert mask_address(address) == masked


SECONDS_1970 = 62_135_596_800


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)),  # noqa: DTZ001  local times
    st.sampled_from(["Asia/Dhaka", "Europe/Berlin", "UTC"]),
)
def test_times_become_utc_as_the_zone_says(local, zone):
    since = local - datetime(1, 1, 1)  # noqa: DTZ001  the same
    seconds = since.days * 86400 + since.seconds
    # Offsets before standard time have seconds; they are the same within a quarter of an hour.
    expected = local.replace(microsecond=0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    found = Instants(ZoneInfo(zone)).of(seconds, seconds, 0)[0]
    assert text_of(found) == f"{expected:%Y-%m-%d %H:%M:%S}".rjust(19, "0")
    assert Instants(None).of(seconds, seconds, 0)[1] == seconds - SECONDS_1970


def test_parquet_is_typed_and_counts_like_the_truth(tmp_path):
    workload = read_workload(Options(cps=5, hours=0.3, seed=4, damage=("all=5%",), columns="17=1,19=1", header=True))
    (tmp_path / "cdr").mkdir()
    truth = document(workload, simulate(workload, tmp_path / "cdr", 1))
    result = run(
        tmp_path / "cdr", "-o", tmp_path / "x.parquet", "--timezone", "Asia/Dhaka", "--rejects", tmp_path / "r"
    )
    assert result.exit_code == 0, result.stderr
    table = pq.read_table(tmp_path / "x.parquet")
    assert table.num_rows == truth["records"] == len(set(table["record_key"].to_pylist()))
    assert sum(table["holdTime_ms"].to_pylist()) == truth["hold_ms"]
    assert str(table.schema.field("startTime").type) == "timestamp[ms, tz=UTC]"
    first = min(table["startTime"].to_pylist())
    assert f"{first.astimezone(ZoneInfo('Asia/Dhaka')):%Y-%m-%d %H:%M:%S}" == truth["first_start"]
    rejects = [json.loads(line) for line in (tmp_path / "r").read_text().splitlines()]
    told = [(entry["file"], entry["line"], entry["offset"], entry["kind"]) for entry in truth["damaged"]]
    assert [(r["file"].rpartition("/")[2], r["line"], r["offset"], r["reason"]) for r in rejects] == told
    assert table.schema.metadata[b"server_timezone"] == b"Asia/Dhaka"


def test_without_a_zone_times_stay_local(tmp_path):
    (tmp_path / "a.txt").write_text(LINE + "\n")
    result = run(tmp_path / "a.txt", "-o", tmp_path / "x.parquet")
    assert "--timezone" in result.stderr
    assert str(pq.read_schema(tmp_path / "x.parquet").field("startTime").type) == "timestamp[ms]"


def test_keys_follow_the_content_not_the_name(tmp_path):
    text = "".join(LINE.replace("45250", str(n)) + "\n" for n in range(50))
    plain = export(tmp_path, text)
    packed = export(tmp_path, gzip.compress(text.encode()), name="archived.txt.gz")
    grown = export(tmp_path, text + LINE + "\n")
    keys = [[row["record_key"] for row in rows] for rows in (plain, packed, grown)]
    assert keys[0] == keys[1] == keys[2][:50]


def test_identical_lines_and_files_that_begin_alike_are_all_kept(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text((LINE + "\n") * 3)
    result = run(tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "x.csv")
    assert result.exit_code == 0
    assert len({row["record_key"] for row in rows_of(tmp_path / "x.csv")}) == 6


def test_standard_input_to_standard_output():
    result = run("-", "-o", "-", stdin=(LINE + "\nrubbish\n" + LINE).encode())
    assert [row["source_file"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["-", "-"]
    assert "1 rejected" in result.stderr


def test_one_bad_input_hides_no_other(tmp_path):
    (tmp_path / "good.txt").write_text(LINE + "\n")
    (tmp_path / "torn.txt.gz").write_bytes(gzip.compress(LINE.encode() * 50)[:-20])
    result = run(tmp_path / "good.txt", tmp_path / "torn.txt.gz", tmp_path / "gone.txt", "-o", tmp_path / "x.csv")
    assert result.exit_code == 3
    assert "torn.txt.gz" in result.stderr
    assert "gone.txt" in result.stderr
    assert len(rows_of(tmp_path / "x.csv")) == 1


@pytest.mark.parametrize("name", ["x.csv", "x.parquet"])
def test_a_failed_export_leaves_the_old_file(tmp_path, monkeypatch, name):
    (tmp_path / "a.txt").write_text(LINE + "\n")
    (tmp_path / name).write_text("old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("planner.cdr.export.files.RejectWriter.write", full)
    result = run(tmp_path / "a.txt", "-o", tmp_path / name, "--rejects", tmp_path / "r")
    assert (result.exit_code, "No space left" in result.stderr) == (2, True)
    assert (tmp_path / name).read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", name]


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        ([], 2, "name one target"),
        (["-o", "x.csv", "--to", "duckdb:///x"], 2, "name one target"),
        (["-o", "x.xml"], 2, "--format"),
        (["-o", "x.csv", "--mask-keep", "3"], 2, "--mask-keep"),
        (["-o", "x.csv", "--format", "xml"], 2, "--format"),
        (["-o", "-", "--format", "parquet"], 2, "Parquet needs a file"),
        (["-o", "x.csv", "--timezone", "Mars/Base"], 2, "Mars/Base"),
        (["-o", "x.csv", "--layout", "wide"], 2, "--layout"),
        (["--to", "oracle://u@h/d"], 2, "oracle"),
        (["--to", "mysql:///billing"], 2, "no host"),
        (["--to", "mysql://192.0.2.1"], 2, "no database"),
        (["--to", "duckdb://h/x"], 2, "DuckDB is a file"),
        (["--to", "mysql://u@h:port/d"], 2, "--to"),
        (["--to", "duckdb:///x", "--table", "a; drop"], 2, "--table"),
    ],
)
def test_wrong_targets_are_named(tmp_path, monkeypatch, arguments, code, named):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(LINE + "\n")
    result = run("a.txt", *arguments)
    assert (result.exit_code, named in result.stderr) == (code, True), result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("target", "module", "extra"),
    [
        ("mysql://u@192.0.2.1/d", "pymysql", "mysql"),
        ("postgresql://u@192.0.2.1/d", "psycopg", "postgresql"),
        ("duckdb:///x.duckdb", "duckdb", "duckdb"),
        ("x.parquet", "pyarrow", "parquet"),
    ],
)
def test_a_missing_driver_names_its_extra(tmp_path, monkeypatch, target, module, extra):
    monkeypatch.setitem(__import__("sys").modules, module, None)
    (tmp_path / "a.txt").write_text(LINE + "\n")
    result = run(tmp_path / "a.txt", "-o" if target.endswith("parquet") else "--to", target)
    assert (result.exit_code, f"vos3000-plan[{extra}]" in result.stderr) == (2, True)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_processes_write_the_same_bytes(tmp_path, ending):
    workload = read_workload(
        Options(cps=30, hours=0.2, seed=6, damage=("all=3%,odd_text=3%",), columns="17=1,18=1,19=1", crlf=True)
    )
    (tmp_path / "cdr").mkdir()
    simulate(workload, tmp_path / "cdr", 1)
    written = []
    for processes in (1, 2):
        target, rejects = tmp_path / f"{processes}.{ending}", tmp_path / f"{processes}.jsonl"
        result = run(tmp_path / "cdr", "-o", target, "--rejects", rejects, "--processes", processes)
        assert result.exit_code == 0, result.stderr
        written.append((target.read_bytes(), rejects.read_bytes(), result.stderr))
    assert written[0] == written[1]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from([LINE, OLD, LINE + "|", LINE.replace("45250", "+1"), "", "caf\u00e9", "\0"])))
def test_every_line_becomes_a_row_or_a_reject(tmp_path_factory, some):
    folder = tmp_path_factory.mktemp("any")
    (folder / "a.txt").write_bytes("".join(line + "\n" for line in some).encode())
    result = run(folder / "a.txt", "-o", folder / "x.csv", "--rejects", folder / "r")
    assert result.exit_code == 0, result.stderr
    rejects = [json.loads(line) for line in (folder / "r").read_text().splitlines()]
    rows = rows_of(folder / "x.csv")
    assert sorted([int(row["source_line"]) for row in rows] + [reject["line"] for reject in rejects]) == list(
        range(1, len(some) + 1)
    )
    assert all(some[int(row["source_line"]) - 1].startswith("12025550123|") for row in rows)


def test_devices_are_written_to_not_replaced(tmp_path):
    (tmp_path / "a.txt").write_text(LINE + "\nrubbish\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    for target in ("/dev/null", tmp_path / "link.csv"):
        result = run(tmp_path / "a.txt", "-o", target, "--format", "csv", "--rejects", "/dev/null")
        assert result.exit_code == 0, result.stderr
    assert not Path("/dev/null").is_file()
    assert (tmp_path / "link.csv").is_symlink()
    assert len(rows_of(tmp_path / "real.csv")) == 1
    assert run(tmp_path / "a.txt", "-o", "/dev/null", "--format", "parquet").exit_code == 2


def test_a_reader_that_goes_away_ends_the_export_quietly(tmp_path):
    (tmp_path / "a.txt").write_text((LINE + "\n") * 5000)
    command = f"{sys.executable} -m planner cdr export {tmp_path / 'a.txt'} -o - | head -1"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.startswith("record_key,")
    assert "Traceback" not in done.stderr


def test_the_hour_a_clock_repeats_is_resolved_by_how_long_calls_last(tmp_path):
    zone, utc = ZoneInfo("Europe/Berlin"), ZoneInfo("UTC")
    begin = datetime(2026, 10, 25, 0, 30, tzinfo=utc) - timedelta(hours=2)
    truth, lines = [], []
    for i in range(0, 5 * 3600, 7):
        start, hold = begin + timedelta(seconds=i), (i * 37) % 900
        stop = start + timedelta(seconds=5 + hold)
        local = [str(each.astimezone(zone).replace(tzinfo=None)) for each in (start, stop)]
        fields = LINE.split("|")
        fields[2:5] = [*local, str(hold * 1000)]
        lines.append("|".join(fields))
        truth.append([each.strftime("%Y-%m-%d %H:%M:%SZ") for each in (start, stop)])
    (tmp_path / "a.txt").write_text("\n".join(lines) + "\n")
    result = run(tmp_path / "a.txt", "-o", tmp_path / "a.csv", "--timezone", "Europe/Berlin")
    rows = rows_of(tmp_path / "a.csv")
    found = [[row["startTime"], row["stopTime"]] for row in rows]
    wrong = sum(a != b for a, b in zip(found, truth, strict=True))
    said = re.search(r"([\d,]+) records lie in an hour the clock repeats", result.stderr)
    assert wrong <= int(said[1].replace(",", "")) < 2 * 3600 / 7
    for (start, stop), row in zip(found, rows, strict=True):
        lasts = datetime.fromisoformat(stop) - datetime.fromisoformat(start)
        assert lasts.total_seconds() >= int(row["holdTime_ms"]) // 1000
