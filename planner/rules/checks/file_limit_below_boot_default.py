"""fs.file-max is set below what the kernel would choose at boot."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, related
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "file-limit-below-boot-default",
    Severity.WARNING,
    Basis.STANDARD,
    ("linux-el7-file-table",),
    needs=("sysctl.fs.file-max", "server.ram"),
    yields_to=("file-limit-below-need",),
)
LIMIT, RAM = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the limit is clearly below RAM in kB / 10: the kernel counts the memory that is free at boot."""
    boot = site.number(RAM) / 1024 / limit("kernel.ram_kilobytes_per_file")
    if site.number(LIMIT) < boot * limit("kernel.file_table_free"):
        message = wording(
            "fs.file-max = {limit} lowers the boot value of about {boot}", limit=site[LIMIT].text, boot=f"{boot:,.0f}"
        )
        yield RULE.at(
            site[LIMIT], message, wording("Remove the line."), related=related(site[RAM], wording("the RAM declared"))
        )
