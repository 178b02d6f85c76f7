"""How calls fared: ASR, NER, ACD, setup time, the law of the hold times, and tables by gateway and prefix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from math import erf, exp, log, sqrt
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.catalogue.data import cited
from planner.cdr.engine.local import UNREADABLE
from planner.cdr.format import cdr_format, limit, measures, setting
from planner.cdr.profile.rates import HOUR, mean_and_deviation, moved_by_largest, ranks, ratio, share, usual, written
from planner.cdr.profile.times import Peak, find_peaks
from planner.cdr.sources import shown
from planner.cdr.summary.samples import ATTEMPT, CALL, COUNT, GATEWAY, STARTS_AT, Histogram, Sample
from planner.cdr.summary.summary import Example, FileFacts, Row, Summary, Table, named_time
from planner.wording import wording

if TYPE_CHECKING:
    import numpy.typing as npt

    from planner.cdr.profile.assumptions import Basics

    Words = npt.NDArray[np.uint64]
    Integers = npt.NDArray[np.int64]


_KNOWN_REASONS = 0.95


def _ner(summary: Summary, basics: Basics) -> dict[str, Any]:
    """Return the network effectiveness ratio (ITU-T E.425) where the reasons of failed attempts are known."""
    table = summary.tables["endReason"]
    failed = {key: row.attempts - row.answered for key, row in table.rows.items()}
    numbered = sum(count for key, count in failed.items() if key.removeprefix(b"-").isdigit())
    every = basics.records - basics.answered
    if not every or numbered < _KNOWN_REASONS * every:
        return {"ner": None, "ner_note": "endReason of the failed attempts is missing or not numeric"}
    effective = {str(code).encode() for code in measures()["effective_reasons"]["values"]}
    reached = basics.answered + sum(failed.get(code, 0) for code in sorted(effective))
    return {"ner": reached / basics.records, "ner_note": cited(tuple(measures()["effective_reasons"]["source"]))}


def describe_calls(summary: Summary, basics: Basics) -> dict[str, Any]:
    """Return counts, shares, means (s) and the distribution of hold times; None where nothing is known."""
    acd, setup = mean_hold(summary, basics), mean_setup(summary, basics)
    asr = basics.answered / basics.records if basics.records else None
    return {
        "records": basics.records,
        "answered": basics.answered,
        "asr": asr,
        **_ner(summary, basics),
        "acd": acd,
        "setup_time": setup,
        "talk_seconds": summary.tallies["hold_ms"] / 1000,
        "answered_only": basics.answered_only,
        "attempts_unknown": basics.attempts_unknown,
        "moved_by_largest": {
            "share": setting("largest_share"),
            "setup_time": moved_by_largest(*summary.histograms["setup_s"].counted()),
            "acd": moved_by_largest(*summary.histograms["hold_s"].counted()),
        },
        "hold_time": describe(summary.histograms["hold_s"], "s", limit("implausible_hold")),
        "hold_time_bins": bins(summary.histograms["hold_s"]),
        "hold_time_law": fit_hold_times(summary.histograms["hold_s"], acd) if acd else None,
    }


# Distributions of hold times, setup times, PDD and line lengths; and which law the hold times follow.

_FEWEST = 30
"""Calls below which no law can be told from another."""


def mean_setup(summary: Summary, basics: Basics) -> float | None:
    """Return the mean seconds an attempt holds resources outside conversation, without implausible ones.

    What talks longer than it lasts, as over the hour a clock repeats, tells nothing of it.
    """
    tallies = summary.tallies
    exact = tallies["duration_s"] - (tallies["hold_ms"] - tallies["over_ms"]) / 1000
    count = basics.records - tallies["over"]
    return _plausible_mean(summary.histograms["setup_s"], exact, count, limit("implausible_setup"))


def mean_hold(summary: Summary, basics: Basics) -> float | None:
    """Return the mean seconds of a conversation, without implausible ones."""
    exact = summary.tallies["hold_ms"] / 1000
    return _plausible_mean(summary.histograms["hold_s"], exact, basics.answered, limit("implausible_hold"))


def _plausible_mean(histogram: Histogram, exact: float, count: int, most: int) -> float | None:
    """Return the mean of `count` values of an exact sum, less those above `most`; None where nothing is left."""
    values, counts = histogram.counted()
    beyond = values > most
    left = count - int(counts[beyond].sum())
    return max((exact - int((values * counts)[beyond].sum())) / left, 0.0) if left > 0 else None


def describe(histogram: Histogram, unit: str, most: int | None = None) -> dict[str, Any] | None:
    """Return samples, mean, deviation, extremes and percentiles; None where nothing was counted.

    Values above `most` are implausible, and left out.
    """
    values, counts = usual(*histogram.counted(), most)
    if not values.size:
        return None
    mean, deviation = mean_and_deviation(values, counts)
    extremes = {"min": int(values[0]), "max": int(values[-1])}
    samples = int(counts.sum())
    return {"unit": unit, "samples": samples, "mean": mean, "deviation": deviation, **extremes, **ranks(values, counts)}


def bins(histogram: Histogram, most: int = 40) -> list[list[int]]:
    """Return up to `most` [from, until, count] rows of equal width over the usual values, one beyond."""
    values, counts = histogram.counted()
    if not values.size:
        return []
    usual = ranks(values, counts, ("p99",))["p99"]
    width = max(1, -(-(usual + 1) // most))
    places = np.minimum(values // width, usual // width + 1)
    summed = np.bincount(places, counts).astype(np.int64).tolist()
    last = int(values[-1]) + 1
    rows = [[i * width, (i + 1) * width, count] for i, count in enumerate(summed)]
    rows[-1][1] = max(last, rows[-1][0] + 1)
    return rows


def _distance(values: Integers, counts: Integers, law: Callable[[float], float]) -> float:
    """Return the largest gap between the measured share of calls up to each second, and the law's."""
    measured = (np.cumsum(counts) / counts.sum()).tolist()
    gaps = (abs(share - law(second)) for second, share in zip(values.tolist(), measured, strict=True))
    return float(max(gaps))


