"""YAML to located nodes, from the parser's event stream.

The events come one at a time from libyaml (or the pure parser where libyaml is absent), so depth and size
are bounded while the file is read: nothing recurses over what a user wrote. Plain words keep their spelling
(see `scalars`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from planner.document.faults import refuse
from planner.document.lines import Lines
from planner.document.yaml_builder import Builder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.document.decoding import Decoded
    from planner.document.model import Node
    from planner.finding import Finding


def read_yaml(decoded: Decoded, path: str) -> tuple[Node, tuple[Finding, ...]]:
    """Return the root of a YAML file and what is wrong in it; raises `RefusedError` where there is none."""
    text = decoded.text
    builder = Builder(text, path)
    for event in _events(text, path):
        builder.take(event)
    return builder.root(), tuple(builder.findings)


@cache
def _loader() -> Any:  # noqa: ANN401  the loaders of PyYAML are typed per build: with libyaml or without
    import yaml  # noqa: PLC0415  start-up: only commands that read YAML pay for it

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _events(text: str, path: str) -> Iterator[Any]:
    import yaml  # noqa: PLC0415  see above

    try:
        yield from yaml.parse(text, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        lines = Lines(text, path)
        start = min(mark.index, len(text)) if mark else 0
        said = ", ".join(filter(None, (error.context, error.problem)))
        raise refuse(
            "syntax-error",
            lines.span(start, min(start + 1, len(text))),
            f"not YAML: {said}",
            hint=_hint(said),
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise refuse("syntax-error", Lines(text, path).span(0, 0), f"not YAML: {error}") from error


def _hint(said: str) -> str:
    if "'\\t'" in said or "cannot start any token" in said:
        return "Indent with spaces, not tabs, and quote values that begin with %, @ or `."
    if "mapping values are not allowed" in said:
        return "Quote a value that holds ': ', and align the keys of one mapping."
    if "could not find expected ':'" in said:
        return "Write `key: value`, with a space after the colon."
    return ""
