"""The exit codes of the contract, every command: 0 nothing to say, 1 findings, 2 wrong usage, 3 unreadable."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

GOOD = "traffic: {cps: 50, codecs: g729}\n"
SHORT = "server: {cpu_cores: 4, ram: 32GB, media: with}\ntopology: {servers: 1}\ntraffic: {concurrent_calls: 4000}\n"
SEVERAL = SHORT.replace("topology: {servers: 1}\n", "")
WARNED = "softswitch: {SS_MAX_CALL_DURATION: 0}\n"
BROKEN = "traffic: [\n"
CDR = (
    "12025550100|12025550101|2030-01-01 09:00:00|2030-01-01 09:02:00|120000|200|0|gw-a|gw-b|192.0.2.1|192.0.2.2|"
    "12025550100|12025550101|12025550100|12025550101|0|0|1000|1000\n"
)
"""A synthetic call of two minutes."""
CODES = [
    ("size good.yaml", 0),
    ("size --cps 100 --codec g729", 0),
    ("size short.yaml", 1),
    ("size short.yaml --fail-on never", 0),
    ("size good.yaml --fail-on warning", 0),
    ("size broken.yaml", 3),
    ("size absent.yaml", 3),
    ("size", 2),
    ("size --cps none", 2),
    ("validate good.yaml", 0),
    ("validate warned.yaml", 0),
    ("validate warned.yaml --fail-on warning", 1),
    ("validate short.yaml", 1),
    ("validate short.yaml --fail-on never", 0),
    ("validate broken.yaml", 3),
    ("validate absent.yaml", 3),
    ("validate broken.yaml short.yaml", 3),
    ("validate", 2),
    ("report good.yaml -o report.html", 0),
    ("report short.yaml -o report.html", 1),
    ("report broken.yaml -o report.html", 3),
    ("report good.yaml", 0),
    ("compare good.yaml short.yaml", 0),
    ("compare good.yaml absent.yaml", 3),
    ("compare good.yaml", 2),
    ("sweep good.yaml --vary traffic.cps=50:100:50", 0),
    ("sweep good.yaml --vary traffic.cps=x", 2),
    ("sweep broken.yaml --vary traffic.cps=50:100:50", 3),
    ("tune good.yaml --only sysctl", 0),
    ("tune good.yaml --only nothing", 2),
    ("tune broken.yaml", 3),
    ("collect", 0),
    ("completion bash", 0),
    ("completion nothing", 2),
    ("explain SS_MAXCPS", 0),
    ("explain nothing-of-this-name", 2),
    ("rules", 0),
    ("rules --format nothing", 2),
    ("params", 0),
    ("schema", 0),
    ("schema nothing", 2),
    ("init -o fresh.yaml", 0),
    ("cdr check absent.txt", 3),
    ("cdr profile absent.txt", 3),
    ("cdr export absent.txt -o x.csv", 3),
    ("cdr simulate --cps 1 --asr 0.4 --acd 60s --hours 0.01 -o archive", 0),
    ("cdr simulate --cps none -o archive", 2),
    ("nothing", 2),
    ("", 0),
    ("--version", 0),
]


def plan(arguments, folder, umask=-1):
    line = [sys.executable, "-m", "planner", *arguments.split()]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False, umask=umask, env=ENVIRONMENT)


ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("codes")
    texts = {"good": GOOD, "short": SHORT, "several": SEVERAL, "warned": WARNED, "broken": BROKEN, **SETTINGS}
    for name, text in texts.items():
        (made / f"{name}.yaml").write_text(text)
    return made


@pytest.mark.parametrize(("arguments", "code"), CODES)
def test_a_command_ends_with_the_code_of_the_contract(arguments, code, folder):
    run = plan(arguments, folder)
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr
    assert (run.stdout + run.stderr).strip() or "-o" in arguments


SETTINGS = {
    "beyond": "traffic: {cps: 9}\nsysctl: {net.core.somaxconn: 99999999999}\n",
    "price": "traffic: {cps: 9}\nprices: {server: -1}\n",
    "turned": "traffic: {cps: 9}\nsysctl: {net.ipv4.ip_local_port_range: 60000 1024}\n",
    "stricter": "traffic: {cps: 9}\nsysctl: {net.ipv4.tcp_tw_recycle: 1}\npolicy: {fail_on: info}\n",
    "accepted": "traffic: {cps: 9}\nsysctl: {net.ipv4.ip_local_port_range: 60000 1024}\n"
    "policy: {ignore: [{rule: port-range-reversed, reason: known}]}\n",
}


@pytest.mark.parametrize("name", ["good", "short", "several", "broken", *SETTINGS])
def test_size_report_and_validate_say_the_same_of_one_file(name, folder):
    commands = (f"size {name}.yaml", f"validate {name}.yaml", f"report {name}.yaml -o report.html")
    assert len({plan(command, folder).returncode for command in commands}) == 1


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
@pytest.mark.parametrize(("umask", "mode"), [(0o027, 0o640), (0o022, 0o644)])
def test_a_streamed_file_has_what_the_umask_leaves_and_keeps_the_mode_it_had(umask, mode, tmp_path):
    (tmp_path / "good.yaml").write_text(GOOD)
    target = tmp_path / "grid.csv"
    for kept in (mode, 0o600):
        assert plan("sweep good.yaml --vary traffic.cps=50:100:50 -o grid.csv", tmp_path, umask).returncode == 0
        assert stat.S_IMODE(target.stat().st_mode) == kept
        target.chmod(0o600)


def test_minutes_of_a_gateway_are_those_of_its_calls(tmp_path):
    (tmp_path / "2030010109.txt").write_text(CDR * 3)
    shown = plan("cdr profile 2030010109.txt --format json", tmp_path)
    assert '"minutes": 6.0' in shown.stdout, shown.stdout[:2000] + shown.stderr
