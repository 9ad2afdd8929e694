"""`typo`: known misspellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.findings import Finding
from listlint.knowledge.text_fields import fields_of
from listlint.knowledge.words import is_whole
from listlint.papers.model import PaperList, ProseKind
from listlint.rewording import reword
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.institutions import Institutions
    from listlint.knowledge.words import Slip, Words
    from listlint.papers.model import Prose

__all__ = ["typo"]

# What may stand between a title's first word and the colon that makes it a name: `[Name](url): …`, `**Name** : …`.
_NAMED = expression(r"[\s\]*_`\"]*+(?:\([^()\s]*+\))?[\s*_]*+:")


@rule("SPL001", "typo", on=PaperList)
def typo(papers: PaperList, words: Words, places: Institutions) -> Iterator[Finding]:
    """A word is spelled as dictionaries spell it, so that a search finds the paper."""
    for prose in papers.wording.holding(papers.wording.among(words.misspellings)):
        if prose.kind is ProseKind.AUTHOR:
            continue
        for slip in words.slips(prose.text):
            place = prose.kind is ProseKind.INSTITUTION and places.is_misspelt(
                prose.text, slip.start, slip.end
            )
            if not place and not _is_name(papers, prose, slip):  # `institution-spelling` mends all of a place
                yield _finding(papers, prose, slip)


def _is_name(papers: PaperList, prose: Prose, slip: Slip) -> bool:
    """Whether the word is what a paper calls its system, or is spelled so by the paper's own address or in pieces."""
    if not is_whole(papers.source.text, prose.span.start + slip.start, prose.span.start + slip.end):
        return True
    if prose.entry is not None and any(slip.wrong.lower() in link.url.lower() for link in prose.entry.links):
        return True
    if prose.kind is not ProseKind.TITLE or prose.text[: slip.start].strip():
        return False
    alone = not prose.text[slip.end :].strip()
    return alone or _NAMED.match(papers.source.text, prose.span.start + slip.end) is not None


def _finding(papers: PaperList, prose: Prose, slip: Slip) -> Finding:
    span = Span(prose.span.start + slip.start, prose.span.start + slip.end)
    return Finding(
        span,
        f'"{slip.wrong}" is written "{slip.right}"',
        fix=reword(papers.tree, Edit(span, slip.right), f'write "{slip.right}"', fields_of(prose.kind.value)),
    )
