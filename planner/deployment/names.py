"""Whether a name of an open section must be a slip: names beyond the catalogue are allowed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.data import schema
from planner.catalogue.parameter import parameter
from planner.catalogue.units import quoted
from planner.catalogue.versions import Version
from planner.deployment.faults import Place, fault
from planner.document.model import Scalar
from planner.document.options import option_name
from planner.document.options_host import SET_VARIABLE, abbreviates, completed, full_name, sets_variables
from planner.finding import Edit, Severity
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planner.catalogue.parameter import Parameter
    from planner.deployment.model import Declared
    from planner.document.model import Entry
    from planner.document.mysql import ServerVersion
    from planner.document.options import Option
    from planner.finding import Finding


_SHORT = 4  # ipv4 and ipv6, all and eth0 are no slips of each other


def misspelled(section: str, key: str, near: str) -> bool:
    """Tell whether a name of an open section is so like a known one that it must be a slip.

    Interface names and the like stand between dots: compared are names of as many parts that differ in one.
    """
    if section == "sysctl":
        theirs, ours = near.split("."), key.split(".")
        differing = [pair for pair in zip(theirs, ours, strict=False) if pair[0] != pair[1]]
        return len(theirs) == len(ours) and len(differing) == 1 and _slip(*differing[0])
    return _slip(near, key)


def _slip(right: str, written: str) -> bool:
    """Tell whether one letter more, less, wrong or swapped makes one word the other; short words never."""
    if min(len(right), len(written)) <= _SHORT or abs(len(right) - len(written)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(right, written, strict=False)) if a != b), min(len(right), len(written))
    )
    one, two = right[start:], written[start:]
    return one[1:] == two[1:] or one[1:] == two or one == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])


# Whether a parameter exists in the version of the program that a deployment declares.

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


# Options of option files under names a server completes, or no longer does.


def spelling_faults(options: Iterable[Option], version: ServerVersion | None) -> Iterator[Finding]:
    """Yield abbreviated names and `set-variable`, each with whether a server of this version takes it."""
    for option in options:
        if option_name(option.entry.key.text).is_loose:
            continue
        if option.name == SET_VARIABLE:
            yield _set_variable(option, version)
        elif abbreviates(version):
            yield from _abbreviated(option, completed(option, version))
        else:
            yield from _no_longer(option, version)


def foreign_option(name: str, entry: Entry) -> Iterator[Finding]:
    """Yield that an option is no server's own: a plugin brings it, or the server refuses to start."""
    own = full_name(name) is not None or "." in name or name.startswith("maximum_")
    if own or option_name(entry.key.text).is_loose:
        return
    place = Place(span=entry.key.span, pointer=entry.node.pointer, subject=f"mysql.{name}")
    message = wording("{option} is no option of MySQL or MariaDB itself", option=quoted(entry.key.text))
    hint = wording("Make sure that a plugin brings it: without one the server refuses to start.")
    yield fault("unknown-parameter", place, message, hint=hint, severity=Severity.INFO)


def _place(option: Option) -> Place:
    entry = option.entry
    return Place(span=entry.key.span, pointer=entry.node.pointer, subject=f"mysql.{entry.key.text}")


def _set_variable(option: Option, version: ServerVersion | None) -> Finding:
    right = option.entry.node.text if isinstance(option.entry.node, Scalar) else ""
    hint = (
        wording("Write {setting} on a line of its own.", setting=right)
        if "=" in right
        else wording("Write name = value.")
    )
    if sets_variables(version):
        message = wording("set-variable is known to MySQL up to 5.1 alone")
        return fault("deprecated-parameter", _place(option), message, hint=hint)
    message = wording("set-variable was removed in MySQL 5.5, and MariaDB never had it; the server refuses to start")
    return fault("removed-parameter", _place(option), message, hint=hint)


def _abbreviated(option: Option, full: Option) -> Iterator[Finding]:
    written = option.entry.key.text
    if full.name == option.name:
        return
    message = wording(
        "{written} is the beginning of {name} and read as that; MySQL 5.7 and later refuse it",
        written=written,
        name=full.name,
    )
    yield fault(
        "alias-spelling",
        _place(option),
        message,
        hint=wording("Write {name}.", name=full.name),
        fix=_fix(option, full.name),
    )


def _no_longer(option: Option, version: ServerVersion | None) -> Iterator[Finding]:
    """Yield a name that only the beginning of an option's is, where the server wants it whole."""
    known = full_name(option.name, version) or full_name(option.name)
    if known is None or known == option.name or parameter(f"mysql.{option.name}") is not None:
        return
    program = ".".join(map(str, version.numbers)) if version else ""
    message = wording(
        "{written} is the beginning of {name}; MySQL {program} wants names in full",
        written=option.entry.key.text,
        name=known,
        program=program,
    )
    yield fault(
        "unknown-parameter", _place(option), message, hint=wording("Write {name}.", name=known), fix=_fix(option, known)
    )


def _fix(option: Option, name: str) -> Edit | None:
    """Return the edit that writes a name in full; none where a prefix stands before the name."""
    plain = not option_name(option.entry.key.text).prefixes
    return Edit(span=option.entry.key.span, replacement=name) if plain else None