def _moments_of_logs(values: Integers, counts: Integers) -> tuple[float, float]:
    """Return mean and deviation of ln(hold); a call of n seconds lasted half a second less on average."""
    logs = np.log(values - 0.5)
    mean = float((logs * counts).sum() / counts.sum())
    return mean, sqrt(float(((logs - mean) ** 2 * counts).sum() / counts.sum()))


def _lognormal(mu: float, sigma: float) -> Callable[[float], float]:
    return lambda second: 0.5 * (1 + erf((log(second) - mu) / (max(sigma, 1e-9) * sqrt(2))))


_MEANING = {
    "exponential": "the plan's formulas hold as they are: the mean hold time tells everything",
    "lognormal": "many short and a few very long calls; Erlang B needs only the mean, but averages of short "
    "periods scatter more than the plan's, and the longest calls decide how long a server takes to drain",
}


def fit_hold_times(histogram: Histogram, mean_s: float) -> dict[str, Any] | None:
    """Return both laws with their distance from the measured hold times, and the closer one.

    The distance is Kolmogorov-Smirnov's: the largest gap between the shares of calls up to any second. Hold
    times are known to the started second; `mean_s` is the exact mean.
    """
    values, counts = histogram.counted()
    if not values.size or int(counts.sum()) < _FEWEST:
        return None
    mu, sigma = _moments_of_logs(values, counts)
    laws = {
        "exponential": {"mean": mean_s, "distance": _distance(values, counts, lambda s: 1 - exp(-s / mean_s))},
        "lognormal": {"mu": mu, "sigma": sigma, "distance": _distance(values, counts, _lognormal(mu, sigma))},
    }
    closer = min(laws, key=lambda law: laws[law]["distance"])
    return {**laws, "closer": closer, "meaning": _MEANING[closer]}


# Calls tried more than once, towards one or several gateways, and records written twice.

_ODD = np.uint64(1)
_OF_CALLS = ("retried", "several_gateways", "retried_then_answered")


def _tries(rows: Words) -> tuple[npt.NDArray[np.bool_], Integers]:
    """Return which attempts lie in the hour of their group, and by attempt the number of its call.

    An attempt that begins `retry_window` or less after the one before it tries the same call again.
    """
    window = limit("retry_window")
    since = (rows[ATTEMPT] >> STARTS_AT).astype(np.int64) - window
    other = np.diff(rows[CALL], prepend=~rows[CALL][:1]) != 0
    new = other | (np.diff(since, prepend=since[:1]) > window)
    return (since >= 0) & (since < HOUR), np.cumsum(new) - 1


