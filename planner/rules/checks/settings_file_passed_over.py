"""A file in a sysctl.d folder is never read."""

from pathlib import PurePath

from planner.document.sysctl_host import resolve
from planner.finding import Basis, Severity, Span
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "settings-file-passed-over",
    Severity.WARNING,
    Basis.STANDARD,
    ("systemd-219: sysctl.d(5)", "procps-3.3.10: sysctl(8)"),
)


def check(site: Site) -> Findings:
    """Yield the files the profile passes over, but not documentation."""
    if site.root is None:
        return
    for passed in resolve(site.root, site.profile).ignored:
        if PurePath(passed.path).stem.upper() != "README":
            message = wording("no setting in this file has an effect: {reason}", reason=passed.reason)
            yield RULE.at(
                Span.at(passed.path, 1, 1), message, wording("Rename the file, or remove it."), subject=passed.path
            )
