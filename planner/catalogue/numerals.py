"""Numbers as people write them in settings: plain ASCII decimals of bounded length, nothing else.

Refused with a reason: NaN and infinity, full-width and other non-ASCII digits, thousands separators,
leading zeros (some programs read `010` as 8) and numbers of absurd length.
"""

from __future__ import annotations

import math
import re

from planner.wording import wording

LONGEST = 40
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]")
_UNFINITE = re.compile(r"[+-]?\.?(?:nan|inf|infinity)", re.IGNORECASE)
_LARGEST = 1e300


class QuantityError(ValueError):
    """A text that does not say what it should.

    `rule` is the name of the bad state, `str(error)` what is wrong, `expected` what would be right.
    """

    def __init__(self, message: str, expected: str, rule: str = "wrong-type") -> None:
        super().__init__(message)
        self.expected = expected
        self.rule = rule


def quoted(raw: object) -> str:
    """Return a value as an error message shows it: one line, shortened."""
    text = "true" if raw is True else "false" if raw is False else "null" if raw is None else str(raw)
    line = " ".join(text.split())
    return f"`{line[:57]}...`" if len(line) > LONGEST + 20 else f"`{line}`"


def split_number(text: str) -> tuple[str, str]:
    """Split a text such as `1.5 GB` into its leading number, possibly empty, and the rest without blanks."""
    stripped = text.strip()
    match = _NUMBER.match(stripped)
    return (match[0], stripped[match.end() :].strip()) if match else ("", stripped)


def number(text: str, expected: str) -> int | float:
    """Return the number a decimal text stands for: an integer where it is one.

    Raises QuantityError, naming `expected`, for anything else.
    """
    stripped = text.strip()
    _refuse_oddities(stripped, expected)
    if _NUMBER.fullmatch(stripped) is None:
        raise QuantityError(wording("{value} is not a number", value=quoted(text)), expected)
    return finite(int(stripped) if stripped.lstrip("+-").isdigit() else float(stripped), expected)


def finite(value: float, expected: str) -> int | float:
    """Return a number as it is; raises QuantityError for NaN, infinity and numbers beyond any quantity."""
    if isinstance(value, float) and not math.isfinite(value):
        raise QuantityError(wording("{value} is not a finite number", value=quoted(value)), expected)
    if not -_LARGEST < value < _LARGEST:
        raise QuantityError(wording("the number is too large for any quantity"), expected)
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1 << 53 else value


def _refuse_oddities(text: str, expected: str) -> None:
    if len(text) > LONGEST:
        raise QuantityError(
            wording(
                "{value} has {count} characters, too many for a number", value=quoted(text), count=f"{len(text):,}"
            ),
            expected,
        )
    if _UNFINITE.fullmatch(text):
        raise QuantityError(wording("{value} is not a finite number", value=quoted(text)), expected)
    if not text.isascii() and any(character.isdigit() for character in text):
        raise QuantityError(wording("{value} is not written in the digits 0-9", value=quoted(text)), expected)
    if _LEADING_ZERO.match(text):
        message = wording("{value} has a leading zero, which some programs read as octal", value=quoted(text))
        raise QuantityError(
            message,
            wording("{number}, without the zero", number=text.lstrip("+-").lstrip("0") or "0"),
            "leading-zero-number",
        )
