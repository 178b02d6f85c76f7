"""InnoDB is tuned while the CDR tables are MyISAM."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import is_myisam, related, short_name
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "innodb-tuned-for-myisam",
    Severity.WARNING,
    Basis.ADVICE,
    ("vos3000-schema-dump", "guide-scaling: MySQL"),
    needs=("mysql.cdr_engine",),
)


TUNED = ("innodb_buffer_pool_size", "innodb_log_file_size", "innodb_flush_log_at_trx_commit", "innodb_io_capacity")


def check(site: Site) -> Findings:
    """Yield one finding at the first of the settings that do nothing for MyISAM; the others are beside it."""
    tuned = [each for name in TUNED if (each := site.get(f"mysql.{name}"))]
    if is_myisam(site) and tuned:
        names = ", ".join(short_name(each) for each in tuned)
        message = (
            wording("{names} does nothing for the CDR tables, which are MyISAM", names=names)
            if len(tuned) == 1
            else wording("{names} do nothing for the CDR tables, which are MyISAM", names=names)
        )
        beside = tuple(place for each in tuned[1:] for place in related(each, wording("nor does this")))
        advice = wording("Tune key_buffer_size, and leave memory to the page cache.")
        yield RULE.at(
            tuned[0],
            message,
            advice,
            related=beside + related(site["mysql.cdr_engine"], wording("the engine of the CDR tables")),
        )
