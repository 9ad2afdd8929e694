"""What other programs read is valid by their schemas, and means what was meant."""

from __future__ import annotations

import json
import os
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePath
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from hypothesis import given, settings
from jsonschema import Draft7Validator
from junitparser import Error, Failure, JUnitXml
from markdown_it import MarkdownIt

from listlint.findings import LocatedEdit, Safety, Severity
from listlint.reporters.places import Fingerprints, uri
from listlint.reporters.report import Report
from listlint.reporters.terminal import visible
from listlint.source import Position
from report_samples import CLEAN, SAMPLE, finding, rendered, reports

SCHEMAS = Path(__file__).parent / "data/schemas"
JSON_SCHEMAS = {"sarif": "sarif-2.1.0.json", "gitlab": "gitlab.json", "rdjson": "rdjson.json"}


@cache
def validator(name: str) -> Draft7Validator:
    return Draft7Validator(
        json.loads((SCHEMAS / JSON_SCHEMAS[name]).read_bytes()), format_checker=Draft7Validator.FORMAT_CHECKER
    )


@cache
def junit_schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))


@pytest.mark.parametrize("name", JSON_SCHEMAS)
@pytest.mark.parametrize("report", [SAMPLE, CLEAN], ids=["sample", "clean"])
def test_json_formats_are_valid(name, report):
    validator(name).validate(json.loads(rendered(name, report)))


@pytest.mark.parametrize("name", JSON_SCHEMAS)
@settings(max_examples=30)
@given(report=reports().filter(lambda report: all(one.message for one in report.diagnostics)))
def test_hostile_text_keeps_json_valid(name, report):
    validator(name).validate(json.loads(rendered(name, report)))


@pytest.mark.parametrize("name", JSON_SCHEMAS)
def test_the_schemas_refuse_what_is_wrong(name):
    value = json.loads(rendered(name, SAMPLE))
    part = {
        "sarif": lambda: value["runs"][0]["results"][0],
        "gitlab": lambda: value[0],
        "rdjson": lambda: value["diagnostics"][0],
    }
    part[name]()["surprise"] = 1
    assert not validator(name).is_valid(value)


def test_sarif_says_what_was_found():
    run = json.loads(rendered("sarif", SAMPLE))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["DUP001", "SPL001", "VEN001"]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [
        one.code for one in SAMPLE.diagnostics
    ]
    first = run["results"][0]
    assert first["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 4,
        "startColumn": 52,
        "endLine": 4,
        "endColumn": 60,
    }
    replacement = first["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"]["text"] == "OSDI 2024"
    related = first["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert related == "lists/b%20c.md"
    assert not run["invocations"][0]["executionSuccessful"]


def test_a_title_in_a_sarif_message_is_no_link():
    report = Report([finding("a", "a", "title [x](http://a.example) is odd")], 1, "1")
    text = json.loads(rendered("sarif", report))["runs"][0]["results"][0]["message"]["text"]
    assert text == r"title \[x\](http://a.example) is odd"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("lists/a.md", "lists/a.md"),
        ("./a.md", "a.md"),
        ("论文/a b#c?.md", "%E8%AE%BA%E6%96%87/a%20b%23c%3F.md"),
        ("c:d.md", "c%3Ad.md"),
        ("100%.md", "100%25.md"),
        ("x\udcff.md", "x%FF.md"),
    ],
)
def test_paths_as_uris(path, expected):
    assert uri(path) == expected


def test_an_absolute_path_as_uri():
    path = PurePath(os.path.abspath("a b.md"))
    assert (
        unquote(uri(str(path)))
        == "file://" + ("" if path.as_posix().startswith("/") else "/") + path.as_posix()
    )


def fingerprints(report: Report) -> list[str]:
    names = Fingerprints()
    return [names.of(one) for one in report.diagnostics]


def test_fingerprints_outlive_a_shift_of_lines():
    moved = [
        one._replace(
            start=Position(one.start.line + 7, one.start.column),
            end=Position(one.end.line + 7, one.end.column),
        )
        for one in SAMPLE.diagnostics
    ]
    assert fingerprints(SAMPLE._replace(diagnostics=moved)) == fingerprints(SAMPLE)


def test_fingerprints_outlive_a_change_beside_the_place():
    before = finding("- [A](x) | OSDI' 24", "OSDI' 24", "m")
    after = finding("- [A better title](x) | OSDI' 24", "OSDI' 24", "m")
    assert fingerprints(Report([before], 1, "1")) == fingerprints(Report([after], 1, "1"))


@given(reports())
def test_fingerprints_differ(report):
    names = fingerprints(report)
    assert len(set(names)) == len(names)


