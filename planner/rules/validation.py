"""Validates files or a deployment: reads, runs the rules, applies the policy, compares with a baseline."""

import os
from collections.abc import Iterable
from dataclasses import replace
from os import PathLike
from pathlib import PurePath

from planner.deployment import Deployment
from planner.deployment.native import hidden, secrets_in, without_secrets
from planner.files import leads_out, real
from planner.finding import Finding, Known, Severity, Undecided, Validation
from planner.rules.discovery import Loaded, load_all, targets
from planner.rules.fixes import RULES as CORRECTED
from planner.rules.fixes import corrected
from planner.rules.policy import Policy, compare
from planner.rules.project import find
from planner.rules.site import Site


def validate(
    subject: Deployment | str | PathLike[str] | Iterable[str | PathLike[str]],
    policy: Policy | None = None,
    *,
    baseline: Iterable[Known] | None = None,
) -> Validation:
    """Return what is wrong with a deployment, a file, a folder, or several of them."""
    chosen = policy or Policy()
    if isinstance(subject, Deployment):
        return gather([examine(Loaded(subject), chosen)], baseline)
    paths = [subject] if isinstance(subject, (str, PathLike)) else list(subject)
    found = [examine(each, chosen) for each in load_all(targets(paths))]
    return gather(found, baseline, find(os.fspath(each) for each in paths).folder)


def examine(loaded: Loaded, policy: Policy) -> Validation:
    """Return what is wrong with one deployment; of a host that runs otherwise than it boots, with both."""
    boots = _examined(loaded, policy)
    if loaded.running is None:
        return boots
    known = {(each.rule, each.message) for each in boots.findings}
    runs = _examined(Loaded(loaded.running), policy)
    new = tuple(each for each in runs.findings if (each.rule, each.message) not in known)
    failing = tuple(each for each in runs.failing if each in new)
    return gather([boots, replace(runs, findings=new, failing=failing, undecided=())])


def _examined(loaded: Loaded, policy: Policy) -> Validation:
    own, documents = policy.over(loaded.deployment), loaded.deployment.documents
    readable = not documents or any(each.readable for each in documents)
    site = Site(loaded.deployment, loaded.root, loaded.profile)
    found, skipped = policy.agenda.run(site) if readable else ([], ())
    read = loaded.deployment.findings
    if any(each.rule in CORRECTED for each in read):
        read = tuple(corrected(read, {each.path: each.text for each in documents}))
    findings = own.apply(loaded.deployment, (*read, *found), skipped)
    if secrets := frozenset[str]().union(*(secrets_in(each.text) for each in documents if findings)):
        findings = [without_secrets(each, secrets) for each in findings]
    findings = [each.legible() for each in findings]
    paths = {each.span.path for each in findings}
    return Validation(
        findings=tuple(findings),
        failing=tuple(each for each in findings if _fails(each, own.fail_on or Severity.ERROR)),
        undecided=(Undecided(loaded.deployment.path, skipped),) if skipped else (),
        unreadable=tuple(each.path for each in documents if not each.readable),
        files=tuple(each.path for each in documents) or (loaded.deployment.path or "<values>",),
        sources={each.path: hidden(each.text, secrets, aligned=True) for each in documents if each.path in paths},
    )


def _fails(finding: Finding, threshold: Severity) -> bool:
    return finding.suppressed is None and finding.severity.at_least(threshold)


def gather(parts: Iterable[Validation], baseline: Iterable[Known] | None = None, anchor: str = "") -> Validation:
    """Return several validations as one; what two deployments both say of one file is said once.

    `anchor` is the folder from which fingerprints see paths, so that they hang neither on how a path was written
    nor on where the program was run; without one they see file names alone.
    """
    parts = list(parts)
    places = _Places(anchor)
    found = dict.fromkeys(each for part in parts for each in part.findings)
    findings = sorted((places.placed(each) for each in found), key=_order)
    failing = {places.placed(each) for part in parts for each in part.failing}
    split = compare(findings, baseline or ())
    return Validation(
        findings=split.new,
        failing=tuple(each for each in split.new if each in failing),
        known=split.known,
        gone=split.gone,
        undecided=tuple(each for part in parts for each in part.undecided),
        unreadable=tuple(dict.fromkeys(each for part in parts for each in part.unreadable)),
        files=tuple(dict.fromkeys(each for part in parts for each in part.files)),
        sources={path: text for part in parts for path, text in part.sources.items()},
        compared=baseline is not None,
        failed=tuple(each for part in parts for each in part.failed),
    )


class _Places:
    """Gives findings the places their fingerprints are made of."""

    def __init__(self, anchor: str) -> None:
        self._anchor = real(anchor) if anchor else ""
        self._known: dict[str, str] = {}

    def placed(self, finding: Finding) -> Finding:
        path = finding.span.path
        if path not in self._known:
            self._known[path] = self._place(path)
        place = self._known[path]
        return finding if finding.place == place else finding._replace(place=place)

    def _place(self, path: str) -> str:
        if not self._anchor or path.startswith("<"):
            return ""
        relative = os.path.relpath(real(path), self._anchor)
        return "" if leads_out(relative) else PurePath(relative).as_posix()


def _order(finding: Finding) -> tuple[str, int, int, int, str, str]:
    span = finding.span
    return span.path, span.line, span.column, finding.severity.rank, finding.rule, finding.message
