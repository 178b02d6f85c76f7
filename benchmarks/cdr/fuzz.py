"""Compares the vectorised step with the plain reference of the tests on random and mutated byte strings.

    python benchmarks/cdr/fuzz.py [--lines 1000000] [--seed 1]

Ends with an error at the first batch on which they differ, and leaves that batch in a file.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
BATCH = 20_000
LETTERS = np.frombuffer(b'|0123456789-: \r\n\0\xff\xc3\xa9"\\aZ+', np.uint8)


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tests" / "cdr" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"tests/cdr/{name}.py is missing")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def mutated(rng: np.random.Generator, line: bytes) -> bytes:
    """Return a batch of records with up to four bytes each replaced, removed or inserted."""
    lines = []
    for _ in range(BATCH):
        one = bytearray(line)
        for _ in range(int(rng.integers(0, 5))):
            at, letter = int(rng.integers(0, len(one))), int(LETTERS[rng.integers(0, LETTERS.size)])
            kind = int(rng.integers(0, 3))
            if kind == 0:
                one[at] = letter
            elif kind == 1:
                del one[at]
            else:
                one.insert(at, letter)
        lines.append(bytes(one))
    return b"\n".join(lines)


def random(rng: np.random.Generator, _: bytes) -> bytes:
    """Return a batch of lines of random letters, some of any byte."""
    letters = np.where(rng.random(BATCH * 60) < 0.9, rng.choice(LETTERS, BATCH * 60), rng.integers(0, 256, BATCH * 60))
    return letters.astype(np.uint8).tobytes()


def main() -> None:
    """Compare until enough lines are done."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    shared, oracle = load("conftest"), load("cdr_oracle")
    summarise, plain = shared.summarise_bytes, shared.plain_data
    rng = np.random.default_rng(options.seed)
    done = 0
    while done < options.lines:
        data = (random if done % 5 == 0 else mutated)(rng, shared.LINE)
        wrong = shared.difference(plain(summarise(data)), oracle.measure(data))
        if wrong:
            Path("fuzz-failure.bin").write_bytes(data)
            raise SystemExit(f"{wrong} differ; the bytes are in fuzz-failure.bin")
        done += data.count(b"\n") + 1
    print(f"{done:,} lines: the step equals the reference")


if __name__ == "__main__":
    main()
