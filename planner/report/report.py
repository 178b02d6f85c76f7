"""The report as a plain object: cover, sections, and the result object that is embedded for machines."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from planner.document import json as saved
from planner.report.blocks import Actions, Chart, Cover, Section
from planner.report.evidence import Brand, Draft, Evidence, Provenance, Writer
from planner.report.gather import abridged, plain
from planner.report.language import Language, mark
from planner.sizing.numbers import Assumption
from planner.sizing.result import Sizing
from planner.wording import neutral


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A page in one language, ready to be rendered: a report, a profile, a comparison or a sweep."""

    say: Language
    cover: Cover
    sections: tuple[Section, ...]
    version: str
    colophon: str
    brand: Brand
    date: dt.date
    unmasked: bool = False
    panel: Mapping[str, Any] | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def charts(self) -> Iterator[Chart]:
        """Yield every chart in reading order."""
        return (block for section in self.sections for block in section.blocks if isinstance(block, Chart))


@dataclass(frozen=True, kw_only=True)
class Report(Sheet):
    """A report of a sizing; `data` is the embedded result object (`report-v1`)."""

    sizing: Sizing

    def leaves(self) -> Mapping[str, Assumption]:
        """Return every number the figures rest on, by name."""
        return self.sizing.leaves or {each.name: each for each in self.sizing.assumptions}


def compose(evidence: Evidence, say: Language, *, summary: bool = False) -> Report:
    """Return the report: every section that has data, in the order a reader needs them; or its `summary` alone."""
    from planner.report.sections import cover, what_if  # noqa: PLC0415  the sections build on this module's blocks

    draft = Draft(evidence, say)
    provenance = evidence.provenance
    written = (section for write in writers(summary=summary) if (section := write(draft)))
    sections = tuple(brief(each, say) if summary else each for each in written)
    front = cover.write(draft)
    return Report(
        say=say,
        cover=front,
        sections=sections,
        version=provenance.version,
        colophon=_colophon(draft),
        brand=evidence.brand,
        date=provenance.date,
        sizing=evidence.sizing,
        unmasked=evidence.unmasked,
        panel=None if summary else what_if.panel(draft),
        data=document(evidence, front, say),
    )


def brief(section: Section, say: Language) -> Section:
    """Return a section with the worst of its actions alone, so that a summary fits on two pages."""
    blocks = tuple(_briefly(each, say) if isinstance(each, Actions) else each for each in section.blocks)
    return section._replace(blocks=blocks)


def _briefly(actions: Actions, say: Language) -> Actions:
    more = max(len(actions.items) - MOST_BRIEF, 0)
    kept = tuple(each._replace(excerpt="", fix="") for each in actions.items[:MOST_BRIEF])
    note = say.plural("{n} more stands in the whole report.", "{n} more stand in the whole report.", more)
    return Actions(kept, note if more else actions.note)


SECTIONS = (
    *("changes", "actions", "capacity", "bandwidth", "disk", "database", "hardware", "topology", "growth"),
    *("sensitivity", "measured", "backtest", "checks", "recommended", "assumptions", "method"),
)
"""The modules of the sections in the order of the report."""


def writers(*, summary: bool = False) -> tuple[Writer, ...]:
    """Return the writers of the sections in the order of the report; a summary has the first two."""
    chosen = SECTIONS[: SUMMARY if summary else None]
    return tuple(import_module(f"planner.report.sections.{name}").write for name in chosen)


def document(evidence: Evidence, cover: Cover, say: Language) -> dict[str, Any]:
    """Return the result object `report-v1`: all a comparison or a script needs, in plain JSON types."""
    provenance = evidence.provenance
    return {
        "schema": SCHEMA,
        "version": provenance.version,
        "language": say.tag,
        "date": provenance.date.isoformat(),
        "command": provenance.command,
        "site": {"name": evidence.text("site.name"), "customer": cover.customer, "prepared_by": cover.prepared_by},
        "verdict": {"state": cover.state, "message": cover.verdict, "summary": cover.summary},
        "sizing": _sizing(evidence),
        "findings": [each.to_dict() for each in (*evidence.open_findings, *evidence.accepted)],
        "profile": abridged(evidence.profile) if evidence.profile else None,
        "backtest": [plain(each) for each in evidence.backtest],
        "masked": not evidence.unmasked,
        "inputs": [{"name": each.name, "bytes": each.size, "sha256": each.digest} for each in provenance.inputs],
    }


def _sizing(evidence: Evidence) -> dict[str, Any]:
    """Return the sizing without its working figures and documented constants: `plan size --all` has them."""
    from planner.sizing.evaluation import registry  # noqa: PLC0415  the model is in memory by now

    whole = evidence.sizing.to_dict()
    known = registry()
    shown = {name: each for name, each in whole["figures"].items() if name not in known or known[name].shown}
    kept = [each for each in whole["assumptions"] if _uncertain(each)]
    return {**whole, "figures": shown, "assumptions": kept}


def _uncertain(assumption: Mapping[str, Any]) -> bool:
    certain = assumption["low"] == assumption["high"]
    return bool(assumption["influence"]) or assumption["origin"] != "default" or not certain


def colophon(say: Language, provenance: Provenance) -> str:
    """Return which version wrote a page, and when."""
    return say("Written by plan {version} on {date}.", version=provenance.version, date=say.date(provenance.date))


def _colophon(draft: Draft) -> str:
    say = draft.say
    privacy = (
        mark("Telephone numbers and addresses are not masked.")
        if draft.evidence.unmasked
        else mark("Telephone numbers and addresses from call records are masked.")
    )
    made = colophon(say, draft.evidence.provenance)
    return f"{made} {say(privacy)}" if draft.evidence.profile else made


# Reading a saved report back: the result object a page carries for scripts and comparisons.
#
# The object stands in `<script type="application/json" id="report-data">`, with `<`, `>`, `&` and the two line
# separators of JavaScript escaped, so that no text in it can end the element.

SCHEMA = "report-v1"
MOST_BRIEF = 4
"""Actions in a summary."""
SUMMARY = 2
"""Sections of a summary: what changed, and what to do."""
_ELEMENT = re.compile(rb'<script type="application/json" id="report-data">(.*?)</script>', re.DOTALL)
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class ExtractError(Exception):
    """A file that carries no result object, with what was found instead."""


def embed(value: Any) -> str:  # noqa: ANN401  any JSON value
    """Return JSON that may stand in a script element: sorted, compact, finite, `<`-escaped."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return neutral(text)


def read(path: str | Path) -> dict[str, Any]:
    """Return the result object of a saved report (HTML or JSON); raises ExtractError or OSError."""
    raw = Path(path).read_bytes()
    return parse(raw, str(path))


def parse(raw: bytes, name: str) -> dict[str, Any]:
    """Return the result object in a page's or a JSON document's bytes; `name` is what errors call it."""
    found = _ELEMENT.search(raw)
    text = found[1] if found else raw
    try:
        value = saved.parse(text)
    except saved.SavedError as error:
        kind = f"its embedded result object is damaged ({error})" if found else "no embedded result object"
        raise ExtractError(f"{name}: {kind}; expected a file written by `plan report`") from None
    if value.get("schema") != SCHEMA:
        raise ExtractError(f'{name}: not a saved report: expected "schema": "{SCHEMA}" in it')
    return value
