"""The model as JavaScript, for the page that answers `what if`: translated from the Python that runs here.

Nothing is written twice: the emission of the formulas (`planner.sizing.formula.source`) and the functions it calls
are read as source and written anew, statement by statement, in the few forms of Python they use. What has no
counterpart is refused. `python -m planner.sizing.javascript` writes the file; a test fails where it is old.
"""

import ast
import inspect
import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from textwrap import dedent
from types import BuiltinFunctionType, FunctionType, ModuleType, SimpleNamespace
from typing import Any

from planner.catalogue.data import TEMPLATES
from planner.sizing import decide, functions, plan
from planner.sizing.constants import tables
from planner.sizing.declarations import leaves, ordered
from planner.sizing.evaluation import registry
from planner.sizing.formula import source

TARGET = TEMPLATES / "report" / "model.js"
FIGURES = (
    "traffic.offered_erlangs",
    "traffic.concurrent_calls_peak",
    "network.media_bits_per_second",
    "network.signalling_bits_per_second",
    "cdr.retained_bytes",
    "database.rows_per_day",
    "database.retained_bytes",
    "hardware.servers",
    "hardware.servers_total",
    "hardware.servers_planned",
    "hardware.tier_index",
    *decide.HELD.values(),
    *decide.compared(),
)
"""The figures the page computes, with all they rest on."""
LOGIC = (plan.within, decide.fixed, decide.grown, decide.first_month)
"""What decides about figures, beside the formulas."""
_HEAD = "/* The model, translated from its formulas. Do not edit: run `python -m planner.sizing.javascript`. */\n"
_PRELUDE = """\
const memo = (made) => { const known = new Map(); return (...given) => { const key = given.join(); \
if (!known.has(key)) { if (known.size > 4096) known.clear(); known.set(key, made(...given)); } \
return known.get(key); }; };
const bisect = (values, value, right) => { let low = 0, high = values.length; while (low < high) { \
const middle = (low + high) >> 1; if (right ? value < values[middle] : !(values[middle] < value)) high = middle; \
else low = middle + 1; } return low; };
const bits = (value) => { let count = 0; \
while (value >= 1) { value = Math.floor(value / 2); count += 1; } return count; };
"""
_BINARY: dict[type[ast.AST], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "===", ast.NotEq: "!==",
    ast.And: "&&", ast.Or: "||", ast.Is: "===", ast.IsNot: "!==",
}  # fmt: skip
_KNOWN: dict[Any, str] = {
    max: "Math.max", min: "Math.min", abs: "Math.abs", len: "", float: "", tuple: "", int: "Math.trunc",
    math.exp: "Math.exp", math.log: "Math.log", math.log1p: "Math.log1p", math.sqrt: "Math.sqrt",
    math.ceil: "Math.ceil", math.cos: "Math.cos", bisect_left: "bisect", bisect_right: "bisect",
}  # fmt: skip
_BITS = "bits"
_ITEM = ".__getitem__"


class Untranslatable(Exception):  # noqa: N818  a form of Python that no translation is written for
    """Names the form."""


def text() -> str:
    """Return the file: what formulas call, then the model, then what decides about its figures."""
    written = _Translator()
    code = source(ordered(registry(), FIGURES), leaves(registry(), FIGURES))
    body = written.function(_briefly(ast.parse(code)), vars(functions))
    for each in LOGIC:
        written.need(each)
    parts = [*_table_texts(code), *written.texts.values(), body]
    names = ", ".join(["model", *(each.__name__ for each in LOGIC)])
    return f"{_HEAD}const PLAN = (() => {{\n{_PRELUDE}" + "\n".join(parts) + f"\nreturn {{ {names} }};\n}})();\n"


def _briefly(tree: ast.Module) -> ast.stmt:
    """Return the model's function, giving no figures but those the page shows or compares."""
    match tree.body[0]:
        case ast.FunctionDef(body=[*_, ast.Return(value=ast.Dict() as made)]) as function:
            pairs = zip(made.keys, made.values, strict=True)
            kept = [(key, value) for key, value in pairs if isinstance(key, ast.Constant) and key.value in FIGURES]
            made.keys, made.values = [key for key, _ in kept], [value for _, value in kept]
            return _shortened(function)
        case other:
            raise Untranslatable(ast.dump(other))


def _shortened(function: ast.FunctionDef) -> ast.FunctionDef:
    """Return the model's function with short names within it: half the bytes of every page."""
    names = [each for each in ast.walk(function) if isinstance(each, ast.Name)]
    own = dict.fromkeys(each.id for each in names if isinstance(each.ctx, ast.Store))
    short = {name: f"v{index}" for index, name in enumerate(own)}
    for each in names:
        each.id = short.get(each.id, each.id)
    return function


