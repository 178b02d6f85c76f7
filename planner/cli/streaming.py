"""Output that is written piece by piece and still appears whole or not at all; progress beside it."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PATIENCE = 1.0


@contextmanager
def atomic_stream(output: Path | None) -> Iterator[BinaryIO]:
    """Give a binary file that replaces `output` when all went well; standard output for None or `-`.

    Raises OSError where the folder cannot be written.
    """
    if output is None or str(output) == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = output.resolve()
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o644)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def progressing(steps: Iterable[int], total: int, label: str) -> None:
    """Run through `steps`, each the number of items done, and show progress on a terminal after a second."""
    begin, done = time.monotonic(), 0
    bar: Any = None
    for step in steps:
        done += step
        if bar is None and sys.stderr.isatty() and time.monotonic() - begin > _PATIENCE:
            bar = _bar(label, total)
        if bar is not None:
            bar.update(bar.task_ids[0], completed=done)
    if bar is not None:
        bar.stop()


def _bar(label: str, total: int) -> Any:
    from rich.progress import Progress

    from planner.cli.console import stderr_console

    bar = Progress(console=stderr_console(), transient=True)
    bar.add_task(label, total=total)
    bar.start()
    return bar
