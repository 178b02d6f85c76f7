"""Parameters as their schemas declare them, in words of the field and in base units; found by name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from planner.catalogue.data import schema
from planner.catalogue.display import measured_range, range_text, shown
from planner.catalogue.quantity import Quantity, parse_quantity, switch
from planner.catalogue.releases import Version, in_force
from planner.catalogue.units import scale_of

if TYPE_CHECKING:
    from planner.finding import Basis

_MEASURED = frozenset({"duration", "ratio", "number", "size", "rate", "count", "days", "hex", "ports"})
_DATED = frozenset({"x-removed", "x-since", "x-renamed", "x-deprecated", "x-mariadb"})
_PREFIXED = frozenset({"size", "rate"})


@dataclass(frozen=True, eq=False)
class Parameter:
    """A parameter of a section. `schema` is its JSON Schema, an alias's completed by what it stands for.

    `default`, `minimum` and `maximum` are in base units, as declared values are. The catalogue has one object
    for each, which is equal to itself alone.
    """

    section: str
    key: str
    schema: Mapping[str, Any]

    @cached_property
    def name(self) -> str:
        """The full name: `softswitch.SS_MAXCPS`."""
        return f"{self.section}.{self.key}"

    @property
    def description(self) -> str:
        """What the parameter does."""
        return str(self.schema.get("description", ""))

    @cached_property
    def quantity(self) -> str:
        """The kind of value, as `planner.catalogue.quantity` names it."""
        return str(self.schema.get("x-quantity", "text"))

    @cached_property
    def unit(self) -> str:
        """The unit a bare number is in, and the unit of the documented range; empty where there is none."""
        return str(self.schema.get("x-unit", ""))

    @cached_property
    def scale(self) -> int | float:
        """One of `unit` in base units."""
        return scale_of(self.unit) if self.quantity == "duration" else 1

    @cached_property
    def whole(self) -> bool:
        """Whether only whole numbers of `unit` are meant."""
        return bool(self.schema.get("x-whole")) or self.quantity == "count"

    @cached_property
    def limits(self) -> tuple[int | float | None, int | float | None]:
        """The least and the greatest value, in `unit`; of a vector those of each member."""
        items = self.schema.get("items", {}) if self.quantity == "kernel-vector" else self.schema
        return items.get("minimum"), items.get("maximum")

    @property
    def minimum(self) -> int | float | None:
        """The least value in base units, None where none is documented."""
        return None if self.limits[0] is None else self.limits[0] * self.scale

    @property
    def maximum(self) -> int | float | None:
        """The greatest value in base units, None where none is documented."""
        return None if self.limits[1] is None else self.limits[1] * self.scale

    @property
    def range_text(self) -> str:
        """The range as the source gives it: `60-86400 s`, `at least 1`; empty where there is none."""
        if self.quantity in _PREFIXED:
            return measured_range(*self.limits, self.unit)
        return range_text(*self.limits, "" if self.unit == "ratio" else self.unit)

    @cached_property
    def length(self) -> int | None:
        """The number of members of a vector."""
        length: int | None = self.schema.get("x-length") or self.schema.get("minItems")
        return length

    @cached_property
    def choices(self) -> tuple[Any, ...]:
        """The allowed values, where they can be listed."""
        return tuple(self.schema.get("x-choices", self.schema.get("enum", ())))

    @cached_property
    def said(self) -> tuple[str, ...]:
        """What people call it, which is no name of it."""
        return tuple(self.schema.get("x-said", ()))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words that may stand instead of a number, such as `Auto`."""
        return tuple(self.schema.get("x-words", ()))

    @cached_property
    def dated(self) -> bool:
        """Whether some version of the program does not know the parameter, or soon will not."""
        return not _DATED.isdisjoint(self.schema)

    @cached_property
    def unset(self) -> bool:
        """Whether the parameter is documented as not set by default."""
        return bool(self.schema.get("x-unset"))

    @property
    def default(self) -> Quantity:
        """The documented default in base units; None where there is none, or it is not documented."""
        raw = self.schema.get("default")
        if raw is None or raw in self.words:
            return None if raw is None else str(raw)
        if self.quantity == "switch":
            return switch(raw)[0]
        if isinstance(raw, list):
            return tuple(raw)
        readable = self.quantity in _MEASURED
        return parse_quantity(self.quantity, raw, self.unit) if readable else raw

    @property
    def default_text(self) -> str:
        """The documented default for people: `2048 files`, `On`, `not set`; empty where unknown."""
        if self.unset:
            return "not set"
        by_version = self.schema.get("x-default-by-version", ())
        if "default" in self.schema and not by_version:
            return f"{shown(self.schema['default'], self.quantity)} {self.unit.removeprefix('1')}".rstrip()
        known = (entry for entry in by_version if entry["value"] is not None)
        texts = [f"{shown(entry['value'], self.quantity)} from {entry['from']}" for entry in known]
        return "; ".join(filter(None, [*texts, str(self.schema.get("x-default", ""))]))

    def default_in(self, version: Version) -> Quantity:
        """Return the default of a version of the program; as `default` where it does not vary, None where computed.

        MySQL's versions say nothing of MariaDB: what varies between them is None there, unless known.
        """
        varying = self.schema.get("x-default-by-version", [])
        if version.mariadb:
            own = in_force(self.schema.get("x-mariadb", {}).get("default", []), version)
            unknown = None if varying else self.default
            return own["value"] if own else unknown
        entry = in_force(varying, version)
        return entry["value"] if entry else self.default

    def limits_in(self, version: Version | None) -> tuple[int | float | None, int | float | None]:
        """Return the limits in `unit` of a version of the program; the widest ones where it is unknown."""
        least, most = self.limits
        if version is None:
            return least, most
        own = self.schema.get("x-mariadb", {}).get("range", [])
        entry = in_force(own if version.mariadb else self.schema.get("x-range-by-version", []), version) or {}
        return entry.get("minimum", least), entry.get("maximum", most)

    def takes_decimals(self, version: Version | None) -> bool:
        """Tell whether a version of the program reads fractions where others read whole numbers."""
        own = self.schema.get("x-mariadb", {}).get("range", []) if version and version.mariadb else ()
        return bool(own and version and (in_force(own, version) or {}).get("decimal"))

    @cached_property
    def usual_version(self) -> Version | None:
        """The version of the program that is spoken of where none is declared; None where none is usual."""
        usual = schema(self.section).get("x-usual-version", "")
        return Version.read(usual) if usual else None

    @property
    def recommended(self) -> tuple[Mapping[str, Any], ...]:
        """Recommended values, each with `value`, `when` and `sources`."""
        return tuple(self.schema.get("x-recommended", ()))

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other spellings of the same parameter."""
        return tuple(self.schema.get("x-aliases", ()))

    @cached_property
    def alias_of(self) -> str:
        """The spelling this one stands for; empty where it is no alias."""
        return str(self.schema.get("x-alias-of", ""))

    @property
    def look_alikes(self) -> tuple[str, ...]:
        """Parameters of near-equal name or meaning that are not the same."""
        return tuple(self.schema.get("x-see", ()))

    @property
    def where(self) -> str:
        """Where it is set: a menu path or a file."""
        return str(self.schema.get("x-where", ""))

    @property
    def manual_section(self) -> str:
        """The section of the manual, as sources cite it."""
        return str(self.schema.get("x-section", ""))

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of `schemas/sources.json`."""
        return tuple(self.schema.get("x-sources", ()))

    @property
    def basis(self) -> Basis:
        """What the entry rests on."""
        from planner.finding import Basis  # noqa: PLC0415  a sizing asks no parameter

        return Basis(self.schema.get("x-basis", "assumption"))

    @property
    def confidence(self) -> str:
        """How well it is documented: `documented`, `secondary` or `conflicting`; empty for our own keys."""
        return str(self.schema.get("x-confidence", ""))

    @property
    def note(self) -> str:
        """What else there is to know."""
        return str(self.schema.get("x-note", ""))


