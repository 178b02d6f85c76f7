"""The language formulas are written in: sums, products, a few functions, dotted names and unit conversions.

A formula is emitted once, as Python that runs on any kind of number: what `where`, `channels` and the others do
is the kind's business (`planner.sizing.functions` for numbers, `planner.sizing.array_functions` for arrays,
`planner.sizing.draws` for samples, `planner.sizing.model` for ranks).
"""

from __future__ import annotations

import ast
from functools import cache
from typing import TYPE_CHECKING

from planner.sizing.functions import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.sizing.numbers import Figure


# A literal is a conversion between units or a bare 0 or 1; domain constants are data with a source.
CONVERSIONS = {0: "", 1: "", 8: "bit/B", 60: "s/min", 3600: "s/h", 86400: "s/day"}
TABLES = "table"


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
            if len(args) == FUNCTIONS[name] or (FUNCTIONS[name] is None and len(args) > 1):
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


# From formulas to Python: one function from leaves by name to figures by name, for every kind of number.

_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


def variable(name: str) -> str:
    """Return the Python name of a figure, an assumption or a table."""
    return name.replace(".", "_")


def emit(formula: str) -> str:
    """Return the Python expression of `formula`; a choice's branches are functions that a kind may skip."""
    return _emit(parse(formula))


def _emit(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=value):
            return str(value)
        case ast.BinOp(left=left, op=operator, right=right):
            return f"({_emit(left)} {_SIGNS[type(operator)]} {_emit(right)})"
        case ast.Call(func=ast.Name(id="where"), args=[condition, yes, no]):
            return f"where({_emit(condition)}, lambda: {_emit(yes)}, lambda: {_emit(no)})"
        case ast.Call(func=ast.Name(id=name), args=args):
            return f"{name}({', '.join(map(_emit, args))})"
        case _:
            return variable(dotted(node))


def source(figures: Sequence[Figure], leaves: Iterable[str]) -> str:
    """Return the source of the function `model(L)`: from leaves by name to figures by name."""
    lines = ["def model(L):"]
    lines.extend(f"    {variable(leaf)} = L[{leaf!r}]" for leaf in leaves)
    lines.extend(f"    {variable(figure.name)} = {emit(figure.formula)}" for figure in figures)
    results = (f"{figure.name!r}: {variable(figure.name)}" for figure in figures)
    return "\n".join([*lines, "    return {" + ", ".join(results) + "}", ""])
