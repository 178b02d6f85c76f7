"""Spreads the files of a run over the machine's cores, where there are enough of them to pay for it."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planner.finding import Validation
from planner.rules.discovery import Target, load, referred
from planner.rules.policy import Policy
from planner.rules.validation import examine

if TYPE_CHECKING:
    Examined: TypeAlias = "tuple[Validation, tuple[str, ...]]"

WORTH_A_PROCESS = 150
"""Files that take about as long as starting a process does."""

STRETCH = 16
"""Files a process takes at a time: few enough that all processes end together."""


class Work(NamedTuple):
    """What is to be examined, under which policy; `content` is what standard input held."""

    chosen: Sequence[Target]
    policy: Policy
    content: bytes | None


def parts(chosen: Sequence[Target], policy: Policy, content: bytes | None = None) -> list[Validation]:
    """Return the validation of each target, in their order; `content` is what standard input held."""
    work, count = Work(chosen, policy, content), min(os.cpu_count() or 1, len(chosen) // WORTH_A_PROCESS)
    found = _collected(_alone(work) if count < 1 + 1 else _spread(work, count), len(chosen))
    if not (referred_to := referred(each for _, each in found)):
        return [part for part, _ in found]
    return [part for part, files in found if len(files) != 1 or os.path.realpath(files[0]) not in referred_to]


def _collected(stretches: Iterable[tuple[int, list[Examined]]], total: int) -> list[Examined]:
    """Return what the stretches of targets hold together, and show how far it got where that takes long."""
    if total == 1:
        return [each for _, examined in stretches for each in examined]
    from planner.cli.console import progressing

    found: list[Examined] = []

    def steps() -> Iterator[int]:
        for done, examined in stretches:
            found.extend(examined)
            yield done

    progressing(steps(), total, "validating")
    return found


def _alone(work: Work) -> Iterator[tuple[int, list[Examined]]]:
    return ((1, _examined(work, range(number, number + 1))) for number in range(len(work.chosen)))


def _examined(work: Work, stretch: range) -> list[Examined]:
    """Return the validation of a stretch of the targets, each with the files it read, its own first."""
    found = []
    for target in work.chosen[stretch.start : stretch.stop]:
        try:
            loaded = load(target, work.content if target.kind == "stdin" else None)
            if loaded is not None:
                found.append((examine(loaded, work.policy), loaded.files))
        except Exception as error:  # noqa: BLE001  a fault of ours with one file hides no other
            found.append((Validation(files=(target.path,), failed=(_failure(target, error),)), (target.path,)))
    return found


def _failure(target: Target, error: Exception) -> str:
    from planner.cli.ending import internal, trace

    trace(error)
    return f"{target.path}: {internal(error)}"


def _spread(work: Work, count: int) -> Iterator[tuple[int, list[Examined]]]:
    import multiprocessing

    # Forking is fastest, and safe only where no other thread may hold a lock.
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    total = len(work.chosen)
    stretches = [range(start, min(start + STRETCH, total)) for start in range(0, total, STRETCH)]
    if forks:  # What the first files leave in memory no process has to find out again.
        first = stretches.pop(0)
        yield len(first), _examined(work, first)
    # What is there before is never garbage: the processes share its memory as long as nobody counts it.
    gc.freeze()
    with context.Pool(count, _begin, (work,)) as pool:
        for stretch, found in zip(stretches, pool.imap(_taken, stretches), strict=True):
            yield len(stretch), found


_work: Work
"""What a process of its own works on, given to it once."""


def _begin(work: Work) -> None:
    global _work  # noqa: PLW0603  a process has nothing else to keep it in
    _work = work


def _taken(stretch: range) -> list[Examined]:
    return _examined(_work, stretch)
