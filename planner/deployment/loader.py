"""From files, documents or plain mappings to a deployment; what is wrong becomes findings, not exceptions.

deployment = load("deployment.yaml")
deployment.value("traffic.cps"), deployment.findings
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.deployment.collector import Collector
from planner.deployment.references import take_settings
from planner.deployment.sections import add_deployment
from planner.deployment.settings import add_options, add_resolution
from planner.document.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from planner.deployment.model import Deployment
    from planner.document.model import Document
    from planner.document.option_includes import OptionFiles
    from planner.document.sysctl_resolution import SettingsResolution

STRUCTURED = frozenset({"yaml", "json", "toml"})
"""Formats a deployment file may have; the others hold settings of one program."""


def load(path: str | Path) -> Deployment:
    """Return the deployment in a file: YAML, JSON or TOML, or the settings of a sysctl or option file alone.

    Files it refers to (`sysctl: {file: ...}`) are read relative to it. A file that cannot be
    read is a finding.
    """
    return from_documents([read(path)])


def from_documents(
    documents: Iterable[Document], *, sysctl: SettingsResolution | None = None, options: OptionFiles | None = None
) -> Deployment:
    """Return what several documents declare together, later ones over earlier ones.

    `sysctl` and `options` add the files of a host's root, resolved before; deployment files override them.
    """
    given = tuple(documents)
    collector = Collector()
    if sysctl is not None:
        collector.take(sysctl.documents, sysctl.findings)
        add_resolution(collector, sysctl)
    if options is not None:
        collector.take(options.documents, options.findings)
        add_options(collector, options.options)
    for document in given:
        if document.format in STRUCTURED or document.root is None:
            collector.take([document], document.findings)
            add_deployment(collector, document)
        else:
            take_settings(collector, document)
    return collector.deployment(collector.documents[0].path if collector.documents else "")


def from_mapping(mapping: Mapping[str, Any], path: str = "<mapping>") -> Deployment:
    """Return the deployment a plain mapping declares, as a deployment file of the same shape would.

    Findings name `path`; files are looked for relative to the working directory.
    """
    from planner.deployment.plain_nodes import document_of  # noqa: PLC0415  library use only

    return from_documents([document_of(mapping, path)])
