"""What is understood but badly written: odd switches, octal numbers, letters that are ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.catalogue.numerals import quoted
from planner.catalogue.quantity import switch
from planner.deployment.faults import Place, fault
from planner.deployment.native import excess_suffix, octal, setting_text
from planner.document.model import Scalar
from planner.finding import Severity

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
        message = f"{parameter.name} is written {quoted(node.text)}"
        yield fault("odd-switch-spelling", place, message, hint=f"Write {right}.", parameter=parameter)
    if parameter.quantity.startswith("kernel-") and octal(node.text):
        message = f"{parameter.name}: the kernel reads {quoted(node.text)} as octal"
        yield fault("leading-zero-number", place, message, severity=Severity.WARNING, parameter=parameter)
    if parameter.quantity == "mysql-number" and (excess := excess_suffix(setting_text(node))):
        message = f"{parameter.name}: MySQL ignores {quoted(excess)} in {quoted(node.text)}"
        yield fault("odd-size-suffix", place, message, parameter=parameter)
