"""The plan: what carries the load, whether it suffices, how surely, until when, and what gives way first.

Decided once (`planner.sizing.decide`), from the figures of one sizing; whoever speaks of capacity, utilisation,
months or servers reads it here. A row compares one need of each server with what the server offers, at the share
that is planned for.
"""

from collections.abc import Mapping
from math import floor
from typing import Any, NamedTuple

from planner.sizing.constants import limit
from planner.sizing.numbers import TOLERANCE, Range, number

SURE = 0.95
"""The certainty for which a plan is always named."""
_ASSUMED = ("ram", "storage", "disk_writes")
ALONE, DISTRIBUTED = "single", ("prefix-partitioned", "sip-load-balancer")
"""Architectures: one server carries the load, or several that something distributes it over."""
LEAST = 2
"""Servers over which calls can be distributed."""
DECLARED, OF_TIER, ENLARGED, DOCUMENTED, RECOMMENDED = "declared", "tier", "enlarged", "documented", "recommended"


def percent_sure(share: float) -> int:
    """Return a share of the plausible cases in percent, never rounded up to more than it is."""
    return floor(share * 100 + TOLERANCE)


def within(need: float, limit: float) -> bool:
    """Tell whether a need is no more than its limit, but for rounding."""
    return need <= limit * (1 + TOLERANCE)


class Part(NamedTuple):
    """One part of the host: its name, how much of it, and who chose it (declared, tier or enlarged)."""

    name: str
    value: float | str
    unit: str
    origin: str


class Host(NamedTuple):
    """The server that carries the load, as many times as there are servers; `tier` is the documented class."""

    tier: str
    parts: tuple[Part, ...]

    def value(self, name: str) -> Any:  # noqa: ANN401  a number, or the type of storage
        """Return how much of a part there is. Raises KeyError."""
        return self.part(name).value

    def part(self, name: str) -> Part:
        """Return a part by name. Raises KeyError."""
        return {each.name: each for each in self.parts}[name]


class Servers(NamedTuple):
    """How many: `active` carry load, of which the load needs `needed`; `total` are to be bought."""

    active: int
    spare: int
    standby: int
    total: int
    needed: int


class Row(NamedTuple):
    """One resource of each server: what is needed, what is there, and at which share of it a plan stops.

    `need` and `capacity` are in `unit`; `limit` is capacity * ceiling; `month` is when the need exceeds the limit
    (0: now; None: not within the horizon), `certainty` the share of the plausible cases in which it does not.
    """

    name: str
    label: str
    unit: str
    figure: str
    need: Range
    capacity: float
    ceiling: float
    origin: str
    certainty: float | None = None
    month: int | None = None

    @property
    def limit(self) -> float:
        """What the need may be."""
        return self.capacity * self.ceiling

    @property
    def utilisation(self) -> float:
        """The typical need over the capacity."""
        return self.need.typical / self.capacity if self.capacity else float(self.need.typical > 0)

    @property
    def headroom(self) -> float:
        """What is left below the limit; negative where the need exceeds it."""
        return self.limit - self.need.typical

    @property
    def suffices(self) -> bool:
        """Whether the typical need is within the limit."""
        return within(self.need.typical, self.limit)

    @property
    def severity(self) -> str:
        """How bad it is: an error where the need is surely beyond what is there, else a warning, or nothing.

        A disk is there as far as it is planned to be filled. To track more connections costs nothing.
        """
        if self.suffices:
            return ""
        if self.name == "conntrack":
            return "error"
        sure = is_beyond(self.name, self.need.low, self.limit if self.name == "disk" else self.capacity)
        return "error" if sure and (self.certainty or 0.0) <= 1 - SURE else "warning"


def is_beyond(row: str, low: float, there: float) -> bool:
    """Tell whether even the low need of a row is beyond what is there, of a link as far as it carries safely.

    RAM and writes rest on assumptions alone, and are never so sure.
    """
    return row not in _ASSUMED and not within(low, there * limit("link.safe") if row == "link" else there)


class Step(NamedTuple):
    """Servers of a tier ("" where cores and RAM are declared): what another traffic or certainty calls for."""

    servers: int
    tier: str
    disk: float
    month: int | None
    certainty: float | None


class Offer(NamedTuple):
    """Servers of a tier that suffice as surely as wanted, the fewest and smallest of it, and their cost a month."""

    servers: int
    total: int
    tier: str
    disk: float
    nic: float
    certainty: float
    cost: float

    @property
    def yearly(self) -> float:
        """The cost a year."""
        return self.cost * 12


class Trend(NamedTuple):
    """The growth a month that weeks of records show, with its 95 % interval, and how long the plan lasts by it.

    `earliest` and `latest` are `lasts` at the interval's high and low; None: beyond the horizon.
    """

    weeks: float
    growth: Range
    lasts: int | None
    earliest: int | None
    latest: int | None
    order_by: int | None
    gives_way_first: str


class Rejected(NamedTuple):
    """A tier that is not the plan's: the resources that do not fit the planned servers, each with need and offer."""

    tier: str
    servers: int
    short: tuple[tuple[str, float, float, str], ...]
    fits: tuple[str, ...]


