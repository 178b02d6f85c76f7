"""Where sources disagree on a figure shown, and what was planned nevertheless."""

from collections.abc import Iterator, Mapping
from typing import Any

from planner.catalogue.data import citations
from planner.sizing.inputs import number_at
from planner.sizing.numbers import Assumption
from planner.sizing.result import Hardware, Note
from planner.wording import wording

SCALING = "guide-scaling"
ROTATION = "guide-cdr-file-rotation"
_MEASURED = {
    "traffic.cps": ("cps", "hour", "peak"),
    "traffic.concurrent_calls_peak": ("concurrency", "attempts", "peak"),
}


def notes(values: Mapping[str, float], leaves: Mapping[str, Assumption], hardware: Hardware) -> Iterator[Note]:
    """Yield what to know about the figures of this sizing; `values` are typical values by name."""
    for part in (
        _traffic(values, leaves),
        _cdr(values, leaves),
        _database(leaves),
        _network(values, leaves),
        _hardware(values, leaves, hardware),
    ):
        yield from (note._replace(sources=citations(note.sources)) for note in part)


def beside(profile: Mapping[str, Any] | None, values: Mapping[str, float]) -> Iterator[Note]:
    """Yield what was measured beside what is planned: a plan for other traffic must say so."""
    measured = {name: number_at(profile, *path) for name, path in _MEASURED.items()}
    cps, calls = measured.values()
    if cps and calls:
        planned = [values[name] for name in _MEASURED]
        yield Note(
            wording(
                "Measured: {cps} attempts per second in the busiest hour, {calls} calls at once. You plan for "
                "{planned} per second, {times} times that, and for {channels} calls, {more} times.",
                cps=f"{cps:,.4g}",
                calls=f"{calls:,.0f}",
                planned=f"{planned[0]:,.4g}",
                times=f"{planned[0] / cps:,.3g}",
                channels=f"{planned[1]:,.0f}",
                more=f"{planned[1] / calls:,.3g}",
            ),
            tuple(_MEASURED),
        )


def _assumed(leaves: Mapping[str, Assumption], name: str) -> bool:
    return leaves[name].origin == "default"


def _traffic(values: Mapping[str, float], leaves: Mapping[str, Assumption]) -> Iterator[Note]:
    if any(_assumed(leaves, f"traffic.{name}") for name in ("asr", "acd", "setup_time")):
        yield Note(
            wording(
                "ASR, ACD or setup time are not declared. The documented pairs of calls and CPS imply "
                "25-40 s held per attempt; the typical case takes 30 s. Pass your own: retail traffic "
                "holds several times longer."
            ),
            ("traffic.offered_erlangs", "traffic.concurrent_calls_peak"),
            (f"{SCALING}: limits of calls and CPS",),
        )

    if values["traffic.mean_to_peak"] >= 1 and _assumed(leaves, "traffic.load_factor"):
        yield Note(
            wording(
                "A flat day is assumed: 24 hours at the busy hour's rate, as the guide computes. A busy hour of 12 % "
                "of the day writes 0.35 times the CDRs: declare traffic.busy_hour_profile or traffic.load_factor."
            ),
            ("traffic.attempts_per_day", "cdr.retained_bytes", "database.retained_bytes"),
            (f"{ROTATION}: worked disk example",),
        )


def _cdr(values: Mapping[str, float], leaves: Mapping[str, Assumption]) -> Iterator[Note]:
    if not leaves["cdr.text_files"].range.typical:
        yield Note(
            wording("SS_CDR_RECORD_TO_FILE is Off: no CDR text is written, none is planned."),
            ("cdr.retained_bytes",),
            (ROTATION,),
        )
        return
    if not leaves["cdr.recording_declared"].range.typical:
        yield Note(
            wording(
                "The guide's disk example writes every attempt; SS_CDR_RECORD_NONCONNECT is Off by "
                "default, and then only answered calls are written: the low end. Pass --record-nonconnect"
                " or --no-record-nonconnect."
            ),
            ("cdr.lines_per_second", "cdr.bytes_per_day", "cdr.retained_bytes"),
            (ROTATION, "vos3000-manual: SS_CDR_RECORD_NONCONNECT"),
        )
    if _assumed(leaves, "cdr.interval"):
        kept = values["cdr.retention_seconds_at_recommended_interval"]
        yield Note(
            wording(
                "SERVER_CDR_FILE_WRITE_INTERVAL is unset by default, and nothing is written then; 3600 s "
                "x 2,048 files is the guide's example. This traffic calls for {interval} s: "
                "the same files then keep {days} days.",
                interval=f"{values['cdr.recommended_interval']:g}",
                days=f"{kept / 86400:.1f}",
            ),
            ("cdr.recommended_interval", "cdr.retention_seconds"),
            (ROTATION,),
        )
    if values["cdr.required_max_files"] > values["cdr.files_maximum"]:
        yield Note(
            wording(
                "{files} files are needed and {most} are possible: archive "
                "elsewhere, or use an interval of {interval} s or longer.",
                files=f"{values['cdr.required_max_files']:,.0f}",
                most=f"{values['cdr.files_maximum']:,.0f}",
                interval=f"{values['cdr.shortest_interval_for_policy']:,.0f}",
            ),
            ("cdr.required_max_files", "cdr.archive_bytes_per_day"),
            (ROTATION,),
        )


