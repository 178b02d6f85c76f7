"""Values of kernel and MySQL settings as the programs themselves read them, and what they would refuse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planner.catalogue.quantity import switch
from planner.catalogue.units import QuantityError, quoted
from planner.deployment.faults import Place, fault
from planner.document.kernel import KernelProblem, kernel_integers
from planner.document.model import Scalar, Sequence
from planner.document.mysql import OptionNumberProblem, ServerVersion, option_integer
from planner.finding import Severity
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.catalogue.parameter import Parameter
    from planner.catalogue.versions import Version
    from planner.deployment.model import Value
    from planner.document.model import Node
    from planner.finding import Finding


_MYSQL = re.compile(r"[+-]?[0-9]+[A-Za-z](\S+)")
_BEGINS = re.compile(r"\s*[+-]?[0-9]")
_SUFFIX = re.compile(r"[+-]?[0-9.]+\s*(?:[KMGTPkmgtp]i?[Bb]?|%)$")
_COMMENTS = frozenset("#;")
_NUMBER = wording("digits, with at most one letter such as K, M or G behind them")
_INTEGER = wording("an integer without a unit")
_OCTAL = re.compile(r"(?:^|\s)-?0[0-9]")
_MYSQL_SWITCH = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}


def setting_text(node: Node) -> str:
    """Return a kernel or MySQL setting as its own file would write it: members of a list side by side."""
    if isinstance(node, Scalar):
        # A prefix such as skip- is part of the value, which then is not what the file shows.
        return node.value if isinstance(node.value, str) else "" if node.value is None else node.text
    items = node.items if isinstance(node, Sequence) else ()
    return " ".join(item.text for item in items if isinstance(item, Scalar))


def kernel_value(parameter: Parameter, text: str) -> Value:
    """Return the integer, or the tuple of a vector, that the kernel reads from a value.

    Raises QuantityError where the kernel refuses the value, or reads other numbers than the setting has.
    """
    wanted = parameter.length or 1
    numbers = kernel_integers(text)
    if isinstance(numbers, KernelProblem):
        numbers = _before_comment(parameter, text, numbers)
    if len(numbers) != wanted:
        raise QuantityError(_miscounted(quoted(text), len(numbers), wanted), _kernel_expected(parameter))
    return numbers if parameter.quantity == "kernel-vector" else numbers[0]


def _miscounted(text: str, count: int, wanted: int) -> str:
    if count == 1:
        return wording("{value} holds {count} number, not {wanted}", value=text, count=count, wanted=wanted)
    return wording("{value} holds {count} numbers, not {wanted}", value=text, count=count, wanted=wanted)


def _before_comment(parameter: Parameter, text: str, problem: KernelProblem) -> tuple[int, ...]:
    """Return the numbers in front of a comment, where the kernel has all it wants before it meets the `#`."""
    read, at = problem.numbers, problem.offset
    apart = text[at - 1 : at].isspace() and len(read) >= (parameter.length or 1)
    if apart and text[at] in _COMMENTS:
        return read
    expected = _kernel_expected(parameter)
    if apart:
        raise QuantityError(wording("of {value} the kernel drops all behind the number", value=quoted(text)), expected)
    rule = "unit-impossible" if _SUFFIX.fullmatch(text.strip()) else "wrong-type"
    raise QuantityError(
        wording("{value} is refused by the kernel: {reason}", value=quoted(text), reason=problem.message),
        expected,
        rule,
    )


def octal(text: str) -> bool:
    """Tell whether a kernel value holds a number that begins with 0 and is therefore octal."""
    return _OCTAL.search(text) is not None


def kernel_text(text: str) -> Value:
    """Return the value of a kernel setting beyond the catalogue: integers if it holds no more, else text."""
    numbers = kernel_integers(text)
    if isinstance(numbers, KernelProblem):
        return text
    return numbers[0] if len(numbers) == 1 else numbers


def mysql_number(text: str, version: Version | None = None) -> int:
    """Return the number MySQL reads: digits and one letter, powers of 1024; the rest is ignored.

    Raises QuantityError where the server of `version` would stop at the value.
    """
    if not _BEGINS.match(text):
        # The server would read 0, and `maybe` as 0 M.
        raise QuantityError(
            wording("{value} is no number", value=quoted(text)) if text.strip() else wording("there is no value"),
            _NUMBER,
        )
    server = ServerVersion(version.numbers, version.mariadb) if version else None
    value = option_integer(text, server)
    if isinstance(value, OptionNumberProblem):
        rule = "unit-impossible" if _SUFFIX.fullmatch(text.strip()) else "wrong-type"
        raise QuantityError(
            wording("{value} is refused by MySQL: {reason}", value=quoted(text), reason=value.message), _NUMBER, rule
        )
    return value


def excess_suffix(text: str) -> str:
    """Return what MySQL ignores behind a number's letter: `B` of `512MB`; empty where there is nothing."""
    match = _MYSQL.fullmatch(text.strip())
    return match[1] if match else ""


def mysql_switch(text: str | None) -> bool:
    """Return what a MySQL switch is set to; an option without a value (None) is on. Raises QuantityError."""
    if text is None:
        return True
    value = _MYSQL_SWITCH.get(text.strip().lower())
    if value is None:
        raise QuantityError(wording("{value} is no switch to MySQL", value=quoted(text)), wording("ON or OFF, 1 or 0"))
    return value


def mysql_text(text: str) -> Value:
    """Return the value of a variable beyond the catalogue: a number or a switch if it is one, else text."""
    try:
        return mysql_number(text)
    except QuantityError:
        return {"on": True, "off": False}.get(text.strip().lower(), text)


def _kernel_expected(parameter: Parameter) -> str:
    if parameter.length:
        return wording("{length} integers separated by blanks or tabs, without units", length=parameter.length)
    return _INTEGER


# What is understood but badly written: odd switches, octal numbers, letters that are ignored.


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
