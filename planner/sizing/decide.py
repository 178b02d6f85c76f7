"""The decision taken: from figures to the plan, its certainty over the draws, and its months at grown traffic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import ceil, inf, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.sizing.constants import data, defaults, limit, tables, tiers
from planner.sizing.draws import COUNT, Draws, order, share, spread
from planner.sizing.evaluation import Figures, model, registry
from planner.sizing.functions import power_of_two, rung
from planner.sizing.leaves import ports
from planner.sizing.numbers import TOLERANCE, Assumption, Range
from planner.sizing.plan import (
    ALONE,
    DECLARED,
    DOCUMENTED,
    ENLARGED,
    OF_TIER,
    RECOMMENDED,
    SURE,
    Host,
    Part,
    Plan,
    Rejected,
    Row,
    Servers,
    Step,
    Trend,
)
from planner.sizing.tiers import RESOURCES, available, wanted
from planner.wording import term, wording

if TYPE_CHECKING:
    from planner.deployment import Deployment

    Values = Mapping[str, Any]
    """Figures and leaves by name: numbers, or draws."""

# However the load was stated; callers grow with their calls.
GROWING = ("given.cps", "given.concurrent_calls", "given.daily_minutes", "traffic.sources")

# Deviations that chance does not make, and how many numbers are named that part the draws.
_CLEAR, _NAMED = 3.0, 3

# What the plan compares, what of it decides, and what is recommended to set (`schemas/resources.json`).
ROWS: dict[str, dict[str, Any]] = data("resources")["rows"]
DECIDES: dict[str, str] = data("resources")["decides"]
# Rows whose capacity is a setting; the first that is declared counts, else what is recommended.
SETTINGS = {name: tuple(row["settings"]) for name, row in ROWS.items() if "settings" in row}
_HOST = {
    "cpu_cores": ("cores", "server.cores_installed", "count", "hardware.tier_cpu_cores"),
    "ram": ("ram", "server.ram_installed", "B", "hardware.tier_ram_bytes"),
    "disk": ("disk", "server.disk_installed", "B", "hardware.tier_disk_bytes"),
    "nic": ("nic", "server.link_installed", "bit/s", ""),
}
_LIMIT, _MEASURED = "softswitch.SS_MAXCPS", "traffic.measured_cps"
_POOL, _KEYS = "mysql.innodb_buffer_pool_size", "mysql.key_buffer_size"
MIB, PORTS = 1 << 20, 1 << 16


def settings_of(deployment: Deployment) -> dict[str, float]:
    """Return the declared settings that rows compare with, by name, and what was measured that a limit lets in."""
    groups = (row.get(key, ()) for row in ROWS.values() for key in ("settings", "declared"))
    names = {_MEASURED}.union(*groups)
    found = {name: ports(deployment.value(name)) for name in names}
    return {name: float(value) for name, value in found.items() if isinstance(value, int | float)}


def decide(values: Values, declared: Mapping[str, float] = {}, storage: str = "") -> Plan:
    """Return the plan of the typical case: `values` are figures and leaves by name, `declared` settings by name.

    Without draws and growth: certainty, months and next step are missing.
    """
    name = tiers()[int(values["hardware.tier_index"])]["name"]
    declares = values["given.cores"] and values["given.ram"]
    rows = tuple(_row(each, values, declared, name) for each in ROWS if _there(each, values, declared, name))
    return Plan(
        status="suffices" if all(row.suffices for row in rows) else "short",
        host=Host("" if declares else name, tuple(_parts(values, name, storage))),
        servers=_servers(values),
        resources=rows,
        binding=_binding(values, name, rows),
        rejected=tuple(_rejected(tier["name"], values) for tier in tiers() if tier["name"] != name),
        settings=_recommended(values, declared),
    )


def _recommended(values: Values, declared: Mapping[str, float]) -> dict[str, float]:
    made = {
        setting: values[figure]
        for setting, (figure, only) in data("resources")["recommended"].items()
        if values[figure] and (not only or values[only])
    }
    made["server.nofile"] = _process_limit(values)
    if made.get(_POOL):
        made[_POOL] = _in_steps(made[_POOL], values["server.ram_installed"])
    if made.get(_KEYS):
        made[_KEYS] = ceil(made[_KEYS] / MIB) * MIB
    # What was measured in the busiest second is let in.
    second = ceil(declared.get(_MEASURED, 0.0) / max(values["hardware.servers_planned"], 1))
    return made | {_LIMIT: max(made.get(_LIMIT, 0.0), second)} if second else made


def _process_limit(values: Values) -> float:
    """Return the files one process may open: what the softswitch and the database need, as many as ports at least."""
    asked = limit("mysql.descriptors_per_connection") * limit("mysql.connections")
    beside = limit("mysql.descriptors_beside") + 2 * limit("mysql.least_table_cache")
    database = max(values["database.file_descriptors"], asked) + beside
    return max(power_of_two(max(values["server.file_descriptors"], database)), PORTS)


def _in_steps(size: float, ram: float) -> float:
    """Return a buffer pool of that size or less: in the steps servers round to, whole MiB at least.

    Where the rest of the server leaves no more than a share below the documented, the largest step counts.
    """
    low, high = (share * ram for share in limit("mysql.pool_share"))
    most, chunk = min(size, high), limit("mysql.pool_chunk")
    fitting = (most // step * step for step in (chunk * limit("mysql.pool_instances"), chunk))
    found = next((each for each in fitting if each and (each >= low or most - each < chunk)), most // MIB * MIB)
    return float(found)


def _there(row: str, values: Values, declared: Mapping[str, float], tier: str) -> bool:
    if row == "storage":
        rotating = "server.rotating" if values["given.storage"] else f"tier.{tier}.rotating"
        return bool(values[rotating])
    stated = ROWS[row]
    if "declared" in stated and not any(name in declared for name in stated["declared"]):
        return False
    return all(values[flag] for flag in stated.get("only", ()))


def _row(name: str, values: Values, declared: Mapping[str, float], tier: str) -> Row:
    stated = ROWS[name]
    capacity, origin = _capacity(name, values, declared, tier)
    offered = values[capacity] if isinstance(capacity, str) else capacity
    share = values[stated["ceiling"]] if "ceiling" in stated else 1.0
    need = stated["need"]
    return Row(name, stated["label"], stated["unit"], need, Range.point(values[need]), offered, share, origin)


def _capacity(name: str, values: Values, declared: Mapping[str, float], tier: str) -> tuple[float | str, str]:
    """Return what a row's need is compared with, a declared setting or the name of a figure, and who chose it."""
    settings = [declared[each] for each in SETTINGS.get(name, ()) if each in declared]
    if settings and name != "udp_ports":
        return min(settings), DECLARED
    stated = ROWS[name]
    if "of_tier" in stated:
        return available(tier, stated["of_tier"]), DOCUMENTED
    figure = stated["capacity"]
    if "given" in stated:
        return figure, DECLARED if values[stated["given"]] else OF_TIER
    return figure, DECLARED if settings else DOCUMENTED if name in {"storage", "cdr_files"} else RECOMMENDED


