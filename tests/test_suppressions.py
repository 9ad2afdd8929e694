"""Comments that silence: where they hold, what they say of themselves, and how they are written."""

from __future__ import annotations

import json
import re

import pytest

from listlint.cli import run
from listlint.files import replace_file
from listlint.knowledge.knowledge import Knowledge
from listlint.papers.read import read_list
from listlint.source import Source

FAULTY = "- [Warm Infernce](https://arxiv.org/abs/2401.00001) | OSDI' 24"
ENTRY = "[Warm Infernce](https://arxiv.org/abs/2401.00001)"
RULES = ("--select", "typo,venue-spelling,unused-suppression,link-form,duplicate-paper,mojibake")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(capsys, text, *rules):
    with open("a.md", "w", encoding="utf-8", newline="") as file:
        file.write(text)
    code = run(["check", "--output-format", "json", "--no-cache", *(rules or RULES), "a.md"])
    output, errors = capsys.readouterr()
    assert code in (0, 1), errors
    return [(one["line"], one["rule"]) for one in json.loads(output)]


def comment(words, kind=""):
    return f"<!-- listlint-ignore{kind}{words and ' '}{words} -->"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{FAULTY}\n", [(1, "typo"), (1, "venue-spelling")]),
        (f"{FAULTY} {comment('typo: quoted as published')}\n", [(1, "venue-spelling")]),
        (f"{FAULTY} {comment('SPL001')}\n", [(1, "venue-spelling")]),
        (f"{FAULTY} {comment('spl, VEN001: both')}\n", []),
        (f"{FAULTY} {comment('typo venue-spelling')}\n", []),
        (f"{FAULTY} {comment('')}\n", []),
        (f"{FAULTY}\n{FAULTY.replace('Warm', 'Cold')} {comment('')}\n", [(1, "typo"), (1, "venue-spelling")]),
        (f"| Paper | Venue |\n| - | - |\n| {ENTRY} | OSDI' 24 {comment('typo, VEN')} |\n", []),
        (f"### {ENTRY} {comment('typo')}\n\nOSDI' 24\n", [(3, "venue-spelling")]),
        (f"- {ENTRY} {comment('VEN')}\n  - OSDI' 24\n", [(1, "typo")]),
        (f"{comment('typo', '-start')}\n\n{FAULTY}\n\n{comment('', '-end')}\n\n{FAULTY}\n", [(3, "venue-spelling"), (7, "typo"), (7, "venue-spelling")]),
        (f"# Papers\n\n{FAULTY}\n\n{comment('typo', '-file')}\n", [(3, "venue-spelling")]),
        (f"{FAULTY} `{comment('typo')}`\n", [(1, "typo"), (1, "venue-spelling")]),
    ],
)  # fmt: skip
def test_where_a_comment_holds(text, left, folder, capsys):
    found = check(capsys, text)
    assert [one for one in found if one[1] != "duplicate-paper"] == left


@pytest.mark.parametrize(
    ("words", "idle"),
    [
        ("typo", None),
        ("mojibake", "mojibake"),
        ("typo, mojibake", "mojibake"),
        ("TXT", "TXT"),
        ("insecure-link", None),  # that rule did not run, so nothing is known of it
    ],
)
def test_a_comment_that_silences_nothing_is_told(words, idle, folder, capsys):
    found = check(capsys, f"{FAULTY} {comment(words + ': why not')}\n")
    assert ((1, "unused-suppression") in found) == (idle is not None)


def test_an_idle_comment_is_removed_and_a_useful_one_stays(folder, capsys):
    check(
        capsys,
        f"- [Warm](https://arxiv.org/abs/2401.00001) {comment('typo: was')}\n{FAULTY} {comment('typo: is')}\n",
    )
    run(["fix", "-q", "--no-layout", *RULES])
    with open("a.md", encoding="utf-8") as file:
        text = file.read()
    assert text == (
        "- [Warm](https://arxiv.org/abs/2401.00001)\n"
        f"- [Warm Infernce](https://arxiv.org/abs/2401.00001) | OSDI 2024 {comment('typo: is')}\n"
    )


def test_a_comment_that_a_fix_makes_idle_goes_in_the_same_run(folder, capsys):
    rules = ("--select", "insecure-link,link-form,unused-suppression")
    text = f"# P\n\n- [Warm Caches](http://arxiv.org/pdf/2401.00001v2.pdf) {comment('insecure-link: old')}\n"
    check(capsys, text, *rules)
    run(["fix", "-q", "--no-layout", *rules])
    with open("a.md", encoding="utf-8") as file:
        once = file.read()
    assert once == "# P\n\n- [Warm Caches](https://arxiv.org/abs/2401.00001)\n"
    run(["fix", "-q", "--no-layout", *rules])
    with open("a.md", encoding="utf-8") as file:
        assert file.read() == once


# -- written by --add-ignore -------------------------------------------------------------------------------------------

