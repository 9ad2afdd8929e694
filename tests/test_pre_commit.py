"""The hooks, tried with the real pre-commit on a repository of lists; it installs listlint from this checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BOUND = 540  # seconds: pip fetches the dependencies, the wheel is built
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]
CONFIG = "files: [lists/]\nexclude: [lists/drafts/]\n"
OLD = """# Papers on caching

- [Warm Caches for Cold Starts](https://arxiv.org/abs/2401.00001) | OSDI 2024
"""
OTHER = """# Papers on storage

- [Evict Early, Evict Often](https://arxiv.org/abs/2401.00003) | ATC 2024
"""
COMMITTED = """# Papers on caching

- [Warm Caches for Cold Starts](https://arxiv.org/abs/2401.00001) | OSDI 2024
- [Efficient Infernce at the Edge](http://arxiv.org/pdf/2401.00002v2.pdf) | NIPS'23
- [Warm Caches for Cold Starts](https://arxiv.org/abs/2401.00001) | OSDI 2024
"""
FIXED = """# Papers on caching

- [Warm Caches for Cold Starts](https://arxiv.org/abs/2401.00001) | OSDI 2024
- [Efficient Inference at the Edge](https://arxiv.org/abs/2401.00002) | NeurIPS 2023
- [Warm Caches for Cold Starts](https://arxiv.org/abs/2401.00001) | OSDI 2024
"""


def git(*arguments, cwd):
    subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    """The checkout as a repository that pre-commit can clone: what git tracks, as it stands here now."""
    folder = tmp_path_factory.mktemp("hooks")
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout.split(
        b"\0"
    )
    for name in map(os.fsdecode, filter(None, names)):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "benchmarks/", "lists/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return repository(folder)


def repository(folder):
    git("init", "-q", "-b", "main", cwd=folder)
    git("config", "user.name", "A", cwd=folder)
    git("config", "user.email", "a@example.org", cwd=folder)
    commit(folder)
    return folder


def commit(folder):
    git("add", "-A", cwd=folder)
    git("commit", "-q", "--no-verify", "-m", "x", cwd=folder)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run a command where pre-commit keeps its environments beside the test."""
    home = tmp_path_factory.mktemp("home")
    environment = os.environ | {"PRE_COMMIT_HOME": str(home), "PRE_COMMIT_COLOR": "never"}
    for name in [name for name in environment if name.startswith("GIT_")]:
        del environment[name]

    def run(*command, cwd):
        done = subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=BOUND, check=False
        )
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture
def lists(tmp_path):
    for name, text in {"lists/a.md": OLD, "lists/b.md": OTHER, ".listlint.yaml": CONFIG}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return repository(tmp_path)


@pytest.fixture
def contributed(lists):
    (lists / "lists" / "a.md").write_text(COMMITTED)
    git("add", "-A", cwd=lists)
    return lists


def test_a_commit_with_four_faults_fails_is_fixed_and_passes(hooks, contributed, run):
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=hooks, check=True, capture_output=True, text=True)
    config = f"repos:\n- repo: {hooks}\n  rev: {head.stdout.strip()}\n  hooks:\n  - id: listlint-fix\n  - id: listlint\n    verbose: true\n"
    (contributed / ".pre-commit-config.yaml").write_text(config)
    git("add", "-A", cwd=contributed)
    assert run(*PRE_COMMIT, "install", cwd=contributed)[0] == 0
    path = contributed / "lists" / "a.md"

    code, output = run(*PRE_COMMIT, "run", "listlint", cwd=contributed)
    assert code == 1, output
    for rule in ("typo", "link-form", "venue-spelling", "duplicate-paper"):
        assert rule in output
    assert path.read_text() == COMMITTED

    code, output = run("git", "commit", "-m", "Add papers", cwd=contributed)
    assert code == 1, output
    assert "files were modified by this hook" in output
    assert "duplicate-paper" in output
    assert path.read_text() == FIXED

    path.write_text(FIXED[: FIXED.rindex("- ")])
    git("add", "-A", cwd=contributed)
    code, output = run("git", "commit", "-m", "Add papers", cwd=contributed)
    assert code == 0, output

    # A paper that only a list which is no part of the commit has, and a draft that the config leaves out.
    (contributed / "lists" / "c.md").write_text(OTHER)
    (contributed / "lists" / "drafts").mkdir()
    (contributed / "lists" / "drafts" / "d.md").write_text(COMMITTED)
    git("add", "-A", cwd=contributed)
    code, output = run("git", "commit", "-m", "Add more", cwd=contributed)
    assert code == 0, output
    assert "paper-in-other-list" in output
    assert "d.md:" not in output


def test_the_hooks_can_be_tried_from_this_checkout(hooks, contributed, run):
    code, output = run(*PRE_COMMIT, "try-repo", str(hooks), "listlint", cwd=contributed)
    assert code == 1, output
    assert "Infernce" in output
