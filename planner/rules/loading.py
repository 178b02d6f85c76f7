"""Targets to deployments: each file once, settings files that a deployment refers to with that deployment."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.deployment.collector import Collector
from planner.deployment.loader import from_documents
from planner.deployment.settings import add_options, add_resolution
from planner.document.option_includes import OptionFiles, read_option_files
from planner.document.reader import parse, read
from planner.document.sysctl_resolution import resolve, resolve_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.deployment import Deployment
    from planner.document.model import Document
    from planner.document.sysctl_resolution import SettingsResolution
    from planner.rules.targets import Target

OPTION_FILES = ("etc/my.cnf", "etc/mysql/my.cnf")
"""Option files a server reads below a root, in its order."""


class Loaded(NamedTuple):
    """A deployment to examine, and the root its files were resolved below, where there was one."""

    deployment: Deployment
    root: Path | None = None
    profile: str = ""


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
        return Loaded(_settled(_drop_ins(Path(target.path)), target.path))
    kind = target.format or None
    document = read(target.path, kind) if content is None else parse(content, target.path, kind)
    if not target.named and document.format == "unknown":
        return None
    if document.format == "option-file" and content is None and document.root is not None:
        return Loaded(_optioned(document))
    return Loaded(from_documents([document]))


def _optioned(document: Document) -> Deployment:
    """Return what an option file declares; what it includes is not followed, and said not to be."""
    deployment = from_documents([document])
    if "!include" not in document.text:
        return deployment
    findings = read_option_files(document.path).findings
    return replace(deployment, findings=tuple(dict.fromkeys((*deployment.findings, *findings))))


def _drop_ins(folder: Path) -> SettingsResolution:
    """Return what the files of one sysctl.d folder come to, in byte order of their names."""
    files = sorted(folder.glob("*.conf"), key=lambda each: os.fsencode(each.name))
    return resolve_documents([read(file, "sysctl") for file in files])


def _settled(settings: SettingsResolution, path: str, options: OptionFiles | None = None) -> Deployment:
    """Return the deployment that sysctl files, and option files with their includes, come to."""
    collector = Collector()
    documents = (*settings.documents, *(options.documents if options else ()))
    collector.documents.extend(documents)
    said = (each for document in documents for each in document.findings)
    collector.findings.extend(
        dict.fromkeys((*said, *settings.findings, *(options.findings if options else ())))
    )
    add_resolution(collector, settings)
    if options:
        add_options(collector, options.options)
    return collector.deployment(path)


def _host(root: Path, profile: str) -> Loaded:
    """Return what a whole host's sysctl tree, as one profile reads it, and option files come to."""
    read_files = [read_option_files(root / path, root) for path in OPTION_FILES if (root / path).is_file()]
    options = OptionFiles(
        tuple(each for files in read_files for each in files.options),
        tuple(each for files in read_files for each in files.documents),
        tuple(each for files in read_files for each in files.findings),
    )
    return Loaded(_settled(resolve(root, profile), str(root), options), root, profile)
