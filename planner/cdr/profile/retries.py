"""Calls tried more than once, towards one or several gateways, and records written twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from planner.cdr.profile.confidence import ratio, share
from planner.cdr.settings import limit
from planner.cdr.summary.sample import ATTEMPT, CALL, COUNT, GATEWAY

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.summary.sample import Sample

    Words = npt.NDArray[np.uint64]
    Integers = npt.NDArray[np.int64]

_ODD = np.uint64(1)
_OF_CALLS = ("retried", "several_gateways", "retried_then_answered")


def _distinct_per_call(rows: Words, column: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return, by call, the number of its rows and of distinct values in a column."""
    call = np.cumsum(np.diff(rows[CALL], prepend=~rows[CALL][:1]) != 0) - 1
    order = np.lexsort((rows[column], call))
    values, calls = rows[column][order], call[order]
    new = np.ones(values.size, np.bool_)
    new[1:] = (values[1:] != values[:-1]) | (calls[1:] != calls[:-1])
    size = int(call[-1]) + 1
    return np.bincount(call, minlength=size), np.bincount(calls[new], minlength=size)


def _shares(found: dict[str, int], copies: tuple[Integers, Integers], *, sampled: bool) -> dict[str, Any]:
    """Return each count as a share with its interval, which is the value alone where all calls were seen.

    `copies` are, by call, the records that repeat another and all records.
    """
    shares = {name: share(found[name], found["calls"]) for name in _OF_CALLS}
    shares["duplicates"] = ratio(*copies)
    return {
        name: {
            "value": each.value,
            "low": each.low if sampled else each.value,
            "high": each.high if sampled else each.value,
        }
        for name, each in shares.items()
    }


def describe_retries(sample: Sample) -> dict[str, Any]:
    """Return what the sample says; exact where `sampled` is false.

    A call is what was tried between the same two numbers (their last eight characters) in the same `window`;
    `calls` is how many were looked at. A duplicate is a record equal to another in numbers, times, hold
    time, end reason, hang-up side and gateways. `shares` are those of calls (of records for duplicates),
    with the interval in which the share of all calls lies at the stated confidence.
    """
    rows = sample.rows()
    about = {"sampled": sample.full, "window": limit("retry_window"), "calls": 0}
    if not rows.shape[1]:
        return {**about, **dict.fromkeys(("attempts", *_OF_CALLS, "duplicates"), 0), "shares": None}
    attempts, gateways = _distinct_per_call(rows, GATEWAY)
    call = np.cumsum(np.diff(rows[CALL], prepend=~rows[CALL][:1]) != 0) - 1
    answered = np.bincount(call, (rows[ATTEMPT] & _ODD).astype(np.int64)) > 0
    written = np.bincount(call, rows[COUNT].astype(np.int64)).astype(np.int64)
    found = {
        "calls": int(attempts.size),
        "attempts": int(attempts.sum()),
        "retried": int((attempts > 1).sum()),
        "several_gateways": int((gateways > 1).sum()),
        "retried_then_answered": int(((attempts > 1) & answered).sum()),
        "duplicates": int((written - attempts).sum()),
    }
    return {**about, **found, "shares": _shares(found, (written - attempts, written), sampled=sample.full)}
