"""Telephone numbers and addresses made unreadable: the default for everything that came from call records.

A masked number keeps what a capacity plan needs (its leading digits, its length class) and loses the
subscriber:
`12025550123` becomes `1202…`. Addresses keep their network half: `192.0.2.17` becomes `192.0.x.x`.
"""

from __future__ import annotations

import re
from typing import Any

_KEPT_DIGITS = 4
_TIME = re.compile(
    r"((?<![\d+])[12]\d{3}-[01]\d-[0-3]\d"
    r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-]))"
)
"""Dates and times, which look like numbers and are none."""
_ADDRESS4 = re.compile(r"(?<![\d.])(\d{1,3}([._-])\d{1,3})\2\d{1,3}\2\d{1,3}(?![\d.]*\d)")
"""An address, also with the strokes that names of hosts write for its dots."""
_ADDRESS6 = re.compile(
    r"(?<![0-9A-Za-z:])(?=[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:)([0-9A-Fa-f]{1,4})?:[0-9A-Fa-f:.]*(?![0-9A-Za-z:])"
)
_NUMBER = re.compile(r"\+?\d(?:[ ()./_-]{0,2}\d){6,}")


def mask(text: str) -> str:
    """Return `text` with every telephone number of seven digits or more and every IP address masked."""
    parts = _TIME.split(text)
    return "".join(part if index % 2 else _mask(part) for index, part in enumerate(parts))


def _mask(text: str) -> str:
    hidden = _ADDRESS4.sub(r"\1\2x\2x", text)
    hidden = _ADDRESS6.sub(lambda found: f"{found[1] or ''}:…", hidden)
    return _NUMBER.sub(_number, hidden)


def masked(value: Any) -> Any:  # noqa: ANN401  any JSON value, and the same shape back
    """Return a JSON value with every text in it masked, the keys of objects included; numbers stay.

    Keys that become equal by masking are kept apart by a running number, so that no entry is lost.
    """
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, list | tuple):
        return [masked(item) for item in value]
    if isinstance(value, dict):
        return _masked_object(value)
    return value


def _masked_object(value: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, item in value.items():
        name = base = mask(key)
        count = 1
        while name in result:
            count += 1
            name = f"{base} ({count})"
        result[name] = masked(item)
    return result


def _number(found: re.Match[str]) -> str:
    text = found[0]
    plus = "+" if text.startswith("+") else ""
    digits = "".join(character for character in text if character.isdigit())
    return f"{plus}{digits[:_KEPT_DIGITS]}…"
