"""Records read back from real databases: each record once, whatever happens in between."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planner.cdr.export.database import DIALECTS, read_address, transaction
from planner.cdr.export.files import ExportError, UsageError
from planner.cdr.export.rows import RowMaker
from planner.cdr.simulation.options import Options, read_workload
from planner.cdr.simulation.truth import document
from planner.cdr.simulation.writer import simulate
from planner.cli.cdr.export import app

# Made up; numbers and addresses are reserved for documentation.
LINE = (
    '12025550123|12125550187|2026-04-26 11:20:18|2026-04-26 11:21:09|{}|200|0|caf\u00e9 "1"|o\'two\\|'
    "192.0.2.1|203.0.113.2|"
    "12025550123|12125550187|12025550123|12125550187|0|1|3200|1500\n"
)
START_S = 120


EPOCHS = {
    "mysql": "TIMESTAMPDIFF(SECOND, '1970-01-01', startTime)",
    "postg": "EXTRACT(EPOCH FROM startTime)",
    "duckd": "EPOCH(startTime)",
}


def lines(first, end):
    return "".join(LINE.format(number) for number in range(first, end))


@contextmanager
def folder():
    """A short path: a socket's name may have 107 bytes."""
    path = Path(tempfile.mkdtemp(prefix="plan-db-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def running(command, ready):
    """A server of our own, ended by its process."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            deadline = time.monotonic() + START_S
            while not ready():
                assert server.poll() is None, f"{command[0]} ended at once"
                assert time.monotonic() < deadline, f"{command[0]} did not start"
                time.sleep(0.1)
            yield server
        finally:
            server.terminate()
            try:
                server.wait(START_S)
            except subprocess.TimeoutExpired:
                server.kill()


def a_mariadb(place):
    """Return the address of a MariaDB server on a socket of its own, and its command, as an unprivileged user."""
    server = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin:/sbin")
    user = []
    if os.geteuid() == 0:
        shutil.chown(place, "mysql")
        user = ["--user=mysql"]
    plain = ["--no-defaults", *user, f"--datadir={place / 'data'}"]
    install = [shutil.which("mariadb-install-db"), *plain, "--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(install, check=True, capture_output=True, timeout=120)
    own = [f"--socket={place / 's'}", "--skip-networking", "--skip-grant-tables", f"--pid-file={place / 'pid'}"]
    return f"mysql://root@/mysql?unix_socket={place / 's'}", [server, *plain, *own, "--innodb-buffer-pool-size=16M"]


def a_postgresql(place, require):
    """Return the address of a PostgreSQL server on a socket of its own, and its command, as an unprivileged user."""
    drop = []
    if os.geteuid() == 0:
        shutil.chown(place, "nobody")
        drop = ["setpriv", "--reuid=nobody", "--clear-groups", "--"]
    data = place / "data"
    install = [*drop, require("initdb"), "-D", data, "-U", "plan", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(install, check=True, capture_output=True, timeout=120, cwd=place)
    command = [*drop, require("postgres"), "-D", data, "-k", place, "-c", "listen_addresses=", "-c", "fsync=off"]
    return f"postgresql://plan@/postgres?host={place}", command


@pytest.fixture(scope="module")
def mariadb():
    """The address of a MariaDB server's own database."""
    with folder() as place:
        address, command = a_mariadb(place)
        with running(command, lambda: answers(place, address)):
            query(address, "CREATE DATABASE cdr")
            yield address.replace("/mysql?", "/cdr?")


@pytest.fixture(scope="module")
def postgresql(require):
    """The address of a PostgreSQL server."""
    with folder() as place:
        address, command = a_postgresql(place, require)
        with running(command, lambda: query(address, "SELECT 1")):
            yield address


@pytest.fixture(params=["mariadb", "postgresql", "duckdb"])
def database(request, tmp_path, require):
    """An address of each kind of database, with no tables of earlier tests."""
    if request.param == "mariadb":
        require("mariadbd")
    if request.param == "duckdb":
        yield f"duckdb:///{tmp_path / 'cdr.duckdb'}"
        return
    address = request.getfixturevalue(request.param)
    yield address
    for table in ("cdr_records", "cdr_records_files", "cdr_records_about"):
        query(address, f"DROP TABLE IF EXISTS {table}")


def query(address, statement):
    """Return the rows of a statement, or None while nobody answers."""
    where = read_address(address, "cdr_records")
    try:
        connection = DIALECTS[where.kind](RowMaker("full", None, None)).connect(where)
    except ExportError:
        return None
    with closing(connection):
        cursor = connection.cursor()
        cursor.execute(statement)
        found = list(cursor.fetchall()) if statement.startswith("SELECT") else []
        connection.commit()
    return found


def export(*paths, to, options=(), code=0):
    result = CliRunner().invoke(app, [*map(str, paths), "--to", to, *options])
    assert result.exit_code == code, result.stderr
    return result.stderr


def holds(address):
    return sorted(row[0] for row in query(address, "SELECT holdTime_ms FROM cdr_records"))


def test_rows_are_the_records_and_a_second_export_adds_none(database, tmp_path):
    workload = read_workload(Options(cps=4, hours=0.2, seed=9, damage=("all=5%,odd_text=5%,duplicate=3%",)))
    (tmp_path / "cdr").mkdir()
    truth = document(workload, simulate(workload, tmp_path / "cdr", 1))
    for options in ([], [], ["--restart"]):
        export(tmp_path / "cdr", to=database, options=options)
        found = query(database, "SELECT COUNT(*), COUNT(DISTINCT record_key), SUM(holdTime_ms) FROM cdr_records")
        assert [int(value) for value in found[0]] == [truth["records"], truth["records"], truth["hold_ms"]]


def test_every_value_comes_back(database, tmp_path):
    (tmp_path / "a.txt").write_text(LINE.format(45250), encoding="utf-8")
    export(tmp_path / "a.txt", to=database, options=["--timezone", "Asia/Dhaka"])
    names = "holdTime_ms, holdTime_s, callerGatewayId, calleeGatewayId, billingMode_label"
    names = f"callerE164, {EPOCHS[database[:5]]}, {names}"
    ((caller, start, ms, seconds, one, two, label),) = query(database, f"SELECT {names} FROM cdr_records")  # noqa: S608  names of ours
    assert (caller, ms, seconds, one, two, label) == (
        "12025550123",
        45250,
        45.25,
        'caf\u00e9 "1"',
        "o'two\\",
        "gateway",
    )
    assert start == 1_777_180_818  # 2026-04-26 05:20:18 UTC


def test_a_file_that_grew_was_renamed_and_compressed_adds_only_what_is_new(database, tmp_path):
    path = tmp_path / "2026042611.txt"
    path.write_text(lines(0, 5), encoding="utf-8")
    export(path, to=database)
    path.write_text(lines(0, 8), encoding="utf-8")
    assert "5 lines were exported before" in export(path, to=database)
    packed = tmp_path / "old.txt.gz"
    packed.write_bytes(gzip.compress(lines(0, 9).encode()))
    export(packed, to=database)
    export(path, packed, to=database)
    assert holds(database) == list(range(9))


def test_a_line_written_in_two_halves_becomes_one_row(database, tmp_path):
    path = tmp_path / "a.txt"
    whole = lines(0, 3)
    for cut in (len(whole) - 3, len(whole) - 1, len(whole)):
        path.write_text(whole[:cut], encoding="utf-8")
        export(path, to=database)
        assert holds(database) == [0, 1, 2]
    assert query(database, "SELECT calleePdd_ms FROM cdr_records WHERE holdTime_ms = 2")[0][0] == 1500


def test_different_files_that_begin_alike_are_kept_apart(database, tmp_path):
    for name, numbers in (("a.txt", (7, 1, 2)), ("b.txt", (7, 3, 4)), ("c.txt", (7, 5, 6))):
        (tmp_path / name).write_text("".join(LINE.format(number) for number in numbers), encoding="utf-8")
    for _ in range(2):
        export(tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt", to=database)
        assert holds(database) == [1, 2, 3, 4, 5, 6, 7, 7, 7]


KILLED = """
import os, signal, sys
from planner.__main__ import main
from planner.cdr import sources
from planner.cdr.export.database import DatabaseSink

def die_in(name, left):
    whole = getattr(DatabaseSink, name)

    def dying(*arguments):
        left[0] -= 1
        if name == "write":
            whole(*arguments)
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        if name != "write":
            whole(*arguments)

    setattr(DatabaseSink, name, dying)

if __name__ == "__main__":
    sources.CHUNK = 2000
    die_in(sys.argv.pop(1), [int(sys.argv.pop(1))])
    main()
"""


def killed(script, step, *arguments):
    """Export until the third batch: `_remember` dies within its transaction, `write` just after it."""
    with subprocess.Popen(
        [sys.executable, script, step, "3", "cdr", "export", *arguments], stderr=subprocess.PIPE, start_new_session=True
    ) as run:
        assert run.wait(START_S) == -signal.SIGKILL, run.stderr.read()
    return run.pid


def test_an_export_killed_and_run_again_loses_and_repeats_nothing(database, tmp_path):
    path, script = tmp_path / "a.txt", tmp_path / "killed.py"
    path.write_text(lines(0, 100), encoding="utf-8")
    script.write_text(KILLED)
    reached = [0]
    for step in ("_remember", "write"):
        killed(script, step, path, "--to", database)
        reached.append(len(holds(database)))
    assert 0 < reached[1] < reached[2] < 100
    assert f"{reached[2]} lines were exported before" in export(path, to=database)
    assert holds(database) == list(range(100))


def test_processes_end_with_the_export_that_started_them(tmp_path, ends):
    (tmp_path / "a.txt").write_text(lines(0, 100), encoding="utf-8")
    (tmp_path / "killed.py").write_text(KILLED)
    to = f"duckdb:///{tmp_path / 'cdr.duckdb'}"
    group = killed(tmp_path / "killed.py", "write", tmp_path / "a.txt", "--to", to, "--processes", "2")
    assert 0 < len(holds(to)) < 100
    assert ends(group)
    export(tmp_path / "a.txt", to=to)
    assert holds(to) == list(range(100))


@pytest.mark.parametrize("kind", ["mariadb", "postgresql"])
def test_a_server_killed_midway_is_told_and_the_next_export_goes_on(kind, tmp_path, require):
    require("mariadbd" if kind == "mariadb" else "postgres")
    many = 100_000
    (tmp_path / "a.txt").write_text(lines(0, many), encoding="utf-8")
    with folder() as place:
        address, command = a_mariadb(place) if kind == "mariadb" else a_postgresql(place, require)

        with running(command, lambda: answers(place, address)) as server:
            call = [sys.executable, "-m", "planner", "cdr", "export", str(tmp_path / "a.txt"), "--to", address]
            with subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
                deadline = time.monotonic() + 60
                while not (started(address) and query(address, "SELECT COUNT(*) FROM cdr_records")[0][0]):
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
                server.kill()
                said = process.communicate(timeout=60)[1]
        assert process.returncode == 3, said
        assert "Traceback" not in said
        assert said.count("\n") == 1, said
        time.sleep(1)
        for left in (place / "data/postmaster.pid", place / "s"):
            left.unlink(missing_ok=True)
        with running(command, lambda: answers(place, address)):
            export(tmp_path / "a.txt", to=address)
            assert query(address, "SELECT COUNT(*), COUNT(DISTINCT holdTime_ms) FROM cdr_records") == [(many, many)]


def answers(place, address):
    """Tell whether a server answers: pymysql leaves a socket open where nobody listens on it."""
    return (address.startswith("postgresql") or (place / "s").exists()) and query(address, "SELECT 1")


def started(address):
    """Tell whether the table is there."""
    found = query(address, "SELECT COUNT(*) FROM information_schema.tables WHERE table_name = 'cdr_records'")
    return bool(found and found[0][0])


def test_the_external_table_masked(database, tmp_path):
    (tmp_path / "a.txt").write_text(LINE.format(61500), encoding="utf-8")
    export(tmp_path / "a.txt", to=database, options=["--layout", "external", "--mask"])
    names = "ani, dnis, duration, release_cause, release_source, billing_type"
    (row,) = query(database, f"SELECT {names} FROM cdr_records")  # noqa: S608  names of ours
    assert row == ("1202xxxxxxx", "1212xxxxxxx", 61.5, "200", "caller", "gateway")


def test_a_table_of_another_layout_is_refused_without_a_traceback(database, tmp_path):
    (tmp_path / "a.txt").write_text(LINE.format(1), encoding="utf-8")
    export(tmp_path / "a.txt", to=database, options=["--layout", "external"])
    (tmp_path / "b.txt").write_text(LINE.format(2), encoding="utf-8")
    assert "plan:" in export(tmp_path / "b.txt", to=database, code=3)


def test_a_field_mysql_cannot_hold_is_rejected_and_told(request, require, tmp_path):
    require("mariadbd")
    mariadb = request.getfixturevalue("mariadb")
    long = LINE.format(5).replace("carrier", "").replace("o'two", "x" * 70_000)
    (tmp_path / "a.txt").write_text(LINE.format(4) + long, encoding="utf-8")
    try:
        assert "too_long 1" in export(tmp_path / "a.txt", to=mariadb)
        assert holds(mariadb) == [4]
    finally:
        query(mariadb, "DROP TABLE IF EXISTS cdr_records, cdr_records_files")


def test_a_database_that_is_not_there_is_named_without_the_password(tmp_path):
    (tmp_path / "a.txt").write_text(LINE.format(1), encoding="utf-8")
    told = export(tmp_path / "a.txt", to=f"mysql://u:secret@/d?unix_socket={tmp_path / 'none'}", code=3)
    assert "mysql://u@/d" in told
    assert "secret" not in told


@pytest.mark.parametrize("password", ["pa/ss", "p#w", "a?b", "x@y", "s:e/c#r@t", "%2Fslash"])
def test_a_password_may_hold_anything_and_is_never_shown(password):
    address = read_address(f"mysql://loader:{password}@db.example.com:3307/billing?unix_socket=/tmp/s", "cdr")
    assert (address.user, address.host, address.port, address.database) == ("loader", "db.example.com", 3307, "billing")
    assert address.password == password.replace("%2F", "/")
    assert password not in address.shown
    with pytest.raises(UsageError) as refused:
        read_address(f"nosuch://loader:{password}@db.example.com/billing", "cdr")
    assert password not in str(refused.value)


def test_one_table_holds_one_kind_of_rows(database, tmp_path):
    (tmp_path / "a.txt").write_text(lines(0, 3))
    export(tmp_path / "a.txt", to=database)
    for options, said in ((["--mask"], "plain people"), (["--timezone", "Asia/Dhaka"], "local times")):
        told = export(tmp_path / "a.txt", to=database, options=options, code=2)
        assert said in told
        assert "another --table" in told


def test_a_nightly_export_says_in_one_line_what_was_there(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(LINE.format(ord(name)) * 2)
    address = f"duckdb:///{tmp_path}/x.duckdb"
    export(tmp_path, to=address)
    told = [line for line in export(*sorted(tmp_path.glob("*.txt")), to=address).splitlines() if "before" in line]
    assert told == ["6 lines were exported before, of 3 files"]


def test_what_remembers_a_masked_export_tells_no_number(tmp_path):
    (tmp_path / "a.txt").write_text(LINE.format(7))
    (tmp_path / "b.txt").write_text(LINE.format(7).replace("12025550123", "12025550199"))
    seen = []
    for name in "ab":
        address = f"duckdb:///{tmp_path}/{name}.duckdb"
        export(tmp_path / f"{name}.txt", to=address, options=["--mask"])
        seen.append(query(address, "SELECT file_id, first_record, prefix FROM cdr_records_files"))
    assert seen[0] == seen[1]


def at_once(paths, address, options):
    """Start an export of each path, all together; return what they ended with and said."""
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "planner", "cdr", "export", str(path), "--to", address, *option],
            stderr=subprocess.PIPE,
            text=True,
        )
        for path, option in zip(paths, options, strict=True)
    ]
    return [(run.communicate(timeout=START_S)[1], run.returncode) for run in runs]


def test_exports_that_make_a_table_at_once_fill_it_once(database, tmp_path):
    (tmp_path / "a.txt").write_text(lines(0, 2000))
    (tmp_path / "b.txt").write_text(lines(2000, 4000))
    ended = at_once([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "a.txt"], database, [[]] * 3)
    assert not any("Traceback" in said for said, _ in ended)
    if database.startswith("duckdb"):
        waiting = [said for said, code in ended if code == 3]
        assert all("another program has it open: run again when that has ended" in said for said in waiting)
        export(tmp_path, to=database)
    else:
        assert [code for _, code in ended] == [0, 0, 0], ended
    assert holds(database) == list(range(4000))


def test_masked_and_plain_rows_begun_at_once_do_not_mix(database, tmp_path):
    (tmp_path / "a.txt").write_text(lines(0, 2000))
    ended = at_once([tmp_path / "a.txt"] * 2, database, [["--mask"], []])
    assert sorted(code for _, code in ended) in ([0, 2], [0, 3]), ended
    assert query(database, "SELECT COUNT(*), COUNT(DISTINCT callerE164) FROM cdr_records") == [(2000, 1)]


class Broken:
    """A connection to a server that was killed: whatever is asked of it fails."""

    def __init__(self, fails):
        self.fails = fails

    def __getattr__(self, name):
        if name == "cursor" and "cursor" not in self.fails:
            return lambda: self

        def call(*_):
            if name in self.fails:
                raise ConnectionError("Lost connection to server")

        return call


@pytest.mark.parametrize("fails", [{"cursor"}, {"execute", "rollback", "close"}, {"commit", "rollback"}, {"begin"}])
def test_a_killed_server_is_an_error_in_words(fails):
    kind = "duckdb:///x" if "begin" in fails else "mysql://root@db.example.com/cdr"
    with pytest.raises(ExportError, match=r"Lost connection to server; what is committed stays"):
        work(transaction(Broken(fails), read_address(kind, "t")))


def work(begun):
    with begun as cursor:
        cursor.execute("INSERT")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("connect_timeout=2", "Connection refused"),
        ("connect_timeout=two", "connect_timeout"),
        ("autocommit=1", "autocommit"),
    ],
)
def test_options_of_an_address_are_those_of_the_server_library(options, said):
    pytest.importorskip("psycopg", reason="psycopg is not installed; install it with: pip install psycopg")
    address = read_address(f"postgresql://cdr:sekret@127.0.0.1:1/db?{options}", "cdr")
    with pytest.raises(ExportError, match=said) as told:
        DIALECTS["postgresql"](RowMaker("full", None, None)).connect(address)
    assert "sekret" not in str(told.value)
