"""Do the tests notice? Plants one small fault at a time into a copy of the product and runs the tests of its room.

    python tests/trust/machinery/mutation.py [ROOM...] [--seconds 60] [--seed 1] [--most 40]

A fault is another comparison, another operator, a number one higher, a condition turned round or a result left out,
at a place drawn at random. The tests of the room must pass without it; while they do, it is noted which of them reach
which line. A fault is killed where a test that reaches its line fails or does not end; what survives is printed with
its line, to be read: either a test is missing, or the line makes no difference. The exit code is 1 where fewer die than
the goal.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from coverage import CoverageData

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[3]
SLOWER = 4
"""How many times as long as without a fault the tests may take, before a fault counts as one without end."""


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
    "test_simulated_traffic.py",
    "test_busiest_moment.py",
    "test_real_packets.py",
)
RECORDS = tuple(
    f"tests/cdr/test_{name}.py"
    for name in ("boundaries", "instants", "key_peaks", "merging", "shelf", "step_against_reference")
)
IF = "tests/report/test_what_if.py"
ROOMS = {
    "sizing": Room(
        ("planner/sizing/**/*.py",),
        (
            "tests/sizing",
            "tests/output",
            f"{IF}::test_the_translation_computes_what_the_model_computes",
            *(f"--deselect=tests/sizing/{test}" for test in SLOW),
        ),
        0.9,
    ),
    "rules": Room(
        ("planner/rules/*.py", "planner/rules/checks/*.py"),
        ("tests/rules", "--deselect=tests/rules/test_needs.py::test_figures_are_those_of_the_sizing"),
        0.9,
    ),
    "step": Room(("planner/cdr/step/*.py",), RECORDS, 0.85),
    "summary": Room(("planner/cdr/summary/*.py",), RECORDS, 0.85),
    "numbers": Room(
        ("planner/document/mysql.py", "planner/catalogue/units.py", "planner/catalogue/quantity.py"),
        ("tests/document", "tests/catalogue", "tests/deployment"),
        0.85,
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

ABSENT = 4
"""How pytest ends where a test that was asked for is not there."""


class Fault(NamedTuple):
    """One fault: the module's text with it, the lines it stands on, and what was done."""

    module: Path
    text: str
    lines: range
    what: str


class Reach(NamedTuple):
    """Which tests reach which line of which module, the most particular of them first."""

    tests: dict[tuple[str, int], set[str]]
    spread: Counter[str]

    def of(self, fault: Fault) -> list[str]:
        """Return the tests that reach a fault."""
        found = set[str]().union(*(self.tests.get((str(fault.module), line), set()) for line in fault.lines))
        return sorted(found, key=lambda test: (self.spread[test], test))


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
        node.value += 1
    elif kind == "condition":
        node.test = ast.UnaryOp(ast.Not(), node.test)
    else:
        node.value = ast.Constant(None)
    return f"{kind}: {before[:90]} -> {ast.unparse(node).partition(chr(10))[0][:90]}"


def faults(room: Room, seed: int) -> Iterator[Fault]:
    """Yield faults of a room without end, drawn with a seed: modules by their number of places."""
    draw = random.Random(seed)  # noqa: S311  no secret
    modules = sorted(
        {path for pattern in room.modules for path in ROOT.glob(pattern)} - set(ROOT.glob("planner/**/compiled.py"))
    )
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules}
    counted = [(path, index) for path, tree in trees.items() for index, _ in enumerate(places(tree))]
    draw.shuffle(counted)
    for path, index in counted:
        tree = copy.deepcopy(trees[path])
        node, kind = list(places(tree))[index]
        what = change(node, kind)
        yield Fault(path.relative_to(ROOT), ast.unparse(ast.fix_missing_locations(tree)), _lines(node), what)


def _lines(node: ast.AST) -> range:
    """Return the lines of a place: of a block, those of its condition."""
    whole = node.test if isinstance(node, ast.If | ast.While) else node
    return range(node.lineno, (whole.end_lineno or node.lineno) + 1)


