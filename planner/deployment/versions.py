"""Whether a parameter exists in the version of the program that a deployment declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.schemas import schema
from planner.catalogue.versions import Version
from planner.deployment.faults import Place, fault
from planner.finding import Severity
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.catalogue.parameter import Parameter
    from planner.deployment.model import Declared
    from planner.finding import Finding

_FORK = "5.6"  # MariaDB 10 has what MySQL had until then; later changes of MySQL are not its own


def version_of(section: str, values: Mapping[str, Declared]) -> Version | None:
    """Return the declared version of the program a section's settings belong to; None where undeclared."""
    declared = values.get(schema(section).get("x-version-of", ""))
    return Version.read(str(declared.value)) if declared is not None and declared.value is not None else None


def version_faults(entry: Parameter, place: Place, version: Version) -> Iterator[Finding]:
    """Yield whether the version no longer knows, does not yet know, or otherwise names a parameter."""
    removed, since = _bounds(entry, version)
    renamed = entry.schema.get("x-renamed")
    program = f"{'MariaDB ' if version.mariadb else ''}{'.'.join(map(str, version.numbers))}"
    if removed and version.reaches(removed):
        hint = wording("Write {name}.", name=renamed["to"]) if renamed else ""
        message = wording(
            "{name} was removed in {removed}; {program} does not know it",
            name=entry.name,
            removed=removed,
            program=program,
        )
        yield fault("removed-parameter", place, message, hint=hint, parameter=entry, severity=_weight(entry))
    elif renamed and version.reaches(renamed["in"]):
        message = wording(
            "{name} is named {new} since {version}", name=entry.name, new=renamed["to"], version=renamed["in"]
        )
        yield fault(
            "renamed-parameter", place, message, hint=wording("Write {name}.", name=renamed["to"]), parameter=entry
        )
    elif since is not None and not version.reaches(since):
        message = (
            wording(
                "{name} came with {since}; {program} does not know it", name=entry.name, since=since, program=program
            )
            if since
            else wording("{program} has no {name}", program=program, name=entry.key)
        )
        yield fault("not-yet-in-version", place, message, parameter=entry, severity=_weight(entry))
    elif version.reaches(entry.schema.get("x-deprecated", "")) and not version.mariadb:
        message = wording("{name} is deprecated since {version}", name=entry.name, version=entry.schema["x-deprecated"])
        yield fault("deprecated-parameter", place, message, parameter=entry)


def _bounds(entry: Parameter, version: Version) -> tuple[str, str | None]:
    """Return the version a parameter was removed in, empty for none, and the one it came with.

    The latter is None where it was always there, empty where it never was.
    """
    own, removed = entry.schema.get("x-mariadb", {}), str(entry.schema.get("x-removed", ""))
    if not version.mariadb:
        return removed, entry.schema.get("x-since")
    if own.get("absent"):
        return "", ""
    shared = removed if _before_fork(removed) else ""
    return str(own.get("removed", shared)), None


def _before_fork(text: str) -> bool:
    other = Version.read(text)
    return other is not None and not other.reaches(_FORK)


def _weight(entry: Parameter) -> Severity:
    # A database server stops at an option it does not know; the kernel and the softswitch only ignore it.
    return Severity.ERROR if entry.section == "mysql" else Severity.WARNING
