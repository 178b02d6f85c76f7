"""Capacity planning and configuration validation for VOS3000 softswitches.

The library behind the commands::

    from planner import Deployment, size, validate

    sizing = size(Deployment.from_mapping({"traffic": {"cps": 100, "codecs": "g729"}}))
    sizing.value("traffic.concurrent_calls_peak")
    sizing.plan.status, sizing.plan.servers.total, sizing.plan.certainty
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.deployment import Deployment
    from planner.rules.validation import validate
    from planner.sizing.api import plan, size
    from planner.sizing.plan import Plan

__all__ = ["Deployment", "Plan", "plan", "size", "validate"]
_PLACES = {
    "Deployment": "planner.deployment",
    "Plan": "planner.sizing.plan",
    "plan": "planner.sizing.api",
    "size": "planner.sizing.api",
    "validate": "planner.rules.validation",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401  a module's attribute
    """Import what is asked for, when it is asked for: a command pays only for what it uses."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415  the same

    return getattr(import_module(_PLACES[name]), name)
