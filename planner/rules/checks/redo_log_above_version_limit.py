"""The redo log files together exceed what this version of InnoDB accepts."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, setting, version
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "redo-log-above-version-limit",
    Severity.ERROR,
    Basis.STANDARD,
    ("mysql-5.1-source: srv0start", "mysql-5.5-source: srv0start", "mysql-5.6-source: srv0start"),
    needs=("mysql.innodb_log_file_size", "server.mysql_version"),
)
SIZE, _ = RULE.needs


def check(site: Site) -> Findings:
    """Yield where the group's size reaches the version's limit."""
    totals = limit("mysql.redo_total")
    below = next(
        most for since, most in reversed(totals.items()) if version(site).reaches(since) or since == next(iter(totals))
    )
    files = setting(site, "innodb_log_files_in_group")
    total = site.number(SIZE) * files
    if total >= below:
        message = wording(
            "{files} redo log files of {size} are {total} GiB; this version takes less than {below} GiB",
            files=f"{files:.0f}",
            size=site[SIZE].text,
            total=f"{total / 2**30:,.3g}",
            below=f"{below / 2**30:,.0f}",
        )
        advice = wording("Set innodb_log_file_size = {below}M or less.", below=int(below / files / 2**20) - 1)
        yield RULE.at(site[SIZE], message, advice)
