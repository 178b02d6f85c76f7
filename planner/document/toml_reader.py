"""TOML to located nodes: `tomllib` gives the values, a scanner their places.

The scanner runs over text that is known to be valid, so it only has to find the places. Numbers, switches
and texts keep the values TOML gives them; dates, times, `inf` and `nan` have no counterpart in JSON and
stay text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.document.budget import DEEPEST
from planner.document.faults import refuse
from planner.document.lines import Lines
from planner.document.toml_scanner import Scanner
from planner.wording import wording

if TYPE_CHECKING:
    from planner.document.decoding import Decoded
    from planner.document.model import Node
    from planner.finding import Finding

_LONG_KEY = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{DEEPEST}}}")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")
_TABLE = re.compile(r"\((?:'[^']*',? ?)+\)")
_PART = re.compile(r"'([^']*)'")
_END = "(at end of document)"


def read_toml(decoded: Decoded, path: str) -> tuple[Node, tuple[Finding, ...]]:
    """Return the root table of a TOML file; raises `RefusedError` where it cannot be read."""
    text = decoded.text
    lines = Lines(text, path)
    long_key = _LONG_KEY.search(text)
    if long_key is not None:
        span = lines.span(long_key.start(), long_key.start() + 1)
        raise refuse("nesting-too-deep", span, wording("a key of more than {most} parts", most=DEEPEST))
    return Scanner(lines, _values(lines)).root(), ()


def _values(lines: Lines) -> dict[str, object]:
    """Return the values of the text; raises `RefusedError` where it is not TOML."""
    import tomllib  # noqa: PLC0415  start-up: only files in TOML need it

    try:
        return tomllib.loads(lines.text)
    except tomllib.TOMLDecodeError as error:
        start = _offset(lines, str(error))
        said = _PLACE.sub("", str(error)).removesuffix(_END).strip()
        end = min(start + 1, len(lines.text))
        raise refuse(
            "syntax-error",
            lines.span(start, end),
            wording("not TOML: {problem}", problem=_plain(said)),
            hint=_hint(said),
        ) from error
    except RecursionError as error:
        raise refuse("nesting-too-deep", lines.span(0, 0), wording("values are nested too deep")) from error
    except ValueError as error:
        raise refuse(
            "number-too-long", lines.span(0, 0), wording("a number has too many digits: {problem}", problem=str(error))
        ) from error


def _plain(said: str) -> str:
    """Return a message of the parser with a table's name as the file has it, not as a tuple of parts."""
    return _TABLE.sub(lambda found: f"[{'.'.join(_PART.findall(found[0]))}]", said)


def _hint(said: str) -> str:
    if said.startswith("Invalid value"):
        return wording("Write a number, true, false, or a text in double quotes.")
    if "twice" in said or "overwrite" in said:
        return wording("Write each table and each key once.")
    return ""


def _offset(lines: Lines, said: str) -> int:
    place = _PLACE.search(said)
    if place is None:
        return len(lines.text)
    return lines.offset(int(place[1]), int(place[2]))
