"""Numbers that replace the model's own by name: assumed, or measured in a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.sizing.constants import defaults
from planner.sizing.numbers import Assumption, Range
from planner.sizing.problems import ImpossibleInput, Problem, checked
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.deployment import Deployment

PROFILE_SCHEMA = "profile-v1"
SECTION = "assumptions"
# A figure's name stands for the input it would be declared with.
_INPUTS = {"traffic.cps": "given.cps", "traffic.busy_hour_profile": "traffic.load_factor"}
_HOURS = 24
_CASES = 3


def overrides(
    deployment: Deployment, assume: Mapping[str, Any], profile: Mapping[str, Any] | None, inputs: Mapping[str, str]
) -> tuple[dict[str, Assumption], tuple[str, ...]]:
    """Return replaced numbers by name, and remarks on measured ones the model has no use for.

    `inputs` gives the unit of the leaves that are no assumptions by themselves. Raises ImpossibleInput for an
    unknown name or an impossible number.
    """
    replaced, remarks = _measured(profile, inputs) if profile else ({}, ())
    section = ((item.name.removeprefix(f"{SECTION}."), item.value) for item in deployment.under(SECTION))
    for name, value in (*section, *assume.items()):
        leaf = _INPUTS.get(name, name)
        if leaf not in defaults() and (leaf not in inputs or inputs[leaf] == "flag"):
            raise ImpossibleInput(
                Problem(name, wording("there is no such assumption"), _close(name, (*defaults(), *inputs)))
            )
        replaced[leaf] = _assumption(leaf, _range(name, value), inputs, "assumed")
    return replaced, remarks


def _close(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415  only needed for a message

    close = get_close_matches(name, list(known), 3, 0.4)
    return ", ".join(close) or wording("see plan explain assumptions")


def _range(name: str, value: Any) -> Range:  # noqa: ANN401  a number, a text, a sequence or a mapping
    low = typical = high = value
    if isinstance(value, str):
        parts = value.split(":")
        cases: tuple[Any, ...] = tuple(_read(name, part) for part in parts)
        low, typical, high = cases if len(cases) == _CASES else (cases[0],) * _CASES
        if len(cases) not in {1, _CASES}:
            raise ImpossibleInput(
                Problem(
                    name,
                    wording("{value} is not understood", value=repr(value)),
                    wording("a number, or low:typical:high"),
                )
            )
    elif isinstance(value, tuple) and len(value) == _CASES:
        low, typical, high = value
    elif hasattr(value, "get"):
        typical = value.get("typical")
        low, high = value.get("low", typical), value.get("high", typical)
    _, default_minimum, default_maximum = _limits(_INPUTS.get(name, name))
    found = Range(*(checked(name, case, default_minimum, default_maximum) for case in (low, typical, high)))
    if not found.low <= found.typical <= found.high:
        raise ImpossibleInput(
            Problem(
                name,
                wording("{low}, {typical}, {high} do not rise", low=low, typical=typical, high=high),
                wording("low <= typical <= high"),
            )
        )
    return found


def _read(name: str, text: str) -> float:
    from planner.catalogue.quantity import parse_quantity  # noqa: PLC0415  the same
    from planner.catalogue.units import QuantityError  # noqa: PLC0415  only texts need reading

    unit = _limits(_INPUTS.get(name, name))[0]
    kind = {"s": "duration", "B": "size", "bit/s": "rate", "ratio": "ratio"}.get(unit, "number")
    try:
        value = parse_quantity("number" if _plain(text) else kind, text)
    except QuantityError as error:
        raise ImpossibleInput(Problem(name, str(error), wording("a number, or low:typical:high"))) from None
    assert isinstance(value, (int, float))  # noqa: S101  the kinds above are numbers
    return value


def _plain(text: str) -> bool:
    return not any(character.isalpha() or character == "%" for character in text.replace("e", "").replace("E", ""))


def _limits(name: str) -> tuple[str, float, float | None]:
    default = defaults().get(name)
    return (default.assumption.unit, default.minimum, default.maximum) if default else ("", 0, None)


def _assumption(name: str, value: Range, inputs: Mapping[str, str], origin: str) -> Assumption:
    default = defaults().get(name)
    return Assumption(
        name=name,
        label=default.assumption.label if default else name,
        range=value,
        unit=default.assumption.unit if default else inputs[name],
        grounds="assumption",
        sources=("assumed by name",),
        replace=default.assumption.replace if default else f"--assume {name}=",
        origin=origin,
    )


def _measured(profile: Mapping[str, Any], inputs: Mapping[str, str]) -> tuple[dict[str, Assumption], tuple[str, ...]]:
    if profile.get("schema") != PROFILE_SCHEMA or not isinstance(profile.get("assumptions"), list):
        raise ImpossibleInput(
            Problem("profile", wording("this is no measured profile"), f'"schema": "{PROFILE_SCHEMA}"')
        )
    found: dict[str, Assumption] = {}
    unused = []
    for entry in profile["assumptions"]:
        name = str(entry.get("name", ""))
        leaf = _INPUTS.get(name, name)
        if leaf not in defaults() and leaf not in inputs:
            unused.append(name)
        else:
            found[leaf] = _measurement(leaf, name, entry, inputs)
    return found, tuple(unused)


def _measurement(leaf: str, name: str, entry: Mapping[str, Any], inputs: Mapping[str, str]) -> Assumption:
    value = entry.get("value")
    cases: tuple[Any, ...] = (entry.get("low", value), value, entry.get("high", value))
    if isinstance(value, list):
        cases = (load_factor(name, value),) * _CASES
    made = _assumption(leaf, _range(name, cases), inputs, "measured")
    source = str(entry.get("source") or "measured profile")
    return made._replace(grounds="measured", sources=(source,), samples=int(entry.get("samples") or 0))


def load_factor(name: str, hours: Any) -> float:  # noqa: ANN401  24 numbers
    """Return the mean of 24 hourly loads over the highest. Raises ImpossibleInput for anything else."""
    loads = [checked(name, hour, 0, None) for hour in hours]
    if len(loads) != _HOURS or max(loads) <= 0:
        raise ImpossibleInput(Problem(name, wording("this is no day"), wording("24 numbers of which one is above 0")))
    return sum(loads) / len(loads) / max(loads)
