"""A plain reference: the format page read literally, line by line, sharing no code with the product."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import datetime
from math import ceil

INSTANT = re.compile(rb"([0-9]{4})-([0-9]{2})-([0-9]{2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})")
NUMBER = re.compile(rb"[0-9]{1,9}")
NAMES = [
    "callerE164",
    "calleeE164",
    "startTime",
    "stopTime",
    "holdTime",
    "endReason",
    "endDirection",
    "callerGatewayId",
    "calleeGatewayId",
    "callerIp",
    "calleeIp",
    "callerAccessE164",
    "calleeAccessE164",
    "callerToGatewayE164",
    "calleeToGatewayE164",
    "calleeBilling",
    "billingMode",
    "callerPdd",
    "calleePdd",
]
OUT_NAMES = [
    "callerOutE164" if n == "callerToGatewayE164" else "calleeOutE164" if n == "calleeToGatewayE164" else n
    for n in NAMES
]
HEADERS = {"|".join(names[:count]).lower() for names in (NAMES, OUT_NAMES) for count in (17, 19)}


def instant(text):
    found = INSTANT.fullmatch(text)
    if not found:
        return None
    try:
        moment = datetime(*map(int, found.groups()))  # noqa: DTZ001  the file's clock has no zone
    except ValueError:
        return None
    return int((moment - datetime(1, 1, 1)).total_seconds())  # noqa: DTZ001  the same


def reason_of(raw):  # noqa: C901, PLR0911  one rule after the other, as the format page lists them
    """Return (reason, fields): the reason is None for a record, "header" for a header."""
    if len(raw) > 1048576:
        return "length", []
    content = raw[:-1] if raw.endswith(b"\r") else raw
    if content == b"":
        return "empty", []
    try:
        text = content.decode("utf-8", "strict")
    except UnicodeDecodeError:
        return "encoding", []
    if "\0" in text:
        return "encoding", []
    fields = content.split(b"|")
    if len(fields) not in (17, 18, 19):
        return "fields", fields
    if content.decode().isascii() and text.lower() in HEADERS:
        return "header", fields
    if instant(fields[2]) is None:
        return "start_time", fields
    if instant(fields[3]) is None:
        return "stop_time", fields
    if not NUMBER.fullmatch(fields[4]):
        return "hold_time", fields
    if any(pdd and not NUMBER.fullmatch(pdd) for pdd in fields[17:]):
        return "pdd", fields
    return None, fields


def lines_of(data):
    """Yield (offset, bytes without LF, has LF)."""
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while at < len(data):
        end = data.find(b"\n", at)
        if end < 0:
            yield at, data[at:], False
            return
        yield at, data[at:end], True
        at = end + 1


def measure(data):  # noqa: PLR0915  one count after the other
    """Return everything the product sums up, from one pass over the bytes of one file."""
    tally, outcomes, seconds = Counter(), [], defaultdict(lambda: [0, 0, 0])
    histograms = {name: Counter() for name in ("hold_s", "setup_s", "caller_pdd_ms", "callee_pdd_ms", "line_bytes")}
    tables = {
        name: defaultdict(lambda: [0, 0, 0, Counter()])
        for name in ("callerGatewayId", "calleeGatewayId", "endReason", "endDirection", "billingMode", "prefix")
    }
    answered_minutes, groups = Counter(), defaultdict(Counter)
    for offset, raw, ended in lines_of(data):
        reason, fields = reason_of(raw)
        if not ended and reason not in (None, "header"):
            reason = "truncated"
        tally["crlf"] += ended and raw.endswith(b"\r")
        outcomes.append((reason or "record", offset))
        if reason:
            tally["headers" if reason == "header" else "reason:" + reason] += 1
            continue
        start, stop, hold = instant(fields[2]), instant(fields[3]), int(fields[4])
        end = max(start, stop)
        tally["records"] += 1
        tally[f"fields:{len(fields)}"] += 1
        tally["hold_ms"] += hold
        tally["duration_s"] += end - start
        tally["size"] += len(raw) + ended
        tally["suspicious:unterminated"] += not ended
        tally["suspicious:fields_18"] += len(fields) == 18
        tally["suspicious:pdd_empty"] += any(pdd == b"" for pdd in fields[17:])
        tally["suspicious:stop_before_start"] += stop < start
        setup = end - start - hold // 1000
        delays = [int(pdd) for pdd in fields[17:] if pdd]
        tally["suspicious:implausible_duration"] += setup > 1800 or hold > 86_400_000 or max(delays, default=0) > 1.8e6
        if hold > (end - start + 1) * 1000:
            tally["over"] += 1
            tally["over_ms"] += hold - (end - start) * 1000
        tally[f"backwards:{start // 3600}"] += stop < start
        tally["suspicious:hold_exceeds_duration"] += stop >= start and hold > (stop - start + 1) * 1000
        seconds[start][0] += 1
        seconds[end][1] += 1
        histograms["line_bytes"][len(raw) + ended] += 1
        histograms["setup_s"][max(0, end - start - hold // 1000)] += 1
        for name, text in zip(("caller_pdd_ms", "callee_pdd_ms"), fields[17:], strict=False):
            if text:
                histograms[name][int(text)] += 1
        answer = stop - ceil(hold / 1000)
        if hold:
            tally["answered"] += 1
            seconds[answer][2] += 1
            seconds[stop][2] -= 1
            histograms["hold_s"][stop - answer] += 1
            answered_minutes[start // 60] += 1
        prefix = re.match(rb"[0-9]*", fields[1][:4]).group()
        keys = {
            "endReason": fields[5],
            "endDirection": fields[6],
            "callerGatewayId": fields[7],
            "calleeGatewayId": fields[8],
            "billingMode": fields[16],
            "prefix": prefix,
        }
        for name, key in keys.items():
            row = tables[name][key[:64]]
            row[0] += 1
            row[1] += hold > 0
            row[2] += hold
            row[3].update([("attempts", start), *[("answered", answer)] * (hold > 0)])
            row[3].subtract([("attempts", end), *[("answered", stop)] * (hold > 0)])
        numbers = (fields[0][-8:].rjust(8, b"\0"), fields[1][-8:].rjust(8, b"\0"))
        # An hour is looked at with the ten minutes around it.
        for hour in range((start - 600) // 3600, (start + 600) // 3600 + 1):
            groups[*numbers, hour][(start, stop, hold, b"|".join(fields[5:9]))] += 1
    return {
        "tally": +tally,
        "outcomes": outcomes,
        "seconds": {s: tuple(c) for s, c in seconds.items() if any(c)},
        "answered_minutes": dict(answered_minutes),
        "histograms": {name: dict(counts) for name, counts in histograms.items()},
        "tables": {
            name: {
                key: (a, b, c, {event: change for event, change in changes.items() if change})
                for key, (a, b, c, changes) in rows.items()
            }
            for name, rows in tables.items()
        },
        "groups": sorted(
            (sum(1 for _ in group), len({attempt[3].rsplit(b"|", 1)[-1] for attempt in group}), sum(group.values()))
            for group in groups.values()
        ),
    }


def peak(changes):
    """Return (peak, first second) of a sweep line over {second: change}."""
    level, best = 0, (0, None)
    for second in sorted(changes):
        level += changes[second]
        if level > best[0]:
            best = (level, second)
    return best
