"""What a figure rests on: the weakest basis among the numbers that had a say in it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from planner.finding import Basis
from planner.sizing.expression import TABLES, dotted, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.sizing.figure import Figure
    from planner.sizing.numbers import Assumption


def bases(figures: tuple[Figure, ...], leaves: Mapping[str, Assumption]) -> dict[str, Basis]:
    """Return the basis of every figure: the weakest of its operands, where only branches taken count.

    Declared numbers weaken nothing; a pure conversion is as strong as it gets.
    """
    ranks = {name: _rank(leaf) for name, leaf in leaves.items()}
    order = list(Basis)
    for figure in figures:
        operands = _taken(parse(figure.formula), leaves)
        ranks[figure.name] = max((ranks[name] for name in operands), default=0)
    return {figure.name: order[ranks[figure.name]] for figure in figures}


def _rank(leaf: Assumption) -> int:
    return 0 if leaf.origin == "declared" or leaf.unit == "flag" else leaf.basis.rank


def _taken(node: ast.expr, leaves: Mapping[str, Assumption]) -> Iterator[str]:
    match node:
        case ast.BinOp(left=left, right=right):
            yield from _taken(left, leaves)
            yield from _taken(right, leaves)
        case ast.Call(func=ast.Name(id="where"), args=[condition, yes, no]):
            yield from _taken(yes if leaves[dotted(condition)].range.typical else no, leaves)
        case ast.Call(args=args):
            for argument in args:
                yield from _taken(argument, leaves)
        case ast.Constant():
            return
        case _:
            name = dotted(node)
            if not name.startswith(f"{TABLES}."):
                yield name
