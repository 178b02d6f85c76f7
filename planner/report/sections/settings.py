"""Recommended settings: what the sizing calls for, beside what is declared."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from planner.report.blocks import Block, Cell, Code, Section
from planner.report.language import mark

if TYPE_CHECKING:
    from planner.report.evidence import Draft
    from planner.sizing.numbers import Estimate

MEBIBYTE = 1 << 20
# Setting, and the figure that decides it.
SETTINGS = (
    ("softswitch.SERVER_CDR_FILE_WRITE_INTERVAL", "cdr.recommended_interval"),
    ("softswitch.SERVER_CDR_FILE_WRITE_MAX", "cdr.required_max_files_at_recommended_interval"),
    ("sysctl.net.core.rmem_max", "server.sip_socket_bytes"),
    ("sysctl.net.netfilter.nf_conntrack_max", "server.conntrack_max"),
    ("sysctl.fs.file-max", "server.file_descriptors"),
    ("mysql.innodb_buffer_pool_size", "database.buffer_pool_bytes"),
    ("mysql.key_buffer_size", "database.key_buffer_bytes"),
    ("mysql.innodb_log_file_size", "database.log_file_bytes"),
)


def write(draft: Draft) -> Section | None:
    """Return the section; None where the sizing decides no setting."""
    say = draft.say
    rows = [_row(draft, name, estimate) for name, key in SETTINGS if (estimate := draft.figure(key))]
    blocks: list[Block] = [Code(each.title, each.text) for each in draft.evidence.settings]
    if rows:
        titles = [say(title) for title in (mark("Setting"), mark("At least"), mark("Declared"), mark("Because of"))]
        blocks.insert(0, draft.table(say(mark("Settings the sizing decides")), titles, rows, len(titles)))
    if not blocks:
        return None
    lead = say(
        mark("These settings follow from the sizing. Review them, keep the old files, and apply them in a quiet hour.")
    )
    return Section("settings", say(mark("Recommended settings")), lead, tuple(blocks))


def _row(draft: Draft, name: str, estimate: Estimate) -> list[Cell | str]:
    section, _, key = name.partition(".")
    declared = draft.evidence.deployment.declared(name)
    needed = estimate.range.typical
    value = min(needed, _most(name))
    given = Cell(declared.text if declared else draft.say(mark("not declared")), "code" if declared else "text")
    detail = _capped(draft, needed, estimate.unit) if value < needed else _amount(draft, value, estimate.unit)
    return [
        Cell(key, "code"),
        Cell(_written(section, value), "code", detail=detail),
        given,
        draft.label(estimate.label),
    ]


def _most(name: str) -> float:
    """Return the largest value a parameter takes, by its documentation."""
    from planner.catalogue.parameter import parameter  # noqa: PLC0415  with the rules

    found = parameter(name)
    return math.inf if found is None or found.maximum is None else found.maximum


def _written(section: str, value: float) -> str:
    """Return the value as its program wants it: MySQL in mebibytes, the rest in whole units."""
    return f"{math.ceil(value / MEBIBYTE)}M" if section == "mysql" else str(math.ceil(value))


def _amount(draft: Draft, value: float, unit: str) -> str:
    return draft.say.quantity(value, unit) if unit in {"B", "s"} else ""


def _capped(draft: Draft, needed: float, unit: str) -> str:
    return draft.say(mark("the most it takes; {needed} would be needed"), needed=draft.say.quantity(needed, unit))