LISTS = {
    "bullets": (
        f"# P\n\n{FAULTY}\n  - a note\n",
        f"# P\n\n{FAULTY} {{}}\n  - a note\n",
    ),
    "two lines": (
        f"# P\n\n- {ENTRY}\n  OSDI' 24\n",
        f"# P\n\n- {ENTRY} {{}}\n  OSDI' 24\n",
    ),
    "a table": (
        f"| Paper | Venue |\n| --- | --- |\n| {ENTRY} | OSDI' 24 |\n",
        f"| Paper | Venue |\n| --- | --- |\n| {ENTRY} | OSDI' 24 {{}} |\n",
    ),
    "an empty last cell": (
        f"| Paper | Venue | Code |\n| --- | --- | --- |\n| {ENTRY} | OSDI' 24 | |\n",
        f"| Paper | Venue | Code |\n| --- | --- | --- |\n| {ENTRY} | OSDI' 24 | {{}} |\n",
    ),
    "no last pipe": (
        f"Paper | Venue\n--- | ---\n{ENTRY} | OSDI' 24\n",
        f"Paper | Venue\n--- | ---\n{ENTRY} | OSDI' 24 {{}}\n",
    ),
    "a hard break": (
        f"# P\n\n- {ENTRY}  \n  OSDI' 24\n",
        f"# P\n\n- {ENTRY} {{}}  \n  OSDI' 24\n",
    ),
    "endings of Windows": (
        f"# P\r\n\r\n{FAULTY}\r\n",
        f"# P\r\n\r\n{FAULTY} {{}}\r\n",
    ),
    "no last line end": (f"# P\n\n{FAULTY}", f"# P\n\n{FAULTY} {{}}"),
}


@pytest.mark.parametrize(("before", "after"), LISTS.values(), ids=LISTS)
def test_add_ignore_writes_at_the_end_of_the_entry(before, after, folder, capsys):
    assert [rule for _, rule in check(capsys, before)] == ["typo", "venue-spelling"]
    assert run(["check", *RULES, "--add-ignore", "--reason", "as published"]) == 0
    assert "1 comment in 1 file" in capsys.readouterr().err
    with open("a.md", encoding="utf-8", newline="") as file:
        text = file.read()
    assert text == after.format(comment("typo, venue-spelling: as published"))
    assert check(capsys, text) == []


def test_add_ignore_changes_nothing_that_is_read(folder, capsys):
    text = "".join(text.replace("\r", "") + "\n\n## More\n\n" for text, _ in LISTS.values())
    text = re.sub("00001", lambda match: f"{match.start():05}", text)
    check(capsys, text)
    before = read_list(Source("a.md", text), Knowledge())
    assert run(["check", *RULES, "--add-ignore"]) == 0
    with open("a.md", encoding="utf-8") as file:
        written = file.read()
    after = read_list(Source("a.md", written), Knowledge())
    assert [one.title for one in before.entries] == [one.title for one in after.entries]
    assert [one.venue and one.venue.text for one in before.entries] == [
        one.venue and one.venue.text for one in after.entries
    ]
    assert re.sub(r" ?<!-- [^>]* -->", "", written) == text


def test_add_ignore_silences_what_two_lists_share(folder, capsys):
    entry = "# P\n\n- [Warm Caches for Cold Starts](https://arxiv.org/abs/2401.00001)\n"
    (folder / "b.md").write_text(entry)
    check(capsys, entry)
    select = ("--select", "paper-in-other-list")
    assert run(["check", *select, "--add-ignore"]) == 0
    capsys.readouterr()
    run(["check", *select])
    assert "Found" not in capsys.readouterr().out


def test_add_ignore_leaves_what_it_cannot_silence_and_says_why(folder, capsys):
    text = f"# P\n\n```\ncode\n```\n\n[infernce]: https://example.org\n\n* {FAULTY[2:]}\n"
    check(capsys, text)
    run(["check", "--select", "layout,typo,venue-spelling", "--add-ignore"])
    errors = capsys.readouterr().err
    assert "layout is left: it speaks of the whole list" in errors
    with open("a.md", encoding="utf-8") as file:
        assert file.read() == text.replace("OSDI' 24", f"OSDI' 24 {comment('typo, venue-spelling')}")


def test_add_ignore_leaves_what_a_script_writes(folder, capsys):
    text = f"# P\n\n<!-- PAPERS:START -->\n\n{FAULTY}\n\n<!-- PAPERS:END -->\n"
    found = check(capsys, text)
    assert run(["check", *RULES, "--add-ignore"]) == 1
    assert "a script writes this" in capsys.readouterr().err
    assert check(capsys, text) == found


@pytest.mark.parametrize("reason", ["a -- b", "a | b", "a\nb", "-->", "<b>"])
def test_a_reason_that_would_break_the_comment_is_refused(reason, folder, capsys):
    check(capsys, FAULTY + "\n")
    assert run(["check", "--add-ignore", "--reason", reason]) == 2
    assert "--reason" in capsys.readouterr().err


def test_add_ignore_goes_without_standard_input_and_with_one_list_at_a_time(folder, capsys, monkeypatch):
    check(capsys, FAULTY + "\n")
    assert run(["check", "--add-ignore", "--update-baseline"]) == 2
    capsys.readouterr()


def test_a_list_that_changed_meanwhile_is_left(folder):
    (folder / "a.md").write_text("other")
    with pytest.raises(OSError, match="changed on disk"):
        replace_file("a.md", b"before", b"after")
    assert (folder / "a.md").read_text() == "other"
