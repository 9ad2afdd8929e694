"""`venue-contradicts-link`: the publisher's address names another venue or year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix, Related, Safety
from listlint.papers.model import Entry
from listlint.papers.venue_claims import PUBLISHED, compatible, rewritten, said, told
from listlint.rule import rule
from listlint.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts
    from listlint.papers.model import Mention, PaperList
    from listlint.papers.venue_claims import Claim

__all__ = ["venue_contradicts_link"]


@rule("VEN004", "venue-contradicts-link", on=Entry, of="venues")
def venue_contradicts_link(entry: Entry, papers: PaperList, hosts: Hosts) -> Iterator[Finding]:
    """A paper's venue and year are those that its publisher's link names."""
    if not any(hosts.read(link.url).kind in PUBLISHED for link in entry.links):
        return
    stated = said(entry)
    links = list(told(entry, hosts))
    if not stated or not links:
        return
    if any(_agree(claim, proof) for _, claim in stated for _, proof in links):
        return
    (mention, claim), (link, proof) = stated[0], links[0]
    if (
        claim.kind != "workshop"
        and proof.kind == "workshop"
        and "workshop" in papers.source[entry.span].casefold()
    ):
        return
    yield Finding(
        mention.span,
        f'the link says {proof}, the entry "{mention.text}"',
        _fix(papers, mention, claim, proof),
        related=(Related(link.span, f"this link says {proof}"),),
    )


def _agree(claim: Claim, proof: Claim) -> bool:
    """Whether both may be true; a workshop may stand for the meeting that it belongs to, not the other way round."""
    return compatible(claim, proof) or (claim.kind == "workshop" and proof.kind == "conference")


def _fix(papers: PaperList, mention: Mention, claim: Claim, proof: Claim) -> Fix | None:
    text = rewritten(mention.text, claim, proof)
    if text is None or papers.source[mention.span] != mention.text:
        return None
    effect = Effect(frozenset({"venue", "notes", "keywords"}))
    return Fix((Edit(mention.span, text),), f'write "{text}"', Safety.UNSAFE, effect)
