"""Sources by key, as `schemas/sources.json` names them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from planner.catalogue.paths import SCHEMAS


@cache
def sources() -> Mapping[str, Mapping[str, str]]:
    """Return the catalogue's sources by key; empty where a checkout has none."""
    path = SCHEMAS / "sources.json"
    if not path.exists():
        return {}
    document = json.loads(path.read_text(encoding="utf-8"))
    listed: Mapping[str, Mapping[str, str]] = document.get("sources", document)
    return listed


def source_title(key: str) -> str:
    """Return a source's title; a text that is no key is its own title."""
    found = sources().get(key)
    return found.get("title", key) if isinstance(found, Mapping) else key
