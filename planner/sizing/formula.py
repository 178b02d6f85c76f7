"""The language formulas are written in: sums, products, a few functions, dotted names and unit conversions.

Quantities are never negative, so that every operation is monotone in each operand: rising or falling. That is
what lets one formula give the low and the high case as well (see `planner.sizing.formula`).
"""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.sizing.numbers import Figure


# A literal is a conversion between units or a bare 0 or 1; domain constants are data with a source.
CONVERSIONS = {0: "", 1: "", 8: "bit/B", 60: "s/min", 3600: "s/h", 86400: "s/day"}
TABLES = "table"


class Function(NamedTuple):
    """A function of the language: how its result moves with each operand (+1, -1; 0: a point or a table).

    A single `0` in `moves` at the end of a variadic function is not needed: `variadic` repeats the last move.
    """

    moves: tuple[int, ...]
    variadic: bool = False


FUNCTIONS = {
    "min": Function((1, 1), variadic=True),
    "max": Function((1, 1), variadic=True),
    "ceil": Function((1,)),
    "excess": Function((1, -1)),
    "quotient": Function((1, -1, 1)),
    "exceeds": Function((1,)),
    "where": Function((0, 1, 1)),
    "typical": Function((0,)),
    "power_of_two": Function((1,)),
    "channels": Function((1, -1)),
    "erlangs": Function((1, 1)),
    "finite_channels": Function((1, 0, -1)),
    "level": Function((1, 1)),
    "busiest": Function((1, -1, 0)),
    "rising": Function((1, 0)),
    "falling": Function((-1, 0)),
    "rung": Function((1, 0)),
    "pick": Function((1, 0)),
}


@cache
def parse(formula: str) -> ast.expr:
    """Return the formula's tree. Raises ValueError naming what the language does not know."""
    tree = ast.parse(formula, mode="eval").body
    for node in ast.walk(tree):
        _check(node, formula)
    return tree


def _check(node: ast.AST, formula: str) -> None:
    match node:
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div()):
            return
        case ast.Constant(value=value) if type(value) is int and value in CONVERSIONS:
            return
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in FUNCTIONS:
            function = FUNCTIONS[name]
            if len(args) == len(function.moves) or (function.variadic and len(args) > 1):
                return
        case ast.Attribute() | ast.Name() | ast.operator() | ast.expr_context():
            return
        case _:
            pass
    raise ValueError(f"{formula}: {ast.unparse(node) if isinstance(node, ast.expr) else node!r} is not allowed")


def dotted(node: ast.expr) -> str:
    """Return the dotted name a node stands for, or "" where it is none."""
    match node:
        case ast.Attribute(value=value, attr=attribute):
            return f"{dotted(value)}.{attribute}"
        case ast.Name(id=name):
            return name
        case _:
            return ""


@cache
def names(formula: str) -> tuple[str, ...]:
    """Return the figures and assumptions a formula refers to, each once, in order of appearance."""
    found: dict[str, None] = {}
    _collect(parse(formula), found)
    return tuple(found)


def _collect(node: ast.expr, found: dict[str, None]) -> None:
    if isinstance(node, ast.BinOp):
        _collect(node.left, found)
        _collect(node.right, found)
    elif isinstance(node, ast.Call):
        for argument in node.args:
            _collect(argument, found)
    elif (name := dotted(node)) and not name.startswith(f"{TABLES}."):
        found[name] = None


def operand_moves(call: ast.Call) -> tuple[int, ...]:
    """Return how the call's result moves with each of its operands."""
    function = FUNCTIONS[dotted(call.func)]
    return function.moves + (function.moves[-1],) * (len(call.args) - len(function.moves))


# From formulas to Python source: the low, typical and high case of each figure, for numbers or for arrays.
#
# Both forms come from the same trees; they differ only in how a choice is written (`where` must not evaluate
# both branches of a number, and must do so for an array that mixes cases) and in which functions the names are
# bound to.

CASES = "lth"
RANK = "rank"
_OPPOSITE = {"l": "h", "t": "t", "h": "l"}
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_FALLS_ON_THE_RIGHT = (ast.Sub, ast.Div)


def variable(name: str, case: str) -> str:
    """Return the Python name of a figure or an assumption in one case."""
    return f"{name.replace('.', '_')}__{case}"


def emit(formula: str, case: str, *, arrays: bool) -> str:
    """Return the Python expression of `formula` in one case (`l`, `t` or `h`)."""
    return _emit(parse(formula), case, arrays)


def _emit(node: ast.expr, case: str, arrays: bool) -> str:  # noqa: FBT001  passed down a private recursion
    match node:
        case ast.Constant(value=value):
            return str(value)
        case ast.BinOp(left=left, op=operator, right=right):
            other = _OPPOSITE[case] if isinstance(operator, _FALLS_ON_THE_RIGHT) else case
            return f"({_emit(left, case, arrays)} {_SIGNS[type(operator)]} {_emit(right, other, arrays)})"
        case ast.Call():
            return _emit_call(node, case, arrays)
        case _:
            return _emit_name(dotted(node), case)


