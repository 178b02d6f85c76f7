"""The program: `plan`, and `python -m planner`."""

from __future__ import annotations

from planner.cli import run as main

__all__ = ["main"]

if __name__ == "__main__":
    main()
