"""The shelf gives back what was put on it, and leaves what a full disk cannot hold where it was."""

from __future__ import annotations

import errno

from hypothesis import given
from hypothesis import strategies as st

from planner.cdr.summary.changes import Shelf, Shelved


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_what_is_put_comes_back_in_any_order(contents):
    shelf = Shelf()
    kept = [shelf.put(content) for content in contents]
    assert [bytes(each) for each in reversed(kept)] == contents[::-1]
    assert [len(each) for each in kept] == [len(content) for content in contents]
    assert all(isinstance(each, Shelved) for each in kept)


class Full:
    def __init__(self, holds):
        self.holds = holds

    def seek(self, place):
        pass

    def write(self, content):
        if not self.holds:
            raise OSError(errno.ENOSPC, "No space left on device")
        return min(self.holds, len(content))


def test_a_full_disk_leaves_bytes_in_memory():
    for holds in (0, 3):
        shelf = Shelf()
        shelf._file.close()
        shelf._file = Full(holds)
        assert shelf.put(b"twelve bytes") == b"twelve bytes"
