"""Option files with what they include, in the order a server reads them.

`!include` reads one file, `!includedir` the *.cnf files of a folder in byte order; both stay below a given
root that stands for `/` of the server. A missing file is passed over, a missing folder ends the file that
names it; a fatal error in an included file ends that file alone. Ten levels are read. Source:
mysys/my_default.c.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from planner.document.decoding import decode
from planner.document.faults import RefusedError, fault
from planner.document.model import Document
from planner.document.option_file import located
from planner.document.option_grammar import Fatal, Header, Include, Setting, statements
from planner.document.reader import file_bytes, line_count, parse
from planner.document.roots import Root
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.document.option_file import Option
    from planner.document.option_grammar import Statement
    from planner.finding import Finding

DEEPEST = 10
MOST_LINES = 100_000
"""Lines of one reading; a folder whose files include it would otherwise be read 10 times to itself."""

OPTION_FILES = ("etc/my.cnf", "etc/mysql/my.cnf")
"""Option files a server reads below a root, in its order."""

_EXTENSION = ".cnf"


@dataclass(frozen=True)
class OptionFiles:
    """An option file and all it includes: the options in reading order, whatever their group."""

    options: tuple[Option, ...]
    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def read_option_files(path: str | Path, root: str | Path | None = None) -> OptionFiles:
    """Return an option file with its includes below `root`; without a root includes are not followed."""
    reading = _Reading(Root(root) if root is not None else None)
    reading.take(Path(path), 0)
    return OptionFiles(tuple(reading.options), tuple(reading.documents.values()), tuple(reading.findings))


def read_host_options(root: str | Path) -> OptionFiles:
    """Return the option files a server reads below a root, with their includes; empty where it has none."""
    files = [Path(root, name) for name in OPTION_FILES]
    read = [read_option_files(file, root) for file in files if file.is_file()]
    return OptionFiles(
        tuple(option for each in read for option in each.options),
        tuple(document for each in read for document in each.documents),
        tuple(finding for each in read for finding in each.findings),
    )


def unfollowed(document: Document) -> Iterator[Finding]:
    """Yield a finding for each include of an option file that was read alone, without a root."""
    if "!" not in document.text or not document.readable:
        return
    for statement in _said(document.text.encode(), document.path):
        if isinstance(statement, Include):
            yield _unfollowed(statement)


def _unfollowed(include: Include) -> Finding:
    message = wording("{path} is not followed: no root was given", path=include.target)
    return fault("include-not-followed", include.span, message)


@dataclass
class _Reading:
    """The state of one reading."""

    root: Root | None
    options: list[Option] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)
    findings: dict[Finding, None] = field(default_factory=dict)
    said: dict[str, tuple[Statement, ...]] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)
    lines: int = 0

    def take(self, path: Path, level: int) -> None:
        """Read one file; where it is refused, only what stood before the refusal counts, as in the server."""
        shown = str(path)
        if shown not in self.documents:
            self._read(path, shown)
        self.lines += line_count(self.documents[shown].text)
        self.open.append(shown)
        self._take(self.said.get(shown, ()), level)
        self.open.pop()

    def _read(self, path: Path, shown: str) -> None:
        try:
            data = file_bytes(path, shown)
        except RefusedError as error:
            document = Document(shown, "option-file", "", None, (error.finding,))
        else:
            document = parse(data, shown, "option-file")
            # Of a file refused for its length nothing counts; of another what stands before the refusal.
            self.said[shown] = tuple(_said(data, shown)) if document.text else ()
        self.documents[shown] = document
        self.findings.update(dict.fromkeys(document.findings))

    def _take(self, said: tuple[Statement, ...], level: int) -> None:
        group = ""
        for statement in said:
            match statement:
                case Header():
                    group = statement.group.lower()
                case Setting():
                    self.options.append(located(group, statement))
                case Include() if not self._include(statement, level):
                    return
                case _:
                    pass

    def _include(self, include: Include, level: int) -> bool:
        """Read what a directive names; return whether the reader goes on with the file."""
        if self.root is None:
            self.findings[_unfollowed(include)] = None
        elif level >= DEEPEST:
            self._note(
                "missing-include", include, wording("is passed over: it stands over {most} levels deep", most=DEEPEST)
            )
        elif include.is_folder:
            return self._folder(self.root, include, level)
        else:
            self._file(self.root, PurePosixPath(include.target), include, level)
        return True

    def _folder(self, root: Root, include: Include, level: int) -> bool:
        folder = PurePosixPath(include.target)
        real = root.real(folder)
        if real is None or not root.place(real).is_dir():
            self._note("missing-include-folder", include, wording("is no folder below the root: the file is refused"))
            return False
        for name in root.names(folder):
            if name.endswith(_EXTENSION):
                self._file(root, folder / name, include, level)
        return True

    def _file(self, root: Root, path: PurePosixPath, include: Include, level: int) -> None:
        real = root.real(path)
        place = root.place(real) if real is not None else None
        if place is None or not place.is_file():
            what = wording("does not exist below the root; the server passes over it")
            self._note("missing-include", include, what, path)
            return
        shown = str(place)
        if shown in self.open:
            what = wording("includes itself; the server stops after ten levels")
            self._note("missing-include", include, what, path)
        if self.lines > MOST_LINES:
            most = f"{MOST_LINES:,}"
            what = wording("is not read: what stands before it has more than {most} lines", most=most)
            self._note("too-many-values", include, what, path)
        else:
            self.take(place, level + 1)

    def _note(self, rule: str, include: Include, state: str, path: PurePosixPath | None = None) -> None:
        """Note the state of what a directive names, or of one file in the folder it names."""
        named = include.target if path is None or not include.is_folder else str(path)
        self.findings[fault(rule, include.span, wording("{path} {what}", path=named, what=state))] = None


def _said(data: bytes, path: str) -> Iterator[Statement]:
    """Yield the statements of a file up to what its reader refuses."""
    try:
        decoded = decode(data, path, "option-file")
    except RefusedError:
        return
    for statement in statements(decoded, path):
        if isinstance(statement, Fatal):
            return
        yield statement
