"""Renders findings for people and for other tools: one list of findings, one pure function per format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from importlib import import_module
from json import JSONEncoder
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from planner.finding import Finding, Validation, digest


class FindingFormat(StrEnum):
    """How findings are written; a format is a module of `planner.output.formats`, most often of its own name."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITLAB = "gitlab"
    GITHUB = "github"
    MARKDOWN = "markdown"


_NESTING = frozenset({dict, list, tuple})
_ENCODER = JSONEncoder(ensure_ascii=False)
_MODULES = {"concise": "text", "json": "versioned_json"}


def render(
    validation: Validation, name: str = "text", *, color: bool = False, verbose: bool = False, quiet: bool = False
) -> str:
    """Return the validation in the format `name`, one of `FindingFormat`.

    `color`, `verbose` (list what was skipped and suppressed) and `quiet` (findings alone) concern text.
    Raises ImportError for an unknown format.
    """
    module = import_module(f"planner.output.formats.{_MODULES.get(name, name)}")
    if name in ("text", "concise"):
        return str(module.render(validation, Style(name == "concise", color, verbose, quiet)))
    return str(module.render(validation))


class Style(NamedTuple):
    """How text shows findings."""

    concise: bool = False
    color: bool = False
    verbose: bool = False
    quiet: bool = False


def identified(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Yield findings with a fingerprint that no other one has: readers keep one entry of those that share it."""
    seen: Counter[str] = Counter()
    for each in findings:
        name = each.fingerprint
        seen[name] += 1
        yield each, name if seen[name] == 1 else digest(f"{name} {seen[name]}")


def indented(value: Any, margin: str = "\n") -> str:  # noqa: ANN401  plain JSON types
    """Return JSON as `json.dumps(value, indent=2, ensure_ascii=False)` writes it, in a third of the time."""
    if type(value) not in _NESTING or not value:
        return _leaf(value)
    inner = f"{margin}  "
    if isinstance(value, dict):
        rows = [
            f"{encode_basestring(key)}: {indented(each, inner) if type(each) in _NESTING else _leaf(each)}"
            for key, each in value.items()
        ]
        return f"{{{inner}{f',{inner}'.join(rows)}{margin}}}"
    return f"[{inner}{f',{inner}'.join([indented(each, inner) for each in value])}{margin}]"


def _leaf(value: Any) -> str:  # noqa: ANN401  the same
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None:
        return "null"
    return str(value) if type(value) is int else "[]" if value == [] else _ENCODER.encode(value)
