"""Optional libraries, imported when a target needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from planner.cdr.export.sink import UsageError


def driver(module: str, target: str, extra: str) -> Any:  # noqa: ANN401  drivers are optional and untyped
    """Return a library's module. Raises UsageError naming the extra that installs it."""
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(f"{target} needs {module}: pip install 'vos3000-plan[{extra}]'") from error
