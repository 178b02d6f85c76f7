"""How far a run has got: shown on a terminal, once it has lasted more than a second, and gone at its end."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PATIENCE = 1.0
"""Seconds after which progress is shown."""

BYTES = "bytes"
ITEMS = ""


class Progress:
    """What is done of `total` (None: nobody knows); `unit` is `BYTES`, or the word for what is counted."""

    def __init__(self, label: str, total: float | None, unit: str = ITEMS) -> None:
        self._label, self._total, self._unit = label, total, unit
        self._begin, self._done = time.monotonic(), 0.0
        self._wanted = sys.stderr.isatty()
        self._bar: Any = None

    def advance(self, amount: float = 1) -> None:
        """Say that so much more is done."""
        self.reach(self._done + amount)

    def reach(self, done: float, label: str | None = None) -> None:
        """Say how much is done in all, and from now on under which label."""
        self._done, self._label = done, label or self._label
        if self._bar is None and self._wanted and time.monotonic() - self._begin > PATIENCE:
            self._bar = self._started()
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done, description=self._label)

    def stop(self) -> None:
        """Remove what is shown."""
        if self._bar is not None:
            self._bar.stop()

    def _started(self) -> Any:
        from rich import progress as rich

        from planner.cli.console import stderr_console

        known = self._total is not None
        counted = rich.TextColumn(f"{{task.completed:,.0f}} {self._unit}".rstrip())
        columns = [
            rich.TextColumn("{task.description}"),
            *([rich.BarColumn()] if known else []),
            *(
                [rich.DownloadColumn(), rich.TransferSpeedColumn()]
                if self._unit == BYTES
                else []
                if known
                else [counted]
            ),
            rich.TimeRemainingColumn() if known else rich.TimeElapsedColumn(),
        ]
        bar = rich.Progress(*columns, console=stderr_console(), transient=True)
        bar.add_task(self._label, total=self._total)
        bar.start()
        return bar


@contextmanager
def progress(label: str, total: float | None = None, unit: str = ITEMS) -> Iterator[Progress]:
    """Show how far the block has got, as it says itself."""
    shown = Progress(label, total, unit)
    try:
        yield shown
    finally:
        shown.stop()


def progressing(steps: Iterable[int], total: int, label: str) -> None:
    """Run through `steps`, each the number of items done, and show how far that is."""
    with progress(label, total) as shown:
        for step in steps:
            shown.advance(step)
