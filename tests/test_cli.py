"""What a person at a terminal meets: help, streams, signals, and lines that fit."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from select import select

import click
import pytest

from listlint import __version__
from listlint.cli import main, run
from listlint.findings import Diagnostic, Severity
from listlint.reporters import formats, render
from listlint.reporters.report import Report
from listlint.source import Position

TYPO = "# Papers\n\n- [Efficient Infernce](https://arxiv.org/abs/2401.00001)\n"
COMMAND = [sys.executable, "-m", "listlint"]
MANY = 3_000


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def entries(count, start=0):
    return "# Papers\n\n" + "".join(
        f"- [Efficient Infernce, Part {n}](http://arxiv.org/pdf/24{n // 90000:02}.{n % 90000:05}.pdf) | NIPS'23\n"
        for n in range(start, start + count)
    )


def in_terminal(*arguments):
    """The output on a terminal of 100 columns, standard error among it, and the exit code."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {
        "TERM": "xterm"
    }
    with subprocess.Popen(
        [*COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    ) as done:
        os.close(theirs)
        pieces = []
        while True:
            if select([ours], [], [], 60)[0]:
                try:
                    piece = os.read(ours, 65536)
                except OSError:
                    break
                if not piece:
                    break
                pieces.append(piece)
        done.wait(60)
    os.close(ours)
    return b"".join(pieces).decode(), done.returncode


# -- help --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_alone_it_helps(arguments, listlint):
    done = listlint(*arguments)
    assert done.returncode == 0
    assert done.stdout.startswith(b"Usage: listlint ")
    assert all(name.encode() in done.stdout for name in main.commands)
    assert done.stderr == b""


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_its_version(option, listlint):
    assert listlint(option).stdout.decode() == f"listlint {__version__}\n"


@pytest.mark.parametrize("name", [None, *main.commands])
def test_help_fits_and_says_what_each_option_does(name, capsys):
    assert run([name, "--help"] if name else ["--help"]) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 100
    command = main.commands[name] if name else main
    assert command.help
    for one in command.params:
        if isinstance(one, click.Option):
            assert one.help, one.name
            assert re.search(rf"{one.opts[0]}\b", text)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_can_complete(shell, listlint):
    done = listlint(env=os.environ | {"_LISTLINT_COMPLETE": f"{shell}_source"})
    assert done.returncode == 0
    assert b"_LISTLINT_COMPLETE" in done.stdout


def test_completion_knows_options_formats_and_rules(listlint):
    def complete(words):
        count = str(len(words.split()) - (not words.endswith(" ")))
        more = {"_LISTLINT_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": count}
        return listlint(env=os.environ | more).stdout.decode().split()

    assert "plain,--update-baseline" in complete("listlint check --upd")
    assert complete("listlint check --output-format sar") == ["plain,sarif"]
    assert "plain,duplicate-paper" in complete("listlint explain dup")
    assert complete("listlint check doc") == ["file,doc"]


# -- what is read ------------------------------------------------------------------------------------------------------


def test_without_a_path_it_takes_the_files_of_the_config_else_this_folder(folder, capsys):
    (folder / "lists").mkdir()
    (folder / "lists" / "a.md").write_text(TYPO)
    (folder / "b.md").write_text(TYPO)
    run(["check", "--output-format", "concise"])
    output = capsys.readouterr().out
    assert "b.md:3:" in output
    assert "lists/a.md:3:" in output
    (folder / ".listlint.yaml").write_text("files: [lists]\n")
    run(["check", "--output-format", "concise"])
    output = capsys.readouterr().out
    assert "b.md:3:" not in output
    assert "lists/a.md:3:" in output


def test_quiet_and_verbose(folder, capsys):
    (folder / "a.md").write_text(TYPO)
    (folder / "b.md").write_text(TYPO.replace("Efficient", "Careful"))
    (folder / ".listlint.yaml").write_text("files: ['.']\n")
    assert run(["check", "-q", "a.md"]) == 1
    assert capsys.readouterr() == ("", "")
    assert run(["fix", "-q", "a.md"]) == 0
    assert capsys.readouterr() == ("", "")
    assert run(["check", "-v", "a.md"]) == 0
    errors = capsys.readouterr().err
    assert "config: .listlint.yaml" in errors
    assert "lists: 1; compared with 1 more" in errors
    assert "  a.md\n" in errors
    assert "  b.md (only compared with)\n" in errors
    assert len(re.findall(r": \d+(\.\d+)? m?s\b", errors)) >= 4


def test_fail_on_and_exit_zero(folder):
    (folder / "a.md").write_text(TYPO)
    assert run(["check", "-q", "--fail-on", "error"]) == 0
    assert run(["check", "-q", "--fail-on", "warning"]) == 1
    assert run(["check", "-q", "--exit-zero"]) == 0
    assert run(["check", "-q", "--exit-zero", "none.md"]) == 2


# -- streams -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["concise", "full", "json"])
def test_a_pipe_that_closes_early_is_no_fault(form, folder):
    (folder / "a.md").write_text(entries(MANY // 3))
    command = f"{' '.join(COMMAND)} check --no-cache --output-format {form} a.md | head -n 1"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, timeout=120, check=False
    )
    assert done.returncode in (0, 1)  # the reader was there to the end, or it was not
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_an_export_into_a_closed_pipe(folder):
    (folder / "a.md").write_text(entries(MANY // 3))
    command = f"{' '.join(COMMAND)} export --to jsonl a.md | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=120, check=False)
    assert (done.stdout.count(b"\n"), done.stderr) == (1, b"")


@pytest.mark.parametrize("form", ["full", "concise", "json", "github"])
@pytest.mark.parametrize("where", ["", ">&-", "| cat"])
def test_a_list_is_told_whatever_the_output_takes(form, where, folder):
    (folder / "a.md").write_text(
        "- [Ünlü 🔥 Infernce 🔥 in Münster](https://arxiv.org/abs/2401.00001) | OSDI' 22\n"
        "- [Ünlü 🔥 Infernce 🔥 in Münster](https://arxiv.org/abs/2401.00001) | OSDI' 22\n",
        "utf-8",
    )
    command = f"{' '.join(COMMAND)} check --output-format {form} a.md {where}"
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1", "LISTLINT_CACHE": str(folder / "cache")}
    runs = [
        subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            capture_output=True,
            timeout=120,
            check=False,
            env=environment,
        )
        for _ in range(2)
    ]
    assert [one.returncode for one in runs] == [1, 1]
    assert runs[0].stdout == runs[1].stdout
    assert not runs[0].stderr
    assert (b"OSDI 2022" in runs[0].stdout) == (where != ">&-")
    if form == "json" and runs[0].stdout:
        titles = [one["message"] for one in json.loads(runs[0].stdout.decode("latin-1"))]
        assert any("\U0001f525 Infernce \U0001f525" in title for title in titles)


def test_output_that_cannot_be_written_is_told(folder, listlint):
    (folder / "a.md").write_text(TYPO)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, "check", "a.md"], stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"listlint: ")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("wait", [0.5, 2])
def test_an_interrupt_leaves_nothing_half_written(wait, folder):
    texts = {f"{n}.md": entries(400, n * 1000) for n in range(8)}
    for name, text in texts.items():
        (folder / name).write_text(text)
    with subprocess.Popen(
        [*COMMAND, "fix", "--no-cache"], stderr=subprocess.PIPE, stdout=subprocess.PIPE
    ) as done:
        time.sleep(wait)
        done.send_signal(signal.SIGINT)
        _, errors = done.communicate(timeout=60)
    assert b"Traceback" not in errors
    if done.returncode == 130:
        assert b"interrupted" in errors
    assert sorted(os.listdir()) == sorted(texts)
    fixed = {name: subprocess_fixed(text) for name, text in list(texts.items())[:1]}
    for name, text in texts.items():
        now = (folder / name).read_text()
        assert now == text or (
            now.count("\n") == text.count("\n") and "NIPS'23" not in now and "Infernce" not in now
        )
        assert name not in fixed or now in (text, fixed[name])


def subprocess_fixed(text):
    done = subprocess.run(
        [*COMMAND, "fix", "--no-config", "-q", "-"],
        input=text.encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.stdout.decode()


# -- a terminal --------------------------------------------------------------------------------------------------------


def test_lines_fit_a_terminal(folder):
    long = "a-folder-with-a-long-name/" * 5
    (folder / "a.md").write_text(TYPO.replace("Efficient", "Efficient and Very Careful " * 12))
    output, code = in_terminal("check", "a.md", f"{long}none.md", "--no-cache")
    assert code == 2
    assert "no such file" in output.replace("\r\n  ", " ")
    for line in re.sub(r"\x1b\[[\d;]*[mK]", "", output).replace("\r\n", "\n").split("\n"):
        assert len(line) <= 100, line


def test_a_long_run_shows_how_far_it_is_and_a_pipe_does_not_see_it(folder):
    for number in range(12):
        (folder / f"{number}.md").write_text(entries(800, number * 1000))
    output, _ = in_terminal("check", "--no-cache", "--statistics")
    steps = [int(one) for one in re.findall(r"\r\x1b\[Kchecking list (\d+) of 12", output)]
    assert steps == sorted(steps)
    assert steps
    assert re.search(r"\r\x1b\[K(?!checking)", output)
    done = subprocess.run(
        [*COMMAND, "check", "--no-cache", "-q"], capture_output=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == (b"", b"")


# -- work grows with the findings ------------------------------------------------------------------------------------------


def calls(function):
    """How many calls of functions the work takes: the same on a busy machine."""
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        function()
    finally:
        sys.setprofile(None)
    return count


def test_the_work_is_linear_in_the_findings(folder, capsys):
    def work(count):
        (folder / "a.md").write_text(entries(count))
        select = "typo,venue-spelling,link-form"
        return calls(lambda: run(["check", "--no-cache", "--select", select, "a.md"]))

    work(10)
    small, large = work(100), work(400)
    capsys.readouterr()
    assert large < 4.6 * small


@pytest.mark.parametrize("form", formats())
def test_a_report_is_linear_in_the_findings(form):
    def work(count):
        found = [
            Diagnostic(
                "a.md",
                Position(line, 3),
                Position(line, 9),
                "SPL001",
                "typo",
                Severity.WARNING,
                f"no. {line}",
                "x" * 40,
            )
            for line in range(1, count + 1)
        ]
        return calls(lambda: render(form, Report(found, 1, "1"), io.StringIO()))

    work(10)
    assert work(4000) < 4.6 * work(1000)
