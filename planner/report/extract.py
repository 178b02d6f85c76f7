"""Reading a saved report back: the result object a page carries for scripts and comparisons.

The object stands in `<script type="application/json" id="report-data">`, with `<`, `>`, `&` and the two line
separators of JavaScript escaped, so that no text in it can end the element.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

SCHEMA = "report-v1"
_ELEMENT = re.compile(rb'<script type="application/json" id="report-data">(.*?)</script>', re.DOTALL)
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class ExtractError(Exception):
    """A file that carries no result object, with what was found instead."""


def embed(value: Any) -> str:  # noqa: ANN401  any JSON value
    """Return JSON that may stand in a script element: sorted, compact, finite, `<`-escaped."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return text


def read(path: str | Path) -> dict[str, Any]:
    """Return the result object of a saved report (HTML or JSON); raises ExtractError or OSError."""
    raw = Path(path).read_bytes()
    return parse(raw, str(path))


def parse(raw: bytes, name: str) -> dict[str, Any]:
    """Return the result object in a page's or a JSON document's bytes; `name` is what errors call it."""
    found = _ELEMENT.search(raw)
    text = found[1] if found else raw
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        kind = f"its embedded result object is damaged ({error})" if found else "no embedded result object"
        raise ExtractError(f"{name}: {kind}; expected a file written by `plan report`") from None
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise ExtractError(f'{name}: not a saved report: expected "schema": "{SCHEMA}" in it')
    return value
