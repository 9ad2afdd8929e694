"""`repeated-word`: a word that stands twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Safety
from listlint.knowledge.text_fields import fields_of
from listlint.knowledge.word_repeats import find_repeats, may_repeat
from listlint.papers.model import PaperList, ProseKind
from listlint.rewording import reword
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["repeated_word"]


@rule("SPL003", "repeated-word", on=PaperList)
def repeated_word(papers: PaperList) -> Iterator[Finding]:
    """A word is written once."""
    for prose in papers.wording.at(may_repeat(papers.wording.text)):
        if prose.kind is ProseKind.AUTHOR:
            continue
        for start, end, written, sure in find_repeats(prose.text, prose.kind.value):
            span = Span(prose.span.start + start, prose.span.start + end)
            fix = reword(
                papers.tree,
                Edit(span, ""),
                f'write "{written.split()[0]}" once',
                fields_of(prose.kind.value),
                safety=Safety.SAFE if sure else Safety.UNSAFE,
            )
            yield Finding(span, f'"{written}" says a word twice', fix=fix)
