"""Widths, wraps and carets: what stands below a character on a terminal is its mark."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listlint.findings import Diagnostic, Severity
from listlint.reporters.excerpt import excerpt
from listlint.reporters.report import Report
from listlint.reporters.terminal import cell_widths, visible, visible_pieces, wrap
from listlint.source import Position
from report_samples import finding, hostile, rendered, reports


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("plain", 5),
        ("图神经网络", 10),
        ("ＡＢ", 4),
        ("e\u0301lan", 4),
        ("नमस्ते", 4),
        ("각", 2),
        ("\u1100\u1161\u11a8", 2),
        ("🔥", 2),
        ("👍🏽", 2),
        ("👩‍👩‍👧", 2),
        ("🇩🇪🇫🇷", 4),
        ("❤️", 2),
        ("✓", 1),
        ("", 0),
    ],
)
def test_cell_widths(text, cells):
    widths = cell_widths(text)
    assert len(widths) == len(text)
    assert sum(widths) == cells


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain 图 é 👩‍👩‍👧", "plain 图 é 👩‍👩‍👧"),
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\r\nb\tc", r"a\x0d\x0ab\x09c"),
        ("\x9b\x85\x7f\x00", r"\x9b\x85\x7f\x00"),
        ("\u202eevil\u2066", r"\u202eevil\u2066"),
        ("\u200b\ufeff\u2028", r"\u200b\ufeff\u2028"),
        ("\udcff", r"\udcff"),
        ("\U000e0041", r"\U000e0041"),
        ("::error::x", r"\x3a:error::x"),
        ("  ::error::x", r"  \x3a:error::x"),
        ("a ::b", "a ::b"),
        ("##[error]x", r"\x23#[error]x"),
        ("a ###[x](y)", r"a #\x23#[x](y)"),
        ("## [x](y)", "## [x](y)"),
    ],
)
def test_visible(text, shown):
    assert visible(text) == shown


@given(hostile)
def test_pieces_make_the_whole(text):
    assert "".join(visible_pieces(text)) == visible(text)


@given(hostile, st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    text = visible(text)
    lines = list(wrap(text, width))
    assert all(sum(cell_widths(line)) <= width or len(line) == 1 for line in lines)
    assert re.sub(" ", "", "".join(lines)) == re.sub(" ", "", text)


def place(line: str, start: int, end: int, *, rows: int = 0) -> Diagnostic:
    """A finding from column `start` to `end`, from 0, `rows` lines further down."""
    return Diagnostic(
        "a.md", Position(1, start + 1), Position(1 + rows, end + 1), "X", "x", Severity.INFO, "m", line
    )


@pytest.mark.parametrize(
    ("line", "start", "end", "expected"),
    [
        ("abc def", 4, 7, ("abc def", 4, 3)),
        ("图神 def", 3, 6, ("图神 def", 5, 3)),
        ("图神经", 1, 2, ("图神经", 2, 2)),
        ("e\u0301a x", 3, 4, ("e\u0301a x", 2, 1)),
        ("e\u0301a", 1, 2, ("e\u0301a", 0, 1)),
        ("a\tb", 2, 3, ("a    b", 5, 1)),
        ("\x1bb", 1, 2, (r"\x1bb", 4, 1)),
        ("abc", 3, 3, ("abc", 3, 1)),
        ("abc", 1, 1, ("abc", 1, 1)),
        ("abc", 7, 9, ("abc", 3, 1)),
    ],
)
def test_marks_stand_below_their_place(line, start, end, expected):
    assert excerpt(place(line, start, end), 80) == expected


def test_a_place_of_several_lines_is_marked_to_the_end_of_its_first():
    assert excerpt(place("abc def", 4, 0, rows=2), 80) == ("abc def", 4, 3)


@pytest.mark.parametrize("line", ["", "  \t "])
def test_a_blank_line_is_not_shown(line):
    assert excerpt(place(line, 0, 1), 80) is None


@pytest.mark.parametrize(
    ("start", "shown"),
    [(0, "x0 x1 x2 x3 x4 x5 …"), (45, "… x13 x14 x15 x16 …"), (181, "…x47 x48 x49")],
)
def test_long_lines_are_cut_around_the_place(start, shown):
    line = " ".join(f"x{at}" for at in range(50))
    got = excerpt(place(line, start, start + 2), 20)
    assert got is not None
    assert len(got.text) <= 20
    assert got.text[got.indent : got.indent + got.length].strip("…") in line[start : start + 2]
    assert ("…" in got.text[:1], "…" in got.text[-1:]) == ("…" in shown[:1], "…" in shown[-1:])


def cut_at(text: str, cell: int) -> int:
    """The index of the character that stands at `cell`."""
    at = 0
    for index, width in enumerate(cell_widths(text)):
        if at >= cell and width:
            return index
        at += width
    return len(text)


words = st.text(st.sampled_from("abc 图神é\u0301👍ＸＹ\t"), min_size=1, max_size=300).map(
    lambda text: "x" + text.replace("\t", " ")
)


@given(words, st.data())
def test_what_stands_above_the_marks_is_the_place(line, data):
    start = data.draw(st.integers(0, len(line) - 1))
    end = data.draw(st.integers(start + 1, min(len(line), start + 8)))
    got = excerpt(place(line, start, end), 60)
    assert got is not None
    assert sum(cell_widths(got.text)) <= 60
    above = got.text[cut_at(got.text, got.indent) : cut_at(got.text, got.indent + got.length)]
    wanted = line[start:end].strip("\u0301")
    assert wanted.strip(" ") in above or wanted.strip() == ""


@given(reports())
def test_full_fits_a_hundred_columns(report):
    short = Report(report.diagnostics, 1, "1")
    for line in rendered("full", short).split("\n"):
        assert (
            sum(cell_widths(line)) <= 100 or line.startswith(("Found", "No problems")) or " " not in line[:2]
        )


def test_full_groups_by_file():
    found = [
        finding("one two", "two", "second word", path=path, number=number)
        for path, number in (("a.md", 1), ("a.md", 2), ("b.md", 1))
    ]
    headings = [line for line in rendered("full", Report(found, 2, "1")).splitlines() if line.endswith(".md")]
    assert headings == ["a.md", "b.md"]
