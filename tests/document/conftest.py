"""The corpora, and a place every user may read: the real programs run as somebody without rights."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "corpus"


@pytest.fixture
def corpus():
    """Return a function that lists the files of one corpus: `sysctl` or `option`."""
    return lambda kind: sorted((CORPUS / kind).iterdir())


@pytest.fixture
def open_folder():
    """Yield a folder below the system's temporary one that any user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="plan-document-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
