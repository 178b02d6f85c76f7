"""Numbers as the Linux kernel reads them from a write to /proc/sys.

`0x` begins a hexadecimal number, a leading `0` an octal one; there is no suffix; blank, tab and line feed
separate. The kernel looks at 21 characters of a number at most. Source: kernel/sysctl.c, `proc_get_long`,
Linux 3.10 on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from planner.wording import wording

_SEPARATORS = " \t\n"
_NUMBER = re.compile(r"-?(?:0[xX]([0-9a-fA-F]+)|0([0-7]*)|([1-9][0-9]*))")
_LONGEST = 21
_BITS = 64


@dataclass(frozen=True, slots=True)
class KernelProblem:
    """Why the kernel stops reading: `offset` into the text, and the numbers it had read until there."""

    message: str
    offset: int
    numbers: tuple[int, ...] = ()


def kernel_integers(text: str) -> tuple[int, ...] | KernelProblem:
    """Return the integers in a value, or where and why the kernel stops; an empty value is a problem too."""
    numbers: list[int] = []
    at = _skip(text, 0)
    while at < len(text):
        match = _NUMBER.match(text, at)
        end = match.end() if match else at
        problem = _problem(text, at, end)
        if match is None or problem:
            return KernelProblem(problem, end if match else at, tuple(numbers))
        numbers.append(_value(match))
        at = _skip(text, end)
    return tuple(numbers) if numbers else KernelProblem(wording("the value is empty"), 0)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SEPARATORS:
        at += 1
    return at


def _value(match: re.Match[str]) -> int:
    hexadecimal, octal, decimal = match.groups()
    base = 16 if hexadecimal else 10 if decimal else 8
    number = int(hexadecimal or decimal or octal or "0", base)
    return -number if match[0].startswith("-") else number


def _problem(text: str, start: int, end: int) -> str:
    """Return why the kernel does not take the word from `start` to `end` as a number; empty if it does."""
    if end == start:
        return wording("{character} begins no number", character=repr(text[start]))
    if end - start >= _LONGEST:
        return wording(
            "a number of {count} characters; the kernel reads at most {most}", count=end - start, most=_LONGEST - 1
        )
    if end < len(text) and text[end] not in _SEPARATORS:
        return wording(
            "{character} follows a number; the kernel knows no suffixes, signs or decimal points",
            character=repr(text[end]),
        )
    number = text[start:end].lstrip("-")
    if number.isdecimal() and not number.startswith("0") and int(number) >= 1 << _BITS:
        return wording("the number does not fit into 64 bits")
    return ""