def _gateways(rows: Words, call: Integers) -> Integers:
    """Return the number of gateways of every call."""
    order = np.lexsort((rows[GATEWAY], call))
    gateways, calls = rows[GATEWAY][order], call[order]
    new = (np.diff(gateways, prepend=~gateways[:1]) != 0) | (np.diff(calls, prepend=-1) != 0)
    return np.bincount(calls[new])


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

    A call is what was tried between the same two numbers (their last eight characters), each attempt within `window`
    of the one before; `calls` is how many were looked at. A duplicate is a record equal to another in numbers, times,
    hold time, end reason, hang-up side and gateways. `shares` are those of calls (of records for duplicates),
    with the interval in which the share of all calls lies at the stated confidence.
    """
    rows = sample.rows()
    about = {"sampled": sample.full, "window": limit("retry_window"), "calls": 0}
    if not rows.shape[1]:
        return {**about, **dict.fromkeys(("attempts", *_OF_CALLS, "duplicates"), 0), "shares": None}
    inside, call = _tries(rows)
    # A call belongs to the hour in which its first attempt lies.
    here = inside[np.flatnonzero(np.diff(call, prepend=-1))]
    tries, gateways = np.bincount(call)[here], _gateways(rows, call)[here]
    answered = (np.bincount(call, (rows[ATTEMPT] & _ODD).astype(np.int64)) > 0)[here]
    written = np.bincount(call, rows[COUNT].astype(np.int64) * inside).astype(np.int64)
    attempts = np.bincount(call, inside).astype(np.int64)
    found = {
        "calls": int(tries.size),
        "attempts": int(inside.sum()),
        "retried": int((tries > 1).sum()),
        "several_gateways": int((gateways > 1).sum()),
        "retried_then_answered": int(((tries > 1) & answered).sum()),
        "duplicates": int((written - attempts).sum()),
    }
    return {**about, **found, "shares": _shares(found, (written - attempts, written), sampled=sample.full)}


# Traffic by gateway, end reason, hang-up side, charge mode and destination.

_MS_PER_MINUTE = 60_000


def _document(key: bytes, row: Row, peaks: tuple[Peak, Peak], labels: dict[str, str]) -> dict[str, Any]:
    name = key.decode(errors="backslashreplace")
    attempts, answered = peaks
    return {
        "key": name,
        **({"label": labels[name]} if name in labels else {}),
        "attempts": row.attempts,
        "answered": row.answered,
        "asr": row.answered / row.attempts,
        "acd": row.hold_ms / 1000 / row.answered if row.answered else None,
        "minutes": row.hold_ms / _MS_PER_MINUTE,
        "peak_concurrent": answered.level,
        "peak_at": answered.at,
        "peak_concurrent_attempts": attempts.level,
        "peak_attempts_at": attempts.at,
    }


def _labels(name: str) -> dict[str, str]:
    return next((dict(column.labels) for column in cdr_format().columns if column.name == name), {})


def describe_table(name: str, table: Table, records: int, top: int) -> dict[str, Any]:
    """Return the `top` keys by attempts, ties by key, and what the others add up to.

    `peak_concurrent` is the most answered calls in progress in any second, `peak_concurrent_attempts` the
    most attempts, each with the first second that reached it. `dropped_attempts` belong to keys beyond the
    table's limit.
    """
    table.trim()
    rows = sorted(table.rows.items(), key=lambda item: (-item[1].attempts, item[0]))
    peaks = find_peaks(table.changes, [key for key, _ in rows[:top]])
    shown = [_document(key, row, peaks[key], _labels(name)) for key, row in rows[:top]]
    kept = sum(row.attempts for _, row in rows)
    others = kept - sum(row["attempts"] for row in shown)
    return {"keys": len(rows), "rows": shown, "other_attempts": others, "dropped_attempts": records - kept}


# What the files were like: lines by reason, suspicions with examples, and notes about single files.

_LISTED = 100


def total(summary: Summary, name: str) -> int:
    """Return the sum of one count over all files."""
    return sum(int(getattr(facts, name)) for facts in summary.files.values())


def place(summary: Summary, example: Example) -> dict[str, Any]:
    """Return where an example stands: file, line from 1, byte offset, and how the line begins."""
    line = summary.files[example.path].line_number(example)
    return {"file": example.path, "line": line, "offset": example.offset, "text": example.text}


def describe_lines(summary: Summary) -> dict[str, Any]:
    """Return the counts of lines: accepted + rejected = lines, accepted = records + headers."""
    rejected, records, headers = (total(summary, name) for name in ("rejected", "records", "headers"))
    lines = total(summary, "lines")
    kinds = {count: summary.tallies[f"fields:{count}"] for count in sorted(cdr_format().field_counts)}
    return {
        "bytes": total(summary, "bytes"),
        "lines": lines,
        "accepted": records + headers,
        "rejected": rejected,
        "records": records,
        "headers": headers,
        "crlf": summary.tallies["crlf"],
        "fields": {str(count): lines for count, lines in kinds.items()},
        "reasons": {reason.name: summary.tallies[f"reason:{reason.name}"] for reason in cdr_format().reasons},
    }


def examples_of(summary: Summary, kind: str, names: list[str]) -> dict[str, Any]:
    """Return the first examples of every reason or suspicion that occurred."""
    found = {name: summary.examples.kinds.get(f"{kind}:{name}", []) for name in names}
    return {name: [place(summary, one) for one in some] for name, some in found.items() if some}


def _seems_seconds(facts: FileFacts) -> bool:
    return facts.answered >= limit("hold_in_seconds_records") and facts.hold_fits_seconds == facts.answered


def describe_suspicions(summary: Summary) -> dict[str, Any]:
    """Return counts and first examples of what is legal but odd."""
    names = [suspicion.name for suspicion in cdr_format().suspicions]
    seconds = sorted(path for path, facts in summary.files.items() if _seems_seconds(facts))
    return {
        "counts": {name: summary.tallies[f"suspicious:{name}"] for name in names},
        "examples": examples_of(summary, "suspicious", names),
        "hold_in_seconds_files": seconds[:_LISTED],
    }


_BEGINNINGS = {
    ("{", "["): "JSON",
    ("<",): "XML",
    ("PK\x03\x04",): wording("a workbook or another ZIP archive"),
    ("\\xd0\\xcf\x11",): wording("a workbook of an old Excel"),
    ("\\xff\\xfe", "\\xfe\\xff"): wording("text in UTF-16"),
    ("\x1f\\x8b", "(\\xb5/\\xfd"): wording("compressed text whose name does not end in .gz or .zst"),
    ("BZh", "\\xfd7zXZ", "7z\\xbc\\xaf", "Rar!"): wording("an archive of a kind that is not read here"),
    ("-- ", "/*!", "INSERT ", "CREATE ", "DROP ", "LOCK ", "REPLACE "): wording("an SQL dump"),
    ("+--",): wording("a table as the mysql client shows it"),
}
# The name of a member, and what fills its place up.
_TAR, _ARCHIVE = re.compile(r"[ -{}~]+\0{3}"), wording("a tar archive: unpack it first")
_SEPARATORS = {
    ";": wording("text in columns separated by semicolons"),
    "\t": wording("text in columns separated by tabs"),
}
_COLUMNS, _NAMES = 8, 3  # fewer commas stand in a sentence; without a blank after them, these are columns


def other_format(text: str, commas: int) -> str:
    """Return which other format a rejected line seems to be in; empty where it looks like none we know."""
    known = {form["fields"] - 1: form["name"] for form in measures()["other_formats"]}
    begun = (name for beginnings, name in _BEGINNINGS.items() if text.lstrip(" \t\r\n").startswith(beginnings))
    columns = commas >= _COLUMNS or (commas >= _NAMES and ", " not in text)
    names = [wording("CSV of {count} columns", count=commas + 1)] if columns else []
    names += [name for separator, name in _SEPARATORS.items() if text.count(separator) >= _COLUMNS]
    tar = _ARCHIVE if _TAR.match(text) else ""
    return next(begun, tar) or known.get(commas) or ("" if "|" in text else next(iter(names), ""))


def format_of(text: str, commas: int, records: int, rejected: int) -> str:
    """Return which other format a file is in, by a rejected line; most lines of an archive may be sound ones."""
    name = other_format(text, commas)
    return name if records < rejected or name == _ARCHIVE else ""


def not_cdr(path: str, name: str) -> str:
    """Return what is said of a file of another format."""
    return f"{shown(path)}: this is {name}, not the pipe-separated text CDR (17 or 19 fields between |)"


def foreign_files(summary: Summary) -> dict[str, str]:
    """Return the files whose lines were mostly rejected and look like another known format."""
    found = {}
    for example in (
        one
        for reason in ("fields", "truncated", "encoding")
        for one in summary.examples.kinds.get(f"reason:{reason}", [])
    ):
        facts = summary.files[example.path]
        if name := format_of(example.text, example.commas, facts.records, facts.rejected):
            found[example.path] = name
    return found


def files_of_one_time(summary: Summary) -> dict[str, list[str]]:
    """Return the files that hold lines and whose names tell the same time, by that part of their names."""
    named: dict[str, list[str]] = {}
    for path, facts in sorted(summary.files.items()):
        if facts.lines and named_time(path):
            named.setdefault(PurePath(path).name.split(".", 1)[0], []).append(path)
    return {name: paths for name, paths in named.items() if len(paths) > 1}


def describe_files(summary: Summary) -> Iterator[dict[str, Any]]:
    """Yield the files in the order of their paths."""
    for path, facts in sorted(summary.files.items()):
        counts = {name: getattr(facts, name) for name in ("bytes", "lines", "records", "rejected")}
        stops = {"first_stop": facts.first_stop, "last_stop": facts.last_stop}
        times = {name: None if second is None else written(second) for name, second in stops.items()}
        yield {"file": path, **counts, **times, **({"note": facts.note} if facts.note else {})}


def unreadable_files(summary: Summary) -> list[str]:
    """Return the clear error of every file that could not be read to its end."""
    notes = (facts.note for _, facts in sorted(summary.files.items()))
    return [note.removeprefix(UNREADABLE) for note in notes if note.startswith(UNREADABLE)]
