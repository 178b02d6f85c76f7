"""Fuzzing guided by coverage: whatever bytes come in, an answer or a clear refusal comes out, in bounded time.

    python tests/trust/machinery/fuzz.py [TARGET...] [--seconds 20]

Each target runs in a process of its own with the seeds of `examples/` and the rules' own examples. Targets that read
JSON mutate its structure, not its bytes. What breaks is written to `fuzz-findings/`, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing.pool
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[3]
FINDINGS = Path("fuzz-findings")
DONE = re.compile(r"Done (\d+) runs|#(\d+)\s+(?:DONE|pulse|NEW|REDUCE|RELOAD|INITED)")


def parsed(kind: str, name: str) -> Callable[[bytes], None]:
    from planner.document.reader import parse

    def one(data: bytes) -> None:
        document = parse(data, name, kind)
        assert document.readable or document.findings

    return one


def validated(name: str) -> Callable[[bytes], None]:
    from planner.deployment.load import from_documents
    from planner.document.reader import parse
    from planner.output.findings import FindingFormat, render
    from planner.rules.validation import validate
    from planner.wording import neutral

    def one(data: bytes) -> None:
        found = validate(from_documents([parse(data, name)]))
        assert not found.failed
        for form in FindingFormat:
            assert "\x1b" not in neutral(render(found, form))

    return one


def sized() -> Callable[[bytes], None]:
    from planner.deployment.load import from_documents
    from planner.document.reader import parse
    from planner.sizing import ImpossibleInput, size

    def one(data: bytes) -> None:
        try:
            made = size(from_documents([parse(data, "d.yaml")]))
        except ImpossibleInput:
            return
        json.dumps(made.to_dict(), allow_nan=False)

    return one


def saved(schema: str) -> Callable[[bytes], None]:
    from planner import Deployment
    from planner.document.json import SavedError, check, parse
    from planner.sizing import ImpossibleInput, Sizing, size

    def one(data: bytes) -> None:
        try:
            document = parse(data)
            check(document, schema)
            if schema == "profile-v1":
                size(Deployment().override({"traffic.cps": 9}), profile=document)
            else:
                Sizing.from_dict(document).to_dict()
        except (SavedError, ImpossibleInput):
            return
        except ValueError as error:  # what `from_dict` says of members that are missing
            assert "not a" in str(error), error

    return one


def baseline() -> Callable[[bytes], None]:
    from planner.rules.policy import BaselineError, parse_baseline

    def one(data: bytes) -> None:
        try:
            parse_baseline(data)
        except BaselineError:
            return

    return one


def quantity() -> Callable[[bytes], None]:
    from planner.catalogue.quantity import parse_quantity
    from planner.catalogue.units import QuantityError

    kinds = ("number", "count", "ratio", "duration", "size", "rate", "days", "codecs")

    def one(data: bytes) -> None:
        text = data.decode(errors="surrogateescape")
        for kind in kinds:
            try:
                parse_quantity(kind, text)
            except QuantityError:
                continue

    return one


def records() -> Callable[[bytes], None]:
    """Measure bytes as a CDR file, whatever they are."""
    from planner.cdr.engine.run import measure
    from planner.cdr.profile.document import build_profile
    from planner.cdr.sources import Source

    place = Path(tempfile.mkdtemp(prefix="plan-fuzz-")) / "2030010100.txt"

    def one(data: bytes) -> None:
        place.write_bytes(data)
        json.dumps(build_profile(measure([Source(str(place), len(data))]).summary), allow_nan=False)

    return one


def logo() -> Callable[[bytes], None]:
    from planner.report.logo import LogoError, safe_svg

    def one(data: bytes) -> None:
        try:
            said = safe_svg(data, "logo.svg").lower()
        except LogoError:
            return
        assert b"<script" not in said
        assert b"javascript:" not in said

    return one


TARGETS: dict[str, tuple[Callable[[], Callable[[bytes], None]], bool]] = {
    "yaml": (lambda: parsed("yaml", "d.yaml"), False),
    "json": (lambda: parsed("json", "d.json"), False),
    "toml": (lambda: parsed("toml", "d.toml"), False),
    "sysctl": (lambda: parsed("sysctl", "sysctl.conf"), False),
    "options": (lambda: parsed("option-file", "my.cnf"), False),
    "validate": (lambda: validated("d.yaml"), False),
    "validate-options": (lambda: validated("my.cnf"), False),
    "validate-sysctl": (lambda: validated("sysctl.conf"), False),
    "size": (sized, False),
    "quantity": (quantity, False),
    "cdr": (records, False),
    "logo": (logo, False),
    "profile": (lambda: saved("profile-v1"), True),
    "sizing": (lambda: saved("sizing-v1"), True),
    "baseline": (baseline, True),
}
ODD: list[Any] = [None, True, -1, 0, 1e300, 1e-300, 10**309, "", "\ud800", "x" * 300, [], {}, [1], {"a": 1}, 0.5, "nan"]


def mutated(data: bytes, _: int, seed: int) -> bytes:
    """Return JSON with one place of it changed: another value, a member gone or doubled, or moved elsewhere."""
    draw = random.Random(seed)  # noqa: S311  no secret
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        document = {"schema": "profile-v1", "assumptions": [{"name": "cdr.line_bytes", "value": 200}]}
    places = list(_places(document))
    if not places:
        return json.dumps(draw.choice(ODD)).encode()
    node, key = draw.choice(places)
    action = draw.randrange(4)
    if action == 0:
        node[key] = draw.choice(ODD)
    elif action == 1:
        del node[key]
    elif action == 2:
        other, place = draw.choice(places)
        node[key] = json.loads(json.dumps(other[place]))
    elif isinstance(node[key], float):
        node[key] *= draw.choice([-1, 0, 1e-200, 1e200, 2])
    return json.dumps(document).encode()


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    waiting = [node]
    while waiting:
        each = waiting.pop()
        keys = list(each) if isinstance(each, dict) else range(len(each)) if isinstance(each, list) else ()
        for key in keys:
            yield each, key
            waiting.append(each[key])


def seeds(name: str, folder: Path) -> None:
    """Write what a target begins with: the examples, and for JSON what the program writes itself."""
    samples = [path.read_bytes() for path in sorted((ROOT / "examples").rglob("*")) if path.is_file()]
    if TARGETS[name][1]:
        from planner import Deployment
        from planner.sizing import size

        made = size(Deployment().override({"traffic.cps": 9})).to_dict()
        samples = [json.dumps(made).encode(), b'{"schema": "baseline-v1", "findings": [{"fingerprint": "a"}]}']
        samples.append(b'{"schema": "profile-v1", "assumptions": [{"name": "cdr.line_bytes", "value": 200}]}')
    for number, sample in enumerate(samples[:200]):
        (folder / str(number)).write_bytes(sample[:20_000])


def run(name: str, seconds: int, seed: int) -> None:
    """Fuzz one target in this process; it ends the process."""
    import atheris

    with atheris.instrument_imports(include=["planner"]):
        one = TARGETS[name][0]()
    corpus = Path(tempfile.mkdtemp(prefix=f"plan-fuzz-{name}-"))
    seeds(name, corpus)
    FINDINGS.mkdir(exist_ok=True)
    options = [
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-max_len=20000",
        "-print_final_stats=1",
    ]
    words = [sys.argv[0], str(corpus), *options, f"-artifact_prefix={FINDINGS}/{name}-"]
    shaped = {"custom_mutator": mutated} if TARGETS[name][1] else {}
    atheris.Setup(words, one, **shaped)
    atheris.Fuzz()


def tried(name: str, seconds: int, seed: int) -> tuple[int, bool]:
    """Fuzz one target in a process of its own; return how many inputs it took, and whether all were answered."""
    command = [sys.executable, __file__, name, "--seconds", str(seconds), "--seed", str(seed), "--here"]
    ran = subprocess.run(command, capture_output=True, check=False, text=True, errors="replace")
    counts = [int(a or b) for a, b in DONE.findall(ran.stderr + ran.stdout)]
    if ran.returncode:
        print((ran.stdout + ran.stderr)[-3000:])
    return max(counts, default=0), ran.returncode == 0


def main() -> int:
    """Fuzz the targets named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", default=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=20, help="for each target")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.here:
        run(arguments.targets[0], arguments.seconds, arguments.seed)
    try:
        import atheris  # noqa: F401  what the processes need
    except ImportError:
        print("fuzzing needs atheris: pip install atheris (Linux)")
        return 2
    with multiprocessing.pool.ThreadPool(2) as pool:
        answers = pool.starmap(tried, [(name, arguments.seconds, arguments.seed) for name in arguments.targets])
    for name, (count, sound) in zip(arguments.targets, answers, strict=True):
        print(f"{name}: {count:,} inputs, {'all answered' if sound else 'BROKEN: see ' + str(FINDINGS)}")
    return 0 if all(sound for _, sound in answers) else 1


if __name__ == "__main__":
    sys.exit(main())
