"""From formulas to Python source: the low, typical and high case of each figure, for numbers or for arrays.

Both forms come from the same trees; they differ only in how a choice is written (`where` must not evaluate
both branches of a number, and must do so for an array that mixes cases) and in which functions the names are
bound to.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from planner.sizing.expression import TABLES, dotted, operand_moves, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planner.sizing.figure import Figure

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