def compared() -> tuple[str, ...]:
    """Return every figure that some row compares: its need, or what some tier offers."""
    offered = [row["of_tier"] for row in ROWS.values() if "of_tier" in row]
    of_tiers = (available(tier["name"], resource) for tier in tiers() for resource in offered)
    offers = (
        row.get("capacity") for row in ROWS.values() if "declared" not in row or row["declared"] != row["settings"]
    )
    named = (each for each in (*(row["need"] for row in ROWS.values()), *offers) if each in registry())
    return tuple(dict.fromkeys([*named, *of_tiers]))


class Comparison(NamedTuple):
    """What a row compares: a figure with a capacity (a number, or a figure) at a ceiling (a leaf, or "": all of it).

    `dated` is whether the row gives way in some month: not where the capacity is a setting that follows the load.
    """

    name: str
    need: str
    capacity: float | str
    ceiling: str
    dated: bool


def comparisons(values: Values, declared: Mapping[str, float], tier: str) -> tuple[Comparison, ...]:
    """Return what the rows of a plan of that tier compare; `decide` does so with the numbers of one case."""
    found = []
    for name, row in ROWS.items():
        if _there(name, values, declared, tier):
            capacity, origin = _capacity(name, values, declared, tier)
            dated = origin != RECOMMENDED or name not in SETTINGS
            found.append(Comparison(name, row["need"], capacity, row.get("ceiling", ""), dated))
    return tuple(found)


def _parts(values: Values, tier: str, storage: str) -> Iterator[Part]:
    for name, (given, figure, unit, of_tier) in _HOST.items():
        larger = bool(of_tier) and values[figure] > values[of_tier]
        chosen = RECOMMENDED if not of_tier else ENLARGED if larger else OF_TIER
        yield Part(name, values[figure], unit, DECLARED if values[f"given.{given}"] else chosen)
    kind = next(row["storage"] for row in tiers() if row["name"] == tier).lower()
    yield Part("storage", storage or kind, "type", DECLARED if storage else OF_TIER)


