"""How calls fared: ASR, NER, ACD, setup time, and the law of the hold times."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.catalogue.sources import cited
from planner.cdr.profile.distributions import bins, describe, fit_hold_times
from planner.cdr.settings import measures

if TYPE_CHECKING:
    from planner.cdr.profile.assumptions import Basics
    from planner.cdr.summary.summary import Summary

_KNOWN_REASONS = 0.95


def _ner(summary: Summary, basics: Basics) -> dict[str, Any]:
    """Return the network effectiveness ratio (ITU-T E.425) where the reasons of failed attempts are known."""
    table = summary.tables["endReason"]
    failed = {key: row.attempts - row.answered for key, row in table.rows.items()}
    numbered = sum(count for key, count in failed.items() if key.removeprefix(b"-").isdigit())
    every = basics.records - basics.answered
    if not every or numbered < _KNOWN_REASONS * every:
        return {"ner": None, "ner_note": "endReason of the failed attempts is missing or not numeric"}
    effective = {str(code).encode() for code in measures()["effective_reasons"]["values"]}
    reached = basics.answered + sum(failed.get(code, 0) for code in sorted(effective))
    return {"ner": reached / basics.records, "ner_note": cited(tuple(measures()["effective_reasons"]["source"]))}


def describe_calls(summary: Summary, basics: Basics) -> dict[str, Any]:
    """Return counts, shares, means (s) and the distribution of hold times; None where nothing is known."""
    seconds = summary.tallies["hold_ms"] / 1000
    acd = seconds / basics.answered if basics.answered else None
    asr = basics.answered / basics.records if basics.records else None
    setup = summary.tallies["duration_s"] - seconds
    return {
        "records": basics.records,
        "answered": basics.answered,
        "asr": asr,
        **_ner(summary, basics),
        "acd": acd,
        "setup_time": setup / basics.records if basics.records else None,
        "talk_seconds": seconds,
        "answered_only": basics.answered_only,
        "hold_time": describe(summary.histograms["hold_s"], "s"),
        "hold_time_bins": bins(summary.histograms["hold_s"]),
        "hold_time_law": fit_hold_times(summary.histograms["hold_s"], acd) if acd else None,
    }
