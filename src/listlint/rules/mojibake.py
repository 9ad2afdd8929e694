"""`mojibake`: UTF-8 that was read as another encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding
from listlint.knowledge.mojibake import find_mojibake
from listlint.knowledge.text_fields import ALL_TEXT
from listlint.papers.model import PaperList
from listlint.papers.verbatim import Verbatim
from listlint.rewording import reword
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["mojibake"]


@rule("TXT001", "mojibake", on=PaperList)
def mojibake(papers: PaperList) -> Iterator[Finding]:
    """Characters are the ones that were meant, not their bytes read in another encoding."""
    found = find_mojibake(papers.source.text)
    if not found:
        return
    verbatim = Verbatim(papers)
    for start, end, repaired in found:
        if verbatim.holds(start):
            continue
        span = Span(start, end)
        if repaired is None:
            yield Finding(span, 'a character was lost here and became "\ufffd": write it anew from the paper')
        else:
            fix = reword(papers.tree, Edit(span, repaired), f'write "{repaired}"', ALL_TEXT)
            yield Finding(
                span, f'"{papers.source[span]}" was "{repaired}" before it was read wrongly', fix=fix
            )
