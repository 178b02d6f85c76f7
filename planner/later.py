"""Modules that are read when something in them is first asked for, not when another module imports them.

What typer and the standard library import at their top for prompts, archives, tracebacks and other systems' paths is a
tenth of what starting the program takes, and most runs use none of it.
"""

import sys
from threading import RLock
from types import ModuleType
from typing import Any

_ONE_AT_A_TIME = RLock()


class _Later(ModuleType):
    """A module that nobody has read yet."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the module holds
        with _ONE_AT_A_TIME:
            if self.__spec__ is None:
                found = (finder.find_spec(self.__name__, None) for finder in sys.meta_path)
                spec = self.__spec__ = next(filter(None, found), None)
                if spec is None or spec.loader is None:
                    raise ModuleNotFoundError(f"No module named {self.__name__!r}", name=self.__name__)
                self.__file__, self.__loader__ = spec.origin, spec.loader
                spec.loader.exec_module(self)
                # Like any other from now on.
                self.__class__ = ModuleType  # type: ignore[assignment]
        return ModuleType.__getattribute__(self, name)


def read_later(*names: str) -> None:
    """Let modules be imported in name alone until they are used."""
    for name in names:
        sys.modules.setdefault(name, _Later(name))
