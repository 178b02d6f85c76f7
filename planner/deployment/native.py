"""Values in the notation of their own program, what can be wrong with them, and secrets that are masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from planner.catalogue.data import cited
from planner.catalogue.pages import readers_rule
from planner.catalogue.parameter import Parameter
from planner.catalogue.quantity import switch
from planner.catalogue.releases import Version
from planner.catalogue.units import QuantityError, quoted
from planner.deployment.model import Value
from planner.document.model import Node, Scalar, Sequence
from planner.document.mysql import KernelProblem, OptionNumberProblem, ServerVersion, kernel_integers, option_integer
from planner.finding import Basis, Edit, Finding, Related, Severity, Span
from planner.wording import term, wording

_WEAK = frozenset({Basis.ADVICE, Basis.ASSUMPTION})
_NOWHERE = Span("", 1, 1, 1, 2)


class Place(NamedTuple):
    """Where a finding points: a span, the JSON pointer of the value, the dotted name it speaks of."""

    span: Span | None
    pointer: str = ""
    subject: str = ""


def fault(  # noqa: PLR0913  a finding's optional parts, all by name
    rule: str,
    place: Place,
    message: str,
    *,
    hint: str = "",
    parameter: Parameter | None = None,
    severity: Severity | None = None,
    related: tuple[Related, ...] = (),
    fix: Edit | None = None,
) -> Finding:
    """Return the finding of one fault; what rests on mere advice is a warning, where no severity is given."""
    kind = readers_rule(rule)
    basis = parameter.basis if parameter else Basis.STANDARD
    level = severity or kind.severity
    if basis in _WEAK and severity is None and rule in {"out-of-range", "not-an-allowed-value"}:
        level = Severity.WARNING
    return Finding(
        rule=rule,
        severity=level,
        basis=basis,
        message=message,
        span=place.span or _NOWHERE,
        help=hint or term(kind.help),
        pointer=place.pointer,
        related=related,
        source=cited(parameter.sources if parameter else kind.source),
        subject=place.subject,
        fix=fix,
    )


# Values of kernel and MySQL settings as the programs themselves read them, and what they would refuse.

_MYSQL = re.compile(r"[+-]?[0-9]+[A-Za-z](\S+)")
_BEGINS = re.compile(r"\s*[+-]?[0-9]")
_SUFFIX = re.compile(r"[+-]?[0-9.]+\s*(?:[KMGTPkmgtp]i?[Bb]?|%)$")
_COMMENTS = frozenset("#;")
_NUMBER = wording("digits, with at most one letter such as K, M or G behind them")
_INTEGER = wording("an integer without a unit")
_OCTAL = re.compile(r"(?:^|\s)-?0[0-9]")
MYSQL_SWITCH = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}


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
        program = "MariaDB" if version and version.mariadb else "MySQL"
        said = wording(
            "{value} is refused by {program}: {reason}", value=quoted(text), program=program, reason=value.message
        )
        raise QuantityError(said, _NUMBER, rule)
    return value


def excess_suffix(text: str) -> str:
    """Return what MySQL ignores behind a number's letter: `B` of `512MB`; empty where there is nothing."""
    match = _MYSQL.fullmatch(text.strip())
    return match[1] if match else ""


def mysql_switch(text: str | None) -> bool:
    """Return what a MySQL switch is set to; an option without a value (None) is on. Raises QuantityError."""
    if text is None:
        return True
    value = MYSQL_SWITCH.get(text.strip().lower())
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


# Values that must not be shown: what stands behind words such as `password`, wherever and however it is written.
#
# A settings file may hold secrets beside settings, and a mistake in the line that holds one would quote it. They
# are found by the word before them, not by what a reader made of the line, and masked in everything that is said.

MASK = "****"

_WORDS = (
    r"(?:passw(?:or)?d|passwort|pwd|passphrase|secret|token|credentials?|(?:api|access|private|secret|auth)[_.-]?key)"
)
STEMS = ("passw", "pwd", "passphrase", "secret", "token", "credential", "key")
"""Parts of these words in small ASCII letters: no word is without one of them."""

# Compiled where they are first used: together they cost a tenth of a start.
_VALUE = r"""(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,}\]\n][^,}\]\n]*))"""
_ASSIGNED = (
    rf"""(?i)(?<![A-Za-z0-9])[A-Za-z0-9_.-]*{_WORDS}["']?[ \t]*[=:][ \t]*(?:[|>][+-]?)?(?:\r?\n[ \t]+)?{_VALUE}"""
)
_BARE = rf"(?im)^[ \t]*[A-Za-z0-9_.-]*{_WORDS}[ \t]+()()(\S+)[ \t]*\r?$"
_ADDRESS = r"(?i)[a-z][a-z0-9+.-]*://[^\s/:@]*:([^\s/@]+)@"
_HARMLESS = frozenset({"on", "off", "true", "false", "yes", "no", "null", "none", "with", "without"})
_SHORTEST = 3
_LONG = 6


def is_secret(name: str, text: str) -> bool:
    """Tell whether a setting of this name holds a secret: `report_password` does, `old_passwords` does not."""
    return _ends_secret(name) and _worth_hiding(text)


@lru_cache
def _ends_secret(name: str) -> bool:
    return bool(re.search(_WORDS + r"\Z", name, re.IGNORECASE))


@lru_cache(maxsize=16)
def secrets_in(text: str) -> frozenset[str]:
    """Return the secrets a text holds; empty for nearly every text, which is told fast."""
    # In small letters stems are found thirty times as fast; beyond ASCII more letters than two are alike.
    small = text.lower() if text.isascii() else ""
    likely = not small or any(map(small.__contains__, STEMS))
    spoken = likely and re.search(_WORDS, small or text, 0 if small else re.IGNORECASE)
    named = chain(re.finditer(_ASSIGNED, text), re.finditer(_BARE, text)) if spoken else ()
    found = {next(filter(None, each.groups()), "").strip() for each in named}
    if "://" in text:
        found |= {each[1] for each in re.finditer(_ADDRESS, text)}
    found |= {word for each in found if len(words := each.split()) > 1 for word in words if len(word) >= _LONG}
    return frozenset(filter(_worth_hiding, found))


def _worth_hiding(value: str) -> bool:
    return len(value) > (_SHORTEST if value.isdigit() else 2) and value.lower() not in _HARMLESS


def hidden(text: str, secrets: Iterable[str], *, aligned: bool = False) -> str:
    """Return text without the secrets; `aligned` keeps its length, so that columns stay where they are."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "*" * len(secret) if aligned else MASK)
    return text


def without_secrets(finding: Finding, secrets: frozenset[str]) -> Finding:
    """Return a finding that quotes no secret; its fingerprint stays."""
    fix = finding.fix and finding.fix._replace(replacement=hidden(finding.fix.replacement, secrets))
    words: dict[str, Any] = {name: hidden(getattr(finding, name), secrets) for name in ("message", "help", "pointer")}
    related = tuple(each._replace(message=hidden(each.message, secrets)) for each in finding.related)
    changed = any(words[name] != getattr(finding, name) for name in words) or related != finding.related
    if not changed and fix == finding.fix:
        return finding
    # What would write a mask into the file is no correction.
    return finding._replace(**words, related=related, fix=finding.fix if fix == finding.fix else None)
