"""`--since`: only what a change touched, in real repositories; everything else is context."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from listlint.cli import run
from listlint.git import changed_lines

CLEAN = "# Papers\n\n- [Warm Caches](https://arxiv.org/abs/2401.00001) | OSDI 2024\n"
OLD = "- [Cold Starts](https://arxiv.org/abs/2401.00002) | OSDI' 24\n"
NEW = "- [Lukewarm Starts](https://arxiv.org/abs/2401.00003) | NIPS'23\n"


def git(*arguments, cwd="."):
    done = subprocess.run(["git", "-C", cwd, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path, monkeypatch):
    for name, value in {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}.items():
        monkeypatch.setenv(name, value)
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@example.org")
    monkeypatch.chdir(tmp_path)
    git("init", "-q", "-b", "main")
    return tmp_path


def put(path, text):
    folder = os.path.dirname(path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def commit(**files):
    for name, text in files.items():
        put(name.replace("__", "/") + ".md", text)
    git("add", "-A")
    git("commit", "-q", "-m", "x")


def found(capsys, *arguments, since="HEAD", select="venue-spelling"):
    code = run(["check", "--output-format", "json", "--since", since, "--select", select, *arguments])
    output, errors = capsys.readouterr()
    assert code in (0, 1), errors
    return [(one["path"], one["line"]) for one in json.loads(output)]


def test_only_touched_lines_count(repository, capsys):
    commit(a=CLEAN + OLD, b=OLD)
    assert found(capsys) == []
    put("a.md", CLEAN + OLD + NEW)
    assert found(capsys) == [("a.md", 5)]
    put("a.md", CLEAN + OLD.replace("Cold", "Colder") + NEW)
    assert found(capsys) == [("a.md", 4), ("a.md", 5)]
    put("a.md", NEW + "\n" + CLEAN + OLD)
    assert found(capsys) == [("a.md", 1)]
    put("a.md", OLD)
    assert found(capsys) == []
    git("add", "-A")
    assert found(capsys) == []


def test_new_files_count_whole_tracked_or_not(repository, capsys):
    commit(a=CLEAN)
    put("b.md", CLEAN + OLD)
    assert found(capsys) == [("b.md", 4)]
    git("add", "b.md")
    assert found(capsys) == [("b.md", 4)]
    put(".gitignore", "c.md\n")
    put("c.md", OLD)
    assert found(capsys, "c.md") == [("c.md", 1)]


def test_a_renamed_file_counts_where_it_differs(repository, capsys):
    body = CLEAN + OLD + "".join(f"- [Title {n}](https://arxiv.org/abs/2402.000{n})\n" for n in range(10, 40))
    commit(a=body)
    git("mv", "a.md", "b.md")
    assert found(capsys) == []
    put("b.md", body + NEW)
    assert found(capsys) == [("b.md", 35)]
    git("commit", "-q", "-a", "-m", "x")
    assert found(capsys, since="HEAD~1") == [("b.md", 35)]


@pytest.mark.parametrize(
    "name",
    ["a b.md", "a\nb.md", 'a"b.md', "ä 图.md", "-a.md", ":(top)a.md", "*.md", "a\\b.md", "a\tb.md", "[a].md"],
)
def test_names_of_all_kinds(name, repository):
    put(name, CLEAN + OLD)
    put("other.md", CLEAN + OLD)
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    put(name, CLEAN + OLD + NEW)
    path = f"./{name}"
    assert changed_lines("HEAD", [path, "other.md"]) == {path: [range(5, 6)], "other.md": []}
    renamed = f"./new {name}"
    git("mv", "--", name, f"new {name}")
    assert changed_lines("HEAD", [renamed])[renamed] in ([range(5, 6)], [range(1, 1 << 31)])


def test_paths_from_a_subfolder_and_from_outside(repository, capsys, monkeypatch):
    commit(lists__a=CLEAN + OLD, b=OLD)
    put("lists/a.md", CLEAN + OLD + NEW)
    put("b.md", OLD + NEW)
    monkeypatch.chdir(repository / "lists")
    assert found(capsys) == [("a.md", 5)]
    assert found(capsys, "../b.md", "a.md") == [("../b.md", 2), ("a.md", 5)]
    monkeypatch.chdir("/")
    path = str(repository / "b.md")
    assert found(capsys, path) == [(path, 2)]


def test_a_duplicate_of_an_old_entry_is_found_wherever_the_new_one_stands(repository, capsys):
    entry = "- [Warm Caches for Cold Starts](https://arxiv.org/abs/2401.00001)\n"
    head = "# Papers\n\n"
    other = "- [Lukewarm Starts of Functions](https://arxiv.org/abs/2401.00003)\n"
    commit(a=head + entry + other, b=head + other)
    put("a.md", head + entry + other + entry)
    assert found(capsys, select="duplicate-paper") == [("a.md", 5)]
    put("a.md", head + entry + entry + other)
    assert found(capsys, select="duplicate-paper") != []
    put("a.md", head + entry + other)
    assert found(capsys, select="duplicate-paper") == []
    put(".listlint.yaml", "files: ['.']\n")
    put("c.md", head + entry)
    assert found(capsys, "c.md", select="paper-in-other-list") == [("c.md", 3)]


def test_a_branch_is_compared_with_where_it_began(repository, capsys):
    commit(a=CLEAN)
    git("checkout", "-q", "-b", "branch")
    put("a.md", CLEAN + NEW)
    git("commit", "-q", "-a", "-m", "x")
    git("checkout", "-q", "main")
    put("a.md", CLEAN.replace("OSDI 2024", "OSDI 2023"))
    git("commit", "-q", "-a", "-m", "x")
    git("checkout", "-q", "branch")
    put("a.md", CLEAN.replace("OSDI 2024", "OSDI' 24") + NEW)
    git("commit", "-q", "-a", "-m", "x")
    assert found(capsys, since="main") == [("a.md", 3), ("a.md", 4)]
    put("a.md", CLEAN + NEW)
    assert found(capsys, since="main") == [("a.md", 4)]


def test_a_shallow_clone(repository, capsys, monkeypatch):
    commit(a=CLEAN + OLD)
    commit(b=CLEAN)
    put("a.md", CLEAN + OLD + NEW)
    git("commit", "-q", "-a", "-m", "x")
    git("clone", "-q", "--depth", "2", f"file://{repository}", "clone")
    monkeypatch.chdir(repository / "clone")
    assert found(capsys, since="HEAD~1") == [("a.md", 5)]
    assert run(["check", "--since", "HEAD~2"]) == 2
    assert "shallow" in capsys.readouterr().err


@pytest.mark.parametrize("revision", ["nonsense", "--output=x", "HEAD:a.md", "", "-p"])
def test_what_is_no_revision_is_refused(revision, repository, capsys):
    commit(a=CLEAN)
    code = run(["check", f"--since={revision}", "a.md"])
    errors = capsys.readouterr().err
    assert code == 2
    assert errors.startswith("listlint: --since: ")
    assert errors.count("\n") == 1
    assert sorted(os.listdir(".")) == [".git", "a.md"]


def test_without_a_repository_it_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    put("a.md", CLEAN)
    assert run(["check", "--since", "HEAD"]) == 2
    assert "not a git repository" in capsys.readouterr().err


def test_fix_keeps_to_the_change(repository, capsys):
    commit(a=CLEAN + OLD)
    put("a.md", CLEAN + OLD + NEW)
    assert run(["fix", "--since", "HEAD"]) == 0
    with open("a.md", encoding="utf-8") as file:
        assert file.read() == CLEAN + OLD + NEW.replace("NIPS'23", "NeurIPS 2023")


UNTIDY = """\
# Papers
* [Warm Caches](https://arxiv.org/abs/2401.00001)
* [Cold Starts](https://arxiv.org/abs/2401.00002)

| Paper   | Venue     |
|---------|-----------|
| [Sorting Graphs](https://arxiv.org/abs/2401.00004)   | OSDI 2024 |
"""
ROW = "| [Fast Ducks](https://arxiv.org/abs/2401.00005)|SOSP' 23|\n"


def text_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def layout_lines(capsys, *arguments):
    return found(capsys, *arguments, select="layout")


def fix(capsys, *arguments):
    code = run(["fix", "--since", "HEAD", *arguments])
    output, errors = capsys.readouterr()
    assert code in (0, 1), errors
    return output


def test_only_touched_hunks_are_laid_out(repository, capsys):
    commit(a=UNTIDY)
    assert layout_lines(capsys) == []
    assert fix(capsys, "--diff") == ""
    put("a.md", UNTIDY + ROW)
    assert layout_lines(capsys) == [("a.md", 8)]
    fix(capsys)
    assert text_of("a.md") == UNTIDY + "| [Fast Ducks](https://arxiv.org/abs/2401.00005) | SOSP 2023 |\n"
    assert layout_lines(capsys) == []
    assert fix(capsys, "--diff") == ""


def test_an_item_that_joins_a_list_takes_its_marker(repository, capsys):
    commit(a=UNTIDY)
    old = "* [Cold Starts](https://arxiv.org/abs/2401.00002)\n"
    new = "*    [Lukewarm Starts](https://arxiv.org/abs/2401.00003)\n"
    put("a.md", UNTIDY.replace(old, old + new + "     + MIT\n"))
    assert layout_lines(capsys) == [("a.md", 4)]
    fix(capsys)
    assert text_of("a.md") == UNTIDY.replace(old, old + new.replace("*    ", "* ") + "  - MIT\n")
    assert fix(capsys, "--diff") == ""


def test_a_list_that_is_new_is_laid_out_whole(repository, capsys):
    commit(a=UNTIDY)
    new = "* [Lukewarm Starts](https://arxiv.org/abs/2401.00003)\n* [Fast Ducks](https://arxiv.org/abs/2401.00005)\n"
    put("a.md", UNTIDY + "\n\n## New\n" + new)
    fix(capsys)
    assert text_of("a.md") == UNTIDY + "\n## New\n\n" + new.replace("* ", "- ")
    assert layout_lines(capsys) == []


def test_what_removing_lines_leaves_is_laid_out(repository, capsys):
    commit(a="# A\n\ntext\n\n\nmore\n\n\n\nend\n")
    put("a.md", "# A\n\n\n\n\nmore\n\n\n\nend\n")
    fix(capsys)
    assert text_of("a.md") == "# A\n\nmore\n\n\n\nend\n"


def test_fixes_keep_to_the_change_where_the_layout_moved_it(repository, capsys):
    last = OLD.replace("Cold", "Colder").replace("00002", "00009")
    commit(a=OLD + "\n\n\n" + OLD)
    put("a.md", OLD + "\n\n\n" + OLD + "## New\n" + NEW + "\n\n" + last)
    fix(capsys)
    right = [line.replace("NIPS'23", "NeurIPS 2023").replace("OSDI' 24", "OSDI 2024") for line in (NEW, last)]
    assert text_of("a.md") == OLD + "\n\n\n" + OLD + "\n## New\n\n" + right[0] + "\n" + right[1]
    assert found(capsys) == []


def test_an_untracked_list_is_laid_out_whole(repository, capsys):
    commit(b=CLEAN)
    put("a.md", UNTIDY)
    assert layout_lines(capsys) == [("a.md", 2)]
    fix(capsys)
    git("add", "a.md")
    assert run(["fix", "--diff", "a.md"]) == 0


def test_a_linked_folder_and_a_submodule_are_asked_for_themselves(repository, capsys):
    commit(lists__a=CLEAN + OLD)
    os.symlink("lists", "linked")
    inner = repository / "inner"
    inner.mkdir()
    git("init", "-q", cwd=str(inner))
    put("inner/c.md", OLD)
    git("add", "-A", cwd=str(inner))
    git("commit", "-q", "-m", "x", cwd=str(inner))
    put("lists/a.md", CLEAN + OLD + NEW)
    put("inner/c.md", OLD + NEW)
    assert found(capsys, "linked/a.md", "inner/c.md") == [("inner/c.md", 2), ("linked/a.md", 5)]