class Plan(NamedTuple):
    """The decision; see the module. `gives_way_first` is the row whose month comes first, "" where none does.

    `status` is `undecided` where the typical case suffices, the share of cases asked for does not, and nothing that
    can be bought with what is declared changes that: `declare` names the numbers that decide. `asked` is the
    certainty it was decided by, None for the typical case. `trend` is what a profile of
    several weeks shows, beside the growth that is planned. `offers` are there where prices are
    declared, cheapest first.
    """

    status: str
    host: Host
    servers: Servers
    resources: tuple[Row, ...]
    binding: str
    rejected: tuple[Rejected, ...]
    settings: Mapping[str, Any]
    certainty: float | None = None
    gives_way_first: str = ""
    lasts: int | None = None
    order_by: int | None = None
    horizon: int = 0
    next: Step | None = None
    safer: Step | None = None
    asked: float | None = None
    trend: Trend | None = None
    declare: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def contrast(self) -> Offer | None:
        """The offer whose servers are most apart in number from the cheapest: one large against several small."""
        return max(self.offers[1:], key=lambda each: abs(each.servers - self.offers[0].servers), default=None)

    @property
    def surer(self) -> Step | None:
        """The plan at 95 % where this one is not so sure and other servers are; None where but a setting is short."""
        step, own = self.safer, (self.servers.active, self.host.tier, self.host.value("disk"))
        return None if step is None or (self.certainty or 0) >= SURE or step[:3] == own else step

    @property
    def short(self) -> tuple[Row, ...]:
        """The rows that do not suffice."""
        return tuple(row for row in self.resources if not row.suffices)

    def row(self, name: str) -> Row | None:
        """Return a row by name; None where the deployment has no such need."""
        return next((row for row in self.resources if row.name == name), None)

    def to_dict(self) -> dict[str, Any]:
        """Return the plan in plain JSON types."""
        made = {name: _json(value) for name, value in self._asdict().items() if not isinstance(value, tuple)}
        parts = {
            part.name: {"value": _json(part.value), "unit": part.unit, "origin": part.origin}
            for part in self.host.parts
        }
        made |= {"host": {"tier": self.host.tier} | parts, "servers": self.servers._asdict()}
        made["resources"] = [_row(row) for row in self.resources]
        made["rejected"] = [_rejected(each) for each in self.rejected]
        made["declare"] = list(self.declare)
        if trend := self.trend:
            low, value, high = map(number, trend.growth)
            made["trend"] = trend._asdict() | {"growth": {"value": value, "low": low, "high": high}}
        made["offers"] = [{key: _json(value) for key, value in each._asdict().items()} for each in self.offers]
        for name in ("next", "safer"):
            step = getattr(self, name)
            made[name] = None if step is None else {key: _json(value) for key, value in step._asdict().items()}
        return made | {"settings": {name: _json(value) for name, value in self.settings.items()}}

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "Plan":
        """Return the plan a document holds. Raises KeyError or TypeError for what is missing."""
        made = dict(document)
        host = dict(made["host"])
        tier = host.pop("tier")
        made["host"] = Host(tier, tuple(Part(name, **part) for name, part in host.items()))
        made["servers"] = Servers(**made["servers"])
        made["resources"] = tuple(_read_row(row) for row in made["resources"])
        made["rejected"] = tuple(_read_rejected(each) for each in made["rejected"])
        if trend := made.get("trend"):
            growth = trend["growth"]
            made["trend"] = Trend(**{**trend, "growth": Range(growth["low"], growth["value"], growth["high"])})
        made["declare"] = tuple(made.get("declare", ()))
        made["offers"] = tuple(Offer(**each) for each in made.get("offers", ()))
        for name in ("next", "safer"):
            made[name] = None if made[name] is None else Step(**made[name])
        listed = {name: value for name, value in made["settings"].items() if isinstance(value, list)}
        made["settings"] = made["settings"] | {name: tuple(value) for name, value in listed.items()}
        return cls(**made)


def _json(value: Any) -> Any:  # noqa: ANN401  a field
    return number(value) if isinstance(value, float) else list(value) if isinstance(value, tuple) else value


def _row(row: Row) -> dict[str, Any]:
    # What follows from need and capacity follows from those the document holds.
    need_held = Range(*(float(number(case)) for case in row.need))
    row = row._replace(need=need_held, capacity=float(number(row.capacity)), ceiling=float(number(row.ceiling)))
    need = {"value": number(row.need.typical), "low": number(row.need.low), "high": number(row.need.high)}
    made: dict[str, Any] = {"name": row.name, "label": row.label, "unit": row.unit, "figure": row.figure, "need": need}
    made |= {"capacity": number(row.capacity), "ceiling": number(row.ceiling), "origin": row.origin}
    made |= {"utilisation": number(row.utilisation), "headroom": number(row.headroom), "suffices": row.suffices}
    return made | {"certainty": _json(row.certainty), "month": row.month}


def _read_row(row: Mapping[str, Any]) -> Row:
    need = Range(row["need"]["low"], row["need"]["value"], row["need"]["high"])
    return Row(**{name: row[name] for name in Row._fields if name != "need"}, need=need)


def _rejected(each: Rejected) -> dict[str, Any]:
    names = ("name", "need", "available", "unit")
    short = [dict(zip(names, map(_json, item), strict=True)) for item in each.short]
    return {"tier": each.tier, "servers": each.servers, "short": short, "fits": list(each.fits)}


def _read_rejected(each: Mapping[str, Any]) -> Rejected:
    short = tuple((item["name"], item["need"], item["available"], item["unit"]) for item in each["short"])
    return Rejected(each["tier"], each["servers"], short, tuple(each["fits"]))