class Court:
    """A copy of the product in which faults are planted, and the tests of a room that convict them."""

    def __init__(self, room: Room, copied: Path) -> None:
        self._room, self._copied, self._alone = room, copied, dict[str, bool]()
        (copied.parent / "coverage.ini").write_text("[run]\n", encoding="utf-8")
        begun = time.monotonic()
        self._reach = self._reached()
        self._patience = SLOWER * (time.monotonic() - begun) + 30

    def _reached(self) -> Reach:
        """Run the tests without a fault and note which of them reach which line."""
        noted = self._copied.parent / "coverage"
        watch = (
            "--cov=planner",
            "--cov-context=test",
            "--cov-report=",
            f"--cov-config={self._copied.parent / 'coverage.ini'}",
        )
        code, said = self._run(self._room.tests, watch=watch, COVERAGE_FILE=str(noted))
        if code:
            sys.exit(f"{said[-3000:]}\nthe tests fail without a fault: nothing can be told by them")
        data, tests, spread = CoverageData(str(noted)), defaultdict[tuple[str, int], set[str]](set), Counter[str]()
        data.read()
        for path in data.measured_files():
            for line, contexts in data.contexts_by_lineno(path).items():
                names = {context.rpartition("|")[0] for context in contexts} - {""}
                tests[str(Path(path).relative_to(self._copied)), line] |= names
                spread.update(names)
        return Reach(tests, spread)

    def _run(
        self, tests: Sequence[str], patience: float | None = None, watch: Sequence[str] = (), **more: str
    ) -> tuple[int, str]:
        """Return how tests end in the copy; -1 where they do not."""
        environment = {**os.environ, "PYTHONPATH": str(self._copied), "PYTHONDONTWRITEBYTECODE": "1", "CI": "1", **more}
        listed = self._copied.parent / "tests"
        listed.write_text("\n".join(tests), encoding="utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *watch, f"@{listed}"]
        try:
            ran = subprocess.run(
                command,
                cwd=self._copied,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
                text=True,
                errors="replace",
                timeout=patience,
            )
        except subprocess.TimeoutExpired:
            return -1, ""
        return ran.returncode, ran.stdout

    def kills(self, fault: Fault) -> str:
        """Return what notices a fault: a test that passes alone without it, or that none runs or ends; or nothing."""
        near = self._reach.of(fault)
        place = self._copied / fault.module
        whole = place.read_bytes()
        place.write_text(fault.text, encoding="utf-8")
        try:
            code, found = self._noticed(near) if near else (ABSENT, "")
            # All are asked where a cache may keep some from the line, or where some of them are not even found.
            asked = code == ABSENT or len(near) < FEW
            return found or (self._noticed(self._room.tests)[1] if asked else "")
        finally:
            place.write_bytes(whole)

    def _noticed(self, tests: Sequence[str]) -> tuple[int, str]:
        """Return how the tests ended, and which noticed something."""
        code, said = self._run(tests, self._patience)
        if code not in {-1, 1, 2}:  # 2: a module cannot be imported; that a test is not there shows nothing
            return code, ""
        failed = [line.partition(" ")[2] for line in said.splitlines() if line.startswith(("FAILED ", "ERROR "))]
        return code, failed[0] if failed else "no end" if code == -1 else "unknown"

    def innocent(self, verdict: str) -> bool:
        """Tell whether the test that convicted passes alone without the fault."""
        test = verdict.partition(" - ")[0]
        if "::" not in test:
            return True
        if test not in self._alone:
            self._alone[test] = self._run([test], self._patience)[0] == 0
        return self._alone[test]


def tried(name: str, arguments: argparse.Namespace) -> tuple[int, int]:
    """Try faults of one room for its time; return how many were killed, and how many were tried."""
    room, dead, done = ROOMS[name], 0, 0
    with tempfile.TemporaryDirectory(prefix="plan-mutation-") as folder:
        copied = Path(folder) / "copy"
        shutil.copytree(
            ROOT,
            copied,
            ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", "node_modules", "build", "dist"),
            symlinks=True,
        )
        court = Court(room, copied)
        until = time.monotonic() + arguments.seconds
        for fault in faults(room, arguments.seed):
            if done >= arguments.most or time.monotonic() > until:
                break
            by = court.kills(fault)
            if by and not court.innocent(by):
                print(f"nothing can be told by {by[:200]}: it fails alone without a fault", flush=True)
                continue
            died = bool(by)
            dead, done = dead + died, done + 1
            if not died or arguments.verbose:
                verdict = f"killed by {by[:90]}" if died else "SURVIVED"
                print(f"{verdict}: {fault.module}:{fault.lines.start}: {fault.what}", flush=True)
    return dead, done


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
