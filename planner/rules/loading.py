"""Targets to deployments: each file once, settings files that a deployment refers to with that deployment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.deployment import Deployment
from planner.deployment.loader import from_documents
from planner.document.reader import parse, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.document.model import Document
    from planner.rules.targets import Target

OPTION_FILES = ("etc/my.cnf", "etc/mysql/my.cnf")
"""Option files a server reads below a root, in its order."""


class Loaded(NamedTuple):
    """A deployment to examine, and the root its files were resolved below, where there was one."""

    deployment: Deployment
    root: Path | None = None


def load_all(targets: Iterable[Target]) -> list[Loaded]:
    """Return the deployment of each target, those of settings files that another one refers to left out."""
    found = [loaded for target in targets if (loaded := load(target)) is not None]
    others = referred(_files(each) for each in found)
    return [
        each for each in found if len(_files(each)) != 1 or os.path.realpath(_files(each)[0]) not in others
    ]


def referred(files: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the real paths of settings files that deployments refer to: all files of each but its first."""
    return frozenset(os.path.realpath(path) for paths in files for path in paths[1:])


def _files(loaded: Loaded) -> tuple[str, ...]:
    return () if loaded.root else tuple(each.path for each in loaded.deployment.documents)


def load(target: Target, content: bytes | None = None) -> Loaded | None:
    """Return a target's deployment; None for a file met in a folder that holds no settings.

    `content` is what standard input held, where the target is that.
    """
    if target.kind == "host":
        return _host(Path(target.path), target.profile)
    if target.kind == "drop-ins":
        return Loaded(from_documents(_drop_ins(Path(target.path))))
    document = _document(target, content)
    if not target.named and document.format == "unknown":
        return None
    return Loaded(from_documents([document]))


def _document(target: Target, content: bytes | None) -> Document:
    kind = target.format or None
    return read(target.path, kind) if content is None else parse(content, target.path, kind)


def _drop_ins(folder: Path) -> list[Document]:
    """Return the files of a sysctl.d folder in the order their readers take them: byte order of the names."""
    files = sorted(folder.glob("*.conf"), key=lambda each: os.fsencode(each.name))
    return [read(file, "sysctl") for file in files if file.name != "README"]


def _host(root: Path, profile: str) -> Loaded:
    """Return what a whole host's sysctl tree, as one profile reads it, and option files come to."""
    from planner.document.sysctl_resolution import resolve

    settings = resolve(root, profile)
    options = [read(root / path) for path in OPTION_FILES if (root / path).is_file()]
    return Loaded(from_documents([*settings.documents, *options]), root)
