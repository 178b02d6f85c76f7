"""What kind of file this is: by its name where the name says it, by its first lines otherwise."""

from __future__ import annotations

import re
from pathlib import PurePath

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
    pure = PurePath(path)
    name, suffix = pure.name.lower(), pure.suffix.lower()
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    if name == "my.cnf" or name.startswith("my.cnf"):
        return "option-file"
    if name.startswith("sysctl.conf") or "sysctl.d" in pure.parts:
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
