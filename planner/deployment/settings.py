"""Settings files, dumps and structures that a deployment names: what is in force, under the catalogue's names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.catalogue.parameter import Parameter, parameters
from planner.catalogue.quantity import parse_quantity
from planner.catalogue.units import QuantityError, number, quoted
from planner.deployment.interpret import Reading, frozen
from planner.deployment.model import Declared, Value
from planner.deployment.names import version_of
from planner.deployment.native import Place, fault
from planner.document.bundle import Root, drop_ins
from planner.document.model import Document, Entry, Mapping, Node, Scalar, Sequence, plain
from planner.document.options import Option
from planner.document.reader import read
from planner.finding import Finding, Related
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping as PlainMapping

    from planner.deployment.gather import Collector
    from planner.document.sysctl import Assignment
    from planner.document.sysctl_host import SettingsResolution, Shadowed


SECTIONS = {"sysctl": "sysctl", "sysctl-dump": "sysctl", "option-file": "mysql", "variables-dump": "mysql"}
"""The section each format of settings belongs to."""

# A running program says its own version among its settings.
_OFF = {("log_bin", "OFF")}
_SAID = {"sysctl": ("kernel.osrelease", "server.kernel"), "mysql": ("version", "server.mysql_version")}


def add_settings(collector: Collector, *documents: Document) -> None:
    """Declare the settings of sysctl files, option files, or dumps; files of one program come together.

    Later files override earlier ones.
    """
    readable = [document for document in documents if document.root is not None]
    formats = {document.format for document in readable}
    # The readers' grammars cost start-up time that a deployment without such files need not pay.
    if formats == {"sysctl"}:
        from planner.document.sysctl_host import resolve_documents  # noqa: PLC0415  start-up

        add_resolution(collector, resolve_documents(readable))
    elif formats == {"option-file"}:
        from planner.document.options import options  # noqa: PLC0415  start-up

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
    from planner.deployment.names import spelling_faults, told_once  # noqa: PLC0415  start-up
    from planner.document.mysql import ServerVersion  # noqa: PLC0415  start-up
    from planner.document.options_host import server_options  # noqa: PLC0415  start-up

    version = version_of("mysql", collector.values)
    known = ServerVersion(version.numbers, version.mariadb) if version else None
    listed = tuple(given)
    result = server_options(listed, known)
    unread = {id(option) for option in result.unread}
    read = (option for option in listed if id(option) not in unread)
    collector.findings.extend(spelling_faults(read, known))
    before = len(collector.findings)
    for option in result.effective.values():
        collector.add("mysql", option.entry)
    loaded = " ".join(option.value or "" for option in listed if "plugin_load" in option.name)
    collector.findings[before:] = told_once(collector.findings[before:], version, loaded)
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
            collector.add(section, _whole(entry, entry.node), dumped=True)


def _whole(entry: Entry, node: Scalar) -> Entry:
    """Return a variable without the decimals of a whole number: some servers show days as `10.000000`.

    Where a server says OFF an option file has a name, or `skip-`, which reads as 0.
    """
    if (entry.name, node.text) in _OFF:
        return entry._replace(node=node._replace(value="0"))
    number, point, decimals = node.text.partition(".")
    is_whole = point and number.isdecimal() and decimals and not decimals.strip("0")
    return entry._replace(node=node._replace(value=number, text=number)) if is_whole else entry


def _entry(name: str, assignment: Assignment) -> Entry:
    value = assignment.value
    return Entry(name, assignment.key, value if value is not None else assignment.key)


# Settings files a deployment refers to, read relative to it.
#
# `file` names one file, several (the later over the earlier, as one program reads them), a `sysctl.d` folder,
# or the folder that stands for a host's root: there the program's own places are looked at, and the includes
# of option files are followed.

FILE_SECTIONS = ("sysctl", "mysql")
"""Sections that may refer to files."""

DROP_INS = "sysctl.d"
_USUAL = {"sysctl": "sysctl", "mysql": "option-file"}
_ABSENT = {
    "sysctl": wording("holds no etc/sysctl.conf and no file of a sysctl.d folder"),
    "mysql": wording("holds neither etc/my.cnf nor etc/mysql/my.cnf"),
}


def add_file(collector: Collector, section: str, reference: Entry, document: Document) -> None:
    """Read the settings files a section refers to, relative to the document that names them."""
    nodes = _paths(reference.node)
    if nodes is None:
        place = Place(span=reference.node.span, pointer=reference.node.pointer, subject=f"{section}.file")
        hint = wording("Write a path such as my.cnf, in quotes if it is a number, or a list of paths.")
        collector.findings.append(
            fault("wrong-type", place, wording("{section}.file is not a path", section=section), hint=hint)
        )
        return
    targets = [(node, Path(document.path).parent / str(node.value).strip()) for node in nodes]
    if len(targets) == 1 and _is_folder(targets[0][1]):
        _add_folder(collector, section, *targets[0])
        return
    others = [each for each in targets if not _itself(collector, section, each, document)]
    readable = [target for node, target in others if not _missing(collector, section, node, target)]
    take_settings(collector, *(_settings(target, section) for target in readable))


def _paths(node: Node) -> tuple[Scalar, ...] | None:
    """Return the nodes that name a path each; None where there is none, or one is no path."""
    items = node.items if isinstance(node, Sequence) else (node,)
    named = tuple(each for each in items if isinstance(each, Scalar) and isinstance(each.value, str))
    return named if items and len(named) == len(items) and all(each.text.strip() for each in named) else None


def _missing(collector: Collector, section: str, node: Scalar, target: Path) -> bool:
    """Tell whether a path leads to no file, and say so."""
    if _holds(target, Path.is_file):
        return False
    what = (
        wording("is a folder; a folder stands alone, not in a list")
        if _is_folder(target)
        else wording("is no regular file")
        if _holds(target, Path.exists)
        else wording("does not exist")
    )
    collector.findings.append(_absent(section, node, wording("{path} {what}", path=str(target), what=what)))
    return True


def _itself(collector: Collector, section: str, named: tuple[Scalar, Path], document: Document) -> bool:
    """Tell whether a path leads back to the deployment file, and say so: it is no file of settings."""
    node, target = named
    try:
        same = target.samefile(document.path)
    except (OSError, ValueError):
        same = False
    if same:
        what = wording("{path} is the deployment file itself", path=str(target))
        collector.findings.append(_absent(section, node, what))
    return same


def _absent(section: str, node: Scalar, what: str) -> Finding:
    place = Place(span=node.span, pointer=node.pointer, subject=f"{section}.file")
    return fault("missing-file", place, wording("{section}.file: {what}", section=section, what=what))


def _is_folder(target: Path) -> bool:
    return _holds(target, Path.is_dir)


def _holds(target: Path, test: Callable[[Path], bool]) -> bool:
    try:
        return test(target)
    except (OSError, ValueError):  # a name of thousands of characters is none either
        return False


def _settings(target: Path, section: str) -> Document:
    """Return a settings file as its own format; a name that tells another one is not believed."""
    document = read(target)
    return document if SECTIONS.get(document.format) == section else read(target, _USUAL[section])


def take_settings(collector: Collector, *documents: Document) -> None:
    """Declare what settings files of one program hold together, and note what reading them showed."""
    for document in documents:
        collector.take([document], (*document.findings, *_unfollowed(document)))
    add_settings(collector, *documents)


def _unfollowed(document: Document) -> Iterator[Finding]:
    if document.format == "option-file":
        from planner.document.options_host import unfollowed  # noqa: PLC0415  start-up

        yield from unfollowed(document)


def _add_folder(collector: Collector, section: str, node: Scalar, folder: Path) -> None:
    """Read a folder of sysctl files, or all files of a program below a host's root."""
    if section == "sysctl" and folder.resolve().name == DROP_INS:
        documents = [read(file, "sysctl") for file in drop_ins(folder)]
        take_settings(collector, *documents)
        if not documents:
            collector.findings.append(
                _absent(section, node, wording("{path} holds no file that ends in .conf", path=str(folder)))
            )
    elif not (_add_sysctl_root if section == "sysctl" else _add_mysql_root)(collector, folder):
        collector.findings.append(
            _absent(section, node, wording("{path} {what}", path=str(folder), what=_ABSENT[section]))
        )


