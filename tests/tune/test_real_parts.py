"""What tune renders, under the programs that read it: servers, kernel, balancer, monitoring, shells, systemd."""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from planner import Deployment, size
from planner.cli import app
from planner.tune.alerts import alerts
from planner.tune.render import Order, files
from planner.tune.settings import Ground, recommended

if TYPE_CHECKING:
    from collections.abc import Callable

runner = CliRunner()
SCRIPTS = Path(__file__).parents[2] / "templates"
HARD = resource.getrlimit(resource.RLIMIT_NOFILE)[1]


def tuned(folder: Path, values: dict[str, object], *parts: str, **order: Any) -> dict[str, Path]:
    """Write what is rendered for a deployment below a folder; return each file's place."""
    declared = Deployment().override(values)
    made = files(declared, size(declared), Order(parts, **order))
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return {path: folder / path for path in made}


# The database.


@pytest.mark.parametrize("engine", ["innodb", "myisam"])
@pytest.mark.parametrize("ram", [2e9, 4e9, 8e9], ids=["2 GB", "4 GB", "8 GB"])
def test_the_server_has_what_the_fragment_says(mariadb: Any, ram: float, engine: str, tmp_path: Path) -> None:
    values = {"traffic.cps": 20, "server.ram": ram, "mysql.cdr_engine": engine, "server.mysql_version": "mariadb-10.11"}
    (path,) = (each for each in tuned(tmp_path, values, "mysql").values() if each.suffix == ".cnf")
    declared = Deployment().override(values)
    wanted = {each.key: each.value for each in recommended(declared, size(declared)) if each.part == "mysql"}
    if wanted["open_files_limit"] > HARD:
        del wanted["open_files_limit"]  # this machine gives no process as many
    with mariadb.started(readable(mariadb, path)):
        found = mariadb.variables()
    assert {name: found[name] for name in wanted} == {name: str(value) for name, value in wanted.items()}
    assert len(wanted) >= (6 if engine == "innodb" else 2)


def readable(mariadb: Any, path: Path) -> Path:
    """Return a copy of an option file where the server's own user may read it."""
    copy = mariadb.place / "tuned.cnf"
    shutil.copyfile(path, copy)
    copy.chmod(0o644)
    return copy


# The kernel.


