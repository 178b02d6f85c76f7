"""Tables of measured traffic: gateways, end reasons and destinations, the largest first."""

from collections.abc import Mapping
from typing import Any

from planner.report.blocks import Cell, Table
from planner.report.evidence import Draft
from planner.report.gather import number, part, rows, text
from planner.report.language import mark

MOST_TABLES = 5
MOST_KEYS = 8
TITLES = {
    "callerGatewayId": mark("Traffic by caller gateway"),
    "calleeGatewayId": mark("Traffic by callee gateway"),
    "endReason": mark("Traffic by end reason"),
    "prefix": mark("Traffic by destination prefix"),
    "destination": mark("Traffic by destination prefix"),
    "endDirection": mark("Traffic by the side that hung up"),
    "billingMode": mark("Traffic by billing mode"),
}


def tables(draft: Draft) -> list[Table]:
    """Return the tables of the profile, those a customer asks for first."""
    measured = part(draft.evidence.profile, "tables")
    names = [name for name in TITLES if name in measured]
    names += [name for name in sorted(measured) if name not in TITLES]
    found = (_table(draft, name) for name in names)
    return [table for table in found if table is not None][:MOST_TABLES]


def _table(draft: Draft, name: str) -> Table | None:
    say = draft.say
    entries = rows(draft.evidence.profile, "tables", name, "rows")[:MOST_KEYS]
    if not entries:
        return None
    titles = (mark("Key"), mark("Attempts"), mark("ASR"), mark("ACD"), mark("Minutes"), mark("Most at once"))
    title = say(TITLES[name]) if name in TITLES else say("Traffic by {name}", name=name)
    return draft.table(title, [say(each) for each in titles], [_row(draft, each) for each in entries])


def _row(draft: Draft, entry: Mapping[str, Any]) -> list[Cell | str]:
    say = draft.say
    label = text(entry, "label")
    key = text(entry, "key") or "\N{EN DASH}"
    amounts = (
        (("attempts"), "count"),
        ("asr", "ratio"),
        ("acd", "s"),
        ("minutes", "count"),
        ("peak_concurrent", "count"),
    )
    shown = (
        ("\N{EN DASH}" if (value := number(entry, name)) is None else say.quantity(value, unit))
        for name, unit in amounts
    )
    return [f"{key} ({say(label)})" if label else key, *shown]
