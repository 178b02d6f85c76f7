"""Formulas of the model: read, given units that are never mixed, and written as code.

Counts, ratios, switches and erlangs are pure numbers; bytes and bits are different units; a day is not 86400
s until a formula says so. Conversions are the only literals formulas may hold.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from planner.sizing.functions import FUNCTIONS
from planner.sizing.numbers import Figure

Dimensions: TypeAlias = tuple[tuple[str, int], ...]

_PURE = frozenset({"", "1", "count", "ratio", "flag", "erlang"})
# Functions whose operands and result have all one unit; the others are listed with what they take and give.
_ALIKE = frozenset({"min", "max", "excess"})
_PURE_FUNCTIONS = frozenset(
    {"channels", "erlangs", "finite_channels", "part", "blocked", "retried", "level", "finite_level", "exceeds"}
)


# Operands of `surged` beside the load.
_OF_PEAKS = 3


class UnitMismatch(ValueError):  # noqa: N818  named after the bad state, as rules are
    """A formula adds, compares or returns different units."""


def dimensions(unit: str) -> Dimensions:
    """Return a unit such as `bit/s` as sorted powers: (("bit", 1), ("s", -1)); pure numbers are ()."""
    powers: dict[str, int] = {}
    for sign, part in zip((1, -1, -1), unit.split("/"), strict=False):
        if part not in _PURE:
            powers[part] = powers.get(part, 0) + sign
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def combine(left: Dimensions, right: Dimensions, sign: int) -> Dimensions:
    """Return the dimensions of a product (`sign` 1) or of a quotient (-1)."""
    powers = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, 0) + sign * power
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def check(formula: str, unit: str, units: Mapping[str, str]) -> None:
    """Check that `formula` comes out in `unit`; `units` gives the unit of every name, tables as `table.NAME`.

    Raises UnitMismatch naming the formula and both units.
    """
    found = _of(parse(formula), units, formula)
    if found is not None and found != dimensions(unit):
        raise UnitMismatch(f"{formula} comes out in {_text(found)}, not in {unit}")


def _of(  # noqa: PLR0911  one answer per shape of expression
    node: ast.expr, units: Mapping[str, str], formula: str
) -> Dimensions | None:
    # None is the unit of 0: it fits every sum.
    match node:
        case ast.Constant(value=0):
            return None
        case ast.Constant(value=int(value)):
            return dimensions(CONVERSIONS[value])
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return combine(_of(left, units, formula) or (), _of(right, units, formula) or (), 1)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return combine(_of(left, units, formula) or (), _of(right, units, formula) or (), -1)
        case ast.BinOp(left=left, right=right):
            return _alike([_of(left, units, formula), _of(right, units, formula)], formula)
        case ast.Call():
            return _call(node, units, formula)
        case _:
            return dimensions(units[dotted(node)])


def _alike(found: list[Dimensions | None], formula: str) -> Dimensions | None:
    known = {item for item in found if item is not None}
    if len(known) > 1:
        raise UnitMismatch(f"{formula} mixes {' and '.join(sorted(_text(item) for item in known))}")
    return next(iter(known), None)


def _call(  # noqa: PLR0911  one answer per kind of function
    node: ast.Call, units: Mapping[str, str], formula: str
) -> Dimensions | None:
    name = dotted(node.func)
    if name in {"falling", "rung", "pick"}:
        return _lookup(node, units, formula)
    operands = [_of(argument, units, formula) for argument in node.args]
    if name in _ALIKE:
        return _alike(operands, formula)
    if name == "where":
        _alike([operands[0], ()], formula)
        return _alike(operands[1:], formula)
    if name == "quotient":
        return _alike([combine(operands[0] or (), operands[1] or (), -1), operands[2]], formula)
    if name == "busiest":
        _alike([operands[0], ()], formula)
        _alike([operands[1], (("s", 1),)], formula)
        return ()
    if name in {"surged", "admitted", "limited", "refilled"}:
        return _rates(operands, formula)
    if name == "choose":
        _alike([operands[0], ()], formula)
        return _alike(operands[1:], formula)
    if name == "split":
        each, per_call, shared, capacity, *rest = operands
        _alike([each, per_call, shared, capacity], formula)
        return _alike([*rest, ()], formula) or ()
    if name in _PURE_FUNCTIONS:
        return _alike([*operands, ()], formula)
    return operands[0]


def _rates(operands: list[Dimensions | None], formula: str) -> Dimensions | None:
    """Return the unit of `surged` and `admitted` (of a rate), or of `limited` and `refilled` (of a time)."""
    rate, *rest = operands
    if len(rest) == _OF_PEAKS:
        ratio, measured, deviations = rest
        _alike([ratio, deviations, ()], formula)
        return _alike([rate, measured], formula)
    if len(rest) == 1:
        _alike([*rest, ()], formula)
        return rate
    limit, hold, again, delay, *times = rest
    _alike([rate, limit, (("s", -1),)], formula)
    _alike([again, *times, ()], formula)
    return _alike([hold, delay, (("s", 1),)], formula)


def _lookup(node: ast.Call, units: Mapping[str, str], formula: str) -> Dimensions:
    table = dotted(node.args[1])
    assert table.startswith(f"{TABLES}."), formula  # noqa: S101  the language has no other second operand
    _alike([_of(node.args[0], units, formula), dimensions(units[f"{table}.input"])], formula)
    return dimensions(units[table])


def _text(found: Dimensions) -> str:
    return " ".join(f"{name}^{power}" if power != 1 else name for name, power in found) or "a pure number"


# The language formulas are written in: sums, products, a few functions, dotted names and unit conversions.
#
# A formula is emitted once, as Python that runs on any kind of number: what `where`, `channels` and the others do
# is the kind's business (`planner.sizing.functions` for numbers, `planner.sizing.array_functions` for arrays,
# `planner.sizing.draws` for samples, `planner.sizing.evaluation` for ranks).

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


def flagged(name: str) -> str:
    """Return the variable of a name, for kinds whose flags are plain truths: Python chooses, at half the cost."""
    return variable(name)


def emit(formula: str, called: Callable[[str], str] = variable) -> str:
    """Return the Python expression of `formula`; a choice's branches are functions that a kind may skip.

    `called` says what stands for a figure or an assumption.
    """
    return _emit(parse(formula), called)


@cache
def _emit(node: ast.expr, called: Callable[[str], str]) -> str:
    match node:
        case ast.Constant(value=value):
            return str(value)
        case ast.BinOp(left=left, op=operator, right=right):
            return f"({_emit(left, called)} {_SIGNS[type(operator)]} {_emit(right, called)})"
        case ast.Call(func=ast.Name(id="where"), args=[flag, *_] as args) if called is flagged and _there(flag):
            condition, yes, no = (_emit(each, called) for each in args)
            return f"({yes} if {condition} else {no})"
        case ast.Call(func=ast.Name(id="where"), args=[_, yes, no] as args) if called is variable and _there(yes, no):
            return f"either({', '.join(_emit(each, called) for each in args)})"
        case ast.Call(func=ast.Name(id=name), args=args):
            branch = "lambda: " if name == "where" else ""
            condition, *operands = (_emit(each, called) for each in args)
            return f"{name}({', '.join([condition, *(branch + each for each in operands)])})"
        case _:
            name = dotted(node)
            return variable(name) if name.startswith(f"{TABLES}.") else called(name)


def _there(*nodes: ast.expr) -> bool:
    return not any(isinstance(node, (ast.Call, ast.BinOp)) for node in nodes)


def source(
    figures: Sequence[Figure], leaves: Iterable[str], name: str = "model", called: Callable[[str], str] = variable
) -> str:
    """Return the source of a function such as `model(L)`: from leaves by name to figures by name."""
    wanted, shared = tuple(leaves), _Shared(figures, called)
    lines = [f"def {name}(L):"]
    if wanted:
        lines.append(f"    {''.join(f'{variable(leaf)}, ' for leaf in wanted)}= map(L.__getitem__, {wanted!r})")
    lines.extend(f"    {line}" for figure in figures for line in shared.lines(figure))
    results = (f"{figure.name!r}: {variable(figure.name)}" for figure in figures)
    return "\n".join([*lines, "    return {" + ", ".join(results) + "}", ""])


class _Shared:
    """What formulas have in common is worked out once: a part that stands in several, where the first needs it."""

    def __init__(self, figures: Iterable[Figure], called: Callable[[str], str]) -> None:
        self._called = called
        self._times = Counter(part for figure in figures for part in _parts(parse(figure.formula), called))
        self._known: dict[str, str] = {}

    def lines(self, figure: Figure) -> Iterator[str]:
        """Yield the statements that make a figure, behind those of the parts that it is the first to need."""
        text = emit(figure.formula, self._called)
        for part in _parts(parse(figure.formula), self._called, certain=True):
            if self._times[part] > 1 and part not in self._known and part != text:
                said = self._with_known(part)
                yield f"shared_{len(self._known)} = {said}"
                self._known[part] = said
        yield f"{variable(figure.name)} = {self._with_known(text)}"

    def _with_known(self, text: str) -> str:
        text = f" {text}"
        for number, known in enumerate(self._known.values()):
            # A part is no other function's end: it begins behind a blank or a bracket.
            text = text.replace(f" {known}", f" shared_{number}").replace(f"({known}", f"(shared_{number}")
        return text[1:]


def _parts(node: ast.expr, called: Callable[[str], str], *, certain: bool = False) -> Iterator[str]:
    """Yield what a formula is made of beside names and numbers, inner parts first; `certain`: what it always needs."""
    operands = [node.left, node.right] if isinstance(node, ast.BinOp) else getattr(node, "args", [])
    only = 1 if certain and isinstance(node, ast.Call) and dotted(node.func) == "where" else None
    for operand in operands[:only]:
        yield from _parts(operand, called, certain=certain)
    if operands:
        yield _emit(node, called)
