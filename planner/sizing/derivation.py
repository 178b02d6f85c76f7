"""Where a figure comes from: the tree of figures and numbers below it, in the values of one sizing."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.sizing.expression import TABLES, dotted, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.sizing.numbers import Assumption, Estimate, Range
    from planner.sizing.result import Sizing


class Step(NamedTuple):
    """One number of a derivation.

    `formula` is empty for a number that was not computed; `origin` then says who chose it. `children` are the
    numbers the formula took, without branches not taken; `again` marks a figure whose children stand further
    up.
    """

    name: str
    label: str
    range: Range
    unit: str
    formula: str
    basis: str
    origin: str
    sources: tuple[str, ...]
    replace: str
    children: tuple[Step, ...]
    again: bool = False


def derivation(sizing: Sizing, figure: str) -> Step:
    """Return the tree below a figure. Raises KeyError for an unknown name.

    A sizing read from a document lacks declared numbers; the tree then ends above them.
    """
    return _step(sizing, figure, set())


def _step(sizing: Sizing, name: str, seen: set[str]) -> Step:
    leaf = sizing.leaves.get(name)
    if leaf is not None:
        return _leaf(leaf)
    estimate = sizing.figures[name]
    if name in seen:
        return _estimate(estimate, (), again=True)
    seen.add(name)
    children = tuple(
        _step(sizing, operand, seen)
        for operand in taken(estimate.formula, sizing.leaves)
        if operand in sizing.leaves or operand in sizing.figures
    )
    return _estimate(estimate, children, again=False)


def _leaf(leaf: Assumption) -> Step:
    basis = "" if leaf.origin == "declared" else leaf.grounds
    return Step(leaf.name, leaf.label, leaf.range, leaf.unit, "", basis, leaf.origin, leaf.sources, leaf.replace, ())


def _estimate(item: Estimate, children: tuple[Step, ...], *, again: bool) -> Step:
    return Step(
        item.name, item.label, item.range, item.unit, item.formula, item.grounds, "computed", item.sources,
        "", children, again,
    )  # fmt: skip


def taken(formula: str, leaves: Mapping[str, Assumption]) -> tuple[str, ...]:
    """Return the names a formula takes, each once; of a choice the flag and the branch taken."""
    return tuple(dict.fromkeys(_taken(parse(formula), leaves)))


def _taken(node: ast.expr, leaves: Mapping[str, Assumption]) -> Iterator[str]:
    match node:
        case ast.BinOp(left=left, right=right):
            yield from _taken(left, leaves)
            yield from _taken(right, leaves)
        case ast.Call(func=ast.Name(id="where"), args=[condition, yes, no]):
            yield from _chosen(condition, (yes, no), leaves)
        case ast.Call(args=args):
            for argument in args:
                yield from _taken(argument, leaves)
        case ast.Constant():
            return
        case _:
            name = dotted(node)
            if not name.startswith(f"{TABLES}."):
                yield name


def _chosen(
    condition: ast.expr, branches: tuple[ast.expr, ast.expr], leaves: Mapping[str, Assumption]
) -> Iterator[str]:
    flag = leaves.get(dotted(condition))
    if flag is None:
        for branch in branches:
            yield from _taken(branch, leaves)
        return
    if flag.replace:
        yield flag.name
    yield from _taken(branches[0] if flag.range.typical else branches[1], leaves)


def as_dict(step: Step) -> dict[str, Any]:
    """Return the tree as plain JSON types."""
    from planner.sizing.interchange import number  # noqa: PLC0415  only writers need it

    plain: dict[str, Any] = {"name": step.name, "label": step.label}
    plain |= {case: number(value) for case, value in zip(("low", "value", "high"), step.range, strict=True)}
    plain |= {"unit": step.unit, "formula": step.formula, "basis": step.basis, "origin": step.origin}
    plain |= {"sources": list(step.sources), "replace": step.replace, "again": step.again}
    return plain | {"inputs": [as_dict(child) for child in step.children]}
