"""Faults from outside: signals at any moment, full and read-only disks, inputs that vanish, a reader that leaves.

    python tests/trust/machinery/faults.py [--seconds 60] [--seed 1]

Runs as whoever starts it; `make faults` runs it as root, where that is possible, and as an ordinary user. After each
fault it is looked at: the exit code, that one line at most is said and no traceback, that no process and no temporary
file is left within two seconds (more on a busy machine), and that a file that was there before is whole or replaced as
a whole. Runs over one cache (`--state`) must agree with a run without one, however often they were ended in between.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archives import on_other_days
from waiting import unhurried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Fault = Callable[["Command", Path, random.Random, dict[str, str]], None]

ROOT = Path(__file__).resolve().parents[3]
PLAN = (sys.executable, "-m", "planner")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1"}
OLD = b"what stood here before\n"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE_S = 2.0
HELD_UP_S = 10.0
CODES = {0, 1, 2, 3}


class Command(NamedTuple):
    """One command and the file it writes; `{archive}`, `{many}` and `{example}` are filled in."""

    words: str
    output: str = ""

    def filled(self, places: dict[str, str]) -> list[str]:
        return [word.format(**places) for word in self.words.split()]


COMMANDS = (
    Command("size {example} --format json -o out.json", "out.json"),
    Command("report {example} -o out.html", "out.html"),
    Command("sweep {example} --vary traffic.cps=1:300:1 --vary traffic.acd=10:300:1 -o out.csv", "out.csv"),
    Command("compare {example} {example} --all --format csv -o out.csv", "out.csv"),
    Command("validate {many} --format json -o out.json", "out.json"),
    Command("cdr profile {archive} --format json --processes 2 -o out.json", "out.json"),
    Command("cdr check {archive} --processes 2 -o out.txt", "out.txt"),
    Command("cdr export {archive} --processes 2 -o out.csv", "out.csv"),
    Command("cdr export {archive} --processes 1 -o out.parquet", "out.parquet"),
    Command("cdr simulate --cps 50 --hours 3 -o out"),
)


class BrokenError(AssertionError):
    """The program did not do what it promises."""


class LateError(BrokenError):
    """The program did what it promises, but not in time."""


def expect(condition: object, said: str) -> None:
    """Raise BrokenError unless something holds."""
    if not condition:
        raise BrokenError(said)


def started(words: list[str], here: Path, limits: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
    """Start the program in a folder, with temporary files of its own place."""
    (here / "tmp").mkdir(exist_ok=True)
    return subprocess.Popen(
        [*PLAN, *words],
        cwd=here,
        env={**ENVIRONMENT, "TMPDIR": str(here / "tmp")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=limits,  # noqa: PLW1509  limits are set before anything runs
    )


def finished(process: subprocess.Popen[bytes], within: float) -> tuple[int, str]:
    """Return the exit code and what was said; the whole group must be gone within the time."""
    begun = time.monotonic()
    try:
        _, said = process.communicate(timeout=within)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=HELD_UP_S)
            raise LateError(f"it took {time.monotonic() - begun:.1f} s to end, not {within:.1f} s") from None
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise BrokenError(f"it did not end within {within + HELD_UP_S:.1f} s") from None
    late = False
    while _group(process.pid):
        late = time.monotonic() - begun > within
        if time.monotonic() - begun > within + HELD_UP_S:
            os.killpg(process.pid, signal.SIGKILL)
            raise BrokenError("processes of its own outlived it")
        time.sleep(0.02)
    if late:
        raise LateError(f"its processes took {time.monotonic() - begun:.1f} s to end, not {within:.1f} s")
    text = said.decode(errors="replace")
    expect("Traceback" not in text, f"a traceback: {text[-600:]}")
    expect("internal error" not in text, f"a fault of ours: {text[-600:]}")
    return process.returncode, text


def _listens(process: int) -> bool:
    """Tell whether a process takes signals itself."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("SigCgt:"):
                return bool(int(line.split()[1], 16) >> (signal.SIGTERM - 1) & 1)
    return False


