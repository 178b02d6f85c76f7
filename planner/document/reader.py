"""The one interface every file is read through: `read` a path, `parse` a text, `detect` a format.

Whatever the input, the answer is a `Document`. Where nothing could be read its root is None and a finding
with a place says why; no function here raises on what a user wrote.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from planner.document.decoding import decode
from planner.document.detection import detect, sniff
from planner.document.faults import RefusedError, refuse
from planner.document.model import Document
from planner.finding import Span
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.document.decoding import Decoded
    from planner.document.model import Node
    from planner.finding import Finding

    Parser = Callable[[Decoded, str], tuple[Node, tuple[Finding, ...]]]

__all__ = ["FORMATS", "LARGEST", "detect", "parse", "read"]

LARGEST = {"yaml": 2 << 20, "json": 2 << 20, "toml": 1 << 19, "unknown": 2 << 20}
"""Bytes of the largest structured file that is read: ten times a deployment with 2,000 gateways."""

LARGEST_DUMP = 16 << 20
"""Bytes of the largest line-by-line file that is read: a hundred times a `sysctl -a` dump."""

MOST_LINES = {"sysctl": 50_000, "option-file": 50_000, "sysctl-dump": 100_000, "variables-dump": 100_000}
"""Lines of the longest file that is read line by line: each costs about 20 microseconds and a kilobyte."""

_EMPTY = wording("Give settings, or name the file by what it is: an empty .yaml, sysctl.conf or my.cnf is valid.")

_PARSERS = {
    "yaml": "planner.document.yaml_reader:read_yaml",
    "json": "planner.document.json_reader:read_json",
    "toml": "planner.document.toml_reader:read_toml",
    "sysctl": "planner.document.sysctl_file:read_sysctl",
    "sysctl-dump": "planner.document.sysctl_dump:read_sysctl_dump",
    "option-file": "planner.document.option_file:read_options",
    "variables-dump": "planner.document.variables_dump:read_variables",
}

FORMATS = (*_PARSERS, "unknown")
"""The formats `detect` tells apart and `parse` takes."""

_USUAL = 1 << 16


def read(path: str | Path, kind: str | None = None) -> Document:
    """Return the document in a file; `-` is standard input. `kind`, one of `FORMATS`, is detected if None."""
    name = "<stdin>" if str(path) == "-" else str(path)
    try:
        data = _stdin() if name == "<stdin>" else file_bytes(Path(path), name)
    except RefusedError as error:
        return Document(name, kind or detect(name, ""), "", None, (error.finding,))
    return parse(data, name, kind)


def parse(source: str | bytes, path: str, kind: str | None = None) -> Document:
    """Return the document in a text or in the bytes of a file; `path` names it in every span."""
    chosen = kind or detect(path, source if isinstance(source, str) else sniff(source))
    try:
        _measure(source, path, chosen)
        decoded = decode(source, path, chosen)
    except RefusedError as error:
        return Document(path, chosen, "", None, (error.finding,))
    return _parsed(decoded, path, chosen)


def _parsed(decoded: Decoded, path: str, kind: str) -> Document:
    try:
        if kind == "unknown" and not decoded.text.strip():
            raise refuse("unreadable-file", Span.at(path, 1, 1), wording("there is nothing in it"), hint=_EMPTY)
        parser = _parser(kind, path)
        root, findings = parser(decoded, path)
    except RefusedError as error:
        return Document(path, kind, decoded.text, None, (*decoded.findings, error.finding))
    return Document(path, kind, decoded.text, root, (*decoded.findings, *findings))


def _parser(kind: str, path: str) -> Parser:
    if kind not in _PARSERS:
        message = wording("the file is none of YAML, JSON, TOML, sysctl, MySQL option file or a dump of settings")
        hint = wording("Name the file by what it is: .yaml, .json, .toml, sysctl.conf or my.cnf.")
        raise refuse("unreadable-file", Span.at(path, 1, 1), message, hint=hint)
    return _imported(_PARSERS[kind])


@cache
def _imported(reference: str) -> Parser:
    module, _, name = reference.partition(":")
    parser: Parser = getattr(import_module(module), name)
    return parser


def _measure(source: str | bytes, path: str, kind: str) -> None:
    largest = LARGEST.get(kind, LARGEST_DUMP)
    if len(source) > largest:
        message = wording(
            "the file is larger than the {most} KiB a {format} file may have", most=f"{largest // 1024:,}", format=kind
        )
        raise refuse("file-too-large", Span.at(path, 1, 1), message)
    most = MOST_LINES.get(kind)
    if most is not None and line_count(source) > most:
        message = wording("the file has more than {most} lines", most=f"{most:,}")
        raise refuse("too-many-values", Span.at(path, 1, 1), message)


def line_count(source: str | bytes) -> int:
    """Return how many lines a text has, or the bytes of one."""
    ends = source.count("\n") if isinstance(source, str) else source.count(b"\n")
    return ends + 1


def _stdin() -> bytes:
    return sys.stdin.buffer.read(LARGEST_DUMP + 1)


def file_bytes(path: Path, name: str) -> bytes:
    """Return a file's bytes, at most one above the limit; raises `RefusedError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(_USUAL)  # room for the largest file costs more than reading a small one
            return head if len(head) < _USUAL else head + file.read(LARGEST_DUMP + 1 - _USUAL)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        hint = wording("Check the path and the permissions of the file.")
        raise refuse(
            "unreadable-file",
            Span.at(name, 1, 1),
            wording("cannot read {name}: {said}", name=name, said=said),
            hint=hint,
        ) from error
