"""Numbers as the kernel reads them, against the values its documentation and source give."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.document.mysql import KernelProblem, kernel_integers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("10", (10,)),
        ("010", (8,)),
        ("0", (0,)),
        ("00", (0,)),
        ("0x10", (16,)),
        ("0XfF", (255,)),
        ("-1", (-1,)),
        ("-010", (-8,)),
        ("4096 87380\t16777216\n", (4096, 87380, 16777216)),
        ("  1  ", (1,)),
        ("18446744073709551615", (18446744073709551615,)),
    ],
)
def test_numbers(text, numbers):
    assert kernel_integers(text) == numbers


@pytest.mark.parametrize(
    ("text", "offset", "before"),
    [
        ("", 0, ()),
        ("  ", 0, ()),
        ("16M", 2, ()),
        ("1.5", 1, ()),
        ("08", 1, ()),
        ("0x", 1, ()),
        ("+1", 0, ()),
        ("1,2", 1, ()),
        ("1 # one", 2, (1,)),
        ("1#one", 1, ()),
        ("1 2 x", 4, (1, 2)),
        ("- 1", 0, ()),
        ("18446744073709551616", 20, ()),
        ("000000000000000000001", 21, ()),
        ("50%", 2, ()),
        ("1\r", 1, ()),
    ],
)
def test_where_the_kernel_stops(text, offset, before):
    problem = kernel_integers(text)
    assert isinstance(problem, KernelProblem)
    assert (problem.offset, problem.numbers) == (offset, before)
    assert problem.message


@settings(deadline=None)
@given(st.lists(st.integers(-(2**63), 2**64 - 1), min_size=1), st.sampled_from([" ", "\t", "\n", " \t "]))
def test_decimal_vectors_come_back(numbers, separator):
    written = separator.join(map(str, numbers))
    assert kernel_integers(written) == tuple(numbers)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_numbers_or_a_problem_inside_it(text):
    found = kernel_integers(text)
    assert isinstance(found, tuple) or 0 <= found.offset <= len(text)
