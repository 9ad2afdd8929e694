"""Baselines: what is accepted stays accepted while lines move, and nothing else does."""

from __future__ import annotations

import json
import os

import pytest

from listlint.baseline import Baseline, BaselineError
from listlint.cli import run
from listlint.findings import Diagnostic, Severity
from listlint.source import Position

NAME = ".listlint-baseline.json"
SELECT = (
    "select: [venue-spelling, typo, link-form, missing-link, duplicate-paper, paper-in-other-list, layout]\n"
)
ROWS = [
    "- [Warm Caches](https://arxiv.org/abs/2401.00001) | OSDI' 24",
    "- [Cold Infernce of Models](https://example.org/cold) | ICML 2024",
    "- [Other Starts](http://arxiv.org/pdf/2401.00003v2.pdf) | NIPS'23",
    "- [Other Ends](https://arxiv.org/abs/2401.00004) | NIPS'23",
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".listlint.yaml").write_text(SELECT)
    write("a.md", *ROWS)
    return tmp_path


def write(name, *rows):
    with open(name, "w", encoding="utf-8") as file:
        file.write("\n".join(["# Papers", "", *rows, ""]))


def check(capsys, *arguments):
    code = run(["check", "--output-format", "json", *arguments])
    output, errors = capsys.readouterr()
    assert code in (0, 1), errors
    return [(one["path"], one["line"], one["rule"]) for one in json.loads(output)]


def update(*arguments):
    assert run(["check", "--update-baseline", *arguments]) == 0


def rows_of(name=NAME):
    with open(name, encoding="utf-8") as file:
        return json.load(file)["findings"]


def test_accepted_findings_are_left_out_and_counted(folder, capsys):
    assert len(check(capsys)) == 5
    update()
    assert "accepts 5 findings (5 new, 0 no longer there)" in capsys.readouterr().err
    assert run(["check"]) == 0
    assert "5 in the baseline" in capsys.readouterr().out
    assert run(["check", "-q", "--no-config"]) == 1
    assert run(["check", "--output-format", "concise", "a.md", "-v"]) == 0
    assert f"baseline: {NAME}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "rows",
    [
        ["Some words.", "", *ROWS],
        list(reversed(ROWS)),
        [ROWS[0], "- [New](https://arxiv.org/abs/2401.00009)", *ROWS[1:]],
        ROWS[1:3],
        [f"{row} | a note" for row in ROWS],
        [ROWS[0].replace("Warm", "Very Warm"), *ROWS[1:]],
    ],
    ids=["moved", "sorted", "between", "fewer", "longer", "another title with the same identity"],
)
def test_lines_may_move(rows, folder, capsys):
    update()
    write("a.md", *rows)
    capsys.readouterr()
    assert check(capsys) == []


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("- [Warm Caches](https://arxiv.org/abs/2401.00001) | SOSP' 24", "venue-spelling"),
        ("- [Warm Caches](https://arxiv.org/abs/2401.00007) | OSDI' 24", "venue-spelling"),
        ("- [Warm Caches of Infernce](https://arxiv.org/abs/2401.00001) | OSDI' 24", "typo"),
    ],
    ids=["other words", "another paper", "another rule"],
)
def test_what_is_new_is_told(row, rule, folder, capsys):
    update()
    write("a.md", row, *ROWS[1:])
    capsys.readouterr()
    assert check(capsys) == [("a.md", 3, rule)]


def test_equal_findings_are_counted(folder, capsys):
    twice = "- [The Same](https://arxiv.org/abs/2401.00005) | OSDI' 24 | OSDI' 24"
    write("a.md", "Infernce, Infernce.")
    update()
    assert [one.get("count", 1) for one in rows_of()] == [2]
    write("a.md", "Infernce, Infernce.", "", "Infernce, Infernce.", "", twice)
    capsys.readouterr()
    assert [rule for _, _, rule in check(capsys)].count("typo") == 2


def test_what_is_no_longer_found_is_pruned(folder, capsys):
    update()
    write("a.md", *ROWS[:2])
    update()
    assert "accepts 2 findings (0 new, 3 no longer there)" in capsys.readouterr().err
    assert sorted(one["rule"] for one in rows_of()) == ["typo", "venue-spelling"]
    write("a.md", *ROWS)
    assert len(check(capsys)) == 3


def test_lists_and_rules_that_did_not_run_keep_theirs(folder, capsys):
    write("b.md", *(row.replace("2401.0000", "2402.0000") for row in ROWS[:1]))
    update()
    before = rows_of()
    write("a.md", ROWS[3])
    update("b.md")
    assert rows_of() == before
    update("--select", "typo")
    assert rows_of() == [one for one in before if (one["path"], one["rule"]) != ("a.md", "typo")]
    os.unlink("b.md")
    update("a.md")
    assert {one["path"] for one in rows_of()} == {"a.md"}
    assert len(rows_of()) == 1
    capsys.readouterr()


