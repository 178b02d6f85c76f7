"""Sources: the registry of `schemas/sources.json`, and how rules, data and figures refer to it.

A *reference* is a key of the registry, or a key with what stands there: `guide-scaling` or
`guide-scaling: softswitch parameters`. People read *citations*, which have the source's title for its key.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from planner.catalogue.paths import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MARK = ": "
"""Stands between a reference's key and what the source says there."""

SEPARATOR = "; "
"""Stands between citations; no citation holds it."""


@cache
def sources() -> Mapping[str, Mapping[str, str]]:
    """Return every source by its key, with `title` and `locator`."""
    listed: dict[str, dict[str, str]]
    listed = json.loads((SCHEMAS / "sources.json").read_text(encoding="utf-8"))["sources"]
    return listed


def key_of(reference: str) -> str:
    """Return the key of a reference, be it one of the registry or not."""
    return reference.partition(MARK)[0]


@cache
def citation(reference: str) -> str:
    """Return a reference for people: the title with what stands there, or else with the locator.

    A text without a key of the registry, such as what a profile says of itself, cites itself.
    """
    key, _, detail = reference.partition(MARK)
    known = sources().get(key)
    return f"{known['title']}{MARK}{detail or known['locator']}" if known else reference


def citations(references: Iterable[str]) -> tuple[str, ...]:
    """Return references for people, one by one."""
    return tuple(map(citation, references))


@cache
def cited(references: tuple[str, ...]) -> str:
    """Return references for people in one text, as findings show them."""
    return SEPARATOR.join(citations(references))


def with_citations(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an object of a data file, with citations for the references it has under `sources`."""
    if "sources" in entry:
        entry["sources"] = list(citations(entry["sources"]))
    return entry
