"""Whether a server starts with an option file: what we say, against a real MariaDB, name by name and file by file.

A start takes little work and some waiting, so many run at once; names, and files we think sound, are asked together,
and one by one where that leaves a doubt.
"""

from __future__ import annotations

import functools
import itertools
import os
import random
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from planner.catalogue.releases import Version, is_parsed, option_names, options_beginning, server_option
from planner.deployment.load import load
from planner.finding import Severity
from planner.rules.policy import Policy
from planner.rules.validation import validate

EVERY = bool(os.environ.get("PLAN_REQUIRE_ALL"))
FILES = 2000 if EVERY else 150
UNKNOWN = re.compile(r"unknown (?:variable|option) '(?:--)?(?:loose-)?([^'=]+)", re.IGNORECASE)
ENGINE_OFF = {"innodb", "ignore_builtin_innodb"}  # without the engine the server knows none of its options
ENDS = {"wsrep_recover"}  # tells the last transaction and ends, before unknown options are looked at
WHOLE = {"getopt_prefix_matching"}  # put off, the names of the file are no longer completed: that is not followed
DISABLED = "Disabling plugin"  # --help goes on without the engine; a start does not
RULES = {"removed-parameter", "not-yet-in-version", "unknown-parameter"}
LAST = "zz_no_server_has_this"
AT_ONCE, TOGETHER, PART = 8, 16, 48
ADJUSTED = re.compile(r"option '([\w-]+)': (?:un)?signed value -?\d+ adjusted to (-?\d+)")
AMBIGUOUS = re.compile(r"ambiguous option '(?:--)?(?:loose-)?([^'=]+)", re.IGNORECASE)


@pytest.fixture(scope="module")
def server(require):
    return require("mariadbd")


@pytest.fixture(scope="module")
def version(server):
    said = subprocess.run([server, "--version"], capture_output=True, text=True, check=True).stdout
    return Version.read("mariadb-" + re.search(r"Ver ([\d.]+)-MariaDB", said)[1])


def said(server, *options):
    """Run a server that only tells its options, as nobody."""
    nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    command = [*nobody, server, *options, "--help", "--verbose"]
    quiet = subprocess.DEVNULL
    return subprocess.run(command, stdout=quiet, stderr=subprocess.PIPE, text=True, check=False, timeout=120, cwd="/")


def in_turn(ask, things):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, things))


def knows(server, name):
    done = said(server, "--no-defaults", f"--loose-{name.replace('_', '-')}=1")
    return not (UNKNOWN.search(done.stderr) or AMBIGUOUS.search(done.stderr))


def unknown_of(server, names):
    """Return which of many names the server passes over; None where it ended before it looked at all."""
    options = (f"--loose-{name.replace('_', '-')}=1" for name in (*names, LAST))
    done = said(server, "--no-defaults", *options)
    found = {name.replace("-", "_") for name in UNKNOWN.findall(done.stderr)}
    return found - {LAST} if LAST in found and not done.returncode else None


def together(things, ask, ask_alone):
    """Return what is said of each thing: asked in parts, and where one of them ends the start in smaller ones."""
    found = {}
    parts = [things[start : start + PART] for start in range(0, len(things), PART)]
    while parts:
        answers = in_turn(ask, parts)
        ended = [part for part, answer in zip(parts, answers, strict=True) if answer is None]
        for answer in filter(None, answers):
            found |= answer
        alone = [part[0] for part in ended if len(part) == 1]
        found |= zip(alone, in_turn(ask_alone, alone), strict=True)
        parts = [part[at::4] for part in ended if len(part) > 1 for at in range(4) if part[at::4]]
    return found


def known_to(server, names):
    """Return whether the server knows each name."""

    def ask(part):
        unknown = unknown_of(server, part)
        return None if unknown is None else {name: name not in unknown for name in part}

    return together(names, ask, lambda name: knows(server, name))


def taken_instead(server, pairs):
    """Return what the server takes instead of each number, by name; None where it ends or says nothing."""

    def ask(part):
        numbers = (f"--loose-{name.replace('_', '-')}={number}" for name, number in part)
        done = said(server, "--no-defaults", *numbers)
        found = {name.replace("-", "_"): int(number) for name, number in ADJUSTED.findall(done.stderr)}
        whole = not done.returncode and DISABLED not in done.stderr and len(found) == len(part)
        return {pair: found.get(pair[0]) for pair in part} if whole or len(part) == 1 else None

    return together(pairs, ask, ask)


def test_a_number_beyond_a_range_is_taken_as_the_nearest(server, version):
    rows = [each for each in options_beginning("", mariadb=True) if is_parsed(each, version) and each.kind == "i"]
    limits = [(each.name.lower(), *each.limits(version)) for each in rows]
    above = [(name, most + 1) for name, _, most in limits if most is not None and most + 1 < 1 << 64]
    below = [(name, least - 1) for name, least, _ in limits if least]
    most, least = taken_instead(server, above), taken_instead(server, [each for each in below if each[1] >= 0])
    # Sizes are rounded down to blocks.
    wrong = [pair for pair, taken in most.items() if taken is None or not pair[1] - (1 << 21) < taken < pair[1]]
    wrong += [pair for pair, taken in least.items() if taken != pair[1] + 1]
    assert len(most) > 200
    assert wrong == []


