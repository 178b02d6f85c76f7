"""The project file: `plan.toml`, or `[tool.plan]` in pyproject.toml, found upwards from what is checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn, cast

from planner.document.model import Mapping, Node, Scalar, Sequence, plain
from planner.document.reader import read
from planner.files import real
from planner.finding import Severity
from planner.rules.discovery import is_pattern
from planner.rules.policy import Ignore
from planner.rules.registry import UnknownRuleError, rule

FILE, PYPROJECT, TABLE = "plan.toml", "pyproject.toml", "[tool.plan]"
OFF, NEVER = "off", "never"
LEVELS = tuple(each.value for each in Severity)


class ProjectError(ValueError):
    """A project file that cannot be used; the message names the file, the line and what would be right."""


@dataclass(frozen=True)
class Project:
    """What a project file says; paths in it are seen from `folder`. `path` is empty where there is no such file.

    `folder` is then the root of the repository, or empty where there is none either. `lines` says where each key
    stands.
    """

    path: str = ""
    folder: str = ""
    paths: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    root: str = ""
    baseline: str = ""
    fail_on: str = ""
    min_severity: str = ""
    severity: dict[str, str] = field(default_factory=dict)
    ignore: tuple[Ignore, ...] = ()
    lines: dict[str, int] = field(default_factory=dict)

    def place(self, name: str) -> str:
        """Return a path of the file as seen from the working directory."""
        return os.path.normpath(os.path.relpath(Path(self.folder, name)))


def find(checked: Iterable[str]) -> Project:
    """Return the project of what is checked. Raises ProjectError for a file that cannot be used."""
    folder = _common(checked)
    while True:
        found = _read(folder)
        above = os.path.dirname(folder)  # noqa: PTH120  names alone
        if found is not None:
            return found
        if os.path.lexists(Path(folder, ".git")):
            return Project(folder=folder)
        if above in (folder, ""):
            return Project()
        folder = above


def _common(checked: Iterable[str]) -> str:
    whole = [real(each) for each in checked] or [real(os.curdir)]
    folders = [each if os.path.isdir(each) else os.path.dirname(each) for each in whole]  # noqa: PTH112, PTH120
    try:
        return os.path.commonpath(folders)
    except ValueError:  # two drives
        return folders[0]


def load(path: str) -> Project:
    """Return the project that a file describes. Raises ProjectError."""
    root = _parsed(path)
    table = _table(root) if Path(path).name == PYPROJECT else root
    if table is None:
        _wrong(path, 1, f"it has no {TABLE}")
    return _Reader(path, table).project()


def _read(folder: str) -> Project | None:
    own = Path(folder, FILE)
    if os.path.lexists(own):
        return load(str(own))
    shared = Path(folder, PYPROJECT)
    try:
        if b"[tool.plan" not in shared.read_bytes():
            return None
    except OSError:
        return None
    return load(str(shared)) if _table(_parsed(str(shared))) is not None else None


def _parsed(path: str) -> Mapping:
    document = read(path, "toml")
    errors = [each for each in document.findings if each.severity is Severity.ERROR]
    if errors:
        _wrong(path, errors[0].span.line, errors[0].message)
    return cast("Mapping", document.root)  # of TOML the root is always a table


def _table(root: Mapping) -> Mapping | None:
    tool = root.get("tool")
    found = tool.get("plan") if isinstance(tool, Mapping) else None
    return found if isinstance(found, Mapping) else None


def _wrong(path: str, line: int, said: str) -> NoReturn:
    raise ProjectError(f"{os.path.relpath(path)}:{line}: {said}")


class _Reader:
    """Reads the keys of one table."""

    def __init__(self, path: str, table: Mapping) -> None:
        self._path, self._table = path, table
        self._takes: dict[str, Callable[[str, Node], object]] = {
            "paths": self._texts,
            "exclude": self._patterns,
            **dict.fromkeys(("root", "baseline"), self._text),
            "fail_on": lambda name, node: self._level(name, node, (*LEVELS, NEVER)),
            "min_severity": lambda name, node: self._level(name, node, LEVELS),
            "severity": self._severities,
            "ignore": self._ignores,
        }

    def project(self) -> Project:
        values = {}
        for entry in self._table.entries:
            self._known(entry.name, self._takes, entry.key)
            values[entry.name] = self._takes[entry.name](entry.name, entry.node)
        lines = {entry.name: entry.key.span.line for entry in self._table.entries}
        folder = str(Path(self._path).parent)
        return Project(path=self._path, folder=folder, lines=lines, **values)  # type: ignore[arg-type]

    def _wrong(self, node: Node, said: str) -> NoReturn:
        _wrong(self._path, node.span.line, said)

    def _known(self, name: str, known: Iterable[str], node: Node) -> None:
        if name not in known:
            close = get_close_matches(name, list(known), 1)
            hint = f"did you mean `{close[0]}`?" if close else f"the keys are {', '.join(known)}"
            self._wrong(node, f"there is no key `{name}`; {hint}")

    def _text(self, name: str, node: Node | None) -> str:
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or not node.value:
            self._wrong(node or self._table, f"{name} is a text")
        return node.value

    def _texts(self, name: str, node: Node) -> tuple[str, ...]:
        if not isinstance(node, Sequence):
            self._wrong(node, f'{name} is a list of texts, such as ["sites"]')
        return tuple(self._text(name, item) for item in node.items)

    def _patterns(self, name: str, node: Node) -> tuple[str, ...]:
        patterns = self._texts(name, node)
        if wrong := [each for each in patterns if not is_pattern(each)]:
            self._wrong(node, f"{name}: {wrong[0]!r} is no pattern as in .gitignore, such as old/*.yaml")
        return patterns

    def _level(self, name: str, node: Node, allowed: tuple[str, ...]) -> str:
        if plain(node) not in allowed:
            self._wrong(node, f"{name} is one of {', '.join(allowed)}")
        return str(plain(node))

    def _rule(self, name: str, node: Node) -> str:
        try:
            rule(name)
        except UnknownRuleError as error:
            self._wrong(node, str(error))
        return name

    def _severities(self, name: str, node: Node) -> dict[str, str]:
        if not isinstance(node, Mapping):
            self._wrong(node, f'{name} is a table of rules, such as {{ out-of-range = "warning" }}')
        return {
            self._rule(entry.name, entry.key): self._level(entry.name, entry.node, (*LEVELS, OFF))
            for entry in node.entries
        }

    def _ignores(self, name: str, node: Node) -> tuple[Ignore, ...]:
        if not isinstance(node, Sequence):
            self._wrong(node, f"{name} is a list of tables with rule and reason: write [[{name}]]")
        return tuple(self._ignore(item) for item in node.items)

    def _ignore(self, node: Node) -> Ignore:
        if not isinstance(node, Mapping):
            self._wrong(node, 'an entry of ignore is a table, such as { rule = "out-of-range", reason = "why" }')
        for entry in node.entries:
            self._known(entry.name, ("rule", "paths", "reason", "until"), entry.key)
        named = {entry.name: entry.node for entry in node.entries}
        if "rule" not in named or "reason" not in named:
            self._wrong(node, "an entry of ignore needs rule and reason")
        ignore = Ignore(
            self._rule(self._text("rule", named["rule"]), named["rule"]),
            self._text("reason", named["reason"]),
            str(plain(named["until"])) if "until" in named else "",
            node.span._replace(path=os.path.relpath(self._path)),
            None,
            self._patterns("paths", named["paths"]) if "paths" in named else (),
        )
        if ignore.until and ignore.last_day is None:
            self._wrong(named["until"], "until is a day, such as 2027-01-31")
        return ignore


def described(project: Project, given: dict[str, str]) -> str:
    """Return what is in force and from where; `given` is what options say, by key of the project file."""
    rows = [(name, *_said(project, given, name, default)) for name, default in DEFAULTS.items()]
    widths = [max(len(row[at]) for row in rows) for at in (0, 1)]
    head = f"project file: {os.path.relpath(project.path) if project.path else 'none'}\n"
    return head + "".join(f"{row[0]:<{widths[0]}}  {row[1]:<{widths[1]}}  {row[2]}\n" for row in rows)


DEFAULTS = {
    "paths": "what is named",
    "exclude": "nothing but what .gitignore says",
    "root": "none",
    "baseline": "none",
    "fail_on": "error, unless a deployment's policy says otherwise",
    "min_severity": "info",
    "severity": "as each rule says",
    "ignore": "none",
}


def _said(project: Project, given: dict[str, str], name: str, default: str) -> tuple[str, str]:
    if given.get(name):
        return given[name], "option"
    if name in project.lines:
        return _shown(getattr(project, name)), f"{os.path.relpath(project.path)}:{project.lines[name]}"
    return default, "default"


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}={level}" for name, level in value.items()) or "none"
    if isinstance(value, tuple):
        return ", ".join(each.rule if isinstance(each, Ignore) else str(each) for each in value) or "none"
    return str(value)
