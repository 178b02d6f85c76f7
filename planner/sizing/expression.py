"""The language formulas are written in: sums, products, a few functions, dotted names and unit conversions.

Quantities are never negative, so that every operation is monotone in each operand: rising or falling. That is
what lets one formula give the low and the high case as well (see `planner.sizing.emission`).
"""

from __future__ import annotations

import ast
from functools import cache
from typing import NamedTuple

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
