"""The result of a sizing, and its form as the `sizing-v1` document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planner.sizing.numbers import Assumption, Estimate, Range

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEMA = "sizing-v1"


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

    `inputs` are the declared values that were used, by name and in base units; `leaves` every number the
    figures were computed from, which a sizing read from a document does not have. Treat it as frozen.
    """

    __slots__ = ("assumptions", "figures", "findings", "growth", "hardware", "inputs", "leaves", "notes")

    def __init__(  # noqa: PLR0913  the parts of a result, each by name
        self,
        *,
        inputs: Mapping[str, Any],
        assumptions: tuple[Assumption, ...],
        figures: Mapping[str, Estimate],
        hardware: Hardware,
        notes: tuple[Note, ...] = (),
        growth: tuple[Milestone, ...] = (),
        findings: tuple[SizingFinding, ...] = (),
        leaves: Mapping[str, Assumption] | None = None,
    ) -> None:
        self.inputs = inputs
        self.assumptions = assumptions
        self.figures = figures
        self.hardware = hardware
        self.notes = notes
        self.growth = growth
        self.findings = findings
        self.leaves = leaves or {}

    def __getitem__(self, name: str) -> Estimate:
        return self.figures[name]

    def value(self, name: str) -> float:
        """Return a figure's typical value. Raises KeyError for an unknown name."""
        return self.figures[name].range.typical

    def to_dict(self) -> dict[str, Any]:
        """Return the `sizing-v1` document: plain JSON types, whole numbers as integers."""
        from planner.sizing.interchange import as_document  # noqa: PLC0415  only writers need it

        return as_document(self)

    @classmethod
    def from_dict(cls, document: Mapping[str, Any]) -> Sizing:
        """Return the sizing a `sizing-v1` document describes.

        Raises ValueError naming what is wrong with it.
        """
        from planner.sizing.interchange import from_document  # noqa: PLC0415  only readers need it

        return from_document(document)


__all__ = [
    "SCHEMA",
    "Assumption",
    "Estimate",
    "Hardware",
    "Milestone",
    "Note",
    "Range",
    "Rejection",
    "Sizing",
    "SizingFinding",
]
