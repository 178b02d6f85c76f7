"""Whether a name of an open section must be a slip: names beyond the catalogue are allowed there."""

from __future__ import annotations

_SHORT = 4  # ipv4 and ipv6, all and eth0 are no slips of each other


def misspelled(section: str, key: str, near: str) -> bool:
    """Tell whether a name of an open section is so like a known one that it must be a slip.

    Interface names and the like stand between dots: compared are names of as many parts that differ in one.
    """
    if section == "sysctl":
        theirs, ours = near.split("."), key.split(".")
        differing = [pair for pair in zip(theirs, ours, strict=False) if pair[0] != pair[1]]
        return len(theirs) == len(ours) and len(differing) == 1 and _slip(*differing[0])
    return _slip(near, key)


def _slip(right: str, written: str) -> bool:
    """Tell whether one letter more, less, wrong or swapped makes one word the other; short words never."""
    if min(len(right), len(written)) <= _SHORT or abs(len(right) - len(written)) > 1:
        return False
    start = next(
        (at for at, (a, b) in enumerate(zip(right, written, strict=False)) if a != b), min(len(right), len(written))
    )
    one, two = right[start:], written[start:]
    return one[1:] == two[1:] or one[1:] == two or one == two[1:] or (one[:2] == two[1::-1] and one[2:] == two[2:])
