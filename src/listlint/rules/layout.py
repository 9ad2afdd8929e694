"""`layout`: lists whose bullets, blank lines, table padding or indentation are not the canonical ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Severity
from listlint.layout import first_hunk, lay_out
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.layout import LayoutOptions
    from listlint.outside import Outside
    from listlint.source import Edit, Source

__all__ = ["layout"]

_QUOTED = 40


@rule("LAY001", "layout", on=PaperList, severity=Severity.INFO)
def layout(papers: PaperList, style: LayoutOptions, outside: Outside) -> Iterator[Finding]:
    """A list is laid out in one way, so that a change shows what it changes and nothing else."""
    source = papers.source
    touched = outside.touched(papers.path)
    found = first_hunk(source.text, style)
    if found is not None and touched is not None:
        found = next(iter(lay_out(source.text, style, touched).hunks), None) if touched.ranges else None
    if found is not None:
        place, message = _first(source, found)
        yield Finding(place, f"not laid out canonically, first here: {message}")


def _first(source: Source, edit: Edit) -> tuple[Span, str]:
    """The line where the first change starts, and what is wrong with it."""
    line = source.line_span(source.line_of(edit.span.start))
    place = Span(edit.span.start, max(edit.span.start, min(edit.span.end, line.end)))
    old, new = source[edit.span].partition("\n")[0].rstrip("\r"), edit.text.partition("\n")[0].rstrip("\r")
    if not old.strip():
        return place, _blank(source, edit)
    if old.rstrip() == new:
        return Span(place.start + len(new), place.start + len(old)), "spaces at the end of a line"
    if old.lstrip().startswith("|") and old.replace(" ", "") == new.replace(" ", ""):
        return place, "padding in a table row"
    return place, f'"{_short(old)}" is written "{_short(new)}"'


def _blank(source: Source, edit: Edit) -> str:
    if source[edit.span].count("\n") > edit.text.count("\n"):
        return "a blank line too many"
    if edit.span.start == edit.span.end == len(source.text):
        return "the last line does not end"
    return "a line of spaces" if edit.span.end > edit.span.start else "a blank line is missing"


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1].rstrip()}…"
