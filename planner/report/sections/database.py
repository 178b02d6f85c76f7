"""Database: inserts, size, and the memory it needs beside everything else on the host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.report.blocks import Section
from planner.report.marking import mark

if TYPE_CHECKING:
    from planner.report.draft import Draft

FIGURES = (
    "database.inserts_per_second",
    "database.bytes_per_day",
    "database.active_day_bytes",
    "database.retained_bytes",
    "database.buffer_pool_bytes",
    "database.key_buffer_bytes",
    "database.redo_bytes",
    "database.connections",
    "database.fsyncs_per_second",
    "database.iops",
    "database.memory_bytes",
)


def write(draft: Draft) -> Section | None:
    """Return the section; None where the sizing holds no database figures."""
    say = draft.say
    table = draft.estimates(say(mark("The call record database")), FIGURES)
    if table is None:
        return None
    minute = draft.value("database.inserts_per_second") * 60
    lead = say(
        mark("The database takes {inserts} inserts a minute and grows by {growth}; retention keeps {kept}."),
        inserts=say.number(minute), growth=draft.shown("database.bytes_per_day"), kept=draft.shown("database.retained_bytes"),
    )  # fmt: skip
    return Section("database", say(mark("Database")), lead, (table,))