def _servers(values: Values) -> Servers:
    names = ("planned", "spare", "standby", "total")
    active, spare, standby, total = (int(values[f"hardware.servers_{name}"]) for name in names)
    return Servers(active, spare, standby, total, int(values["hardware.servers"]))


def _binding(values: Values, tier: str, rows: tuple[Row, ...]) -> str:
    """Return the row that decided: the number of servers, else why no smaller tier fits, else the fullest row."""
    full = {row.name: row.need.typical / row.limit if row.limit else 0.0 for row in rows}
    if values["hardware.servers"] > 1:
        return max(DECIDES, key=lambda row: (values[wanted(tier, DECIDES[row])], full.get(row, 0.0)))
    names = [each["name"] for each in tiers()]
    if smaller := names[: names.index(tier)]:
        most = max(values["hardware.servers_planned"], 1)
        counts = {
            row: values[wanted(smaller[-1], resource)] or values["topology.most"] for row, resource in DECIDES.items()
        }
        row = max(counts, key=lambda row: counts[row])
        return row if counts[row] > most else "calls"
    return max((row.name for row in rows if row.name in DECIDES), key=full.__getitem__)


def _rejected(tier: str, values: Values) -> Rejected:
    short, fits = [], []
    for row, resource in DECIDES.items():
        need, offers = values[RESOURCES[resource].need], values[available(tier, resource)]
        if need > offers * (1 + TOLERANCE):
            short.append((row, need, offers, RESOURCES[resource].unit))
        else:
            fits.append(row)
    return Rejected(tier, int(values[f"tier.{tier}.servers"]), tuple(short), tuple(fits))


# How surely, and until when.


HELD = {
    "plan.servers": "hardware.servers_planned",
    "plan.tier": "hardware.tier_index",
    "plan.ram": "server.ram_installed",
    "plan.disk": "server.disk_installed",
    "plan.nic": "server.link_installed",
}
"""What holds a plan still: leaf -> the figure that was decided."""
PLANNED = ("hardware.servers_planned", "hardware.tier_index")
"""The figures that are what was decided, whatever the load, where a plan is held still."""


def fixed(values: Values) -> dict[str, float]:
    """Return the leaves that hold a plan still while traffic and assumptions move."""
    return {"given.plan": 1.0} | {leaf: values[figure] for leaf, figure in HELD.items()}


def judged(made: Plan, drawn: Values) -> Plan:
    """Return the plan with the certainty and the range of every row; `drawn` are the draws under the plan."""
    fits = {row.name: _fits(row, made, drawn) for row in made.resources}
    rows = (
        row._replace(need=spread(drawn[row.figure], row.need.typical), certainty=share(fits[row.name]))
        for row in made.resources
    )
    sure, safer = share(_suffices(made, fits)), _at_least(made, surest(drawn, SURE))
    return made._replace(resources=tuple(rows), certainty=sure, safer=safer)


def _suffices(made: Plan, fits: Mapping[str, list[bool]]) -> list[bool]:
    """Return in which of the draws all that is bought suffices."""
    bought = [fits[row.name] for row in made.resources if not _settable(row)]
    return [all(case) for case in zip(*bought, strict=True)] if bought else [True] * COUNT


def unsettled(made: Plan, drawn: Values, names: Iterable[str]) -> tuple[str, ...]:
    """Return which uncertain numbers part the draws in which a plan suffices from the others, most first.

    That is by the mean of their ranks in the draws that fail, in deviations from that of as many draws by chance.
    """
    whole = _suffices(made, {row.name: _fits(row, made, drawn) for row in made.resources})
    failing = [index for index, suffices in enumerate(whole) if not suffices]
    count = max(len(failing), 1)
    # Without replacement: of all draws the mean is known.
    deviation, middle = sqrt(COUNT * max(COUNT - count, 1) / (12 * count)), (COUNT - 1) / 2
    means = {name: sum(order(name)[index] for index in failing) / count for name in names}
    far = {name: abs(mean - middle) / deviation for name, mean in means.items()}
    farthest = sorted(far, key=lambda name: -far[name])[:_NAMED]
    return tuple(name for name in farthest if name == farthest[0] or far[name] > _CLEAR)


def _at_least(made: Plan, step: Step | None) -> Step | None:
    """Return a step that keeps what is declared and is, with no more servers, nowhere smaller than the plan."""
    if step is None:
        return None
    names, disk = [tier["name"] for tier in tiers()], made.host.value("disk")
    if step.servers <= made.servers.active:
        tier = max(made.host.tier or names[0], step.tier, key=names.index)
        step = step._replace(servers=made.servers.active, tier=tier, disk=max(step.disk, disk))
    kept = disk if made.host.part("disk").origin == DECLARED else step.disk
    return step._replace(tier=made.host.tier and step.tier, disk=kept)


