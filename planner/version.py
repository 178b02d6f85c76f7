"""The product's version: one constant, because reading package metadata costs five interpreter starts."""

__version__ = "0.1.0"
