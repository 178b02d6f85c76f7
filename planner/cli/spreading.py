"""Spreads the files of a run over the machine's cores, where there are enough of them to pay for it."""

from __future__ import annotations

import os
import sys
import threading
from typing import TYPE_CHECKING

from planner.rules.loading import load, referred
from planner.rules.validation import examine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.rules.policy import Policy
    from planner.rules.targets import Target
    from planner.rules.validation import Validation

WORTH_A_PROCESS = 150
"""Files that take about as long as starting a process does."""


def parts(chosen: Sequence[Target], policy: Policy, content: bytes | None = None) -> list[Validation]:
    """Return the validation of each target, in their order; `content` is what standard input held."""
    count = min(os.cpu_count() or 1, len(chosen) // WORTH_A_PROCESS)
    alone = count < 1 + 1
    found = _examined(chosen, policy, content) if alone else _spread(chosen, policy, content, count)
    referred_to = referred(each for _, each in found)
    return [part for part, files in found if len(files) != 1 or os.path.realpath(files[0]) not in referred_to]


def _examined(
    chosen: Sequence[Target], policy: Policy, content: bytes | None
) -> list[tuple[Validation, tuple[str, ...]]]:
    """Return each target's validation with the files it read, its own first."""
    found = []
    for target in chosen:
        loaded = load(target, content if target.kind == "stdin" else None)
        if loaded is not None:
            paths = tuple(each.path for each in loaded.deployment.documents) if loaded.root is None else ()
            found.append((examine(loaded, policy), paths))
    return found


def _spread(
    chosen: Sequence[Target], policy: Policy, content: bytes | None, count: int
) -> list[tuple[Validation, tuple[str, ...]]]:
    import multiprocessing

    # Forking is fastest, and safe only where no other thread may hold a lock.
    forks = sys.platform == "linux" and threading.active_count() == 1
    context = multiprocessing.get_context("fork" if forks else "spawn")
    slices = [
        chosen[number * len(chosen) // count : (number + 1) * len(chosen) // count] for number in range(count)
    ]
    with context.Pool(count) as pool:
        done = pool.starmap(_examined, [(each, policy, content) for each in slices], chunksize=1)
    return [item for part in done for item in part]
