"""Start-up is lean: what a command does not need, it does not import."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = frozenset({"asyncio", "httpcore", "httpx", "markdown_it", "multiprocessing", "yaml"})
RARE = frozenset(  # what few lists, or other commands, have a use for
    f"listlint.{name}"
    for name in (
        "baseline",
        "config.keys",
        "fixing",
        "git",
        "knowledge.link_hosts",
        "links",
        "markdown.followed_headings",
        "papers.bibtex_syntax",
        "papers.forms",
        "papers.generated",
        "papers.html_blocks",
        "papers.order",
        "papers.rows",
        "papers.writers",
    )
)
LIST = "# Papers\n\n- [ ] [A Survey of Serving](https://arxiv.org/abs/2401.00001): by MIT, accepted by OSDI 2024\n"


def imported(folder: Path, *arguments: str, codes: tuple[int, ...] = (0,)) -> set[str]:
    """The top-level modules that `listlint ARGUMENTS` imports, and listlint's own with their whole names."""
    script = (
        "import os, sys\n"
        "from listlint.__main__ import main\n"
        "sys.argv = ['listlint', *sys.argv[1:]]\n"
        "leave = os._exit\n"
        "def tell(code=0):\n"
        "    print('\\n'.join(sorted(sys.modules)), file=sys.stderr, flush=True)\n"
        "    leave(code)\n"
        "os._exit = tell\n"
        "main()\n"
        "tell()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode in codes, done.stdout + done.stderr
    names = set(done.stderr.split("\n"))
    assert "listlint" in names
    return {name if name.startswith("listlint") else name.partition(".")[0] for name in names}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LISTLINT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "lists").mkdir()
    text = LIST + "".join(
        f"- [ ] [Paper number {one} of many](https://arxiv.org/abs/2401.{one:05})\n" for one in range(300)
    )
    (tmp_path / "lists" / "a.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_version_imports_next_to_nothing(folder: Path) -> None:
    found = imported(folder, "--version")
    assert not found & (HEAVY | {"click", "dataclasses", "pathlib", "rapidfuzz", "re"})
    assert {name for name in found if name.startswith("listlint")} == {"listlint", "listlint.__main__"}


def test_help_needs_no_parser_and_no_rules(folder: Path) -> None:
    found = imported(folder, "--help")
    assert not found & HEAVY
    assert "listlint.rules" not in found


def test_a_check_imports_no_http_client_and_no_renderer(folder: Path) -> None:
    check = ("check", "--no-config", "--no-cache", "--quiet", "lists/a.md")
    imported(folder, *check, codes=(0, 1))  # compiles the knowledge, once
    found = imported(folder, *check, codes=(0, 1))
    assert "markdown_it" in found
    assert not found & (
        (HEAVY | {"difflib", "email", "pkgutil", "rapidfuzz", "ssl", "subprocess", "tomllib"})
        - {"markdown_it"}
    )
    assert not found & RARE


def test_a_known_run_is_told_without_knowledge(folder: Path) -> None:
    check = ("check", "lists")
    imported(folder, *check, codes=(0, 1))
    found = imported(folder, *check, codes=(0, 1))
    assert not found & (HEAVY | {"dataclasses", "json", "pathlib", "pickle", "rapidfuzz", "unicodedata"})
    rooms = {name.split(".")[1] for name in found if name.startswith("listlint.")}
    assert rooms == {
        "__main__",
        "cache",
        "cli",
        "config",
        "files",
        "gather",
        "knowledge",
        "patterns",
        "recall",
    }
    assert {name for name in found if name.startswith("listlint.knowledge.")} == {
        "listlint.knowledge.rulebook"
    }
