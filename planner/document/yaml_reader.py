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
from planner.document.yaml_hints import yaml_hint
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.document.decoding import Decoded
    from planner.document.model import Node
    from planner.finding import Finding


def read_yaml(decoded: Decoded, path: str) -> tuple[Node, tuple[Finding, ...]]:
    """Return the root of a YAML file and what is wrong in it; raises `RefusedError` where there is none."""
    text = decoded.text
    builder = Builder(text, path)
    builder.take(_events(text, path))
    return builder.root(), tuple(builder.findings)


@cache
def _loader() -> Any:  # noqa: ANN401  the loaders of PyYAML are typed per build: with libyaml or without
    import yaml  # noqa: PLC0415  start-up: only commands that read YAML pay for it

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _events(text: str, path: str) -> Iterator[Any]:
    import yaml  # noqa: PLC0415  see above

    try:
        yield from iter(_loader()(text).get_event, None)
    except yaml.MarkedYAMLError as error:
        said = ", ".join(filter(None, (error.context, error.problem)))
        # A quote that is never closed is found at the end of the file; what matters is where it opens.
        unclosed = "quoted scalar" in said and error.context_mark is not None
        mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
        lines = Lines(text, path)
        start = min(mark.index, len(text)) if mark else 0
        span = lines.span(start, min(start + 1, len(text)))
        hint = yaml_hint(said, lines, span.line)
        raise refuse("syntax-error", span, wording("not YAML: {problem}", problem=said), hint=hint) from error
    except (yaml.YAMLError, ValueError) as error:
        raise refuse(
            "syntax-error", Lines(text, path).span(0, 0), wording("not YAML: {problem}", problem=str(error))
        ) from error
