"""Sources keep every byte, and places in them are exact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listlint.source import Edit, OverlapError, Position, Source, Span, apply_edits

TEXT = st.text(st.characters(codec="utf-8"), max_size=80) | st.text(
    "ab\r\n\x0b\x0c\u2028\ufeffé𝔘 ", max_size=60
)


@given(TEXT, st.booleans(), st.sampled_from(["utf-8", "utf-16-le"]))
def test_bytes_come_back(text, bom, encoding):
    data = (("\ufeff" if bom else "") + text).encode(encoding)
    assert Source.decode("a.md", data, encoding).encode() == data


@given(TEXT)
def test_positions_are_inverse_to_offsets(text):
    source = Source("a.md", text)
    for offset in range(len(text) + 1):
        position = source.position(offset)
        assert source.offset(position) == offset
        assert position.line == text.count("\n", 0, offset) + 1


@given(TEXT)
def test_lines_and_their_endings_are_the_text(text):
    source = Source("a.md", text)
    lines = [source[source.line_span(line)] for line in range(1, len(source.line_starts) + 1)]
    assert [line.rstrip("\r") for line in text.split("\n")][:-1] == [line.rstrip("\r") for line in lines][:-1]
    assert not any("\n" in line for line in lines)


def test_only_newlines_end_lines():
    source = Source("a.md", "a\x0bb\u2028c\rd\r\ne")
    assert source.position(source.text.index("e")) == Position(2, 1)
    assert source[source.line_span(1)] == "a\x0bb\u2028c\rd"


def test_no_edits_change_nothing():
    assert apply_edits("abc", []) == "abc"


@given(TEXT, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80), st.text(max_size=4)), max_size=5))
def test_edits_touch_their_spans_only(text, wanted):
    edits, done = [], 0
    for first, last, new in sorted(wanted):
        start, end = min(first, len(text)), min(max(first, last), len(text))
        if start >= done and (start, end) != (done, done):
            edits.append(Edit(Span(start, end), new))
            done = end + 1
    after = apply_edits(text, edits)
    kept = "".join(
        text[a:b]
        for a, b in zip(
            [0, *(e.span.end for e in edits)], [*(e.span.start for e in edits), len(text)], strict=True
        )
    )
    assert len(after) == len(kept) + sum(len(edit.text) for edit in edits)
    if not edits or edits[0].span.start:
        assert (
            after[: edits[0].span.start if edits else None] == text[: edits[0].span.start if edits else None]
        )


def test_edits_that_overlap_are_refused():
    with pytest.raises(OverlapError):
        apply_edits("abcdef", [Edit(Span(0, 3), "x"), Edit(Span(2, 4), "y")])


def test_spans_know_what_they_hold():
    assert Span(1, 3) in Span(0, 3)
    assert Span(1, 4) not in Span(0, 3)
    assert 2 in Span(0, 3)
    assert 3 not in Span(0, 3)
    assert Span(0, 2).touches(Span(1, 3))
    assert not Span(0, 2).touches(Span(2, 3))
    assert Span(2, 2).touches(Span(2, 3))


def test_a_mark_that_comes_to_stand_first_is_the_files_mark():
    after = Source("a.md", "\n\ufeff# A\n").replaced("\ufeff# A\n")
    assert after.bom
    assert after.text == "# A\n"
    assert Source.decode("a.md", after.encode()).text == after.text
