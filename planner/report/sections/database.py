"""Database: inserts, size, and the memory it needs beside everything else on the host."""

from __future__ import annotations

from planner.report.blocks import Section
from planner.report.evidence import Draft
from planner.report.sections import decision

FIGURES = (
    "database.inserts_per_second",
    "database.rows_per_day",
    "database.bytes_per_day",
    "database.retained_bytes",
    "database.binary_log_bytes",
    "database.hot_bytes",
    "database.buffer_pool_bytes",
    "database.key_buffer_bytes",
    "database.redo_bytes",
    "database.log_file_bytes",
    "database.connection_bytes",
    "database.write_operations_per_second",
    "database.fsyncs_per_second",
    "database.file_descriptors",
)


def write(draft: Draft) -> Section | None:
    """Return the section; None where the sizing holds no database figures."""
    say = draft.say
    table = draft.estimates(decision.together(draft, say("The call record database")), FIGURES)
    if table is None:
        return None
    minute = draft.value("database.inserts_per_second") * 60
    lead = say(
        "The database takes {inserts} inserts a minute and grows by {growth}; retention keeps {kept}.",
        inserts=say.number(minute),
        growth=draft.shown("database.bytes_per_day"),
        kept=draft.shown("database.retained_bytes"),
    )
    return Section("database", say("Database"), lead, (table,))
