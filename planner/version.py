"""The product's version: one constant, because reading package metadata costs five interpreter starts."""

import os

__version__ = "0.1.0"

DOCS = "https://plan.example.com"
"""Where the pages of `docs/` are published; PLAN_DOCS_URL says otherwise."""


def rule_page(name: str) -> str:
    """Return the address of a rule's page."""
    return f"{os.environ.get('PLAN_DOCS_URL') or DOCS}/rules/{name}.html"