def _settable(row: Row) -> bool:
    """Tell whether a row's capacity is but a setting that follows the load: nothing that is bought."""
    return row.origin == RECOMMENDED and row.name in SETTINGS


def _fits(row: Row, made: Plan, drawn: Values) -> list[bool]:
    capacity: Any = row.capacity
    stated = ROWS[row.name]
    if "of_tier" in stated:
        capacity = drawn[available(_class(made, drawn), stated["of_tier"])]
    elif row.name == "udp_ports":
        capacity = drawn["kernel.ports_available"]
    need, limit = drawn[row.figure], capacity * (drawn[stated["ceiling"]] if "ceiling" in stated else row.ceiling)
    return [a <= b * (1 + TOLERANCE) for a, b in zip(many(need), many(limit), strict=True)]


def many(value: Any) -> list[float]:  # noqa: ANN401  draws or a number
    """Return a number's cases."""
    return value if type(value) is Draws else [value] * COUNT


def _class(made: Plan, drawn: Values) -> str:
    """Return the tier whose figures hold for the plan, also where the host is declared."""
    return made.host.tier or str(tiers()[int(drawn["plan.tier"])]["name"])


def surest(drawn: Values, certainty: float) -> Step | None:
    """Return the smallest plan that suffices in a share of the draws: fewest servers, then the smallest tier.

    None where what is declared rules out every number of servers.
    """
    best: tuple[float, int] | None = None
    for index, tier in enumerate(tiers()):
        scores = drawn[f"tier.{tier['name']}.score"]
        needed = ranked(scores, certainty)
        if best is None or needed < best[0]:
            best = needed, index
    assert best is not None  # noqa: S101  there are tiers
    servers, index = best
    if servers >= drawn["topology.most"]:
        return None
    row = tiers()[index]
    disk = _sizes(drawn, row["name"], servers, certainty)["disk"]
    return Step(int(servers), row["name"], max(row["disk_bytes"], disk), None, certainty)


def _sizes(drawn: Values, tier: str, servers: float, certainty: float) -> dict[str, float]:
    """Return the sizes of disk and link with which so many servers of a tier suffice: all in one share of the draws."""
    fits = [each <= servers for each in many(drawn[f"tier.{tier}.score"])]
    wire = drawn["server.wire_bits_per_second"] * (drawn["hardware.servers_planned"] / servers)
    disk = drawn["disk.records_bytes"] / servers + drawn["disk.fixed_bytes"]
    found = {}
    for name, need, table in (("disk", disk, "disk_sizes"), ("link", wire, "link_rates")):
        cases = many(need / drawn[f"{name}.ceiling"])
        size = ranked(Draws(case if fit else inf for case, fit in zip(cases, fits, strict=True)), certainty)
        fits = [fit and case <= size for case, fit in zip(cases, fits, strict=True)]
        found[name] = rung(size, tables()[table])
    return found


def ranked(value: Any, certainty: float) -> float:  # noqa: ANN401  draws or a number
    """Return the smallest of the cases that a share of them does not exceed."""
    cases = sorted(many(value))
    return cases[min(ceil(certainty * COUNT * (1 - TOLERANCE)), COUNT) - 1]


def held_at(drawn: Values, values: Values, certainty: float) -> dict[str, float]:
    """Return the leaves that hold the smallest plan for a certainty; what is declared stays as it is."""
    step = surest(drawn, certainty)
    if step is None:
        return fixed(values)
    least = values["topology.servers"]
    servers = least if values["given.servers"] else max(step.servers, least)
    index = [tier["name"] for tier in tiers()].index(step.tier)
    return {
        "given.plan": 1.0,
        "plan.servers": float(servers),
        "plan.tier": float(index),
        "plan.ram": tiers()[index]["ram_bytes"],
        "plan.disk": step.disk,
        "plan.nic": _sizes(drawn, step.tier, max(step.servers, servers), certainty)["link"],
    }


def lasting(made: Plan, leaves: Mapping[str, float], still: Mapping[str, float]) -> Plan:
    """Return the plan with the month in which each row gives way, by the model at the grown traffic.

    `leaves` are typical values; `still` what holds the plan (`fixed`).
    """
    growth, horizon = leaves["traffic.growth"], int(leaves["plan.horizon"])
    if growth <= 0:
        rows = tuple(row._replace(month=None if row.suffices else 0) for row in made.resources)
        return _dated(made._replace(resources=rows, horizon=horizon), leaves)
    at = _Months(dict(leaves), still, growth)
    rows = tuple(
        row if _settable(row) else row._replace(month=first_month(at.holds(row), horizon)) for row in made.resources
    )
    grown = at.free(horizon)
    step = Step(
        max(int(grown["hardware.servers"]), int(leaves["topology.servers"])),
        made.host.tier and tiers()[int(grown["hardware.tier_index"])]["name"],
        grown["server.disk_installed"],
        horizon,
        None,
    )
    return _dated(made._replace(resources=rows, horizon=horizon, next=step), leaves)