def _emit_name(name: str, case: str) -> str:
    if name.startswith(f"{TABLES}."):
        return name.replace(".", "_")
    return variable(name, case)


def _emit_call(node: ast.Call, case: str, arrays: bool) -> str:  # noqa: FBT001  the same recursion
    name = dotted(node.func)
    if name == "typical":
        return _emit(node.args[0], "t", arrays)
    cases = [_moved(case, move) for move in operand_moves(node)]
    operands = [_emit(argument, at, arrays) for argument, at in zip(node.args, cases, strict=True)]
    if name != "where":
        return f"{name}({', '.join(operands)})"
    condition, yes, no = operands
    return f"where({condition}, lambda: {yes}, lambda: {no})" if arrays else f"({yes} if {condition} else {no})"


def _moved(case: str, move: int) -> str:
    return {1: case, -1: _OPPOSITE[case], 0: "t"}[move]


def source(figures: Sequence[Figure], leaves: Iterable[str], *, arrays: bool, ranged: bool, name: str = "model") -> str:
    """Return the source of the function `name(L)`: from leaves by name to figures by name.

    Values are (low, typical, high) where `ranged`, else the typical value alone.
    """
    cases = CASES if ranged else "t"
    lines = [f"def {name}(L):"]
    for leaf in leaves:
        targets = ", ".join(variable(leaf, case) for case in cases)
        lines.append(f"    {targets} = L[{leaf!r}]")
    for figure in figures:
        lines.extend(_assignments(figure, cases, arrays))
    results = (f"{figure.name!r}: ({_result(figure.name, cases)})" for figure in figures)
    return "\n".join([*lines, "    return {" + ", ".join(results) + "}", ""])


def _certain(figure: Figure) -> str:
    # Cases that are one object need one evaluation; certainty then passes on from figure to figure.
    return " and ".join(
        f"{variable(name, 'l')} is {variable(name, 't')} is {variable(name, 'h')}" for name in figure.operands
    )


def ranking(figures: Sequence[Figure], leaves: Iterable[str]) -> str:
    """Return the source of `ranks(R, F)`: the weakest rank each figure's typical value rests on, by name.

    `R` holds the ranks of the leaves by name, `F` the flags; of a choice only the branch taken counts.
    """
    lines = ["def ranks(R, F):"]
    lines.extend(f"    {variable(leaf, RANK)} = R[{leaf!r}]" for leaf in leaves)
    lines.extend(f"    {variable(each.name, RANK)} = {_weakest([parse(each.formula)])}" for each in figures)
    results = (f"{figure.name!r}: {variable(figure.name, RANK)}" for figure in figures)
    return "\n".join([*lines, "    return {" + ", ".join(results) + "}", ""])


def _weakest(nodes: Iterable[ast.expr]) -> str:
    ranks = tuple(dict.fromkeys(rank for node in nodes for rank in _ranks(node)))
    return f"max({', '.join(ranks)})" if len(ranks) > 1 else "".join(ranks) or "0"


def _ranks(node: ast.expr) -> Iterator[str]:
    """Yield the ranks of which a node's is the weakest; conversions have none."""
    match node:
        case ast.Constant():
            return
        case ast.BinOp(left=left, right=right):
            yield from (*_ranks(left), *_ranks(right))
        case ast.Call(func=ast.Name(id="where"), args=[condition, yes, no]):
            yield f"({_weakest([yes])} if F[{dotted(condition)!r}] else {_weakest([no])})"
        case ast.Call(args=args):
            for argument in args:
                yield from _ranks(argument)
        case _ if not (name := dotted(node)).startswith(f"{TABLES}."):
            yield variable(name, RANK)


def _result(name: str, cases: str) -> str:
    return ", ".join(variable(name, case) for case in cases)


def _assignments(figure: Figure, cases: str, arrays: bool) -> list[str]:  # noqa: FBT001  as above
    texts = {"l": figure.low or figure.formula, "t": figure.formula, "h": figure.high or figure.formula}
    expressions = {case: emit(texts[case], case, arrays=arrays) for case in cases}
    typical = variable(figure.name, "t")
    lines = [f"    {typical} = {expressions['t']}"]
    for case in cases.replace("t", ""):
        target = variable(figure.name, case)
        # Most numbers of a scenario are certain: one evaluation then serves all three cases.
        same = expressions[case] == expressions["t"]
        value = typical if same else expressions[case]
        if arrays and not same and texts[case] == texts["t"]:
            value = f"{typical} if {_certain(figure)} else {value}"
        lines.append(f"    {target} = {value}")
    return lines
