"""Where sources disagree on a figure shown, and what was planned nevertheless: the words are `schemas/notes.json`."""

from collections.abc import Iterator, Mapping
from typing import Any

from planner.sizing.constants import data
from planner.sizing.inputs import number_at
from planner.sizing.numbers import Assumption
from planner.sizing.result import Hardware, Note
from planner.wording import Value, filled, wording

_MEASURED = {
    "traffic.cps": ("cps", "hour", "peak"),
    "traffic.concurrent_calls_peak": ("concurrency", "attempts", "peak"),
}


def notes(values: Mapping[str, float], leaves: Mapping[str, Assumption], hardware: Hardware) -> Iterator[Note]:
    """Yield what to know about the figures of this sizing; `values` are typical values by name."""
    yield from _traffic(values, leaves)
    yield from _cdr(values, leaves)
    yield from _database(leaves)
    yield from _network(values, leaves)
    yield from _hardware(values, leaves, hardware)


def beside(profile: Mapping[str, Any] | None, values: Mapping[str, float]) -> Iterator[Note]:
    """Yield what was measured beside what is planned: a plan for other traffic must say so."""
    cps, calls = (number_at(profile, *path) for path in _MEASURED.values())
    if cps and calls:
        planned, channels = (values[name] for name in _MEASURED)
        yield _note(
            "measured",
            cps=f"{cps:,.4g}",
            calls=f"{calls:,.0f}",
            planned=f"{planned:,.4g}",
            times=f"{planned / cps:,.3g}",
            channels=f"{channels:,.0f}",
            more=f"{channels / calls:,.3g}",
        )


def _note(name: str, **parts: Value) -> Note:
    said = data("notes")["notes"][name]
    return Note(filled(said["text"], parts), tuple(said["figures"]), tuple(said["sources"]))


def _assumed(leaves: Mapping[str, Assumption], name: str) -> bool:
    return leaves[name].origin == "default"


def _traffic(values: Mapping[str, float], leaves: Mapping[str, Assumption]) -> Iterator[Note]:
    if any(_assumed(leaves, f"traffic.{name}") for name in ("asr", "acd", "setup_time")):
        yield _note("attempts assumed")
    if values["traffic.mean_to_peak"] >= 1 and _assumed(leaves, "traffic.load_factor"):
        yield _note("day assumed")


def _cdr(values: Mapping[str, float], leaves: Mapping[str, Assumption]) -> Iterator[Note]:
    if not leaves["cdr.text_files"].range.typical:
        yield _note("text off")
        return
    if not leaves["cdr.recording_declared"].range.typical:
        yield _note("recording undeclared")
    if _assumed(leaves, "cdr.interval"):
        days = f"{values['cdr.retention_seconds_at_recommended_interval'] / 86400:.1f}"
        yield _note("interval undeclared", interval=f"{values['cdr.recommended_interval']:g}", days=days)
    needed, most = values["cdr.required_max_files"], values["cdr.files_maximum"]
    if needed > most:
        interval = f"{values['cdr.shortest_interval_for_policy']:,.0f}"
        yield _note("too many files", files=f"{needed:,.0f}", most=f"{most:,.0f}", interval=interval)


def _database(leaves: Mapping[str, Assumption]) -> Iterator[Note]:
    text = leaves["cdr.text_files"].range.typical and leaves["cdr.recording_declared"].range.typical
    every = leaves["cdr.every_attempt"].range.typical
    if text and bool(every) != bool(leaves["database.zero_hold_rows"].range.typical):
        one, other = wording("answered calls"), wording("attempts")
        yield _note("two drivers", one=other if every else one, other=one if every else other)
    if leaves["database.innodb"].range.typical and leaves["database.myisam"].range.typical:
        yield _note("two engines")


def _network(values: Mapping[str, float], leaves: Mapping[str, Assumption]) -> Iterator[Note]:
    if leaves["server.media"].range.typical:
        cores, every = (f"{values[name]:,.3g}" for name in ("cpu.relay_cores", "hardware.cpu_cores"))
        yield _note("relay", cores=cores, all=every)
        if calls := values["codec.transcoded_calls"]:
            yield _note("transcoding", calls=f"{calls:,.0f}")
        yield _note("legs")
    yield _note("signalling")
    if not leaves["option.conntrack"].range.typical:
        yield _note("untracked")


def _hardware(values: Mapping[str, float], leaves: Mapping[str, Assumption], hardware: Hardware) -> Iterator[Note]:
    yield _note("tiers")
    usual, enough = leaves["softswitch.limit"].range.typical, values["softswitch.max_cps"]
    if not leaves["given.max_cps"].range.typical and enough > usual:
        yield _note("attempt limit undeclared", usual=f"{usual:,.0f}", enough=f"{enough:,.0f}")
    if leaves["server.media"].range.typical and (hardware.tier == "carrier" or values["hardware.servers"] > 1):
        yield _note("carrier")
    if hardware.dr:
        yield _note("standby")
