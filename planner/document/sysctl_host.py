"""Sysctl settings of a host: which program applies them, in which order it reads, and what is in force.

Sources: systemd 219 with Red Hat's patch d2deeea1d5 ("bring back /etc/sysctl.conf"), systemd 239 and later,
procps 3.3.10 and procps 4 (`sysctl --system`).
"""

import fnmatch
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from planner.document.bundle import NULL, Root, byte_order
from planner.document.model import Document
from planner.document.sysctl import PROCPS, PROCPS_3, SYSTEMD, SYSTEMD_219, Assignment, SysctlReader, scan, swapped
from planner.document.text import RefusedError, decode
from planner.finding import Finding
from planner.wording import wording

_ETC, _RUN, _LOCAL = "/etc/sysctl.d", "/run/sysctl.d", "/usr/local/lib/sysctl.d"
_USR, _LIB = "/usr/lib/sysctl.d", "/lib/sysctl.d"

MAIN = "/etc/sysctl.conf"


class Profile(NamedTuple):
    """One way to apply settings: of files with one name only that in the first folder counts.

    `main_first`: /etc/sysctl.conf before the folders. `left_out`: endings of names that are passed over, where all
    others are read; without them only `.conf` is. `units`: systemd starts the host; where scripts
    do, its sysctl knows no --system.
    """

    name: str
    folders: tuple[str, ...]
    main_last: bool
    reader: SysctlReader
    hidden: bool = False
    main_first: bool = False
    left_out: tuple[str, ...] = ()
    units: bool = True

    def takes(self, name: str) -> bool:
        """Tell whether a file of this name in one of the folders is read."""
        ends = not name.endswith(self.left_out) if self.left_out else name.endswith(".conf")
        return ends and (self.hidden or not name.startswith("."))


_INITSCRIPTS = ("~", ".bak", ".orig", ".rpmnew", ".rpmorig", ".rpmsave")

PROFILES = {
    profile.name: profile
    for profile in (
        Profile("el6-boot", (_ETC,), False, PROCPS_3, main_first=True, left_out=_INITSCRIPTS, units=False),
        Profile("el7-boot", (_ETC, _RUN, _LOCAL, _USR, _LIB), main_last=True, reader=SYSTEMD_219),
        Profile("el8-boot", (_ETC, _RUN, _LOCAL, _USR, _LIB), main_last=False, reader=SYSTEMD),
        Profile("procps-system", (_RUN, _ETC, _LOCAL, _USR, _LIB), True, PROCPS_3, hidden=True),
        Profile("procps4-system", (_ETC, _RUN, _LOCAL, _USR, _LIB), True, PROCPS, hidden=True),
    )
}
"""`el6-boot` is the initscripts of CentOS 6 (`sysctl -p` of each file, read as procps 3.3.10 does: 3.2.8 was not
looked at), `el7-boot` and `el8-boot` are systemd-sysctl at boot, `procps-system` is `sysctl --system` of CentOS 7,
`procps4-system` that of Debian 12 and Enterprise Linux 10."""

DEFAULT_PROFILE = "el7-boot"
"""How sysctl files are read where nothing tells: VOS3000 runs on CentOS 7."""

RELEASE_FILES = ("/etc/centos-release", "/etc/redhat-release")
OS_FILES = ("/etc/os-release", "/usr/lib/os-release")
_EL6, _EL7 = (re.compile(rf"release {each}\.|\.el{each}\b") for each in (6, 7))
_EL6_NAMED, _EL7_NAMED = (re.compile(rf"(?:\bel|centos|red hat|rhel|oracle)\D*{each}\b") for each in (6, 7))
_NEWER = re.compile(r"\bel\d|centos|red hat|rhel|alma|rocky|oracle|debian|ubuntu|stream")
_LATER = re.compile(r"(?:[4-9]|[1-9][0-9])\.")
_ID = re.compile(r'^(?P<key>ID|VERSION_ID|PRETTY_NAME)="?(?P<value>[^"\n]*)"?$', re.MULTILINE)
_ENTERPRISE = frozenset({"centos", "rhel", "ol", "scientific"})


def profile_told(system: str, kernel: str) -> str:
    """Return how a host of this system or kernel reads its sysctl files at boot; empty where neither tells."""
    if _EL6_NAMED.search(system) or _EL6.search(kernel):
        return "el6-boot"
    if _EL7_NAMED.search(system) or _EL7.search(kernel):
        return "el7-boot"
    return "el8-boot" if _LATER.match(kernel) or _NEWER.search(system) else ""


