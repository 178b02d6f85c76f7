from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from archives import on_other_days
from programs import plan


@pytest.fixture(scope="session")
def archive(tmp_path_factory):
    """A synthetic archive that takes some seconds to read."""
    folder = tmp_path_factory.mktemp("trust") / "archive"
    assert plan("cdr", "simulate", "--cps", "60", "--hours", "2", "-o", folder, timeout=300).code == 0
    (folder / "truth.json").unlink()
    on_other_days(folder, range(10, 28))
    return folder


@pytest.fixture(scope="session")
def profile(archive):
    place = archive.parent / "profile.json"
    hour = next(iter(sorted(archive.glob("*.txt"))))
    assert plan("cdr", "profile", hour, "--format", "json", "-o", place, timeout=300).code == 0
    return place
