"""What cannot be read, entered or ended: named, exit 3, no traceback, and the good files beside it are checked."""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

GOOD = "softswitch:\n  SERVER_CDR_FILE_WRITE_INTERVAL: 30\n"
"""A deployment with one error, so that one sees it was checked."""
DEPLOYMENT = "traffic: {cps: 100, codecs: g729}\nsysctl: {file: settings.conf}\n"


def unreadable_file(folder: Path) -> str:
    (folder / "bad.yaml").write_text(GOOD)
    (folder / "bad.yaml").chmod(0)
    return "bad.yaml"


def unreadable_folder(folder: Path) -> str:
    (folder / "bad").mkdir()
    (folder / "bad" / "x.yaml").write_text(GOOD)
    (folder / "bad").chmod(0)
    return "bad"


def folder_that_cannot_be_entered(folder: Path) -> str:
    (folder / "bad").mkdir()
    (folder / "bad" / "x.yaml").write_text(GOOD)
    (folder / "bad").chmod(0o400)
    return "bad/x.yaml"


def folder_that_cannot_be_listed(folder: Path) -> str:
    (folder / "bad").mkdir()
    (folder / "bad").chmod(0o100)
    return "bad"


def unreadable_drop_ins(folder: Path) -> str:
    (folder / "sysctl.d").mkdir()
    (folder / "sysctl.d").chmod(0)
    return "sysctl.d"


def broken_link(folder: Path) -> str:
    (folder / "bad.yaml").symlink_to("nowhere.yaml")
    return "bad.yaml"


def loop(folder: Path) -> str:
    (folder / "bad.yaml").symlink_to("bad.yaml")
    return "bad.yaml"


def loop_of_two(folder: Path) -> str:
    (folder / "bad.yaml").symlink_to("other.yaml")
    (folder / "other.yaml").symlink_to("bad.yaml")
    return "bad.yaml"


def link_below_a_file(folder: Path) -> str:
    (folder / "file").write_text("")
    (folder / "bad.yaml").symlink_to("file/below.yaml")
    return "bad.yaml"


def pipe(folder: Path) -> str:
    os.mkfifo(folder / "bad.yaml")
    return "bad.yaml"


def link_to_a_device(folder: Path) -> str:
    (folder / "bad.yaml").symlink_to("/dev/null")
    return "bad.yaml"


def link_to_the_unreadable(folder: Path) -> str:
    (folder / "target.txt").write_text(GOOD)
    (folder / "target.txt").chmod(0)
    (folder / "bad.yaml").symlink_to("target.txt")
    return "bad.yaml"


def name_that_is_no_text(folder: Path) -> str:
    (folder / os.fsdecode(b"bad\xff.yaml")).symlink_to("nowhere")
    return "bad"


def name_with_a_line_end(folder: Path) -> str:
    (folder / "bad\nplan: all is well.yaml").symlink_to("nowhere")
    return "bad"


def bytes_that_are_no_text(folder: Path) -> str:
    (folder / "bad.yaml").write_bytes(b"traffic:\n  cps: \xff\xfe\x00\n")
    return "bad.yaml"


def settings_that_cannot_be_read(folder: Path) -> str:
    (folder / "a.yaml").write_text(DEPLOYMENT)
    (folder / "settings.conf").write_text("vm.swappiness = 1\n")
    (folder / "settings.conf").chmod(0)
    return "settings.conf"


PLACES = [each for each in dict(globals()).values() if getattr(each, "__module__", "") == __name__ and callable(each)]
ONE_FILE = [
    each
    for each in PLACES
    if each not in (unreadable_folder, folder_that_cannot_be_listed, unreadable_drop_ins, settings_that_cannot_be_read)
]


def quoted(folder: Path, name: str) -> str:
    """Return the whole name of what a place made, as a shell would be given it."""
    whole = next((each.name for each in folder.iterdir() if each.name.startswith(name)), name)
    return shlex.quote(whole)


def check(run, name: str, code: int = 3) -> None:
    assert run.code == code, run
    assert name in run.out + run.err
    assert "Traceback" not in run.err
    assert "internal error" not in run.err
    assert not [line for line in (run.out + run.err).splitlines() if line.startswith("plan: all is well")]


@pytest.mark.parametrize("place", PLACES)
def test_a_folder_that_holds_it(tmp_path, ordinary_plan, place):
    (tmp_path / "good.yaml").write_text(GOOD)
    name = place(tmp_path)
    run = ordinary_plan("validate .")
    check(run, name)
    assert "good.yaml:2:35: error" in run.out


@pytest.mark.parametrize("place", PLACES)
def test_it_is_named_beside_a_good_file(tmp_path, ordinary_plan, place):
    (tmp_path / "good.yaml").write_text(GOOD)
    name = place(tmp_path)
    run = ordinary_plan(f"validate {quoted(tmp_path, name)} good.yaml a.yaml")
    check(run, name)
    assert "good.yaml:2:35: error" in run.out


