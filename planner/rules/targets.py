"""What one run validates: files, `sysctl.d` folders as one, and a whole host below a root; and how each is loaded."""

from __future__ import annotations

import os
from dataclasses import replace
from errno import EINVAL
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from planner.deployment.load import from_documents
from planner.deployment.model import Deployment
from planner.deployment.recognition import holds_settings
from planner.document.faults import RefusedError, fault
from planner.document.model import Document
from planner.document.reader import file_bytes, parse, read, unreadable
from planner.document.roots import drop_ins
from planner.finding import Finding, Span
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.document.roots import Root
    from planner.document.sysctl_host import SettingsResolution


STDIN = "-"
DROP_INS = "sysctl.d"


class Target(NamedTuple):
    """One thing to validate.

    `kind` is `file`, `drop-ins` (a sysctl.d folder, read as one), `host` (everything below a root), `link` (out of
    the folder, left alone) or `problem` (what cannot be looked at; `error` says why).
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
    error: str = ""


def shown(path: str) -> str:
    """Return a path as findings show it: relative to the working directory where it lies below it."""
    if path == STDIN:
        return path
    relative = os.path.relpath(path) if Path(path).is_absolute() else os.path.normpath(path)
    return os.path.normpath(path) if relative.startswith(os.pardir) else relative


# Targets to deployments: each file once, settings files that a deployment refers to with that deployment.

INCLUDE = "!include"


class Loaded(NamedTuple):
    """A deployment to examine, and the root its files were resolved below, where there was one.

    `running` is the same host as it runs, where a bundle tells that beside how it would boot.
    """

    deployment: Deployment
    root: Path | Root | None = None
    profile: str = ""
    running: Deployment | None = None

    @property
    def files(self) -> tuple[str, ...]:
        """The files that were read, the deployment's own first; a whole host has none of its own."""
        read = tuple(each.path for each in self.deployment.documents)
        return read if self.root is None else ("", *read)


def load_all(targets: Iterable[Target]) -> list[Loaded]:
    """Return the deployment of each target, those of settings files that another one refers to left out."""
    found = [loaded for target in targets if (loaded := load(target)) is not None]
    others = referred(each.files for each in found)
    return [each for each in found if len(each.files) != 1 or os.path.realpath(each.files[0]) not in others]


def referred(files: Iterable[Sequence[str]]) -> frozenset[str]:
    """Return the real paths of settings files that deployments refer to: all files of each but its first."""
    return frozenset(os.path.realpath(path) for paths in files for path in paths[1:])


def load(target: Target, content: bytes | None = None) -> Loaded | None:
    """Return a target's deployment; None for a file met in a folder that holds no settings.

    `content` is what standard input held, where the target is that.
    """
    if target.kind == "host":
        return _host(Path(target.path), target)
    if target.kind == "drop-ins":
        return Loaded(from_documents((), sysctl=_drop_ins(Path(target.path))))
    if target.kind == "link":
        return Loaded(Deployment(path=target.path, findings=(_left_alone(target.path),)))
    document = _refused(target.path, target.error) if target.error else _document(target, content)
    if document is None:
        return None
    if document.format == "bundle" and document.root is not None:
        return _bundle(document)
    deployment = from_documents([document])
    if (
        document.format == "option-file"
        and content is None
        and INCLUDE in document.text
        and Path(target.path).is_file()
    ):
        deployment = _included(deployment)
    return Loaded(deployment)


def _document(target: Target, content: bytes | None) -> Document | None:
    """Return a target's document; None for a file merely met that holds no settings."""
    kind = target.format or None
    if content is not None:
        return parse(content, target.path, kind)
    if target.named:
        return read(target.path, kind, pipes=True)
    try:
        data = file_bytes(Path(target.path), target.path)
    except RefusedError as error:
        return Document(target.path, "unknown", "", None, (error.finding,))
    return parse(data, target.path, kind) if holds_settings(target.path, data) else None


def _refused(path: str, said: str) -> Document:
    return Document(path, "unknown", "", None, (unreadable(path, OSError(EINVAL, said)).finding,))


def _left_alone(path: str) -> Finding:
    what = wording("{path} is a link out of the folder that is checked, and not followed", path=path)
    return fault("include-not-followed", Span.at(path, 1, 1), what, hint=wording("Name the file to have it checked."))


def _bundle(document: Document) -> Loaded:
    """Return the host of a bundle as it would boot, with what of it runs otherwise."""
    from planner.deployment import host  # noqa: PLC0415  start-up

    return Loaded(host.boot(document), host.BundleRoot(document), host.profile(document), host.running(document))


def _included(deployment: Deployment) -> Deployment:
    """Return an option file's deployment with the word that what it includes was not followed."""
    from planner.document.options_host import read_option_files  # noqa: PLC0415  start-up

    findings = read_option_files(deployment.path).findings
    return replace(deployment, findings=tuple(dict.fromkeys((*deployment.findings, *findings))))


def _drop_ins(folder: Path) -> SettingsResolution:
    """Return what the files of one sysctl.d folder come to, in byte order of their names."""
    from planner.document.sysctl_host import resolve_documents  # noqa: PLC0415  start-up

    return resolve_documents([read(file, "sysctl") for file in drop_ins(folder)])


def _host(root: Path, target: Target) -> Loaded:
    """Return what a whole host's sysctl tree and option files come to, with the deployment given."""
    from planner.document.options_host import read_host_options  # noqa: PLC0415  start-up
    from planner.document.sysctl_host import resolve  # noqa: PLC0415  start-up

    settings = resolve(root, target.profile)
    deployments = [read(target.deployment)] if target.deployment else []
    deployment = from_documents(deployments, sysctl=settings, options=read_host_options(root))
    said = (each for document in deployment.documents for each in document.findings)
    findings = tuple(dict.fromkeys((*deployment.findings, *said)))
    return Loaded(replace(deployment, findings=findings), root, target.profile)
