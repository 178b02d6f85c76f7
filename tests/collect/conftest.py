"""The shells the script has to run in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(params=["dash", "busybox", "bash"])
def shell(request: pytest.FixtureRequest, require: Callable[[str], str]) -> list[str]:
    """Each shell the script has to run in."""
    program = require(request.param)
    return [program, "sh"] if request.param == "busybox" else [program]
