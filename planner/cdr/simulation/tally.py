"""What is true of the records of an archive, counted from the simulated calls themselves.

Nothing here reads a file or shares code with the measuring engine: it is the other side of the comparison.
Counts of separate parts of an archive add up to those of the whole.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from planner.cdr.simulation.sweep import Level

KEYS = (
    "caller_gateway", "callee_gateway", "end_reason", "end_direction", "billing_mode", "prefix", "codec",
)  # fmt: skip


@dataclass(slots=True)
class KeyTally:
    """The records of one gateway, code or prefix, and the most of them in progress in any second."""

    attempts: int = 0
    answered: int = 0
    hold_ms: int = 0
    peak_attempts: int = 0
    peak_answered: int = 0

    def merge(self, other: KeyTally) -> None:
        """Add the records of another part of the archive."""
        self.attempts += other.attempts
        self.answered += other.answered
        self.hold_ms += other.hold_ms
        self.peak_attempts = max(self.peak_attempts, other.peak_attempts)
        self.peak_answered = max(self.peak_answered, other.peak_answered)


@dataclass(slots=True)
class Tally:
    """Counts over records: totals, histograms (value -> how often), starts by time, levels, and keys."""

    totals: Counter[str] = field(default_factory=Counter)
    suspicions: Counter[str] = field(default_factory=Counter)
    histograms: dict[str, Counter[int]] = field(default_factory=dict)
    starts: dict[str, Counter[int]] = field(default_factory=dict)
    per_second: Counter[int] = field(default_factory=Counter)
    busiest_second: Level = field(default_factory=Level)
    levels: dict[str, Level] = field(default_factory=lambda: {"attempts": Level(), "answered": Level()})
    keys: dict[str, dict[int, KeyTally]] = field(default_factory=lambda: {name: {} for name in KEYS})
    bounds: dict[str, int] = field(default_factory=dict)

    def merge(self, other: Tally) -> None:
        """Add the counts of another part of the archive."""
        for mine, theirs in ((self.totals, other.totals), (self.suspicions, other.suspicions)):
            mine.update(theirs)
        self.per_second.update(other.per_second)
        for group, theirs_by_name in ((self.histograms, other.histograms), (self.starts, other.starts)):
            for name, counts in theirs_by_name.items():
                group.setdefault(name, Counter()).update(counts)
        self.busiest_second.merge(other.busiest_second)
        for name, level in other.levels.items():
            self.levels[name].merge(level)
        for name, entries in other.keys.items():
            for code, entry in entries.items():
                self.keys[name].setdefault(code, KeyTally()).merge(entry)
        for name, value in other.bounds.items():
            _bound(self.bounds, name, value)


def _bound(bounds: dict[str, int], name: str, value: int) -> None:
    """Keep the smallest `first_*` and the largest `last_*`."""
    choose = min if name.startswith("first") else max
    bounds[name] = choose(bounds.get(name, value), value)
