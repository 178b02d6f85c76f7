"""A sizing as JSON, Markdown or CSV."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planner.catalogue.display import format_quantity
from planner.output.plan import decision
from planner.output.sizing_groups import groups, influential
from planner.wording import cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.sizing.numbers import Estimate
    from planner.sizing.result import Sizing


def render(sizing: Sizing, form: str) -> str:
    """Return the sizing as `json`, `markdown` or `csv`. Raises KeyError for any other form."""
    return {"json": as_json, "markdown": as_markdown, "csv": as_csv}[form](sizing)


def as_json(sizing: Sizing) -> str:
    """Return the `sizing-v1` document, an item a line."""
    # Indentation would be done in Python; a line break as the separator costs nothing.
    return json.dumps(sizing.to_dict(), ensure_ascii=False, allow_nan=False, separators=(",\n", ": ")) + "\n"


def as_csv(sizing: Sizing) -> str:
    """Return one line per figure: name, low, value, high, unit, basis, label."""
    import csv  # noqa: PLC0415  the other forms need none
    import io  # noqa: PLC0415  the same

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("figure", "low", "value", "high", "unit", "basis", "label"))
    for name, figure in sizing.to_dict()["figures"].items():
        writer.writerow(
            (name, *(figure[key] for key in ("low", "value", "high", "unit", "basis")), cell(figure["label"]))
        )
    return text.getvalue()


def as_markdown(sizing: Sizing) -> str:
    """Return the summary as Markdown: verdict, figures, assumptions by influence, notes."""
    return "\n".join(_markdown(sizing)) + "\n"


def _markdown(sizing: Sizing) -> Iterator[str]:
    first, *rest = decision(sizing)
    yield from (f"# {first}", "", *(f"- {line}" for line in rest))
    for title, figures in groups(sizing):
        yield from (
            "",
            f"## {title}",
            "",
            "| figure | low | typical | high | name |",
            "| --- | ---: | ---: | ---: | --- |",
        )
        yield from (_row(figure) for figure in figures)
    yield from ("", "## Assumptions, most influential first", "")
    yield from (
        "| assumption | low | typical | high | basis | replace with |",
        "| --- | ---: | ---: | ---: | --- | --- |",
    )
    for item in influential(sizing):
        cells = (item.label, *_cases(item), item.basis, f"`{item.replace}`")
        yield "| " + " | ".join(map(str, cells)) + " |"
    yield from ("", "## Notes", "")
    yield from (f"- {note.text} ({', '.join(f'`{name}`' for name in note.figures)})" for note in sizing.notes)


def _row(figure: Estimate) -> str:
    return "| " + " | ".join((figure.label, *_cases(figure), f"`{figure.name}`")) + " |"


def _cases(item: Any) -> tuple[str, str, str]:  # noqa: ANN401  an estimate or an assumption
    low, typical, high = (format_quantity(value, item.unit) for value in item.range)
    return low, typical, high
