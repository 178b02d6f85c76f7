"""The calls of a run of files, block by block: which lines to write, and which events are complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planner.cdr.simulation.calls import generate
from planner.cdr.simulation.counting import tally_events
from planner.cdr.simulation.damage import line_damage, rejections
from planner.cdr.simulation.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from planner.cdr.simulation.grid import Grid
    from planner.cdr.simulation.rows import Calls, Whole
    from planner.cdr.simulation.workload import Workload

FAR = 1 << 40
# Calls a stream can hold at once, as a power of two.
PLACE_BITS = 28


class Stream:
    """Makes the calls of files `first` to before `end` and counts their events.

    Calls made before the run begins matter too, as their ends fall into it: they are made again.
    """

    def __init__(self, workload: Workload, cut: Grid, first: int, end: int) -> None:
        self.workload, self.cut, self.first, self.end = workload, cut, first, end
        self.tally = Tally()
        self._names = [name for name, _ in line_damage(workload)]
        self._unwritten: list[Calls] = []
        self._uncounted: list[Calls] = []
        start = cut.file_start(first)
        self._counted_to = cut.horizon(start) if first else -FAR

    def files(self) -> Iterator[tuple[int, Iterator[Calls]]]:
        """Yield each file's index and its calls in blocks, in the order of their lines."""
        first = self.first * self.cut.blocks_a_file
        for block in range(max(0, first - -(-self.cut.lookback // self.cut.block)), first):
            self._make(block)
            self._forget_before_run()
        for index in range(self.first, self.end):
            yield index, self._blocks(index)

    def _forget_before_run(self) -> None:
        start = self.cut.file_start(self.first)
        made = self._unwritten[-1]
        self._unwritten[-1] = made.compress(made["written"] >= start)
        made = self._uncounted[-1]
        self._uncounted[-1] = made.compress(_relevant_until(made) >= self._counted_to)

    def _blocks(self, index: int) -> Iterator[Calls]:
        for block in range(index * self.cut.blocks_a_file, (index + 1) * self.cut.blocks_a_file):
            self._make(block)
            until = self.cut.origin + (block + 1) * self.cut.block
            yield self._take_until(until)
            last = index == self.end - 1 and block == (index + 1) * self.cut.blocks_a_file - 1
            self._count_until(FAR if last and self.end == self.cut.files else self.cut.horizon(until))

    def _make(self, block: int) -> None:
        first = self.cut.origin + block * self.cut.block
        calls = generate(self.workload, block, first, self.cut.block)
        if "duplicate" in self._names:
            twice = calls["damage"] == 1 + self._names.index("duplicate")
            calls = calls.take(np.repeat(np.arange(calls.size), 1 + twice))
        self._unwritten.append(calls)
        self._uncounted.append(calls.compress(~self.rejected(calls)))

    def rejected(self, calls: Calls) -> NDArray[np.bool_]:
        """Tell which calls leave a line that no reader may accept."""
        refused = [code for code, name in enumerate(self._names, start=1) if name in rejections()]
        return np.isin(calls["damage"], refused)

    def kind(self, code: int) -> str:
        """Return the kind of damage a call's code stands for."""
        return self._names[code - 1]

    def _take_until(self, instant: int) -> Calls:
        """Take out the calls written before `instant`, in the order of their lines."""
        calls = _joined(self._unwritten)
        due = calls["written"] < instant
        self._unwritten = [calls.compress(~due)]
        places = np.flatnonzero(due)
        if places.size == 0:
            return calls[:0]
        # Late lines stopped before the file began, so the stop alone puts them on top.
        moment = calls["stop_ms"][places]
        # The place breaks ties, so that the order does not hang on the sorting method.
        order = np.sort(((moment - moment.min()) << PLACE_BITS) | places) & ((1 << PLACE_BITS) - 1)
        return calls.take(order)

    def _count_until(self, horizon: int) -> None:
        """Count the events before `horizon` that are not counted yet, and forget calls without later ones."""
        if horizon <= self._counted_to:
            return
        calls = _joined(self._uncounted)
        self.tally.merge(tally_events(calls, self._counted_to, horizon))
        self._uncounted = [calls.compress(_relevant_until(calls) >= horizon)]
        self._counted_to = horizon


def _relevant_until(calls: Calls) -> Whole:
    latest: Whole = np.maximum(calls["start"], calls["stop"])
    return latest


def _joined(parts: list[Calls]) -> Calls:
    """Return tables as one; copied as plain bytes, ten times faster than column by column."""
    if len(parts) == 1:
        return parts[0]
    kind = parts[0].dtype
    return np.concatenate([part.view(f"V{kind.itemsize}") for part in parts]).view(kind)