def _tables(code: str) -> dict[str, Any]:
    return {f"table_{name}": table for name, table in tables().items() if f"table_{name}" in code}


def _table_texts(code: str) -> Iterable[str]:
    for name, table in _tables(code).items():
        yield f"const {name} = {json.dumps({'values': table.values, 'thresholds': table.thresholds})};"


class _Translator:
    """Functions written so far, by name, each after those it calls."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._made: dict[str, Any] = {}
        self._scope: dict[str, Any] = {}

    def need(self, value: Any) -> str:  # noqa: ANN401  what stands behind a name
        """Return how a value is called, having written it where it is ours."""
        if isinstance(value, int | float | str) or value is None:
            return _literal(value)
        if isinstance(value, BuiltinFunctionType | type):
            return _KNOWN[value]
        if isinstance(value, SimpleNamespace | dict):
            inside = vars(value) if isinstance(value, SimpleNamespace) else value
            return "{" + ", ".join(f"{json.dumps(name)}: {self.need(each)}" for name, each in inside.items()) + "}"
        if isinstance(value, tuple):
            return "[" + ", ".join(self.need(each) for each in value) + "]"
        return self._define(value)

    def _define(self, value: Any) -> str:  # noqa: ANN401  a function
        plain = inspect.unwrap(value)
        if not isinstance(plain, FunctionType):
            raise Untranslatable(repr(value))
        name = plain.__name__
        if self._made.setdefault(name, plain) is not plain:
            raise Untranslatable(f"two functions are called {name}")
        if name not in self.texts:
            self.texts[name] = ""  # a function may call itself
            kept, tree = self._scope, ast.parse(dedent(inspect.getsource(plain))).body[0]
            written = self.function(tree, plain.__globals__, remembered=plain is not value)
            self._scope = kept
            del self.texts[name]
            self.texts[name] = written
        return name

    def function(self, node: ast.stmt, scope: dict[str, Any], *, remembered: bool = False) -> str:
        """Return a function with every name it uses looked up in `scope`."""
        if not isinstance(node, ast.FunctionDef):
            raise Untranslatable(ast.dump(node))
        own = {each.id for each in ast.walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
        given = [each.arg for each in (*node.args.args, *filter(None, [node.args.vararg]))]
        same = {
            each.arg
            for each, usual in zip(reversed(node.args.args), reversed(node.args.defaults), strict=False)
            if isinstance(usual, ast.Name) and usual.id == each.arg
        }
        if len(same) < len(node.args.defaults):
            raise Untranslatable(f"{node.name} has a default of another name")
        self._scope = {name: value for name, value in scope.items() if name not in own | (set(given) - same)}
        body = [*([f"let {', '.join(sorted(own))};"] if own else []), *self._lines(node.body)]
        rest = [f"...{node.args.vararg.arg}"] if node.args.vararg else []
        head = f"({', '.join([*(each.arg for each in node.args.args if each.arg not in same), *rest])}) => {{"
        made = "\n".join([head, *body, "}"])
        return f"const {node.name} = {f'memo({made})' if remembered else made};"

    def _lines(self, body: list[ast.stmt]) -> list[str]:
        return [line for each in body for line in self._statement(each)]

    def _statement(self, node: ast.stmt) -> list[str]:  # noqa: PLR0911  one form each
        match node:
            case ast.Expr(value=ast.Constant()):
                return []
            case ast.Expr(value=value):
                return [f"{self.of(value)};"]
            case ast.Return(value=value):
                return [f"return {self.of(value) if value else 'undefined'};"]
            case ast.Assign(targets=targets, value=value):
                return ["".join(f"{self.of(each)} = " for each in targets) + f"{self.of(value)};"]
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                return [f"{self.of(target)} = {self.of(value)};"]
            case ast.AugAssign(target=target, op=operator, value=value):
                return [f"{self.of(target)} {_BINARY[type(operator)]}= {self.of(value)};"]
            case ast.If(test=test, body=body, orelse=others):
                otherwise = ["} else {", *self._lines(others)] if others else []
                return [f"if ({self.of(test)}) {{", *self._lines(body), *otherwise, "}"]
            case ast.While(test=test, body=body, orelse=[]):
                return [f"while ({self.of(test)}) {{", *self._lines(body), "}"]
            case ast.For(target=target, iter=iterated, body=body, orelse=[]):
                return [f"for ({self._loop(target, iterated)}) {{", *self._lines(body), "}"]
            case _:
                raise Untranslatable(ast.dump(node))

    def _loop(self, target: ast.expr, iterated: ast.expr) -> str:
        match iterated:
            case ast.Call(func=ast.Name(id="range"), args=[*start, stop]):
                first = self.of(start[0]) if start else "0"
                name = self.of(target)
                return f"{name} = {first}; {name} < {self.of(stop)}; {name} += 1"
            case _:
                return f"{self.of(target)} of {self.of(iterated)}"

    def of(self, node: ast.expr) -> str:  # noqa: C901, PLR0911, PLR0912  one form each
        """Return an expression."""
        match node:
            case ast.Constant(value=value):
                return _literal(value)
            case ast.Name(id=name):
                return self.need(self._scope[name]) if name in self._scope else name
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if isinstance(
                self._scope.get(name), ModuleType
            ):
                return self.need(getattr(self._scope[name], attribute))
            case ast.Attribute(value=value, attr=attribute):
                return f"{self.of(value)}.{attribute}"
            case ast.Subscript(value=value, slice=index):
                return f"{self.of(value)}[{self.of(index)}]"
            case ast.Tuple(elts=items) | ast.List(elts=items):
                return f"[{', '.join(map(self.of, items))}]"
            case ast.Dict(keys=keys, values=values):
                pairs = zip(keys, values, strict=True)
                return "{" + ", ".join(f"[{self.of(key)}]: {self.of(value)}" for key, value in pairs if key) + "}"
            case ast.UnaryOp(op=operator, operand=operand):
                return f"({'!' if isinstance(operator, ast.Not) else '-'}{self.of(operand)})"
            case ast.BinOp(left=left, op=ast.BitOr(), right=right):
                return f"{{...{self.of(left)}, ...{self.of(right)}}}"
            case ast.BinOp(left=left, op=ast.LShift(), right=right):
                return f"({self.of(left)} * 2 ** {self.of(right)})"
            case ast.BinOp(left=left, op=ast.FloorDiv(), right=right):
                return f"Math.floor({self.of(left)} / {self.of(right)})"
            case ast.BinOp(left=left, op=operator, right=right):
                return f"({self.of(left)} {_BINARY[type(operator)]} {self.of(right)})"
            case ast.BoolOp(op=operator, values=values):
                return "(" + f" {_BINARY[type(operator)]} ".join(map(self.of, values)) + ")"
            case ast.Compare(left=left, ops=operators, comparators=others):
                return self._comparison([left, *others], operators)
            case ast.IfExp(test=test, body=yes, orelse=no):
                return f"({self.of(test)} ? {self.of(yes)} : {self.of(no)})"
            case ast.Lambda(args=ast.arguments(args=[]), body=body):
                return f"() => {self.of(body)}"
            case ast.DictComp(key=key, value=value, generators=[ast.comprehension(target=target, iter=each, ifs=[])]):
                pair = f"[{self.of(key)}, {self.of(value)}]"
                return f"Object.fromEntries({self.of(each)}.map(({self.of(target)}) => {pair}))"
            case ast.Call(func=func, args=arguments, keywords=[]):
                return self._call(func, arguments)
            case _:
                raise Untranslatable(ast.dump(node))

    def _comparison(self, values: list[ast.expr], operators: list[ast.cmpop]) -> str:
        said = [self.of(each) for each in values]
        pairs = zip(said[:-1], operators, said[1:], strict=True)
        return "(" + " && ".join(f"{first} {_BINARY[type(each)]} {second}" for first, each, second in pairs) + ")"

    def _call(self, func: ast.expr, arguments: list[ast.expr]) -> str:  # noqa: PLR0911  one form each
        said = ["..." + self.of(each.value) if isinstance(each, ast.Starred) else self.of(each) for each in arguments]
        match func:
            case ast.Attribute(value=value, attr="bit_length"):
                return f"{_BITS}({self.of(value)})"
            case ast.Attribute(value=value, attr="extend"):
                return f"{self.of(value)}.push(...{said[0]})"
            case ast.Attribute(value=value, attr="items"):
                return f"Object.entries({self.of(value)})"
            case ast.Name(id="map") if len(said) == 2 and said[0].endswith(_ITEM):  # noqa: PLR2004  function, values
                return f"{said[1]}.map((name) => {said[0].removesuffix(_ITEM)}[name])"
            case ast.Name(id="float" | "tuple" | "dict"):
                return said[0]
            case ast.Name(id="len"):
                return f"{said[0]}.length"
            case ast.Name(id=name) if self._scope.get(name) in (bisect_left, bisect_right):
                return f"bisect({', '.join(said)}, {json.dumps(self._scope[name] is bisect_right)})"
            case ast.Name(id=name) if name not in self._scope and (known := _BUILTIN.get(name)):
                return f"{known}({', '.join(said)})"
            case _:
                return f"{self.of(func)}({', '.join(said)})"


_BUILTIN = {"max": "Math.max", "min": "Math.min", "abs": "Math.abs", "int": "Math.trunc", "round": "Math.round"}


def _literal(value: Any) -> str:  # noqa: ANN401  a constant
    if isinstance(value, float):
        return "Infinity" if math.isinf(value) else repr(value)
    return json.dumps(value)


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8")
