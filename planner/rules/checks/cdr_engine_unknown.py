"""InnoDB is tuned, and nobody has said which engine the CDR tables use."""

from planner.finding import Basis, Severity
from planner.rules.rule import Findings, Rule
from planner.rules.shared import ENGINE
from planner.rules.site import Site
from planner.wording import wording

RULE = Rule(
    "cdr-engine-unknown",
    Severity.INFO,
    Basis.MEASURED,
    ("vos3000-schema-dump",),
    needs=("mysql.innodb_buffer_pool_size|mysql.innodb_log_file_size|mysql.innodb_io_capacity",),
)


STRUCTURED = frozenset({"yaml", "json", "toml"})


def check(site: Site) -> Findings:
    """Yield where a deployment, which could declare the engine, tunes InnoDB without."""
    declares = any(document.format in STRUCTURED for document in site.deployment.documents)
    engine = site.text(ENGINE).lower() if site.get(ENGINE) else "unknown"
    if declares and engine == "unknown":
        message = wording(
            "InnoDB is tuned, but running systems keep their CDR tables in MyISAM and the engine is not declared"
        )
        yield RULE.at(site[RULE.needs[0]], message, wording("Ask SHOW TABLE STATUS and declare mysql.cdr_engine."))
