"""Hosts by their bundles: where one drifted from what is declared, and a fleet of them side by side."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from planner.catalogue.data import SCHEMAS
from planner.catalogue.releases import Version
from planner.deployment import Declared, Deployment, host
from planner.document.model import Document
from planner.document.reader import read
from planner.files import Kind, look, opened
from planner.finding import Severity
from planner.rules.discovery import Target, load
from planner.rules.policy import Policy
from planner.rules.validation import examine

ENDING = ".bundle"
_SETTINGS = ("sysctl.", "mysql.")
_FACTS = ("server.cpu_cores", "server.ram", "server.storage.size", "server.storage.type", "server.nic")
_VERSIONS = ("server.kernel", "server.mysql_version")
_ENGINE = "mysql.cdr_engine"


class Drift(NamedTuple):
    """One setting of a host that is not everywhere the same; None where nothing is said."""

    name: str
    declared: Declared | None
    files: Declared | None
    live: Declared | None


class Host(NamedTuple):
    """One host of a fleet: what it is, and how many findings and drifted settings it has."""

    path: str
    facts: dict[str, Any]
    errors: int
    warnings: int
    drifted: int


def bundles(paths: list[str]) -> list[str] | None:
    """Return the bundles that paths name, those in folders sorted; None where one names anything else."""
    found: list[str] = []
    for path in paths:
        if look(path).kind is Kind.FOLDER:
            found += [str(each) for each in sorted(Path(path).iterdir()) if each.suffix == ENDING]
        elif is_bundle(path):
            found.append(path)
        else:
            return None
    return found


def is_bundle(path: str) -> bool:
    """Tell whether a path names a bundle, or a folder with some."""
    try:
        if (kind := look(path).kind) is Kind.FOLDER:
            return any(each.suffix == ENDING for each in Path(path).iterdir())
        # What comes through a pipe comes once: it is left to whoever reads it.
        if kind is not Kind.FILE:
            return False
        with opened(path) as file:
            return file.read(len(_BEGIN)) == _BEGIN
    except OSError:
        return False


_BEGIN = b"plan-bundle "


def drift(declared: Deployment | None, document: Document, *, every: bool = False) -> list[Drift]:
    """Return where the declared settings, those in a bundle's files and the live ones differ, by name.

    What one side does not say is compared with nothing; hardware and versions are compared with what is declared.
    Where a deployment declares settings of a program, its others are left out unless `every` is asked for.
    """
    files, live = host.boot(document).values, host.live(document).values
    wanted = dict(declared.values) if declared is not None else {}
    open_to = [each for each in _SETTINGS if every or not any(n.startswith(each) and n != _ENGINE for n in wanted)]
    names = sorted({*wanted, *(name for name in files if name.startswith(tuple(open_to)))} - {_ENGINE})
    names = [name for name in names if name.startswith(_SETTINGS)]
    rows = [Drift(name, wanted.get(name), files.get(name), live.get(name)) for name in names]
    rows = [row for row in rows if _differs(row)]
    facts = [name for name in (*_FACTS, *_VERSIONS, _ENGINE) if name in wanted and name in files]
    return [Drift(name, wanted[name], None, files[name]) for name in facts if _other(name, wanted, files)] + rows


def _differs(row: Drift) -> bool:
    said = [each.value for each in row[1:] if each is not None and each.value is not None]
    return any(not host.same(said[0], other) for other in said[1:])


def _other(name: str, wanted: dict[str, Declared], files: dict[str, Declared] | Any) -> bool:  # noqa: ANN401  a mapping
    """Tell whether a fact of the host is not what is declared; sizes are nominal, versions may be cut short."""
    one, other = wanted[name].value, files[name].value
    if name in _VERSIONS:
        return not _begins(str(one), str(other))
    if name == _ENGINE:
        return str(one).lower() not in {"unknown", str(other).lower()}
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(other - one) > _tolerance().get(name, 0) * one
    return one is not None and one != other


def _begins(declared: str, said: str) -> bool:
    """Tell whether a host's version is the declared one, which may leave out its last places."""
    one, other = Version.read(declared), Version.read(said)
    if one is None or other is None:
        return declared == said
    return one.mariadb == other.mariadb and other.numbers[: len(one.numbers)] == one.numbers


def _tolerance() -> dict[str, float]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / "host.json").read_text(encoding="utf-8"))
    tolerance: dict[str, float] = loaded["nominal_tolerance"]["value"]
    return tolerance


def fleet(paths: list[str]) -> Iterator[Host]:
    """Yield each bundle's host with what validating it finds."""
    for path in paths:
        document = read(path)
        loaded = load(Target("file", path))
        validation = examine(loaded, Policy()) if loaded is not None else None
        counts = [validation.count(each) if validation else 0 for each in (Severity.ERROR, Severity.WARNING)]
        values = host.running(document).values if document.root is not None else {}
        facts = {name: values[name].value for name in _SHOWN if name in values}
        named = host.said(document, "host").get("name", "") if document.root is not None else ""
        drifted = len(list(host.differences(document))) if document.root is not None else 0
        yield Host(path, {"name": named, **facts}, counts[0], counts[1], drifted)


_SHOWN = (
    "server.os",
    "server.kernel",
    "server.cpu_cores",
    "server.ram",
    "server.storage.size",
    "server.storage.type",
    "server.nic",
    "server.mysql_version",
    _ENGINE,
)
