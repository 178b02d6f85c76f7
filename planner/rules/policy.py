"""What the user makes of findings: selection, severities, accepted ones. Rules know nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from planner.finding import Basis, Severity
from planner.rules.acceptance import FATAL, judged, marked, misnamed
from planner.rules.engine import Agenda
from planner.rules.registry import rule, rules
from planner.rules.suppression import ignores
from planner.rules.yielding import unrepeated

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from planner.deployment import Deployment
    from planner.finding import Finding

LEVELS = {level.value: level for level in Severity}


@dataclass(frozen=True)
class Policy:
    """What one run selects and accepts.

    `select` None means every rule. `fail_on` None leaves the threshold to each deployment (`error` by
    default). `today` decides which suppressions have expired. Raises UnknownRuleError for names that are no
    rule's.
    """

    select: frozenset[str] | None = None
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    fail_on: Severity | None = None
    min_basis: Basis = Basis.ASSUMPTION
    today: date = field(default_factory=date.today)

    def __post_init__(self) -> None:
        for name in (*(self.select or ()), *self.ignore, *self.severity):
            rule(name)

    def wants(self, name: str) -> bool:
        """Tell whether findings of a rule are wanted."""
        return name in FATAL or ((self.select is None or name in self.select) and name not in self.ignore)

    @cached_property
    def agenda(self) -> Agenda:
        """The rules whose checks are to run."""
        return Agenda(each for name, each in rules().items() if self.wants(name))

    def over(self, deployment: Deployment) -> Policy:
        """Return this policy with a deployment's own severities and threshold below what this run says."""
        said, threshold = deployment.value("policy.severity"), deployment.value("policy.fail_on")
        if said is threshold is None:
            return self._alone
        levels = said.items() if isinstance(said, Mapping) else ()
        own = {name: LEVELS[str(level)] for name, level in levels if name in rules() and str(level) in LEVELS}
        least = self.fail_on or LEVELS.get(str(threshold), Severity.ERROR)
        return replace(self, severity={**own, **self.severity}, fail_on=least)

    @cached_property
    def _alone(self) -> Policy:
        """This policy over a deployment that has none of its own."""
        return replace(self, fail_on=self.fail_on or Severity.ERROR)

    def apply(self, deployment: Deployment, findings: Iterable[Finding], undecided: Collection[str]) -> list[Finding]:
        """Return what is left of a deployment's findings, suppressed ones marked, with the policy's own."""
        accepted = list(ignores(deployment.documents))
        left = map(self._levelled, unrepeated(filter(self._keeps, findings)))
        if not accepted:
            return [*left, *self._wanted(misnamed(deployment.documents))]
        kept = [marked(each, accepted, self.today) for each in left]
        used = {ignore for _, ignore in kept if ignore is not None}
        own = [
            *judged(accepted, used, self.today, lambda name: self.wants(name) and name not in undecided),
            *misnamed(deployment.documents),
        ]
        return [each for each, _ in kept] + self._wanted(own)

    def _wanted(self, own: Iterable[Finding]) -> list[Finding]:
        return [self._levelled(each) for each in own if self._keeps(each)]

    def _keeps(self, finding: Finding) -> bool:
        strong = finding.basis.rank <= self.min_basis.rank or finding.rule in FATAL
        return strong and self.wants(finding.rule)

    def _levelled(self, finding: Finding) -> Finding:
        level = self.severity.get(finding.rule)
        return finding if level is None else replace(finding, severity=level)