def test_a_paper_takes_its_findings_along(folder, capsys):
    update()
    write("a.md", *ROWS[1:])
    write("b.md", ROWS[0])
    capsys.readouterr()
    assert check(capsys) == []
    os.rename("a.md", "c.md")
    assert check(capsys) == []
    write("c.md", *ROWS)
    assert [one for one in check(capsys) if one[2] == "venue-spelling"] != []


def test_a_copied_paper_does_not_use_what_another_list_needs(folder, capsys):
    update()
    write("b.md", ROWS[0])
    capsys.readouterr()
    assert ("b.md", 3, "venue-spelling") in check(capsys, "b.md")


def test_messages_do_not_count(folder, capsys):
    place = Position(3, 1)
    one = Diagnostic(
        "a.md", place, place, "VEN001", "venue-spelling", Severity.WARNING, "old", about=("x", "y")
    )
    other = Diagnostic(
        "a.md", place, place, "VEN001", "venue-spelling", Severity.ERROR, "new", about=("x", "y")
    )
    baseline = Baseline(NAME).updated([one], {"a.md"}, {"venue-spelling"})
    assert baseline.held_back([other], {"a.md"}) == []
    assert baseline.held_back([other, other], {"a.md"}) == [other]


def test_the_file_is_sorted_and_reads_as_itself(folder, capsys):
    update()
    with open(NAME, encoding="utf-8") as file:
        text = file.read()
    lines = text.splitlines()
    assert len(lines) == 7
    assert lines[1:-1] == sorted(lines[1:-1])
    update()
    with open(NAME, encoding="utf-8") as file:
        assert file.read() == text
    read = Baseline.read(NAME)
    assert read.total() == 5
    assert read.held_back([], {"a.md"}) == []


def test_the_layout_of_a_whole_list_is_one_finding(folder, capsys):
    write("a.md", "* [A](https://arxiv.org/abs/2401.00001)", "* [B](https://arxiv.org/abs/2401.00002)")
    update("--select", "layout")
    write("a.md", *(f"* [Title {number}](https://arxiv.org/abs/2401.0000{number})" for number in range(6)))
    capsys.readouterr()
    assert check(capsys, "--select", "layout") == []


def test_a_named_baseline_and_one_of_the_config(folder, capsys):
    (folder / "ci").mkdir()
    update("--baseline", "ci/accepted.json")
    assert {one["path"] for one in rows_of("ci/accepted.json")} == {"../a.md"}
    assert check(capsys, "--baseline", "ci/accepted.json") == []
    assert len(check(capsys)) == 5
    (folder / ".listlint.yaml").write_text(SELECT + "baseline: ci/accepted.json\n")
    assert check(capsys) == []
    os.chdir("ci")
    capsys.readouterr()
    assert check(capsys, "../a.md") == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "nonsense", '{"listlint-baseline": 2, "findings": []}', '{"listlint-baseline": 1, "findings": [{"path": "a"}]}',
     '{"listlint-baseline": 1, "findings": [{"path": "a", "paper": "", "rule": "r", "text": "", "count": -1}]}', "[" * 100_000],
)  # fmt: skip
def test_what_is_no_baseline_is_refused(text, folder, capsys):
    (folder / NAME).write_text(text)
    with pytest.raises(BaselineError, match="--update-baseline"):
        Baseline.read(NAME)
    assert run(["check"]) == 2
    assert NAME in capsys.readouterr().err
    update()
    assert run(["check", "-q"]) == 0


def test_a_baseline_that_is_not_there_is_told(folder, capsys):
    assert run(["check", "--baseline", "none.json"]) == 2
    assert "none.json: no such baseline" in capsys.readouterr().err


def test_it_goes_without_since(folder, capsys):
    assert run(["check", "--update-baseline", "--since", "HEAD"]) == 2
    assert "--since" in capsys.readouterr().err


def test_each_config_has_its_own(folder, capsys):
    (folder / "sub").mkdir()
    (folder / "sub" / ".listlint.yaml").write_text(SELECT)
    write("sub/b.md", ROWS[0])
    update("a.md", "sub/b.md")
    assert {one["path"] for one in rows_of()} == {"a.md"}
    assert {one["path"] for one in rows_of("sub/" + NAME)} == {"b.md"}
    capsys.readouterr()
    assert check(capsys, "a.md", "sub/b.md") == []


def test_nothing_is_written_where_a_list_cannot_be_read(folder, capsys):
    (folder / "b.md").write_bytes(b"\xff\xfe bad")
    assert run(["check", "--update-baseline"]) == 2
    assert not os.path.exists(NAME)
    capsys.readouterr()
