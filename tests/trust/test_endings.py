"""However a run ends, one line says so, the code is the same for every command, and nothing stays behind."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import time

import pytest
import typer
from programs import ROOT, ended, listens, plan, shell, start
from waiting import unhurried

from planner.cli import ending

EXAMPLE = ROOT / "examples" / "wholesale" / "deployment.yaml"
SWEEP = ("sweep", EXAMPLE, "--vary", "traffic.cps=1:2000:1", "--vary", "traffic.acd=10:1000:1")


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        ("$PLAN --help >/dev/full", 2, "plan: cannot write the output: No space left on device"),
        ("$PLAN size --cps 9 >/dev/full", 2, "plan: cannot write standard output: No space left on device"),
        ("$PLAN size --cps 9 >&-", 2, "plan: cannot write standard output: Bad file descriptor"),
        ("$PLAN size - <&-", 3, "<stdin>:1:1: cannot read <stdin>: Bad file descriptor"),
        ("touch x; $PLAN size --cps 9 -o x/y.json", 2, "plan: cannot write x/y.json: Not a directory"),
        ("touch x; $PLAN report --cps 9 -o x/y.html", 2, "plan: cannot write x/y.html: Not a directory"),
        ("touch x; $PLAN cdr simulate --cps 9 --hours 1 -o x/y", 2, "plan: cannot write x/y: Not a directory"),
        ("touch x; $PLAN rules --format markdown -o x/y", 2, "cannot write x/y: Not a directory"),
        ("touch x; $PLAN tune --cps 9 -o x/y", 2, "cannot write x: File exists"),
        ("$PLAN compare - - <&-", 2, "standard input is read once"),
        ("$PLAN size --cps 9 2>&-", 0, ""),
        ("$PLAN size --cps nine 2>&- 1>&- <&-", 2, ""),
        ("$PLAN rules | head -1 >/dev/null; exit ${PIPESTATUS[0]}", 0, ""),
        ("$PLAN report --cps 9 | head -c 9 >/dev/null; exit ${PIPESTATUS[0]}", 141, ""),
        ("mkdir gone && cd gone && rmdir ../gone && $PLAN report --cps 9 -o x.html", 3, "working folder"),
        ("mkdir gone && cd gone && rmdir ../gone && $PLAN validate x.yaml | grep -q 'cannot read'", 0, ""),
        ("mkdir gone && cd gone && rmdir ../gone && $PLAN size --cps 9 | grep -q Starter", 0, ""),
    ],
)
def test_streams_that_are_closed_full_or_gone(script, code, said, tmp_path):
    run = shell(script, cwd=tmp_path)
    assert (run.code, "Traceback" in run.err) == (code, False)
    assert said in run.err
    assert bool(said) == bool(run.err), run.err


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("cdr", "profile", "ARCHIVE", "--processes", "2"),
        ("cdr", "check", "ARCHIVE", "--processes", "2"),
        ("cdr", "export", "ARCHIVE", "-o", "records.csv", "--processes", "2"),
        ("cdr", "export", "ARCHIVE", "-o", "records.parquet", "--processes", "1"),
        ("cdr", "simulate", "--cps", "90", "--hours", "9", "-o", "made"),
        (*SWEEP, "-o", "grid.csv"),
    ],
    ids=lambda arguments: "-".join(map(str, arguments[:2])) if isinstance(arguments, tuple) else arguments,
)
def test_a_signal_ends_a_run_in_two_seconds_with_one_line(arguments, name, archive, tmp_path):
    number = getattr(signal, name)
    process = start(*(archive if each == "ARCHIVE" else each for each in arguments), cwd=tmp_path)
    listens(process)
    time.sleep(0.8)
    assert process.poll() is None, "the run was over before it was told to end"
    process.send_signal(number)
    run, took, survivors = ended(process)
    assert (run.code, took < unhurried(2), survivors) == (128 + number, True, False), (run, took)
    assert len(run.lines) == 1
    assert run.err.startswith("plan: interrupted" if name == "SIGINT" else f"plan: ended by {name}")
    assert [each.name for each in tmp_path.iterdir() if each.name != "made"] == []


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["the run", "its whole group"])
def test_processes_that_are_ended_leave_no_half_of_an_archive(send, name, tmp_path):
    process = start("cdr", "simulate", "--cps", "90", "--hours", "9", "--processes", "2", "-o", "made", cwd=tmp_path)
    until = time.monotonic() + 30
    while not list(tmp_path.glob("made/.plan-*")) and time.monotonic() < until:
        time.sleep(0.01)
    assert list(tmp_path.glob("made/.plan-*")), "nothing was being written"
    send(process.pid, getattr(signal, name))
    run, took, survivors = ended(process)
    assert (run.code, took < unhurried(2), survivors) == (128 + getattr(signal, name), True, False), (run, took)
    assert [each.name for each in tmp_path.rglob("*") if not each.match("made/*.txt")] == ["made"]


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([signal.SIGINT], "interrupted"),
        ([signal.SIGHUP], "ended by SIGHUP"),
        ([signal.SIGTERM, signal.SIGTERM], "ended by SIGTERM"),
    ],
)
def test_a_run_that_waits_for_input_ends_too(numbers, said):
    process = start("size", "-", stdin=subprocess.PIPE)
    listens(process)
    for number in numbers:
        process.send_signal(number)
    run, took, _ = ended(process)
    assert (run.code, run.lines, took < unhurried(5)) == (128 + numbers[0], [f"plan: {said}"], True)


def test_a_second_signal_ends_a_run_that_clears_up_for_ever(tmp_path):
    script = tmp_path / "stuck.py"
    script.write_text(
        "import sys, time\nfrom planner import files\nfrom planner.cli import ending\nending.listen()\n"
        "place = open('half.part', 'w'); files.unfinished.add('half.part')\n"
        "def stuck():\n    try:\n        print('up', flush=True)\n        time.sleep(60)\n"
        "    finally:\n        time.sleep(60)\n"
        "sys.exit(ending.concluded(stuck))\n"
    )
    process = subprocess.Popen(
        [os.sys.executable, script],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    run, took, _ = ended(process)
    assert (run.code, run.lines) == (143, ["plan: ended by SIGTERM"])
    assert ending.PATIENCE <= took + 0.2 < unhurried(2) + 0.2
    assert not (tmp_path / "half.part").exists()


@pytest.mark.usefixtures("watched")
def test_signals_that_are_ignored_stay_ignored(archive, tmp_path):
    # As much of it as is read in some seconds: this run goes on to its end.
    some = sorted(map(str, archive.glob("*.txt")))[:8]
    process = subprocess.Popen(
        ["nohup", os.sys.executable, "-m", "planner", "cdr", "check", "--processes", "1", *some],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
        stdin=subprocess.DEVNULL,
    )
    time.sleep(1)
    process.send_signal(signal.SIGHUP)
    run, _, _ = ended(process)
    assert run.code in {0, 1}


def internal(tmp_path, *arguments):
    """Run the program with a fault of its own planted."""
    (tmp_path / "planted.py").write_text(
        "import sys, planner.sizing.api as api\n"
        "def broken(*a, **k):\n    raise ZeroDivisionError('planted\\x1b[31m')\n"
        "api.size = broken\nfrom planner.cli import run\nrun()\n"
    )
    return shell(f"{os.sys.executable} planted.py {' '.join(arguments)}", cwd=tmp_path)


@pytest.mark.usefixtures("watched")
def test_a_fault_of_ours_is_one_line_and_code_4(tmp_path):
    run = internal(tmp_path, "size", "--cps", "9")
    assert run.code == 4
    said = "plan: internal error: ZeroDivisionError: planted\N{REPLACEMENT CHARACTER}[31m (planted.py:3);"
    assert run.lines == [f"{said} please report this line, and what --debug adds to it"]


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("arguments", [("size", "--cps", "9", "--debug"), ("--debug", "size", "--cps", "9")])
def test_debug_shows_where(arguments, tmp_path):
    run = internal(tmp_path, *arguments)
    assert run.code == 4
    assert run.lines[0] == "Traceback (most recent call last):"
    assert run.lines[-1].startswith("plan: internal error: ZeroDivisionError")


@pytest.mark.usefixtures("watched")
def test_a_mistyped_command_line_carries_no_escapes():
    run = plan("size", "--\x1b[31mred", "1")
    assert (run.code, "\x1b" in run.err) == (2, False)
    assert "No such option" in run.err


def _frame(message):
    body = message if isinstance(message, bytes) else json.dumps({"jsonrpc": "2.0", **message}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


def _asks(uri, line=0):
    place = {"textDocument": {"uri": uri}, "position": {"line": line, "character": 0}}
    return {"id": 5, "method": "textDocument/hover", "params": place}


STRANGE = {
    "nothing strange": (),
    "no JSON": (b"{nonsense",),
    "a list": (b"[1, 2]",),
    "no parameters": ({"method": "textDocument/didOpen", "params": None},),
    "a position before the file": (_asks("file:///absent.yaml", -5),),
    "a file nobody opened": (_asks("file:///absent.yaml"), _asks("file:///dev/zero")),
    "saved, never opened": (
        {"method": "textDocument/didSave", "params": {"textDocument": {"uri": "file:///dev/zero"}}},
    ),
    "an unknown command": ({"id": 6, "method": "workspace/executeCommand", "params": {"command": "rm"}},),
}


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize("messages", STRANGE.values(), ids=STRANGE)
def test_an_editor_may_say_anything_and_is_served_on(messages, tmp_path):
    pytest.importorskip("pygls")
    uri = (tmp_path / "sysctl.conf").as_uri()
    document = {"uri": uri, "languageId": "conf", "version": 1, "text": "net.core.somaxconn = 9\n"}
    session = (
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}},
        {"method": "initialized", "params": {}},
        *messages,
        {"method": "textDocument/didOpen", "params": {"textDocument": document}},
        {**_asks(uri), "id": 99},
        {"id": 100, "method": "shutdown"},
        {"method": "exit"},
    )
    run = plan("lsp", given=b"".join(map(_frame, session)), cwd=tmp_path)
    assert (run.code, "Traceback" in run.err, "internal" in run.err) == (0, False, False), run.err
    assert bool(run.err) <= bool(messages)
    answers = [json.loads(each) for each in re.findall(rb'\{"id".*?\}(?=Content-Length|\Z)', run.out)]
    assert [bool(each["result"]) for each in answers if each["id"] == 99] == [True]


class Unwritable:
    """A standard output that cannot take what was printed."""

    closed = False

    def __init__(self, error):
        self._error = error

    def flush(self):
        raise self._error

    def fileno(self):
        raise ValueError


def raising(error):
    raise error


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (SystemExit(7), 7, ""),
        (SystemExit("told"), 2, ""),
        (KeyboardInterrupt(), 130, "plan: interrupted"),
        (MemoryError(), 4, "plan: there is not enough memory for this"),
        (BrokenPipeError(), 141, ""),
        (OSError(errno.ENOSPC, "full", "a.csv"), 2, "plan: cannot write a.csv: full"),
        (OSError(errno.EDQUOT, "quota"), 2, "plan: cannot write the output: quota"),
        (OSError(errno.ENOENT, "gone", "a.txt"), 3, "plan: a.txt: gone"),
        (OSError("odd"), 3, "plan: the input: odd"),
        (typer.BadParameter("no  such\nthing."), 2, "plan: Invalid value: no such thing; see plan --help"),
    ],
    ids=repr,
)
def test_what_ends_a_run_is_told_with_the_code_of_its_kind(error, code, said, capsys):
    assert ending.concluded(lambda: raising(error)) == code
    assert capsys.readouterr().err.strip() == said


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [(OSError(errno.ENOSPC, "full"), 2, "plan: cannot write the output: full"), (BrokenPipeError(), 141, "")],
    ids=repr,
)
def test_what_was_printed_and_cannot_be_written_fails_the_run(error, code, said, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout", Unwritable(error))
    assert ending.concluded(lambda: 0) == code
    assert ending.concluded(lambda: raising(SystemExit(0))) == code
    assert capsys.readouterr().err.splitlines() == ([said, said] if said else [])


def test_a_run_that_a_signal_ended_says_what_its_command_adds(monkeypatch, capsys):
    monkeypatch.setattr(ending, "_received", [signal.SIGTERM])
    monkeypatch.setattr(ending, "_told_once", [])
    monkeypatch.setattr(ending, "_drop_output", lambda: None)
    assert ending.concluded(lambda: raising(SystemExit("a partial answer was written"))) == 143
    assert ending.concluded(lambda: raising(SystemExit(143))) == 143
    monkeypatch.setattr(ending, "_received", [signal.SIGINT])
    assert ending.concluded(lambda: 130) == 130
    assert capsys.readouterr().err.splitlines() == [
        "plan: a partial answer was written",
        "plan: ended by SIGTERM",
        "plan: interrupted",
    ]


def test_the_watch_over_a_slow_end_ends_it(monkeypatch):
    left = []
    monkeypatch.setattr(ending, "PATIENCE", 0)
    monkeypatch.setattr(ending, "_abandon", lambda: left.append(True))
    ending._watch()
    assert left == [True]


def test_a_closed_standard_input_is_one_that_cannot_be_read(monkeypatch):
    kept = os.dup(0)
    try:
        os.close(0)
        monkeypatch.setattr("sys.stdin", None)
        ending.mend_streams()
        with pytest.raises(OSError, match=r"Bad file descriptor|not readable"):
            os.read(0, 1)
    finally:
        os.dup2(kept, 0)
        os.close(kept)
