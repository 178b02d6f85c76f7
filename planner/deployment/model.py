"""What the user declares: a flat set of located values, named as the catalogue names them.

`traffic.cps`, `softswitch.SS_MAXCPS`, `sysctl.net.core.rmem_max`, `mysql.max_connections`: the same names
whether the value came from a deployment file, a `sysctl.conf`, an option file, a flag or a library call.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from planner.document.model import Document
    from planner.finding import Finding, Span

Value: TypeAlias = "bool | int | float | str | tuple[Value, ...] | Mapping[str, Value] | None"


class UndecidableError(Exception):
    """What is declared decides nothing: a value is missing or unusable, or no sizing exists."""


class Declared(NamedTuple):
    """One declared value in SI base units, with the text it was written as and where.

    `span` and `key_span` are None where the value came from no file (a flag, a library call).
    """

    name: str
    value: Value
    text: str
    span: Span | None = None
    key_span: Span | None = None
    pointer: str = ""


class Deployment:
    """Everything declared about one site.

    `values` holds what is in force, `shadowed` every assignment another one overrides, `findings` what
    reading the files already showed (syntax, types, ranges), `documents` the files themselves. None of it changes.
    """

    # Written out: the module of dataclasses costs start-up time.
    def __init__(
        self,
        values: Mapping[str, Declared] | None = None,
        shadowed: tuple[Declared, ...] = (),
        documents: tuple[Document, ...] = (),
        findings: tuple[Finding, ...] = (),
        path: str = "",
    ) -> None:
        self.values, self.shadowed = {} if values is None else values, shadowed
        self.documents, self.findings, self.path = documents, findings, path

    def replaced(self, **parts: Any) -> Deployment:  # noqa: ANN401  each as `Deployment` takes it
        """Return a copy with other parts."""
        return Deployment(**{**vars(self), **parts})

    @classmethod
    def load(cls, path: str | Path) -> Deployment:
        """Read a deployment file (YAML, JSON, TOML), or a sysctl or option file alone.

        Nothing is raised for what the file says: see `findings`.
        """
        from planner.deployment.load import load  # noqa: PLC0415  the loader builds on this module

        return load(path)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Deployment:
        """Read a plain mapping of the same shape as a deployment file; see `findings` for what is wrong."""
        from planner.deployment.load import from_mapping  # noqa: PLC0415  the loader builds on this module

        return from_mapping(mapping)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def __iter__(self) -> Iterator[str]:
        return iter(self.values)

    def declared(self, name: str) -> Declared | None:
        """Return what is declared under `name`, with its place."""
        return self.values.get(name)

    def value(self, name: str, default: Value = None) -> Value:
        """Return the declared value in SI base units, or `default`."""
        declared = self.values.get(name)
        return default if declared is None else declared.value

    def under(self, section: str) -> Iterator[Declared]:
        """Yield what is declared below a section, such as `sysctl`."""
        prefix = f"{section}."
        return (declared for name, declared in self.values.items() if name.startswith(prefix))

    def override(self, values: Mapping[str, Value]) -> Deployment:
        """Return a copy in which `values`, named and in SI base units, replace what was declared."""
        changed = {name: Declared(name, value, str(value)) for name, value in values.items()}
        return self.replaced(values={**self.values, **changed})
