"""The kernel refuses the value: it is quoted, or no number where the key holds one."""

import re

from planner.catalogue.kernel_keys import kernel_key
from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "kernel-value-refused",
    Severity.ERROR,
    Basis.STANDARD,
    ("linux-el7-sysctl-parser", "procps-3.3.10: sysctl.c"),
    yields_to=("unit-impossible", "comment-inside-value"),
)
QUOTED = re.compile(r"""(["'])\s*([-+0-9][-+0-9\s]*)\1""")


def check(site: Site) -> Findings:
    """Yield each number that stands in quotes which the kernel is given, too."""
    for declared in site.kernel:
        found = QUOTED.fullmatch(declared.text.strip())
        key = declared.name.removeprefix("sysctl.")
        if found is None or kernel_key(key) is None or not _as_written(site, declared.span and declared.span.path):
            continue
        message = wording("{key} is given {value} with its quotes; the kernel refuses it", key=key, value=declared.text)
        yield RULE.at(declared, message, wording("Write {value}.", value=found[2].strip()))


def _as_written(site: Site, path: str | None) -> bool:
    """Tell whether a file is one whose values reach the kernel as they stand."""
    return any(each.path == path and each.format == "sysctl" for each in site.deployment.documents)
