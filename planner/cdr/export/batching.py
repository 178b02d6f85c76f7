"""A window of lines as a batch: proven records by the vectorised step, every other line on its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.cdr.export.instants import OutsideUtcError
from planner.cdr.export.rows import Place
from planner.cdr.export.stretch import Batch, Reject, lines_of
from planner.cdr.line import Header, Record, Rejected

if TYPE_CHECKING:
    from planner.cdr.export.columns import Row
    from planner.cdr.export.rows import Measured, RowMaker
    from planner.cdr.export.sink import Form
    from planner.cdr.export.stretch import Job, Line
    from planner.cdr.windows import Window

# What the format accepts and a target cannot hold.
OUTSIDE_UTC = "outside_utc"
TOO_LONG = "too_long"

_CODES = 1 << 16
"""Distinct routes after which the step's dictionaries begin anew, so that memory stays bounded."""


class Prover:
    """Reads the integers of those lines of a window that are proven well-formed."""

    def __init__(self) -> None:
        self._renew()

    def _renew(self) -> None:
        from planner.cdr.step.records import Coders  # noqa: PLC0415  numpy

        self._coders = Coders()

    def measured(self, window: Window) -> list[Measured | None]:
        """Return, line by line, what is proven of it; None where nothing is."""
        from planner.cdr.step.proof import prove  # noqa: PLC0415  numpy

        if window.overlong:
            return [None]
        proven = prove(window, self._coders)
        if len(self._coders) > _CODES:
            self._renew()
        found: list[Measured | None] = [None] * proven.lines.end.size
        some = proven.records
        pdds = (_optional(some.caller_pdd.tolist()), _optional(some.callee_pdd.tolist()))
        columns = (some.start.tolist(), some.stop.tolist(), some.hold.tolist(), *pdds)
        for line, measured in zip(some.line.tolist(), zip(*columns, strict=True), strict=True):
            found[line] = measured
        return found


def _optional(values: list[int]) -> list[int | None]:
    """Return the values with None for those that stand for an absent or empty column."""
    return [value if value >= 0 else None for value in values]


class BatchMaker:
    """Makes batches of one layout in one target's form; travels to other processes."""

    def __init__(self, rows: RowMaker, form: Form) -> None:
        self._rows, self._form = rows, form
        self._prover = Prover()

    def __reduce__(self) -> tuple[type[BatchMaker], tuple[RowMaker, Form]]:
        return BatchMaker, (self._rows, self._form)

    def __call__(self, job: Job) -> Batch:
        """Return the batch of a window; rows the target refuses are rejected."""
        batch, rows = Batch(job.position), []
        proven = self._prover.measured(job.window)
        name = Path(job.path).name
        for line, measured in zip(lines_of(job.window, job.first), proven, strict=True):
            if line.offset < job.begin:
                continue
            batch.lines += 1
            found = self._outcome(line, measured, Place(job.file_id, name, line.number, line.offset))
            if isinstance(found, Rejected):
                batch.rejects.append(Reject(job.path, line, found.reason))
            elif isinstance(found, Header):
                batch.headers += 1
            else:
                rows.append(found)
                batch.position.tail = "" if line.whole else str(found[0])
        batch.payload, batch.rows = self._form.pack(rows), len(rows)
        return batch

    def _outcome(self, line: Line, measured: Measured | None, place: Place) -> Row | Header | Rejected:
        if measured is None:
            parsed = line.parsed()
            if not isinstance(parsed, Record):
                return parsed
            pdds = (parsed.caller_pdd_ms, parsed.callee_pdd_ms)
            measured = (parsed.start_s, parsed.stop_s, parsed.hold_ms, *pdds)
        try:
            row = self._rows.row(line.raw, measured, place)
        except OutsideUtcError:
            return Rejected(OUTSIDE_UTC)
        return Rejected(TOO_LONG) if self._form.refuses(row) else row
