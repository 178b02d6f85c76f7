"""Settings files of the kernel and of MySQL: what is in force, under the catalogue's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.parameters import parameters
from planner.deployment.faults import Place, fault
from planner.deployment.model import Declared
from planner.deployment.versions import version_of
from planner.document.model import Entry, Mapping, Scalar
from planner.finding import Related
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.deployment.collector import Collector
    from planner.document.model import Document
    from planner.document.option_file import Option
    from planner.document.sysctl_file import Assignment
    from planner.document.sysctl_resolution import SettingsResolution, Shadowed
    from planner.finding import Finding

SECTIONS = {"sysctl": "sysctl", "sysctl-dump": "sysctl", "option-file": "mysql", "variables-dump": "mysql"}
"""The section each format of settings belongs to."""

# A running program says its own version among its settings.
_SAID = {"sysctl": ("kernel.osrelease", "server.kernel"), "mysql": ("version", "server.mysql_version")}


def add_settings(collector: Collector, *documents: Document) -> None:
    """Declare the settings of sysctl files, option files, or dumps; files of one program come together.

    Later files override earlier ones.
    """
    readable = [document for document in documents if document.root is not None]
    formats = {document.format for document in readable}
    # The readers' grammars cost start-up time that a deployment without such files need not pay.
    if formats == {"sysctl"}:
        from planner.document.sysctl_resolution import resolve_documents  # noqa: PLC0415  start-up

        add_resolution(collector, resolve_documents(readable))
    elif formats == {"option-file"}:
        from planner.document.option_file import options  # noqa: PLC0415  start-up

        add_options(collector, [option for document in readable for option in options(document)])
    elif len(readable) > 1:
        for document in readable:
            add_settings(collector, document)
    elif formats & SECTIONS.keys():
        _add_dump(collector, SECTIONS[readable[0].format], readable[0].root)


def add_resolution(collector: Collector, resolution: SettingsResolution) -> None:
    """Declare the assignments in force among sysctl files; globs apply to the catalogue's parameters."""
    for assignment in resolution.effective.values():
        collector.add("sysctl", _entry(assignment.name, assignment))
    if resolution.globs:
        for parameter in parameters("sysctl"):
            found = resolution.assignment(parameter.key)
            if found is not None and found.name != parameter.key and not parameter.alias_of:
                collector.add("sysctl", _entry(parameter.key, found))
    for pair in resolution.shadowed:
        if pair.by.value is None:
            collector.findings.append(_unset(pair))
            continue
        collector.shadow("sysctl", _entry(pair.assignment.name, pair.assignment), _entry(pair.by.name, pair.by))


def _unset(pair: Shadowed) -> Finding:
    """Return the finding of an assignment that a later line of the form `-key` undoes."""
    span, name = pair.assignment.key.span, f"sysctl.{pair.assignment.name}"
    message = wording("{name} is not set: `-{key}` without a value follows", name=name, key=pair.by.key.text)
    related = (Related(wording("this line excludes the key"), pair.by.key.span),)
    place = Place(span=span, pointer=pair.assignment.key.pointer, subject=name)
    return fault("shadowed-setting", place, message, hint=wording("Remove one of the two lines."), related=related)


def add_options(collector: Collector, given: Iterable[Option]) -> None:
    """Declare the options the server of the declared version gets."""
    from planner.deployment.option_spelling import spelling_faults  # noqa: PLC0415  start-up
    from planner.document.server_options import server_options  # noqa: PLC0415  start-up
    from planner.document.server_version import ServerVersion  # noqa: PLC0415  start-up

    version = version_of("mysql", collector.values)
    known = ServerVersion(version.numbers, version.mariadb) if version else None
    listed = tuple(given)
    result = server_options(listed, known)
    unread = {id(option) for option in result.unread}
    read = (option for option in listed if id(option) not in unread)
    collector.findings.extend(spelling_faults(read, known))
    for option in result.effective.values():
        collector.add("mysql", option.entry)
    for pair in result.shadowed:
        collector.shadow("mysql", pair.option.entry, pair.by.entry)


def _add_dump(collector: Collector, section: str, root: object) -> None:
    entries = root.entries if isinstance(root, Mapping) else ()
    said, name = _SAID[section]
    for entry in entries:
        if isinstance(entry.node, Scalar) and entry.name == said and name not in collector.values:
            collector.values[name] = Declared(name, entry.node.text, entry.node.text, entry.node.span, entry.key.span)
    for entry in entries:
        # An empty variable is one that is not set.
        if isinstance(entry.node, Scalar) and entry.node.text.strip():
            collector.add(section, entry, dumped=True)


def _entry(name: str, assignment: Assignment) -> Entry:
    value = assignment.value
    return Entry(name, assignment.key, value if value is not None else assignment.key)
