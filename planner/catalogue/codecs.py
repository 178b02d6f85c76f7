"""Names of codecs: the model's own, and the spellings that mean the same."""

from __future__ import annotations

import json
from functools import cache

from planner.catalogue.paths import SCHEMAS


@cache
def codec_names() -> dict[str, str]:
    """Return the codec every name and alias of `schemas/codecs.json` means, in lower case."""
    codecs = json.loads((SCHEMAS / "codecs.json").read_text(encoding="utf-8"))["codecs"]
    return {spelling: each["name"] for each in codecs for spelling in (each["name"], *each["aliases"])}


def codec_name(written: str) -> str | None:
    """Return the codec a spelling such as `G.729A` or `PCMU` means; None where none is known by it."""
    name = written.strip().lower()
    return codec_names().get(name) or codec_names().get(name.replace(" ", "").replace("_", "-"))


def similar_codecs(written: str) -> tuple[str, ...]:
    """Return the codecs whose names are most like an unknown one, best first."""
    from difflib import get_close_matches  # noqa: PLC0415  only mistakes need it

    matches = get_close_matches(written.strip().lower()[:40], codec_names(), n=3, cutoff=0.6)
    return tuple(dict.fromkeys(codec_names()[match] for match in matches))
