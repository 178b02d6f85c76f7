"""From a located node to the value of a parameter: read, compared with range, choices and version."""

from __future__ import annotations

from collections.abc import Mapping as PlainMapping
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.catalogue.codecs import codec_name, codec_names, similar_codecs
from planner.catalogue.numerals import QuantityError, quoted
from planner.catalogue.parameter import plain_number, range_text, shown
from planner.catalogue.quantity import parse_quantity, switch
from planner.deployment.faults import Place, fault
from planner.deployment.native import excess_suffix, kernel_value, mysql_number, mysql_switch, octal
from planner.document.model import Mapping, Scalar, Sequence, plain
from planner.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.catalogue.parameter import Parameter
    from planner.catalogue.versions import Version
    from planner.deployment.model import Value
    from planner.document.model import Node
    from planner.finding import Finding

_NATIVE = frozenset(
    {"kernel-integer", "kernel-vector", "mysql-number", "mysql-switch", "option-text", "port-list"}
)
_BARE = frozenset({"size", "rate"})
_UNSET = "none"
_PERCENT = 100
_PLENTY = 1 << 20  # below a mebibyte, or a megabit per second, no host is described


class Reading(NamedTuple):
    """What a node says: its value in base units where it could be read, and what is wrong with it."""

    value: Value
    readable: bool
    findings: tuple[Finding, ...] = ()


def read_value(parameter: Parameter, node: Node, version: Version | None = None) -> Reading:
    """Return the value a node gives a parameter, with every fault found in it."""
    place = Place(span=node.span, pointer=node.pointer, subject=parameter.name)
    if parameter.unset and _is_unset(node):
        return Reading(None, readable=True)
    try:
        value = _value(parameter, node, version)
    except QuantityError as error:
        return Reading(None, readable=False, findings=(_refused(parameter, place, error),))
    wrong = _out_of_range(parameter, node, value, version) or _not_allowed(parameter, place, value)
    odd = () if wrong else tuple(_oddities(parameter, node, place))
    return Reading(_chosen(parameter, value), readable=wrong is None, findings=(wrong,) if wrong else odd)


def setting_text(node: Node) -> str:
    """Return a kernel or MySQL setting as its own file would write it: members of a list side by side."""
    if isinstance(node, Scalar):
        # A prefix such as skip- is part of the value, which then is not what the file shows.
        return node.value if isinstance(node.value, str) else "" if node.value is None else node.text
    items = node.items if isinstance(node, Sequence) else ()
    return " ".join(item.text for item in items if isinstance(item, Scalar))


def _is_unset(node: Node) -> bool:
    return isinstance(node, Scalar) and (node.value is None or node.text.strip().lower() == _UNSET)


def _value(parameter: Parameter, node: Node, version: Version | None) -> Value:
    if parameter.quantity in _NATIVE:
        return _native(parameter, node, version)
    raw: Any = plain(node)
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
                " or ".join(near) if near else f"one of {', '.join(sorted(set(codec_names().values())))}"
            )
            raise QuantityError(f"{quoted(written)} is no codec known here", expected, "not-an-allowed-value")
        shares[name] = shares.get(name, 0) + share
    return dict(shares)


def _native(parameter: Parameter, node: Node, version: Version | None) -> Value:
    text = setting_text(node)
    if isinstance(node, Mapping) or (isinstance(node, Sequence) and parameter.section == "mysql"):
        raise QuantityError("several values stand where one belongs", "a single value")
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
        raise QuantityError("there is no single value", _listed(parameter))
    if isinstance(node.value, bool) and node.value in parameter.schema["enum"]:
        return "On" if node.value else "Off"
    return node.text.strip()


def _require_shape(parameter: Parameter, value: Value) -> None:
    if parameter.length and isinstance(value, tuple) and len(value) != parameter.length:
        raise QuantityError(
            f"there are {len(value)} values, not {parameter.length}", f"{parameter.length} values"
        )
    if (
        parameter.whole
        and isinstance(value, (int, float))
        and not float(value / parameter.scale).is_integer()
    ):
        raise QuantityError(
            f"{quoted(plain_number(value))} is not whole", f"a whole number of {parameter.unit}"
        )


def _refused(parameter: Parameter, place: Place, error: QuantityError) -> Finding:
    within = f", {parameter.range_text}" if parameter.range_text else ""
    return fault(
        error.rule,
        place,
        f"{parameter.name}: {error}",
        hint=f"Write {error.expected}{within}.",
        parameter=parameter,
    )