def profile_below(root: Root, kernel: str = "") -> str:
    """Return how a host reads its sysctl files at boot, as its own files tell; as CentOS 7 where nothing does."""
    release = "\n".join((*_texts(root, RELEASE_FILES), kernel))
    system = system_of(next(_texts(root, OS_FILES), ""))
    number = system.get("VERSION_ID", "").split(".")[0] if system.get("ID") in _ENTERPRISE else ""
    if number == "6" or _EL6.search(release):
        return "el6-boot"
    newer = number != "7" and not _EL7.search(release) and (system or release.strip())
    return "el8-boot" if newer else DEFAULT_PROFILE


def system_below(root: Root) -> str:
    """Return the system a host's own files name, such as `rocky 9.4`; empty where none does."""
    system = system_of(next(_texts(root, OS_FILES), ""))
    named = " ".join(filter(None, (system.get("ID"), system.get("VERSION_ID"))))
    return named or next(_texts(root, RELEASE_FILES), "").strip()


def system_of(text: str) -> dict[str, str]:
    """Return what an os-release file says the system is."""
    return {match["key"]: match["value"] for match in _ID.finditer(text)}


def _texts(root: Root, paths: tuple[str, ...]) -> Iterator[str]:
    """Yield what those of the files say that are there; one that cannot be read says nothing."""
    places = (root.file(path) for path in paths)
    yield from (root.read(place, "sysctl").text for place in places if place is not None)


# The sysctl files below a root: which are read, in which order, which are masked or passed over.

_NO_CONF = wording("only names that end in .conf are read")
_LEFT_OVER = wording("the scripts at boot pass over copies that editors and packages leave")


class PassedOver(NamedTuple):
    """A file no program reads, and why."""

    path: str
    reason: str


class SysctlFiles:
    """The files of a root in reading order, each parsed once, and what was passed over."""

    def __init__(self, root: Root) -> None:
        self.root = root
        self.documents: list[Document] = []
        self.masked: list[str] = []
        self.ignored: list[PassedOver] = []
        self._known: dict[PurePosixPath, Document] = {}

    def add(self, path: PurePosixPath) -> None:
        """Read one file of the server, or note why it is not read."""
        shown = str(self.root.place(path))
        real = self.root.real(path)
        if real == NULL:
            self.masked.append(shown)
        elif real is None or (place := self.root.file(real)) is None:
            self.ignored.append(PassedOver(shown, wording("the link leads nowhere, or to no regular file")))
        else:
            document = self._known.get(real) or self.root.read(place, "sysctl")
            self._known[real] = document
            self.documents.append(document)


def collect(root: str | Path | Root, profile: Profile) -> SysctlFiles:
    """Return the files below `root` as one profile reads them."""
    top = Root.of(root)
    files = SysctlFiles(top)
    for path in _in_order(top, profile, files):
        files.add(path)
    return files


def _in_order(root: Root, profile: Profile, files: SysctlFiles) -> Iterator[PurePosixPath]:
    """Yield the files a profile reads, in its order; note those it never looks at."""
    chosen: dict[str, PurePosixPath] = {}
    seen: set[PurePosixPath | None] = set()
    for folder in profile.folders:
        real = root.real(folder)
        if real in seen:
            continue
        seen.add(real)
        if (refused := root.refused(folder)) is not None:
            files.documents.append(refused)
        for name in root.names(folder):
            path = PurePosixPath(folder, name)
            if not profile.takes(name):
                files.ignored.append(PassedOver(str(root.place(path)), _LEFT_OVER if profile.left_out else _NO_CONF))
            elif name in chosen:
                reason = wording("{path} has the same name and takes its place", path=str(root.place(chosen[name])))
                files.ignored.append(PassedOver(str(root.place(path)), reason))
            else:
                chosen[name] = path
    main = list(_main(root, profile, files, set(chosen.values())))
    yield from main if profile.main_first else ()
    yield from (chosen[name] for name in sorted(chosen, key=byte_order))
    yield from () if profile.main_first else main


def _main(root: Root, profile: Profile, files: SysctlFiles, chosen: set[PurePosixPath]) -> Iterator[PurePosixPath]:
    main = root.real(MAIN)
    place = None if main is None else root.file(main)
    if main is None or place is None:
        return
    if profile.main_last or profile.main_first:
        yield PurePosixPath(MAIN)
    elif main not in {root.real(path) for path in chosen} and _scanned(root.read(place, "sysctl"), profile.reader)[0]:
        reason = wording("it is read only through a link in sysctl.d, such as 99-sysctl.conf")
        files.ignored.append(PassedOver(str(root.place(main)), reason))


# Which sysctl assignment is in force, and which one beats each of the others.
#
# `resolve` looks at a whole root as one program would, `resolve_documents` at files in the order given, the
# way `sysctl -p FILE...` does.


