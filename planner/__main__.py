"""The program: `plan`, and `python -m planner`."""

import signal

# Until `planner.cli` listens an interrupt ends the program without a word, as other signals do.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from planner.cli import run as main

__all__ = ["main"]

if __name__ == "__main__":
    main()