def _add_sysctl_root(collector: Collector, root: Path) -> bool:
    """Read all sysctl files below a host's root; return whether there were any."""
    from planner.document.sysctl_host import profile_below, resolve  # noqa: PLC0415  start-up

    resolution = resolve(root, profile_named(collector.values) or profile_below(Root(root)))
    collector.take(resolution.documents, resolution.findings)
    add_resolution(collector, resolution)
    return bool(resolution.documents or resolution.masked)


def profile_named(values: PlainMapping[str, Declared]) -> str:
    """Return how a declared host reads its sysctl files: as declared, else by its system or kernel; empty else."""
    from planner.document.sysctl_host import profile_told  # noqa: PLC0415  start-up

    named = (values.get(f"server.{name}") for name in ("sysctl_profile", "os", "kernel"))
    profile, system, kernel = (str(each.value or "").lower() if each else "" for each in named)
    return profile or profile_told(f"{kernel} {system}", kernel)


def _add_mysql_root(collector: Collector, root: Path) -> bool:
    """Read the option files below a host's root with their includes; return whether there were any."""
    from planner.document.options_host import read_host_options  # noqa: PLC0415  start-up

    files = read_host_options(root)
    collector.take(files.documents, files.findings)
    add_options(collector, files.options)
    return bool(files.documents)