OTHERS = ("size", "compare good.yaml", "report -o out.html", "explain cdr.bytes_per_day")
# All four read as `size` does; each waits five seconds for whoever would write into a pipe.
CASES = [(place, command) for place in ONE_FILE for command in OTHERS[: 2 if place is pipe else 4]]


@pytest.mark.parametrize(("place", "command"), CASES)
def test_the_other_commands_name_it(tmp_path, ordinary_plan, place, command):
    (tmp_path / "good.yaml").write_text("traffic: {cps: 1}\n")
    name = place(tmp_path)
    run = ordinary_plan(f"{command} {quoted(tmp_path, name)}")
    check(run, name)
    assert not (tmp_path / "out.html").exists()


@pytest.mark.parametrize("command", ["cdr check", "cdr profile", "cdr export -o out.csv"])
@pytest.mark.parametrize("place", [each for each in ONE_FILE if each is not bytes_that_are_no_text])
def test_call_records(tmp_path, ordinary_plan, place, command):
    name = place(tmp_path)
    check(ordinary_plan(f"{command} {quoted(tmp_path, name)}"), name)


@pytest.mark.parametrize("command", ["check .", "watch . --once", "check '*' good.txt"])
@pytest.mark.parametrize(
    "place", [unreadable_folder, folder_that_cannot_be_entered, broken_link, pipe, unreadable_file]
)
def test_a_folder_of_call_records_that_holds_it(tmp_path, ordinary_plan, place, command):
    name = place(tmp_path).partition("/")[0]
    for each in tmp_path.glob("bad*"):
        if each.is_dir():
            mode = each.stat().st_mode
            each.chmod(0o700)
            (each / "x.yaml").rename(each / "x.txt")
            each.chmod(mode)
        else:
            each.rename(tmp_path / (name := "bad.txt"))
    (tmp_path / "good.txt").write_text("no record\n")
    run = ordinary_plan(f"cdr {command}")
    check(run, name)
    assert "no CDR files here" not in run.err
    if command.startswith("check"):
        assert "good.txt:1:1: error" in run.out


@pytest.mark.parametrize("option", ["--baseline", "--config"])
@pytest.mark.parametrize("place", [unreadable_file, broken_link, loop])
def test_files_of_options(tmp_path, ordinary_plan, place, option):
    (tmp_path / "good.yaml").write_text(GOOD)
    name = place(tmp_path)
    run = ordinary_plan(f"validate good.yaml {option} {name}")
    check(run, name, 3 if option == "--baseline" else 2)


def test_a_root_that_cannot_be_read(tmp_path, ordinary_plan):
    (tmp_path / "root").mkdir()
    (tmp_path / "root").chmod(0)
    check(ordinary_plan("validate --root root"), "root")


def test_a_part_of_a_root_that_cannot_be_read(tmp_path, ordinary_plan):
    (tmp_path / "root" / "etc" / "sysctl.d").mkdir(parents=True)
    (tmp_path / "root" / "etc" / "sysctl.conf").write_text("vm.swappiness = 400\n")
    (tmp_path / "root" / "etc" / "sysctl.d").chmod(0)
    run = ordinary_plan("validate --root root")
    check(run, "sysctl.d")
    assert "sysctl.conf:1" in run.out


@pytest.mark.parametrize("name", ["sysctl.conf", "my.cnf"])
def test_a_file_of_a_root_that_cannot_be_read(tmp_path, ordinary_plan, name):
    (tmp_path / "root" / "etc").mkdir(parents=True)
    (tmp_path / "root" / "etc" / name).write_text("")
    (tmp_path / "root" / "etc" / name).chmod(0)
    check(ordinary_plan("validate --root root"), name)


def test_an_include_without_permission_is_no_missing_one(tmp_path, ordinary_plan):
    etc = tmp_path / "root" / "etc"
    (etc / "more").mkdir(parents=True)
    (etc / "more" / "b.cnf").write_text("[mysqld]\n")
    (etc / "my.cnf").write_text("[mysqld]\n!include /etc/more/b.cnf\n!includedir /etc/more\n")
    (etc / "more").chmod(0)
    run = ordinary_plan("validate --root root")
    check(run, "more")
    assert "Permission denied" in run.out
    assert "does not exist" not in run.out


def test_a_home_that_cannot_be_entered_keeps_nothing_and_hinders_nothing(tmp_path, ordinary_plan):
    (tmp_path / "home" / "below").mkdir(parents=True)
    (tmp_path / "home").chmod(0)
    run = ordinary_plan("report --cps 1 -o out.html", HOME=str(tmp_path / "home" / "below"), XDG_CACHE_HOME="")
    assert (run.code, (tmp_path / "out.html").exists()) == (0, True), run
