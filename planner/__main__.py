"""The program: `plan`, and `python -m planner`."""

import gc
import signal

from planner.later import read_later

# A short run leaves no garbage worth looking for among all that was imported; that took a tenth of its time.
gc.set_threshold(100_000)
read_later("bz2", "ipaddress", "linecache", "lzma", "ntpath", "subprocess", "textwrap", "tokenize")
# Until `planner.cli` listens an interrupt ends the program without a word, as other signals do.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

from planner.cli import run as main  # noqa: E402  what stands above comes first

__all__ = ["main"]

if __name__ == "__main__":
    main()