def trended(
    made: Plan, measured: tuple[float, Range], leaves: Mapping[str, float], still: Mapping[str, float]
) -> Trend:
    """Return how long a plan lasts by measured growth: the weeks that showed it, and its interval."""
    weeks, growth = measured
    least, most = (getattr(defaults()["traffic.growth"], end) for end in ("minimum", "maximum"))
    later, made, sooner = (
        lasting(made, {**leaves, "traffic.growth": min(max(each, least), most)}, still) for each in growth
    )
    return Trend(weeks, growth, made.lasts, sooner.lasts, later.lasts, made.order_by, made.gives_way_first)


def _dated(made: Plan, leaves: Mapping[str, float]) -> Plan:
    reached = [(row.month, row.name) for row in made.resources if row.month is not None]
    if not reached:
        return made._replace(gives_way_first="", lasts=None, order_by=None)
    month, name = min(reached, key=lambda each: each[0])
    lead = int(leaves["plan.lead_time"])
    return made._replace(gives_way_first=name, lasts=month, order_by=max(month - lead, 0))


def first_month(holds: Callable[[int], bool], horizon: int) -> int | None:
    """Return the first month within the horizon in which a row does not hold; None: it does."""
    if not holds(0):
        return 0
    if holds(horizon):
        return None
    low, high = 0, horizon
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return high


def grown(leaves: Mapping[str, float], growth: float, month: int) -> dict[str, float]:
    """Return the leaves at the traffic of a month."""
    return dict(leaves) | {name: leaves[name] * (1 + growth) ** month for name in GROWING}


class _Months:
    """The model at the traffic of a month, each computed once."""

    def __init__(self, leaves: dict[str, float], still: Mapping[str, float], growth: float) -> None:
        self._leaves, self._still, self._growth = leaves, still, growth
        self._known: dict[int, Figures] = {}

    def free(self, month: int) -> Figures:
        """Return the figures of a month with everything to be decided."""
        return Figures(model(), grown(self._leaves, self._growth, month))

    def holds(self, row: Row) -> Callable[[int], bool]:
        def held(month: int) -> bool:
            if month == 0:
                return row.suffices
            if month not in self._known:
                self._known[month] = Figures(model(), grown(self._leaves, self._growth, month) | dict(self._still))
            need = self._known[month][row.figure]
            return row._replace(need=Range.point(need)).suffices

        return held


def leaves_by_name(leaves: Mapping[str, Assumption]) -> dict[str, float]:
    """Return the typical case of every leaf."""
    return {name: leaf.range.typical for name, leaf in leaves.items()}


def too_few(made: Plan, architecture: str) -> tuple[str, str] | None:
    """Return what is said of fewer servers than the load needs, and what would be right; None where enough are there.

    The servers needed are those that the plan describes: what is not declared of them is chosen for their number.
    `architecture` is the declared one or "": `single` is one server, and says nothing of what more are shared by.
    """
    servers, tier = made.servers, made.host.tier.capitalize()
    if servers.active >= servers.needed:
        return None
    wanted = (
        wording("{needed} of the {tier} tier", needed=f"{servers.needed:,}", tier=tier)
        if tier
        else wording("{needed} such servers", needed=f"{servers.needed:,}")
    )
    told = wording(
        "servers declared: {planned}; the load needs {wanted}; what decides: {row}",
        planned=f"{servers.active:,}",
        wanted=wanted,
        row=said(made.binding),
    )
    if architecture == ALONE:
        return told, wording(
            "declare topology.servers: {needed}, and prefix-partitioned or sip-load-balancer as topology.architecture",
            needed=servers.needed,
        )
    return told, wording("declare topology.servers: {needed}", needed=servers.needed)


def spoken(row: Row, made: Plan, values: Values) -> bool:
    """Tell whether a short row has a finding of its own: what is declared is too small, and not the servers alone."""
    if made.servers.active >= made.servers.needed or row.origin == DECLARED or "declared" in ROWS[row.name]:
        return True
    return row.name == "storage" and bool(values["given.storage"] and values["database.innodb"])


def said(name: str) -> str:
    """Return what a row is called in a sentence."""
    return term(ROWS[name]["label"]) if name in ROWS else name
