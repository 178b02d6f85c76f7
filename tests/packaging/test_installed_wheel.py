"""The wheel and the sdist work when installed elsewhere: schemas and templates travel with the code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.xdist_group("packaging")


def run(*command: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    finished = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished


def build(target: str, source: Path, into: Path) -> Path:
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into, cwd=source)
    (built,) = into.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the `bin` of a fresh environment that holds the wheel, and borrows only its dependencies."""
    home = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", home, cwd=home)
    run(home / "bin/python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=home)
    (site_packages,) = home.glob("lib/python*/site-packages")
    # A plain path entry: the dependencies are found, this checkout's editable install is not.
    (site_packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin"


def files_below(folder: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_carries_every_schema_and_template(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("schemas", "templates"):
        assert {f"planner/data/{name}" for name in files_below(folder)} <= names


def test_the_wheel_carries_no_tests(wheel: Path) -> None:
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith(("tests/", "examples/"))]


def test_the_installed_program_finds_its_own_data(installed: Path, tmp_path: Path) -> None:
    paths = "from planner.catalogue.data import SCHEMAS, TEMPLATES; print(SCHEMAS, TEMPLATES)"
    schemas, templates = run(installed / "python", "-c", paths, cwd=tmp_path).stdout.split()
    assert Path(schemas).is_relative_to(installed.parent)
    assert Path(templates).is_relative_to(installed.parent)


def test_the_installed_program_does_the_main_job(installed: Path, tmp_path: Path) -> None:
    sizing = run(installed / "plan", "size", "--cps", 100, "--codec", "g729", "--format", "json", cwd=tmp_path)
    assert json.loads(sizing.stdout)["figures"]["cdr.bytes_per_day"]["value"] == 2_592_000_000
    run(installed / "plan", "init", "-o", "deployment.yaml", cwd=tmp_path)
    run(installed / "plan", "validate", "deployment.yaml", cwd=tmp_path)
    run(installed / "plan", "report", "deployment.yaml", "-o", "report.html", cwd=tmp_path)
    assert "<title>" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_wheel_brings_its_man_page(installed: Path) -> None:
    page = installed.parent / "share" / "man" / "man1" / "plan.1"
    assert page.read_bytes() == (ROOT / "docs" / "reference" / "plan.1").read_bytes()


def python_blocks(page: str) -> str:
    return "\n".join(re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL))


@pytest.mark.parametrize("page", ["docs/reference/library.md", "README.md"])
def test_the_code_of_a_page_runs_and_type_checks_against_the_wheel(page: str, installed: Path, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    (tmp_path / "page.py").write_text(python_blocks(page))
    assert run(installed / "python", "page.py", cwd=tmp_path).stdout
    check_types(installed, tmp_path / "page.py", tmp_path)


def test_the_public_api_has_the_types_it_promises(installed: Path, tmp_path: Path) -> None:
    check_types(installed, ROOT / "tests" / "packaging" / "public_api.py", tmp_path)
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from planner import size\nsize(3)\n")
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", installed / "python", wrong]
    assert "[arg-type]" in subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout


def check_types(installed: Path, file: Path, cwd: Path) -> None:
    pytest.importorskip("mypy", reason="mypy is not installed; install it with: make lint")
    options = ("--strict", "--config-file=", "--cache-dir", cwd / "cache", "--python-executable", installed / "python")
    run(sys.executable, "-m", "mypy", *options, file, cwd=cwd)


def test_a_wheel_built_from_the_sdist_is_the_same(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    run("tar", "-xzf", sdist, cwd=tmp_path / "source")
    (source,) = (tmp_path / "source").iterdir()
    again = build("wheel", source, tmp_path / "again")
    assert set(zipfile.ZipFile(again).namelist()) == set(zipfile.ZipFile(wheel).namelist())
