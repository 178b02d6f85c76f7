"""What is needed: the capacity model.

`size(deployment)` returns a `Sizing`: every figure with its range, formula and sources.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.sizing.api import size
    from planner.sizing.result import ImpossibleInput, Sizing

__all__ = ["ImpossibleInput", "Sizing", "size"]
_PLACES = {"ImpossibleInput": "result", "Sizing": "result", "size": "api"}


def __getattr__(name: str) -> Any:  # noqa: ANN401  a module's attribute
    """Import what is asked for, when it is asked for: the model costs start-up time."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  the same

    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
