"""`plan tune`: files that are whole, the same every time, quoted against every name, and never over others' work."""

from __future__ import annotations

import json
import os
import shlex
import stat
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from planner import Deployment, size
from planner.cli import app
from planner.tune.balancer import even, pack
from planner.tune.render import Order, files, gotext, markdown, shell, systemd

if TYPE_CHECKING:
    from collections.abc import Callable

runner = CliRunner()
GOLDEN = Path(__file__).with_name("golden")
CASES = {
    "one-server": {"traffic.cps": 40, "site.name": "Example site", "server.mysql_version": "5.5.60"},
    "several-servers": {
        "traffic.cps": 450,
        "topology.dr": True,
        "mysql.cdr_engine": "innodb",
        "server.os": "Debian 12",
        "server.mysql_version": "mariadb-10.11",
    },
    "untracked": {
        "traffic.cps": 100,
        "server.conntrack": False,
        "mysql.cdr_engine": "myisam",
        "server.rtp_ports": ((10000, 49999),),
        "server.os": "Rocky Linux 9",
    },
}
HOSTILE = (
    "a b",
    "quote'\"",
    "$(touch pwned)",
    "`touch pwned`",
    "new\nline",
    "# comment\n[mysqld]",
    "%s %i %%",
    "\\",
    "*/ --",
    "{{ 7*7 }}",
    "{% raw %}",
    "<script>alert(1)</script>",
    "a|b",
    "'; DROP TABLE x; --",
    "\u2028x\u0085y",
    "\x1b[31m",
    "../../etc",
)


def rendered(values: dict[str, object], **order: object) -> dict[str, str]:
    declared = Deployment().override(values)
    return files(declared, size(declared), Order(**order))


@pytest.mark.parametrize("case", CASES)
def test_the_files_are_those_of_the_golden_ones(case: str) -> None:
    text = "".join(f"==> {path} <==\n{content}" for path, content in rendered(CASES[case]).items())
    golden = GOLDEN / f"{case}.txt"
    if os.environ.get("PLAN_UPDATE_GOLDEN"):
        golden.write_text(text)
    assert text == golden.read_text()


def test_the_same_deployment_gives_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "other"):
        finished = runner.invoke(app, ["tune", "--cps", "40", "-o", str(tmp_path / folder)])
        assert finished.exit_code == 0, finished.output
    one, other = (
        {
            path.relative_to(tmp_path / folder): path.read_bytes()
            for path in (tmp_path / folder).rglob("*")
            if path.is_file()
        }
        for folder in ("one", "other")
    )
    assert one == other
    assert len(one) > 15


def test_a_host_that_scripts_start_gets_nothing_of_systemd(tmp_path: Path) -> None:
    declared = Deployment().override({"traffic.cps": 50, "server.kernel": "2.6.32-696.el6"})
    made = files(declared, size(declared), Order())
    assert not [path for path in made if "systemd" in path or "modules-load" in path]
    assert not [path for path in made if "systemctl" in made[path] or "sysctl --system" in made[path]]
    assert "| `sysctl -p /etc/sysctl.d/99-vos3000.conf`, and at every boot |" in made["INSTALL.md"]
    # Its /etc/sysctl.conf is read first: no key there beats this file.
    assert "grep -nE" not in made["etc/sysctl.d/99-vos3000.conf"]
    jobs = [line.split(maxsplit=6) for line in made["etc/cron.d/vos3000-archive"].splitlines()[2:]]
    assert [each[:6] for each in jobs] == [["*/15", *"****", "vos3000"], ["0", "5", "1", "*", "*", "vos3000"]]
    assert all(each[6].split("/bin/sh ")[1].split()[0].removeprefix("/") in made for each in jobs)
    (tmp_path / "old.yaml").write_text('traffic: {cps: 50}\nserver: {kernel: "2.6.32-696.el6"}\n')
    runner.invoke(app, ["tune", str(tmp_path / "old.yaml"), "-o", str(tmp_path / "old")])
    module = tmp_path / "old/etc/sysconfig/modules/vos3000-conntrack.modules"
    assert stat.S_IMODE(module.stat().st_mode) == 0o755
    assert module.read_text().startswith("#!/bin/sh\n")
    assert module.read_text().endswith("\nmodprobe nf_conntrack\n")


