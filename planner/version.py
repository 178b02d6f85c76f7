"""The product's version: one constant, because reading package metadata costs five interpreter starts."""

__version__ = "0.1.0"

DOCS = "https://plan.example.com"
"""Where the pages of `docs/` are published; PLAN_DOCS_URL says otherwise."""
