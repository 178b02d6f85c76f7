"""Reads a file of any kind: told by its name where that says it, by its first lines otherwise."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable
from errno import EINVAL
from functools import cache
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from planner.document.model import Document, Node
from planner.document.text import Decoded, RefusedError, decode, refuse
from planner.files import opened, real
from planner.finding import Finding, Span
from planner.wording import wording

if TYPE_CHECKING:
    Parser = Callable[[Decoded, str], tuple[Node, tuple[Finding, ...]]]


LOOKED_AT = 64 * 1024
"""Bytes of a nameless file that are looked at."""

_SUFFIXES = {
    ".yaml": "yaml",
    ".yml": "yaml",
    ".json": "json",
    ".toml": "toml",
    ".cnf": "option-file",
    ".ini": "option-file",
}
_SERVER_GROUPS = re.compile(
    r"^\s*\[\s*(?:mysql\w*|mariadb\w*|server|client[\w-]*|galera|embedded|isamchk|myisamchk)[\w.-]*\s*\]",
    re.MULTILINE | re.IGNORECASE,
)
_INCLUDE = re.compile(r"^\s*!include(?:dir)?\s", re.MULTILINE)
_GROUP = re.compile(r"^\s*\[[\w.-]+\]\s*(?:#.*)?$", re.MULTILINE)
_ASSIGNMENT = re.compile(r"^\s*-?(?:[a-z0-9_*-]+[./]){1,}[\w.*/-]+\s*=", re.MULTILINE | re.IGNORECASE)
_DUMPED = re.compile(r"(?:[a-z0-9_-]+\.)+\S+ = .*|\S+ =|sysctl: .*", re.IGNORECASE)
_BOX = re.compile(r"^\|\s*Variable_name\s*\|\s*(?:Variable_)?Value\s*\|", re.MULTILINE | re.IGNORECASE)
_BARE_BOX = re.compile(r"\A\s*\+-+\+-+\+\r?\n\|\s*[a-z]\w+\s*\|.*\|\r?\n\|\s*[a-z]\w+\s*\|")
_CSV = re.compile(r"\A\"?Variable_name\"?[,;]\"?(?:Variable_)?Value\"?\s*$", re.MULTILINE | re.IGNORECASE)
_HELP = re.compile(r"^Variables \(--variable-name=value\)|\A\S*(?:mysqld|mariadbd)  Ver ", re.MULTILINE)
_HEADER = re.compile(r"^Variable_name\tValue\s*$", re.MULTILINE | re.IGNORECASE)
_VERTICAL = re.compile(r"^\*{5,} 1\. row \*{5,}\r?\n\s*Variable_name: ", re.MULTILINE)
_TABBED = re.compile(r"\A(?:[a-z][a-z0-9_]+\t[^\t\n]*\n){3}", re.IGNORECASE)
_KEY = re.compile(r"^\s*[\"']?[\w.-]+[\"']?\s*:(?:\s|$)", re.MULTILINE)
_TOML_VALUE = re.compile(r"^\s*[\w.\"-]+\s*=\s*(?:[\"'\[{]|true\b|false\b|[-+]?[0-9])", re.MULTILINE)
_DUMP_LINES = 20


def sniff(data: bytes) -> str:
    """Return the text at the beginning of a file, however it is encoded, to look at its form."""
    head = data[:LOOKED_AT]
    codec = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return head.decode(codec, errors="replace").removeprefix("\ufeff")


def detect(path: str, text: str) -> str:
    """Return the format of a file: one of `reader.FORMATS`, `unknown` where neither name nor text tells."""
    if text.startswith("plan-bundle "):
        return "bundle"
    name = os.path.basename(path).lower()  # noqa: PTH119  a name is all there is
    suffix = os.path.splitext(name)[1]  # noqa: PTH122  the same
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if name == "my.cnf" or name.startswith("my.cnf"):
        return "option-file"
    if name.startswith("sysctl.conf") or "sysctl.d" in PurePath(path).parts:
        return "sysctl"
    return _by_form(text[:LOOKED_AT], dump_allowed=suffix != ".conf")


def _by_form(text: str, *, dump_allowed: bool) -> str:
    """Return the first format whose form the text has; the order settles what two formats share."""
    forms = (
        ("variables-dump", _is_variables),
        ("json", lambda text: text.lstrip().startswith("{")),
        ("option-file", lambda text: _SERVER_GROUPS.search(text) or _INCLUDE.search(text)),
        ("toml", lambda text: _GROUP.search(text) and _TOML_VALUE.search(text)),
        ("option-file", _GROUP.search),
        ("sysctl-dump", lambda text: dump_allowed and _is_dump(text)),
        ("sysctl", _ASSIGNMENT.search),
        ("yaml", lambda text: _KEY.search(text) or text.startswith("---")),
        ("toml", _TOML_VALUE.search),
    )
    return next((name for name, has_form in forms if has_form(text)), "unknown")


def _is_variables(text: str) -> bool:
    """Tell whether this is what `SHOW VARIABLES` prints, in any form, or the server's own help."""
    return any(form.search(text) for form in (_BOX, _BARE_BOX, _HEADER, _CSV, _VERTICAL, _TABBED, _HELP))


