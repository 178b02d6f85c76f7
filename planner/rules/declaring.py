"""Writes what a run needs of all rules without importing each, and without the whole model.

`planner/rules/declared.py` holds their declarations. Run it as `python -m planner.rules.declaring` after adding or
changing a rule; a test fails where it was forgotten.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from planner.catalogue.pages import PAGES, stated
from planner.finding import Basis, Severity
from planner.rules import checks
from planner.rules.rule import TRAFFIC, Rule

WIDEST = 120
DECLARED = Path(__file__).with_name("declared.py")
HEAD = '''"""Every rule's declaration; `python -m planner.rules.declaring` writes them, nobody edits them."""

from __future__ import annotations

from planner.finding import Basis, Severity
from planner.rules.rule import TRAFFIC, Rule

# fmt: off
RULES = (
'''


def source() -> str:
    """Return the text `declared.py` has to have."""
    return HEAD + "".join(f"{_line(rule)}\n" for rule in _rules()) + ")\n"


def _rules() -> list[Rule]:
    return [_rule(path.stem) for path in sorted(PAGES.glob("*.md"), key=lambda path: path.stem)]


def _rule(name: str) -> Rule:
    """Return a rule as its page states it, or as its module does."""
    said = stated(name)
    if said is None:
        own: Rule = import_module(f"{checks.__name__}.{name.replace('-', '_')}").RULE
        return own
    declared = (name, said.severity, said.basis, said.source)
    return Rule(*declared, fixable=said.fixable, origin="reader", yields_to=said.yields_to)


def _line(rule: Rule) -> str:
    line = f"    {_call(rule)},"
    return line if len(line) <= WIDEST else f"{line}  # noqa: E501"


def _call(rule: Rule) -> str:
    """Return the expression that makes a rule; parts that have their defaults are left out."""
    parts = [_text(rule.name), f"Severity.{Severity(rule.severity).name}", f"Basis.{Basis(rule.basis).name}"]
    parts.append(_tuple(rule.source))
    defaults = rule._field_defaults
    for field in ("needs", "figures", "fixable", "origin", "yields_to"):
        value = getattr(rule, field)
        if value != defaults[field]:
            parts.append(f"{field}={_tuple(value) if isinstance(value, tuple) else _text(value)}")
    return f"Rule({', '.join(parts)})"


def _tuple(items: tuple[str, ...]) -> str:
    texts = ["TRAFFIC" if item == TRAFFIC else _text(item) for item in items]
    return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"


def _text(value: str | bool) -> str:  # noqa: FBT001  a field of the declaration
    return repr(value) if isinstance(value, bool) else '"' + value.replace('"', '\\"') + '"'


if __name__ == "__main__":
    DECLARED.write_text(source(), encoding="utf-8")
