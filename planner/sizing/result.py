"""The result of a sizing, and what makes one impossible."""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.catalogue.units import LARGEST, SMALLEST
from planner.sizing.numbers import Assumption, Estimate, Range, number
from planner.sizing.plan import Plan
from planner.wording import wording

if TYPE_CHECKING:
    from planner.deployment import Deployment
    from planner.finding import Finding


SCHEMA = "sizing-v1"
_PERCENT = 100


class Rejection(NamedTuple):
    """Why a smaller tier fails: the resource that is exceeded most; `ratio` is needed / available."""

    tier: str
    resource: str
    needed: float
    available: float
    ratio: float
    unit: str


class Hardware(NamedTuple):
    """The documented hardware class chosen for each server, and how the servers are arranged.

    `binding_constraint` is the resource that decided tier or number of servers. `shortfall` lists what even
    the chosen tier does not provide; it is empty where the tier carries the load. `architecture` is `single`,
    `prefix-partitioned` or `sip-load-balancer`; `dr` says whether a standby pair was asked for.
    """

    tier: str
    binding_constraint: str
    rejected: tuple[Rejection, ...]
    shortfall: tuple[Rejection, ...]
    architecture: str
    dr: bool


class Note(NamedTuple):
    """Something to know about figures shown: where sources disagree, what was left open."""

    text: str
    figures: tuple[str, ...]
    sources: tuple[str, ...] = ()


class Milestone(NamedTuple):
    """When growth reaches a limit: `month` counts from now (0: already there), None: never at this growth."""

    limit: str
    label: str
    figure: str
    needed: float
    available: float
    unit: str
    month: int | None


class SizingFinding(NamedTuple):
    """A statement about the sizing itself, for those who gate on it: `severity` is error, warning or info."""

    rule: str
    severity: str
    basis: str
    message: str
    help: str


class Sizing:
    """What a deployment needs: every figure with its derivation, the hardware, and what it all rests on.

    `plan` is the decision that follows. `inputs` are the declared values that were used, by name and in base units;
    `leaves` every number the figures were computed from, which a sizing read from a document does not have; `typical`
    are the figures without their ranges, where they are known before. Treat it as frozen.
    """

    __slots__ = (
        "_typical", "assumptions", "figures", "findings", "growth", "hardware", "inputs", "leaves", "notes", "plan",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913  the parts of a result, each by name
        self,
        *,
        inputs: Mapping[str, Any],
        assumptions: tuple[Assumption, ...],
        figures: Mapping[str, Estimate],
        hardware: Hardware,
        plan: Plan,
        notes: tuple[Note, ...] = (),
        growth: tuple[Milestone, ...] = (),
        findings: tuple[SizingFinding, ...] = (),
        leaves: Mapping[str, Assumption] | None = None,
        typical: Mapping[str, float] | None = None,
    ) -> None:
        self.inputs = inputs
        self.assumptions = assumptions
        self.figures = figures
        self.hardware = hardware
        self.plan = plan
        self.notes = notes
        self.growth = growth
        self.findings = findings
        self.leaves = leaves or {}
        self._typical = typical

    def __getitem__(self, name: str) -> Estimate:
        return self.figures[name]

    def value(self, name: str) -> float:
        """Return a figure's typical value. Raises KeyError for an unknown name."""
        return self._typical[name] if self._typical else self.figures[name].range.typical

    def to_dict(self) -> dict[str, Any]:
        """Return the `sizing-v1` document: plain JSON types, whole numbers as integers."""
        return as_document(self)

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> "Sizing":
        """Return the sizing a `sizing-v1` document describes.

        Raises ValueError naming what is wrong with it.
        """
        return from_document(document)


# A sizing as the `sizing-v1` document, and back: plain JSON types, whole numbers as integers, never NaN.


def as_document(sizing: Sizing) -> dict[str, Any]:
    """Return the document: figures in the model's order, assumptions by influence."""
    return {
        "schema": SCHEMA,
        "inputs": dict(sizing.inputs),
        "assumptions": [_assumption(item) for item in sizing.assumptions],
        "figures": {name: _estimate(item) for name, item in sizing.figures.items()},
        "hardware": _hardware(sizing.hardware),
        "plan": sizing.plan.to_dict(),
        "notes": [_plain(item) for item in sizing.notes],
        "growth": [_plain(item) for item in sizing.growth],
        "findings": [_plain(item) for item in sizing.findings],
    }


def _range(value: Range) -> dict[str, int | float]:
    return {"value": number(value.typical), "low": number(value.low), "high": number(value.high)}


def _assumption(item: Assumption) -> dict[str, Any]:
    fields: dict[str, Any] = {"name": item.name, "label": item.label, **_range(item.range), "unit": item.unit}
    fields |= {"basis": item.grounds, "sources": list(item.sources), "replace": item.replace}
    fields |= {"origin": item.origin, "influence": number(item.influence)}
    return fields | ({"samples": item.samples} if item.samples else {})


def _estimate(item: Estimate) -> dict[str, Any]:
    return {
        **_range(item.range),
        "unit": item.unit,
        "label": item.label,
        "formula": item.formula,
        "inputs": list(item.inputs),
        "sources": list(item.sources),
        "basis": item.grounds,
    }


def _plain(item: Any) -> dict[str, Any]:  # noqa: ANN401  any of the frozen records of a result
    return {name: _json(getattr(item, name)) for name in item._fields}


