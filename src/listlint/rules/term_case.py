"""`term-case`: names with a letter case of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding
from listlint.knowledge.text_fields import fields_of
from listlint.papers.model import PaperList, ProseKind
from listlint.rewording import reword
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.terms import Terms

__all__ = ["term_case"]

# Titles are as their authors wrote them; labels are `link-label`'s, venues and places have rules of their own.
_KINDS = frozenset({ProseKind.NOTE, ProseKind.PROSE, ProseKind.KEYWORD, ProseKind.HEADING})


@rule("SPL004", "term-case", on=PaperList)
def term_case(papers: PaperList, terms: Terms) -> Iterator[Finding]:
    """A product's or a company's name has the letter case that its owner gives it."""
    for prose in papers.wording.holding(
        [word for word in papers.wording.among(terms.names) if terms.right(word)]
    ):
        if prose.kind not in _KINDS:
            continue
        lower = prose.kind is not ProseKind.KEYWORD
        for slip in terms.slips(prose.text, lower=lower):
            span = Span(prose.span.start + slip.start, prose.span.start + slip.end)
            yield Finding(
                span,
                f'"{slip.wrong}" is written "{slip.right}"',
                fix=reword(
                    papers.tree, Edit(span, slip.right), f'write "{slip.right}"', fields_of(prose.kind.value)
                ),
            )
