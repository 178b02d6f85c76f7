"""Loads a deployment: whether a file holds settings of ours, and from nodes to declared values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from collections.abc import Mapping as PlainMapping
from collections.abc import Sequence as PlainSequence
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from planner.catalogue.parameter import parameter, sections
from planner.deployment.gather import Collector, add_deployment
from planner.deployment.model import Declared, Deployment
from planner.deployment.settings import add_options, add_resolution, take_settings
from planner.document.model import Document, Entry, Mapping, Node, Scalar, Sequence
from planner.document.options_host import OptionFiles
from planner.document.reader import detect, parse, read, sniff
from planner.document.sysctl_host import SettingsResolution
from planner.finding import Span

_STRUCTURED = frozenset({"yaml", "json", "toml"})
_OWN_NAMES = ("softswitch", "traffic", "retention", "topology")
"""Sections that nobody else's files have at their top; the other names are common, and need a key we know."""

_KERNEL = re.compile(r"^\s*-?(?:net|kernel|vm|fs|dev|user|abi|debug|sunrpc)[./]\S+\s*=", re.MULTILINE)
_SERVER = re.compile(
    r"^\s*\[\s*(?:mysql\w*|mariadb\w*|galera|isamchk|myisamchk)[\w.-]*\s*\]", re.MULTILINE | re.IGNORECASE
)
_CLIENT = re.compile(r"^\s*(?:\[\s*(?:server|client)\s*\]|!include(?:dir)?\s)", re.MULTILINE | re.IGNORECASE)
_VARIABLE = re.compile(r"\b(?:innodb_\w+|max_connections|key_buffer_size)\b")


def holds_settings(path: str, data: bytes) -> bool:
    """Tell whether a file is a deployment, or settings of a kernel or of MySQL: by its name or its content."""
    return settings_in(path, data) is not None


def settings_in(path: str, data: bytes) -> Document | None:
    """Return the document of a file that holds settings; None of others."""
    text = sniff(data)
    kind = detect(path, text)
    if kind in _STRUCTURED:
        return _deployment(path, data, kind)
    return parse(data, path, kind) if _is_settings(PurePath(path).name.lower(), text, kind) else None


def _is_settings(name: str, text: str, kind: str) -> bool:
    if kind == "sysctl":
        return name.startswith("sysctl.conf") or bool(_KERNEL.search(text))
    if kind == "option-file":
        client = name.endswith(".cnf") and _CLIENT.search(text)
        return name.startswith("my.cnf") or bool(_SERVER.search(text) or client)
    return kind in ("sysctl-dump", "bundle") or (kind == "variables-dump" and bool(_VARIABLE.search(text)))


def _deployment(path: str, data: bytes, kind: str) -> Document | None:
    if not _tops(kind).search(data.decode(errors="replace")):
        return None
    document = parse(data, path, kind)
    # What does not parse was broken since somebody last checked it, perhaps: that must not pass.
    return document if document.root is None or _is_deployment(document.root) else None


def _is_deployment(root: Node) -> bool:
    if not isinstance(root, Mapping) or _is_document(root):
        return False
    return any(_is_section(entry.name, entry.node) for entry in root.entries)


def _is_document(root: Mapping) -> bool:
    """Tell whether this is what the program itself wrote, such as a saved sizing."""
    said = root.get("schema")
    return isinstance(said, Scalar) and bool(re.fullmatch(r"[a-z-]+-v\d+", str(said.value)))


def _is_section(name: str, node: object) -> bool:
    if name not in sections() or not isinstance(node, Mapping):
        return False
    known = (parameter(f"{name}.{entry.name}") for entry in node.entries)
    return name in _OWN_NAMES or any(known) or node.get("file") is not None


@cache
def _tops(kind: str) -> re.Pattern[str]:
    names = "|".join(sections())
    if kind == "yaml":
        return re.compile(rf"^[\"']?(?:{names})[\"']?\s*:\s*(?:$|[#{{&!*~]|null)|^(?:---\s*)?\{{", re.MULTILINE)
    if kind == "toml":
        return re.compile(rf"^\s*(?:\[\s*(?:{names})\s*[\].]|(?:{names})\s*[.=])", re.MULTILINE)
    return re.compile(rf'"(?:{names})"\s*:\s*\{{')


