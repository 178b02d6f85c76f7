"""Which plain words are values of the JSON types: `true`, `null` and plain decimal numbers, nothing else.

YAML 1.1 reads `On` as true, `010` as 8, `12:30` as 750 and `1_000` as 1000. A telephone prefix, a time of
day and a softswitch switch are none of these, so all of them stay text until a parameter says what it
means.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TypeAlias

Simple: TypeAlias = "bool | int | float | str | None"

LONGEST_NUMBER = 64
"""Digits beyond which a number is text: 2^64 has 20, the widest kernel value 19."""

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "false": False,
}
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_LEADS = frozenset("-0123456789")


def resolve(text: str) -> Simple:
    """Return the value a plain (unquoted) word stands for; text where it is neither word nor plain number."""
    if text[:1] in _LEADS and 0 < len(text) <= LONGEST_NUMBER:
        return _number(text)
    return _WORDS.get(text, text)


def overlong(text: str) -> bool:
    """Tell whether a plain word is a number of more digits than any value has."""
    return len(text) > LONGEST_NUMBER and text.lstrip("-").isdecimal()


@lru_cache(maxsize=4096)
def _number(text: str) -> int | float | str:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    if match[1] is None and match[2] is None:
        return int(text)
    value = float(text)
    return value if math.isfinite(value) else text
