"""The model as formulas of a workbook: translated, solved, and laid out in sheets."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.report.language import Language, mark, scales
from planner.sizing.formula import dotted, parse
from planner.sizing.functions import STEPS

if TYPE_CHECKING:
    from planner.sizing.constants import Table

    Place = Callable[[int, int], str]
    """The cell in a column and a row of a block's steps, both from 0, as `B7`."""
    """The cell in a column and a row of a block's steps, both from 0, as `B7`."""


MOST_CHARACTERS = 32_767
"""How many characters a cell holds."""
_WHOLE, _BROKEN, _PRECISE = "#,##0", "#,##0.0##", "#,##0.0#####"


class Book:
    """An open workbook with its formats; names of sheets are said in the reader's language."""

    def __init__(self, book: Any, say: Language) -> None:  # noqa: ANN401  xlsxwriter is not typed
        self.book, self.say = book, say
        self.bold = book.add_format({"bold": True})
        self.title = book.add_format({"bold": True, "font_size": 18})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.share = book.add_format({"num_format": "0.0 %"})
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._numbers = {pattern: book.add_format({"num_format": pattern}) for pattern in (_WHOLE, _BROKEN)}
        yellow = {"bg_color": "#FFF7DB", "border": 1}
        self._inputs = {pattern: book.add_format({"num_format": pattern, **yellow}) for pattern in (_WHOLE, _PRECISE)}

    def sheet(self, name: str) -> Any:  # noqa: ANN401  as above
        """Return a new sheet, named by a message."""
        return self.book.add_worksheet(self.say(name))

    def heads(self, sheet: Any, row: int, columns: Sequence[tuple[str, int]]) -> None:  # noqa: ANN401
        """Write a row of headings with the widths of their columns; it and the first column stay in sight."""
        for column, (title, width) in enumerate(columns):
            sheet.write_string(row, column, self.say(title), self._head)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(row + 1, 1)

    def texts(self, sheet: Any, row: int, column: int, texts: Sequence[str], look: Any = None) -> None:  # noqa: ANN401
        """Write texts side by side: never formulas, links or numbers by accident."""
        for index, text in enumerate(texts, column):
            sheet.write_string(row, index, text[:MOST_CHARACTERS], look)

    def number(self, value: float, unit: str = "") -> Any:  # noqa: ANN401  as above
        """Return the format a number is shown in, scaled as people write its unit: the cell keeps the base unit."""
        steps = scales(self.say, unit) if unit else []
        plain = _WHOLE if float(value).is_integer() else _BROKEN
        return self._format(_scaled(steps, value) if len(steps) > 1 else plain + _said(steps[0][1] if steps else ""))

    def _format(self, pattern: str) -> Any:  # noqa: ANN401  as above
        if pattern not in self._numbers:
            self._numbers[pattern] = self.book.add_format({"num_format": pattern})
        return self._numbers[pattern]

    def verdict(self, yes: str, no: str) -> Any:  # noqa: ANN401  as above
        """Return the format that says 1 and 0 in words."""
        return self._format(f"[=1]{_said(self.say(yes), '')};{_said(self.say(no), '')}")

    def input(self, value: float) -> Any:  # noqa: ANN401  as above
        """Return the format of a number to change."""
        return self._inputs[_WHOLE if float(value).is_integer() else _PRECISE]

    def define(self, name: str, sheet: Any, row: int, column: int) -> None:  # noqa: ANN401
        """Give a cell a name that formulas use."""
        self.book.define_name(name, f"='{sheet.get_name()}'!{place(row, column, fixed=True)}")


def _said(unit: str, space: str = " ") -> str:
    return f'"{space}{unit.replace(chr(34), "")}"' if unit else ""


def _scaled(steps: Sequence[tuple[float, str]], value: float) -> str:
    """Return a format that shows a number by the size it has: three units at most, a thousandth for each comma."""
    sized = [(size, unit) for size, unit in steps if size <= max(abs(value), 1) * 1000][:3]
    parts = [f"#,##0.0##{',' * (len(f'{size:.0f}') // 3)}{_said(unit)}" for size, unit in sized]
    limits = [f"[>={size:.0f}]" for size, _ in sized]
    return ";".join([*(limit + part for limit, part in zip(limits[:-1], parts[:-1], strict=True)), parts[-1]])


def place(row: int, column: int, *, fixed: bool = False) -> str:
    """Return a cell as formulas name it, row and column from 0: `B7`, or `$B$7`."""
    from xlsxwriter.utility import xl_rowcol_to_cell  # type: ignore[import-untyped]  # noqa: PLC0415  untyped, slow to import

    return str(xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed))


# Inverses no spreadsheet function gives, worked out in cells: those of Erlang B, and Poisson levels.
#
# Each is a block of cells: its operands, its result, and the steps between them. Channels and loads come from
# halving an interval; levels from the expansion that `planner.sizing.functions` uses, in the same digits.

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


# Formulas of the model as Excel writes them: live in a workbook, so that a reader can change an assumption.
#
# Names stay what they are (`traffic.cps` is a legal defined name). What no spreadsheet function computes,
# such as the inverse of Engset's formula, has no translation and stands as a number.

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
        if name == "part":
            return self._part(*(self.of(argument) for argument in arguments))
        if name in BLOCKS:
            return self.solutions.name(name, [self.of(argument) for argument in arguments])
        if name in _LOOKUPS:
            return _LOOKUPS[name](self.of(arguments[0]), self._table(arguments[1]))
        if name in _FUNCTIONS:
            return _FUNCTIONS[name](*(self.of(argument) for argument in arguments))
        raise Untranslatable(name)

    def _part(self, peak: str, load: str, servers: str, blocking: str, sources: str) -> str:
        """Return the calls of each server; a share of few callers has no translation."""
        if sources != "0":
            raise Untranslatable("part")
        share = self.solutions.name("channels", [f"({load}/{servers})", blocking])
        return f"IF({servers}<=1,{peak},MIN({peak},{share}))"

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


def _surged(load: str, ratio: str, measured: str, deviations: str) -> str:
    root = f"((SQRT({deviations}^2+4*{ratio}*{measured})-{deviations})/2)"
    level = f"({load}*{root}^2/{measured})"
    return f"IF({measured}>0,{level}+{deviations}*SQRT({level}),{load}*{ratio})"


_FUNCTIONS: dict[str, Callable[..., str]] = {
    "surged": _surged,
    "min": lambda *values: f"MIN({','.join(values)})",
    "max": lambda *values: f"MAX({','.join(values)})",
    "ceil": lambda value: f"ROUNDUP({value}*(1-1E-9),0)",
    "excess": lambda value, limit: f"MAX({value}-{limit},0)",
    "quotient": lambda value, divisor, most: f"IF({divisor}>0,MIN({value}/{divisor},{most}),{most})",
    "exceeds": lambda ratio: f"IF({ratio}>1.000000001,1,0)",
    "choose": lambda index, *values: f"CHOOSE({index}+1,{','.join(values)})",
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
    "rung": _rung,
    "pick": lambda index, table: f"CHOOSE({index}+1,{_numbers(table.values)})",
}
