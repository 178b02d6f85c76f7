"""Quantities: what a setting's text stands for, in SI base units (B, s, bit/s, plain numbers and ratios).

A *kind* says how a text is read: `count`, `number`, `duration`, `size`, `rate`, `ratio`, `switch`, `text`,
`codecs`, `ports`, `address`, `date`, `hex`, `version` or `numbers`. Units are in `planner.catalogue.units`,
settings of several parts in `planner.catalogue.mixtures`, numbers for people in `planner.catalogue.display`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from planner.catalogue.display import format_quantity
from planner.catalogue.mixtures import address, byte, codec_mix, date, number_list, port_list, version
from planner.catalogue.units import QuantityError, finite, measure, number, quoted, scale_of
from planner.wording import wording

__all__ = ["Quantity", "QuantityError", "Raw", "format_quantity", "parse_quantity", "switch"]

Raw: TypeAlias = "bool | int | float | str | Sequence[Raw] | Mapping[str, Raw] | None"
Quantity: TypeAlias = "bool | int | float | str | tuple[Quantity, ...] | Mapping[str, Quantity] | None"

_ON = frozenset({"on", "true"})
_OFF = frozenset({"off", "false"})
_ODD = {"1": True, "yes": True, "enabled": True, "enable": True, "y": True}
_ODD |= {"0": False, "no": False, "disabled": False, "disable": False, "n": False}
_STRUCTURED: dict[str, Callable[[Any], Quantity]] = {"codecs": codec_mix, "ports": port_list, "numbers": number_list}
_TEXTUAL: dict[str, Callable[[str], Quantity]] = {"address": address, "date": date, "hex": byte, "version": version}
_NUMERIC = {
    "count": wording("a whole number"),
    "number": wording("a number"),
    "ratio": wording("a share such as 0.4 or 40%"),
    "duration": wording("a duration such as 75s, 2m or 1h30m"),
    "days": wording("a number of days such as 30, 30d or 12w"),
    "size": wording("a size with its unit, such as 32GB"),
    "rate": wording("a bit rate with its unit, such as 1Gbps"),
}


def parse_quantity(kind: str, raw: Raw, unit: str = "") -> Quantity:
    """Return what `raw` stands for, in base units; a bare number is taken in `unit` (`s`, `ms`, `min`, ...).

    `raw` is a plain value: a bool, a number, a text, a list or a mapping. Raises QuantityError naming what is
    wrong and what would be right.
    """
    if raw is None:
        raise QuantityError(wording("there is no value"), _NUMERIC.get(kind, wording("a value")))
    if kind in _STRUCTURED:
        return _STRUCTURED[kind](raw)
    if not isinstance(raw, (bool, int, float, str)):
        found = wording("a list") if isinstance(raw, Sequence) else wording("a mapping")
        raise QuantityError(
            wording("{found} stands where one value belongs", found=found),
            _NUMERIC.get(kind, wording("a single value")),
        )
    if kind == "switch":
        return switch(raw)[0]
    if kind in _NUMERIC:
        return _numeric(kind, raw, unit)
    text = _plain_text(raw)
    return _TEXTUAL[kind](text) if kind in _TEXTUAL else text


def switch(raw: Raw) -> tuple[bool, bool]:
    """Return what a switch is set to, and whether it is spelled oddly (`1`, `yes` instead of On/Off).

    Raises QuantityError for anything that is no switch.
    """
    if isinstance(raw, bool):
        return raw, False
    text = f"{raw:g}" if isinstance(raw, float) else str(raw).strip().lower()
    if text in _ON or text in _OFF:
        return text in _ON, False
    if text in _ODD:
        return _ODD[text], True
    raise QuantityError(wording("{value} is not a switch", value=quoted(raw)), wording("On or Off"))


def _numeric(kind: str, raw: float | str, unit: str) -> int | float:
    expected = _NUMERIC[kind]
    if isinstance(raw, bool):
        raise QuantityError(wording("{value} is a switch, not a number", value=quoted(raw)), expected)
    if isinstance(raw, str):
        value = _from_text(kind, raw, unit)
    else:
        value = finite(finite(raw, expected) * (scale_of(unit) if kind == "duration" else 1), expected)
    if kind == "count" and (
        not isinstance(value, int) or (isinstance(raw, str) and not raw.strip().lstrip("+-").isdigit())
    ):
        raise QuantityError(wording("{value} is not a whole number", value=quoted(raw)), expected)
    return value


def _from_text(kind: str, text: str, unit: str) -> int | float:
    if not text.strip():
        raise QuantityError(wording("the value is empty"), _NUMERIC[kind])
    if kind in {"duration", "size", "rate"}:
        return measure(kind, text, unit)
    if kind == "days":
        days = measure("duration", text, "d") / scale_of("d")
        return int(days) if days.is_integer() else days
    if kind == "ratio" and text.rstrip().endswith("%"):
        return finite(number(text.rstrip()[:-1], _NUMERIC[kind]) / 100, _NUMERIC[kind])
    return number(text, _NUMERIC[kind])


def _plain_text(raw: float | str) -> str:
    if isinstance(raw, bool):
        raise QuantityError(
            wording("{value} is a switch, not a text", value=quoted(raw)),
            wording("a text; in quotes if it is a word like on"),
        )
    return str(raw)
