"""`venue-conflict`: entries of one paper name different venues or years."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix, Related, Safety
from listlint.papers.model import Collection
from listlint.papers.paper_venues import Debate, voices
from listlint.papers.same_paper import same_papers
from listlint.papers.venue_claims import rewritten
from listlint.rule import rule
from listlint.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts
    from listlint.papers.paper_venues import Voice

__all__ = ["venue_conflict"]


@rule("VEN005", "venue-conflict", on=Collection)
def venue_conflict(collection: Collection, hosts: Hosts) -> Iterator[Finding]:
    """The entries of one paper agree on its venue and year, within a list and between lists."""
    for group in same_papers(collection, hosts).groups:
        debate = Debate(voices(group))
        for number, voice in enumerate(debate.voices):
            if voice.said and voice.listed.path in collection.targets:
                other = _contradicted_by(voice, number, debate, collection)
                if other is not None:
                    yield _finding(voice, other)


def _contradicted_by(voice: Voice, number: int, debate: Debate, collection: Collection) -> Voice | None:
    """The entry that contradicts this one best; None where this one is the better of the two."""
    ours = debate.support(voice)
    for at, other in debate.against(voice):
        theirs = debate.support(other)
        blamed = other.said and other.listed.path in collection.targets
        if ours < theirs or not blamed or (ours == theirs and at < number):
            return other
    return None


def _finding(voice: Voice, other: Voice) -> Finding:
    mention, here = voice.said[0], voice.listed
    right = other.claims[0]
    path = other.listed.path if other.listed.path != here.path else ""
    where = f"line {other.listed.line}" + (f' of "{path}"' if path else "")
    backed = ", as its link does" if other.said and other.is_supported else ""
    fix = None
    if other.is_supported and mention.is_plain:
        text = rewritten(mention.text, mention.claim, right)
        if text is not None:
            effect = Effect(frozenset({"venue", "notes", "keywords"}))
            fix = Fix((Edit(mention.span, text),), f'write "{text}"', Safety.UNSAFE, effect)
    return Finding(
        mention.span,
        f'the entry says "{mention.text}", {where} says {other.words}{backed}',
        fix,
        related=(Related(other.place, f"here the same paper is {right}", path),),
        path=here.path,
        entry=here.number,
    )
