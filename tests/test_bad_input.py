"""Each kind of bad input gets one clear line and exit code 2; the other files are still handled."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listlint.fixing import Fixing
from listlint.knowledge.knowledge import Knowledge
from listlint.options import Choice, Options
from listlint.papers.read import read_list
from listlint.rules import chosen
from listlint.run import Run
from listlint.source import Source

GOOD = "- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI' 24\n"


def complaint(done):
    """The one line on standard error, or in the report, that names the trouble."""
    assert b"Traceback" not in done.stderr
    return (done.stderr + done.stdout).decode("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("latin.md", "- caf\xe9\n".encode("latin-1"), ["latin.md:1", "0xe9", "encoding"]),
        ("binary.md", b"\x89PNG\x00\x01", ["binary.md", "NUL"]),
        ("conflict.md", b"a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> x\n", ["conflict.md:2", "merge conflict"]),
    ],
)
@pytest.mark.parametrize("command", ["check", "fix"])
def test_a_bad_file_does_not_stop_the_others(listlint, write, tmp_path, command, name, content, words):
    bad, good = write(name, content), write("good.md", GOOD)
    done = listlint(command, tmp_path, "--no-config")
    text = complaint(done)
    assert done.returncode == 2
    assert all(word in text for word in words), text
    assert bad.read_bytes() == content
    if command == "fix":
        assert "OSDI 2024" in good.read_text(encoding="utf-8")
    else:
        assert "good.md" in text


def test_a_missing_path(listlint, write):
    good = write("good.md", GOOD)
    done = listlint("check", "nowhere.md", good, "--no-config")
    assert done.returncode == 2
    assert "nowhere.md: no such file or folder" in complaint(done)
    assert "good.md" in complaint(done)


def test_a_folder_without_lists(listlint, write, tmp_path):
    write("a.txt", "x")
    done = listlint("check", tmp_path, "--no-config")
    assert done.returncode == 2
    assert "no Markdown files here" in complaint(done)


@pytest.mark.parametrize("option", ["--select", "--ignore", "--extend-select"])
def test_an_unknown_rule(listlint, write, option):
    done = listlint("check", write("a.md", GOOD), option, "venue-speling", "--no-config")
    assert done.returncode == 2
    assert 'did you mean "venue-spelling"?' in complaint(done)
    assert done.stderr.count(b"\n") == 1


def test_an_unknown_format(listlint, write):
    done = listlint("check", write("a.md", GOOD), "--output-format", "yaml")
    assert done.returncode == 2
    assert "there are" in complaint(done)


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ("selct: [typo]\n", ["listlint.yaml:1", '"selct"', 'did you mean "select"?']),
        ("\nselect: [tpyo]\n", ["listlint.yaml:2", '"tpyo"', "typo"]),
        ("select: {a: b}\n", ["listlint.yaml:1", "list of texts"]),
        ("severity:\n  typo: fatal\n", ["listlint.yaml:2", "off, info, warning, error"]),
        ("severity:\n  typos: error\n", ["listlint.yaml:2", "typo"]),
        ("encoding: klingon\n", ["listlint.yaml:1", "klingon"]),
        ("arxiv-links: pfd\n", ["listlint.yaml:1", "abs, pdf, keep"]),
        ("rules:\n  link-form:\n    arxiv-lnks: abs\n", ["listlint.yaml:3", "arxiv-links"]),
        ("layout:\n  bullet: '+-'\n", ["listlint.yaml:2", "bullet"]),
        ("links:\n  timeout: soon\n", ["listlint.yaml:2", "timeout"]),
        ("a: [1\nb: 2\n", ["listlint.yaml:2", "not YAML"]),
        ("- a\n", ["listlint.yaml:1", "key: value"]),
        ("fail-on: info\n", ["listlint.yaml:1", "warning"]),
        ("knowledge:\n  venues:\n    - {nam: X}\n", ["listlint.yaml:2", "venues"]),
        ("knowledge:\n  venue: []\n", ["listlint.yaml:2", "venues"]),
    ],
)
def test_a_broken_config(listlint, write, tmp_path, config, words):
    write(".listlint.yaml", config)
    path = write("a.md", GOOD)
    done = listlint("fix", path)
    text = complaint(done)
    assert done.returncode == 2
    assert all(word in text for word in words), text
    assert done.stderr.count(b"\n") == 1
    assert path.read_text(encoding="utf-8") == GOOD


def test_a_named_config_that_is_missing(listlint, write):
    done = listlint("check", write("a.md", GOOD), "--config", "nowhere.yaml")
    assert done.returncode == 2
    assert "nowhere.yaml: cannot be read" in complaint(done)


def test_an_unknown_revision(listlint, write):
    done = listlint("check", write("a.md", GOOD), "--since", "nowhere", "--no-config")
    assert done.returncode == 2
    assert "--since" in complaint(done)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_an_unwritable_file(listlint, write):
    path = write("a.md", GOOD)
    path.chmod(0o444)
    done = listlint("fix", path, "--no-config")
    assert done.returncode == 2
    assert "cannot be written" in complaint(done)


def test_an_unreadable_place_for_the_report(listlint, write, tmp_path):
    done = listlint("check", write("a.md", GOOD), "--output-file", tmp_path / "no" / "report", "--no-config")
    assert done.returncode == 2
    assert "cannot be written" in complaint(done)


def test_the_config_may_name_an_encoding(listlint, write):
    write(".listlint.yaml", "encoding: gb18030\n")
    path = write("a.md", "- [缓存的标题](https://arxiv.org/abs/2401.00001) | OSDI' 24\n".encode("gb18030"))
    done = listlint("fix", path)
    assert done.returncode == 0, complaint(done)
    assert path.read_bytes() == "- [缓存的标题](https://arxiv.org/abs/2401.00001) | OSDI 2024\n".encode(
        "gb18030"
    )


def test_hostile_names_stay_on_their_line(listlint, write, tmp_path):
    write("a\x1b[31m\n::error::x.md", GOOD)
    done = listlint("check", tmp_path, "--no-config", "--output-format", "concise")
    assert b"\x1b" not in done.stdout
    assert not any(line.startswith(b"::") for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "- [T](http://a.b/c) x\n" * 20_000,
        "- [" + "a " * 12_500 + "](http://x.y)\n",
        "| a | b |\n| - | - |\n" + "| [x](https://x.y/z) | y |\n" * 10_000,
        "".join("  " * depth + "- x\n" for depth in range(200)),
        "- " + "(" * 12_000 + ")" * 12_000 + "\n",
        "- " + "A. Author, " * 2_000 + "\n",
        "- [" * 3_000 + "\n",
        "**" * 6_000 + "\n",
    ],
    ids=["lines", "line", "rows", "nested", "brackets", "names", "open links", "stars"],
)
def test_large_and_hostile_lists_come_through(listlint, write, text):
    done = listlint("check", write("a.md", text), "--no-config", "--statistics")
    assert done.returncode in (0, 1), complaint(done)[:400]


def run_with_a_faulty_rule():
    """A run in which `venue-spelling` fails on lists that say so."""
    rules = [
        rule._replace(function=faulty(rule.function)) if rule.name == "venue-spelling" else rule
        for rule in chosen(Choice())
    ]
    return Run(Options(), rules)


def faulty(function):
    def fail(entry, **given):
        if "Fault" in entry.title:
            raise KeyError(entry.title)
        return function(entry, **given)

    return fail


def test_a_fault_of_its_own_does_not_stop_the_others(write):
    bad, good = write("a.md", GOOD.replace("Caches", "Faults")), write("b.md", GOOD)
    outcome = run_with_a_faulty_rule().check([str(bad), str(good)])
    assert [one.path for one in outcome.problems] == [str(bad)]
    assert "listlint itself fails on this list (KeyError in test_bad_input.py:" in str(outcome.problems[0])
    assert {one.path for one in outcome.diagnostics if one.rule == "venue-spelling"} == {str(good)}


@pytest.mark.parametrize("unsafe", [False, True])
def test_a_fault_of_its_own_leaves_the_list_as_it_is(write, unsafe):
    text = GOOD.replace("Caches", "Faults")
    bad, good = write("a.md", text), write("b.md", GOOD)
    outcome = Fixing(run_with_a_faulty_rule(), unsafe=unsafe).fix([str(bad), str(good)])
    assert [one.path for one in outcome.problems] == [str(bad)]
    assert bad.read_text(encoding="utf-8") == text
    assert "OSDI 2024" in good.read_text(encoding="utf-8")


KNOWLEDGE = Knowledge()


@given(
    st.lists(st.sampled_from(["\ue000", "\ue001", "\ue002", "\ue003", "\ufdd0", "x", " ", "**", "&#xe000;"]))
)
def test_characters_that_mean_something_inside_mean_nothing_in_a_list(pieces):
    text = "".join(pieces)
    papers = read_list(
        Source(
            "a.md",
            f"- [A\ue002 Title{text} of Caches](https://arxiv.org/abs/2401.00001) {text} | OSDI 2024\n",
        ),
        KNOWLEDGE,
    )
    assert papers.entries[0].title.startswith("A\ue002 Title")
    assert [link.url for link in papers.entries[0].links] == ["https://arxiv.org/abs/2401.00001"]


def test_such_characters_come_back():
    title = "A\ue000 Title\ufdd0 of\ue003 Caches"
    papers = read_list(
        Source("a.md", f"- [{title}](https://arxiv.org/abs/2401.00001) | OSDI 2024\n"), KNOWLEDGE
    )
    assert papers.entries[0].title == title
