"""What the documents show is what happens."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def fences(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_readme_shows_what_fix_does(listlint):
    done = listlint("fix", "--diff", "docs/examples/messy.md", "--no-config", cwd=ROOT)
    shown = fences(README, "diff")[0]
    assert done.returncode == 1
    assert done.stdout.decode("utf-8").split("\n", 2)[2] == shown


def test_the_rule_table_is_the_code(listlint):
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from write_rule_table import table
    finally:
        sys.path.pop(0)
    assert table() in README, "run docs/write_rule_table.py"


def test_the_lists_are_clean_and_canonical(listlint):
    checked = listlint("check", "lists", cwd=ROOT)
    assert checked.returncode == 0, checked.stdout.decode("utf-8")
    assert listlint("fix", "--diff", "lists", cwd=ROOT).stdout == b""


def test_the_lists_hold_papers_in_each_dialect(listlint):
    import json

    done = listlint("export", "lists", "--to", "jsonl", cwd=ROOT)
    entries = [json.loads(line) for line in done.stdout.splitlines()]
    assert {"table", "checklist", "nested", "bullets", "headings"} <= {one["dialect"] for one in entries}
    assert len({one["title"].casefold() for one in entries}) >= 250
    without = [one for one in entries if not one["links"]]
    assert without
    assert all(one["path"] == "lists/bibliography.md" for one in without)


@pytest.mark.parametrize("block", fences(README, "yaml"))
def test_settings_in_the_readme_load(block, tmp_path, listlint):
    values = yaml.safe_load(block)
    if "repos" in values:
        hooks = {hook["id"] for repo in values["repos"] for hook in repo["hooks"]}
        known = {
            hook["id"]
            for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
        }
        assert hooks <= known
        return
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "a.md").write_text(
        "- [A Title of Caches](https://arxiv.org/pdf/2401.00001) | OSDI'24\n", encoding="utf-8"
    )
    (tmp_path / ".listlint.yaml").write_text(block, encoding="utf-8")
    done = listlint("check", cwd=tmp_path)
    assert done.returncode == 0, (done.stdout + done.stderr).decode("utf-8")


def test_commands_in_the_readme_exist(listlint):
    for block in fences(README, "bash"):
        for match in re.finditer(r"^listlint (\w+)((?: --?[\w-]+)*)", block, re.MULTILINE):
            helped = listlint(match[1], "--help").stdout.decode("utf-8")
            for option in match[2].split():
                assert option in helped, (match[1], option)


def test_the_comment_in_the_readme_silences(listlint, write):
    block = next(one for one in fences(README, "markdown") if "listlint-ignore" in one)
    done = listlint("check", write("a.md", block), "--no-config", "--select", "typo,unused-suppression")
    assert done.returncode == 0, done.stdout
    bare = re.sub(r" <!--.*?-->", "", block)
    assert listlint("check", write("b.md", bare), "--no-config", "--select", "typo").returncode == 1


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path):
    text = re.sub(
        r"^```.*?^```|`[^`\n]*`", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text):
        assert (path.parent / target).exists(), target


def test_the_layers_are_kept():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
    )
    assert done.returncode == 0, done.stdout
