"""Formulas of the model as Excel writes them: live in a workbook, so that a reader can change an assumption.

Names stay what they are (`traffic.cps` is a legal defined name). What no spreadsheet function computes,
such as the inverse of Engset's formula, has no translation and stands as a number.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from planner.report.solving import BLOCKS
from planner.sizing.expression import dotted, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.report.solving import Solutions
    from planner.sizing.constants import Table

_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


class Untranslatable(Exception):  # noqa: N818  not an error: the figure stands as a number
    """A formula uses something a spreadsheet has no function for."""


def formula(text: str, known: Mapping[str, float], tables: Mapping[str, Table], solutions: Solutions) -> str:
    """Return an Excel formula, without `=`. `known` are switches whose side of a `where` is settled.

    What takes more than one cell is added to `solutions`. Raises Untranslatable.
    """
    return _Translation(known, tables, solutions).of(parse(text))


class _Translation:
    """One formula on its way: branches that a settled switch rules out are never translated."""

    def __init__(self, known: Mapping[str, float], tables: Mapping[str, Table], solutions: Solutions) -> None:
        self.known = known
        self.tables = tables
        self.solutions = solutions

    def of(self, node: ast.expr) -> str:
        match node:
            case ast.BinOp(left=left, op=operator, right=right):
                return f"({self.of(left)}{_OPERATORS[type(operator)]}{self.of(right)})"
            case ast.Constant(value=int(value)):
                return str(value)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._call(name, arguments)
            case _ if name := dotted(node):
                return name
            case _:
                raise Untranslatable(ast.dump(node))

    def _call(self, name: str, arguments: list[ast.expr]) -> str:
        if name == "where":
            return self._where(*arguments)
        if name in BLOCKS:
            return self.solutions.name(name, [self.of(argument) for argument in arguments])
        if name in _LOOKUPS:
            return _LOOKUPS[name](self.of(arguments[0]), self._table(arguments[1]))
        if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(self.of(argument) for argument in arguments))
        raise Untranslatable(name)

    def _where(self, condition: ast.expr, yes: ast.expr, no: ast.expr) -> str:
        settled = self.known.get(dotted(condition))
        if settled is not None:
            return self.of(yes if settled else no)
        return f"IF({self.of(condition)},{self.of(yes)},{self.of(no)})"

    def _table(self, node: ast.expr) -> Table:
        name = dotted(node).removeprefix("table.")
        if name not in self.tables:
            raise Untranslatable(name)
        return self.tables[name]


def _power_of_two(value: str) -> str:
    return f"2^MAX(ROUNDUP(ROUND(LOG({value},2),9),0),0)"


_FUNCTIONS: dict[str, Callable[..., str]] = {
    "min": lambda *values: f"MIN({','.join(values)})",
    "max": lambda *values: f"MAX({','.join(values)})",
    "ceil": lambda value: f"ROUNDUP({value}*(1-1E-9),0)",
    "excess": lambda value, limit: f"MAX({value}-{limit},0)",
    "quotient": lambda value, divisor, most: f"IF({divisor}>0,MIN({value}/{divisor},{most}),{most})",
    "exceeds": lambda ratio: f"IF({ratio}>1.000000001,1,0)",
    "typical": lambda value: value,
    "power_of_two": _power_of_two,
}


def _numbers(values: tuple[float, ...]) -> str:
    return ",".join(f"{value:.12g}" for value in values)


def _stepped(value: str, table: Table) -> str:
    """Return the value of the last threshold reached; below the first threshold, the first value."""
    least = table.thresholds[0]
    return f"LOOKUP(MAX({value},{least:.12g}),{{{_numbers(table.thresholds)}}},{{{_numbers(table.values)}}})"


def _rung(value: str, table: Table) -> str:
    steps = "".join(f"IF({value}<={each * (1 + 1e-9):.15g},{each:.12g}," for each in table.values[:-1])
    return f"{steps}{table.values[-1]:.12g}{')' * (len(table.values) - 1)}"


_LOOKUPS: dict[str, Callable[[str, Table], str]] = {
    "falling": _stepped,
    "rising": _stepped,
    "rung": _rung,
    "pick": lambda index, table: f"CHOOSE({index}+1,{_numbers(table.values)})",
}
