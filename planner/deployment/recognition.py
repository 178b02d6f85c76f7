"""Whether a file that was merely met holds settings of ours: told by its name or its content."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath

from planner.catalogue.parameter import parameter, sections
from planner.document.model import Mapping, Scalar
from planner.document.reader import detect, parse, sniff

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
    name, text = PurePath(path).name.lower(), sniff(data)
    kind = detect(path, text)
    if kind in _STRUCTURED:
        return _is_deployment(path, data, kind)
    if kind == "sysctl":
        return name.startswith("sysctl.conf") or bool(_KERNEL.search(text))
    if kind == "option-file":
        client = name.endswith(".cnf") and _CLIENT.search(text)
        return name.startswith("my.cnf") or bool(_SERVER.search(text) or client)
    return kind in ("sysctl-dump", "bundle") or (kind == "variables-dump" and bool(_VARIABLE.search(text)))


def _is_deployment(path: str, data: bytes, kind: str) -> bool:
    if not _tops(kind).search(data.decode(errors="replace")):
        return False
    root = parse(data, path, kind).root
    if root is None:  # broken since somebody last checked it, perhaps: that must not pass
        return True
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
