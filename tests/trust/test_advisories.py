"""The offline look for known vulnerabilities finds what an advisory names, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

MACHINE = Path(__file__).parent / "machinery" / "advisories.py"
ADVISORY = """\
id: PYSEC-2026-1
aliases: [CVE-2026-0001]
affected:
- package: {name: some-thing, ecosystem: PyPI}
  ranges:
  - type: GIT
    events: [{introduced: '0'}]
  - type: ECOSYSTEM
    events: [{introduced: '2.0'}, {fixed: 2.10.1}, {introduced: '3'}, {last_affected: '3.5'}]
  versions: ['1.5']
"""


@pytest.mark.parametrize(
    ("pin", "held"),
    [
        ("1.4", False),
        ("1.5", True),
        ("1.9", False),
        ("2.0", True),
        ("2.9", True),
        ("2.10.0", True),
        ("2.10.1", False),
        ("2.11", False),
        ("3.0", True),
        ("3.5", True),
        ("3.5.1", False),
    ],
)
def test_pins_are_held_against_advisories(tmp_path, pin, held):
    folder = tmp_path / "database" / "vulns" / "some-thing"
    folder.mkdir(parents=True)
    (folder / "PYSEC-2026-1.yaml").write_text(ADVISORY)
    (folder / "PYSEC-2026-2.yaml").write_text(ADVISORY.replace("-1\n", "-2\n") + "withdrawn: '2026-05-01T00:00:00Z'\n")
    pins = tmp_path / "run.txt"
    pins.write_text(f"# pins\nSome.Thing[extra]=={pin} \\\n    --hash=sha256:0\nother==1.5\n")
    ran = subprocess.run(
        [sys.executable, str(MACHINE), str(tmp_path / "database"), str(pins)],
        capture_output=True,
        text=True,
        check=False,
    )
    named = f"some-thing {pin}: PYSEC-2026-1 CVE-2026-0001\n" if held else ""
    assert ran.stdout == f"{named}2 pins, 1 advisories of their names, {int(held)} of them hold\n"
    assert ran.returncode == int(held)


def test_a_folder_that_is_no_database_is_refused(tmp_path):
    ran = subprocess.run([sys.executable, str(MACHINE), str(tmp_path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "holds no folder vulns" in ran.stderr