# Plain mappings as documents, so that library calls and files are read by the same code.

_DEEPEST = 20


def document_of(mapping: PlainMapping[str, Any], path: str) -> Document:
    """Return a mapping as a document whose every place is its beginning; `path` names it."""
    return Document(path, "json", "", _node(mapping, Span.at(path, 1, 1), "", 0))


def _node(value: Any, span: Span, pointer: str, depth: int) -> Node:  # noqa: ANN401  a plain value of any shape
    if depth > _DEEPEST:
        return Scalar("...", "...", span, pointer)
    if isinstance(value, PlainMapping):
        return Mapping(tuple(_entry(key, inner, span, pointer, depth) for key, inner in value.items()), span, pointer)
    if isinstance(value, PlainSequence) and not isinstance(value, (str, bytes)):
        items = (_node(inner, span, f"{pointer}/{at}", depth + 1) for at, inner in enumerate(value))
        return Sequence(tuple(items), span, pointer)
    return Scalar(*_scalar(value), span, pointer)


def _entry(key: object, value: Any, span: Span, pointer: str, depth: int) -> Entry:  # noqa: ANN401  any shape
    name = str(key)
    below = pointer + "/" + name.replace("~", "~0").replace("/", "~1")
    return Entry(name, Scalar(name, name, span, below), _node(value, span, below, depth + 1))


def _scalar(value: object) -> tuple[Any, str]:
    if value is None or isinstance(value, bool):
        return value, {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        # A number of thousands of digits cannot even be printed; a float shows its size.
        return (value, str(value)) if abs(value) < 1 << 1024 else (math.inf, "a number of more than 300 digits")
    return (value, repr(value)) if isinstance(value, float) else (str(value), str(value))


# From files, documents or plain mappings to a deployment; what is wrong becomes findings, not exceptions.
#
# `load("deployment.yaml")` gives one whose `value("traffic.cps")` and `findings` are ready to use.

STRUCTURED = frozenset({"yaml", "json", "toml"})
"""Formats a deployment file may have; the others hold settings of one program."""


def load(*paths: str | Path) -> Deployment:
    """Return the deployment in a file: YAML, JSON or TOML, or the settings of a sysctl or option file alone.

    Of several files the later ones stand over the earlier.

    Files it refers to (`sysctl: {file: ...}`) are read relative to it. A file that cannot be
    read is a finding.
    """
    return from_documents([read(path, pipes=True) for path in paths])


def from_documents(
    documents: Iterable[Document],
    *,
    sysctl: SettingsResolution | None = None,
    options: OptionFiles | None = None,
    system: str = "",
) -> Deployment:
    """Return what several documents declare together, later ones over earlier ones.

    `sysctl` and `options` add the files of a host's root, resolved before, and `system` what it says it is; deployment
    files override them.
    """
    given = tuple(documents)
    collector = Collector()
    if system:
        collector.values["server.os"] = Declared("server.os", system, system)
    if sysctl is not None:
        collector.take(sysctl.documents, sysctl.findings)
        add_resolution(collector, sysctl)
    if options is not None:
        collector.take(options.documents, options.findings)
        add_options(collector, options.options)
    for document in given:
        if document.format == "bundle" and document.root is not None:
            from planner.deployment.host import add_running  # noqa: PLC0415  start-up

            add_running(collector, document)
        elif document.format in STRUCTURED or document.root is None:
            collector.take([document], document.findings)
            add_deployment(collector, document)
        else:
            take_settings(collector, document)
    return collector.deployment(collector.documents[0].path if collector.documents else "")


def from_mapping(mapping: PlainMapping[str, Any], path: str = "<mapping>") -> Deployment:
    """Return the deployment a plain mapping declares, as a deployment file of the same shape would.

    Findings name `path`; files are looked for relative to the working directory.
    """
    return from_documents([document_of(mapping, path)])
