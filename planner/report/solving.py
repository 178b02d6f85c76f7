"""Inverses no spreadsheet function gives, worked out in cells: those of Erlang B, and Poisson levels.

Each is a block of cells: its operands, its result, and the steps between them. Channels and loads come from
halving an interval; levels from the expansion that `planner.sizing.concurrency` uses, in the same digits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.report.marking import mark
from planner.sizing.concurrency import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Place = Callable[[int, int], str]
    """The cell in a column and a row of a block's steps, both from 0, as `B7`."""

HALVINGS = 20
"""Halvings of whole channels: up to a million of them."""
LOAD_HALVINGS = 50
_FORGIVEN = "(1+1E-9)"
_INTERVAL = (mark("Too few"), mark("Enough"), mark("Tried"), mark("Blocked"))
_QUANTILE = (mark("Probability"), mark("Tail"), mark("Deviations"))


class Block(NamedTuple):
    """The steps of one inverse: headings, rows of formulas, and the formula of the result, without `=`."""

    heads: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]
    result: str


class Solution(NamedTuple):
    """An inverse that formulas refer to by `name`; `operands` are formulas."""

    name: str
    function: str
    operands: tuple[str, ...]


class Solutions:
    """The inverses a workbook needs, each once, in the order they were asked for."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], Solution] = {}

    def __iter__(self) -> Iterator[Solution]:
        return iter(self._known.values())

    def name(self, function: str, operands: Sequence[str]) -> str:
        """Return the defined name of the cell that will hold the result."""
        name = f"solved.{function}.{len(self._known) + 1}"
        found = self._known.setdefault((function, *operands), Solution(name, function, tuple(operands)))
        return found.name


def block(function: str, operands: Sequence[str], at: Place) -> Block:
    """Return the block of an inverse, whose operands stand in cells of these names."""
    return BLOCKS[function](at, *operands)


def _channels(at: Place, load: str, blocking: str) -> Block:
    first = ("-1", str(2**HALVINGS - 1))
    steps = [
        (*(_halved(at, step, blocking) if step else first), f"INT(({at(0, step)}+{at(1, step)})/2)")
        for step in range(HALVINGS)
    ]
    rows = tuple((*row, _blocked(at(2, step), load)) for step, row in enumerate(steps))
    return Block(_INTERVAL, rows, _halved(at, HALVINGS, blocking)[1])


def _erlangs(at: Place, count: str, blocking: str) -> Block:
    first = (f"{count}/(1-{blocking})", "0")
    steps = [
        (*(_halved(at, step, blocking) if step else first), f"({at(0, step)}+{at(1, step)})/2")
        for step in range(LOAD_HALVINGS)
    ]
    rows = tuple((*row, _blocked(count, at(2, step))) for step, row in enumerate(steps))
    return Block(_INTERVAL, rows, _halved(at, LOAD_HALVINGS, blocking)[1])


def _halved(at: Place, step: int, blocking: str) -> tuple[str, str]:
    """Return the interval after the step before: the end that blocks too much, the end that does not."""
    bad, good, tried, blocked = (at(column, step - 1) for column in range(4))
    worse = f"{blocked}>{blocking}*{_FORGIVEN}"
    return f"IF({worse},{tried},{bad})", f"IF({worse},{good},{tried})"


def _blocked(channels: str, load: str) -> str:
    """Return Erlang B as a ratio of Poisson's law; where both vanish, far too few channels were tried."""
    ratio = f"POISSON({channels},{load},FALSE)/POISSON({channels},{load},TRUE)"
    return f"IF({load}<=0,0,IFERROR({ratio},1))"


def _level(at: Place, mean: str, probability: str) -> Block:
    return _quantile(at, mean, (probability,))


def _busiest(at: Place, mean: str, hold: str, chance: str) -> Block:
    """Return the steps of `busiest_probability`: each counts samples by the deviations of the last."""
    periods = f"MAX(3600/MAX({hold},1),1)"
    samples = (periods, *(f"({periods}*MAX({at(2, step)}^2,1))" for step in range(STEPS)))
    return _quantile(at, mean, [f"EXP(LN({chance})/{each})" for each in samples])


def _quantile(at: Place, mean: str, probabilities: Sequence[str]) -> Block:
    """Return a Poisson level from the last of the probabilities, a step each."""
    rows = tuple(_deviations(at, step, probability) for step, probability in enumerate(probabilities))
    deviations = at(2, len(rows) - 1)
    level = f"{mean}+{deviations}*SQRT({mean})+({deviations}*{deviations}-1)/6-0.5"
    return Block(_QUANTILE, rows, f"IF({mean}>0,ROUNDUP(MAX({level},0)*(1-1E-9),0),0)")


def _deviations(at: Place, step: int, probability: str) -> tuple[str, str, str]:
    chance, tail = (at(column, step) for column in range(2))
    central = f"(2.515517+{tail}*(0.802853+{tail}*0.010328))"
    outer = f"(1+{tail}*(1.432788+{tail}*(0.189269+{tail}*0.001308)))"
    size = f"({tail}-{central}/{outer})"
    root = f"SQRT(-2*LN(MAX(MIN({chance},1-{chance},0.5),1E-300)))"
    return probability, root, f"IF({chance}<0.5,-{size},{size})"


BLOCKS: dict[str, Callable[..., Block]] = {
    "channels": _channels,
    "erlangs": _erlangs,
    "level": _level,
    "busiest": _busiest,
}
