"""Keys of /proc/sys by kernel: which kernels have one, who may write it, and how `all` and an interface combine.

The data is `schemas/sysctl-keys.tsv`, read when kernel settings are checked. `*` in a key stands for one part: an
interface, a protocol.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from planner.catalogue.data import SCHEMAS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.catalogue.versions import Version

SOURCE = "linux-sysctl-tables"

KERNELS = ("2.6.32", "3.10", "3.10", "4.18", "4.18", "5.14", "6.1", "6.12")
"""The kernels of the data's columns: EL6, 3.10, EL7, 4.18, EL8, 5.14, 6.1 and 6.12."""

_WHOLE = frozenset({"kernel", "vm", "fs", "user"})
"""First parts below which the data has every key of these kernels, modules apart."""


class KernelKey(NamedTuple):
    """One key: `kernels` has a 1 for each of KERNELS that has it, `n` where only a newer one has.

    `access`: `r` read-only, `w` write-only, `r:4.18` read-only before that kernel. `combines`: `max`, `or`, `and` of
    `all` and the interface; empty where one of the two alone counts.
    """

    key: str
    kernels: str = ""
    access: str = ""
    module: str = ""
    unit: str = ""
    minimum: str = ""
    maximum: str = ""
    combines: str = ""
    renamed: str = ""

    def exists(self, kernel: Version | None) -> bool:
        """Tell whether a kernel (None: any known one, or a newer) has the key."""
        if kernel is None or "1" not in self.kernels:
            return "1" in self.kernels or "n" in self.kernels
        at = max((at for at, text in enumerate(KERNELS) if kernel.reaches(text)), default=0)
        # Two columns of one version are the kernel's own release and a distribution's.
        alike = [here for here, text in zip(self.kernels, KERNELS, strict=True) if text == KERNELS[at]]
        return "1" in alike or "n" in alike

    def read_only(self, kernel: Version | None) -> bool:
        """Tell whether a write is refused; of an unknown kernel what EL7's does."""
        until = self.access.partition(":")[2]
        return self.access[:1] == "r" and not (until and kernel is not None and kernel.reaches(until))


@cache
def _lines() -> dict[str, str]:
    lines = (SCHEMAS / "sysctl-keys.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {line.partition("\t")[0]: line for line in lines}


@cache
def _patterns() -> dict[tuple[int, str], list[tuple[list[str], str]]]:
    found: dict[tuple[int, str], list[tuple[list[str], str]]] = {}
    for key in filter(lambda each: "*" in each, _lines()):
        parts = key.split(".")
        found.setdefault((len(parts), parts[-1]), []).append((parts, key))
    return found


@lru_cache(1 << 12)
def kernel_key(name: str) -> KernelKey | None:
    """Return what is known of a key, `net.ipv4.conf.eth0.rp_filter` as `net.ipv4.conf.*.rp_filter`; None for none."""
    lines, parts = _lines(), name.split(".")
    last = next((each for each in (parts[-1], "*") if (len(parts), each) in _patterns()), "")
    fits = (key for own, key in _patterns().get((len(parts), last), ()) if _fits(own, parts))
    line = lines.get(name) or lines.get(next(fits, ""))
    return KernelKey(*line.split("\t")) if line else None


def _fits(pattern: list[str], parts: list[str]) -> bool:
    return all(one in {"*", other} for one, other in zip(pattern, parts, strict=True))


def foreign_part(name: str) -> str:
    """Return what a name begins with that no key of Linux does: `kern`, `net.inet`; empty for none."""
    parts = name.split(".")
    begins = (".".join(parts[:count]) for count in (1, 2 if parts[0] == "net" and len(parts) > len("ab") else 1))
    return next((each for each in begins if each not in _beginnings()), "")


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(".".join(key.split(".")[:count]) for key in _lines() for count in (1, 2))


def is_charted(name: str) -> bool:
    """Tell whether the data has every key this one could be, so that a missing one does not exist."""
    parts = name.split(".")
    if parts[0] != "net":
        return parts[0] in _WHOLE and len(parts) == len(("kernel", "panic"))
    return parts[1:2] in (["core"], ["ipv4"], ["ipv6"], ["unix"], ["netfilter"])


def near_keys(name: str) -> Iterator[str]:
    """Yield the existing keys that differ from a name in one part, by a letter or two."""
    from difflib import get_close_matches  # noqa: PLC0415  only slips need it

    parts = name.split(".")
    same = (key for key in _lines() if key.count(".") == name.count(".") and "*" not in key)
    likely = [key for key in same if sum(a != b for a, b in zip(key.split("."), parts, strict=True)) == 1]
    yield from get_close_matches(name, likely, 1, 0.9)
