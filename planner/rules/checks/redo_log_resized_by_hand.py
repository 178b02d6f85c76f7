"""A changed redo log size keeps this version of InnoDB from starting."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import limit, version
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "redo-log-resized-by-hand",
    Severity.WARNING,
    Basis.STANDARD,
    ("mysql-5.5-source: a log file of different size",),
    needs=("mysql.innodb_log_file_size", "server.mysql_version"),
    yields_to=("redo-log-above-version-limit",),
)
SIZE, _ = RULE.needs


def check(site: Site) -> Findings:
    """Yield where a size other than the default is declared for a version that does not resize by itself."""
    release = version(site)
    default = limit("mysql.redo_file_default")
    if not release.reaches(limit("mysql.redo_resizes_from")) and site.number(SIZE) != default:
        message = wording(
            "innodb_log_file_size = {size} differs from the files of a default installation; this "
            "version will not start over them",
            size=site[SIZE].text,
        )
        yield RULE.at(
            site[SIZE], message, wording("Stop MySQL cleanly, move ib_logfile* away, then start with the new size.")
        )
