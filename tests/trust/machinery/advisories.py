"""Is a pinned version known to be vulnerable? Reads the pins beside a copy of the Python advisory database.

    git clone https://github.com/pypa/advisory-database
    python tests/trust/machinery/advisories.py advisory-database [requirements/run.txt ...]

For where `pip-audit` gets no answer: nothing is asked of any index. Each advisory that holds for a pin is printed; the
exit code is 1 where one does. What is younger than the copy is not known to it.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[3]
_PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)")


def pins(files: list[Path]) -> set[tuple[str, str]]:
    """Return the names (as the index writes them) and versions that requirement files pin."""
    found = (_PIN.match(line) for file in files for line in file.read_text(encoding="utf-8").splitlines())
    return {(re.sub(r"[-_.]+", "-", each[1]).lower(), each[2]) for each in found if each}


def holds(affected: dict[str, Any], version: str) -> bool:
    """Tell whether an entry of an advisory (OSV) names a version, or has it within a range."""
    ranges = (each["events"] for each in affected.get("ranges", ()) if each["type"] == "ECOSYSTEM")
    return version in affected.get("versions", ()) or any(_within(events, Version(version)) for events in ranges)


def _within(events: list[dict[str, str]], version: Version) -> bool:
    inside = False
    for kind, edge in sorted((next(iter(each.items())) for each in events), key=lambda each: Version(each[1])):
        if kind == "introduced" and version >= Version(edge):
            inside = True
        elif (kind == "fixed" and version >= Version(edge)) or (kind == "last_affected" and version > Version(edge)):
            inside = False
    return inside


def advisories(database: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield the advisories of a package that were not withdrawn."""
    for file in sorted((database / "vulns" / name).glob("*.yaml")):
        found = yaml.safe_load(file.read_text(encoding="utf-8"))
        if "withdrawn" not in found:
            yield found


def main() -> int:
    """Print the advisories that hold, and how many were looked at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", type=Path)
    parser.add_argument("files", type=Path, nargs="*", default=sorted((ROOT / "requirements").glob("*.txt")))
    arguments = parser.parse_args()
    if not (arguments.database / "vulns").is_dir():
        parser.error(f"{arguments.database} holds no folder vulns: it is no copy of the advisory database")
    pinned, read, wrong = sorted(pins(arguments.files)), 0, 0
    for name, version in pinned:
        for each in advisories(arguments.database, name):
            read += 1
            if any(holds(entry, version) for entry in each["affected"]):
                wrong += 1
                print(f"{name} {version}: {each['id']} {' '.join(each.get('aliases', ()))}")
    print(f"{len(pinned)} pins, {read} advisories of their names, {wrong} of them hold")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
