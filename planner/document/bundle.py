"""Bundles of a host, and paths below a root as the host sees them: absolute links lead to the root."""

from __future__ import annotations

import re
import stat
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from planner.document.model import Document, Entry, Mapping, Scalar
from planner.document.reader import file_bytes, parse, unreadable
from planner.document.text import Decoded, RefusedError, byte_text, escape, fault, refuse
from planner.finding import Finding, Span
from planner.wording import wording

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


# What `plan collect`'s script prints: the sections of one host, each with its checksum.
#
# A bundle comes from a machine nobody here vouches for. Every line of content begins with `|`, so no content can
# pass for a section; a section whose checksum is wrong, whose path leads anywhere but down from `/`, or that
# stands there twice is passed over with a finding. What the script masked is taken for not said.

MAGIC = "plan-bundle"
VERSION = "1"
MASK = "********"
MOST_SECTIONS = 5_000
MOST_FINDINGS = 20
LONGEST_PATH = 1_024

_TITLE = re.compile(
    r"(?P<kind>output|listing|folder) (?P<name>.+)|(?P<file>file) (?P<mode>[-a-zA-Z]{10}) (?P<path>/.*)"
    r"|(?P<link>link) (?P<from>/.*?) -> (?P<to>.+)|(?P<none>none) (?P<what>.+)"
)
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
_EMPTY = b"empty"
_UNKNOWN = b"unknown"
_WHY = {
    "may not be read": wording("it may not be read"),
    "may not be listed": wording("it may not be listed"),
    "its name holds control characters": wording("its name holds control characters"),
    "no login to the database without a prompt": wording("the database lets nobody in without a password"),
    "more than 50000 lines": wording("it has more than 50,000 lines"),
}
"""Why the script says nothing, in its words and in ours."""


class Section(NamedTuple):
    """One section: its kind (`file`, `link`, `folder`, `output`, `listing`, `none`), its name and what it holds.

    `more` is a file's mode as `ls -l` shows it, or where a link leads; `line` is the line of its title.
    """

    kind: str
    name: str
    more: str
    text: str
    line: int


def posix_checksum(data: bytes) -> tuple[int, int]:
    """Return the checksum and length that POSIX `cksum` prints (CRC of the bytes, then of their number)."""
    length, tail = len(data), bytearray()
    while length:
        tail.append(length & 255)
        length >>= 8
    # zlib computes the same polynomial with the bits of each byte, and of the result, the other way round.
    crc = zlib.crc32((data + bytes(tail)).translate(_REVERSED), 0xFFFFFFFF)
    return int(f"{crc:032b}"[::-1], 2), len(data)


def read_bundle(decoded: Decoded, path: str) -> tuple[Mapping, tuple[Finding, ...]]:
    """Return the sections of a bundle by title; each value is the section's text."""
    reading = _Reading(path)
    lines = decoded.data.removesuffix(b"\n").split(b"\n")
    if lines[0].endswith(b"\r"):  # the whole text was carried over in another system's way
        lines = [line.removesuffix(b"\r") for line in lines]
    _check_version(lines[0], path)
    for number, line in enumerate(lines[1:], 2):
        reading.take(line, number)
    reading.finish(len(lines))
    span = Span(path, 1, 1, len(lines), len(lines[-1]) + 1)
    return Mapping(tuple(reading.entries), span, ""), tuple(reading.findings)


def sections(root: Mapping) -> list[Section]:
    """Return the sections of a bundle as read, in its order."""
    return [_section(entry) for entry in root.entries if isinstance(entry.node, Scalar)]


def _check_version(first: bytes, path: str) -> None:
    name, _, version = byte_text(first).partition(" ")
    if name != MAGIC or version.strip() != VERSION:
        message = wording(
            "this is no bundle of version {version}: it begins with {first}",
            version=VERSION,
            first=repr(byte_text(first)[:40]),
        )
        hint = wording("Run the script that this version's `plan collect` prints.")
        raise refuse("unreadable-file", Span.at(path, 1, 1), message, hint=hint)


