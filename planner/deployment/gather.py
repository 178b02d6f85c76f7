"""Gathers what documents declare: values in force, shadowed ones, findings, section by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple

from planner.catalogue.data import schema
from planner.catalogue.parameter import (
    Parameter,
    canonical_key,
    is_open,
    meant,
    parameter,
    resolve,
    sections,
    spelled,
    suggest,
)
from planner.catalogue.releases import Version
from planner.catalogue.units import quoted
from planner.deployment.interpret import Reading, outside_kernel, read_value
from planner.deployment.model import Declared, Deployment, Value
from planner.deployment.names import misspelled, passed_over, slip, switched, version_faults, version_name, version_of
from planner.deployment.native import (
    MASK,
    Place,
    fault,
    is_secret,
    kernel_text,
    mysql_text,
    secrets_in,
    setting_text,
    without_secrets,
)
from planner.deployment.settings import FILE_SECTIONS, add_file, read_assumption, read_structure
from planner.document.model import Document, Entry, Mapping, Node, Scalar, Simple
from planner.finding import Edit, Finding, Related, Severity, Span
from planner.wording import additions, alternatives, wording

_MOST_SLIPS = 500
_FEW_REPEATS = 5
_OURS = frozenset({"file", "cdr_engine"})  # of the section, not of the server
_REFUSED = frozenset({"wrong-type", "unit-impossible", "not-an-allowed-value"})
_APART = "x-"  # as in Compose files: begins a name below which stands what anchors repeat
_NOT_KNOWN = frozenset({"unknown-parameter", "removed-parameter", "not-yet-in-version"})
_AS_SHOWN = wording("Keep the name that the product shows: sources disagree on it.")
_STRUCTURES = frozenset({"ignores", "severities", "brand"})
_LONGEST_KEPT = 200
_KEY, _NODE = Span("", 1, 1, 1, 2), Span("", 1, 3, 1, 4)
_new = tuple.__new__  # in half the time of the class's own constructor


@dataclass
class Collector:
    """What has been read so far; a value that is read later replaces one of the same name."""

    values: dict[str, Declared] = field(default_factory=dict)
    shadowed: list[Declared] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    _spellings: set[str] = field(default_factory=set)
    _unknown_names: int = 0

    def take(self, documents: Iterable[Document], findings: Iterable[Finding]) -> None:
        """Note files that were read, and what reading them showed."""
        self.documents += documents
        self.findings += filter(None, map(self._in_capitals, findings))

    def _in_capitals(self, found: Finding) -> Finding | None:
        """Return a finding as the declared server sees it: one takes names in capitals, another does not start."""
        if found.rule != "option-in-capitals":
            return found
        from planner.document.mysql import ServerVersion  # noqa: PLC0415  start-up
        from planner.document.options_host import takes_capitals  # noqa: PLC0415  start-up

        version = version_of("mysql", self.values)
        if version is not None and takes_capitals(ServerVersion(version.numbers, version.mariadb)):
            return None
        sure = version is not None and not version.mariadb
        return found._replace(severity=Severity.ERROR) if sure else found

    def add(self, section: str, entry: Entry, *, dumped: bool = False) -> None:
        """Declare one setting; the names in a running program's dump are right by themselves."""
        name, key, node = entry
        if type(node) is Scalar and node.value is not None and len(key.text) + len(node.text) <= _LONGEST_KEPT:
            value, text, span, pointer, _ = node
            version = self.values.get(version_name(section))
            said = None if version is None else version.value
            kept = _faultless(section, name, key.text, value, text, said, dumped)
            if kept is not None:
                known, meaning, shown, beyond = kept
                self._unknown_names += beyond
                self._put(_new(Declared, (known, meaning, shown, span, key.span, pointer)))
                return
        self.judge(section, entry, dumped=dumped)

    def judge(self, section: str, entry: Entry, *, dumped: bool) -> None:
        """Declare one setting, whatever is known of others like it."""
        if section == "assumptions":
            self._keep(f"assumptions.{entry.name}", entry, read_assumption(entry.name, entry.node))
            return
        if section == "mysql" and not dumped:
            entry = switched(entry)
        written, key = spelled(section, entry.name), canonical_key(section, entry.name)
        if section == "mysql" and passed_over(entry, entry.name, version_of("mysql", self.values)):
            return
        said = self._option(key, entry, written) if section == "mysql" and not dumped else []
        self.findings += said
        if section == "sysctl" and not dumped and (refused := self._refused(key, entry, written)):
            self.findings.append(refused)
        elif written is None:
            self._unknown(section, key, entry, dumped=dumped)
        elif not (dumped and written.alias_of and meant(written).name in self.values):
            # A running kernel shows one value under each of its names.
            self._known(written, entry, said)

    def _option(self, key: str, entry: Entry, written: Parameter | None) -> list[Finding]:
        """Return what the servers the deployment may run on make of an option under this name."""
        if key in _OURS:
            return []
        from planner.deployment.names import option_faults  # noqa: PLC0415  start-up

        version = version_of("mysql", self.values)
        said = list(option_faults(entry, key, version))
        if written is None or version is None or any(each.severity is Severity.ERROR for each in said):
            return said
        place = Place(span=entry.key.span, pointer=entry.node.pointer, subject=written.name)
        return list(version_faults(written, place, version)) or said

    def _refused(self, key: str, entry: Entry, written: Parameter | None) -> Finding | None:
        """Return what is said of a number the kernel refuses, of a key whose range the catalogue does not have."""
        found = meant(written) if written else None
        usual = Version.read(schema("sysctl")["x-usual-version"])
        if usual is None or not isinstance(entry.node, Scalar) or (found and found.limits != (None, None)):
            return None
        value = kernel_text(setting_text(entry.node))
        return outside_kernel(found.key if found else key, entry.node, value, version_of("sysctl", self.values), usual)

    def shadow(self, section: str, earlier: Entry, later: Entry) -> None:
        """Note an assignment that a later one of the same file, or of a stronger one, overrides."""
        key = canonical_key(section, earlier.name)
        found = resolve(f"{section}.{key}")
        pair = [self._declared(f"{section}.{key}", each, _quietly(found, each)) for each in (earlier, later)]
        self.shadowed.append(pair[0])
        self.findings.append(shadowing(*pair))
        if section == "mysql":
            # The server reads every line, and stops at what it refuses whether a later one follows.
            said = [] if found is None else read_value(found, earlier.node, version_of(section, self.values)).findings
            # Of names that are not known the later line tells, unless it is a loose one.
            rules = _REFUSED | _NOT_KNOWN if _loose(later) and not _loose(earlier) else _REFUSED
            self.findings += [each for each in (*self._option(key, earlier, None), *said) if each.rule in rules]

    def _known(self, written: Parameter, entry: Entry, said: Sequence[Finding] = ()) -> None:
        found = meant(written)
        version = version_of(found.section, self.values)
        if (written.dated or written.alias_of) and not said:
            self._spelling(written, found, entry, version)
        structured = found.quantity in _STRUCTURES
        reading = read_structure(found, entry.node) if structured else read_value(found, entry.node, version)
        family = found.quantity == "family"
        name = f"{found.section}.{canonical_key(found.section, entry.name)}" if family else found.name
        if said and reading.findings:
            told = {(each.rule, each.span) for each in said}
            reading = reading._replace(findings=tuple(f for f in reading.findings if (f.rule, f.span) not in told))
        self._keep(name, entry, reading)

    def _spelling(self, written: Parameter, found: Parameter, entry: Entry, version: Version | None) -> None:
        """Note whether the version has a parameter under this name, and whether it is the usual one."""
        place = Place(span=entry.key.span, pointer=entry.node.pointer, subject=written.name)
        faults = list(version_faults(written, place, version)) if version and not _loose(entry) else []
        self.findings += faults
        since = written.schema.get("x-renamed", {}).get("in", "")
        if written.alias_of and not faults and (version is None or version.reaches(since or "0")):
            self._alias(found, entry, place, "" if version else since)

    def _keep(self, name: str, entry: Entry, reading: Reading) -> None:
        self.findings += reading.findings
        if not reading.readable:
            return
        self._put(self._declared(name, entry, reading.value))

    def _put(self, declared: Declared) -> None:
        earlier = self.values.get(declared.name)
        if earlier is not None:
            self.shadowed.append(earlier)
            # What stands beside a referred file overrides it on purpose.
            if earlier.span and declared.span and earlier.span.path == declared.span.path:
                self.findings.append(shadowing(earlier, declared))
        self.values[declared.name] = declared

    def _declared(self, name: str, entry: Entry, value: Value) -> Declared:
        node = entry.node
        text = node.text if isinstance(node, Scalar) else setting_text(node)
        if is_secret(name, text):
            value = text = MASK
        return Declared(name, value, text, node.span, entry.key.span, node.pointer)

    def _alias(self, found: Parameter, entry: Entry, place: Place, since: str) -> None:
        if entry.key.text in self._spellings:
            return
        self._spellings.add(entry.key.text)
        message = wording("{alias} is another name of {name}", alias=entry.key.text, name=found.key)
        # Where sources disagree on the name, or the version may be older than it, nobody knows which one is taken.
        open_to_doubt = found.confidence == "conflicting" or since
        fix = None if open_to_doubt else Edit(span=entry.key.span, replacement=found.key)
        usual = wording("Write {name}.", name=found.key)
        newer = wording("From {version} on, write {name}.", version=since, name=found.key) if since else _AS_SHOWN
        self.findings.append(
            fault("alias-spelling", place, message, hint=usual if fix else newer, parameter=found, fix=fix)
        )

    def _unknown(self, section: str, key: str, entry: Entry, *, dumped: bool) -> None:
        if not is_open(section):
            self._unknown_names += 1
            near = suggest(f"{section}.{key}") if self._unknown_names <= _MOST_SLIPS else ()
            # The manual has more parameters of the softswitch than the catalogue: what no slip explains may be one.
            may_be = section == "softswitch" and key.isupper() and not any(slip(each, key) for each in near)
            self.findings.append(unknown(section, entry, near, Severity.WARNING if may_be else None))
            return
        self._unknown_names += 1
        # Likeness is costly to tell, and so many names are no slips.
        is_slip = section != "mysql" and not dumped and self._unknown_names <= _MOST_SLIPS
        if is_slip and (meant_name := misspelled(section, key)):
            self.findings.append(unknown(section, entry, (meant_name,), Severity.WARNING))
        if isinstance(entry.node, Mapping):
            self.findings.append(_nested(section, key, entry))
            return
        text = setting_text(entry.node)
        value = kernel_text(text) if section == "sysctl" else mysql_text(text)
        self._keep(f"{section}.{key}", entry, Reading(value, readable=True))

    def deployment(self, path: str = "") -> Deployment:
        """Return what was gathered, findings in the order of their places."""
        told = _without_repeats(dict.fromkeys(self.findings))
        ordered = sorted(told, key=lambda each: (each.span.path, each.span.line, each.span.column))
        secrets = frozenset[str]().union(*(secrets_in(each.text) for each in self.documents if ordered))
        said = (without_secrets(each, secrets) for each in ordered) if secrets else ordered
        return Deployment(self.values, tuple(self.shadowed), tuple(self.documents), tuple(said), path)