class Shadowed(NamedTuple):
    """An assignment that has no effect, and the later one that beats it."""

    assignment: Assignment
    by: Assignment


@dataclass(frozen=True)
class SettingsResolution:
    """What a set of sysctl files comes to.

    `effective` holds one assignment per concrete name, `globs` the patterns in the order they are applied,
    `excluded` the names and patterns no glob may touch.
    """

    reader: SysctlReader
    effective: Mapping[str, Assignment] = field(default_factory=dict)
    globs: tuple[Assignment, ...] = ()
    excluded: tuple[str, ...] = ()
    shadowed: tuple[Shadowed, ...] = ()
    documents: tuple[Document, ...] = ()
    masked: tuple[str, ...] = ()
    ignored: tuple[PassedOver, ...] = ()
    findings: tuple[Finding, ...] = ()

    def assignment(self, name: str) -> Assignment | None:
        """Return what sets the key `name`: its own assignment, or else the last glob that matches."""
        own = self.effective.get(name)
        if own is not None or name in self.excluded:
            return own
        return next((glob for glob in reversed(self.globs) if matches(glob.name, name)), None)


def resolve(root: str | Path | Root, profile: str) -> SettingsResolution:
    """Return what the files below `root` come to under a profile; raises KeyError for an unknown one."""
    chosen = PROFILES[profile]
    files = collect(root, chosen)
    return replace(
        resolve_documents(files.documents, chosen.reader), masked=tuple(files.masked), ignored=tuple(files.ignored)
    )


def resolve_documents(documents: Iterable[Document], reader: SysctlReader = PROCPS) -> SettingsResolution:
    """Return what sysctl documents come to when one program reads them in this order."""
    given = tuple(documents)
    state = _State(reader)
    for document in given:
        state.add(document)
    return SettingsResolution(
        reader=reader,
        effective=state.effective,
        globs=tuple(state.globs.values()),
        excluded=tuple(state.excluded),
        shadowed=tuple(state.shadowed),
        documents=given,
        findings=tuple(state.findings),
    )


def matches(pattern: str, name: str) -> bool:
    """Tell whether a glob over key names covers a concrete name; `*` stays within one part of the name."""
    wanted, given = swapped(pattern).split("/"), swapped(name).split("/")
    return len(wanted) == len(given) and all(map(_part_matches, given, wanted))


def _part_matches(name: str, pattern: str) -> bool:
    """Tell whether one part matches as in a folder: a leading dot is matched by a dot alone."""
    return fnmatch.fnmatchcase(name, pattern) and name.startswith(".") <= pattern.startswith(".")


class _State:
    """What is in force while files are read one after the other."""

    def __init__(self, reader: SysctlReader) -> None:
        self.reader = reader
        self.effective: dict[str, Assignment] = {}
        self.globs: dict[str, Assignment] = {}
        self.excluded: dict[str, None] = {}
        self.shadowed: list[Shadowed] = []
        self.findings: dict[Finding, None] = {}

    def add(self, document: Document) -> None:
        assignments, found = _scanned(document, self.reader)
        self.findings.update(dict.fromkeys(found))
        for item in assignments:
            if item.value is None:
                self._exclude(item)
            else:
                self._assign(item)

    def _exclude(self, item: Assignment) -> None:
        self.excluded[item.name] = None
        beaten = self.effective.pop(item.name, None) if self.reader.exclusion_unsets else None
        if beaten is not None:
            self.shadowed.append(Shadowed(beaten, item))

    def _assign(self, item: Assignment) -> None:
        target = self.globs if self.reader.globs and item.is_glob else self.effective
        beaten = target.get(item.name)
        if beaten is not None and not (self.reader.repeats_stay and _same(beaten, item)):
            del target[item.name]
        target[item.name] = item
        if beaten is not None and beaten.key.span != item.key.span:
            self.shadowed.append(Shadowed(beaten, item))


def _same(one: Assignment, other: Assignment) -> bool:
    return one.value is not None and other.value is not None and one.value.text == other.value.text


def _scanned(document: Document, reader: SysctlReader) -> tuple[tuple[Assignment, ...], tuple[Finding, ...]]:
    """Return a document's assignments as one program finds them."""
    if document.root is None:
        return (), document.findings
    marked = any(finding.rule == "byte-order-mark" for finding in document.findings)
    text = "\ufeff" * marked + document.text
    try:
        decoded = decode(text, document.path, "sysctl")
    except RefusedError as error:  # pragma: no cover  a text was decoded before, so it can be decoded again
        return (), (error.finding,)
    return scan(decoded, document.path, reader)
