"""`column-name`: the tables of one list spell their columns alike."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from listlint.findings import Effect, Finding, Fix, Related
from listlint.knowledge.word_forms import is_slip, same_letters
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span  # noqa: TC001 - the named tuple's field

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.fields import Fields

__all__ = ["column_name"]


class _Header(NamedTuple):
    text: str
    span: Span


@rule("TBL004", "column-name", on=PaperList)
def column_name(papers: PaperList, fields: Fields) -> Iterator[Finding]:
    """A column that several tables of a list have is spelt the same way in all of them."""
    headers = list(_headers(papers))
    counts = Counter(header.text for header in headers)
    rights: dict[str, str] = {}
    for text, count in counts.items():
        others = [other for other in counts if counts[other] > count]
        if right := _right(text, sorted(others, key=lambda other: -counts[other]), fields, counts):
            rights[text] = right
    for header in headers:
        if right := rights.get(header.text):
            yield _finding(header, right, next(other for other in headers if other.text == right), fields)


def _headers(papers: PaperList) -> Iterator[_Header]:
    """The header cells of the list's tables that are plain text."""
    for table in papers.tree.find("table"):
        for cell in table.children[0].children if table.children else ():
            text = papers.source[cell.inner]
            if text and text == papers.tree.text(cell):
                yield _Header(text, cell.inner)


def _right(text: str, others: list[str], fields: Fields, counts: Counter[str]) -> str | None:
    """The spelling among `others` that `text` should have: the same letters, or one of which it is a slip."""
    for other in others:
        if same_letters(text, other):
            return other
    known = fields.column(text)
    for other in others:
        if known is None and counts[other] > 1 and fields.column(other) and is_slip(text, other):
            return other
    return None


def _finding(header: _Header, right: str, model: _Header, fields: Fields) -> Finding:
    field = fields.column(right)
    moved = frozenset({field, "links", "notes"} if field and field != fields.column(header.text) else ())
    return Finding(
        header.span,
        f'column "{header.text}" is written "{right}" in the other tables',
        fix=Fix((Edit(header.span, right),), f'write "{right}"', effect=Effect(moved)),
        related=(Related(model.span, f'written "{right}" here'),),
    )
