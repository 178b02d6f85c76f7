"""Apply each file of a folder with a real program to a copy of /proc/sys made of plain files.

Runs inside a private mount namespace, so nothing of the machine is touched. Usage: apply_sysctl.py FOLDER
PROGRAM... FOLDER holds keys.json (paths) and files/; results.json gets, for each file, the exit code and what
each key holds.
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
    results = {}
    for file in sorted((folder / "files").iterdir()):
        for key in keys:
            os.truncate(f"/proc/sys/{key}", 0)
        done = subprocess.run([*program, file], capture_output=True, check=False)
        held = {key: Path("/proc/sys", key).read_bytes().decode("latin-1") for key in keys}
        results[file.name] = {"code": done.returncode, "held": held}
    (folder / "results.json").write_text(json.dumps(results))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
