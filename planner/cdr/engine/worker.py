"""A worker process: tasks come in as lines of JSON, summaries go out as bytes behind their length.

Started as `python -m planner.cdr.engine.worker`. It keeps its dictionaries from task to task.
"""

from __future__ import annotations

import json
import signal
import sys
from typing import TYPE_CHECKING

from planner.cdr.engine.reading import read_stretch
from planner.cdr.summary.facts import Stretch
from planner.cdr.summary.meter import Meter
from planner.cdr.summary.wire import to_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

LENGTH = 8


def run_task(meter: Meter, stretches: Iterable[Stretch]) -> bytes:
    """Read the stretches and return their summary as bytes."""
    for stretch in stretches:
        read_stretch(meter, stretch)
    return to_bytes(meter.take())


def main() -> None:
    """Serve tasks until standard input ends."""
    # The parent alone decides what an interrupt means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    meter = Meter()
    for line in sys.stdin:
        message = run_task(meter, [Stretch(**stretch) for stretch in json.loads(line)])
        sys.stdout.buffer.write(len(message).to_bytes(LENGTH, "little") + message)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
