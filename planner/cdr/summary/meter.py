"""Adding windows up: the step's columns into a summary, and the odd lines one by one."""

from __future__ import annotations

import re

import numpy as np

from planner.cdr.format import Header, Record, parse_line
from planner.cdr.sources import Window
from planner.cdr.step.lines import Coders, Lines, Proven, Records, prove, record_row
from planner.cdr.summary.batch import Calls, Groupings, add_distributions, add_sample, add_times, suspicious
from planner.cdr.summary.changes import HOUR
from planner.cdr.summary.summary import BACKWARDS, Example, FileFacts, Stretch, Summary, greatest, least

_CODES = 1 << 16
_TEXT = 160
_CONTENT_LIMIT = 4096
_QUOTED = re.compile(rb'"[^"]*"')


def beginning(content: bytes) -> tuple[str, int]:
    """Return how a line begins, and how many commas separate fields: those between quotes do not."""
    commas = _QUOTED.sub(b"", content[:_CONTENT_LIMIT]).count(b",")
    return content[:_TEXT].decode(errors="backslashreplace"), commas


class Meter:
    """Reads windows of one stretch after the other into one summary; `take` hands it over."""

    def __init__(self) -> None:
        self.summary = Summary()
        self._renew_coders()

    def _renew_coders(self) -> None:
        self._coders = Coders()
        self._groupings = Groupings(self._coders)

    def begin(self, stretch: Stretch) -> None:
        """Start on a stretch of a file."""
        self._stretch = stretch
        self._facts = self.summary.files.setdefault(stretch.path, FileFacts())
        self._facts.lines_from.setdefault(stretch.begin, 0)

    def read(self, window: Window) -> None:
        """Add one window of the current stretch."""
        if window.overlong:
            self._read_overlong(window)
            return
        proven = prove(window, None if self._stretch.lines_only else self._coders)
        self._add(proven.records, proven.lines)
        self._read_misfits(window, proven)
        self._read_odd(window, proven)
        self._facts.lines_from[self._stretch.begin] += proven.lines.end.size
        ends = proven.lines.carriage_returns[: None if window.terminated else -1]
        self.summary.tallies["crlf"] += int(np.count_nonzero(ends))
        self._facts.bytes += window.high - window.low
        if len(self._coders) > _CODES:
            self._drain()
            self._renew_coders()
        elif self._groupings.full:
            self._drain()

    def take(self) -> Summary:
        """Return what was added since the last time, and begin anew."""
        self._drain()
        done, self.summary = self.summary, Summary()
        return done

    def _drain(self) -> None:
        self._groupings.drain(self.summary.tables)

    def _example(self, kind: str, line: int, offset: int, content: bytes = b"") -> None:
        if self.summary.examples.wants(kind, self._stretch.path, offset):
            number = self._facts.lines_from[self._stretch.begin] + line
            place = (self._stretch.path, offset, self._stretch.begin, number)
            self.summary.examples.add(kind, Example(*place, *beginning(content)))

    def _suspect(self, kind: str, line: int, offset: int, content: bytes) -> None:
        self.summary.tallies[f"suspicious:{kind}"] += 1
        self._example(f"suspicious:{kind}", line, offset, content)

    def _reject(self, reason: str, line: int, offset: int, content: bytes) -> None:
        self._facts.rejected += 1
        self.summary.tallies[f"reason:{reason}"] += 1
        self._example(f"reason:{reason}", line, offset, content)

    def _read_misfits(self, window: Window, proven: Proven) -> None:
        """Reject many lines at once: empty ones, and those with too few or too many fields."""
        lines, misfits = proven.lines, proven.misfits
        if not misfits.size:
            return
        empty = lines.content_end.take(misfits) == lines.begin.take(misfits)
        for reason, some in (("empty", misfits[empty]), ("fields", misfits[~empty])):
            self._facts.rejected += some.size
            self.summary.tallies[f"reason:{reason}"] += some.size
            for line in some[: self.summary.examples.limit].tolist():
                offset = int(lines.begin[line]) - window.low + window.offset
                self._example(f"reason:{reason}", line, offset, lines.content(line))

    def _read_overlong(self, window: Window) -> None:
        self._reject("length" if window.terminated else "truncated", 0, window.offset, b"")
        self._facts.lines_from[self._stretch.begin] += 1
        self._facts.bytes += window.overlong

    def _read_odd(self, window: Window, proven: Proven) -> None:
        rows = []
        last = proven.lines.end.size - 1
        for line in proven.odd.tolist():
            content = proven.lines.content(line)
            offset = int(proven.lines.begin[line]) - window.low + window.offset
            terminated = window.terminated or line < last
            parsed = parse_line(content)
            if isinstance(parsed, Record):
                rows.append(record_row(parsed, self._coders, (line, offset, len(content) + terminated)))
                if not terminated:
                    self._suspect("unterminated", line, offset, content)
            elif isinstance(parsed, Header):
                self._facts.headers += 1
            else:
                self._reject(parsed.reason if terminated else "truncated", line, offset, content)
        if rows:
            self._add(Records.concatenate(rows), proven.lines)

    def _add(self, records: Records, lines: Lines) -> None:
        if not len(records):
            return
        calls = Calls.of(records)
        self._add_facts(calls)
        self._add_suspicions(calls, lines)
        if self._stretch.lines_only:
            return
        add_times(self.summary, calls)
        add_distributions(self.summary, calls)
        self._groupings.add(calls)
        add_sample(self.summary.sample, calls, self._coders.route.prints)

    def _add_facts(self, calls: Calls) -> None:
        records, facts = calls.records, self._facts
        facts.records += len(records)
        facts.answered += calls.answer.size
        facts.hold_fits_seconds += int(np.count_nonzero(calls.answered & (records.hold <= calls.duration)))
        facts.first_stop = least(facts.first_stop, int(records.stop.min()))
        facts.last_stop = greatest(facts.last_stop, int(records.stop.max()))

    def _add_suspicions(self, calls: Calls, lines: Lines) -> None:
        for kind, mask in suspicious(calls, self._stretch):
            count = int(np.count_nonzero(mask))
            if count:
                self.summary.tallies[f"suspicious:{kind}"] += count
                if kind == "stop_before_start":
                    hours, counts = np.unique(calls.records.start[mask] // HOUR, return_counts=True)
                    self.summary.tallies.update(
                        {f"{BACKWARDS}{hour}": n for hour, n in zip(hours.tolist(), counts.tolist(), strict=True)}
                    )
                for row in np.flatnonzero(mask)[: self.summary.examples.limit].tolist():
                    line = int(calls.records.line[row])
                    offset = int(calls.records.offset[row])
                    self._example(f"suspicious:{kind}", line, offset, lines.content(line))
