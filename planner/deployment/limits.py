"""Whether a value lies within its documented range and among its allowed choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.catalogue.numerals import quoted
from planner.catalogue.wording import measured, measured_range, plain_number, range_text, shown
from planner.deployment.faults import Place, fault
from planner.document.model import Scalar, Sequence
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.catalogue.parameter import Parameter
    from planner.catalogue.versions import Version
    from planner.deployment.model import Value
    from planner.document.model import Node
    from planner.finding import Finding

_BARE = frozenset({"size", "rate"})
_PERCENT = 100
_PLENTY = 1 << 20  # below a mebibyte, or a megabit per second, no host is described


def out_of_range(parameter: Parameter, node: Node, value: Value, version: Version | None) -> Finding | None:
    """Return the finding of a value outside the range of the declared version; None where it is within."""
    least, most = parameter.limits_in(version)
    for member, where in _members(node, value):
        place = Place(span=where.span, pointer=where.pointer, subject=parameter.name)
        # Division would round whole numbers of 64 bits.
        amount = member if parameter.scale == 1 else member / parameter.scale
        if (least is None or amount >= least) and (most is None or amount <= most):
            continue
        if parameter.quantity in _BARE and _bare(where) and 0 < amount < _PLENTY:
            return _unitless(parameter, place, member)
        within = measured_range if parameter.quantity in _BARE else range_text
        allowed = within(least, most, "" if parameter.unit == "ratio" else parameter.unit)
        return _outside(parameter, place, amount, allowed, bare=_bare(where))
    return None


def _members(node: Node, value: Value) -> Iterator[tuple[float, Node]]:
    """Yield the numbers the range applies to, each with the node it stands in."""
    members = value if isinstance(value, tuple) else (value,)
    nodes = node.items if isinstance(node, Sequence) and len(node.items) == len(members) else (node,) * len(members)
    for member, where in zip(members, nodes, strict=True):
        if isinstance(member, (int, float)) and not isinstance(member, bool):
            yield member, where


def _outside(parameter: Parameter, place: Place, amount: float, allowed: str, *, bare: bool) -> Finding:
    written = plain_number(int(amount) if isinstance(amount, float) and amount.is_integer() else amount)
    if parameter.unit == "ratio":
        return _share_outside(parameter, place, amount, allowed, bare=bare)
    amount_text = measured(written, parameter.unit)
    message = wording("{name} is {amount}, outside {allowed}", name=parameter.name, amount=amount_text, allowed=allowed)
    return fault(
        "out-of-range",
        place,
        message,
        hint=wording("Write a value of {allowed}.", allowed=allowed),
        parameter=parameter,
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
    unit = "GB" if parameter.quantity == "size" else "Gbps"
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


def not_allowed(parameter: Parameter, place: Place, value: Value) -> Finding | None:
    """Return the finding of a value that is none of the parameter's choices; None where it is one."""
    if not parameter.choices or _match(parameter, value) is not None:
        return None
    text = str(value)
    near = next((shown(each) for each in parameter.choices if str(each).casefold() == text.casefold()), "")
    hint = wording("Write {value}.", value=near or listed(parameter))
    message = wording(
        "{name} is {written}, not {choices}", name=parameter.name, written=quoted(text), choices=listed(parameter)
    )
    return fault("not-an-allowed-value", place, message, hint=hint, parameter=parameter)


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
