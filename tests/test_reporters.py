"""What every output format promises: it is found by its file, shown by an example, and cannot be tricked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from listlint.findings import Diagnostic, Safety, Severity
from listlint.reporters import formats, render, statistics
from listlint.reporters.report import FileError, Report
from listlint.source import Position
from report_samples import CLEAN, RULES, SAMPLE, finding, rendered, reports

DATA = Path(__file__).parent / "data"
CONTROL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def test_formats_are_those_that_the_command_line_promises():
    assert formats() == (
        "concise",
        "full",
        "github",
        "gitlab",
        "json",
        "jsonl",
        "junit",
        "markdown",
        "rdjson",
        "sarif",
    )


@pytest.mark.parametrize("name", formats())
def test_each_format_writes_its_expected_output(name):
    assert rendered(name, SAMPLE) == (DATA / f"report_{name}.txt").read_bytes().decode()


def test_each_expected_output_has_a_format():
    assert {path.stem.removeprefix("report_") for path in DATA.glob("report_*.txt")} == set(formats())


def test_an_unknown_format_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match=r'no output format "xml"; there are concise, full'):
        render("xml", CLEAN, StringIO())


def test_rendering_imports_the_one_format():
    code = (
        "import sys; from listlint.reporters import render; from listlint.reporters.report import Report;"
        "render('concise', Report((), 1, '1'), sys.stdout);"
        "print(sorted(m for m in sys.modules if m.startswith('listlint.reporters.output.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['listlint.reporters.output.concise']"


@pytest.mark.parametrize("name", ["full", "concise"])
def test_colours_are_only_paint(name):
    colored = rendered(name, SAMPLE, color=True)
    assert colored != rendered(name, SAMPLE)
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == rendered(name, SAMPLE)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("concise", "No problems in 5 files\n"),
        ("full", "No problems in 5 files\n"),
        ("github", ""),
        ("gitlab", "[]\n"),
        ("json", "[]\n"),
        ("jsonl", ""),
        ("markdown", "No problems in 5 files\n"),
        ("rdjson", '{"source": {"name": "listlint"},\n"diagnostics": []}\n'),
    ],
)
def test_a_clean_run(name, expected):
    assert rendered(name, CLEAN) == expected


@pytest.mark.parametrize(
    ("fixes", "expected"),
    [
        ((0, 0), "Found 3 problems in 1 file"),
        ((1, 0), "Found 3 problems in 1 file (1 fixable with `listlint fix`)"),
        ((0, 2), "Found 3 problems in 1 file (2 fixable with `listlint fix --unsafe-fixes`)"),
        ((1, 2), "Found 3 problems in 1 file (1 fixable with `listlint fix`, 2 more with `--unsafe-fixes`)"),
    ],
)
def test_the_summary_says_what_fix_would_do(fixes, expected):
    safe, unsafe = fixes
    kinds = [Safety.SAFE] * safe + [Safety.UNSAFE] * unsafe + [None] * (3 - safe - unsafe)
    found = [finding("a", "a", "x", fix=(kind, "t", "b") if kind else None) for kind in kinds]
    assert rendered("concise", Report(found, 4, "1")).splitlines()[-1] == expected


def test_statistics_count_by_rule_most_frequent_first():
    out = StringIO()
    typo = SAMPLE.diagnostics[1]
    statistics(SAMPLE._replace(diagnostics=(*SAMPLE.diagnostics, typo, *[typo] * 9)), out)
    assert out.getvalue() == (
        "11  SPL001  typo                 11 unsafe\n"
        " 1  DUP001  duplicate-paper\n"
        " 1  VEN001  venue-spelling   [*] 1 safe\n"
    )


def test_statistics_of_a_clean_run_are_empty():
    out = StringIO()
    statistics(CLEAN, out)
    assert out.getvalue() == ""


def test_json_is_what_the_design_says():
    first, _, third = json.loads(rendered("json", SAMPLE))
    assert first == {
        "path": "lists/a.md",
        "line": 4,
        "column": 52,
        "end_line": 4,
        "end_column": 60,
        "code": "VEN001",
        "rule": "venue-spelling",
        "severity": "warning",
        "message": 'venue "OSDI\' 24" is written "OSDI 2024"',
        "fix": {
            "safety": "safe",
            "title": 'write "OSDI 2024"',
            "edits": [{"line": 4, "column": 52, "end_line": 4, "end_column": 60, "text": "OSDI 2024"}],
        },
        "related": [{"path": "lists/b c.md", "line": 9, "message": "written so here"}],
    }
    assert third["fix"] is None
    assert third["related"] == [{"path": "lists/b c.md", "line": 3, "message": "first listed here"}]


@pytest.mark.parametrize("name", ["json", "jsonl", "gitlab", "rdjson", "sarif"])
def test_json_fits_an_output_that_is_not_unicode(name, tmp_path):
    path = tmp_path / "out"
    with path.open("w", encoding="ascii") as out:
        render(name, SAMPLE, out)
    written = (
        [json.loads(line) for line in path.read_text().splitlines()]
        if name == "jsonl"
        else json.loads(path.read_text())
    )
    expected = rendered(name, SAMPLE)
    assert written == (
        [json.loads(line) for line in expected.splitlines()] if name == "jsonl" else json.loads(expected)
    )


def log_commands(text: str) -> list[str]:
    """The lines that the log of a GitHub job takes for commands, as its runner reads them."""
    lines = re.split(r"\r\n|\r|\n", text)
    return [line for line in lines if re.match(r"\s*::.*::", line) or "##[" in line or "##vso[" in line]


@pytest.mark.parametrize("name", formats())
@settings(max_examples=50)
@given(report=reports())
@example(Report([], 1, "1", errors=[FileError("", None, " \r::error file=x::")]))
@example(Report([], 1, "1", errors=[FileError(":", None, "::error file=x::")]))
@example(Report([finding("a", "a", "::error::", path=":")], 1, "1"))
def test_no_text_forges_a_command_or_an_escape(name, report):
    text = rendered(name, report)
    assert not CONTROL.search(text)
    expected = len(report.diagnostics) + len(report.errors) if name == "github" else 0
    assert len(log_commands(text)) == expected
    if name == "github":
        assert text.count("\n") == expected


@given(report=reports())
def test_concise_is_one_line_a_finding(report):
    lines = rendered("concise", report).splitlines()
    count = len(report.diagnostics) + len(report.errors)
    assert len(lines) == count + 1 + bool(report.errors)


@given(report=reports())
def test_json_says_the_text_exactly(report):
    read = json.loads(rendered("json", report))
    assert [(one["path"], one["message"]) for one in read] == [
        (one.path, one.message) for one in report.diagnostics
    ]
    assert [json.loads(line) for line in rendered("jsonl", report).split("\n")[:-1]] == read


@pytest.mark.parametrize(
    ("message", "path", "expected"),
    [
        (
            "50% of: a, b",
            "a,b:c%.md",
            "::warning file=a%2Cb%3Ac%25.md,line=4,endLine=4,col=1,endColumn=2,title=VEN001 venue-spelling::50%25 of: a, b",
        ),
        (
            "x\r\n::error::y",
            "./lists/a.md",
            (
                "::warning file=lists/a.md,line=4,endLine=4,col=1,endColumn=2,title=VEN001 venue-spelling::"
                r"x\x0d\x0a::error::y"
            ),
        ),
    ],
)
def test_github_commands_are_escaped(message, path, expected):
    assert rendered("github", Report([finding("a", "a", message, path=path)], 1, "1")) == expected + "\n"


def many(count: int) -> Report:
    one = finding(
        SAMPLE.diagnostics[0].excerpt, "OSDI' 24", "venue is off", fix=(Safety.SAFE, "mend", "OSDI 2024")
    )
    found = [
        one._replace(start=Position(at, one.start.column), end=Position(at, one.end.column))
        for at in range(1, count + 1)
    ]
    return Report(found, 1, "1", RULES)


@pytest.mark.parametrize("name", formats())
def test_ten_thousand_findings_take_linear_time(name):
    small, large = many(1_000), many(10_000)
    rendered(name, many(10))
    times = []
    for report in (small, large):
        started = time.process_time()
        rendered(name, report)
        times.append(time.process_time() - started)
    assert times[1] < 30 * times[0] + 0.5


def test_one_endless_line_is_not_read_again_for_each_finding():
    line = "图" * 100_000
    found = [
        Diagnostic("a.md", Position(1, at), Position(1, at + 5), "TXT001", "x", Severity.INFO, "m", line)
        for at in range(1, 100_000, 100)
    ]
    started = time.process_time()
    rendered("full", Report(found, 1, "1"))
    assert time.process_time() - started < 3


@pytest.mark.parametrize("name", ["concise", "full", "github", "junit", "markdown"])
def test_an_endless_message_is_cut_for_people(name):
    report = Report(
        [finding("a", "a", "begin " + "x" * 1_000_000 + " end", fix=(Safety.SAFE, "y" * 1_000_000, "b"))],
        1,
        "1",
    )
    started = time.process_time()
    text = rendered(name, report)
    assert time.process_time() - started < 1
    assert len(text) < 4_000
    assert re.search(r"begin\s+xxx", text)
    assert re.search(r"xxx\s+end", text)