class _Faultless(NamedTuple):
    """What a setting declares wherever it stands; `beyond` where the catalogue does not have it."""

    name: str
    value: Value
    text: str
    beyond: bool


@lru_cache(maxsize=4096, typed=True)
def _faultless(  # noqa: PLR0913, PLR0917  all that a setting is judged by
    section: str,
    name: str,
    written: str,
    value: Simple,
    text: str,
    version: Value,
    dumped: bool,  # noqa: FBT001
) -> _Faultless | None:
    """Return what a setting declares of which nothing is to be said, wherever it stands; None for any other.

    Files of one run hold the same settings again and again. `version` is what is declared of the section's program;
    `typed` keeps `true` and 1 apart.
    """
    given = version_name(section)
    alone = Collector({given: Declared(given, version, "")} if version is not None else {})
    entry = Entry(name, Scalar(written, written, _KEY, ""), Scalar(value, text, _NODE, ""))
    alone.judge(section, entry, dumped=dumped)
    found = [each for each in alone.values.values() if each.span]
    # A mapping is nobody's to share.
    if alone.findings or len(found) != 1 or isinstance(found[0].value, dict):
        return None
    return _Faultless(*found[0][:3], bool(alone._unknown_names))  # noqa: SLF001  its own kind


def _without_repeats(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings, of a file in which many settings stand twice with one value a single one that counts them."""
    repeats: dict[str, list[Finding]] = {}
    for each in findings:
        if each.rule == "shadowed-setting" and each.severity is Severity.INFO:
            repeats.setdefault(each.span.path, []).append(each)
        else:
            yield each
    for found in repeats.values():
        if len(found) <= _FEW_REPEATS:
            yield from found
            continue
        message = wording(
            "{name} is set again later, to the same value, as are {count} more settings of the file",
            name=found[0].subject,
            count=len(found) - 1,
        )
        related = [place for each in found[1:] for place in each.related]
        yield found[0]._replace(message=message, related=(*found[0].related, *related))


def unknown(
    section: str, entry: Entry, near: tuple[str, ...], severity: Severity | None = None, hint: str = ""
) -> Finding:
    """Return the finding of a name no section has, with those it resembles; `hint` replaces these."""
    place = Place(span=entry.key.span, pointer=entry.node.pointer, subject=f"{section}.{entry.name}".strip("."))
    fix = Edit(span=entry.key.span, replacement=near[0]) if len(near) == 1 and not hint else None
    hint = hint or (
        wording("Did you mean {names}?", names=alternatives(near))
        if near
        else wording("Compare it with the client; `plan params` lists the names known here.")
        if section == "softswitch"
        else wording("`plan params` lists every name.")
    )
    name = quoted(entry.key.text)
    message = (
        wording("{name} is no parameter of the softswitch that is known here", name=name)
        if section == "softswitch" and severity
        else wording("there is no parameter {name} in {section}", name=name, section=section)
        if section
        else wording("there is no parameter {name}", name=name)
    )
    return fault("unknown-parameter", place, message, hint=hint, severity=severity, fix=fix)


def _nested(section: str, key: str, entry: Entry) -> Finding:
    """Return the finding of a mapping where a setting's whole name should stand."""
    inner = entries_of(entry.node)
    place = Place(span=entry.key.span, pointer=entry.node.pointer, subject=f"{section}.{key}")
    name = f"{key}.{inner[0].name}" if inner and section == "sysctl" else wording("the setting")
    hint = (
        wording("Write names in full, on one line each: {name}...: value.", name=name)
        if inner
        else wording("Write names in full, on one line each: {name}: value.", name=name)
    )
    return fault(
        "wrong-type", place, wording("{section}.{key} is a mapping, not a value", section=section, key=key), hint=hint
    )


def shadowing(earlier: Declared, later: Declared) -> Finding:
    """Return the finding of an assignment without effect; of little weight where both say the same."""
    same = earlier.value == later.value
    place = Place(span=earlier.key_span or earlier.span, pointer=earlier.pointer, subject=earlier.name)
    message = (
        wording("{name} is set again later, to the same value", name=earlier.name)
        if same
        else wording("{name} is set again later, to {later}", name=earlier.name, later=later.text)
    )
    where = later.key_span or later.span
    related = (Related(wording("this one is in force"), where),) if where else ()
    level = Severity.INFO if same else Severity.WARNING
    return fault("shadowed-setting", place, message, related=related, severity=level)


def entries_of(node: Node | None) -> tuple[Entry, ...]:
    """Return the entries of a mapping that are in force: of a repeated key the last."""
    if not isinstance(node, Mapping):
        return ()
    return tuple({entry.name: entry for entry in node.entries}.values())


def _quietly(found: Parameter | None, entry: Entry) -> Value:
    """Return what an assignment without effect would have set; its text where that cannot be told."""
    value = read_value(found, entry.node).value if found else None
    return setting_text(entry.node) if value is None else value


def _loose(entry: Entry) -> bool:
    """Tell whether a MySQL option is written so that a server without it only warns."""
    return entry.key.text.lower().startswith("loose")


# The sections of a deployment file, each parameter of each, and the settings files they refer to.

# The versions decide what the rest is compared with.
_FIRST = ("server",)


def add_deployment(collector: Collector, document: Document) -> None:
    """Declare what the sections of a deployment file hold."""
    root = document.root
    if root is None:
        return
    if _is_bare(root):
        place = Place(span=Span.at(document.path, 1, 1), pointer="", subject="deployment")
        collector.findings.append(
            fault("empty-deployment", place, wording("the deployment declares nothing; nothing was checked"))
        )
    if not isinstance(root, Mapping):
        if not (isinstance(root, Scalar) and root.value is None):
            place = Place(span=root.span, pointer=root.pointer, subject="deployment")
            hint = wording("Write sections: {names}.", names=", ".join(sections()))
            if isinstance(root, Scalar) and "\uff1a" in root.text:
                hint = wording("Write the colon as `:`, not as the full-width one.")
            collector.findings.append(
                fault("wrong-type", place, wording("a deployment is a mapping of sections"), hint=hint)
            )
        return
    for entry in sorted(entries_of(root), key=lambda each: each.name not in _FIRST):
        if entry.name in sections():
            _add_section(collector, entry, document)
        elif not entry.name.startswith(_APART):
            collector.findings.append(unknown("", entry, suggest(entry.name), hint=_misplaced(entry.name)))
    _contradictions(collector)


def _is_bare(root: Node) -> bool:
    """Tell whether a file holds nothing, or sections without anything in them alone."""
    entries = root.entries if isinstance(root, Mapping) else ()
    return _is_nothing(root) or (bool(entries) and all(map(_says_nothing, entries)))


def _says_nothing(entry: Entry) -> bool:
    return entry.name.startswith(_APART) or (entry.name in sections() and _is_nothing(entry.node))


def _is_nothing(node: Node) -> bool:
    if isinstance(node, Mapping):
        return not node.entries
    return isinstance(node, Scalar) and node.value is None


def _misplaced(name: str) -> str:
    """Return where a name belongs that stands beside the sections; empty where no section has it."""
    homes = [section for section in sections() if section != "policy" and parameter(f"{section}.{name}")]
    return wording("Indent it below `{section}:`, where it belongs.", section=homes[0]) if len(homes) == 1 else ""


def _add_section(collector: Collector, section: Entry, document: Document) -> None:
    node = section.node
    if isinstance(node, Scalar) and node.value is None:
        return
    if not isinstance(node, Mapping):
        place = Place(span=node.span, pointer=node.pointer, subject=section.name)
        hint = wording(
            "Write one `name: value` a line, indented below `{section}:`, without dashes.", section=section.name
        )
        collector.findings.append(
            fault(
                "wrong-type",
                place,
                wording("{section} is not a mapping of parameters", section=section.name),
                hint=hint,
            )
        )
        return
    entries, nested = entries_of(node), _nested_section(section.name)
    if section.name in FILE_SECTIONS:
        for entry in entries:
            if entry.name == "file":
                add_file(collector, section.name, entry, document)
        entries = tuple(entry for entry in entries if entry.name != "file")
    for entry in entries:
        if entry.name in nested:
            _add_nested(collector, section.name, entry, nested[entry.name])
        else:
            collector.add(section.name, entry)


def _add_nested(collector: Collector, section: str, entry: Entry, known: dict[str, Any]) -> None:
    if not isinstance(entry.node, Mapping):
        place = Place(span=entry.node.span, pointer=entry.node.pointer, subject=f"{section}.{entry.name}")
        hint = wording("Write the keys {names} below it.", names=additions(known["properties"]))
        collector.findings.append(
            fault("wrong-type", place, wording("{name} is not a mapping", name=f"{section}.{entry.name}"), hint=hint)
        )
        return
    for inner in entries_of(entry.node):
        collector.add(section, Entry(f"{entry.name}.{inner.name}", inner.key, inner.node))


@cache
def _nested_section(section: str) -> dict[str, Any]:
    """Return the schemas of the sections within a section by their names."""
    entries = schema(section).get("properties", {})
    return {name: each for name, each in entries.items() if each.get("x-quantity") == "section"}


def _contradictions(collector: Collector) -> None:
    """Compare the measures of load: where one of them is nothing, or says nothing without another."""
    peak = collector.values.get("traffic.peak_factor")
    minutes, refused = "traffic.daily_minutes", (each.subject for each in collector.findings)
    if peak is not None and minutes not in collector.values and minutes not in refused:
        place = Place(span=peak.span, pointer=peak.pointer, subject=peak.name)
        message = wording("peak_factor {factor} has no effect: it is that of daily_minutes", factor=peak.text)
        collector.findings.append(fault("peak-factor-without-minutes", place, message))
    cps, calls = (collector.values.get(f"traffic.{key}") for key in ("cps", "concurrent_calls"))
    if cps is None or calls is None or (cps.value == 0) == (calls.value == 0):
        return
    place = Place(span=calls.span, pointer=calls.pointer, subject=calls.name)
    message = wording("{calls} concurrent calls at {cps} attempts per second", calls=calls.text, cps=cps.text)
    collector.findings.append(fault("contradictory-traffic", place, message))
