"""Settings files a deployment refers to, read relative to it.

`file` names one file, several (the later over the earlier, as one program reads them), a `sysctl.d` folder,
or the folder that stands for a host's root: there the program's own places are looked at, and the includes
of option files are followed.
"""

from __future__ import annotations

from os import fsencode
from pathlib import Path
from typing import TYPE_CHECKING

from planner.deployment.faults import Place, fault
from planner.deployment.settings import SECTIONS, add_options, add_resolution, add_settings
from planner.document.model import Scalar, Sequence
from planner.document.reader import read
from planner.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.deployment.collector import Collector
    from planner.document.model import Document, Entry, Node
    from planner.finding import Finding

DEFAULT_PROFILE = "el7-boot"
"""How sysctl files are read where `server.sysctl_profile` is not declared: VOS3000 runs on CentOS 7."""

FILE_SECTIONS = ("sysctl", "mysql")
"""Sections that may refer to files."""

DROP_INS = "sysctl.d"
_USUAL = {"sysctl": "sysctl", "mysql": "option-file"}
_ABSENT = {
    "sysctl": wording("holds no etc/sysctl.conf and no file of a sysctl.d folder"),
    "mysql": wording("holds neither etc/my.cnf nor etc/mysql/my.cnf"),
}


def add_file(collector: Collector, section: str, reference: Entry, document: Document) -> None:
    """Read the settings files a section refers to, relative to the document that names them."""
    nodes = _paths(reference.node)
    if nodes is None:
        place = Place(span=reference.node.span, pointer=reference.node.pointer, subject=f"{section}.file")
        hint = wording("Write a path such as my.cnf, in quotes if it is a number, or a list of paths.")
        collector.findings.append(
            fault("wrong-type", place, wording("{section}.file is not a path", section=section), hint=hint)
        )
        return
    targets = [(node, Path(document.path).parent / str(node.value).strip()) for node in nodes]
    if len(targets) == 1 and _is_folder(targets[0][1]):
        _add_folder(collector, section, *targets[0])
        return
    others = [each for each in targets if not _itself(collector, section, each, document)]
    readable = [target for node, target in others if not _missing(collector, section, node, target)]
    take_settings(collector, *(_settings(target, section) for target in readable))


def _paths(node: Node) -> tuple[Scalar, ...] | None:
    """Return the nodes that name a path each; None where there is none, or one is no path."""
    items = node.items if isinstance(node, Sequence) else (node,)
    named = tuple(each for each in items if isinstance(each, Scalar) and isinstance(each.value, str))
    return named if items and len(named) == len(items) and all(each.text.strip() for each in named) else None


def _missing(collector: Collector, section: str, node: Scalar, target: Path) -> bool:
    """Tell whether a path leads to no file, and say so."""
    if _exists(target) and not _is_folder(target):
        return False
    what = (
        wording("is a folder; a folder stands alone, not in a list")
        if _is_folder(target)
        else wording("does not exist")
    )
    collector.findings.append(_absent(section, node, wording("{path} {what}", path=str(target), what=what)))
    return True


def _itself(collector: Collector, section: str, named: tuple[Scalar, Path], document: Document) -> bool:
    """Tell whether a path leads back to the deployment file, and say so: it is no file of settings."""
    node, target = named
    try:
        same = target.samefile(document.path)
    except (OSError, ValueError):
        same = False
    if same:
        what = wording("{path} is the deployment file itself", path=str(target))
        collector.findings.append(_absent(section, node, what))
    return same


def _absent(section: str, node: Scalar, what: str) -> Finding:
    place = Place(span=node.span, pointer=node.pointer, subject=f"{section}.file")
    return fault("missing-file", place, wording("{section}.file: {what}", section=section, what=what))


def _is_folder(target: Path) -> bool:
    try:
        return target.is_dir()
    except (OSError, ValueError):  # a name of thousands of characters is none either
        return False


def _exists(target: Path) -> bool:
    try:
        return target.exists()
    except (OSError, ValueError):
        return False


def _settings(target: Path, section: str) -> Document:
    """Return a settings file as its own format; a name that tells another one is not believed."""
    document = read(target)
    return document if SECTIONS.get(document.format) == section else read(target, _USUAL[section])


def take_settings(collector: Collector, *documents: Document) -> None:
    """Declare what settings files of one program hold together, and note what reading them showed."""
    for document in documents:
        collector.take([document], (*document.findings, *_unfollowed(document)))
    add_settings(collector, *documents)


def _unfollowed(document: Document) -> Iterator[Finding]:
    if document.format == "option-file":
        from planner.document.option_includes import unfollowed  # noqa: PLC0415  start-up

        yield from unfollowed(document)


def _add_folder(collector: Collector, section: str, node: Scalar, folder: Path) -> None:
    """Read a folder of sysctl files, or all files of a program below a host's root."""
    if section == "sysctl" and folder.resolve().name == DROP_INS:
        files = sorted(folder.glob("*.conf"), key=lambda each: fsencode(each.name))
        documents = [read(file, "sysctl") for file in files]
        take_settings(collector, *documents)
        if not documents:
            collector.findings.append(
                _absent(section, node, wording("{path} holds no file that ends in .conf", path=str(folder)))
            )
    elif not (_add_sysctl_root if section == "sysctl" else _add_mysql_root)(collector, folder):
        collector.findings.append(
            _absent(section, node, wording("{path} {what}", path=str(folder), what=_ABSENT[section]))
        )


def _add_sysctl_root(collector: Collector, root: Path) -> bool:
    """Read all sysctl files below a host's root; return whether there were any."""
    from planner.document.sysctl_resolution import resolve  # noqa: PLC0415  start-up

    profile = collector.values.get("server.sysctl_profile")
    resolution = resolve(root, str(profile.value) if profile else DEFAULT_PROFILE)
    collector.take(resolution.documents, resolution.findings)
    add_resolution(collector, resolution)
    return bool(resolution.documents or resolution.masked)


def _add_mysql_root(collector: Collector, root: Path) -> bool:
    """Read the option files below a host's root with their includes; return whether there were any."""
    from planner.document.option_includes import read_host_options  # noqa: PLC0415  start-up

    files = read_host_options(root)
    collector.take(files.documents, files.findings)
    add_options(collector, files.options)
    return bool(files.documents)
