"""JSON that the program wrote and reads back: profiles, sizings, reports and baselines, checked before use.

Such a file may come from anywhere. Its size, depth and numbers are bounded, and it is held against the
published schema of its kind, so that whoever uses it meets the types the schema promises.
"""

from __future__ import annotations

import json
import math
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from planner.document.text import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError

LARGEST = 64 << 20
"""Bytes of the largest saved document that is read: a report page carries 5 MB of drawing code."""

DEEPEST = 64
"""Levels of nesting; a report has nine."""

LARGEST_NUMBER = 1e300
"""Numbers a schema's document may hold: a few of them multiplied are still finite."""

_SHOWN = 60


class SavedError(ValueError):
    """A saved document that cannot be used; the message says where and why."""


def parse(raw: bytes | str, schema: str = "", *, whole: bool = False) -> dict[str, Any]:
    """Return the object in the JSON of a saved document, checked against a schema where one is named.

    Raises SavedError. `whole` is what `check` calls so.
    """
    if len(raw) > LARGEST:
        raise SavedError(f"it is larger than the {LARGEST >> 20} MiB that are read")
    try:
        value = json.loads(raw, parse_constant=_refuse_constant)
    except RecursionError:
        raise SavedError(f"values are nested more than {DEEPEST} levels deep") from None
    except SavedError:
        raise
    except ValueError as error:
        raise SavedError(f"this is no JSON: {_clipped(str(error))}") from None
    _measure(value, sys.float_info.max)
    if not isinstance(value, dict):
        raise SavedError("a JSON object is expected")
    if schema:
        check(value, schema, whole=whole)
    return value


def check(value: dict[str, Any], schema: str, *, whole: bool = False) -> None:
    """Hold a document against a published schema. Raises SavedError naming the first place that differs.

    Members may be missing, but for those of an assumption, unless the document must be whole: a profile may hold
    assumptions alone, and a report leaves figures of its sizing out.
    """
    from jsonschema import Draft202012Validator  # noqa: PLC0415  heavy, and few commands read such files

    from planner.catalogue.data import bundle  # noqa: PLC0415  the same

    if value.get("schema") != schema:
        raise SavedError(f'the document must say "schema": "{schema}"')
    _measure(value, LARGEST_NUMBER)
    for error in Draft202012Validator(bundle(schema)).iter_errors(value):
        if whole or not _lacks(error):
            raise SavedError(_said(error))


def _lacks(error: ValidationError) -> bool:
    """Tell whether all that is wrong is that members are missing, but for those of an assumption."""
    if error.validator == "required":
        return "assumptions" not in error.absolute_path
    branches: dict[Any, list[ValidationError]] = {}
    for each in error.context or ():
        branches.setdefault(each.schema_path[0], []).append(each)
    return any(all(map(_lacks, branch)) for branch in branches.values())


def _said(error: ValidationError) -> str:
    pointer = "".join(f"/{escape(str(part))}" for part in error.absolute_path)
    if error.validator in {"type", "const", "enum", "minimum", "maximum", "pattern"}:
        wanted = f"{error.validator} {_clipped(json.dumps(error.validator_value))}"
        what = f"{_clipped(repr(error.instance))} is not what the schema asks for: {wanted}"
    else:
        what = _clipped(error.message, 3 * _SHOWN)
    return f"{_clipped(pointer, 3 * _SHOWN) or '/'}: {what}"


def _measure(value: Any, largest: float) -> None:  # noqa: ANN401  any JSON value
    """Walk through a value without recursion, and refuse what no reader can use."""
    waiting: list[tuple[Any, int]] = [(value, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > DEEPEST:
            raise SavedError(f"values are nested more than {DEEPEST} levels deep")
        if isinstance(node, dict | list):
            waiting.extend((each, depth + 1) for each in _parts(node))
        elif isinstance(node, str):
            _check_text(node)
        elif isinstance(node, int | float) and not _usable(node, largest):
            said = f"{node:.6g}" if isinstance(node, float) else "a number of hundreds of digits"
            raise SavedError(f"{said} is no number a plan can use")


def _parts(node: dict[str, Any] | list[Any]) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from node
        yield from node.values()
    else:
        yield from node


def _usable(number: float, largest: float) -> bool:
    return abs(number) <= largest and (isinstance(number, int) or math.isfinite(number))


def _check_text(text: str) -> None:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise SavedError("a text holds half a character (a lone surrogate)") from None


def _refuse_constant(name: str) -> NoReturn:
    raise SavedError(f"{name} is no JSON number")


def _clipped(text: str, most: int = _SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most]}..."
