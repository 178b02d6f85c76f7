"""What the data says of kernel keys, against the kernel that runs: who may write one, and what it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.catalogue.data import SCHEMAS
from planner.catalogue.releases import Version, kernel_key

ROOT = Path("/proc/sys")
NAMES = [line.split("\t")[0] for line in (SCHEMAS / "sysctl-keys.tsv").read_text(encoding="utf-8").splitlines()[1:]]
# Their mode depends on the machine, or on what the one who asks may do.
DEPENDS = {"kernel.nmi_watchdog", "kernel.msg_next_id", "kernel.sem_next_id", "kernel.shm_next_id"}
WRITE = """
import json, sys
taken = []
for key, text in json.load(sys.stdin):
    try:
        with open("/proc/sys/" + key.replace(".", "/"), "w") as file:
            file.write(text)
        taken.append([key, text])
    except OSError:
        pass
print(json.dumps(taken))
"""


def here(names):
    return [name for name in names if (ROOT / name.replace(".", "/")).is_file()]


@pytest.fixture(scope="module")
def running():
    if not ROOT.is_dir():
        pytest.skip("there is no /proc/sys")
    return Version.read((ROOT / "kernel/osrelease").read_text())


def test_a_key_may_be_written_where_the_kernel_lets_it_be(running):
    wrong = [
        (name, oct(mode))
        for name in here(set(NAMES) - DEPENDS)
        if (mode := (ROOT / name.replace(".", "/")).stat().st_mode)
        and bool(mode & 0o222) is (found := kernel_key(name)).read_only(running)
        and found.exists(running)
    ]
    assert wrong == []


FAMILIES = ("net.ipv4.", "net.ipv6.")


def taken(pairs, require):
    """Return those of some keys and values that the kernel takes, in a network namespace of their own."""
    require("unshare")
    as_root = [] if os.geteuid() == 0 else ["-U", "-r"]
    done = subprocess.run(
        ["unshare", *as_root, "-n", sys.executable, "-c", WRITE],
        input=json.dumps(pairs), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        (pytest.fail if os.environ.get("PLAN_REQUIRE_ALL") else pytest.skip)(f"no network namespace: {done.stderr}")
    return [tuple(each) for each in json.loads(done.stdout)]


def test_text_is_refused_by_every_key_that_holds_numbers(running, require):
    patterns = [name.replace("*", "lo") for name in NAMES if name.startswith(FAMILIES) and ".conf.*." in name]
    names = here([*(name for name in NAMES if name.startswith(FAMILIES)), *patterns])
    numeric = [name for name in names if (found := kernel_key(name)).unit != "text" and not found.access]
    assert len(numeric) > 100, running
    assert taken([(name, "5MB") for name in numeric], require) == []


def test_numbers_outside_the_range_of_the_newest_kernel_known_are_refused(running, require):
    if not running.reaches("6.1"):
        pytest.skip("an older kernel has other ranges")
    limits = {name: kernel_key(name).limits(running) for name in here(NAMES) if name.startswith(FAMILIES)}
    beyond = [(name, str(least - 1)) for name, (least, _) in limits.items() if least is not None]
    beyond += [(name, str(most + 1)) for name, (_, most) in limits.items() if most is not None]
    assert len(beyond) > 100
    assert taken(beyond, require) == []
