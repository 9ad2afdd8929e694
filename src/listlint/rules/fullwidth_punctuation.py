"""`fullwidth-punctuation`: East Asian punctuation in Western text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding
from listlint.knowledge.characters import find_fullwidth, has_fullwidth, is_east_asian
from listlint.knowledge.text_fields import ALL_TEXT
from listlint.papers.model import PaperList
from listlint.papers.verbatim import Verbatim
from listlint.rewording import reword
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["fullwidth_punctuation"]


@rule("TXT002", "fullwidth-punctuation", on=PaperList)
def fullwidth_punctuation(papers: PaperList) -> Iterator[Finding]:
    """Punctuation is as wide as the letters around it: full-width forms stand in East Asian text only."""
    text = papers.source.text
    if not has_fullwidth(text) or is_east_asian(text):
        return
    verbatim = None
    offset = 0
    for line in text.split("\n"):
        for start, end, written, wide, _ in find_fullwidth(line):
            verbatim = verbatim or Verbatim(papers)
            span = Span(offset + start, offset + end)
            if not verbatim.holds(span.start):
                fix = reword(papers.tree, Edit(span, written), f'write "{written.strip() or " "}"', ALL_TEXT)
                yield Finding(span, f'"{wide}" is full-width: "{written.strip() or " "}" is not', fix=fix)
        offset += len(line) + 1
