"""Marking messages for translation where they are declared."""

from __future__ import annotations


def mark(message: str) -> str:
    """Mark a message for translation; it is translated where it is shown."""
    return message