def test_every_known_name_is_judged_as_the_server_judges_it(server, version, tmp_path):
    if not EVERY:
        pytest.skip("asks the server for thousands of names; set PLAN_REQUIRE_ALL=1")
    names = sorted({*option_names(None, mariadb=True), *option_names(None, mariadb=False)})
    rows = {name: server_option(name, mariadb=True) for name in names}
    names = [name for name in names if not rows[name] or rows[name].standing(version) != "elsewhere"]
    known = known_to(server, names)
    # `skip_x` in the same file would stand in place of `x`.
    own = [name for name in names if name.removeprefix("skip_") == name or name[5:] not in rows]
    refused = refused_names(own, tmp_path, version) | refused_names([*{*names} - {*own}], tmp_path, version)
    doubtful = [name for name in names if known[name] is (name in refused)]
    alone = dict(zip(doubtful, in_turn(lambda name: knows(server, name), doubtful), strict=True))
    wrong = [name for name in doubtful if alone[name] == judged(f"[mysqld]\n{name} = 1\n", tmp_path, version, RULES)]
    assert len(names) > 1000
    assert not wrong, wrong[:20]


def refused_names(names, folder, version):
    """Return the names that we say the server does not know."""
    said = findings("[mysqld]\n" + "".join(f"{name} = 1\n" for name in names), folder, version)
    return {names[each.span.line - 2] for each in said if each.rule in RULES}


def judged(text, folder, version, rules=None):
    """Return whether we say that the server refuses to start with a file, by some rules or any."""
    return any(rules is None or each.rule in rules for each in findings(text, folder, version))


def findings(text, folder, version):
    (folder / "my.cnf").write_text(text)
    place = folder / "deployment.yaml"
    number = ".".join(map(str, version.numbers))
    place.write_text(f"server:\n  mysql_version: 'mariadb-{number}'\nmysql:\n  file: my.cnf\n")
    return [each for each in load(place).findings if each.severity is Severity.ERROR]


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


@functools.cache
def known_and_foreign(version):
    """Return the options that a file of a server of a version holds, and the names that are another's."""
    known = [each for each in options_beginning("", mariadb=True) if each.standing(version) == "ignored"]
    known += [server_option(name, mariadb=True) for name in option_names(version, mariadb=True)]
    known = [each for each in known if each.name not in ENGINE_OFF | ENDS | WHOLE]
    known = [each for each in known if each.kind == "b" or (each.kind in "es" and each.choices(version))]
    foreign = [
        name
        for name in option_names(None, mariadb=False)
        if (each := server_option(name, mariadb=True)) is None or each.standing(version) in {"gone", "not yet"}
    ]
    return known, foreign


def written(rng, version):
    known, foreign = known_and_foreign(version)
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
    ours = [judged(text, open_folder, version) for text in texts]
    sound = [at for at, refused in enumerate(ours) if not refused]
    packs = [sound[start : start + TOGETHER] for start in range(0, len(sound), TOGETHER)]
    real = in_turn(lambda pack: refusal(server, open_folder, "".join(texts[at] for at in pack), f"p{pack[0]}"), packs)
    doubtful = [at for pack, refused in zip(packs, real, strict=True) if refused for at in pack]
    alone = sorted({*range(FILES)} - {*sound} | {*doubtful})
    said = in_turn(lambda at: refusal(server, open_folder, texts[at], str(at)), alone)
    wrong = [(texts[at], why[-300:]) for at, why in zip(alone, said, strict=True) if ours[at] != bool(why)]
    assert not wrong, wrong[:20]


def refusal(server, folder, text, name):
    """Return why a server does not start with a file; empty where it does."""
    path = folder / f"{name}.cnf"
    path.write_text(text)
    path.chmod(0o644)
    done = said(server, f"--defaults-file={path}")
    return done.stderr or "no word" if done.returncode or DISABLED in done.stderr else ""


def test_a_node_of_a_cluster_is_refused_where_the_server_refuses_it(server, version, open_folder):
    choices = (
        ("", "wsrep_cluster_address = gcomm://\n", "wsrep_cluster_address =\n"),
        ("", "binlog_format = row\n", "binlog_format = STATEMENT\n"),
        ("", "wsrep_sst_method = mysqldump\n", "memlock\n", "wsrep_provider = NONE\n", "wsrep_on = 0\n"),
    )
    texts = [
        f"[mysqld]\nwsrep_on\nwsrep_provider = /none.so\n{''.join(lines)}" for lines in itertools.product(*choices)
    ]
    number = ".".join(map(str, version.numbers))
    deployment = f"server:\n  mysql_version: 'mariadb-{number}'\nmysql:\n  file: my.cnf\n"
    (open_folder / "site.yaml").write_text(deployment)

    def ours(text):
        (open_folder / "my.cnf").write_text(text)
        found = validate(open_folder / "site.yaml", Policy(select=frozenset({"galera-node-incomplete"}))).findings
        return [each.severity for each in found] == [Severity.ERROR]

    said = in_turn(lambda at: refusal(server, open_folder, texts[at], f"g{at}"), range(len(texts)))
    wrong = [(text, why[-300:]) for text, why in zip(texts, said, strict=True) if ours(text) != bool(why)]
    assert not wrong, wrong[:20]
