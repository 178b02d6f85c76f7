"""Reading a deployment for the model: numbers, switches and choices, each noted as an input that was used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.sizing.problems import ImpossibleInput, Problem, checked
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.deployment import Deployment

_SWITCHES = {"on": True, "true": True, "with": True, "off": False, "false": False, "without": False}


class Reader:
    """Takes values from a deployment; `used` holds what was found, by name, in base units."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.used: dict[str, Any] = {}

    def value(self, name: str) -> Any:  # noqa: ANN401  whatever was declared
        """Return what is declared under `name`, None where nothing is."""
        declared = self.deployment.values.get(name)
        if declared is None or declared.value is None:
            return None
        self.used[name] = declared.value
        return declared.value

    def number(self, name: str, minimum: float = 0, maximum: float | None = None) -> float | None:
        """Return a declared number. Raises ImpossibleInput for anything else or one outside the range."""
        value = self.value(name)
        if isinstance(value, tuple) and len(value) == 1:
            value = value[0]
        return None if value is None else checked(name, value, minimum, maximum)

    def switch(self, name: str) -> bool | None:
        """Return a declared switch (`with` and `without` are on and off).

        Raises ImpossibleInput for no switch.
        """
        value = self.value(name)
        if value is None or isinstance(value, bool):
            return value
        if value in (0, 1):
            return bool(value)
        known = _SWITCHES.get(str(value).strip().lower())
        if known is None:
            words = wording("with or without") if name == "server.media" else wording("on or off")
            raise ImpossibleInput(Problem(name, wording("{value} is no switch", value=repr(value)), words))
        return known

    def choice(self, name: str, known: Mapping[str, Any], default: str) -> str:
        """Return a declared choice, `default` where none is. Raises ImpossibleInput naming the choices."""
        value = self.value(name)
        text = default if value is None else str(value).strip().lower()
        if text not in known:
            raise ImpossibleInput(Problem(name, wording("{value} is unknown", value=repr(value)), ", ".join(known)))
        return text
