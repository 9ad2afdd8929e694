"""Every test runs with a cache folder of its own and no colours, so that one run cannot colour the next."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

# No deadline: a busy machine is no fault. In CI the examples are the same each time; elsewhere they are new ones.
settings.register_profile("listlint", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("listlint")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LISTLINT_CACHE", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("NO_COLOR", "1")
        yield


@pytest.fixture
def listlint():
    """Run the command line in a process of its own: `listlint("check", "a.md", cwd=…, stdin=b"…")`."""

    def run(*arguments, cwd=None, stdin=None, env=None):
        return subprocess.run(
            [sys.executable, "-m", "listlint", *map(str, arguments)],
            cwd=cwd,
            input=stdin,
            env=env,
            capture_output=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def write(tmp_path):
    """Write files into the test's folder: `write("a.md", "text")` gives the path."""

    def put(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return put
