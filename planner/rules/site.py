"""What a check sees: the declared values, where they stand, and the figures of the sizing."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.catalogue.pages import TRAFFIC
from planner.catalogue.parameter import parameter
from planner.deployment.model import UndecidableError
from planner.document.model import Mapping, Scalar
from planner.finding import Basis

if TYPE_CHECKING:
    from planner.deployment import Declared, Deployment
    from planner.document.bundle import Root
    from planner.rules.needs import Need, Needs
    from planner.sizing.result import Problem


SERVERS = "topology.servers"
FILES = frozenset({"sysctl", "mysql"})
"""Sections that have files of their own, in which keys stand without the section."""


class Site:
    """A deployment as checks see it. Accessors raise `UndecidableError` for what is not there.

    `root` is the folder below which a whole host's files were resolved, None where single files were given;
    `profile` says who reads its sysctl files.
    """

    def __init__(self, deployment: Deployment, root: Path | Root | None = None, profile: str = "") -> None:
        self.deployment = deployment
        self.root = root
        self.profile = profile

    @cached_property
    def usable(self) -> dict[str, Declared]:
        """What is declared, by name, without the values nobody could read."""
        return {name: each for name, each in self.deployment.values.items() if each.value is not None}

    def get(self, names: str) -> Declared | None:
        """Return what is declared under one of `a|b|c`: the first that is."""
        declared = self.usable.get(names)
        if declared is None and "|" in names:
            found = (self.usable.get(name) for name in names.split("|"))
            return next((each for each in found if each is not None), None)
        return declared

    def __getitem__(self, names: str) -> Declared:
        if (declared := self.usable.get(names) or self.get(names)) is None:
            raise UndecidableError(f"{names.replace('|', ' or ')} is not declared")
        return declared

    @cached_property
    def kernel(self) -> tuple[Declared, ...]:
        """The kernel settings declared, those nobody could read among them."""
        return tuple(self.deployment.under("sysctl"))

    def number(self, names: str) -> float:
        """Return a declared number in base units; kernel and MySQL settings have units of their own."""
        declared = self[names]
        value = declared.value
        if type(value) is int or type(value) is float:
            return value
        if isinstance(value, tuple) and len(value) == 1:
            value = value[0]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise UndecidableError(f"{declared.name} is no usable number")
        return value

    def written(self, name: str) -> Scalar | None:
        """Return what a deployment file says under `section.key`, even where it is no valid value."""
        section, _, key = name.partition(".")
        # Within a file the last of several wins, of several files the first that says something.
        for document in self.deployment.documents:
            node = document.root.get(section) if isinstance(document.root, Mapping) else None
            found = node.get(key) if isinstance(node, Mapping) else None
            if isinstance(found, Scalar):
                return found
        return None

    def mentioned(self, name: str) -> bool:
        """Tell whether any file sets a parameter, be it to a value that is not valid."""
        section, _, key = name.partition(".")
        if self.get(name) or self.written(name):
            return True
        roots = [each.root for each in self.deployment.documents if isinstance(each.root, Mapping)]
        groups = [entry.node for root in roots for entry in root.entries if isinstance(entry.node, Mapping)]
        return any(section in FILES and node.get(key) is not None for node in (*roots, *groups))

    def number_or(self, names: str, default: float) -> float:
        """Return a declared number, or `default` where none is declared."""
        return self.number(names) if self.get(names) else default

    def numbers(self, names: str) -> tuple[int, ...]:
        """Return a declared vector of integers; a single integer is a vector of one."""
        declared = self[names]
        value = declared.value if isinstance(declared.value, tuple) else (declared.value,)
        if not value or not all(isinstance(item, int) and not isinstance(item, bool) for item in value):
            raise UndecidableError(f"{declared.name} is no usable list of integers")
        return tuple(item for item in value if isinstance(item, int))

    def text(self, names: str) -> str:
        """Return a declared value as text."""
        return str(self[names].value)

    def switch(self, names: str) -> bool:
        """Return a declared switch."""
        declared = self[names]
        if not isinstance(declared.value, (bool, int)) or declared.value not in (0, 1):
            raise UndecidableError(f"{declared.name} is no usable switch")
        return bool(declared.value)

    def default(self, name: str) -> Any:  # noqa: ANN401  whatever the catalogue documents
        """Return the documented default of a parameter (`softswitch.SERVER_CDR_FILE_WRITE_MAX`)."""
        known = parameter(name)
        if known is None or known.default is None:
            raise UndecidableError(f"{name} is not declared and has no documented default")
        return known.default

    @cached_property
    def _needs(self) -> Needs | UndecidableError:
        # The model costs start-up time, and many files compare with no figure.
        from planner.rules.needs import Needs  # noqa: PLC0415
        from planner.sizing.result import ImpossibleInput  # noqa: PLC0415

        try:
            return Needs(self.deployment)
        except ImpossibleInput as error:
            undecidable = UndecidableError(f"the deployment cannot be sized: {error}")
            undecidable.__cause__ = error
            return undecidable

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why no sizing exists: the inputs that are impossible; empty where one does."""
        cause = self._needs.__cause__ if isinstance(self._needs, UndecidableError) else None
        return getattr(cause, "problems", ())

    @property
    def needs(self) -> Needs:
        """The figures of this deployment, of the model `plan size` prints; computed when first asked for."""
        if isinstance(self._needs, UndecidableError):
            raise self._needs
        return self._needs

    @property
    def is_sized(self) -> bool:
        """Whether a load is declared that can be sized."""
        return self.get(TRAFFIC) is not None and not self.problems

    def figure(self, name: str) -> Need:
        """Return an estimate of the sizing."""
        try:
            return self.needs[name]
        except KeyError:
            raise UndecidableError(f"the sizing gives no {name}") from None

    def weakest(self, basis: Basis, *figures: str) -> Basis:
        """Return the weakest of `basis` and what the figures rest on; no finding is stronger than that."""
        return max((basis, *(self.needs.basis(name) for name in figures)), key=lambda each: each.rank)
