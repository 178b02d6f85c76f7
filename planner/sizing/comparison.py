"""Sizings side by side, and the hardware of one: the tier chosen, what decided, why smaller tiers fail."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import log
from typing import Any, NamedTuple

from planner.sizing.constants import tiers
from planner.sizing.decide import DECIDES
from planner.sizing.numbers import TOLERANCE
from planner.sizing.plan import ALONE, DISTRIBUTED, Plan
from planner.sizing.result import Hardware, Rejection, Sizing
from planner.sizing.tiers import RESOURCES, available

ARCHITECTURES = (ALONE, *DISTRIBUTED)
COMPARED = (
    "traffic.cps",
    "traffic.concurrent_calls_peak",
    "network.media_bits_per_second",
    "cdr.retained_bytes",
    "database.retained_bytes",
)
"""The figures by which sizings are told apart, where nobody names others."""
# Rows by the names users' scripts know of old.
_NAMES = {**DECIDES, "link": "nic"}


def hardware(values: Mapping[str, float], plan: Plan, architecture: str) -> Hardware:
    """Return the hardware of a plan; `values` are typical values by name, `architecture` the declared one or ""."""
    names = [tier["name"] for tier in tiers()]
    tier = plan.host.tier or names[int(values["hardware.class_index"])]
    return Hardware(
        tier=tier,
        binding_constraint=constraint(plan),
        # Where cores are declared, a smaller class may lack nothing.
        rejected=tuple(
            worst for name in names[: names.index(tier)] if (worst := _worst(name, values)).ratio > 1 + TOLERANCE
        ),
        shortfall=tuple(
            Rejection(
                tier,
                _NAMES.get(row.name, row.name),
                row.need.typical,
                row.limit,
                _over(row.need.typical, row.limit),
                row.unit,
            )
            for row in sorted(plan.short, key=lambda row: -_over(row.need.typical, row.limit))
        ),
        architecture=_architecture(values, architecture),
        dr=bool(values["topology.dr"]),
    )


def constraint(plan: Plan) -> str:
    """Return what decides tier or number of servers, by the name that is shown."""
    return _NAMES.get(plan.binding, plan.binding)


def _architecture(values: Mapping[str, float], declared: str) -> str:
    if values["hardware.servers_planned"] <= 1:
        return ARCHITECTURES[0]
    return declared if declared in ARCHITECTURES[1:] else ARCHITECTURES[1]


def _worst(tier: str, values: Mapping[str, float]) -> Rejection:
    """Return what a tier lacks most."""
    return max((_rejection(tier, name, values) for name in RESOURCES), key=lambda item: item.ratio)


def _rejection(tier: str, name: str, values: Mapping[str, float]) -> Rejection:
    needed, offered = values[RESOURCES[name].need], values[available(tier, name)]
    return Rejection(tier, name, needed, offered, _over(needed, offered), RESOURCES[name].unit)


def _over(needed: float, offered: float) -> float:
    return needed / offered if offered else float(needed > 0)


# Sizings side by side: what differs first, each with its ratio to the first sizing.

_SAME = 1e-12


class Difference(NamedTuple):
    """One figure, input or choice in several sizings, None where a sizing lacks it.

    `ratios` are the others over the first; None where that says nothing (a text, a zero, something missing).
    """

    kind: str
    name: str
    label: str
    unit: str
    values: tuple[Any, ...]
    ratios: tuple[float | None, ...]

    @property
    def differs(self) -> bool:
        """Tell whether any value is another than the first."""
        return any(not _equal(value, self.values[0]) for value in self.values[1:])

    @property
    def distance(self) -> float:
        """How far the values are apart: the logarithm of the largest factor, infinite where none is."""
        if not self.differs:
            return 0.0
        known = [abs(log(ratio)) for ratio in self.ratios if ratio is not None and ratio > 0]
        return max(known) if len(known) == len(self.ratios) else float("inf")


def compare(sizings: Sequence[Sizing]) -> list[Difference]:
    """Return choices, inputs and figures of sizings: what differs first, figures by distance.

    What is equal everywhere comes last, in the model's order.
    """
    rows = [*_choices(sizings), *_inputs(sizings), *_figures(sizings)]
    order = {"choice": 0, "input": 1, "figure": 2}
    return sorted(rows, key=lambda row: (not row.differs, order[row.kind], -row.distance))


def _choices(sizings: Sequence[Sizing]) -> Iterator[Difference]:
    for name, label, value in _CHOICES:
        values = tuple(value(sizing) for sizing in sizings)
        yield Difference("choice", name, label, "", values, (None,) * (len(values) - 1))


_CHOICES: tuple[tuple[str, str, Callable[[Sizing], Any]], ...] = (
    ("plan.status", "Whether it suffices", lambda sizing: sizing.plan.status),
    ("plan.certainty", "How surely", lambda sizing: sizing.plan.certainty),
    ("plan.servers.total", "Servers to buy", lambda sizing: sizing.plan.servers.total),
    ("plan.lasts", "Month in which the first resource gives way", lambda sizing: sizing.plan.lasts),
    ("plan.gives_way_first", "What gives way first", lambda sizing: sizing.plan.gives_way_first),
    ("hardware.tier", "Tier", lambda sizing: sizing.hardware.tier),
    ("hardware.architecture", "Architecture", lambda sizing: sizing.hardware.architecture),
    ("hardware.binding_constraint", "What decides", lambda sizing: sizing.hardware.binding_constraint),
    ("hardware.dr", "Standby servers", lambda sizing: sizing.hardware.dr),
)


def _inputs(sizings: Sequence[Sizing]) -> Iterator[Difference]:
    for name in dict.fromkeys(name for sizing in sizings for name in sizing.inputs):
        values = tuple(sizing.inputs.get(name) for sizing in sizings)
        yield Difference("input", name, name, "", values, _ratios(values))


def _figures(sizings: Sequence[Sizing]) -> Iterator[Difference]:
    known: Mapping[str, Any] = {name: item for sizing in reversed(sizings) for name, item in sizing.figures.items()}
    order = dict.fromkeys(name for sizing in sizings for name in sizing.figures)
    for name in order:
        values = tuple(sizing.figures[name].range.typical if name in sizing.figures else None for sizing in sizings)
        yield Difference("figure", name, known[name].label, known[name].unit, values, _ratios(values))


def _ratios(values: tuple[Any, ...]) -> tuple[float | None, ...]:
    first = values[0]
    return tuple(value / first if _number(first) and first > 0 and _number(value) else None for value in values[1:])


def _number(value: Any) -> bool:  # noqa: ANN401  any JSON value
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _equal(left: Any, right: Any) -> bool:  # noqa: ANN401  any JSON values
    if _number(left) and _number(right):
        # Nothing is told apart by what is next to nothing: attempts blocked once in the age of the universe.
        return bool(abs(left - right) <= _SAME * max(abs(left), abs(right), 1.0))
    return bool(left == right)
