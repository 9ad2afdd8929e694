"""`possible-typo`: unknown words that are one slip away from known ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Safety, Severity
from listlint.knowledge.text_fields import fields_of
from listlint.knowledge.word_doubts import Speller
from listlint.knowledge.word_usage import Usage
from listlint.knowledge.words import is_whole
from listlint.papers.model import PaperList, ProseKind
from listlint.rewording import reword
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.institutions import Institutions
    from listlint.knowledge.word_doubts import Doubt
    from listlint.knowledge.words import Words
    from listlint.papers.model import Prose

__all__ = ["possible_typo"]

_NAMES = (ProseKind.AUTHOR, ProseKind.VENUE)


@rule("SPL002", "possible-typo", on=PaperList, severity=Severity.INFO)
def possible_typo(papers: PaperList, words: Words, places: Institutions) -> Iterator[Finding]:
    """A word that no dictionary has is not one slip away from a word that this list or English uses."""
    speller = Speller(words, Usage(lambda: papers.wording.without_names, lambda: _addresses(papers)))
    for prose in papers.wording.holding(speller.suspects(papers.wording.words), in_names=False):
        if prose.kind in _NAMES:
            continue
        for doubt in speller.doubts(prose.text, prose.kind.value):
            if prose.kind is ProseKind.INSTITUTION and places.is_misspelt(prose.text, doubt.start, doubt.end):
                continue  # `institution-spelling` mends all of a place
            yield from _finding(papers, prose, doubt)


def _addresses(papers: PaperList) -> Iterator[str]:
    """Where names come from: links that lead out of the list, and BibTeX keys."""
    for entry in papers.entries:
        yield from (link.url for link in entry.links if not link.url.startswith("#"))
        if entry.bibtex is not None:
            yield entry.bibtex.key


def _finding(papers: PaperList, prose: Prose, doubt: Doubt) -> Iterator[Finding]:
    span = Span(prose.span.start + doubt.start, prose.span.start + doubt.end)
    if not is_whole(papers.source.text, *span):
        return
    yield Finding(
        span,
        f'"{doubt.wrong}" is perhaps meant to be "{doubt.right}"',
        fix=reword(
            papers.tree,
            Edit(span, doubt.right),
            f'write "{doubt.right}"',
            fields_of(prose.kind.value),
            safety=Safety.UNSAFE,
        ),
    )
