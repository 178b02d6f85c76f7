"""What compiled formulas find under the names they use: the functions of their language, and the tables."""

from __future__ import annotations

from typing import Any

from planner.sizing.constants import tables


def bind(namespace: dict[str, Any], functions: Any) -> None:  # noqa: ANN401  a module of functions
    """Put the functions of the formula language and the tables where compiled code looks for them."""
    namespace.update((name, value) for name, value in vars(functions).items() if not name.startswith("_"))
    namespace.update((f"table_{name}", table) for name, table in tables().items())
