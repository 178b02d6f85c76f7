"""From a located node to the value of a parameter: read, compared with range, choices and version."""

from __future__ import annotations

from collections.abc import Mapping as PlainMapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.catalogue.codecs import codec_name, codec_names, similar_codecs
from planner.catalogue.numerals import QuantityError, quoted
from planner.catalogue.quantity import parse_quantity
from planner.catalogue.wording import plain_number
from planner.deployment.faults import Place, fault
from planner.deployment.limits import chosen, listed, not_allowed, out_of_range
from planner.deployment.native import kernel_value, mysql_number, mysql_switch, setting_text
from planner.deployment.oddities import oddities
from planner.document.model import Mapping, Scalar, Sequence, plain
from planner.finding import Span
from planner.wording import alternatives, term, wording

if TYPE_CHECKING:
    from planner.catalogue.parameter import Parameter
    from planner.catalogue.versions import Version
    from planner.deployment.model import Value
    from planner.document.model import Node
    from planner.document.scalars import Simple
    from planner.finding import Finding

_NATIVE = frozenset({"kernel-integer", "kernel-vector", "mysql-number", "mysql-switch", "option-text", "port-list"})
_UNSET = "none"
_LONGEST_KEPT = 100
_NOWHERE = Span("", 1, 1, 1, 2)


class Reading(NamedTuple):
    """What a node says: its value in base units where it could be read, and what is wrong with it."""

    value: Value
    readable: bool
    findings: tuple[Finding, ...] = ()


def read_value(parameter: Parameter, node: Node, version: Version | None = None) -> Reading:
    """Return the value a node gives a parameter, with every fault found in it."""
    # A codec mix is a mapping, which is nobody's to share.
    if isinstance(node, Scalar) and len(node.text) <= _LONGEST_KEPT and parameter.quantity != "codecs":
        kept = _faultless(parameter, node.value, node.text, version)
        if kept is not None:
            return kept
    return _read(parameter, node, version)


@lru_cache(maxsize=4096, typed=True)
def _faultless(parameter: Parameter, value: Simple, text: str, version: Version | None) -> Reading | None:
    """Return the reading of a value with which nothing is wrong, wherever it stands; None for any other.

    Files of one run hold the same values again and again. `typed` keeps `true` and 1 apart.
    """
    reading = _read(parameter, Scalar(value, text, _NOWHERE, ""), version)
    return None if reading.findings else reading


def _read(parameter: Parameter, node: Node, version: Version | None) -> Reading:
    place = Place(span=node.span, pointer=node.pointer, subject=parameter.name)
    if parameter.unset and _is_unset(node):
        return Reading(None, readable=True)
    try:
        value = _value(parameter, node, version)
    except QuantityError as error:
        return Reading(None, readable=False, findings=(_refused(parameter, place, error),))
    wrong = out_of_range(parameter, node, value, version) or not_allowed(parameter, place, value)
    odd = () if wrong else tuple(oddities(parameter, node, place))
    return Reading(chosen(parameter, value), readable=wrong is None, findings=(wrong,) if wrong else odd)


def _is_unset(node: Node) -> bool:
    return isinstance(node, Scalar) and (node.value is None or node.text.strip().lower() == _UNSET)


def _value(parameter: Parameter, node: Node, version: Version | None) -> Value:
    if parameter.quantity in _NATIVE:
        return _native(parameter, node, version)
    raw: Any = plain(node)
    if parameter.quantity == "version" and isinstance(raw, float) and isinstance(node, Scalar):
        raw = node.text  # 3.10 is no 3.1
    if isinstance(raw, str) and raw.strip() in parameter.words:
        return raw.strip()
    if parameter.quantity == "choice":
        return _choice(parameter, node)
    value = parse_quantity(parameter.quantity, raw, parameter.unit)
    _require_shape(parameter, value)
    return _named(value) if parameter.quantity == "codecs" and isinstance(value, PlainMapping) else value


def _named(mix: PlainMapping[str, Any]) -> Value:
    """Return a codec mix under the model's own names; raises QuantityError for a codec nobody knows."""
    shares: dict[str, float] = {}
    for written, share in mix.items():
        name = codec_name(written)
        if name is None:
            near = similar_codecs(written)
            expected = (
                alternatives(near)
                if near
                else wording("one of {names}", names=", ".join(sorted(set(codec_names().values()))))
            )
            raise QuantityError(
                wording("{written} is no codec known here", written=quoted(written)), expected, "not-an-allowed-value"
            )
        shares[name] = shares.get(name, 0) + share
    return dict(shares)


def _native(parameter: Parameter, node: Node, version: Version | None) -> Value:
    text = setting_text(node)
    if isinstance(node, Mapping) or (isinstance(node, Sequence) and parameter.section == "mysql"):
        raise QuantityError(wording("several values stand where one belongs"), wording("a single value"))
    if parameter.quantity == "option-text":
        return text
    if text.strip().upper() in parameter.words and text.strip() in parameter.schema["enum"]:
        return parameter.words.index(text.strip().upper())
    if parameter.quantity == "mysql-number":
        return mysql_number(text, version)
    if parameter.quantity == "mysql-switch":
        return mysql_switch(None if isinstance(node, Scalar) and node.value is None else text)
    if parameter.quantity == "port-list":
        return parse_quantity("ports", text.replace(" ", ",")) if text.strip() else ()
    return kernel_value(parameter, text)


def _choice(parameter: Parameter, node: Node) -> Value:
    if not isinstance(node, Scalar) or node.value is None:
        raise QuantityError(wording("there is no single value"), listed(parameter))
    if isinstance(node.value, bool) and node.value in parameter.schema["enum"]:
        return "On" if node.value else "Off"
    return node.text.strip()


def _require_shape(parameter: Parameter, value: Value) -> None:
    if parameter.length and isinstance(value, tuple) and len(value) != parameter.length:
        raise QuantityError(
            wording("there are {count} values, not {length}", count=len(value), length=parameter.length),
            wording("{length} values", length=parameter.length),
        )
    if parameter.whole and isinstance(value, (int, float)) and not float(value / parameter.scale).is_integer():
        raise QuantityError(
            wording("{value} is not whole", value=quoted(plain_number(value))),
            wording("a whole number of {unit}", unit=term(parameter.unit)),
        )


def _refused(parameter: Parameter, place: Place, error: QuantityError) -> Finding:
    within, expected = parameter.range_text, error.expected
    hint = (
        wording("Write {expected}, {range}.", expected=expected, range=within)
        if within
        else wording("Write {expected}.", expected=expected)
    )
    return fault(
        error.rule,
        place,
        wording("{name}: {problem}", name=parameter.name, problem=str(error)),
        hint=hint,
        parameter=parameter,
    )


def frozen(value: Any) -> Value:  # noqa: ANN401  a plain value of any shape
    """Return a plain value as a declared one: lists become tuples."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    return {key: frozen(item) for key, item in value.items()} if isinstance(value, PlainMapping) else value
