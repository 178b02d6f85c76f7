"""Do the tests notice? Plants one small fault at a time into the product and runs the tests of its room.

    python tests/trust/machinery/mutation.py [ROOM...] [--seconds 60] [--seed 1] [--most 40]

A fault is another comparison, another operator, a number one higher, a condition turned round or a result left out,
at a place drawn at random. The tests of the room must pass without it; while they do, it is noted which of them reach
which line. They are loaded once: each fault is planted in a process forked from there. A fault is killed where a test
that reaches its line fails or does not end; what survives is printed with its line, to be read: either a test is
missing, or the line makes no difference. Programs that a test starts run without the fault. The exit code is 1 where
fewer die than the goal.
"""

from __future__ import annotations

import argparse
import ast
import copy
import functools
import gc
import inspect
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

import coverage
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

ROOT = Path(__file__).resolve().parents[3]
SLOWER = 4
"""How many times as long as without a fault a test may take, before a fault counts as one without end."""


class Room(NamedTuple):
    """Modules that faults are planted in, the tests that should notice, and the share that must."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    goal: float


# Minutes of random plans and of simulation, whose lines the others reach.
SLOW = (
    "test_plan.py::test_quantiles_agree_with_plain_monte_carlo",
    "test_plan.py::test_a_plan_is_within_what_is_possible",
    "test_plan.py::test_every_range_is_of_cases_that_can_happen",
    "test_plan.py::test_more_load_never_needs_fewer_servers",
    "test_plan.py::test_the_answer_does_not_depend_on_how_the_load_is_stated",
    "test_plan.py::test_one_server_fewer_blocks_what_a_simulation_of_its_calls_does",
    "test_size_and_validate_agree.py::test_what_size_says_validate_accepts",
    "test_plan.py::test_a_sizing_holds_one_answer",
    "test_offers.py::test_the_cheapest_suffices_and_none_that_is_cheaper_does",
    "test_size_and_validate_agree.py::test_size_and_validate_find_errors_in_the_same_deployments",
    "test_simulated_traffic.py",
    "test_universal_properties.py",
    "test_busiest_moment.py",
    "test_real_packets.py",
)
_RECORDS = ("boundaries", "edges_of_sums", "fast_path", "instants", "key_peaks", "merging", "shelf")
RECORDS = tuple(f"tests/cdr/test_{name}.py" for name in (*_RECORDS, "step_against_reference"))
_NUMBERS = ("edges_of_numbers", "kernel_integers", "option_completion", "option_files")
NUMBERS = (*(f"tests/document/test_{name}.py" for name in _NUMBERS), "tests/catalogue/test_quantity.py")
IF = "tests/report/test_what_if.py"
ROOMS = {
    "sizing": Room(
        ("planner/sizing/**/*.py",),
        (
            "tests/sizing",
            "tests/output",
            f"{IF}::test_the_translation_computes_what_the_model_computes",
            f"{IF}::test_the_translated_model_is_what_the_formulas_give",
            *(f"--deselect=tests/sizing/{test}" for test in SLOW),
        ),
        0.9,
    ),
    "rules": Room(
        ("planner/rules/*.py", "planner/rules/checks/*.py"),
        ("tests/rules", "--deselect=tests/rules/test_needs.py::test_figures_are_those_of_the_sizing"),
        0.9,
    ),
    "cdr": Room(("planner/cdr/step/*.py", "planner/cdr/summary/*.py"), RECORDS, 0.85),
    "numbers": Room(
        ("planner/document/mysql.py", "planner/catalogue/units.py", "planner/catalogue/quantity.py"), NUMBERS, 0.85
    ),
}
COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}


FEW = 20
"""A line that fewer tests reach may be kept from others by a cache: where these notice nothing, all are asked."""

QUICK = 0.01
"""Seconds of CPU below which one test is as quick as another."""

LONG = 1.0
"""Seconds of CPU after which a test is no longer watched, which takes three times as long: it may reach any line."""

BROKEN = "what does not run"

ROOM_TO_GROW = 4 << 30
"""Bytes a trial may take: a fault may ask for memory without end."""


class Fault(NamedTuple):
    """One fault: the module as a tree with it, the lines it stands on, and what was done."""

    module: Path
    tree: ast.Module
    lines: range
    what: str


class Reach(NamedTuple):
    """Which tests reach which line of which module, how many lines and seconds of CPU each takes; `long` reach any."""

    tests: dict[tuple[str, int], set[str]]
    spread: Counter[str]
    seconds: dict[str, float]
    long: set[str]

    def of(self, fault: Fault) -> list[str]:
        """Return the tests that reach a fault, the quick and particular ones first; all where it seems to be few."""
        return self._sorted(*(self.tests.get((str(fault.module), line), set()) for line in fault.lines))

    def has(self, fault: Fault) -> bool:
        """Tell whether any test is known to reach a fault."""
        return any(self.tests.get((str(fault.module), line)) for line in fault.lines)

    def module(self, fault: Fault) -> list[str]:
        """Return the tests that reach any line of the module of a fault."""
        return self._sorted(*(tests for (module, _), tests in self.tests.items() if module == str(fault.module)))

    def _sorted(self, *reaching: set[str]) -> list[str]:
        near = self.long.union(*reaching)
        far = self.seconds.keys() - near if len(near - self.long) < FEW else ()
        first = sorted(near, key=lambda test: (max(self.seconds[test], QUICK) * self.spread[test], test))
        return first + sorted(far, key=lambda test: (self.seconds[test], test))


def places(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Yield what can be changed, outside annotations, type-checking blocks and documentation."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
            yield node, "comparison"
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS and not _annotation(node):
            yield node, "operator"
        if isinstance(node, ast.BoolOp):
            yield node, "junction"
        if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
            yield node, "number"
        if isinstance(node, ast.IfExp | ast.If | ast.While):
            yield node, "condition"
        if isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
            yield node, "result"
        waiting.extend(_below(node))


def _annotation(node: ast.BinOp) -> bool:
    return isinstance(node.op, ast.BitOr) and any(
        isinstance(each, ast.Constant) and each.value is None for each in (node.left, node.right)
    )


def _below(node: ast.AST) -> Iterator[ast.AST]:
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list"}:
            continue
        yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, ast.AST))


def change(node: ast.AST, kind: str) -> str:
    """Change a node in place and return what was done."""
    before = ast.unparse(node).partition("\n")[0]
    if kind == "comparison":
        node.ops[0] = COMPARISONS[type(node.ops[0])]()
    elif kind == "operator":
        node.op = OPERATORS[type(node.op)]()
    elif kind == "junction":
        node.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
    elif kind == "number":
        node.value = node.value + 1 if node.value + 1 != node.value else node.value / 2
    elif kind == "condition":
        node.test = ast.UnaryOp(ast.Not(), node.test)
    else:
        node.value = ast.Constant(None)
    return f"{kind}: {before[:90]} -> {ast.unparse(node).partition(chr(10))[0][:90]}"


def faults(room: Room, seed: int) -> Iterator[Fault]:
    """Yield faults of a room without end, drawn with a seed: modules by their number of places."""
    draw = random.Random(seed)  # noqa: S311  no secret
    modules = sorted(_modules(room) - set(ROOT.glob("planner/**/compiled.py")))
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules}
    counted = [(path, index) for path, tree in trees.items() for index, _ in enumerate(places(tree))]
    draw.shuffle(counted)
    for path, index in counted:
        tree = copy.deepcopy(trees[path])
        node, kind = list(places(tree))[index]
        what = change(node, kind)
        yield Fault(path.relative_to(ROOT), ast.fix_missing_locations(tree), _lines(node), what)


def _modules(room: Room) -> set[Path]:
    return {path for pattern in room.modules for path in ROOT.glob(pattern)}


def _lines(node: ast.AST) -> range:
    """Return the lines of a place: of a block, those of its condition."""
    whole = node.test if isinstance(node, ast.If | ast.While) else node
    return range(node.lineno, (whole.end_lineno or node.lineno) + 1)


def apart(work: Callable[[Callable[[Any], None]], None], patience: float | None = None) -> list[Any]:
    """Return what work told in a process of its own, which ends with all its children, at the latest then."""
    forks = multiprocessing.get_context("fork")
    told: list[Any] = []
    receiver, sender = forks.Pipe(duplex=False)
    process = forks.Process(target=_work, args=(work, sender))
    process.start()
    sender.close()
    until = time.monotonic() + (patience or 10**9)
    try:
        while receiver.poll(min(until - time.monotonic(), 10**6)):
            told.append(receiver.recv())
    except EOFError:
        pass
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.join()
    return told


def _work(work: Callable[[Callable[[Any], None]], None], sender: Connection) -> None:
    os.setsid()
    work(sender.send)
    os._exit(0)


class Loaded:
    """What is loaded of the product: its functions by file, and what remembers results."""

    def __init__(self) -> None:
        self._functions = defaultdict[str, list[FunctionType]](list)
        self._caches = []
        for each in gc.get_objects():
            if isinstance(each, FunctionType):
                self._functions[each.__code__.co_filename].append(each)
            elif isinstance(each, functools._lru_cache_wrapper) and str(each.__module__).startswith("planner"):
                self._caches.append(each)

    def plant(self, fault: Fault) -> bool:
        """Give the functions of a module the code they have with a fault; tell whether it stands in one."""
        path = str(ROOT / fault.module)
        codes = {
            (each.co_qualname, each.co_firstlineno): each
            for each in _codes(compile(fault.tree, path, "exec", dont_inherit=True))
        }
        found = False
        for each in self._functions[path]:
            code = codes.get((each.__code__.co_qualname, each.__code__.co_firstlineno), each.__code__)
            # Where a name of an outer function is no longer used, the code fits no function that is made already.
            if code != each.__code__ and len(code.co_freevars) == len(each.__code__.co_freevars):
                each.__code__, found = code, True
        return found or _set(fault, path)

    def forget(self) -> None:
        """Empty what functions of the product remember."""
        for each in self._caches:
            each.cache_clear()


def _set(fault: Fault, path: str) -> bool:
    """Give a name of a module the value it has with a fault, those that follow from it theirs; tell if it is one."""
    module = next((each for each in [*sys.modules.values()] if getattr(each, "__file__", None) == path), None)
    changed: dict[str, Any] = {}
    for each in fault.tree.body if module else ():
        match each:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                used = {inner.id for inner in ast.walk(each) if isinstance(inner, ast.Name)} - {name}
                if changed.keys() & used or each.lineno <= fault.lines.start <= (each.end_lineno or 0):
                    names = vars(module) | changed
                    exec(compile(ast.Module([each], []), path, "exec", dont_inherit=True), names)  # noqa: S102  our own module
                    changed[name] = names[name]
    for name, value in changed.items():
        _replace(module, name, value)
    return bool(changed)


def _replace(module: Any, name: str, value: Any) -> None:
    """Set a name of a module, there and where it was imported."""
    old = getattr(module, name, None)
    taken = re.compile(rf"from {re.escape(module.__name__)} import (\([^)]*|[^\n(]*)\b{name}\b")
    for each in [each for each in [*sys.modules.values()] if getattr(each, name, None) is old]:
        if each is module or (each.__name__.startswith("planner") and taken.search(inspect.getsource(each))):
            setattr(each, name, value)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


class Court:
    """The tests of a room, loaded once, that convict faults: a process is forked for each, and the fault planted there.

    What stands neither in a function nor in the value of a name is planted in a copy of the product, whose tests are
    started anew.
    """

    def __init__(self, name: str, arguments: argparse.Namespace, out: TextIO) -> None:
        self._room, self._arguments, self._out = ROOMS[name], arguments, out
        self._innocent = dict[str, bool]()
        self._failed = False
        self.dead = self.done = 0
        self.useless = False

    def pytest_configure(self) -> None:
        """Look at the same examples for each fault, and at no smaller ones once a fault is noticed."""
        import hypothesis  # once pytest has begun

        phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
        quiet = list(hypothesis.HealthCheck)
        hypothesis.settings.register_profile(
            "court", derandomize=True, database=None, deadline=None, phases=phases, suppress_health_check=quiet
        )
        hypothesis.settings.load_profile("court")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note that a test failed."""
        self._failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try faults until the time is over."""
        self._items = {item.nodeid: item for item in session.items}
        (found,) = apart(self._look) or ["the process that runs them"]
        if isinstance(found, str):
            self._say(f"{found} fails without a fault: nothing can be told by the tests")
            self.useless = True
            return True
        self._reach = found
        # What is left alone by the collector is not copied for each process.
        self._loaded = Loaded()
        gc.freeze()
        until = time.monotonic() + self._arguments.seconds
        for fault in faults(self._room, self._arguments.seed):
            if self.done >= self._arguments.most or time.monotonic() > until:
                break
            self._judge(fault)
        return True

    def _look(self, tell: Callable[[Any], None]) -> None:
        """Run the tests without a fault and tell which of them reach which line, or which fails."""
        watch = coverage.Coverage(
            data_file=None, config_file=False, include=[str(path) for path in _modules(self._room)]
        )
        # Who stops it amid a test is warned, and a warning is an error there.
        watch.set_option("run:disable_warnings", ["trace-changed", "no-data-collected"])
        tests, seconds, long = defaultdict[tuple[str, int], set[str]](set), dict[str, float](), set[str]()
        signal.signal(signal.SIGVTALRM, lambda *_: watch.stop())
        for item, after in pairwise([*self._items.values(), None]):
            watch.start()
            watch.switch_context(item.nodeid)
            signal.setitimer(signal.ITIMER_VIRTUAL, LONG)
            begun = time.process_time()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            watch.stop()
            seconds[item.nodeid] = time.process_time() - begun
            if seconds[item.nodeid] > LONG:
                long.add(item.nodeid)
            if self._failed:
                tell(item.nodeid)
                return
        data = watch.get_data()
        for path in data.measured_files():
            for line, contexts in data.contexts_by_lineno(path).items():
                tests[str(Path(path).relative_to(ROOT)), line] |= set(contexts) - {""}
        spread = Counter(each for names in tests.values() for each in names)
        tell(Reach(dict(tests), spread | Counter(dict.fromkeys(long, len(tests))), seconds, long))

    def _judge(self, fault: Fault) -> None:
        """Try one fault, count and print it."""
        by = self._kills(fault)
        if by and not self._is_innocent(by):
            self._say(f"nothing can be told by {by[:200]}: it fails alone without a fault")
            return
        self.dead, self.done = self.dead + bool(by), self.done + 1
        if not by or self._arguments.verbose:
            verdict = f"killed by {by[:120]}" if by else "SURVIVED"
            self._say(f"{verdict}: {fault.module}:{fault.lines.start}: {fault.what}")

    def _say(self, text: str) -> None:
        print(text, file=self._out, flush=True)

    def _kills(self, fault: Fault) -> str:
        """Return the test that notices a fault, or nothing."""
        told = self._trial(self._reach.of(fault), fault)
        # What ran when the tests were loaded alone shows nothing where it is planted after that.
        return told[-1] if told and (told[-1] or self._reach.has(fault)) else self._killed_in_a_copy(fault)

    def _trial(self, tests: Sequence[str], fault: Fault | None) -> list[str]:
        """Return the tests run with a fault, the one that failed last, or "" where none did; none if it cannot be."""

        def run(tell: Callable[[Any], None]) -> None:
            try:
                if fault is not None and not self._loaded.plant(fault):
                    return
            except Exception:  # noqa: BLE001  a value that cannot be had
                tell(BROKEN)
                return
            self._loaded.forget()
            resource.setrlimit(resource.RLIMIT_DATA, (ROOM_TO_GROW, ROOM_TO_GROW))
            items = [self._items[test] for test in tests]
            for item, after in pairwise([*items, None]):
                tell(item.nodeid)
                signal.setitimer(signal.ITIMER_PROF, SLOWER * self._reach.seconds[item.nodeid] + SLOWER)
                item.ihook.pytest_runtest_protocol(item=item, nextitem=after)
                if self._failed:
                    return
            tell("")

        return apart(run, self._patience(tests))

    def _patience(self, tests: Sequence[str]) -> float:
        return 60 + 10 * SLOWER * sum(self._reach.seconds[test] for test in tests)

    def _is_innocent(self, test: str) -> bool:
        """Tell whether the test that convicted passes alone without the fault."""
        if test not in self._items:
            return True
        if test not in self._innocent:
            self._innocent[test] = self._trial([test], None)[-1:] == [""]
        return self._innocent[test]

    def _killed_in_a_copy(self, fault: Fault) -> str:
        """Return what notices a fault in the file: a test, or that none can be run; or nothing."""
        tests = self._reach.module(fault)
        with tempfile.TemporaryDirectory(prefix="plan-mutation-") as folder:
            copied, listed = Path(folder) / "copy", Path(folder) / "tests"
            leave = shutil.ignore_patterns(".git", ".venv", "node_modules", "build", "dist")
            shutil.copytree(ROOT, copied, ignore=leave, symlinks=True)
            (copied / fault.module).write_text(ast.unparse(fault.tree), encoding="utf-8")
            listed.write_text("\n".join(tests), encoding="utf-8")
            environment = {**os.environ, "PYTHONPATH": str(copied), "CI": "1"}
            command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-x", f"@{listed}"]
            try:
                ran = subprocess.run(
                    command,
                    cwd=copied,
                    env=environment,
                    capture_output=True,
                    check=False,
                    text=True,
                    errors="replace",
                    timeout=self._patience(tests),
                )
            except subprocess.TimeoutExpired:
                return "no end"
        failed = [line.partition(" ")[2] for line in ran.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return (failed[0].partition(" - ")[0] if failed else BROKEN) if ran.returncode else ""


def tried(name: str, arguments: argparse.Namespace) -> tuple[int, int]:
    """Try faults of one room for its time; return how many were killed, and how many were tried."""

    def work(tell: Callable[[Any], None]) -> None:
        # What tests print is of no interest here.
        out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.chdir(ROOT)
        court = Court(name, arguments, out)
        pytest.main(["-p", "no:cacheprovider", "--capture=no", "--tb=no", *ROOMS[name].tests], plugins=[court])
        tell(None if court.useless else (court.dead, court.done))

    found = (apart(work) or [None])[-1]
    if found is None:
        sys.exit(f"{name}: nothing can be told")
    return found


def main() -> int:
    """Try the rooms named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rooms", nargs="*", default=list(ROOMS))
    parser.add_argument("--seconds", type=float, default=60, help="for each room")
    parser.add_argument("--most", type=int, default=10**9, help="faults of each room")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--verbose", action="store_true", help="list those killed too")
    parser.add_argument("--report", action="store_true", help="exit 0 whatever survives")
    arguments = parser.parse_args()
    totals: Counter[bool] = Counter()
    for name in arguments.rooms:
        dead, done = tried(name, arguments)
        share = dead / done if done else 1.0
        print(
            f"{name}: {dead} of {done} killed ({share:.0%}, goal {ROOMS[name].goal:.0%}), seed {arguments.seed}",
            flush=True,
        )
        # A few faults say little about a share: the goal counts from 20 on.
        totals[done >= 20 and share < ROOMS[name].goal] += 1
    return 0 if arguments.report or not totals[True] else 1


if __name__ == "__main__":
    sys.exit(main())
