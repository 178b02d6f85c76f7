"""From files, documents or plain mappings to a deployment; what is wrong becomes findings, not exceptions.

deployment = load("deployment.yaml")
deployment.value("traffic.cps"), deployment.findings
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.catalogue.parameters import sections, suggest
from planner.deployment.collector import Collector, entries_of, unknown
from planner.deployment.faults import Place, fault
from planner.deployment.settings import SECTIONS, add_options, add_resolution, add_settings
from planner.document.model import Mapping, Scalar
from planner.document.reader import read
from planner.document.sysctl_resolution import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as PlainMapping

    from planner.deployment.model import Deployment
    from planner.document.model import Document, Entry
    from planner.document.option_includes import OptionFiles
    from planner.document.sysctl_resolution import SettingsResolution

STRUCTURED = frozenset({"yaml", "json", "toml"})
"""Formats a deployment file may have; the others hold settings of one program."""

DEFAULT_PROFILE = "el7-boot"
"""How sysctl files are read where `server.sysctl_profile` is not declared: VOS3000 runs on CentOS 7."""

_FILE_SECTIONS = ("sysctl", "mysql")
# The versions decide what the rest is compared with.
_FIRST = ("server",)


def load(path: str | Path) -> Deployment:
    """Return the deployment in a file: YAML, JSON or TOML, or the settings of a sysctl or option file alone.

    Files it refers to (`sysctl: {file: ...}`) are read relative to it. A file that cannot be
    read is a finding.
    """
    return from_documents([read(path)])


def from_documents(
    documents: Iterable[Document],
    *,
    sysctl: SettingsResolution | None = None,
    options: OptionFiles | None = None,
) -> Deployment:
    """Return what several documents declare together, later ones over earlier ones.

    `sysctl` and `options` add the files of a host's root, resolved before; deployment files override them.
    """
    given = tuple(documents)
    collector = Collector()
    if sysctl is not None:
        collector.take(sysctl.documents, sysctl.findings)
        add_resolution(collector, sysctl)
    if options is not None:
        collector.take(options.documents, options.findings)
        add_options(collector, options.options)
    for document in given:
        if document.format in STRUCTURED or document.root is None:
            collector.take([document], document.findings)
            _add_deployment(collector, document)
        else:
            _add_settings(collector, document)
    return collector.deployment(collector.documents[0].path if collector.documents else "")


def from_mapping(mapping: PlainMapping[str, Any], path: str = "<mapping>") -> Deployment:
    """Return the deployment a plain mapping declares, as a deployment file of the same shape would.

    Findings name `path`; files are looked for relative to the working directory.
    """
    from planner.deployment.plain_nodes import document_of  # noqa: PLC0415  library use only

    return from_documents([document_of(mapping, path)])


def _add_deployment(collector: Collector, document: Document) -> None:
    root = document.root
    if root is None:
        return
    if not isinstance(root, Mapping):
        if not (isinstance(root, Scalar) and root.value is None):
            place = Place(span=root.span, pointer=root.pointer, subject="deployment")
            hint = f"Write sections: {', '.join(sections())}."
            collector.findings.append(
                fault("wrong-type", place, "a deployment is a mapping of sections", hint=hint)
            )
        return
    for entry in sorted(entries_of(root), key=lambda each: each.name not in _FIRST):
        if entry.name in sections():
            _add_section(collector, entry, document)
        else:
            collector.findings.append(unknown("", entry, suggest(entry.name)))
    _contradictions(collector)


def _add_section(collector: Collector, section: Entry, document: Document) -> None:
    node = section.node
    if isinstance(node, Scalar) and node.value is None:
        return
    if not isinstance(node, Mapping):
        place = Place(span=node.span, pointer=node.pointer, subject=section.name)
        collector.findings.append(
            fault("wrong-type", place, f"{section.name} is not a mapping of parameters")
        )
        return
    entries = entries_of(node)
    if section.name in _FILE_SECTIONS:
        _add_file(
            collector, section.name, next((each for each in entries if each.name == "file"), None), document
        )
    for entry in entries:
        if entry.name != "file" or section.name not in _FILE_SECTIONS:
            _add_nested(collector, section.name, entry)


def _add_nested(collector: Collector, section: str, entry: Entry) -> None:
    from planner.catalogue.schemas import schema  # noqa: PLC0415  the section's schema is loaded by now

    known = schema(section).get("properties", {}).get(entry.name, {})
    if known.get("x-quantity") != "section":
        collector.add(section, entry)
        return
    if not isinstance(entry.node, Mapping):
        place = Place(span=entry.node.span, pointer=entry.node.pointer, subject=f"{section}.{entry.name}")
        hint = f"Write the keys {' and '.join(known['properties'])} below it."
        collector.findings.append(
            fault("wrong-type", place, f"{section}.{entry.name} is not a mapping", hint=hint)
        )
        return
    for inner in entries_of(entry.node):
        collector.add(section, type(inner)(f"{entry.name}.{inner.name}", inner.key, inner.node))


def _add_file(collector: Collector, section: str, reference: Entry | None, document: Document) -> None:
    """Read the settings file a section refers to, relative to the document that names it."""
    if reference is None:
        return
    node = reference.node
    place = Place(span=node.span, pointer=node.pointer, subject=f"{section}.file")
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or not node.value.strip():
        collector.findings.append(fault("wrong-type", place, f"{section}.file is not a path"))
        return
    target = Path(document.path).parent / node.value.strip()
    if section == "sysctl" and target.is_dir():
        _add_root(collector, target)
    elif not target.is_file():
        what = "is a folder" if target.is_dir() else "does not exist"
        collector.findings.append(fault("missing-file", place, f"{section}.file: {target} {what}"))
    else:
        _add_settings(collector, _settings(target, section))


def _settings(target: Path, section: str) -> Document:
    """Return a settings file as its own format; a name that tells another one is not believed."""
    document = read(target)
    usual = {"sysctl": "sysctl", "mysql": "option-file"}[section]
    return document if SECTIONS.get(document.format) == section else read(target, usual)


def _add_settings(collector: Collector, document: Document) -> None:
    collector.take([document], document.findings)
    add_settings(collector, document)


def _add_root(collector: Collector, root: Path) -> None:
    """Read all sysctl files below a folder that stands for a host's root."""
    profile = collector.values.get("server.sysctl_profile")
    resolution = resolve(root, str(profile.value) if profile else DEFAULT_PROFILE)
    collector.take(resolution.documents, resolution.findings)
    add_resolution(collector, resolution)


def _contradictions(collector: Collector) -> None:
    """Compare the two measures of load where one of them is nothing."""
    cps, calls = (collector.values.get(f"traffic.{key}") for key in ("cps", "concurrent_calls"))
    if cps is None or calls is None or (cps.value == 0) == (calls.value == 0):
        return
    place = Place(span=calls.span, pointer=calls.pointer, subject=calls.name)
    message = f"{calls.text} concurrent calls at {cps.text} attempts per second"
    collector.findings.append(fault("contradictory-traffic", place, message))