def _out_of_range(parameter: Parameter, node: Node, value: Value, version: Version | None) -> Finding | None:
    least, most = parameter.limits_in(version)
    for member, where in _members(node, value):
        place = Place(span=where.span, pointer=where.pointer, subject=parameter.name)
        # Division would round whole numbers of 64 bits.
        amount = member if parameter.scale == 1 else member / parameter.scale
        if (least is None or amount >= least) and (most is None or amount <= most):
            continue
        if parameter.quantity in _BARE and _bare(where) and amount < _PLENTY:
            return _unitless(parameter, place, member)
        return _outside(parameter, place, amount, range_text(least, most, parameter.unit))
    return None


def _members(node: Node, value: Value) -> Iterator[tuple[float, Node]]:
    """Yield the numbers the range applies to, each with the node it stands in."""
    members = value if isinstance(value, tuple) else (value,)
    nodes = (
        node.items
        if isinstance(node, Sequence) and len(node.items) == len(members)
        else (node,) * len(members)
    )
    for member, where in zip(members, nodes, strict=True):
        if isinstance(member, (int, float)) and not isinstance(member, bool):
            yield member, where


def _outside(parameter: Parameter, place: Place, amount: float, allowed: str) -> Finding:
    written = plain_number(int(amount) if isinstance(amount, float) and amount.is_integer() else amount)
    if parameter.unit == "ratio":
        return _share_outside(parameter, place, amount, allowed.removesuffix(" ratio"))
    message = f"{parameter.name} is {written} {parameter.unit}".rstrip() + f", outside {allowed}"
    return fault("out-of-range", place, message, hint=f"Write a value of {allowed}.", parameter=parameter)


def _share_outside(parameter: Parameter, place: Place, amount: float, allowed: str) -> Finding:
    message = f"{parameter.name} is {plain_number(round(amount, 12))}, outside {allowed}"
    percent = plain_number(round(amount, 12))
    hint = f"Write a share of {allowed}" + (
        f", or {percent}% if a percentage is meant." if 1 < amount <= _PERCENT else "."
    )
    return fault("out-of-range", place, message, hint=hint, parameter=parameter)


def _unitless(parameter: Parameter, place: Place, value: float) -> Finding:
    unit = "GB" if parameter.quantity == "size" else "Gbps"
    message = f"{parameter.name} is {plain_number(value)} {parameter.unit}: a unit is missing"
    return fault(
        "unit-missing",
        place,
        message,
        hint=f"Write {plain_number(value)}{unit} if that is meant.",
        parameter=parameter,
    )


def _bare(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text.strip()[-1:].isdigit()


def _not_allowed(parameter: Parameter, place: Place, value: Value) -> Finding | None:
    if not parameter.choices or _match(parameter, value) is not None:
        return None
    text = str(value)
    near = next((shown(each) for each in parameter.choices if str(each).casefold() == text.casefold()), "")
    hint = f"Write {near}." if near else f"Write {_listed(parameter)}."
    message = f"{parameter.name} is {quoted(text)}, not {_listed(parameter)}"
    return fault("not-an-allowed-value", place, message, hint=hint, parameter=parameter)


def _match(parameter: Parameter, value: Value) -> Any:  # noqa: ANN401  a choice is a text or a number
    text = str(value)
    allowed = (*parameter.choices, *parameter.schema.get("enum", ()))
    if not any(str(each) == text for each in allowed if not isinstance(each, bool)):
        return None
    return next((each for each in parameter.choices if str(each).casefold() == text.casefold()), value)


def _chosen(parameter: Parameter, value: Value) -> Value:
    """Return a choice as the catalogue spells it."""
    found = _match(parameter, value) if parameter.choices else None
    return value if found is None else found


def _listed(parameter: Parameter) -> str:
    *first, last = [shown(each) for each in parameter.choices]
    return f"{', '.join(first)} or {last}" if first else last


def _oddities(parameter: Parameter, node: Node, place: Place) -> Iterator[Finding]:
    """Yield what is understood but badly written."""
    if not isinstance(node, Scalar):
        return
    if parameter.quantity == "switch" and switch(node.value)[1]:
        right = "On" if switch(node.value)[0] else "Off"
        message = f"{parameter.name} is written {quoted(node.text)}"
        yield fault("odd-switch-spelling", place, message, hint=f"Write {right}.", parameter=parameter)
    if parameter.quantity.startswith("kernel-") and octal(node.text):
        message = f"{parameter.name}: the kernel reads {quoted(node.text)} as octal"
        yield fault("leading-zero-number", place, message, severity=Severity.WARNING, parameter=parameter)
    if parameter.quantity == "mysql-number" and (excess := excess_suffix(setting_text(node))):
        message = f"{parameter.name}: MySQL ignores {quoted(excess)} in {quoted(node.text)}"
        yield fault("odd-size-suffix", place, message, parameter=parameter)


def frozen(value: Any) -> Value:  # noqa: ANN401  a plain value of any shape
    """Return a plain value as a declared one: lists become tuples."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    return {key: frozen(item) for key, item in value.items()} if isinstance(value, PlainMapping) else value