# Declarations that are no single value: the policy's lists, the report's brand, assumptions by name.

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
_RANGE = ("low", "typical", "high")
_ASSUMED = wording("a number, low:typical:high, or a mapping of low, typical and high")


def read_structure(parameter: Parameter, node: Node) -> Reading:
    """Return what a node of a structured kind (`ignores`, `severities`, `brand`) declares."""
    checks = {"ignores": _ignores, "severities": _severities, "brand": _brand}
    findings = tuple(checks[parameter.quantity](parameter, node))
    return Reading(frozen(plain(node)), readable=not findings, findings=findings)


def read_assumption(name: str, node: Node) -> Reading:
    """Return the value of one assumption: a number, or a mapping of low, typical and high."""
    place = Place(span=node.span, pointer=node.pointer, subject=f"assumptions.{name}")
    try:
        return Reading(_assumed(name, plain(node)), readable=True)
    except QuantityError as error:
        wrong = fault(
            error.rule,
            place,
            wording("assumption {name}: {problem}", name=name, problem=str(error)),
            hint=wording("Write {expected}.", expected=error.expected),
        )
        return Reading(None, readable=False, findings=(wrong,))


def _assumed(name: str, raw: Any) -> Value:  # noqa: ANN401  a plain value of any shape
    if not _NAME.fullmatch(name):
        raise QuantityError(
            wording("{name} is no assumption's name", name=quoted(name)),
            wording("a dotted name such as cdr.line_bytes"),
            "unknown-parameter",
        )
    if isinstance(raw, str) and ":" in raw:
        parts = raw.split(":")
        raw = dict(zip(_RANGE, parts, strict=True)) if len(parts) == len(_RANGE) else raw
    if isinstance(raw, dict):
        return _assumed_range(raw)
    return parse_quantity("number", raw)


def _assumed_range(raw: dict[str, Any]) -> Value:
    if "typical" not in raw or set(raw) - set(_RANGE):
        raise QuantityError(
            wording("the keys are {names}", names=", ".join(map(str, raw)) or wording("missing")), _ASSUMED
        )
    values = {key: _number(raw[key]) for key in _RANGE if key in raw}
    if list(values.values()) != sorted(values.values()):
        raise QuantityError(
            wording("low, typical and high are not in order"), wording("low <= typical <= high"), "out-of-range"
        )
    return dict(values)