def apply(isolated: list[str], settings: list[tuple[str, str]]) -> dict[str, str]:
    """Write each key in a network of its own, and return what it then holds; keys that are not there are left out."""
    lines = ["set -e"]
    for key, text in settings:
        place = "/proc/sys/" + key.replace(".", "/")
        lines += [f"if [ -w {place} ]; then printf %s '{text}' > {place}; printf '%s=' {key}; cat {place}; fi"]
    done = subprocess.run([*isolated, "sh", "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    return dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)


def test_every_key_of_a_network_applies_and_reads_back(isolated: list[str]) -> None:
    declared = Deployment().override({"traffic.cps": 100, "server.rtp_ports": ((10000, 49999),)})
    settings = [
        (each.key, each.text) for each in recommended(declared, size(declared)) if each.name.startswith("sysctl.net.")
    ]
    held = apply(isolated, settings)
    assert {key: " ".join(text.split()) for key, text in held.items()} == {
        key: text for key, text in settings if key in held
    }
    assert {"net.core.somaxconn", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports"} <= held.keys()


@pytest.mark.parametrize(("program", "arguments"), [("sysctl", ["-q", "-p"]), ("systemd-sysctl", [])])
def test_every_line_is_read_as_it_is_meant(
    require: Callable[[str], str], program: str, arguments: list[str], tmp_path: Path
) -> None:
    """Both programs write exactly the rendered values, to a copy of /proc/sys in a private mount namespace."""
    values = {"traffic.cps": 100, "server.rtp_ports": ((10000, 49999),), "server.os": "CentOS 7"}
    text = tuned(tmp_path, values, "sysctl")["etc/sysctl.d/99-vos3000.conf"].read_text()
    wanted = dict(re.findall(r"^([a-z]\S+) = (.*)$", text, re.MULTILINE))
    (tmp_path / "files").mkdir()
    (tmp_path / "files/99-vos3000.conf").write_text(text)
    (tmp_path / "keys.json").write_text(json.dumps([key.replace(".", "/") for key in wanted]))
    command = [require("unshare"), *([] if os.geteuid() == 0 else ["-U", "-r"]), "-m", "--propagation", "private"]
    apply_sysctl = Path(__file__).parents[1] / "document/apply_sysctl.py"
    program_itself = [require(program), *arguments]
    done = subprocess.run(
        [*command, sys.executable, apply_sysctl, tmp_path, *program_itself], capture_output=True, text=True, check=False
    )
    if not (tmp_path / "results.json").exists():
        message = (
            f"private mount namespaces are not permitted here; run as root, or allow user namespaces: {done.stderr}"
        )
        (pytest.fail if os.environ.get("PLAN_REQUIRE_ALL") else pytest.skip)(message)
    found = json.loads((tmp_path / "results.json").read_text())["99-vos3000.conf"]
    assert found["code"] == 0
    assert {key.replace("/", "."): text.strip() for key, text in found["held"].items()} == wanted
    assert len(wanted) > 10


def test_systemd_takes_the_units(require: Callable[[str], str], tmp_path: Path) -> None:
    written = tuned(tmp_path, {"traffic.cps": 100}, "archive", "limits", archive='/mnt/an "odd" 100% $folder')
    units = [
        path
        for name, path in written.items()
        if name.startswith("etc/systemd/") and path.suffix in {".service", ".timer"}
    ]
    for drop_in in (path for name, path in written.items() if name.endswith(".service.d/vos3000.conf")):
        unit = drop_in.parent.with_suffix("")
        unit.write_text("[Service]\nExecStart=/bin/true\n")
        units.append(unit)
    command = [require("systemd-analyze"), "verify", "--man=no", *map(str, units)]
    environment = {**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path / 'etc/systemd/system'}:"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    ours = [line for line in done.stderr.splitlines() if "vos3000" in line or str(tmp_path) in line]
    # A unit may name a user or a script that this machine does not have.
    assert [line for line in ours if "is not executable" not in line and "Unknown user" not in line] == []
    assert len(units) > 8


# Monitoring.


def test_promtool_takes_the_rules_and_each_fires(require: Callable[[str], str], tmp_path: Path) -> None:
    promtool = require("promtool")
    values = {"traffic.cps": 100, "topology.dr": True, "site.name": 'A {{ "site" }} "of" $oddities'}
    rules = tuned(tmp_path, values, "alerts")["prometheus/vos3000.rules.yml"]
    done = subprocess.run([promtool, "check", "rules", rules], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    ground = Ground(declared := Deployment().override(values), size(declared))
    listed = alerts(ground, recommended(declared, size(declared)))
    tests = {"rule_files": [str(rules)], "evaluation_interval": "5m", "tests": [*map(unit, listed)]}
    (tmp_path / "test.yml").write_text(json.dumps(tests))
    done = subprocess.run(
        [promtool, "test", "rules", tmp_path / "test.yml"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(listed) >= 11


BAD = {
    "DiskNearlyFull": {"node_filesystem_avail_bytes": "10x900", "node_filesystem_size_bytes": "100x900"},
    "DiskFullSoon": {"node_filesystem_avail_bytes": "100000-10x900"},
    "CallsNearPlan": {"vos3000_concurrent_calls": "1000000x900"},
    "AttemptsNearLimit": {"vos3000_call_attempts_total": "0+120000x900"},
    "ConnectionTrackingFilling": {"node_nf_conntrack_entries": "90x900", "node_nf_conntrack_entries_limit": "100x900"},
    "DatagramsLost": {"node_netstat_Udp_RcvbufErrors": "0+120x900"},
    "DescriptorsFilling": {"node_filefd_allocated": "90x900", "node_filefd_maximum": "100x900"},
    "CdrFilesLate": {"vos3000_cdr_newest_file_timestamp_seconds": "0x900"},
    "ArchiveFailing": {"vos3000_archive_last_success_timestamp_seconds": "0x900"},
    "StandbyBehind": {"mysql_slave_status_seconds_behind_master": "600x900"},
    "StandbyStopped": {"mysql_slave_status_slave_sql_running": "0x900"},
}
GOOD = {
    "node_filesystem_avail_bytes": "90x900",
    "node_filesystem_size_bytes": "100x900",
    "vos3000_concurrent_calls": "1x900",
    "vos3000_call_attempts_total": "0+120x900",
    "node_nf_conntrack_entries": "10x900",
    "node_nf_conntrack_entries_limit": "100x900",
    "node_netstat_Udp_RcvbufErrors": "5x900",
    "node_filefd_allocated": "10x900",
    "node_filefd_maximum": "100x900",
    "vos3000_cdr_newest_file_timestamp_seconds": "0+120x900",
    "vos3000_archive_last_success_timestamp_seconds": "0+120x900",
    "mysql_slave_status_seconds_behind_master": "0x900",
    "mysql_slave_status_slave_sql_running": "1x900",
    "mysql_slave_status_slave_io_running": "1x900",
}


def unit(alert: Any) -> dict[str, Any]:
    """Return a unit test of one alert: it fires on what is bad, and on what is good it does not."""
    labels = {
        name: '{mountpoint="/",fstype="xfs"}' if "filesystem" in name else "" for name in {*GOOD, *BAD[alert.name]}
    }
    bad = [{"series": f"{name}{labels[name] or ''}", "values": values} for name, values in BAD[alert.name].items()]
    good = {name: values for name, values in GOOD.items() if name not in BAD[alert.name]}
    others = [{"series": f"{name}{labels[name]}", "values": values} for name, values in good.items()]
    query = f'count(ALERTS{{alertname="{alert.name}",alertstate="firing"}})'
    firing = f'count(ALERTS{{alertname!="{alert.name}",alertstate="firing"}})'
    moment = "27h"
    return {
        "interval": "2m",
        "input_series": [*bad, *others],
        "promql_expr_test": [
            {"expr": query, "eval_time": moment, "exp_samples": [{"labels": "{}", "value": 1}]},
            {"expr": firing, "eval_time": moment, "exp_samples": []},
        ],
    }


# The balancer.

KAMAILIO = """
debug=1
log_stderror=yes
children=2
disable_tcp=yes
listen=udp:127.0.0.1:{port}
loadmodule "sl.so"
loadmodule "tm.so"
loadmodule "rr.so"
loadmodule "pv.so"
loadmodule "ctl.so"
loadmodule "dispatcher.so"
modparam("ctl", "binrpc", "unix:{folder}/ctl")
modparam("dispatcher", "list_file", "{folder}/dispatcher.list")
request_route {{
    if (method == "ACK") {{
        exit;
    }}
    if (method == "BYE") {{
        sl_send_reply("200", "OK");
        exit;
    }}
    if (!ds_select_dst("1", "9")) {{
        sl_send_reply("503", "nobody there");
        exit;
    }}
    t_relay();
}}
"""


def test_kamailio_loads_the_list_and_routes_by_its_weights(require: Callable[[str], str], tmp_path: Path) -> None:
    kamailio, sipp, ports = require("kamailio"), require("sipp"), (25071, 25072, 25070)
    values = {"traffic.cps": 100, "topology.servers": 2, "server.sip_ports": ((5060, 5060),)}
    listed = tuned(tmp_path, values, "balancer", addresses=("127.0.0.1", "127.0.0.1"))[
        "balancer/dispatcher.list"
    ].read_text()
    for port in ports[:2]:
        listed = listed.replace(":5060 ", f":{port} ", 1)
    # The rendered weights are even; another pair shows that it is the weights that decide.
    (tmp_path / "dispatcher.list").write_text(
        listed.replace("weight=50", "weight=80", 1).replace("weight=50", "weight=20", 1)
    )
    (tmp_path / "kamailio.cfg").write_text(KAMAILIO.format(port=ports[2], folder=tmp_path))
    servers = [
        subprocess.Popen(
            [
                sipp,
                "-sn",
                "uas",
                "-i",
                "127.0.0.1",
                "-p",
                str(port),
                "-nostdin",
                "-trace_stat",
                "-fd",
                "1",
                "-stf",
                str(tmp_path / f"{port}.csv"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            cwd=tmp_path,
        )
        for port in ports[:2]
    ]
    command = [
        kamailio,
        "-DD",
        "-E",
        "-f",
        str(tmp_path / "kamailio.cfg"),
        "-Y",
        str(tmp_path),
        "-P",
        str(tmp_path / "pid"),
    ]
    with (tmp_path / "log").open("wb") as log:
        balancer = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=tmp_path)
    try:
        rpc = answered([shutil.which("kamcmd") or "/usr/sbin/kamcmd", "-s", f"unix:{tmp_path}/ctl", "dispatcher.list"])
        assert all(f"sip:127.0.0.1:{port}" in rpc for port in ports[:2]), rpc + (tmp_path / "log").read_text()
        calls = [
            sipp,
            "-sn",
            "uac",
            f"127.0.0.1:{ports[2]}",
            "-i",
            "127.0.0.1",
            "-p",
            "25080",
            "-m",
            "100",
            "-r",
            "50",
            "-d",
            "10",
            "-nostdin",
        ]
        subprocess.run(
            calls, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, cwd=tmp_path, check=False
        )
        time.sleep(1.5)
        counts = [calls_of(tmp_path / f"{port}.csv") for port in ports[:2]]
    finally:
        for each in (*servers, balancer):
            each.terminate()
        for each in (*servers, balancer):
            each.wait(30)
    assert sum(counts) >= 95
    assert abs(counts[0] / sum(counts) - 0.8) < 0.1, counts


def answered(command: list[str]) -> str:
    until = time.monotonic() + 30
    while True:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0 or time.monotonic() > until:
            return done.stdout + done.stderr
        time.sleep(0.2)


def calls_of(path: Path) -> int:
    """Return the calls a sipp server counted, by the last line of its statistics."""
    lines = path.read_text().splitlines()
    return int(lines[-1].split(";")[lines[0].split(";").index("IncomingCall(C)")])


# The archive.


def archive(tmp_path: Path, keep: int = 0) -> list[str]:
    for name in ("cdr", "archive"):
        (tmp_path / name).mkdir(exist_ok=True)
    text = tuned(
        tmp_path, {"traffic.cps": 100}, "archive", cdr=str(tmp_path / "cdr"), archive=str(tmp_path / "archive")
    )["etc/vos3000-archive.conf"].read_text()
    conf = tmp_path / "archive.conf"
    conf.write_text(re.sub(r"KEEP_DAYS=\d+", f"KEEP_DAYS={keep}", text).replace("SAME_DISK=no", "SAME_DISK=yes"))
    return [str(tmp_path / "usr/local/sbin/vos3000-archive"), str(conf)]


def fill(folder: Path, count: int, kilobytes: int = 64) -> dict[str, bytes]:
    """Write closed CDR files, and one that is open; return the closed ones."""
    rnd = random.Random(7)  # noqa: S311  content, no secret
    made = {f"20261128{number:02d}.txt": rnd.randbytes(kilobytes << 10) for number in range(count)}
    long_ago = time.time() - 7200
    for number, (name, content) in enumerate(made.items()):
        (folder / name).write_bytes(content)
        os.utime(folder / name, (long_ago + number, long_ago + number))
    (folder / "2026112899.txt").write_bytes(b"still written")
    return made


def shells(require: Callable[[str], str]) -> dict[str, list[str]]:
    return {"dash": [require("dash")], "busybox": [require("busybox"), "sh"]}


@pytest.mark.parametrize("name", ["dash", "busybox"])
def test_closed_files_are_moved_and_the_open_one_stays(
    require: Callable[[str], str], name: str, tmp_path: Path
) -> None:
    command = archive(tmp_path)
    made = fill(tmp_path / "cdr", 5)
    subprocess.run([*shells(require)[name], *command], check=True, capture_output=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "archive").glob("*.txt")} == made
    assert [path.name for path in (tmp_path / "cdr").iterdir()] == ["2026112899.txt"]
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "archive").iterdir() if not path.is_symlink()}
    assert modes == {0o600}
    sample = subprocess.run(
        [*shells(require)[name], str(tmp_path / "usr/local/sbin/vos3000-recovery-test"), command[1]],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert sample.returncode == 0, sample.stderr
    assert "5 files restored and compared" in sample.stdout
    (tmp_path / "archive" / "2026112803.txt").write_bytes(b"rotten")
    rotten = subprocess.run(
        [*shells(require)[name], str(tmp_path / "usr/local/sbin/vos3000-recovery-test"), command[1]],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert rotten.returncode == 1
    assert "not what was archived: 2026112803.txt" in rotten.stderr


def test_another_file_of_the_name_is_never_overwritten(require: Callable[[str], str], tmp_path: Path) -> None:
    command = archive(tmp_path)
    made = fill(tmp_path / "cdr", 2)
    (tmp_path / "archive" / "2026112800.txt").write_bytes(b"older")
    done = subprocess.run([require("dash"), *command], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "the archive has another file of this name: 2026112800.txt" in done.stderr
    assert (tmp_path / "archive" / "2026112800.txt").read_bytes() == b"older"
    assert (tmp_path / "cdr" / "2026112800.txt").read_bytes() == made["2026112800.txt"]
    assert not (tmp_path / "cdr" / "2026112801.txt").exists()


def test_a_share_that_is_not_mounted_takes_nothing(require: Callable[[str], str], tmp_path: Path) -> None:
    command = archive(tmp_path)
    conf = Path(command[1])
    conf.write_text(conf.read_text().replace("SAME_DISK=yes", "SAME_DISK=no"))
    made = fill(tmp_path / "cdr", 2)
    done = subprocess.run([require("dash"), *command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is the share mounted?" in done.stderr
    assert {path.name for path in (tmp_path / "cdr").iterdir()} == {*made, "2026112899.txt"}
    assert list((tmp_path / "archive").iterdir()) == []


def test_files_stay_as_long_as_they_are_to_stay(require: Callable[[str], str], tmp_path: Path) -> None:
    command = archive(tmp_path, keep=7)
    made = fill(tmp_path / "cdr", 3)
    subprocess.run([require("dash"), *command], check=True, capture_output=True)
    assert {path.name for path in (tmp_path / "cdr").glob("20261128*")} == {*made, "2026112899.txt"}
    assert {path.name for path in (tmp_path / "archive").glob("*.txt")} == set(made)


def test_killed_at_any_moment_it_loses_nothing(require: Callable[[str], str], tmp_path: Path) -> None:
    """Twenty runs are killed at random moments; every file is whole in one of the two places after each."""
    command, dash = archive(tmp_path), require("dash")
    made = fill(tmp_path / "cdr", 60, 256)
    rnd = random.Random(11)  # noqa: S311  moments, no secret
    for _ in range(20):
        job = subprocess.Popen(
            [dash, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(rnd.uniform(0.01, 0.4))
        os.killpg(job.pid, signal.SIGKILL)
        job.wait(10)
        for name, content in made.items():
            places = [tmp_path / folder / name for folder in ("cdr", "archive")]
            assert any(place.exists() and place.read_bytes() == content for place in places), name
            assert not places[1].exists() or places[1].read_bytes() == content, name
    subprocess.run([dash, *command], check=True, capture_output=True)
    assert {path.name: path.read_bytes() for path in (tmp_path / "archive").glob("*.txt")} == made
    assert [path.name for path in (tmp_path / "cdr").iterdir()] == ["2026112899.txt"]


# The loop: plan, tune, a host, collect, and back.


def test_a_tuned_host_has_no_drift_and_three_changes_are_named(
    mariadb: Any, isolated: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """tune's fragment on a real server and its keys in a network of its own; then three values are changed by hand."""
    monkeypatch.chdir(tmp_path)
    values = {
        "traffic.cps": 20,
        "server.ram": 4e9,
        "mysql.cdr_engine": "innodb",
        "server.mysql_version": "mariadb-10.11",
    }
    written = tuned(tmp_path / "root", values, "sysctl", "mysql")
    fragment = next(path for path in written.values() if path.suffix == ".cnf")
    files_of = re.compile(r"^open_files_limit = (\d+)$", re.MULTILINE)
    fragment.write_text(
        files_of.sub(lambda line: f"open_files_limit = {min(int(line[1]), HARD)}", fragment.read_text())
    )
    (tmp_path / "root/etc/my.cnf").write_text("!includedir /etc/my.cnf.d\n")
    (tmp_path / "deployment.yaml").write_text(
        "traffic: {cps: 20}\nserver: {mysql_version: mariadb-10.11}\n"
        "sysctl: {file: root/etc/sysctl.d/99-vos3000.conf}\nmysql: {file: root/etc/my.cnf.d/zz-vos3000.cnf}\n"
    )
    keys = re.findall(r"^(net\.\S+) = (.*)$", written["etc/sysctl.d/99-vos3000.conf"].read_text(), re.MULTILINE)
    with mariadb.started(readable(mariadb, fragment)):
        Path("tuned.bundle").write_bytes(gathered(isolated, keys, mariadb, tmp_path))
        assert compared("tuned.bundle") == []
        found = json.loads(runner.invoke(app, ["validate", "--format", "json", "tuned.bundle"]).stdout)["findings"]
        assert [each for each in found if each["severity"] == "error"] == []
        drifted = [each["message"].partition(" ")[0] for each in found if each["rule"] == "running-value-differs"]
        assert [each for each in drifted if f"sysctl.{each}" not in SHARED] == []
        mariadb.ask("SET GLOBAL max_connections = 333; SET GLOBAL key_buffer_size = 1048576")
        changed = [(key, "1024" if key == "net.core.somaxconn" else text) for key, text in keys]
        Path("changed.bundle").write_bytes(gathered(isolated, changed, mariadb, tmp_path))
        assert compared("changed.bundle") == [
            ("mysql.key_buffer_size", "1048576"),
            ("mysql.max_connections", "333"),
            ("sysctl.net.core.somaxconn", "1024"),
        ]


SHARED = {
    # A network of its own shares these with the machine, where nothing is changed.
    f"sysctl.{key}"
    for key in (
        "fs.file-max",
        "net.core.rmem_max",
        "net.core.rmem_default",
        "net.core.netdev_max_backlog",
        "net.ipv4.udp_mem",
        "net.netfilter.nf_conntrack_max",
        "net.ipv4.tcp_max_syn_backlog",
    )
}


def gathered(isolated: list[str], keys: list[tuple[str, str]], mariadb: Any, folder: Path) -> bytes:
    """Return the bundle of a host whose kernel has these keys, for the files below `folder`."""
    lines = [
        f"[ ! -w /proc/sys/{key.replace('.', '/')} ] || printf %s '{text}' > /proc/sys/{key.replace('.', '/')}"
        for key, text in keys
    ]
    script = "\n".join([*lines, f"exec sh {SCRIPTS / 'collect.sh'}"])
    environment = {**os.environ, "PLAN_ROOT": str(folder / "root"), "PLAN_MYSQL": mariadb.login}
    done = subprocess.run([*isolated, "sh", "-c", script], capture_output=True, check=True, env=environment)
    return done.stdout


def compared(bundle: str) -> list[tuple[str, str]]:
    finished = runner.invoke(app, ["compare", "deployment.yaml", bundle, "--format", "json"])
    assert finished.exit_code == 0, finished.output
    rows = json.loads(finished.stdout)["hosts"][0]["drift"]
    return [(each["name"], each["live"]) for each in rows if each["name"] not in SHARED]
