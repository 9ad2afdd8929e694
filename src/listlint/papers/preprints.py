"""Preprints: what `Preprint` stands for, and which digits behind `arXiv` are a year, is told by the paper's link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.model import Mention
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.papers.draft import Draft

__all__ = ["take_preprint", "undate_preprints"]

PREPRINT = expression(
    r"\W*(?P<text>preprint(?:\W{1,3}(?:[a-z]{3,9}\.? )?(?P<year>(?:19|20)\d\d))?)\W*", re.IGNORECASE
)
LIKE_MONTHS = range(2001, 2013)  # years that could be a month of 2020: 2005 is May


def take_preprint(draft: Draft) -> None:
    """Take the note or the tag `Preprint 2023` as arXiv's, where no venue is named and the paper's link leads to arXiv."""
    for pieces in (draft.notes, draft.keywords):
        for piece in pieces:
            found = PREPRINT.fullmatch(piece.text) if "reprint" in piece.text else None
            if found is None or draft.venue is not None or not _on_arxiv(draft):
                continue
            year = int(found["year"]) if found["year"] else None
            start, end = found.span("text")
            span = Span(piece.span.start + start, piece.span.start + end)
            draft.venues.append((1, Mention(found["text"], span, "arXiv", year, "preprint")))
            pieces.remove(piece)
            return


def undate_preprints(draft: Draft) -> None:
    """Take `arXiv 2005` on the paper 2005.01234 as no year: the digits are the identifier's, of May 2020."""
    for index, (rank, mention) in enumerate(draft.venues):
        year = mention.year if mention.kind == "preprint" else None
        if year is None or year not in LIKE_MONTHS or not _begins_id(draft, year):
            continue
        published = any(one and other.kind != "preprint" for one, other in draft.venues)
        draft.venues[index] = (0 if published else min(rank, 1), mention._replace(year=None))


def _begins_id(draft: Draft, digits: int) -> bool:
    read = draft.asked.hosts.read
    found = (read(link.url).identity for link in draft.links)
    return any(one is not None and one.id.startswith(f"{digits}.") for one in found)


def _on_arxiv(draft: Draft) -> bool:
    read = draft.asked.hosts.read
    found = (read(link.url).identity for link in draft.links)
    return any(one is not None and one.namespace == "arxiv" for one in found)
