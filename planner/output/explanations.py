"""Explanations as text, Markdown or JSON: topics with their facts, and derivation trees in numbers."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from planner.catalogue.display import format_quantity
from planner.sizing.explain import Step, Topic, as_dict


def render(topics: Sequence[Topic], tree: Step | None, pages: Sequence[str], form: str) -> str:
    """Return topics, a derivation and prose pages as `text`, `markdown` or `json`."""
    if form == "json":
        document: dict[str, Any] = {"schema": "explanation-v1", "topics": [_plain(topic) for topic in topics]}
        document["pages"] = list(pages)
        document["derivation"] = as_dict(tree) if tree else None
        return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    blocks = [_markdown(topic) if form == "markdown" else _text(topic) for topic in topics]
    if tree:
        lines = "\n".join(tree_lines(tree))
        blocks.append(f"```text\n{lines}\n```" if form == "markdown" else f"Derivation\n{lines}")
    return "\n\n".join([*blocks, *(page.strip() for page in pages)]) + "\n"


def _plain(topic: Topic) -> dict[str, Any]:
    return {"kind": topic.kind, "name": topic.name, "title": topic.title, "facts": dict(topic.facts)}


def _text(topic: Topic) -> str:
    width = max((len(name) for name, _ in topic.facts), default=0)
    facts = (f"  {name:{width}}  {text}" for name, text in topic.facts)
    return "\n".join((f"{topic.name} ({topic.kind}): {topic.title}", *facts))


def _markdown(topic: Topic) -> str:
    facts = (f"- {name}: {text}" for name, text in topic.facts)
    return "\n".join((f"## `{topic.name}` ({topic.kind})", "", topic.title + ".", "", *facts))


def tree_lines(step: Step, depth: int = 0) -> Iterator[str]:
    """Yield a derivation, a line per number: value, how it was got, what it rests on."""
    indent = "  " * depth
    yield f"{indent}{step.name} = {_value(step)}{_grounds(step)}"
    if step.formula:
        yield f"{indent}  = {step.formula}{'  (derived above)' if step.again else ''}"
    for child in step.children:
        yield from tree_lines(child, depth + 1)


def _value(step: Step) -> str:
    if step.unit == "flag":
        return f"{'yes' if step.range.typical else 'no'}: {step.label}"
    typical = format_quantity(step.range.typical, step.unit)
    if step.range.certain:
        return typical
    low, high = (format_quantity(value, step.unit) for value in (step.range.low, step.range.high))
    return f"{typical} ({low} to {high})"


def _grounds(step: Step) -> str:
    if step.formula:
        return f"  [{step.basis}]"
    if step.origin == "declared":
        return "  [declared]"
    if step.origin != "default":
        return f"  [{step.origin}: {'; '.join(step.sources)}]"
    return f"  [{step.basis}: {'; '.join(step.sources)}]"