# The registry of parameters: every entry of the section schemas, found by name, by alias or by likeness.
#
# Each section's schema is read when it is first asked for. Names are dotted: `traffic.cps`,
# `server.storage.type`, `softswitch.SS_MAXCPS`, `sysctl.net.core.rmem_max`, `mysql.max_connections`.

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
    """Return the keys of the same section an unknown name is like, or a word for, best first, no aliases."""
    section, _, key = name.partition(".")
    if section not in sections():
        from difflib import get_close_matches  # noqa: PLC0415  only mistakes need it

        return tuple(get_close_matches(section, sections(), n=1, cutoff=_LIKENESS))
    return _alike(section, canonical_key(section, key).casefold()[:100])


@lru_cache(1 << 10)
def _alike(section: str, folded: str) -> tuple[str, ...]:
    from difflib import get_close_matches  # noqa: PLC0415  only mistakes need it

    by_fold = {known.casefold(): known for known in _entries(section)}
    matches = get_close_matches(folded, by_fold, n=_SUGGESTIONS, cutoff=_LIKENESS)
    known = [_entries(section)[by_fold[match]] for match in matches]
    if not known:
        known = [each for each in parameters(section) if folded in {*re.split(r"[._]", each.key), *each.said}]
    near = tuple(dict.fromkeys(each.alias_of or each.key for each in known))
    return near if len(near) <= _SUGGESTIONS else ()


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