def _database(leaves: Mapping[str, Assumption]) -> Iterator[Note]:
    text = leaves["cdr.text_files"].range.typical and leaves["cdr.recording_declared"].range.typical
    every = leaves["cdr.every_attempt"].range.typical
    if text and bool(every) != bool(leaves["database.zero_hold_rows"].range.typical):
        one, other = wording("answered calls"), wording("attempts")
        one, other = (other, one) if every else (one, other)
        yield Note(
            wording(
                "Text lines follow {one}, database rows follow {other}: two disks, two drivers.", one=one, other=other
            ),
            ("cdr.retained_bytes", "database.retained_bytes"),
            (ROTATION,),
        )
    if leaves["database.innodb"].range.typical and leaves["database.myisam"].range.typical:
        yield Note(
            wording(
                "The guide tunes InnoDB; public definitions of running systems show MyISAM for every "
                "table, where key_buffer_size decides. Both caches are planned: declare mysql.cdr_engine."
            ),
            ("database.buffer_pool_bytes", "database.key_buffer_bytes"),
            (f"{SCALING}: database optimization", "vos3000-schema-dump"),
        )


def _network(values: Mapping[str, float], leaves: Mapping[str, Assumption]) -> Iterator[Note]:
    if leaves["server.media"].range.typical:
        yield Note(
            wording(
                "Relaying media takes {cores} of the {all} cores in use, and all of its bandwidth; without it a server "
                "carries 3-4 times the calls. Relay where addresses must be hidden, endpoints sit behind translation, "
                "or calls are recorded.",
                cores=f"{values['cpu.relay_cores']:,.3g}",
                all=f"{values['hardware.cpu_cores']:,.3g}",
            ),
            ("cpu.relay_cores", "network.media_bits_per_second"),
            (f"{SCALING}: with and without media",),
        )
        if values["codec.transcoded_calls"]:
            yield Note(
                wording(
                    "{calls} calls at once are transcoded: each takes a channel of signal processing, licensed for "
                    "G.729.",
                    calls=f"{values['codec.transcoded_calls']:,.0f}",
                ),
                ("codec.transcoded_calls",),
                (f"{SCALING}: with and without media",),
            )
        yield Note(
            wording(
                "Per-1,000 figures count two streams: each direction at the server. A relayed call is "
                "four streams; volume billed both ways is double."
            ),
            ("network.media_bits_per_second", "network.billed_bits_per_second"),
            (f"{SCALING}: bandwidth per codec",),
        )
    yield Note(
        wording(
            "The guide gives signalling per concurrent call, messages follow attempts: both are "
            "shown, the larger is planned."
        ),
        (
            "network.signalling_documented_bits_per_second",
            "network.signalling_modelled_bits_per_second",
            "network.signalling_bits_per_second",
        ),
        (SCALING, "rfc-3261"),
    )


def _hardware(values: Mapping[str, float], leaves: Mapping[str, Assumption], hardware: Hardware) -> Iterator[Note]:
    yield Note(
        wording(
            "The tiers are planned load (20-75 % CPU), the limits of 3,000-5,000 calls on 8 cores are"
            " saturation: tiers choose, limits are shown."
        ),
        ("hardware.cpu_utilisation", "limit.calls"),
        (f"{SCALING}: tiers and limits",),
    )
    usual, enough = leaves["softswitch.limit"].range.typical, values["softswitch.max_cps"]
    if not leaves["given.max_cps"].range.typical and enough > usual:
        yield Note(
            wording(
                "SS_MAXCPS is not declared: {usual} by default in one guide (another page gives 1,200), and beyond it "
                "attempts are turned away. Set it to {enough}.",
                usual=f"{usual:,.0f}",
                enough=f"{enough:,.0f}",
            ),
            ("softswitch.max_cps", "server.cps"),
            (f"{SCALING}: softswitch parameters",),
        )
    if leaves["server.media"].range.typical and (hardware.tier == "carrier" or values["hardware.servers"] > 1):
        yield Note(
            wording(
                "The carrier tier is documented for more than 10,000 calls, a single server for about "
                "5,000 with media: with media no server is planned beyond 5,000."
            ),
            ("hardware.servers", "hardware.capacity_concurrent_calls"),
            (f"{SCALING}: tiers and architecture",),
        )
    if hardware.dr:
        yield Note(
            wording("A disaster-recovery pair takes over after a failure; it carries what one server carries."),
            ("hardware.servers_standby", "hardware.capacity_concurrent_calls"),
            (f"{SCALING}: disaster recovery",),
        )