def _json(value: Any) -> Any:  # noqa: ANN401  a field of a record
    if isinstance(value, tuple):
        return list(value)
    return number(value) if isinstance(value, float) else value


def _hardware(hardware: Hardware) -> dict[str, Any]:
    plain = _plain(hardware)
    for name in ("rejected", "shortfall"):
        plain[name] = [_plain(item) for item in getattr(hardware, name)]
    return plain


def from_document(document: Mapping[str, Any]) -> Sizing:
    """Return the sizing of a `sizing-v1` document. Raises ValueError naming what is missing."""
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise ValueError(f'not a sizing: the document must say "schema": "{SCHEMA}"')
    try:
        return _read(document)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a whole sizing document: {error!r} is missing or of another type") from error


def _read(document: Mapping[str, Any]) -> Sizing:
    hardware = dict(document["hardware"])
    for name in ("rejected", "shortfall"):
        hardware[name] = tuple(Rejection(**item) for item in hardware.get(name, ()))
    return Sizing(
        inputs=dict(document["inputs"]),
        assumptions=tuple(_read_assumption(item) for item in document["assumptions"]),
        figures={name: _read_estimate(name, item) for name, item in document["figures"].items()},
        hardware=Hardware(**hardware),
        plan=Plan.from_dict(document["plan"]),
        notes=tuple(
            Note(item["text"], tuple(item["figures"]), tuple(item["sources"])) for item in document.get("notes", ())
        ),
        growth=tuple(Milestone(**item) for item in document.get("growth", ())),
        findings=tuple(SizingFinding(**item) for item in document.get("findings", ())),
    )


def _grounds(text: str) -> str:
    from planner.finding import Basis  # noqa: PLC0415  only readers need it

    return Basis(text).value


def _read_range(item: Mapping[str, Any]) -> Range:
    return Range(item["low"], item["value"], item["high"])


def _read_assumption(item: Mapping[str, Any]) -> Assumption:
    return Assumption(
        name=item["name"],
        label=item["label"],
        range=_read_range(item),
        unit=item["unit"],
        grounds=_grounds(item["basis"]),
        sources=tuple(item["sources"]),
        replace=item["replace"],
        origin=item.get("origin", "default"),
        influence=item.get("influence", 0.0),
        samples=item.get("samples", 0),
    )


def _read_estimate(name: str, item: Mapping[str, Any]) -> Estimate:
    return Estimate(
        name=name,
        label=item["label"],
        range=_read_range(item),
        unit=item["unit"],
        formula=item["formula"],
        inputs=tuple(item["inputs"]),
        sources=tuple(item["sources"]),
        grounds=_grounds(item["basis"]),
    )


# Input a sizing cannot be made from: impossible or contradictory, said with the allowed range.

_SECTIONS = ("/traffic", "/retention", "/topology", "/server", "/assumptions")
"""Sections whose errors leave the model without the number the user meant."""


class Problem(NamedTuple):
    """One input that is impossible: its name as declared, what is wrong, and what would be right."""

    name: str
    message: str
    allowed: str

    def __str__(self) -> str:
        return f"{self.name}: {self.message}; allowed: {self.allowed}"


class ImpossibleInput(ValueError):  # noqa: N818  named after the bad state, as rules are
    """The inputs cannot be sized; `problems` names each with its allowed range."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def impossible(name: str, message: str, allowed: str) -> ImpossibleInput:
    """Return the exception that refuses one input."""
    return ImpossibleInput(Problem(name, message, allowed))


def refusals(deployment: "Deployment") -> "list[Finding]":
    """Return what reading a deployment refused that a sizing rests on: without it the model would guess."""
    return [
        finding
        for finding in deployment.findings
        if finding.severity == "error" and finding.pointer.startswith(_SECTIONS)
    ]


def require_usable(deployment: "Deployment") -> None:
    """Raise ImpossibleInput naming what reading the deployment refused."""
    if refused := refusals(deployment):
        raise ImpossibleInput(*(Problem(found.subject, found.message, found.help) for found in refused))


def checked(name: str, value: object, minimum: float, maximum: float | None) -> float:
    """Return `value` as a number within its range. Raises ImpossibleInput naming `name` and the range."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        problem = wording("{value} is not a number", value=repr(value))
        raise impossible(name, problem, span(minimum, maximum))
    if max(minimum, SMALLEST) <= value <= (LARGEST if maximum is None else maximum):
        return float(value)
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        shown = value if isinstance(value, float) else wording("the number")
        problem = wording("{value} is not finite", value=shown)
        raise impossible(name, problem, span(minimum, maximum))
    if number < minimum or (maximum is not None and number > maximum):
        problem, allowed = wording("{value} is outside the allowed range", value=value), span(minimum, maximum)
        if maximum is not None and maximum <= 1 < number <= _PERCENT:
            allowed = wording("{range}, or {percent}% if a percentage is meant", range=allowed, percent=f"{number:g}")
        raise impossible(name, problem, allowed)
    if 0 < abs(number) < SMALLEST:
        problem = wording("the number is too small for any quantity")
        raise impossible(name, problem, span(minimum, maximum))
    return number


def span(minimum: float, maximum: float | None) -> str:
    """Return a range as people read it."""
    return (
        wording("{least} and above", least=f"{minimum:.12g}")
        if maximum is None
        else wording("{low} to {high}", low=f"{minimum:.12g}", high=f"{maximum:.12g}")
    )
