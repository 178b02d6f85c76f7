"""What a report is written from: the sizing, the findings, what was measured, and where it all came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.deployment import Deployment
from planner.report.palette import BLUE

if TYPE_CHECKING:
    import datetime as dt

    from planner.cdr.backtest import Comparison
    from planner.deployment import Value
    from planner.finding import Finding
    from planner.report.places import Shown
    from planner.sizing.result import Sizing

Alternative = Callable[["Mapping[str, Value]", str], float]
"""A figure of the same deployment with other values declared: what a chart of alternatives is made of."""


class Brand(NamedTuple):
    """Whose report it is: one colour (`#RRGGBB`) and a logo as a `data:` address, or none."""

    colour: str = BLUE
    logo: str = ""


class Source(NamedTuple):
    """An input file: its name as given, its size in bytes, and its SHA-256 in hexadecimal."""

    name: str
    size: int
    digest: str


class Provenance(NamedTuple):
    """Where a report came from: version, command line, input files, and the day it is dated."""

    version: str
    command: str
    date: dt.date
    inputs: tuple[Source, ...] = ()


class Swing(NamedTuple):
    """How far one assumption moves a figure, from its low to its high, in the figure's base unit."""

    name: str
    label: str
    low: float
    high: float


class Setting(NamedTuple):
    """A settings file the sizing calls for: its name and text."""

    title: str
    text: str


@dataclass(frozen=True)
class Evidence:
    """Everything a report says, before it is put into words.

    `profile` is what `plan cdr profile` writes, masked unless `unmasked`; `backtest` compares the model's
    figures for that very traffic with it; `swings` are those of `swing_figure`, largest first.
    """

    sizing: Sizing
    provenance: Provenance
    alternative: Alternative
    deployment: Deployment = field(default_factory=Deployment)
    findings: tuple[Finding, ...] = ()
    profile: Mapping[str, Any] | None = None
    backtest: tuple[Comparison, ...] = ()
    swings: tuple[Swing, ...] = ()
    swing_figure: str = ""
    settings: tuple[Setting, ...] = ()
    brand: Brand = field(default_factory=Brand)
    unmasked: bool = False
    shown: Shown = str
    """Names a file as the reader sees it: findings name files so."""

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """Findings that are not accepted, worst first, in file order."""
        kept = [finding for finding in self.findings if finding.suppressed is None]
        return tuple(sorted(kept, key=_order))

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """Findings accepted with a reason, worst first."""
        return tuple(sorted((each for each in self.findings if each.suppressed is not None), key=_order))

    def text(self, name: str) -> str:
        """Return a declared text such as `site.customer`; empty where nothing is declared."""
        value = self.deployment.value(name, "")
        return value if isinstance(value, str) else ("" if value is None else str(value))


def _order(finding: Finding) -> tuple[int, str, int, int, str]:
    return finding.severity.rank, finding.span.path, finding.span.line, finding.span.column, finding.rule
