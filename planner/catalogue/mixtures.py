"""Settings of several parts: codec mixes, port lists, addresses, dates, versions, lists of numbers."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from planner.catalogue.data import SCHEMAS
from planner.catalogue.units import QuantityError, finite, number, quoted
from planner.wording import wording

_CODECS = wording("a codec such as g729, or a mix such as g729=70,g711=30")
_PORTS = wording("ports such as 5060, 10000-49999 or a list of them")
_CODEC_NAME = re.compile(r"[A-Za-z][A-Za-z0-9.+/ _-]{0,30}")
_ADDRESS = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:\[\]]+):([0-9]{1,5})")
_VERSION = re.compile(
    r"(?:[A-Za-z]+[- ]?)?v?([0-9]{1,4}(?:\.[0-9]{1,4}){0,4})(?:[-._+~ ][0-9A-Za-z._+~-]*)?", re.IGNORECASE
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PORT_MAX = 65535
_DIGITS = re.compile(r"[0-9]+")
_HEX = re.compile(r"0[xX]([0-9a-fA-F]{1,2})")
_BYTE = wording("a byte such as 0xa0, or a number of 0-255")
_BYTE_MAX = 255


def codec_mix(raw: Any) -> Mapping[str, float]:  # noqa: ANN401  a plain value of any shape
    """Return the shares of a codec mix by name as written in lower case; they add up to 1.

    `g729`, `g729=70,g711=30`, `{g729: 70, g711: 30}` and `[g729, g711]` (equal shares) are read.
    """
    shares = _weights(raw)
    total = sum(shares.values())
    if not shares:
        raise QuantityError(wording("the codec mix is empty"), _CODECS)
    if total <= 0:
        raise QuantityError(
            wording("the shares of the codecs add up to 0"), wording("shares of which at least one is above 0")
        )
    if whole := missed(total):
        said = wording("the shares of the codecs add up to {total}, not to {whole}", total=f"{total:g}", whole=whole)
        raise QuantityError(said, wording("shares of which none is forgotten, or weights such as 2 and 1"))
    return {name: share / total for name, share in shares.items()}


def missed(total: float) -> int:
    """Return the whole, 1 or 100, that shares come near to without adding up to it; 0 where they are weights."""
    near = (whole for whole in (1, 100) if 0.5 * whole < total < 1.5 * whole and abs(total - whole) > 0.01 * whole)
    return next(near, 0)


def _weights(raw: Any) -> dict[str, float]:  # noqa: ANN401  a plain value of any shape
    if isinstance(raw, str):
        pairs = [part.partition("=") for part in raw.split(",")]
        items = [(name, share if sign else 1) for name, sign, share in pairs]
    elif isinstance(raw, Mapping):
        items = list(raw.items())
    elif isinstance(raw, Sequence):
        items = [(name, 1) for name in raw]
    else:
        raise QuantityError(wording("{value} is not a codec mix", value=quoted(raw)), _CODECS)
    shares: dict[str, float] = {}
    for name, share in items:
        key = _codec_name(name)
        shares[key] = shares.get(key, 0) + _share(key, share)
    return shares


def _codec_name(name: object) -> str:
    if not isinstance(name, str) or not _CODEC_NAME.fullmatch(name.strip()):
        raise QuantityError(wording("{name} is not a codec's name", name=quoted(name)), _CODECS)
    return name.strip().lower()


def _share(name: str, share: object) -> float:
    if isinstance(share, bool) or not isinstance(share, (int, float, str)):
        raise QuantityError(
            wording("the share of {name}, {share}, is not a number", name=name, share=quoted(share)), _CODECS
        )
    text = share.strip().removesuffix("%") if isinstance(share, str) else share
    value = number(text, _CODECS) if isinstance(text, str) else finite(text, _CODECS)
    if value < 0:
        raise QuantityError(
            wording("the share of {name}, {share}, is negative", name=name, share=quoted(share)),
            wording("shares of 0 and above"),
        )
    return value


def port_list(raw: Any) -> tuple[tuple[int, int], ...]:  # noqa: ANN401  a plain value of any shape
    """Return the port ranges of a text such as `5060,6060,10000-49999`, each as (first, last)."""
    if isinstance(raw, bool) or raw is None or isinstance(raw, Mapping):
        raise QuantityError(wording("{value} is not a port", value=quoted(raw)), _PORTS)
    parts = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else str(raw).split(",")
    if not parts:
        raise QuantityError(wording("the list of ports is empty"), _PORTS)
    return tuple(_port_range(str(part).strip()) for part in parts)


def _port_range(text: str) -> tuple[int, int]:
    first, dash, last = (part.strip() for part in re.sub(r"(?<=[0-9])\s*:\s*(?=[0-9])", "-", text).partition("-"))
    low = _port(first, text)
    high = _port(last, text) if dash else low
    if high < low:
        raise QuantityError(
            wording("the port range {value} ends before it begins", value=quoted(text)), f"{high}-{low}"
        )
    return low, high


def _port(text: str, whole: str) -> int:
    value = number(text, _PORTS) if _DIGITS.fullmatch(text) else None
    if not isinstance(value, int):
        raise QuantityError(wording("{value} is not a port", value=quoted(whole)), _PORTS)
    if not 0 <= value <= _PORT_MAX:
        raise QuantityError(
            wording("port {value} does not exist", value=value), wording("ports of 0-65535"), "out-of-range"
        )
    return value


def byte(text: str) -> int:
    """Return the byte a text such as `0xa0` or `160` stands for."""
    hexadecimal = _HEX.fullmatch(text.strip())
    value = int(hexadecimal[1], 16) if hexadecimal else number(text, _BYTE)
    if not isinstance(value, int) or not 0 <= value <= _BYTE_MAX or text.strip().startswith("+"):
        raise QuantityError(wording("{value} is not a byte", value=quoted(text)), _BYTE)
    return value


def address(text: str) -> str:
    """Return an `IP:port` (or `host:port`, `[IPv6]:port`) as it is, checked for form."""
    match = _ADDRESS.fullmatch(text.strip())
    if match is None or not 1 <= int(match[2]) <= _PORT_MAX:
        raise QuantityError(
            wording("{value} is not an address with a port", value=quoted(text)),
            wording("IP:port, such as 192.0.2.10:9000"),
        )
    return text.strip()


def date(text: str) -> str:
    """Return an ISO date (YYYY-MM-DD) as it is, checked against the calendar."""
    import datetime as dt  # noqa: PLC0415  few deployments hold a date

    if _DATE.fullmatch(text.strip()) is None:
        return _no_date(text)
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return _no_date(text)


def _no_date(text: str) -> str:
    raise QuantityError(wording("{value} is not a date", value=quoted(text)), wording("a date such as 2027-03-31"))


def version(text: str) -> str:
    """Return a version such as `2.1.9.07` or `mariadb-10.11` as it is, checked for form."""
    if _VERSION.fullmatch(text.strip()) is None:
        raise QuantityError(
            wording("{value} is not a version", value=quoted(text)), wording("a version such as 2.1.9.07, in quotes")
        )
    return text.strip()


def number_list(raw: Any) -> tuple[int | float, ...]:  # noqa: ANN401  a plain value of any shape
    """Return the numbers of a list, or of a text separated by commas or blanks."""
    expected = wording("a list of numbers")
    parts = re.split(r"[,\s]+", raw.strip()) if isinstance(raw, str) else raw
    if isinstance(parts, Mapping) or not isinstance(parts, Sequence):
        raise QuantityError(wording("{value} is not a list", value=quoted(raw)), expected)
    values = []
    for part in parts:
        if isinstance(part, bool) or not isinstance(part, (int, float, str)):
            raise QuantityError(wording("{value} is not a number", value=quoted(part)), expected)
        values.append(number(part, expected) if isinstance(part, str) else finite(part, expected))
    return tuple(values)


# Names of codecs: the model's own, and the spellings that mean the same.


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
