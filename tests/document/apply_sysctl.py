"""Apply each file of a folder with a real program to a copy of /proc/sys made of plain files.

Runs inside a private mount namespace, so nothing of the machine is touched. Usage: apply_sysctl.py FOLDER
PROGRAM... FOLDER holds keys.json (paths) and files/; results.json gets, for each file, the exit code and what
each key holds. Where FOLDER holds roots/ instead, the program is run without a file, with the etc, run and
usr/lib/sysctl.d of each root in place of the machine's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path


def main(folder: Path, program: list[str]) -> None:
    keys = json.loads((folder / "keys.json").read_text())
    copy = folder / "proc"
    copy.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "none", copy], check=True)
    for key in keys:
        (copy / key).parent.mkdir(parents=True, exist_ok=True)
        (copy / key).touch()
    subprocess.run(["mount", "--bind", copy, "/proc/sys"], check=True)
    roots, files = folder / "roots", folder / "files"
    results = {}
    for case in sorted((roots if roots.exists() else files).iterdir()):
        for key in keys:
            os.truncate(f"/proc/sys/{key}", 0)
        if case.is_dir():
            for part in ("etc", "run", "usr/lib/sysctl.d"):
                subprocess.run(["mount", "--bind", case / part, f"/{part}"], check=True)
        done = subprocess.run(program if case.is_dir() else [*program, case], capture_output=True, check=False)
        held = {key: Path("/proc/sys", key).read_bytes().decode("latin-1") for key in keys}
        results[case.name] = {"code": done.returncode, "held": held}
    (folder / "results.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
