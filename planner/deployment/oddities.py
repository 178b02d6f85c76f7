"""What is understood but badly written: odd switches, octal numbers, letters that are ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.numerals import quoted
from planner.catalogue.quantity import switch
from planner.deployment.faults import Place, fault
from planner.deployment.native import excess_suffix, octal, setting_text
from planner.document.model import Scalar
from planner.finding import Severity
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.catalogue.parameter import Parameter
    from planner.document.model import Node
    from planner.finding import Finding


def oddities(parameter: Parameter, node: Node, place: Place) -> Iterator[Finding]:
    """Yield what is understood but badly written."""
    if not isinstance(node, Scalar):
        return
    if parameter.quantity == "switch" and switch(node.value)[1]:
        right = "On" if switch(node.value)[0] else "Off"
        message = wording("{name} is written {written}", name=parameter.name, written=quoted(node.text))
        yield fault(
            "odd-switch-spelling", place, message, hint=wording("Write {value}.", value=right), parameter=parameter
        )
    if parameter.quantity.startswith("kernel-") and octal(node.text):
        message = wording("{name}: the kernel reads {written} as octal", name=parameter.name, written=quoted(node.text))
        yield fault("leading-zero-number", place, message, severity=Severity.WARNING, parameter=parameter)
    if parameter.quantity == "mysql-number" and (excess := excess_suffix(setting_text(node))):
        message = wording(
            "{name}: MySQL ignores {excess} in {written}",
            name=parameter.name,
            excess=quoted(excess),
            written=quoted(node.text),
        )
        yield fault("odd-size-suffix", place, message, parameter=parameter)
