"""How the programs that read sysctl files differ: line length, `-` and globs, empty values, what ends a line.

Behaviour as read from their sources and compared with the programs themselves: systemd 219 as Red Hat
Enterprise Linux 7 ships it, systemd since 245, procps 3.3.10 (CentOS 7) and procps 4 (Debian 12).
"""

from __future__ import annotations

from dataclasses import dataclass

_UNLIMITED = 1 << 20


@dataclass(frozen=True, slots=True)
class SysctlReader:
    """One program's reading of a sysctl file.

    `longest_line` is in bytes, its end included; what follows is read as a line of its own.
    `ends` are the characters beside the line feed that end a line. `dash` tells whether a leading `-` means
    "ignore errors", `dashes` how many of them are dropped, `globs` whether `*` stands for several keys,
    `empty` whether `key =` writes an empty value, `glob_exclusions` whether `-key` may hold a glob too,
    `exclusion_unsets` whether `-key` undoes what the key was set to before, `lenient_keys` whether blanks
    behind a leading `-` and a separator at the end of a key are dropped, `repeats_stay` whether a line that
    repeats an earlier one is passed over, so that a glob keeps its place among the others.
    """

    name: str
    longest_line: int = _UNLIMITED
    ends: str = ""
    space: str = " \t\n\r"
    dash: bool = True
    globs: bool = True
    empty: bool = True
    dashes: int = 1
    glob_exclusions: bool = False
    exclusion_unsets: bool = False
    lenient_keys: bool = False
    repeats_stay: bool = False


SYSTEMD_219 = SysctlReader("systemd-sysctl 219", 2047, dash=False, globs=False)
SYSTEMD = SysctlReader("systemd-sysctl", ends="\r\0", exclusion_unsets=True, lenient_keys=True, repeats_stay=True)
PROCPS_3 = SysctlReader("sysctl (procps 3.3.10)", 4095, dash=False, globs=False, empty=False)
PROCPS = SysctlReader("sysctl (procps)", space=" \t\n\v\f\r", dashes=2, glob_exclusions=True)
