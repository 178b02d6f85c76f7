"""Records without people: numbers keep country and area, addresses their network."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from planner.cdr.export.columns import export_data
from planner.cdr.format import cdr_format

if TYPE_CHECKING:
    from collections.abc import Sequence

HIDDEN = "x"
_NUMBER = re.compile(r"\+?[0-9]+")


def mask_number(text: str, kept: int, hidden: int) -> str:
    """Return a number with all but the first `kept` digits hidden, and at least the last `hidden` ones.

    A text that is no plain number (a SIP name, a word) is hidden entirely; the length stays.
    """
    if not _NUMBER.fullmatch(text):
        return HIDDEN * len(text)
    sign = text[: len(text) - len(text.lstrip("+"))]
    digits = text[len(sign) :]
    shown = max(min(kept, len(digits) - hidden), 0)
    return sign + digits[:shown] + HIDDEN * (len(digits) - shown)


@lru_cache(maxsize=65536)
def mask_address(text: str) -> str:
    """Return the network of an address; what is no address is hidden entirely."""
    bits = export_data()["masking"]
    try:
        address = ip_address(text)
    except ValueError:
        return HIDDEN * len(text)
    prefix = bits[f"ipv{address.version}_bits"]["value"]
    return str(ip_network(f"{address}/{prefix}", strict=False).network_address)


class Mask:
    """Hides numbers and addresses in the fields of a record."""

    def __init__(self, kept: int | None = None) -> None:
        data = export_data()["masking"]
        self._kept = data["kept_digits"]["value"] if kept is None else kept
        self._hidden = data["hidden_digits"]["value"]
        names = [column.name for column in cdr_format().columns]
        self._numbers = [names.index(name) for name in data["numbers"]]
        self._addresses = [names.index(name) for name in data["addresses"]]

    def __call__(self, fields: Sequence[str]) -> tuple[str, ...]:
        """Return the fields with numbers and addresses hidden."""
        masked = list(fields)
        for place in self._numbers:
            masked[place] = mask_number(fields[place], self._kept, self._hidden)
        for place in self._addresses:
            masked[place] = mask_address(fields[place])
        return tuple(masked)
