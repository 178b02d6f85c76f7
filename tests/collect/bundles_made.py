"""Bundles for the tests: made by the script itself, or written line by line with right checksums."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from planner.catalogue.data import TEMPLATES
from planner.document.bundle import posix_checksum

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = TEMPLATES / "collect.sh"


def checksum(data: bytes) -> str:
    return " ".join(map(str, posix_checksum(data)))


def section(title: str, *lines: str) -> str:
    """Return one section with its checksum."""
    body = "".join(f"|{line}\n" for line in lines).encode()
    return f"@{title}\n{body.decode()}@sum {checksum(body) if body else 'empty'}\n"


def bundle(*parts: str) -> str:
    """Return a whole bundle of sections."""
    titles = [part.split("\n", 1)[0] for part in parts]
    sums = [part.rstrip("\n").rpartition("\n@sum ")[2] for part in parts]
    ledger = "".join(f"{title} {said}\n" for title, said in zip(titles, sums, strict=True)).encode()
    return f"plan-bundle 1\n{''.join(parts)}@bundle {len(parts)} {checksum(ledger)}\n"


def collected(shell: list[str], root: Path, **environment: str) -> bytes:
    """Return what the script prints under a shell for the files below `root`; fails where it complains."""
    given = {**os.environ, "PLAN_ROOT": str(root), "PLAN_CDR": str(root / "cdr"), **environment}
    finished = subprocess.run(
        [*shell, str(SCRIPT)], capture_output=True, env=given, check=True, timeout=120, stdin=subprocess.DEVNULL
    )
    assert finished.stderr == b""
    return finished.stdout
