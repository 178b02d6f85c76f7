"""Whether a server starts with an option file: what we say, against a real MariaDB, name by name and file by file."""

from __future__ import annotations

import os
import random
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from planner.catalogue.releases import Version, option_names, server_option
from planner.deployment.load import load
from planner.finding import Severity

EVERY = bool(os.environ.get("PLAN_REQUIRE_ALL"))
FILES = 2000 if EVERY else 150
UNKNOWN = re.compile(r"unknown (?:variable|option) '(?:--)?(?:loose-)?([^'=]+)", re.IGNORECASE)
ENGINE_OFF = {"innodb", "ignore_builtin_innodb"}  # without the engine the server knows none of its options
ENDS = {"wsrep_recover"}  # tells the last transaction and ends, before unknown options are looked at
DISABLED = "Disabling plugin"  # --help goes on without the engine; a start does not
AMBIGUOUS = re.compile(r"ambiguous option '(?:--)?(?:loose-)?([^'=]+)", re.IGNORECASE)


@pytest.fixture(scope="module")
def server(require):
    return require("mariadbd")


@pytest.fixture(scope="module")
def version(server):
    said = subprocess.run([server, "--version"], capture_output=True, text=True, check=True).stdout
    return Version.read("mariadb-" + re.search(r"Ver ([\d.]+)-MariaDB", said)[1])


def as_nobody(command):
    drop = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    return subprocess.run([*drop, *command], capture_output=True, text=True, check=False, timeout=120, cwd="/")


def knows(server, name):
    done = as_nobody([server, "--no-defaults", f"--loose-{name.replace('_', '-')}=1", "--help", "--verbose"])
    return not (UNKNOWN.search(done.stderr) or AMBIGUOUS.search(done.stderr))


def test_every_known_name_is_judged_as_the_server_judges_it(server, version, tmp_path):
    if not EVERY:
        pytest.skip("asks the server for thousands of names; set PLAN_REQUIRE_ALL=1")
    names = sorted({*option_names(None, mariadb=True), *option_names(None, mariadb=False)})
    with ThreadPoolExecutor(3) as pool:
        known = dict(zip(names, pool.map(lambda name: knows(server, name), names), strict=True))
    wrong = []
    for name in names:
        option = server_option(name, mariadb=True)
        if option is not None and option.standing(version) == "elsewhere":
            continue
        if judged(f"[mysqld]\n{name} = 1\n", tmp_path, version, names_only=True) == known[name]:
            wrong.append((name, known[name]))
    assert not wrong, wrong[:20]


def judged(text, folder, version, *, names_only=False):
    """Return whether we say that the server refuses to start with a file."""
    file = folder / "my.cnf"
    file.write_text(text)
    place = folder / "deployment.yaml"
    number = ".".join(map(str, version.numbers))
    place.write_text(f"server:\n  mysql_version: 'mariadb-{number}'\nmysql:\n  file: my.cnf\n")
    rules = {"removed-parameter", "not-yet-in-version", "unknown-parameter"}
    said = [each for each in load(place).findings if each.severity is Severity.ERROR]
    return any(each.rule in rules or not names_only for each in said)


def names_of(rng, known, foreign):
    """Return the options of a file: mostly sound ones, some abbreviated, prefixed, loose, foreign or misspelled."""
    for _ in range(rng.randint(1, 5)):
        name = rng.choice(known).name
        choice = rng.random()
        if choice < 0.08:
            name = rng.choice(foreign)
        elif choice < 0.12:
            name = name[:-1] + rng.choice("xyz")
        elif choice < 0.2:
            name = name[: rng.randint(min(4, len(name)), len(name))]
        elif choice < 0.26:
            name = f"loose_{rng.choice(foreign)}"
        yield name if rng.random() < 0.5 else name.replace("_", "-")


def written(rng, version):
    known = [server_option(name, mariadb=True) for name in option_names(version, mariadb=True)]
    known = [each for each in known if each.name not in ENGINE_OFF | ENDS]
    known = [each for each in known if each.kind == "b" or (each.kind in "es" and each.choices(version))]
    foreign = [
        name
        for name in option_names(None, mariadb=False)
        if (each := server_option(name, mariadb=True)) is None or each.standing(version) in {"gone", "not yet"}
    ]
    text = f"[{rng.choice(['mysqld', 'mysqld', 'server', 'mariadb', 'mariadb-10.11', 'mysqld-5.7', 'client'])}]\n"
    for name in names_of(rng, known, foreign):
        option = server_option(name.replace("-", "_"), mariadb=True)
        value = ""
        if option is not None and option.kind in {"e", "s"} and rng.random() < 0.9:
            value = rng.choice([*option.choices(version), "0", "nonsense"])
        elif option is not None and option.kind == "b" and rng.random() < 0.3:
            value = rng.choice(["0", "1", "ON", "off"])
        text += f"{name} = {value}\n" if value else f"{name}\n"
    return text


def test_files_are_refused_where_the_server_refuses_them(server, version, open_folder):
    rng = random.Random(20261128)  # noqa: S311  the same files every time
    texts = [written(rng, version) for _ in range(FILES)]
    paths = [open_folder / f"{number}.cnf" for number in range(FILES)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
        path.chmod(0o644)
    ask = [[server, f"--defaults-file={path}", "--help", "--verbose"] for path in paths]
    with ThreadPoolExecutor(2) as pool:
        real = list(pool.map(as_nobody, ask))
    wrong = [
        (text, done.returncode, done.stderr[-300:])
        for text, done in zip(texts, real, strict=True)
        if judged(text, open_folder, version) != bool(done.returncode or DISABLED in done.stderr)
    ]
    assert not wrong, wrong[:20]
