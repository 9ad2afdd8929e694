"""What `fix` promises: bytes outside its edits stay, meaning stays, a second run is silent, nothing is half-written."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listlint.check import Checker
from listlint.files import ChangedOnDiskError, replace_file
from listlint.findings import Effect, Finding, Fix, Severity
from listlint.fixer import Fixer
from listlint.knowledge.knowledge import Knowledge
from listlint.layout import LayoutOptions
from listlint.options import Options
from listlint.papers.model import Collection
from listlint.papers.read import read_list
from listlint.proof import difference
from listlint.rules import catalogue, chosen
from listlint.source import Edit, Source, Span
from listlint.world import World

KNOWLEDGE = Knowledge()
LISTS = sorted((Path(__file__).parents[1] / "lists").glob("*.md"))
CORPUS = Path(os.environ["LISTLINT_CORPUS"]) if os.environ.get("LISTLINT_CORPUS") else None
WILD = [path for path in sorted(CORPUS.glob("**/*.md")) if path.stat().st_size < 130_000] if CORPUS else []
MESSY = """# Papers\r
\r
* [A Title of Caches](http://arxiv.org/pdf/2401.00001v2.pdf) | OSDI' 24\r
* [Infernce at Rest](https://arxiv.org/abs/2401.00002):  a Github study, accepted by NIPS'23\r
\r
| Paper | Institute | Venue |\r
|---|:-:|---|\r
| [Sorting   Graphs](https://arxiv.org/abs/2401.00003)|Univeristy of Sydney ｜ ATC 2024 | |\r
| [Fast Ducks](https://arxiv.org/abs/2401.00004) | MIT | Arxiv\r
"""


def papers_of(text, path="a.md"):
    return read_list(Source(path, text), KNOWLEDGE)


def fixed(text, *, unsafe=False, layout=True):
    options = Options()
    checker = Checker(chosen(options.choice), KNOWLEDGE, options, World())
    fixer = Fixer(KNOWLEDGE, checker.check_list, unsafe, LayoutOptions() if layout else None)
    return fixer.fix(papers_of(text))


def words(entry):
    return (entry.title, [link.role for link in entry.links], entry.read, [one.text for one in entry.authors])


def test_line_endings_and_the_mark_stay(listlint, write):
    path = write("a.md", b"\xef\xbb\xbf" + MESSY.encode())
    listlint("fix", path, "--no-config")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf# Papers\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


def test_a_missing_newline_at_the_end_stays_missing(listlint, write):
    path = write("a.md", "- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI' 24")
    listlint("fix", path, "--no-config", "--no-layout")
    assert path.read_bytes().endswith(b"OSDI 2024")


def test_one_word_is_one_line_of_the_diff(listlint, write, tmp_path):
    lines = [f"- [Title Number {n} of Caches](https://arxiv.org/abs/2401.{n:05})" for n in range(1, 40)]
    text = "# Papers\n\n" + "\n".join(lines) + "\n"
    path = write("a.md", text)
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    subprocess.run(["git", "-C", str(tmp_path), "add", "-A"], check=True)
    path.write_text(text.replace("Number 20 of", "Number 20 of Infernce"), encoding="utf-8")
    subprocess.run(["git", "-C", str(tmp_path), "add", "-A"], check=True)
    assert listlint("fix", path, "--no-config").returncode == 0
    stat_line = subprocess.run(
        ["git", "-C", str(tmp_path), "diff", "--stat"], capture_output=True, text=True, check=True
    ).stdout
    assert "1 insertion(+), 1 deletion(-)" in stat_line


def test_bytes_outside_the_edits_stay():
    before = papers_of(MESSY.replace("\r", ""))
    checker = Checker(chosen(Options().choice), KNOWLEDGE, Options(), World())
    for found in checker.check_list(before):
        fix = found.finding.fix
        if fix is None:
            continue
        after = Fixer(KNOWLEDGE, lambda _: [], unsafe=True)._applied(before, [fix]).source.text
        first, last = min(e.span.start for e in fix.edits), max(e.span.end for e in fix.edits)
        assert after.startswith(before.source.text[:first])
        assert after.endswith(before.source.text[last:])


@pytest.mark.parametrize("path", LISTS + WILD, ids=lambda path: path.name[:40])
def test_a_second_run_is_silent_and_entries_stay(path):
    source = Source.decode(str(path), path.read_bytes())
    before = papers_of(source.text)
    first = fixed(source.text)
    again = fixed(first.papers.source.text)
    assert again.papers.source.text == first.papers.source.text
    assert again.fixed == 0
    assert len(before.entries) <= len(first.papers.entries) <= len(before.entries) + first.fixed


def test_a_fix_that_does_more_than_it_says_is_refused():
    text = "- [A Title of Caches](https://arxiv.org/abs/2401.00001)\n- [Another Title](https://arxiv.org/abs/2401.00002)\n"
    papers = papers_of(text)
    joined = Fix(
        (Edit(Span(text.index("\n"), text.index("\n") + 1), " "),),
        "join two lines",
        effect=Effect(frozenset({"notes"})),
    )
    renamed = Fix((Edit(Span(3, 10), "Another"),), "rename", effect=Effect(frozenset({"venue"})))
    for fix, reason in ((joined, "entries"), (renamed, "title")):
        rule = catalogue()["typo"]

        def find(_, fix=fix, rule=rule):
            from listlint.check import Found

            return [Found(rule, Finding(Span(0, 1), "m", fix, path="a.md"), Severity.WARNING)]

        result = Fixer(KNOWLEDGE, find).fix(papers)
        assert result.papers is papers
        assert reason in result.refused[0]


def test_fixes_that_do_not_rest_leave_the_list_alone():
    from listlint.check import Found

    papers = papers_of("- [A Title of Caches](https://arxiv.org/abs/2401.00001)\n  - a note\n")
    rule = catalogue()["typo"]

    def flip(current):
        end = len(current.source.text) - 1  # inside the note
        fix = Fix((Edit(Span(end, end), "x"),), f"grow to {end}", effect=Effect(frozenset({"notes"})))
        return [Found(rule, Finding(Span(0, 1), "m", fix, path="a.md"), Severity.WARNING)]

    result = Fixer(KNOWLEDGE, flip).fix(papers)
    assert result.papers is papers
    assert "did not come to rest" in result.refused[0]


LINES = st.sampled_from(
    [
        *MESSY.replace("\r", "").split("\n"),
        "  * MIT & Stanford",
        "- [x] ⭐ [Old Words](https://arxiv.org/abs/1501.00001): accepted by OSDI'22",
        "## Heading",
        "1. **Bold Title.** AAAI 2018. [paper](https://arxiv.org/pdf/1801.00001)",
        "```",
        "> - quoted [Title in Quotes](https://arxiv.org/abs/2401.00009) | SOSP' 23",
        "<!-- listlint-ignore -->",
        "[//]: # (comment)",
        "{% hint %}",
        "* (Stanford)[https://example.org/course]",
        "$$",
        "[Broken](https://arxiv.org/abs/2401.00001",
        "|||",
        "---",
        "    code",
        "\t* tab",
    ]
)


@given(st.lists(LINES, max_size=14))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_random_lists_come_to_rest(lines):
    text = "\n".join(lines) + "\n"
    first = fixed(text)
    assert not any("rest" in reason for reason in first.refused)
    again = fixed(first.papers.source.text)
    assert again.papers.source.text == first.papers.source.text


def test_mode_is_kept_and_untouched_files_are_not_written(listlint, write):
    path = write("a.md", "- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI' 24\n")
    path.chmod(0o640)
    listlint("fix", path, "--no-config")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    before = path.stat().st_mtime_ns, path.stat().st_ino
    listlint("fix", path, "--no-config")
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_a_link_is_written_through(listlint, write, tmp_path):
    path = write("real/a.md", "- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI' 24\n")
    link = tmp_path / "link.md"
    link.symlink_to(path)
    listlint("fix", link, "--no-config")
    assert link.is_symlink()
    assert "OSDI 2024" in path.read_text(encoding="utf-8")


def test_a_file_that_changed_meanwhile_is_left(tmp_path):
    path = tmp_path / "a.md"
    path.write_bytes(b"new")
    with pytest.raises(ChangedOnDiskError):
        replace_file(str(path), b"old", b"fixed")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_with_conflict_markers_is_left(listlint, write):
    text = "<<<<<<< ours\n- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI' 24\n=======\n>>>>>>> theirs\n"
    path = write("a.md", text)
    done = listlint("fix", path, "--no-config")
    assert done.returncode == 2
    assert b"merge conflict" in done.stdout + done.stderr
    assert path.read_text(encoding="utf-8") == text


def test_difference_names_what_differs():
    before = papers_of("- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI 2024\n")
    after = papers_of("- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI 2023\n")
    assert re.search("venue of .A Title of Caches", difference(before, after, ()) or "")
    assert difference(before, before, ()) is None
    assert Collection((before,), frozenset({"a.md"})).by_path["a.md"] is before


GENERATED = """# Papers

<!-- BEGIN auto-generated papers -->
* [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI' 24
<!-- END auto-generated papers -->

* [Another Title](https://arxiv.org/abs/2401.00002) | SOSP' 23
"""


def test_what_a_script_writes_is_left_to_the_script(listlint, write):
    path = write("a.md", GENERATED)
    done = listlint("fix", path, "--no-config")
    assert "edit its source" in done.stdout.decode("utf-8") + done.stderr.decode("utf-8")
    text = path.read_text(encoding="utf-8")
    assert "* [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI' 24\n" in text
    assert "- [Another Title](https://arxiv.org/abs/2401.00002) | SOSP 2023\n" in text
    assert listlint("fix", "--diff", path, "--no-config").stdout == b""


def test_a_refused_fix_does_not_stop_the_others():
    from listlint.check import Found

    text = "- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI' 24\n" * 5
    papers = papers_of(text)
    checker = Checker(chosen(Options().choice), KNOWLEDGE, Options(), World())
    rule = catalogue()["torn-row"]

    def find(current):
        start = current.source.text.find("\n")
        bad = Fix((Edit(Span(start, start + 1), " "),), "join", effect=Effect(repair=True))
        return [
            Found(rule, Finding(Span(0, 1), "m", bad, path="a.md"), Severity.WARNING),
            *checker.check_list(current),
        ]

    result = Fixer(KNOWLEDGE, find).fix(papers)
    assert result.papers.source.text == text.replace("OSDI' 24", "OSDI 2024")
    assert any("join" in reason for reason in result.refused)


def test_only_lists_with_faults_are_read_again(tmp_path, monkeypatch):
    from listlint.fixing import Fixing
    from listlint.options import Choice, Options
    from listlint.rules import chosen
    from listlint.run import Run

    for name, venue in (("a", "OSDI 2024"), ("b", "OSDI'24"), ("c", "SOSP 2023")):
        (tmp_path / f"{name}.md").write_text(
            f"- [Some Title of {name}](https://arxiv.org/abs/2401.00001) | {venue}\n"
        )
    again = []
    plain = Run.read_one
    monkeypatch.setattr(
        Run, "read_one", lambda run, path, **rest: again.append(path) or plain(run, path, **rest)
    )
    outcome = Fixing(Run(Options(), chosen(Choice()))).fix([str(tmp_path)])
    assert again == [str(tmp_path / "b.md")]
    assert "OSDI 2024" in (tmp_path / "b.md").read_text()
    assert (outcome.fixed, outcome.files_checked, list(outcome.changed)) == (1, 3, again)


@pytest.mark.parametrize("stdin", [False, True])
def test_what_a_script_writes_is_not_offered_to_be_fixed(listlint, write, tmp_path, stdin):
    text = "<!-- generated by make.py, do not edit -->\n\n- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI' 24\n"
    path = write("a.md", text)
    where = ("-", "--stdin-filename", path) if stdin else (path,)
    done = listlint(
        "check", *where, "--no-config", "--select", "VEN", "--output-format", "concise", stdin=text.encode()
    )
    assert b"a script writes this, so edit its source" in done.stdout
    assert b"fixable" not in done.stdout
