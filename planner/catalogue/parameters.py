"""The registry of parameters: every entry of the section schemas, found by name, by alias or by likeness.

Each section's schema is read when it is first asked for. Names are dotted: `traffic.cps`,
`server.storage.type`, `softswitch.SS_MAXCPS`, `sysctl.net.core.rmem_max`, `mysql.max_connections`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from planner.catalogue.parameter import Parameter
from planner.catalogue.schemas import schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "Parameter",
    "canonical_key",
    "is_open",
    "meant",
    "parameter",
    "parameters",
    "resolve",
    "sections",
    "spelled",
    "suggest",
]

_LIKENESS = 0.7
_SUGGESTIONS = 3
_OWN = "#/properties/"


@cache
def sections() -> tuple[str, ...]:
    """Return the sections of a deployment in the order a file has them."""
    return tuple(schema("deployment")["properties"])


def parameters(section: str | None = None) -> tuple[Parameter, ...]:
    """Return the parameters of a section, aliases included, sorted by name; of all sections for None.

    Raises KeyError for a section that does not exist.
    """
    wanted = sections() if section is None else (section,)
    return tuple(each for name in wanted for each in _entries(name).values())


def parameter(name: str) -> Parameter | None:
    """Return the entry of exactly this dotted name, be it an alias; None where there is none."""
    section, _, key = name.partition(".")
    return _entries(section).get(key) if section in sections() else None


def resolve(name: str) -> Parameter | None:
    """Return the parameter a name means: through aliases, separators and families of names."""
    section, _, key = name.partition(".")
    found = spelled(section, key) if section in sections() else None
    return meant(found) if found else None


def spelled(section: str, key: str) -> Parameter | None:
    """Return the entry a key of a section is spelled as, be it an alias; or its family; None for neither."""
    entries = _entries(section)
    found = entries.get(key) or entries.get(canonical_key(section, key))
    return found or _family(section, canonical_key(section, key))


def meant(entry: Parameter) -> Parameter:
    """Return the parameter an alias stands for; any other one as it is."""
    return _entries(entry.section)[entry.alias_of] if entry.alias_of else entry


def canonical_key(section: str, key: str) -> str:
    """Return a key as its section spells it: `-` is `_` in `mysql`, `/` separates as `.` does in `sysctl`."""
    if section == "mysql":
        return key.replace("-", "_").lower()
    if section != "sysctl" or "/" not in key:
        return key
    first = next(character for character in key if character in "./")
    return key.translate(str.maketrans("./", "/.")) if first == "/" else key


def is_open(section: str) -> bool:
    """Tell whether a section allows names beyond the catalogue's, as the programs it speaks of do."""
    return bool(schema(section).get("x-open"))


def suggest(name: str) -> tuple[str, ...]:
    """Return the keys of the same section most like an unknown name, best first, no aliases."""
    from difflib import get_close_matches  # noqa: PLC0415  only mistakes need it

    section, _, key = name.partition(".")
    if section not in sections():
        return tuple(get_close_matches(section, sections(), n=1, cutoff=_LIKENESS))
    by_fold = {known.casefold(): known for known in _entries(section)}
    folded = canonical_key(section, key).casefold()[:100]
    matches = get_close_matches(folded, by_fold, n=_SUGGESTIONS, cutoff=_LIKENESS)
    known = [_entries(section)[by_fold[match]] for match in matches]
    return tuple(dict.fromkeys(each.alias_of or each.key for each in known))


def _family(section: str, key: str) -> Parameter | None:
    return next((each for each in _families(section) if key.startswith(f"{each.key}_")), None)


@cache
def _families(section: str) -> tuple[Parameter, ...]:
    return tuple(each for each in _entries(section).values() if each.quantity == "family")


@cache
def _entries(section: str) -> dict[str, Parameter]:
    if section not in sections():
        raise KeyError(section)
    properties = schema(section).get("properties", {})
    return {key: Parameter(section, key, entry) for key, entry in _flat(properties, properties)}


def _flat(properties: Mapping[str, Any], top: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, entry in properties.items():
        if entry.get("x-quantity") == "section":
            yield from _flat(entry["properties"], top, f"{prefix}{key}.")
        else:
            yield prefix + key, _completed(entry, top)


def _completed(entry: Mapping[str, Any], top: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an alias's entry with what it stands for below its own words."""
    reference = entry.get("$ref", "")
    target = top.get(reference.removeprefix(_OWN)) if reference.startswith(_OWN) else None
    return entry if target is None else {**target, "x-aliases": (), **entry}
