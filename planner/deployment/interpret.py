"""From written values to values in base units, within the documented range and among the allowed choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as PlainMapping
from typing import Any, NamedTuple

from planner.catalogue.display import measured, measured_range, plain_number, range_text, shown
from planner.catalogue.mixtures import codec_name, codec_names, similar_codecs
from planner.catalogue.parameter import Parameter
from planner.catalogue.quantity import parse_quantity
from planner.catalogue.releases import Version
from planner.catalogue.units import QuantityError, quoted
from planner.deployment.model import Value
from planner.deployment.native import Place, fault, kernel_value, mysql_number, mysql_switch, oddities, setting_text
from planner.document.model import Mapping, Node, Scalar, Sequence, plain
from planner.finding import Finding, Severity
from planner.wording import alternatives, term, wording

_BARE = frozenset({"size", "rate"})
_PERCENT = 100
_MEGABITS = 100  # links of so many Gbit/s are no servers': without a unit, such a number is Mbit/s
_PLENTY = 1 << 20  # below a mebibyte, or a megabit per second, no host is described


def out_of_range(parameter: Parameter, node: Node, value: Value, version: Version | None) -> Finding | None:
    """Return the finding of a value outside the range of the declared or usual version; None where it is within.

    A database server starts with the nearest value it takes, and warns.
    """
    least, most = parameter.limits_in(version or parameter.usual_version)
    countable = least is None and _counts(parameter)
    if countable:
        least = 0
    for member, where in _members(node, value):
        place = Place(span=where.span, pointer=where.pointer, subject=parameter.name)
        # Division would round whole numbers of 64 bits.
        amount = member if parameter.scale == 1 else member / parameter.scale
        if _within(amount, (least, most)):
            continue
        if parameter.quantity in _BARE and _bare(where) and 0 < amount < _PLENTY:
            return _unitless(parameter, place, member)
        severity = Severity.ERROR if countable and amount < 0 else _severity(parameter, amount, version)
        return _outside(parameter, place, amount, (least, most), severity, bare=_bare(where))
    return None


def outside_kernel(key: str, node: Node, value: Value, version: Version | None, usual: Version) -> Finding | None:
    """Return the finding of a key beyond the catalogue whose value the kernel refuses; None where it takes it.

    A warning where another kernel, or one after the declared one, takes it: distributions carry changes back.
    """
    from planner.catalogue.releases import kernel_key  # noqa: PLC0415  start-up

    found = kernel_key(key)
    if found is None or not (found.minimum or found.maximum):
        return None
    here, others = found.limits(version or usual), [limits for _, limits in found.ranges(version)]
    for member, where in _members(node, value):
        if not _within(member, here):
            place, allowed = Place(span=where.span, pointer=where.pointer, subject=f"sysctl.{key}"), range_text(*here)
            message = wording("{name} is {amount}, outside {allowed}", name=key, amount=member, allowed=allowed)
            hint = wording("Write a value of {allowed}.", allowed=allowed)
            severity = Severity.WARNING if any(_within(member, each) for each in others) else Severity.ERROR
            return fault("out-of-range", place, message, hint=hint, severity=severity)
    return None


Limits = tuple[float | None, float | None]


def _within(amount: float, limits: Limits) -> bool:
    least, most = limits
    return (least is None or amount >= least) and (most is None or amount <= most)


def _severity(parameter: Parameter, amount: float, version: Version | None) -> Severity | None:
    elsewhere = version is None and _within(amount, parameter.limits)
    refused = amount < 0 and version is not None and version.mariadb  # "incorrect unsigned value"
    return Severity.WARNING if elsewhere or (parameter.quantity == "mysql-number" and not refused) else None


def _counts(parameter: Parameter) -> bool:
    """Tell whether a setting of the softswitch counts something or lasts: below nothing there is nothing."""
    return parameter.section == "softswitch" and parameter.quantity in ("count", "duration")


def _members(node: Node, value: Value) -> Iterator[tuple[float, Node]]:
    """Yield the numbers the range applies to, each with the node it stands in."""
    members = value if isinstance(value, tuple) else (value,)
    nodes = node.items if isinstance(node, Sequence) and len(node.items) == len(members) else (node,) * len(members)
    for member, where in zip(members, nodes, strict=True):
        if isinstance(member, (int, float)) and not isinstance(member, bool):
            yield member, where


def _outside(  # noqa: PLR0913  what a message names
    parameter: Parameter, place: Place, amount: float, limits: Limits, severity: Severity | None, *, bare: bool
) -> Finding:
    (least, most), unit = limits, "" if parameter.unit == "ratio" else parameter.unit
    allowed = (measured_range if parameter.quantity in _BARE else range_text)(least, most, unit)
    if parameter.unit == "ratio":
        return _share_outside(parameter, place, amount, allowed, bare=bare)
    written = plain_number(int(amount) if isinstance(amount, float) and amount.is_integer() else amount)
    said = {"name": parameter.name, "amount": measured(written, unit), "allowed": allowed}
    message = wording("{name} is {amount}, outside {allowed}", **said)
    nearest = least if least is not None and amount < least else most
    if parameter.quantity == "mysql-number" and severity is Severity.WARNING and nearest is not None:
        said |= {"program": wording("the server"), "taken": measured(plain_number(nearest), unit)}
        message = wording("{name} is {amount}, outside {allowed}: {program} takes {taken}", **said)
    return fault(
        "out-of-range",
        place,
        message,
        hint=wording("Write a value of {allowed}.", allowed=allowed),
        parameter=parameter,
        severity=severity,
    )


def _share_outside(parameter: Parameter, place: Place, amount: float, allowed: str, *, bare: bool) -> Finding:
    written = plain_number(round(amount, 12))
    message = wording("{name} is {amount}, outside {allowed}", name=parameter.name, amount=written, allowed=allowed)
    hint = (
        wording("Write a share of {allowed}, or {percent}% if a percentage is meant.", allowed=allowed, percent=written)
        if bare and 1 < amount <= _PERCENT
        else wording("Write a share of {allowed}.", allowed=allowed)
    )
    return fault("out-of-range", place, message, hint=hint, parameter=parameter)


def _unitless(parameter: Parameter, place: Place, value: float) -> Finding:
    unit = "GB" if parameter.quantity == "size" else "Gbps" if value < _MEGABITS else "Mbps"
    message = wording(
        "{name} is {value} {unit}: a unit is missing",
        name=parameter.name,
        value=plain_number(value),
        unit=parameter.unit,
    )
    return fault(
        "unit-missing",
        place,
        message,
        hint=wording("Write {value}{unit} if that is meant.", value=plain_number(value), unit=unit),
        parameter=parameter,
    )


def _bare(node: Node) -> bool:
    return isinstance(node, Scalar) and node.text.strip()[-1:].isdigit()


def not_allowed(parameter: Parameter, place: Place, value: Value, version: Version | None = None) -> Finding | None:
    """Return the finding of a value that is none of the parameter's choices; None where it is one.

    A warning where the server is not declared, and newer ones read a choice in it.
    """
    if not parameter.choices or _match(parameter, value) is not None:
        return None
    text = str(value)
    near = next((shown(each) for each in parameter.choices if str(each).casefold() == text.casefold()), "")
    hint = wording("Write {value}.", value=near or listed(parameter))
    message = wording(
        "{name} is {written}, not {choices}", name=parameter.name, written=quoted(text), choices=listed(parameter)
    )
    newer = parameter.section == "mysql" and version is None and _server_choice(parameter.key, text)
    severity = Severity.WARNING if newer else None
    return fault("not-an-allowed-value", place, message, hint=hint, parameter=parameter, severity=severity)


def _match(parameter: Parameter, value: Value) -> Any:  # noqa: ANN401  a choice is a text or a number
    text = str(value)
    allowed = (*parameter.choices, *parameter.schema.get("enum", ()))
    if not any(str(each) == text for each in allowed if not isinstance(each, bool)):
        return None
    return next((each for each in parameter.choices if str(each).casefold() == text.casefold()), value)


def chosen(parameter: Parameter, value: Value) -> Value:
    """Return a choice as the catalogue spells it."""
    found = _match(parameter, value) if parameter.choices else None
    return value if found is None else found


def listed(parameter: Parameter) -> str:
    """Return the choices of a parameter as a sentence has them: `a, b or c`."""
    *first, last = [shown(each) for each in parameter.choices]
    return wording("{one} or {other}", one=", ".join(first), other=last) if first else last


# From a located node to the value of a parameter: read, compared with range, choices and version.

_NATIVE = frozenset({"kernel-integer", "kernel-vector", "mysql-number", "mysql-switch", "option-text", "port-list"})
_UNSET = "none"
_ENDS = frozenset({"low", "typical", "high", "min", "max"})


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
        # A server starts with `name =`, and reads 0; with `name` alone it does not.
        empty = parameter.quantity == "mysql-number" and isinstance(node, Scalar) and node.value == ""
        # That there is no such port is no advice.
        impossible = Severity.ERROR if error.rule == "out-of-range" else None
        severity = Severity.WARNING if empty else impossible
        refused = _refused(parameter, place, error, severity)
        return Reading(None, readable=False, findings=(_ranged(parameter, node, refused),))
    wrong = out_of_range(parameter, node, value, version) or not_allowed(parameter, place, value, version)
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
        return _choice(parameter, node, version)
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
        decimal = parameter.takes_decimals(version) and text.strip().replace(".", "", 1).isdecimal()
        return float(text) if decimal else mysql_number(text, version)
    if parameter.quantity == "mysql-switch":
        return mysql_switch(None if isinstance(node, Scalar) and node.value is None else text)
    if parameter.quantity == "port-list":
        if isinstance(node, Scalar) and len(text.split()) > 1:
            raise QuantityError(
                wording("{value} is refused by the kernel: it knows no blanks between ports", value=quoted(text)),
                wording("ports and ranges with commas alone between them: {example}", example="5060,10000-20000"),
            )
        return parse_quantity("ports", text.replace(" ", ",")) if text.strip() else ()
    return kernel_value(parameter, text)


def _choice(parameter: Parameter, node: Node, version: Version | None) -> Value:
    if not isinstance(node, Scalar) or node.value is None:
        raise QuantityError(wording("there is no single value"), listed(parameter))
    if isinstance(node.value, bool) and node.value in parameter.schema["enum"]:
        return "On" if node.value else "Off"
    text = node.text.strip()
    return (_server_choice(parameter.key, text, version) if parameter.section == "mysql" and version else "") or text


def _server_choice(key: str, text: str, version: Version | None = None) -> str:
    """Return the choice a server of a version, or for None any, reads in a text; empty for none."""
    from planner.catalogue.releases import server_option  # noqa: PLC0415  start-up

    options = (server_option(key, mariadb=each) for each in ((version.mariadb,) if version else (False, True)))
    return next(filter(None, (each.choice(text, version) for each in options if each)), "")


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


def _refused(parameter: Parameter, place: Place, error: QuantityError, severity: Severity | None) -> Finding:
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
        severity=severity,
    )


def _ranged(parameter: Parameter, node: Node, wrong: Finding) -> Finding:
    """Return a finding with the place of ranges, where one stands for a number of the traffic."""
    if parameter.section != "traffic" or not _is_range(parameter, node):
        return wrong
    hint = wording("Write one value, or a range below assumptions: {name}: LOW:TYPICAL:HIGH.", name=wrong.subject)
    return wrong._replace(help=hint)


def _is_range(parameter: Parameter, node: Node) -> bool:
    """Tell whether a node says `80-120`, {low: 80, high: 120} or, where no clock may be meant, `80:100:120`."""
    if isinstance(node, Mapping):
        return bool(node.entries) and _ENDS.issuperset(entry.name for entry in node.entries)
    between = r"-|\.\." if "duration" in parameter.quantity else r"-|\.\.|:[0-9][^-:]*:"
    return isinstance(node, Scalar) and bool(
        re.fullmatch(rf"(?!.*[0-9]e-)[0-9][^-:]*(?:{between})\s*[0-9][^-:]*", node.text)
    )


def frozen(value: Any) -> Value:  # noqa: ANN401  a plain value of any shape
    """Return a plain value as a declared one: lists become tuples."""
    if isinstance(value, list):
        return tuple(frozen(item) for item in value)
    return {key: frozen(item) for key, item in value.items()} if isinstance(value, PlainMapping) else value
