"""A measured profile as a page of its own: one offline HTML file, its charts drawn as inline SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.catalogue.data import TEMPLATES
from planner.output.cdr_table import overview, titles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

_WIDTH, _HEIGHT = 960, 180
_WEEK = 7 * 86400
"""Seconds; what is shorter tells nothing of the days of a week."""
_FULLEST = 0.85
"""The strongest shade on which dark text has a contrast of 4.5."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _bars(values: Sequence[float], names: Sequence[str]) -> list[dict[str, Any]]:
    """Return bars within the chart: x, y, width, height, and what to say about each."""
    highest = max(values, default=0) or 1
    step = _WIDTH / max(len(values), 1)
    return [
        {
            "x": round(i * step, 2),
            "y": round(_HEIGHT * (1 - value / highest), 2),
            "width": round(max(step - 1, 0.5), 2),
            "height": round(_HEIGHT * value / highest, 2),
            "title": name,
        }
        for i, (value, name) in enumerate(zip(values, names, strict=True))
    ]


def _hours(profile: dict[str, Any]) -> list[dict[str, Any]]:
    hours = profile["hours"]
    names = [f"{hour['from']}: {hour['cps']:.4g} CPS, {hour['attempt_erlangs']:.4g} erlangs" for hour in hours]
    return _bars([hour["cps"] for hour in hours], names)


def _hold_times(profile: dict[str, Any]) -> list[dict[str, Any]]:
    rows = profile["calls"]["hold_time_bins"]
    return _bars([row[2] for row in rows], [f"{row[0]}-{row[1]} s: {row[2]:,} calls" for row in rows])


def _week(profile: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the hour-of-week matrix as mean CPS with a shade, None where no hour was seen; empty below a week."""
    week = profile["week"]
    if not week or profile["span"]["seconds"] < _WEEK:
        return []
    rates = [
        [count / (hours * 3600) if hours else None for count, hours in zip(*rows, strict=True)]
        for rows in zip(week["attempts"], week["hours"], strict=True)
    ]
    highest = max((rate for row in rates for rate in row if rate), default=1.0)
    cells = [[{"cps": rate, "shade": round(_FULLEST * (rate or 0) / highest, 3)} for rate in row] for row in rates]
    return [{"day": day, "cells": row} for day, row in zip(_DAYS, cells, strict=True)]


def _template(name: str) -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415  heavy

    loader = FileSystemLoader(TEMPLATES)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template(name)


def render_comparison(head: Sequence[str], rows: Sequence[Sequence[str]], said: str, names: tuple[str, str]) -> str:
    """Return two periods side by side as a page; every text is escaped."""
    told = f"Before: {names[0]}. After: {names[1]}. {said}"
    return render_rows("Call records compared", told, head, rows)


def render_rows(title: str, said: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as a page of its own; every text is escaped."""
    return _template("cdr-compare.html").render(title=title, said=said, head=head, rows=rows)


def render_page(profile: dict[str, Any]) -> str:
    """Return the page; every text of the files is escaped."""
    return _template("profile.html").render(
        profile=profile,
        overview=list(overview(profile)),
        titles=titles(),
        hours=_hours(profile),
        hold_times=_hold_times(profile),
        week=_week(profile),
        width=_WIDTH,
        height=_HEIGHT,
    )
