"""`bibtex-form`: records whose fields stand in another order or form than elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Fix, Severity
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["bibtex_form"]

_LONGEST = 50  # characters of a line that a message quotes


@rule("BIB003", "bibtex-form", on=PaperList, severity=Severity.INFO)
def bibtex_form(papers: PaperList) -> Iterator[Finding]:
    """A BibTeX record has one field a line, in one order, and its values in braces; its key is its author's own."""
    newline = papers.source.newline
    for fence in papers.tree.find("fence"):
        text = papers.source[fence.inner]
        if "@" not in text:
            continue
        from listlint.papers.writers.bibtex_form import canonical_records

        for start, end, form in canonical_records(text):
            old, new = text[start:end], form.replace("\n", newline)
            if new == old:
                continue
            span = Span(fence.inner.start + start, fence.inner.start + end)
            fix = Fix((Edit(span, new),), "write the record canonically")
            yield Finding(_first_line(span, old), _message(old, form), fix)


def _first_line(span: Span, record: str) -> Span:
    line = record.partition("\n")[0].rstrip("\r")
    return Span(span.start + len(line) - len(line.lstrip()), span.start + len(line))


def _message(old: str, new: str) -> str:
    """What the first line that differs is, and what it should be."""
    for before, after in zip(old.splitlines(), new.splitlines(), strict=False):
        if before != after:
            if before.strip() == after.strip():
                return f'"{_short(before)}" is indented by {len(after) - len(after.lstrip())} spaces'
            return f'"{_short(before)}" is written "{_short(after)}"'
    return "the record ends with a brace on a line of its own"


def _short(line: str) -> str:
    line = line.strip()
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1].rstrip()}…"
