"""Settings files a deployment refers to, read relative to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.deployment.faults import Place, fault
from planner.deployment.settings import SECTIONS, add_resolution, add_settings
from planner.document.model import Scalar
from planner.document.reader import read

if TYPE_CHECKING:
    from planner.deployment.collector import Collector
    from planner.document.model import Document, Entry

DEFAULT_PROFILE = "el7-boot"
"""How sysctl files are read where `server.sysctl_profile` is not declared: VOS3000 runs on CentOS 7."""

FILE_SECTIONS = ("sysctl", "mysql")
"""Sections that may refer to a file."""


def add_file(collector: Collector, section: str, reference: Entry, document: Document) -> None:
    """Read the settings file a section refers to, relative to the document that names it."""
    node = reference.node
    place = Place(span=node.span, pointer=node.pointer, subject=f"{section}.file")
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or not node.value.strip():
        collector.findings.append(fault("wrong-type", place, f"{section}.file is not a path"))
        return
    target = Path(document.path).parent / node.value.strip()
    if section == "sysctl" and _is_folder(target):
        _add_root(collector, target)
    elif _is_folder(target) or not _exists(target):
        what = "is a folder" if _is_folder(target) else "does not exist"
        collector.findings.append(fault("missing-file", place, f"{section}.file: {target} {what}"))
    else:
        take_settings(collector, _settings(target, section))


def _is_folder(target: Path) -> bool:
    try:
        return target.is_dir()
    except OSError:  # a name of thousands of characters is none either
        return False


def _exists(target: Path) -> bool:
    try:
        return target.exists()
    except (OSError, ValueError):
        return False


def _settings(target: Path, section: str) -> Document:
    """Return a settings file as its own format; a name that tells another one is not believed."""
    document = read(target)
    usual = {"sysctl": "sysctl", "mysql": "option-file"}[section]
    return document if SECTIONS.get(document.format) == section else read(target, usual)


def take_settings(collector: Collector, document: Document) -> None:
    """Declare what a settings file holds, and note the file with what reading it showed."""
    collector.take([document], document.findings)
    add_settings(collector, document)


def _add_root(collector: Collector, root: Path) -> None:
    """Read all sysctl files below a folder that stands for a host's root."""
    from planner.document.sysctl_resolution import resolve  # noqa: PLC0415  start-up

    profile = collector.values.get("server.sysctl_profile")
    resolution = resolve(root, str(profile.value) if profile else DEFAULT_PROFILE)
    collector.take(resolution.documents, resolution.findings)
    add_resolution(collector, resolution)
