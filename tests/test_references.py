"""Reference lists take part in the comparison and are neither reported on nor written, Markdown or export alike."""

from __future__ import annotations

import json

MINE = "- [A Title of Caches](https://arxiv.org/abs/2401.00001)\n"
THEIRS = "* [A Title of Caches](http://arxiv.org/pdf/2401.00001v1) | OSDI' 24\n"


def found(done):
    return [one["rule"] for one in json.loads(done.stdout)]


def test_a_reference_list_is_compared_with(listlint, write, tmp_path):
    mine, theirs = write("a.md", MINE), write("other/b.md", THEIRS)
    write(".listlint.yaml", "references: [other/b.md]\nselect: [DUP, VEN, LNK]\n")
    done = listlint("check", mine, "--output-format", "json", cwd=tmp_path)
    assert "paper-in-other-list" in found(done)
    assert {one["path"] for one in json.loads(done.stdout)} == {str(mine)}
    listlint("fix", mine, cwd=tmp_path)
    assert theirs.read_text(encoding="utf-8") == THEIRS


def test_an_export_is_a_reference_too(listlint, write, tmp_path):
    mine, theirs = write("a.md", MINE), write("other/b.md", THEIRS)
    exported = listlint("export", theirs, "--to", "jsonl", "--no-config")
    write("b.jsonl", exported.stdout)
    write(".listlint.yaml", "references: [b.jsonl]\nselect: [DUP]\n")
    assert "paper-in-other-list" in found(listlint("check", mine, "--output-format", "json", cwd=tmp_path))


def test_an_export_that_is_none_is_told(listlint, write, tmp_path):
    mine = write("a.md", MINE)
    write("b.jsonl", "{}\nnot json\n")
    write(".listlint.yaml", "references: [b.jsonl]\n")
    done = listlint("check", mine, cwd=tmp_path)
    assert done.returncode == 2
    assert "is no entry of an export; write it with" in done.stderr.decode("utf-8")