def test_nothing_is_writable_for_everybody(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        assert runner.invoke(app, ["tune", "--cps", "40", "-o", str(tmp_path / "out")]).exit_code == 0
    finally:
        os.umask(old)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out", *(tmp_path / "out").rglob("*"))}
    assert not [path for path, mode in modes.items() if mode & 0o022]
    assert modes[tmp_path / "out/usr/local/sbin/vos3000-archive"] == 0o755


def test_what_others_wrote_stays_unless_forced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    mine = out / "etc/sysctl.d/99-vos3000.conf"
    mine.parent.mkdir(parents=True)
    mine.write_text("net.core.somaxconn = 1\n")
    refused = runner.invoke(app, ["tune", "--cps", "40", "-o", str(out)])
    assert refused.exit_code == 2
    assert "was not written by plan tune" in refused.output
    assert mine.read_text() == "net.core.somaxconn = 1\n"
    assert [path for path in out.rglob("*") if path.is_file()] == [mine]
    assert runner.invoke(app, ["tune", "--cps", "40", "-o", str(out), "--force"]).exit_code == 0
    assert runner.invoke(app, ["tune", "--cps", "50", "-o", str(out)]).exit_code == 0
    mine.write_text(mine.read_text() + "# by hand\n")
    assert runner.invoke(app, ["tune", "--cps", "50", "-o", str(out)]).exit_code == 2
    assert mine.read_text().endswith("# by hand\n")


def test_a_link_is_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("precious\n")
    out = tmp_path / "out"
    (out / "etc/sysctl.d").mkdir(parents=True)
    (out / "etc/sysctl.d/99-vos3000.conf").symlink_to(tmp_path / "elsewhere")
    assert runner.invoke(app, ["tune", "--cps", "40", "-o", str(out)]).exit_code == 2
    assert (tmp_path / "elsewhere").read_text() == "precious\n"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name(name: str) -> None:
    """A site of any name changes no line of settings, and no file gains or loses one."""
    plain, odd = (rendered({**CASES["several-servers"], "site.name": each}) for each in ("X", name))
    assert plain.keys() == odd.keys()
    for path, text in odd.items():
        usual, lines = plain[path].splitlines(), text.splitlines()
        assert len(lines) == len(usual), path
        changed = [line for line, other in zip(lines, usual, strict=True) if line != other]
        spoken = ("#", "--", ";", "      site:", "<title>", "<h1>", "          site:", ' "title"')
        assert all(line.lstrip().startswith(tuple(each.strip() for each in spoken)) for line in changed), (
            path,
            changed,
        )
        assert "\x1b" not in text
        assert "<script>" not in text or not path.endswith(".html")


@pytest.mark.parametrize("name", HOSTILE)
def test_text_is_quoted_for_whoever_reads_it(name: str, tmp_path: Path) -> None:
    printed = subprocess.run(["sh", "-c", f"printf %s {shell(name)}"], capture_output=True, check=True, cwd=tmp_path)
    assert printed.stdout.decode() == name
    assert shlex.split(shell(name)) == [name]
    assert not list(tmp_path.iterdir())
    assert "\n" not in systemd(name)
    assert "%s" not in systemd(name).replace("%%", "")
    assert "\n" not in markdown(name)
    assert "<" not in markdown(name)
    assert "{{" not in gotext(name).replace('{{"{{"}}', "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "kernel"], "choose among sysctl"),
        (["--address", "a;b"], "write a host name"),
        (["--cdr-dir", "cdr"], "absolute path"),
        (["--archive-dir", "/a\nb"], "without control characters"),
        (["--format", "yaml"], "text, json"),
        (["--diff", "/nonexistent"], "cannot be read"),
    ],
)
def test_a_wrong_option_is_refused_with_what_would_be_right(arguments: list[str], said: str) -> None:
    finished = runner.invoke(app, ["tune", "--cps", "40", *arguments])
    assert finished.exit_code in {2, 3}
    assert said in finished.output


def test_parts_are_chosen_by_name() -> None:
    found = json.loads(runner.invoke(app, ["tune", "--cps", "400", "--only", "dispatcher", "--format", "json"]).stdout)
    assert {path.partition("/")[0] for path in found["files"]} == {"INSTALL.md", "balancer"}
    found = json.loads(runner.invoke(app, ["tune", "--cps", "40", "--only", "sysctl", "--format", "json"]).stdout)
    assert {each["part"] for each in found["settings"]} == {"sysctl"}
    assert all(each["need"] and each["source"] and each["consequence"] for each in found["settings"])


def test_the_difference_names_what_is_otherwise(tmp_path: Path) -> None:
    declared = Deployment().override({"traffic.cps": 40})
    text = files(declared, size(declared), Order(("sysctl",)))["etc/sysctl.d/99-vos3000.conf"]
    path = tmp_path / "sysctl.conf"
    path.write_text(text)
    same = runner.invoke(app, ["tune", "--cps", "40", "--only", "sysctl", "--diff", str(path)])
    assert same.stdout == f"{path} has what is recommended\n"
    path.write_text(
        text.replace("somaxconn = 65535", "somaxconn = 128").replace("net.core.rmem_max =", "# net.core.rmem_max =")
    )
    found = runner.invoke(app, ["tune", "--cps", "40", "--only", "sysctl", "--diff", str(path), "--format", "json"])
    rows = {each["name"]: (each["there"], each["recommended"]) for each in json.loads(found.stdout)["changes"]}
    assert set(rows) == {"sysctl.net.core.somaxconn", "sysctl.net.core.rmem_max"}
    assert rows["sysctl.net.core.somaxconn"] == ("128", "65535")
    assert rows["sysctl.net.core.rmem_max"][0] is None


@pytest.mark.parametrize("count", [1, 2, 3, 7, 99, 100])
def test_weights_are_even_and_whole(count: int) -> None:
    weights = even(count)
    assert sum(weights) == 100
    assert max(weights) - min(weights) <= 1


def test_prefixes_are_packed_with_their_loads_shown() -> None:
    rows = [
        {"key": f"+1555010{n}", "peak_concurrent_attempts": load} for n, load in enumerate((70, 60, 50, 40, 30, 20))
    ]
    profile = {"tables": {"prefix": {"keys": 9, "rows": rows, "other_attempts": 12}}}
    bins, placed, others = pack(profile, ["server1", "server2"])
    assert [(each.name, each.load, each.share) for each in bins] == [
        ("server1", 140, "51.9%"),
        ("server2", 130, "48.1%"),
    ]
    assert sum(each.load for each in placed) == 270
    assert others == 12


def test_shellcheck_has_nothing_to_say(require: Callable[[str], str]) -> None:
    scripts = sorted(map(str, (Path(__file__).parents[2] / "templates/tune").glob("*.sh")))
    finished = subprocess.run(
        [require("shellcheck"), "-s", "sh", *scripts], capture_output=True, text=True, check=False
    )
    assert finished.stdout == ""
    assert len(scripts) == 2
