"""Renders findings for people and for other tools: one list of findings, one pure function per format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from importlib import import_module
from json import JSONEncoder
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.finding import digest

if TYPE_CHECKING:
    from planner.finding import Finding, Validation


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
    """Return JSON as `json.dumps(value, indent=2, ensure_ascii=False)` writes it, in a third of the time.

    The encoder that is written in C does not indent, but puts what it is told between the values of one level.
    """
    if not _nested([value]):
        return _encoder(", ").encode(value)
    inner = f"{margin}  "
    if not _nested(value.values() if isinstance(value, dict) else value):
        flat = _encoder(f",{inner}").encode(value)
        return f"{flat[0]}{inner}{flat[1:-1]}{margin}{flat[-1]}"
    if isinstance(value, dict):
        parts = [f"{indented(key)}: {indented(each, inner)}" for key, each in value.items()]
        return f"{{{inner}{f',{inner}'.join(parts)}{margin}}}"
    return f"[{inner}{f',{inner}'.join(indented(each, inner) for each in value)}{margin}]"


def _nested(values: Iterable[Any]) -> list[Any]:
    return [each for each in values if type(each) in _NESTING and each]


@cache
def _encoder(between: str) -> JSONEncoder:
    return JSONEncoder(ensure_ascii=False, check_circular=False, separators=(between, ": "))
