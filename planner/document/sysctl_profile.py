"""Which program applies sysctl settings, in which order it reads its folders, and how it reads a file.

Sources: systemd 219 with Red Hat's patch d2deeea1d5 ("bring back /etc/sysctl.conf"), systemd 239 and later,
procps 3.3.10 and procps 4 (`sysctl --system`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.document.sysctl_reader import PROCPS, PROCPS_3, SYSTEMD, SYSTEMD_219

if TYPE_CHECKING:
    from planner.document.sysctl_reader import SysctlReader

_ETC, _RUN, _LOCAL = "/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d"
_USR, _LIB = "/usr/lib/sysctl.d", "/lib/sysctl.d"

MAIN = "/etc/sysctl.conf"


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to apply settings: of files with one name only that in the first folder counts."""

    name: str
    folders: tuple[str, ...]
    main_last: bool
    reader: SysctlReader
    hidden: bool = False


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("el7-boot", (_ETC, _RUN, _LOCAL, _USR, _LIB), main_last=True, reader=SYSTEMD_219),
        Profile("el8-boot", (_ETC, _RUN, _LOCAL, _USR, _LIB), main_last=False, reader=SYSTEMD),
        Profile("procps-system", (_RUN, _ETC, _LOCAL, _USR, _LIB), True, PROCPS_3, hidden=True),
        Profile("procps4-system", (_ETC, _RUN, _LOCAL, _USR, _LIB), True, PROCPS, hidden=True),
    )
}
"""`el7-boot` and `el8-boot` are systemd-sysctl at boot, `procps-system` is `sysctl --system` of CentOS 7,
`procps4-system` that of Debian 12 and Enterprise Linux 10."""
