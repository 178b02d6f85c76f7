"""Every file of the corpus comes to what the real programs write: sysctl of procps 4 and systemd-sysctl."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planner.document import reader as documents
from planner.document.sysctl import PROCPS, SYSTEMD
from planner.document.sysctl_host import resolve, resolve_documents
from planner.document.text import byte_text

APPLY = Path(__file__).with_name("apply_sysctl.py")
INTERFACES = ("all", "default", "eth0", "eth1", "eth0.100", "lo")
KEYS = (
    *(f"net/ipv4/conf/{interface}/rp_filter" for interface in INTERFACES),
    "net/core/rmem_max",
    "net/core/wmem_max",
    "net/core/somaxconn",
    "vm/swappiness",
    "kernel/panic",
    "kernel/pid_max",
    "kernel/hostname",
    "fs/file-max",
)
PROGRAMS = [("sysctl", ["-q", "-p"], PROCPS), ("systemd-sysctl", [], SYSTEMD)]


def swapped(name):
    return name.translate({ord("."): "/", ord("/"): "."})


def keys_of(files):
    """Return a path for every key any file could mean, without those that are folders of others."""
    named = {swapped(name) for file in files for reader in (PROCPS, SYSTEMD) for name in names_of(file, reader)}
    paths = sorted({path for path in named if not {"", ".", ".."} & set(path.split("/"))} | set(KEYS))
    paths = [path for path in paths if all(len(part.encode()) < 200 for part in path.split("/"))]
    folders = {str(folder) for path in paths for folder in Path(path).parents}
    return [path for path in paths if path not in folders and "\0" not in path]


def names_of(file, reader):
    resolution = resolve_documents([documents.read(file, "sysctl")], reader)
    return [name for name in resolution.effective if not set("*?[") & set(name)]


def held_by_program(command, files, folder):
    """Return for each file what each key holds once the program has applied it, byte for byte."""
    (folder / "files").mkdir()
    for file in files:
        shutil.copyfile(file, folder / "files" / file.name)
    return applied(command, keys_of(files), folder)


def applied(command, keys, folder):
    """Run a program in a private mount namespace; see apply_sysctl.py."""
    (folder / "keys.json").write_text(json.dumps(keys))
    as_root = [] if os.geteuid() == 0 else ["-U", "-r"]
    namespace = ["unshare", *as_root, "-m", "--propagation", "private"]
    done = subprocess.run([*namespace, sys.executable, APPLY, folder, *command], capture_output=True, check=False)
    if not (folder / "results.json").exists():
        message = "private mount namespaces are not permitted here; run as root, or allow user namespaces"
        (pytest.fail if os.environ.get("PLAN_REQUIRE_ALL") else pytest.skip)(f"{message}: {done.stderr.decode()}")
    return json.loads((folder / "results.json").read_text())


@pytest.mark.parametrize("case", PROGRAMS, ids=[case[0] for case in PROGRAMS])
def test_corpus_comes_to_what_the_program_writes(require, corpus, tmp_path, case):
    program, arguments, reader = case
    require("unshare")
    files = corpus("sysctl")
    assert len(files) >= 60
    held = held_by_program([require(program), *arguments], files, tmp_path)
    wrong = differences(files, held, reader)
    assert wrong == [], "\n".join(map(repr, wrong))


def differences(files, held, reader):
    """Return every key of every file whose value is not what this program reads, with both values."""
    found = []  # of an empty value systemd-sysctl writes no byte, which no file can show
    for file in files:
        resolution = resolve_documents([documents.read(file, "sysctl")], reader)
        for key, content in held[file.name]["held"].items():
            given = resolution.assignment(swapped(key))
            expected = byte_text(content.encode("latin-1")).removesuffix("\n") if content else None
            read = given.value.text if given is not None and given.value is not None else None
            if read != expected and not (expected is None and read == "" and reader is SYSTEMD):
                found.append((file.name, key, read, expected))
    return found


ROOTS = {
    "by-name": {"etc/sysctl.d/10.conf": "vm.swappiness=1\n", "usr/lib/sysctl.d/50.conf": "vm.swappiness=2\n"},
    "main-and-drop-in": {"etc/sysctl.conf": "vm.swappiness=1\n", "etc/sysctl.d/99-x.conf": "vm.swappiness=2\n"},
    "linked-main": {
        "etc/sysctl.conf": "vm.swappiness=1\nkernel.panic=1\n",
        "etc/sysctl.d/99-sysctl.conf": "-> ../sysctl.conf",
        "etc/sysctl.d/99-vos3000.conf": "vm.swappiness=2\n",
    },
    "same-name": {
        "etc/sysctl.d/50.conf": "vm.swappiness=1\n",
        "run/sysctl.d/50.conf": "vm.swappiness=2\n",
        "usr/lib/sysctl.d/50.conf": "kernel.panic=3\n",
    },
    "masked": {"etc/sysctl.d/50.conf": "-> /dev/null", "usr/lib/sysctl.d/50.conf": "vm.swappiness=2\n"},
    "empty-masks": {"etc/sysctl.d/50.conf": "", "usr/lib/sysctl.d/50.conf": "vm.swappiness=2\n"},
    "dangling": {"etc/sysctl.d/50.conf": "-> none", "usr/lib/sysctl.d/50.conf": "vm.swappiness=2\n"},
    "not-conf": {"etc/sysctl.d/a": "vm.swappiness=1\n", "etc/sysctl.d/b.conf.bak": "vm.swappiness=2\n"},
    "hidden": {"etc/sysctl.d/.a.conf": "vm.swappiness=1\n", "etc/sysctl.d/.conf": "kernel.panic=2\n"},
    "byte-order": {
        "etc/sysctl.d/a.conf": "vm.swappiness=1\n",
        "etc/sysctl.d/B.conf": "vm.swappiness=2\n",
        "etc/sysctl.d/é.conf": "kernel.panic=1\n",
        "etc/sysctl.d/z.conf": "kernel.panic=2\n",
    },
    "folder": {"etc/sysctl.d/a.conf/x.conf": "vm.swappiness=1\n", "usr/lib/sysctl.d/a.conf": "vm.swappiness=2\n"},
}
SYSTEM = [("sysctl", ["-q", "--system"], "procps4-system"), ("systemd-sysctl", [], "el8-boot")]


@pytest.mark.parametrize("case", SYSTEM, ids=[case[0] for case in SYSTEM])
def test_folders_come_to_what_the_program_writes(require, tmp_path, case):
    require("unshare")
    program, arguments, profile = case
    for name, tree in ROOTS.items():
        plant(tmp_path / "roots" / name, tree)
    held = applied([require(program), *arguments], ["vm/swappiness", "kernel/panic"], tmp_path)
    for name in ROOTS:
        resolution = resolve(tmp_path / "roots" / name, profile)
        given = {key: resolution.effective.get(swapped(key)) for key in held[name]["held"]}
        read = {key: item.value.text if item else "" for key, item in given.items()}
        assert read == {key: text.removesuffix("\n") for key, text in held[name]["held"].items()}, name


def plant(root, tree):
    for folder in ("etc", "run", "usr/lib/sysctl.d"):
        (root / folder).mkdir(parents=True)
    for name, content in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content.startswith("-> "):
            path.symlink_to(content[3:])
        else:
            path.write_text(content)
