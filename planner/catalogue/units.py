"""Numbers and units as people write them in settings: bounded decimals, and what a unit is worth.

Refused with a reason: NaN and infinity, full-width and other non-ASCII digits, thousands separators,
leading zeros (some programs read `010` as 8) and numbers of absurd length.
"""

import math
import re
from collections.abc import Mapping
from types import MappingProxyType

from planner.wording import term, wording

_ASCII_BLANKS = " \t\n\r\f\v"
_BLANKS = re.compile(f"[{_ASCII_BLANKS}]+")
LONGEST = 40
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_SEPARATED = re.compile(r"[+-]?[0-9]+(?:[,._' ][0-9]+)+")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]")
_UNFINITE = re.compile(r"[+-]?\.?(?:nan|inf|infinity)", re.IGNORECASE)
SMALLEST = 1e-12  # nothing a deployment declares is smaller and not 0; quotients stay finite above it
LARGEST = 1e300  # a few of them multiplied are still finite


class QuantityError(ValueError):
    """A text that does not say what it should.

    `rule` is the name of the bad state, `str(error)` what is wrong, `expected` what would be right.
    """

    def __init__(self, message: str, expected: str, rule: str = "wrong-type") -> None:
        super().__init__(message)
        self.expected = expected
        self.rule = rule


def _visible(text: str) -> str:
    """Return a text with each character that cannot be seen written as `<U+200B>`."""
    if text.isascii() and text.isprintable():
        return text
    seen = {each for each in text if not each.isprintable() and each not in _ASCII_BLANKS}
    return "".join(f"<U+{ord(each):04X}>" if each in seen else each for each in text)


def quoted(raw: object) -> str:
    """Return a value as an error message shows it: one line, shortened."""
    text = "true" if raw is True else "false" if raw is False else "null" if raw is None else str(raw)
    line = " ".join(_BLANKS.split(_visible(text).strip(_ASCII_BLANKS)))
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
        problem = wording("{value} is not a number", value=quoted(text))
        if _SEPARATED.fullmatch(stripped):
            problem = wording(
                "{value} is not a number: numbers have no separators but a decimal point", value=quoted(text)
            )
        raise QuantityError(problem, expected)
    return finite(int(stripped) if stripped.lstrip("+-").isdigit() else float(stripped), expected)


def finite(value: float, expected: str) -> int | float:
    """Return a number as it is; raises QuantityError for NaN, infinity and numbers beyond any quantity."""
    if isinstance(value, float) and not math.isfinite(value):
        raise QuantityError(wording("{value} is not a finite number", value=quoted(value)), expected)
    if not -LARGEST < value < LARGEST:
        raise QuantityError(wording("the number is too large for any quantity"), expected)
    if -SMALLEST < value < SMALLEST and value:
        raise QuantityError(wording("the number is too small for any quantity"), expected)
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


# The units a deployment may use, and what each is in base units (B, s, bit/s).

_DECIMAL = {"k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12, "p": 10**15}
_BINARY = {letter: 1 << 10 * (power + 1) for power, letter in enumerate("kmgtp")}

DURATIONS: Mapping[str, float] = MappingProxyType(
    {"us": 1e-6, "ms": 1e-3}
    | dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1)
    | dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60)
    | dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3600)
    | dict.fromkeys(("d", "day", "days"), 86400)
    | dict.fromkeys(("w", "week", "weeks"), 604800)
)
# `512M` is what MySQL, dd and the kernel's boot options read: a bare letter is a power of 1024, `MB` is 10^6.
SIZES: Mapping[str, float] = MappingProxyType(
    {"b": 1, "byte": 1, "bytes": 1}
    | {f"{letter}b": factor for letter, factor in _DECIMAL.items()}
    | {f"{letter}ib": factor for letter, factor in _BINARY.items()}
    | _BINARY
)
RATES: Mapping[str, float] = MappingProxyType(
    dict.fromkeys(("bps", "bit/s", "b/s"), 1)
    | {
        f"{letter}{ending}": factor
        for letter, factor in _DECIMAL.items()
        for ending in ("bps", "bit/s", "bit", "b/s", "be", "")
    }
)
_NEGLIGIBLE = 1e-6
_BITS = 2  # characters of `Gb`
_SHOWN = {
    "duration": (DURATIONS, wording("a duration such as 75s, 2m or 1h30m")),
    "size": (SIZES, wording("a size such as 32GB, 32GiB or 512M (GB is 10^9 B; GiB and a bare G are 2^30 B)")),
    "rate": (RATES, wording("a bit rate such as 1Gbps or 100Mbit/s")),
}


def scale_of(unit: str) -> int | float:
    """Return what one of `unit` is in base units: 0.001 for ms, 86400 for d, 1 for base units and counts."""
    return DURATIONS.get(unit, 1)


def measure(kind: str, text: str, unit: str) -> int | float:
    """Return a text of kind `duration`, `size` or `rate` in base units; a bare number is taken in `unit`.

    Raises QuantityError, with rule `unit-impossible` where the number is fine and its unit is not.
    """
    table, expected = _SHOWN[kind]
    figures, suffix = split_number(text)
    if not suffix or not figures:
        return _scaled(number(text, expected), scale_of(unit))
    if kind == "duration" and any(character.isdigit() for character in suffix):
        return _compound(text, expected)
    return _scaled(number(figures, expected), _factor(kind, suffix, table, expected))


def _compound(text: str, expected: str) -> int | float:
    total: int | float = 0
    rest = text.strip()
    while rest:
        figures, tail = split_number(rest)
        unit = tail[: next((at for at, letter in enumerate(tail) if not letter.isalpha()), len(tail))]
        if not unit:
            raise QuantityError(wording("{value} is not a duration", value=quoted(text)), expected)
        total += _scaled(number(figures, expected), _factor("duration", unit, DURATIONS, expected))
        rest = tail[len(unit) :].strip()
    return finite(total, expected)


def _factor(kind: str, suffix: str, table: Mapping[str, float], expected: str) -> int | float:
    factor = table.get(_spelling(kind, suffix))
    if factor is None:
        raise QuantityError(
            wording("{suffix} is not a unit of a {kind}", suffix=quoted(suffix), kind=term(kind)),
            expected,
            "unit-impossible",
        )
    if kind == "size" and len(suffix) == _BITS and suffix[0].isupper() and suffix[1] == "b":
        raise QuantityError(
            wording("{suffix} means bits; a size counts bytes", suffix=quoted(suffix)), expected, "unit-impossible"
        )
    return factor


def _spelling(kind: str, suffix: str) -> str:
    """Return a unit as its table has it: case is free in sizes, in rates only that of the prefix."""
    if kind == "size" and suffix.isascii():
        return suffix.lower()
    if kind == "rate" and suffix[1:] in {"bE", "BE", "E"}:
        return suffix[0].lower() + "be"
    return suffix[0].lower() + suffix[1:] if kind == "rate" and suffix[0] in "KMGTP" else suffix


def _scaled(value: float, factor: float) -> int | float:
    scaled = value * factor
    nearest = round(scaled)
    # 0.07 GB must be 70,000,000 B, not 70,000,000.00000001: a millionth of a unit is below any meaning here.
    whole = isinstance(factor, int) and nearest != 0 and abs(scaled - nearest) < _NEGLIGIBLE
    return nearest if whole else finite(scaled, wording("a number of ordinary size"))
