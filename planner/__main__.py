"""The program: `plan`, and `python -m planner`."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from planner.cli import run

    run()


if __name__ == "__main__":
    main()
