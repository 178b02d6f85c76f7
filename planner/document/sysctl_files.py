"""The sysctl files below a root: which are read, in which order, which are masked or passed over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from planner.document.reader import read
from planner.document.roots import NULL, Root, byte_order
from planner.document.sysctl_profile import MAIN
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planner.document.model import Document
    from planner.document.sysctl_profile import Profile


_NO_CONF = wording("only names that end in .conf are read")


@dataclass(frozen=True, slots=True)
class PassedOver:
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
        elif real is None or not self.root.place(real).is_file():
            self.ignored.append(PassedOver(shown, wording("the link leads nowhere, or to no regular file")))
        else:
            document = self._known.get(real) or read(self.root.place(real), "sysctl")
            self._known[real] = document
            self.documents.append(document)


def collect(root: str | Path, profile: Profile) -> SysctlFiles:
    """Return the files below `root` as one profile reads them."""
    top = Root(root)
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
        for name in root.names(folder):
            path = PurePosixPath(folder, name)
            if not name.endswith(".conf") or (name.startswith(".") and not profile.hidden):
                files.ignored.append(PassedOver(str(root.place(path)), _NO_CONF))
            elif name in chosen:
                reason = wording("{path} has the same name and takes its place", path=str(root.place(chosen[name])))
                files.ignored.append(PassedOver(str(root.place(path)), reason))
            else:
                chosen[name] = path
    yield from (chosen[name] for name in sorted(chosen, key=byte_order))
    yield from _main(root, profile, files, set(chosen.values()))


def _main(root: Root, profile: Profile, files: SysctlFiles, chosen: set[PurePosixPath]) -> Iterator[PurePosixPath]:
    main = root.real(MAIN)
    if main is None or not root.place(main).is_file():
        return
    if profile.main_last:
        yield PurePosixPath(MAIN)
    elif main not in {root.real(path) for path in chosen}:
        reason = wording("it is read only through a link in sysctl.d, such as 99-sysctl.conf")
        files.ignored.append(PassedOver(str(root.place(main)), reason))