def _number(raw: Any) -> float:  # noqa: ANN401  a plain value of any shape
    if isinstance(raw, str):
        return number(raw, _ASSUMED)
    value = parse_quantity("number", raw)
    if not isinstance(value, (int, float)):
        raise QuantityError(wording("{value} is not a number", value=quoted(raw)), _ASSUMED)
    return value


def _ignores(parameter: Parameter, node: Node) -> Iterator[Finding]:
    if not isinstance(node, Sequence):
        yield _wrong(
            parameter, node, wording("is not a list"), wording("Write a list of entries, each with rule and reason.")
        )
        return
    for item in node.items:
        if not isinstance(item, Mapping) or item.get("rule") is None:
            yield _wrong(
                parameter, item, wording("holds an entry without a rule"), wording("Write rule: NAME and reason: WHY.")
            )
            continue
        known = parameter.schema["items"]["properties"]
        for entry in item.entries:
            if entry.name not in known:
                yield _unknown(parameter, entry.key, tuple(known))
            elif not isinstance(entry.node, Scalar):
                yield _wrong(
                    parameter, entry.node, wording("has no single {name}", name=entry.name), wording("Write a text.")
                )
            elif entry.name == "until":
                yield from _date(parameter, entry.node)


def _date(parameter: Parameter, node: Scalar) -> Iterator[Finding]:
    try:
        parse_quantity("date", node.text)
    except QuantityError as error:
        yield _wrong(
            parameter,
            node,
            wording("has an until that is no day: {written}", written=quoted(node.text)),
            wording("Write {expected}.", expected=error.expected),
        )


def _severities(parameter: Parameter, node: Node) -> Iterator[Finding]:
    if not isinstance(node, Mapping):
        yield _wrong(parameter, node, wording("is not a mapping"), wording("Write RULE: LEVEL, one a line."))
        return
    levels = parameter.schema["additionalProperties"]["enum"]
    for entry in node.entries:
        if plain(entry.node) not in levels:
            place = Place(span=entry.node.span, pointer=entry.node.pointer, subject=f"{parameter.name}.{entry.name}")
            listed = ", ".join(levels)
            message = wording(
                "the severity of {rule} is {level}, none of {names}",
                rule=entry.name,
                level=quoted(plain(entry.node)),
                names=listed,
            )
            yield fault(
                "not-an-allowed-value",
                place,
                message,
                hint=wording("Write one of {names}.", names=listed),
                parameter=parameter,
            )


def _brand(parameter: Parameter, node: Node) -> Iterator[Finding]:
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return
    if not isinstance(node, Mapping):
        yield _wrong(
            parameter,
            node,
            wording("is neither a name nor a mapping"),
            wording("Write a name, or name, colour and logo."),
        )
        return
    known = ("name", "colour", "color", "logo")
    for entry in node.entries:
        value = plain(entry.node)
        if entry.name not in known:
            yield _unknown(parameter, entry.key, known)
        elif not isinstance(value, str):
            yield _wrong(
                parameter,
                entry.node,
                wording("has no text as {name}", name=entry.name),
                wording("Write a text, in quotes."),
            )
        elif entry.name.startswith("colo") and _COLOUR.fullmatch(value) is None:
            yield _wrong(
                parameter,
                entry.node,
                wording("has no colour in {value}", value=quoted(value)),
                wording("Write a colour such as '#0072b2'."),
            )


def _wrong(parameter: Parameter, node: Node, what: str, hint: str) -> Finding:
    place = Place(span=node.span, pointer=node.pointer, subject=parameter.name)
    return fault(
        "wrong-type", place, wording("{name} {what}", name=parameter.name, what=what), hint=hint, parameter=parameter
    )


def _unknown(parameter: Parameter, key: Scalar, known: tuple[str, ...]) -> Finding:
    place = Place(span=key.span, pointer=key.pointer, subject=f"{parameter.name}.{key.text}")
    message = wording("{name} has no key {key}", name=parameter.name, key=quoted(key.text))
    return fault(
        "unknown-parameter",
        place,
        message,
        hint=wording("The keys are {names}.", names=", ".join(known)),
        parameter=parameter,
    )
