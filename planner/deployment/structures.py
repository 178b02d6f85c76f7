"""Declarations that are no single value: the policy's lists, the report's brand, assumptions by name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planner.catalogue.quantity import parse_quantity
from planner.catalogue.units import QuantityError, number, quoted
from planner.deployment.faults import Place, fault
from planner.deployment.interpret import Reading, frozen
from planner.document.model import Mapping, Scalar, Sequence, plain
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.catalogue.parameter import Parameter
    from planner.deployment.model import Value
    from planner.document.model import Node
    from planner.finding import Finding

_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_NAME = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
_RANGE = ("low", "typical", "high")
_ASSUMED = wording("a number, low:typical:high, or a mapping of low, typical and high")


def read_structure(parameter: Parameter, node: Node) -> Reading:
    """Return what a node of a structured kind (`ignores`, `severities`, `brand`) declares."""
    checks = {"ignores": _ignores, "severities": _severities, "brand": _brand}
    findings = tuple(checks[parameter.quantity](parameter, node))
    return Reading(frozen(plain(node)), readable=not findings, findings=findings)


def read_assumption(name: str, node: Node) -> Reading:
    """Return the value of one assumption: a number, or a mapping of low, typical and high."""
    place = Place(span=node.span, pointer=node.pointer, subject=f"assumptions.{name}")
    try:
        return Reading(_assumed(name, plain(node)), readable=True)
    except QuantityError as error:
        wrong = fault(
            error.rule,
            place,
            wording("assumption {name}: {problem}", name=name, problem=str(error)),
            hint=wording("Write {expected}.", expected=error.expected),
        )
        return Reading(None, readable=False, findings=(wrong,))


def _assumed(name: str, raw: Any) -> Value:  # noqa: ANN401  a plain value of any shape
    if not _NAME.fullmatch(name):
        raise QuantityError(
            wording("{name} is no assumption's name", name=quoted(name)),
            wording("a dotted name such as cdr.line_bytes"),
            "unknown-parameter",
        )
    if isinstance(raw, str) and ":" in raw:
        parts = raw.split(":")
        raw = dict(zip(_RANGE, parts, strict=True)) if len(parts) == len(_RANGE) else raw
    if isinstance(raw, dict):
        return _assumed_range(raw)
    return parse_quantity("number", raw)


def _assumed_range(raw: dict[str, Any]) -> Value:
    if "typical" not in raw or set(raw) - set(_RANGE):
        raise QuantityError(
            wording("the keys are {names}", names=", ".join(map(str, raw)) or wording("missing")), _ASSUMED
        )
    values = {key: _number(raw[key]) for key in _RANGE if key in raw}
    if list(values.values()) != sorted(values.values()):
        raise QuantityError(
            wording("low, typical and high are not in order"), wording("low <= typical <= high"), "out-of-range"
        )
    return dict(values)


def _number(raw: Any) -> float:  # noqa: ANN401  a plain value of any shape
    if isinstance(raw, str):
        return number(raw, _ASSUMED)
    value = parse_quantity("number", raw)
    if not isinstance(value, (int, float)):
        raise QuantityError(wording("{value} is not a number", value=quoted(raw)), _ASSUMED)
    return value


def _ignores(parameter: Parameter, node: Node) -> Iterator[Finding]:
    if not isinstance(node, Sequence):
        yield _wrong(
            parameter, node, wording("is not a list"), wording("Write a list of entries, each with rule and reason.")
        )
        return
    for item in node.items:
        if not isinstance(item, Mapping) or item.get("rule") is None:
            yield _wrong(
                parameter, item, wording("holds an entry without a rule"), wording("Write rule: NAME and reason: WHY.")
            )
            continue
        known = parameter.schema["items"]["properties"]
        for entry in item.entries:
            if entry.name not in known:
                yield _unknown(parameter, entry.key, tuple(known))
            elif not isinstance(entry.node, Scalar):
                yield _wrong(
                    parameter, entry.node, wording("has no single {name}", name=entry.name), wording("Write a text.")
                )
            elif entry.name == "until":
                yield from _date(parameter, entry.node)


def _date(parameter: Parameter, node: Scalar) -> Iterator[Finding]:
    try:
        parse_quantity("date", node.text)
    except QuantityError as error:
        yield _wrong(
            parameter,
            node,
            wording("has an until that is no day: {written}", written=quoted(node.text)),
            wording("Write {expected}.", expected=error.expected),
        )


def _severities(parameter: Parameter, node: Node) -> Iterator[Finding]:
    if not isinstance(node, Mapping):
        yield _wrong(parameter, node, wording("is not a mapping"), wording("Write RULE: LEVEL, one a line."))
        return
    levels = parameter.schema["additionalProperties"]["enum"]
    for entry in node.entries:
        if plain(entry.node) not in levels:
            place = Place(span=entry.node.span, pointer=entry.node.pointer, subject=f"{parameter.name}.{entry.name}")
            listed = ", ".join(levels)
            message = wording(
                "the severity of {rule} is {level}, none of {names}",
                rule=entry.name,
                level=quoted(plain(entry.node)),
                names=listed,
            )
            yield fault(
                "not-an-allowed-value",
                place,
                message,
                hint=wording("Write one of {names}.", names=listed),
                parameter=parameter,
            )


def _brand(parameter: Parameter, node: Node) -> Iterator[Finding]:
    if isinstance(node, Scalar) and isinstance(node.value, str):
        return
    if not isinstance(node, Mapping):
        yield _wrong(
            parameter,
            node,
            wording("is neither a name nor a mapping"),
            wording("Write a name, or name, colour and logo."),
        )
        return
    known = ("name", "colour", "color", "logo")
    for entry in node.entries:
        value = plain(entry.node)
        if entry.name not in known:
            yield _unknown(parameter, entry.key, known)
        elif not isinstance(value, str):
            yield _wrong(
                parameter,
                entry.node,
                wording("has no text as {name}", name=entry.name),
                wording("Write a text, in quotes."),
            )
        elif entry.name.startswith("colo") and _COLOUR.fullmatch(value) is None:
            yield _wrong(
                parameter,
                entry.node,
                wording("has no colour in {value}", value=quoted(value)),
                wording("Write a colour such as '#0072b2'."),
            )


def _wrong(parameter: Parameter, node: Node, what: str, hint: str) -> Finding:
    place = Place(span=node.span, pointer=node.pointer, subject=parameter.name)
    return fault(
        "wrong-type", place, wording("{name} {what}", name=parameter.name, what=what), hint=hint, parameter=parameter
    )


def _unknown(parameter: Parameter, key: Scalar, known: tuple[str, ...]) -> Finding:
    place = Place(span=key.span, pointer=key.pointer, subject=f"{parameter.name}.{key.text}")
    message = wording("{name} has no key {key}", name=parameter.name, key=quoted(key.text))
    return fault(
        "unknown-parameter",
        place,
        message,
        hint=wording("The keys are {names}.", names=", ".join(known)),
        parameter=parameter,
    )
