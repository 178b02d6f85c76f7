"""Spreads the files of a run over the machine's cores, where there are enough of them to pay for it."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from planner.finding import Validation
from planner.rules.discovery import Target, load, referred
from planner.rules.policy import Policy
from planner.rules.validation import examine
from planner.wording import untranslated

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    Examined: TypeAlias = "tuple[Validation, tuple[str, ...]]"

WORTH_A_PROCESS = 150
"""Files that take about as long as starting a process does."""

STRETCH = 24
"""Files a process takes at a time: few enough that all processes end together."""

WARM = 6
"""Files examined before there are processes: what they leave in memory none has to find out again."""

AHEAD = 2
"""Stretches a process has before it: the one it works on, and the next, for which it does not wait."""


class Work(NamedTuple):
    """What is to be examined, under which policy; `content` is what standard input held."""

    chosen: Sequence[Target]
    policy: Policy
    content: bytes | None


def parts(chosen: Sequence[Target], policy: Policy, content: bytes | None = None) -> list[Validation]:
    """Return the validation of each target, in their order; `content` is what standard input held."""
    work, count = Work(chosen, policy, content), len(chosen) // WORTH_A_PROCESS
    if count > 1:
        from planner.cdr.processes import cores  # few runs have so many files

        count = min(count, cores())
    found = _collected(_spread(work, count) if count > 1 else _alone(work), len(chosen))
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
    # Forking is fastest, and safe only where no other thread may hold a lock.
    forks = sys.platform == "linux" and threading.active_count() == 1
    total = len(work.chosen)
    begin = WARM if forks else 0
    stretches = [range(start, min(start + STRETCH, total)) for start in range(begin, total, STRETCH)]
    found: dict[int, list[Examined]] = {}
    if forks:
        yield begin, _examined(work, range(begin))
    # What is there before is never garbage: the processes share its memory as long as nobody counts it.
    gc.freeze()
    with _processes(work, count, forks=forks) as links:
        for stretch, examined in _shared_out(links, stretches):
            found[stretch.start] = examined
            while stretches and stretches[0].start in found:
                yield len(stretches[0]), found.pop(stretches.pop(0).start)


def _shared_out(links: list[Connection], stretches: Iterable[range]) -> Iterator[tuple[range, list[Examined]]]:
    """Yield what the processes make of the stretches as it comes; whoever is done with one is handed the next."""
    from multiprocessing.connection import wait

    left, under_way = iter(tuple(stretches)), 0
    for link, stretch in zip(links * AHEAD, left, strict=False):
        _reached(link.send, stretch)
        under_way += 1
    while under_way:
        for link in cast("list[Connection]", wait(links)):
            yield _reached(link.recv)
            under_way -= 1
            for stretch in islice(left, 1):
                _reached(link.send, stretch)
                under_way += 1


def _reached(call: Callable[..., Any], *said: object) -> Any:
    with suppress(EOFError, OSError):
        return call(*said)
    raise RuntimeError("a process that examined files was ended from outside")


@contextmanager
def _processes(work: Work, count: int, *, forks: bool) -> Iterator[list[Connection]]:
    """Run processes that examine the stretches sent to them; they end with the block, and with this process."""
    from multiprocessing import get_context

    context = get_context("fork") if forks else get_context("spawn")
    pipes = [context.Pipe() for _ in range(count)]
    # A fork holds all ends as well: as long as it does, nobody hears that the other one is gone.
    held = [end for pipe in pipes for end in pipe] if forks else []
    started = [context.Process(target=_work_off, args=(work, theirs, held), daemon=True) for _, theirs in pipes]
    try:
        for process, (_, theirs) in zip(started, pipes, strict=True):
            process.start()
            theirs.close()
        yield [ours for ours, _ in pipes]
    finally:
        for process in started:
            process.terminate()
            process.join()


def _work_off(work: Work, link: Connection, held: list[Connection]) -> None:
    for each in held:
        if each is not link:
            each.close()
    untranslated()
    with suppress(EOFError, OSError):  # Whoever asked is gone.
        while True:
            stretch = link.recv()
            link.send((stretch, _examined(work, stretch)))
