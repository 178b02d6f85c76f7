"""The sections of a deployment file, each parameter of each, and the settings files they refer to."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from planner.catalogue.parameters import parameter, sections, suggest
from planner.catalogue.schemas import schema
from planner.deployment.collector import entries_of, unknown
from planner.deployment.faults import Place, fault
from planner.deployment.references import FILE_SECTIONS, add_file
from planner.document.model import Entry, Mapping, Scalar
from planner.finding import Span
from planner.wording import additions, wording

if TYPE_CHECKING:
    from planner.deployment.collector import Collector
    from planner.document.model import Document, Node

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
        else:
            collector.findings.append(unknown("", entry, suggest(entry.name), hint=_misplaced(entry.name)))
    _contradictions(collector)


def _is_bare(root: Node) -> bool:
    """Tell whether a file holds nothing, or sections without anything in them alone."""
    entries = root.entries if isinstance(root, Mapping) else ()
    return _is_nothing(root) or (
        bool(entries) and all(entry.name in sections() and _is_nothing(entry.node) for entry in entries)
    )


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
    for entry in sorted(entries_of(node), key=lambda each: each.name != "file"):
        if entry.name == "file" and section.name in FILE_SECTIONS:
            add_file(collector, section.name, entry, document)
        else:
            _add_nested(collector, section.name, entry)


def _add_nested(collector: Collector, section: str, entry: Entry) -> None:
    known = _nested(section).get(entry.name)
    if known is None:
        collector.add(section, entry)
        return
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
def _nested(section: str) -> dict[str, Any]:
    """Return the schemas of the sections within a section by their names."""
    entries = schema(section).get("properties", {})
    return {name: each for name, each in entries.items() if each.get("x-quantity") == "section"}


def _contradictions(collector: Collector) -> None:
    """Compare the two measures of load where one of them is nothing."""
    cps, calls = (collector.values.get(f"traffic.{key}") for key in ("cps", "concurrent_calls"))
    if cps is None or calls is None or (cps.value == 0) == (calls.value == 0):
        return
    place = Place(span=calls.span, pointer=calls.pointer, subject=calls.name)
    message = wording("{calls} concurrent calls at {cps} attempts per second", calls=calls.text, cps=cps.text)
    collector.findings.append(fault("contradictory-traffic", place, message))
