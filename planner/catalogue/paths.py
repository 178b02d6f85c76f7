"""Where the product's data stands: `schemas/` and `templates/`, in a checkout and in a wheel alike."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_INSTALLED = _PACKAGE / "data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

SCHEMAS = _ROOT / "schemas"
TEMPLATES = _ROOT / "templates"
