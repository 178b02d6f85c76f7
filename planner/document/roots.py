"""Paths below a root folder as the server sees them: absolute links lead to the root, never out of it."""

from __future__ import annotations

import stat
from pathlib import Path, PurePosixPath

from planner.document.faults import RefusedError
from planner.document.model import Document
from planner.document.reader import file_bytes, parse, unreadable

NULL = PurePosixPath("/dev/null")
_MOST_LINKS = 40


class Root:
    """A folder that stands for `/` of a server."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)

    @classmethod
    def of(cls, given: str | Path | Root) -> Root:
        """Return the root a folder stands for, or the root itself."""
        return given if isinstance(given, Root) else cls(given)

    def real(self, path: str | PurePosixPath) -> PurePosixPath | None:
        """Return where a server path leads once links are followed; None where links never end.

        `..` never climbs above the root, and the target of an absolute link is a path below the root.
        """
        pending = list(reversed(_parts(PurePosixPath("/") / path)))
        at: list[str] = []
        links = 0
        while pending:
            part = pending.pop()
            if part == "..":
                at = at[:-1]
                continue
            at.append(part)
            target = self._target(at)
            if target is None:
                continue
            links += 1
            if links > _MOST_LINKS:
                return None
            at = [] if target.is_absolute() else at[:-1]
            pending.extend(reversed(_parts(target)))
        return PurePosixPath("/", *at)

    def place(self, path: PurePosixPath) -> Path:
        """Return the path on this machine of a server path in which links are already followed."""
        return self.folder.joinpath(*_parts(path))

    def file(self, path: str | PurePosixPath) -> Path | None:
        """Return the regular file of this machine a server path leads to; None where there is none below the root.

        Every file of a root is opened by this path: links are followed inside the root, and nowhere else.
        """
        real = self.real(path)
        place = None if real is None else self.place(real)
        return place if place is not None and self.is_file(place) else None

    def is_file(self, place: Path) -> bool:
        """Tell whether a place below the root is a regular file; reading one that cannot be looked at says why."""
        try:
            return stat.S_ISREG(place.stat().st_mode)
        except PermissionError:
            return True
        except OSError:
            return False

    def is_folder(self, place: Path) -> bool:
        """Tell whether a place below the root is a folder; of one that cannot be looked at `refused` says why."""
        try:
            return stat.S_ISDIR(place.stat().st_mode)
        except PermissionError:
            return True
        except OSError:
            return False

    def content(self, place: Path, name: str) -> bytes:
        """Return a file's bytes; `name` stands for it in messages. Raises `RefusedError`."""
        return file_bytes(place, name)

    def read(self, place: Path, kind: str) -> Document:
        """Return a file as a document of format `kind`."""
        name = str(place)
        try:
            return parse(self.content(place, name), name, kind)
        except RefusedError as error:
            return Document(name, kind, "", None, (error.finding,))

    def names(self, path: str | PurePosixPath) -> list[str]:
        """Return the names in a folder of the server in byte order; none where it is no readable folder."""
        real = self.real(path)
        try:
            entries = [] if real is None else [entry.name for entry in self.place(real).iterdir()]
        except OSError:
            return []
        return sorted(entries, key=byte_order)

    def refused(self, path: str | PurePosixPath) -> Document | None:
        """Return a document that says why the names in a folder of the server cannot be told; None where they can."""
        real = self.real(path)
        place = None if real is None else self.place(real)
        try:
            if place is not None and self.is_folder(place):
                next(place.iterdir(), None)
        except PermissionError as error:
            return Document(str(place), "unknown", "", None, (unreadable(str(place), error).finding,))
        except OSError:
            return None
        return None

    def _target(self, parts: list[str]) -> PurePosixPath | None:
        """Return what a symbolic link points to; None where the path is no link."""
        try:
            return PurePosixPath(self.folder.joinpath(*parts).readlink())
        except (OSError, ValueError):
            return None


_DROP_INS = tuple(Path(each).parts for each in ("usr/local/lib/sysctl.d", "usr/lib/sysctl.d", "lib/sysctl.d"))
_DROP_INS += (("etc", "sysctl.d"), ("run", "sysctl.d"))


def drop_ins(folder: Path) -> list[Path]:
    """Return the files of a sysctl.d folder that are read, in byte order of their names.

    Where the folder stands in its place below a root (`ROOT/etc/sysctl.d`), links are followed inside that root.
    """
    whole = folder.absolute().parts
    place = next((each for each in _DROP_INS if whole[-len(each) :] == each), None)
    files = sorted(folder.glob("*.conf"), key=lambda each: byte_order(each.name))
    if place is None:
        return files
    root, below = Root(Path(*whole[: -len(place)])), PurePosixPath(*place)
    return [(root.file(below / each.name) or each) if each.is_symlink() else each for each in files]


def byte_order(name: str) -> bytes:
    """Return the key that sorts names the way C programs do: byte by byte."""
    return name.encode(errors="surrogateescape")


def _parts(path: PurePosixPath) -> tuple[str, ...]:
    return tuple(part for part in path.parts if part not in ("/", "//"))
