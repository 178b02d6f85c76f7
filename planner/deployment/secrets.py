"""Values that must not be shown: what stands behind words such as `password`, wherever and however it is written.

A settings file may hold secrets beside settings, and a mistake in the line that holds one would quote it. They
are found by the word before them, not by what a reader made of the line, and masked in everything that is said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.finding import Finding

MASK = "****"

_WORDS = (
    r"(?:passw(?:or)?d|passwort|pwd|passphrase|secret|token|credentials?|(?:api|access|private|secret|auth)[_.-]?key)"
)
_WORD = re.compile(_WORDS, re.IGNORECASE)
_LAST_WORD = re.compile(_WORDS + r"\Z", re.IGNORECASE)
_VALUE = r"""(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,}\]\n][^,}\]\n]*))"""
_ASSIGNED = re.compile(
    rf"""(?<![A-Za-z0-9])[A-Za-z0-9_.-]*{_WORDS}["']?[ \t]*[=:][ \t]*(?:[|>][+-]?)?(?:\r?\n[ \t]+)?{_VALUE}""",
    re.IGNORECASE,
)
_BARE = re.compile(rf"^[ \t]*[A-Za-z0-9_.-]*{_WORDS}[ \t]+()()(\S+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^\s/:@]*:([^\s/@]+)@", re.IGNORECASE)
_HARMLESS = frozenset({"on", "off", "true", "false", "yes", "no", "null", "none", "with", "without"})
_SHORTEST = 3
_LONG = 6


def is_secret(name: str, text: str) -> bool:
    """Tell whether a setting of this name holds a secret: `report_password` does, `old_passwords` does not."""
    return bool(_LAST_WORD.search(name)) and _worth_hiding(text)


def secrets_in(text: str) -> frozenset[str]:
    """Return the secrets a text holds; empty for nearly every text, which is told fast."""
    named = chain(_ASSIGNED.finditer(text), _BARE.finditer(text)) if _WORD.search(text) else ()
    found = {next(filter(None, each.groups()), "").strip() for each in named}
    if "://" in text:
        found |= {each[1] for each in _ADDRESS.finditer(text)}
    found |= {word for each in found if len(words := each.split()) > 1 for word in words if len(word) >= _LONG}
    return frozenset(filter(_worth_hiding, found))


def _worth_hiding(value: str) -> bool:
    return len(value) > (_SHORTEST if value.isdigit() else 2) and value.lower() not in _HARMLESS


def hidden(text: str, secrets: Iterable[str], *, aligned: bool = False) -> str:
    """Return text without the secrets; `aligned` keeps its length, so that columns stay where they are."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "*" * len(secret) if aligned else MASK)
    return text


def without_secrets(finding: Finding, secrets: frozenset[str]) -> Finding:
    """Return a finding that quotes no secret; its fingerprint stays."""
    fix = finding.fix and replace(finding.fix, replacement=hidden(finding.fix.replacement, secrets))
    words: dict[str, Any] = {name: hidden(getattr(finding, name), secrets) for name in ("message", "help", "pointer")}
    related = tuple(each._replace(message=hidden(each.message, secrets)) for each in finding.related)
    changed = any(words[name] != getattr(finding, name) for name in words) or related != finding.related
    if not changed and fix == finding.fix:
        return finding
    # What would write a mask into the file is no correction.
    return replace(finding, **words, related=related, fix=finding.fix if fix == finding.fix else None)
