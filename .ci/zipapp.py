"""Builds `plan.pyz`: the program with all it needs in one file, for servers without pip.

It runs on the Python it was built with (same minor version and platform). At the first run it unpacks itself below
the user's cache folder; a folder that cannot be written is replaced by a temporary one.
"""

from __future__ import annotations

import hashlib
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START = (1980, 1, 1, 0, 0, 0)
MAIN = """\
import os, shutil, sys, tempfile, zipfile

DIGEST, VERSION = "{digest}", {version}

def unpacked(base):
    place = os.path.join(base, "plan", DIGEST)
    if not os.path.isdir(place):
        os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
        beside = tempfile.mkdtemp(dir=os.path.dirname(place))
        try:
            with zipfile.ZipFile(sys.argv[0]) as archive:
                archive.extractall(beside, [n for n in archive.namelist() if n.startswith("lib/")])
            os.rename(beside, place)
        except OSError:
            shutil.rmtree(beside, ignore_errors=True)
            if not os.path.isdir(place):
                raise
    return os.path.join(place, "lib")

def library():
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    try:
        return unpacked(cache)
    except OSError:
        import atexit
        place = tempfile.mkdtemp(prefix="plan-")
        atexit.register(shutil.rmtree, place, True)
        return unpacked(place)

if sys.version_info[:2] != VERSION:
    sys.exit("plan: this file was built for Python %d.%d" % VERSION)
sys.path.insert(0, library())
from planner.__main__ import main
main()
"""


def installed(folder: Path) -> Path:
    """Install the locked packages and the program into a folder."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", "--no-deps"]
    pip += ["--no-compile", "--target", str(folder)]
    subprocess.run([*pip, "--require-hashes", "-r", str(ROOT / "requirements" / "run.txt")], check=True)
    subprocess.run([*pip, "--no-build-isolation", str(ROOT)], check=True)
    for each in (*folder.rglob("__pycache__"), *folder.rglob("tests"), folder / "bin"):
        shutil.rmtree(each, ignore_errors=True)
    return folder


def written(library: Path, target: Path) -> None:
    """Write the archive; the same files give the same bytes."""
    files = sorted(each for each in library.rglob("*") if each.is_file())
    digest = hashlib.sha256()
    for each in files:
        digest.update(f"{each.relative_to(library)}\0".encode() + each.read_bytes())
    main = MAIN.format(digest=digest.hexdigest()[:16], version=sys.version_info[:2])
    with target.open("wb") as stream:
        stream.write(b"#!/usr/bin/env python3\n")
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo("__main__.py", START), main)
            for each in files:
                entry = zipfile.ZipInfo(f"lib/{each.relative_to(library).as_posix()}", START)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, each.read_bytes())
    target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


def main() -> None:
    """Build `dist/plan.pyz`."""
    library, target = ROOT / "build" / "zipapp", ROOT / "dist" / "plan.pyz"
    shutil.rmtree(library, ignore_errors=True)
    target.parent.mkdir(exist_ok=True)
    written(installed(library), target)
    print(f"{target}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
