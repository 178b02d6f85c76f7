"""Options of option files under names a server completes, or no longer does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.numerals import quoted
from planner.catalogue.parameters import parameter
from planner.deployment.faults import Place, fault
from planner.document.model import Scalar
from planner.document.option_completion import SET_VARIABLE, abbreviates, completed, full_name, sets_variables
from planner.document.option_names import option_name
from planner.finding import Edit, Severity
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.document.model import Entry
    from planner.document.option_file import Option
    from planner.document.server_version import ServerVersion
    from planner.finding import Finding


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
