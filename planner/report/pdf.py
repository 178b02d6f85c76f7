"""What a printed PDF says of itself: on which page each section begins, and when it was made.

Chromium writes the objects that tell these as plain text, each page link with its target's name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"^(\d+) 0 obj\n(.*?)^endobj", re.DOTALL | re.MULTILINE)
_ROOT = re.compile(rb"/Type /Catalog\b.*?/Pages (\d+) 0 R(?:.*?/Dests (\d+) 0 R)?", re.DOTALL)
_KIDS = re.compile(rb"/Type /Pages\b.*?/Kids \[([^\]]*)\]", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+) 0 R")
_TARGET = re.compile(rb"/([\w.-]+) \[(\d+) 0 R")
_TIME = re.compile(rb"/(CreationDate|ModDate) \(D:\d{14}")


def pages_of(raw: bytes) -> dict[str, int]:
    """Return the page, from 1, on which each link target stands; empty where the PDF does not tell."""
    objects = {int(number): body for number, body in _OBJECT.findall(raw)}
    root = next((found for body in objects.values() if (found := _ROOT.search(body))), None)
    if root is None or root[2] is None:
        return {}
    places = {page: place for place, page in enumerate(_leaves(objects, int(root[1])), 1)}
    targets = _TARGET.findall(objects.get(int(root[2]), b""))
    return {name.decode(): places[int(page)] for name, page in targets if int(page) in places}


def _leaves(objects: Mapping[int, bytes], number: int) -> Iterator[int]:
    """Yield the pages below a node of the page tree, in order."""
    node = _KIDS.search(objects.get(number, b""))
    if node is None:
        yield number
        return
    for kid in _REFERENCE.findall(node[1]):
        yield from _leaves(objects, int(kid))


def dated(raw: bytes, day: dt.date) -> bytes:
    """Return the PDF as made at the beginning of `day`: printed again, it has the same bytes."""
    return _TIME.sub(rb"/\1 (D:%s000000" % f"{day:%Y%m%d}".encode(), raw)