def _group(group: int) -> list[int]:
    """Return the processes of a group that run."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[2]) == group and fields[0] not in {"Z", "X"}:
                    found.append(int(entry.name))
    return found


def clean(here: Path, command: Command) -> None:
    """See that no temporary file is left, and that the output is the old one or a whole new one."""
    left = [path for path in here.rglob("*") if path.name.startswith(".plan-") or path.name.endswith((".part", ".tmp"))]
    expect(not left, f"temporary files are left: {left}")
    temporary = list((here / "tmp").iterdir())
    expect(not temporary, f"temporary files are left: {temporary}")
    if command.output:
        content = (here / command.output).read_bytes()
        expect(content == OLD or whole(content, command.output), f"{command.output} is neither old nor whole")


def whole(content: bytes, name: str) -> bool:
    """Tell whether an output is complete, by how its kind ends."""
    ends = {".json": b"}\n", ".html": b"</html>\n", ".csv": b"\n", ".parquet": b"PAR1", ".txt": b"\n"}
    return content.rstrip(b"\n").endswith(ends[Path(name).suffix].rstrip(b"\n"))


def signalled(command: Command, here: Path, draw: random.Random, places: dict[str, str]) -> None:
    """Send a signal at a random moment, now and then two."""
    number, moment = draw.choice(SIGNALS), draw.uniform(0.0, 2.2)
    process = started(command.filled(places), here)
    while process.poll() is None and not _listens(process.pid):
        time.sleep(0.005)  # before that the signal is the interpreter's
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(moment)
    alive = process.poll() is None
    if alive:
        # At once or to all of them, as a terminal and a service manager do.
        (process.send_signal if draw.random() < 0.5 else lambda each: os.killpg(process.pid, each))(number)
    code, said = finished(process, unhurried(PATIENCE_S) if alive else 30)
    # The interpreter of a run that has done its work takes no signal any more; to a shell that is the same code.
    done = code == -number and not said and (not command.output or (here / command.output).read_bytes() != OLD)
    expect(code in {*CODES, 128 + number} or done, f"code {code} after {number.name} at {moment:.2f} s: {said}")
    if code == 128 + number:
        lines = said.strip().splitlines()
        ends = [line for line in lines if line.startswith(("plan: interrupted", "plan: ended by SIG"))]
        expect(ends == lines[-1:], f"not one last line: {said!r}")
    clean(here, command)


def unread(command: Command, here: Path, draw: random.Random, places: dict[str, str]) -> None:
    """Close the standard output after some bytes."""
    words = [word for word in command.filled(places) if word not in {"-o", command.output}]
    words += ["--format", "csv", "-o", "-"] if words[:2] == ["cdr", "export"] else []
    if not command.output or command.output.endswith("parquet"):
        return
    process = started(words, here)
    if process.stdout is not None:
        process.stdout.read(draw.choice([0, 1, 100, 5000]))
        process.stdout.close()
        process.stdout = None
    _, said = process.communicate(timeout=60)
    expect(process.returncode in {*CODES, 141}, f"code {process.returncode}: {said!r}")
    expect(b"Traceback" not in said, f"a traceback: {said[-600:]!r}")
    expect(not _group(process.pid) or (not time.sleep(1) and not _group(process.pid)), "processes outlived it")


def full(command: Command, here: Path, draw: random.Random, places: dict[str, str]) -> None:
    """Let files grow to a few bytes only, as on a full disk."""
    most = draw.choice([0, 1, 100, 4096, 50_000])

    def limits() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    code, said = finished(started(command.filled(places), here, limits), 60)
    made = command.output and (here / command.output).read_bytes() != OLD
    expect(code in ({2, 3} if not made else CODES), f"code {code} with room for {most} bytes: {said}")
    expect(made or code or not command.output, "it wrote nothing and said that all is well")
    clean(here, command)


def readonly(command: Command, here: Path, draw: random.Random, places: dict[str, str]) -> None:
    """Write into a folder that takes no files; root may write everywhere, and names a folder that is a file."""
    del draw
    locked = here / "locked"
    if os.geteuid() == 0:
        locked.write_bytes(OLD)
    else:
        locked.mkdir()
        locked.chmod(0o500)
    target = command.output or "out"
    words = [f"locked/{word}" if word == target else word for word in command.filled(places)]
    code, said = finished(started(words, here), 60)
    locked.chmod(0o700)
    expect(code == 2, f"code {code} for a folder that takes no files: {said}")


def vanishing(command: Command, here: Path, draw: random.Random, places: dict[str, str]) -> None:
    """Take inputs away, or cut them, while they are read."""
    folders = ("archive", "many")
    copied = {**places, **{name: str(shutil.copytree(places[name], here / name)) for name in folders}}
    process = started(command.filled(copied), here)
    victims = sorted(path for name in folders for path in Path(copied[name]).iterdir() if path.is_file())
    time.sleep(draw.uniform(0.05, 1.0))
    for victim in draw.sample(victims, len(victims) // 2):
        if draw.random() < 0.5:
            victim.unlink()
        else:
            os.truncate(victim, victim.stat().st_size // 2)
    code, said = finished(process, 300)
    expect(code in CODES, f"code {code} when inputs vanished: {said}")
    clean(here, command)


FAULTS: tuple[Fault, ...] = (signalled, signalled, signalled, unread, full, readonly, vanishing)


def cached(here: Path, draw: random.Random, places: dict[str, str], runs: int) -> None:
    """End runs over one cache at random moments; the last, left alone, must say what a run without it says."""
    words = ["cdr", "profile", places["archive"], "--processes", "2", "--format", "json"]
    for _ in range(runs):
        process = started([*words, "--state", "cache", "-o", "ended.json"], here)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(draw.uniform(0.3, 2.0))
        if process.poll() is None:
            process.send_signal(draw.choice((*SIGNALS, signal.SIGKILL)))
        process.communicate(timeout=120)
    for extra in (["--state", "cache", "-o", "with.json"], ["-o", "without.json"]):
        code, said = finished(started([*words, *extra], here), 120)
        expect(code == 0, f"code {code}: {said}")
    expect((here / "with.json").read_bytes() == (here / "without.json").read_bytes(), "the cache changed the answer")


def planted(fault: Fault, command: Command, folder: Path, draw: random.Random, places: dict[str, str]) -> None:
    """Plant a fault in a folder of its own."""
    with tempfile.TemporaryDirectory(dir=folder, prefix="run-") as here:
        if command.output:
            (Path(here) / command.output).write_bytes(OLD)
        fault(command, Path(here), draw, places)


def planted_twice(fault: Fault, command: Command, folder: Path, draw: random.Random, places: dict[str, str]) -> None:
    """Plant a fault, and the same once more where the run was merely late: the machine may have held it up."""
    state = draw.getstate()
    try:
        planted(fault, command, folder, draw, places)
    except LateError as error:
        print(f"late {fault.__name__}: plan {command.words}: {error}", flush=True)
        draw.setstate(state)
        planted(fault, command, folder, draw, places)


@contextlib.contextmanager
def grounds() -> Iterator[tuple[Path, dict[str, str]]]:
    """Give a folder to work in, with an archive of records, many deployments and an example."""
    with tempfile.TemporaryDirectory(prefix="plan-faults-") as name:
        folder = Path(name)
        subprocess.run(
            [*PLAN, "cdr", "simulate", "--cps", "30", "--hours", "2", "-o", "archive"],
            cwd=folder,
            env=ENVIRONMENT,
            check=True,
            capture_output=True,
        )
        on_other_days(folder / "archive", range(10, 20))
        (folder / "many").mkdir()
        example = next(iter(sorted(ROOT.glob("examples/wholesale/*.yaml"))))
        for number in range(400):
            (folder / "many" / f"{number}.yaml").write_text(f"traffic: {{cps: {number}, nonsense: 1}}\n")
        yield folder, {"archive": f"{folder}/archive", "many": f"{folder}/many", "example": str(example)}


def main() -> int:
    """Plant faults until the time is over, then look at the cache."""
    # Behind nohup, or in the background of a script, the program would rightly go on as well.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    draw, counts, broken = random.Random(arguments.seed), Counter[str](), 0  # noqa: S311  no secret
    with grounds() as (folder, places):
        until = time.monotonic() + arguments.seconds
        while time.monotonic() < until:
            command, fault = draw.choice(COMMANDS), draw.choice(FAULTS)
            try:
                planted_twice(fault, command, folder, draw, places)
                counts[fault.__name__] += 1
            except BrokenError as error:
                broken += 1
                print(f"BROKEN {fault.__name__}: plan {command.words}: {error}", flush=True)
        here = folder / "caches"
        here.mkdir()
        try:
            cached(here, draw, places, 10)
            counts["cached"] += 1
        except BrokenError as error:
            broken += 1
            print(f"BROKEN cached: {error}")
    who = "root" if os.geteuid() == 0 else "an ordinary user"
    listed = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    print(f"as {who}: {counts.total()} faults survived ({listed}), {broken} not; seed {arguments.seed}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