@dataclass
class _Reading:
    """The state of one reading: the section that is open, and the ledger of those that were closed."""

    path: str
    entries: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ledger: list[bytes] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    title: bytes | None = None
    begin: int = 0
    content: list[bytes] = field(default_factory=list)
    ended: bool = False

    def take(self, line: bytes, number: int) -> None:
        if line.startswith(b"|") and self.title is not None:
            self.content.append(line)
        elif line.startswith(b"@sum ") and self.title is not None:
            self._close(line[5:].strip())
        elif line.startswith(b"@bundle ") and not self.ended:
            self._end(line[8:].strip(), number)
        elif line.startswith(b"@") and not self.ended:
            self._open(line[1:], number)
        elif line.strip() or self.title is not None:
            self.damaged(number, wording("this line belongs to no section"))

    def finish(self, last: int) -> None:
        if not self.ended:
            self.title = None
            self.damaged(last, wording("the bundle is cut off: its last line is missing"))

    def damaged(self, line: int, message: str) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(fault("bundle-damaged", Span.at(self.path, line, 1), message))

    def _open(self, title: bytes, number: int) -> None:
        if self.title is not None:
            self.damaged(self.begin, wording("the section is not closed by its checksum"))
        if len(self.ledger) >= MOST_SECTIONS:
            message = wording("the bundle has more than {most} sections", most=f"{MOST_SECTIONS:,}")
            raise refuse("too-many-values", Span.at(self.path, number, 1), message)
        self.title, self.begin, self.content = title, number, []

    def _close(self, said: bytes) -> None:
        title, self.title = self.title or b"", None
        self.ledger.append(b"@%b %b\n" % (title, said))
        data = b"".join(line + b"\n" for line in self.content)
        if said == _UNKNOWN:
            message = wording("the host has no `cksum`: whether this section is whole is not known")
            self.findings.append(fault("bundle-incomplete", Span.at(self.path, self.begin, 1), message))
        elif said != (b"%d %d" % posix_checksum(data) if data else _EMPTY):
            self.damaged(self.begin, wording("the section's checksum does not fit its content; it is passed over"))
            return
        self._keep(byte_text(title))

    def _keep(self, title: str) -> None:
        match, place = _TITLE.fullmatch(title), Span.at(self.path, self.begin, 1, len(title) + 1)
        kind = match and (match["kind"] or match["file"] or match["link"] or match["none"])
        if kind == "none":
            what, _, why = title[5:].rpartition(": ")
            message = wording("{what} was not collected: {why}", what=what[:200], why=_WHY.get(why, repr(why[:60])))
            self.findings.append(fault("bundle-incomplete", place, message))
            return
        if match is None or not kind:
            self.damaged(self.begin, wording("there is no section {title}", title=repr(title[:60])))
            return
        named = match["path"] or match["from"] or (match["name"] if kind in {"folder", "listing"} else "")
        identity = f"{kind} {named or match['name']}"
        if (named and not _is_sound(named)) or not title.isprintable():
            self.damaged(self.begin, wording("{path} is no path of a host; it is passed over", path=repr(title[:60])))
        elif identity in self.seen:
            self.damaged(self.begin, wording("{name} stands here twice; this one is passed over", name=identity))
        else:
            self.seen.add(identity)
            self.entries.append(_entry(self.path, title, self.begin, self.content))

    def _end(self, said: bytes, number: int) -> None:
        self.ended = True
        if self.title is not None:
            self.damaged(self.begin, wording("the section is not closed by its checksum"))
            self.title = None
        count = b"%d" % len(self.ledger)
        if said not in {count, b"%b %d %d" % (count, *posix_checksum(b"".join(self.ledger)))}:
            self.damaged(number, wording("sections are missing, or others than the script wrote stand here"))


def _is_sound(path: str) -> bool:
    """Tell whether a path leads down from the root of a host."""
    parts = path.split("/")[1:]
    down = path.startswith("/") and len(path) <= LONGEST_PATH
    return down and all(part not in {"", ".", ".."} for part in parts)


def _entry(path: str, title: str, line: int, content: list[bytes]) -> Entry:
    text = "".join(f"{_shown(byte_text(each[1:]))}\n" for each in content)
    pointer = f"/{escape(title)}"
    key = Scalar(title, title, Span.at(path, line, 1, len(title) + 1), pointer)
    span = Span(path, line + 1, 2, line + max(len(content), 1), 2)
    return Entry(title, key, Scalar(text, text, span, pointer))


def _shown(line: str) -> str:
    """Return a line of content; one that was masked is empty, so that the lines after it keep their numbers."""
    return "" if MASK in line else line


def _section(entry: Entry) -> Section:
    match, node = _TITLE.fullmatch(entry.name), entry.node
    if match is None or not isinstance(node, Scalar):  # pragma: no cover  the reader lets no other title in
        raise ValueError(entry.name)
    line, text = entry.key.span.line, node.text
    if match["file"]:
        return Section("file", match["path"], match["mode"], text, line)
    if match["link"]:
        return Section("link", match["from"], match["to"], text, line)
    return Section(match["kind"], match["name"], "", text, line)