def _is_dump(text: str) -> bool:
    """Tell whether this is what `sysctl -a` prints: many `key = value` lines, no comments."""
    lines = [line for line in text.splitlines()[:200] if line]
    if len(lines) < _DUMP_LINES or any(line.startswith(("#", ";")) for line in lines):
        return False
    return sum(1 for line in lines if _DUMPED.match(line)) >= len(lines) - 1


# The one interface every file is read through: `read` a path, `parse` a text, `detect` a format.
#
# Whatever the input, the answer is a `Document`. Where nothing could be read its root is None and a finding
# with a place says why; no function here raises on what a user wrote.

__all__ = ["FORMATS", "LARGEST", "detect", "parse", "read"]

LARGEST = {"yaml": 2 << 20, "json": 2 << 20, "toml": 1 << 19, "unknown": 2 << 20}
"""Bytes of the largest structured file that is read: ten times a deployment with 2,000 gateways."""

LARGEST_DUMP = 16 << 20
"""Bytes of the largest line-by-line file that is read: a hundred times a `sysctl -a` dump."""

MOST_LINES = {
    "sysctl": 50_000,
    "option-file": 50_000,
    "sysctl-dump": 100_000,
    "variables-dump": 100_000,
    "bundle": 200_000,
}
"""Lines of the longest file that is read line by line: each costs about 20 microseconds and a kilobyte."""

_EMPTY = wording("Give settings, or name the file by what it is: an empty .yaml, sysctl.conf or my.cnf is valid.")

_PARSERS = {
    "yaml": "planner.document.yaml:read_yaml",
    "json": "planner.document.json:read_json",
    "toml": "planner.document.toml:read_toml",
    "sysctl": "planner.document.sysctl:read_sysctl",
    "sysctl-dump": "planner.document.dumps:read_sysctl_dump",
    "option-file": "planner.document.options:read_options",
    "variables-dump": "planner.document.dumps:read_variables",
    "bundle": "planner.document.bundle:read_bundle",
}

FORMATS = (*_PARSERS, "unknown")
"""The formats `detect` tells apart and `parse` takes."""

_USUAL = 1 << 16


def read(path: str | Path, kind: str | None = None, *, pipes: bool = False) -> Document:
    """Return the document in a file; `-` is standard input. `kind`, one of `FORMATS`, is detected if None.

    Pipes and devices are read only where `pipes` says so: for what the user named, never for what a file names.
    """
    name = "<stdin>" if str(path) == "-" else str(path)
    try:
        data = _stdin() if name == "<stdin>" else file_bytes(path, name, pipes=pipes)
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
    try:
        return sys.stdin.buffer.read(LARGEST_DUMP + 1)
    except OSError as error:
        raise unreadable("<stdin>", error) from error


unsaved: dict[str, bytes] = {}
"""What an editor holds open, by real path: it is read in the place of the file."""


def file_bytes(path: str | Path, name: str, *, pipes: bool = False) -> bytes:
    """Return a file's bytes, at most one above the limit; raises `RefusedError` where it cannot be read."""
    if unsaved and (held := unsaved.get(real(path))) is not None:
        return held
    try:
        if not pipes:
            _require_regular(os.stat(path).st_mode)  # noqa: PTH116  a path of any type
        with opened(path) if pipes else open(path, "rb") as file:  # noqa: PTH123  a path of any type
            head = file.read(_USUAL)  # room for the largest file costs more than reading a small one
            return head if len(head) < _USUAL else head + file.read(LARGEST_DUMP + 1 - _USUAL)
    except (OSError, ValueError) as error:
        raise unreadable(name, error) from error


def _require_regular(mode: int) -> None:
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(EINVAL, wording("it is no regular file"))


def unreadable(name: str, error: OSError | ValueError) -> RefusedError:
    """Return the exception for a file or folder that cannot be read."""
    folder = isinstance(error, IsADirectoryError)
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return refuse(
        "unreadable-file",
        Span.at(name, 1, 1),
        wording("cannot read {name}: {said}", name=name, said=said),
        hint=wording("Name a file in it.") if folder else wording("Check the path and the permissions of the file."),
    )