@given(reports())
def test_junit_is_valid(report):
    text = rendered("junit", report)
    junit_schema().validate(text)
    root = ET.fromstring(text.encode())  # noqa: S314 - our own output
    assert len(root.findall(".//testcase")) == max(1, len(report.diagnostics) + len(report.errors))
    failures = [one for one in report.diagnostics if one.severity is not Severity.INFO]
    assert [node.get("message") for node in root.iter("failure")] == [
        visible(one.message) for one in failures
    ]


def test_junit_is_read_by_a_reader():
    read = JUnitXml.fromstring(rendered("junit", SAMPLE).encode())
    assert (read.tests, read.failures, read.errors) == (4, 2, 1)
    results = [type(result) for suite in read for case in suite for result in case.result]
    assert results == [Failure, Failure, Error]
    clean = JUnitXml.fromstring(rendered("junit", CLEAN).encode())
    assert (clean.tests, clean.failures, clean.errors) == (1, 0, 0)


def applied(excerpt: str, suggestion: dict[str, dict[str, dict[str, int]]], number: int) -> str:
    """The line after a reviewer has accepted a suggestion: columns count bytes."""
    data, span = excerpt.encode(), suggestion["range"]
    assert span["start"]["line"] == span["end"]["line"] == number
    text = str(suggestion["text"]).encode()
    return (data[: span["start"]["column"] - 1] + text + data[span["end"]["column"] - 1 :]).decode()


def test_a_suggestion_does_what_fix_does():
    diagnostics = json.loads(rendered("rdjson", SAMPLE))["diagnostics"]
    line = SAMPLE.diagnostics[0].excerpt
    assert applied(line, diagnostics[0]["suggestions"][0], 4) == line.replace("OSDI' 24", "OSDI 2024")
    line = SAMPLE.diagnostics[1].excerpt
    assert applied(line, diagnostics[1]["suggestions"][0], 120) == line.replace("teh", "the")


def test_edits_that_belong_together_are_one_suggestion():
    line = "图 (OSDI) and (OSDI)"
    one = finding(line, "(OSDI)", "m", fix=(Safety.SAFE, "t", "[OSDI]"))
    second = LocatedEdit(Position(4, 14), Position(4, 20), "[SOSP]")
    report = Report([one._replace(edits=(second, *one.edits))], 1, "1")
    (suggestion,) = json.loads(rendered("rdjson", report))["diagnostics"][0]["suggestions"]
    assert applied(line, suggestion, 4) == "图 [OSDI] and [SOSP]"


@pytest.mark.parametrize(
    ("start", "end", "suggested"),
    [((4, 3), (5, 1), True), ((6, 1), (8, 1), True), ((6, 2), (6, 3), False), ((4, 2), (5, 4), False)],
)
def test_a_fix_on_other_lines_is_suggested_only_where_bytes_can_be_counted(start, end, suggested):
    one = finding("abc", "abc", "m", fix=(Safety.SAFE, "t", "x"))
    report = Report([one._replace(edits=(LocatedEdit(Position(*start), Position(*end), "x"),))], 1, "1")
    assert ("suggestions" in json.loads(rendered("rdjson", report))["diagnostics"][0]) == suggested


def table_cells(text: str) -> list[str]:
    """The cells of a text's tables below their headings; raises where there is markup in one that we did not write."""
    cells = []
    tokens = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").parse(text)
    assert {token.type.partition("_")[0] for token in tokens} <= {
        "paragraph", "inline", "table", "thead", "tbody", "tr", "th", "td",
    }  # fmt: skip
    for before, token in pairwise(tokens):
        if before.type == "td_open":
            kinds = [child.type for child in token.children or ()]
            assert set(kinds) <= {"text", "code_inline", "text_special"}, token.content
            cells.append("".join(child.content for child in token.children or ()))
    return cells


@given(reports())
def test_markdown_is_one_row_a_finding_and_only_text(report):
    text = rendered("markdown", report)
    cells = table_cells(text)
    assert len(cells) == 5 * len(report.diagnostics) + 2 * len(report.errors)
    whats = [cell.replace("\u2060", "") for cell in cells[2 * len(report.errors) + 3 :: 5]]
    assert whats == [visible(one.message).strip() for one in report.diagnostics]


@pytest.mark.parametrize(
    "text", ["@someone", "see @org/team", "#12", "a/b#12", "GH-12", "!7", "http://a.example", "www.a.example"]
)
def test_markdown_mentions_and_links_nothing(text):
    cell = table_cells(rendered("markdown", Report([finding("a", "a", text)], 1, "1")))[3]
    assert cell.replace("\u2060", "") == text
    raw = rendered("markdown", Report([finding("a", "a", text)], 1, "1"))
    assert text not in raw
    if not text.startswith(("http", "www")):
        assert cell != text
