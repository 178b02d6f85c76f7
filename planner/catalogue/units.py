"""The units a deployment may use, and what each is in base units (B, s, bit/s)."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from planner.catalogue.numerals import QuantityError, finite, number, quoted, split_number
from planner.wording import term, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    if kind == "rate" and suffix[1:] in {"bE", "BE"}:
        return suffix[0].lower() + "be"
    return suffix[0].lower() + suffix[1:] if kind == "rate" and suffix[0] in "KMGTP" else suffix


def _scaled(value: float, factor: float) -> int | float:
    scaled = value * factor
    nearest = round(scaled)
    # 0.07 GB must be 70,000,000 B, not 70,000,000.00000001: a millionth of a unit is below any meaning here.
    whole = isinstance(factor, int) and nearest != 0 and abs(scaled - nearest) < _NEGLIGIBLE
    return nearest if whole else finite(scaled, wording("a number of ordinary size"))
