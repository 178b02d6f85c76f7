"""The same sysctl files come to different values, depending on who reads them."""

from collections.abc import Mapping

from planner.document.model import Scalar
from planner.document.sysctl import Assignment
from planner.document.sysctl_host import resolve
from planner.finding import Basis, Related, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import additions, wording

RULE = Rule(
    "boot-and-apply-disagree",
    Severity.WARNING,
    Basis.STANDARD,
    (
        "systemd-219: /etc/sysctl.conf is read last",
        "systemd-219: later releases read it only through 99-sysctl.conf",
        "procps-3.3.10: /run before /etc",
    ),
)


OTHERS = {
    "el7-boot": wording("at boot of CentOS 7"),
    "el8-boot": wording("at boot of release 8 and later"),
    "procps-system": wording("by sysctl --system"),
}


def check(site: Site) -> Findings:
    """Yield each key that other ways of reading the same host's files set to another value."""
    if site.root is None or site.profile == "el6-boot":  # whose sysctl knows no --system
        return
    others = {
        reader: resolve(site.root, profile).effective for profile, reader in OTHERS.items() if profile != site.profile
    }
    for name, mine in sorted(resolve(site.root, site.profile).effective.items()):
        found = {reader: other[name].value for reader, other in others.items() if name in other}
        yield from _compared(mine, {reader: each for reader, each in found.items() if each is not None})


def _compared(mine: Assignment, others: Mapping[str, Scalar]) -> Findings:
    ours = mine.value.text if mine.value is not None else None
    differing = {reader: each for reader, each in others.items() if ours and each.text.split() != ours.split()}
    if differing:
        values = (wording("{other} {reader}", other=each.text, reader=reader) for reader, each in differing.items())
        message = wording("{key} = {ours} here is {others}", key=mine.name, ours=ours or "", others=additions(values))
        beside = tuple(
            Related(wording("in force {reader}", reader=reader), each.span) for reader, each in differing.items()
        )
        yield RULE.at(
            mine.key.span, message, wording("Set the key in one place only."), related=beside, subject=mine.name
        )
