"""The built wheel, installed in an empty environment, works away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LIST = "* [A Title of Caches](http://arxiv.org/pdf/2401.00001v2) | OSDI' 24\n"


def run(*command, cwd):
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [str(one) for one in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env=env,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    done = run("git", "-C", ROOT, "ls-files", "-z", cwd=ROOT)
    for name in done.stdout.split("\0"):
        if name and (ROOT / name).is_file() and not name.startswith("tests/"):
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    built = run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, source, cwd=folder)
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.whl"))


def test_pages_and_knowledge_are_inside(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in (ROOT / "rules").glob("*.md"):
        assert f"listlint/rulebook/{path.name}" in names
    for path in (ROOT / "rules" / "data").glob("*.yaml"):
        assert f"listlint/rulebook/data/{path.stem}.json" in names
    assert "listlint/py.typed" in names
    assert not any(name.startswith(("tests/", "benchmarks/")) for name in names)


def test_it_works_in_an_empty_environment(wheel, tmp_path):
    venv.create(tmp_path / "env", with_pip=True)
    scripts = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    installed = run(
        scripts / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel, cwd=tmp_path
    )
    assert installed.returncode == 0, installed.stderr
    path = tmp_path / "lists" / "a.md"
    path.parent.mkdir()
    path.write_text(LIST, encoding="utf-8")
    found = run(scripts / "listlint", "check", "lists", "--output-format", "json", cwd=tmp_path)
    assert found.returncode == 1, found.stderr
    assert {"venue-spelling", "link-form"} <= {one["rule"] for one in json.loads(found.stdout)}
    page = run(scripts / "listlint", "explain", "venue-spelling", cwd=tmp_path)
    assert page.stdout.startswith("# venue-spelling (VEN001)")
    fixed = run(scripts / "listlint", "fix", "lists", cwd=tmp_path)
    assert fixed.returncode == 0, fixed.stdout + fixed.stderr
    assert (
        path.read_text(encoding="utf-8")
        == "- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI 2024\n"
    )
