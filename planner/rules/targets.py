"""What one run validates: files, folders, `sysctl.d` folders as one, and a whole host below a root."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STDIN = "-"
DROP_INS = "sysctl.d"
SETTINGS = frozenset({".yaml", ".yml", ".json", ".toml", ".conf", ".cnf", ".txt", ""})
"""Endings of files that are looked at in a folder; a file that is named is looked at whatever it ends in."""

SKIPPED = frozenset({"__pycache__", "node_modules"})


class Target(NamedTuple):
    """One thing to validate.

    `kind` is `file`, `drop-ins` (a sysctl.d folder, read as one) or `host` (everything below a root).
    `named` tells that the user named it; a file merely met in a folder is passed over where it holds no
    settings. `deployment` is the
    deployment file a host belongs to. `format` is what the user said the file is, empty where they did not.
    """

    kind: str
    path: str
    named: bool = True
    format: str = ""
    profile: str = ""
    deployment: str = ""


def targets(paths: Iterable[str | os.PathLike[str]], kind: str = "") -> Iterator[Target]:
    """Yield what the paths name, each once, folders in sorted order; `kind` is the format of named files."""
    seen = set()
    for path in paths:
        for target in _below(shown(os.fspath(path)), kind):
            if target.path not in seen:
                seen.add(target.path)
                yield target


def shown(path: str) -> str:
    """Return a path as findings show it: relative to the working directory where it lies below it."""
    if path == STDIN:
        return path
    relative = os.path.relpath(path) if Path(path).is_absolute() else os.path.normpath(path)
    return os.path.normpath(path) if relative.startswith(os.pardir) else relative


def _below(path: str, kind: str) -> Iterator[Target]:
    if path == STDIN or not Path(path).is_dir():
        yield Target("file", path, format=kind)
    elif _is_drop_ins(Path(path)):
        yield Target("drop-ins", path)
    else:
        yield from _walk(path)


def _walk(top: str) -> Iterator[Target]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each not in SKIPPED)
        here = Path(os.path.normpath(folder))
        if _is_drop_ins(here):
            folders.clear()
            yield Target("drop-ins", str(here), named=False)
            continue
        for name in sorted(files):
            if PurePath(name).suffix.lower() in SETTINGS and _is_readable(here / name):
                yield Target("file", str(here / name), named=False)


def _is_readable(path: Path) -> bool:
    """Tell whether a file met in a folder is read: no hidden one, and no pipe or device, which never ends."""
    return not path.name.startswith(".") and (path.is_file() or not path.exists())


def _is_drop_ins(folder: Path) -> bool:
    return folder.resolve().name == DROP_INS
