"""The exit codes every command keeps."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a run of `plan` tells the shell."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
