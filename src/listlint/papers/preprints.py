"""`Preprint` in the place of a venue: what it stands for is told by the paper's link."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.papers.model import Mention
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.papers.draft import Draft

__all__ = ["take_preprint"]

PREPRINT = re.compile(
    r"\W*(?P<text>preprint(?:\W{1,3}(?:[a-z]{3,9}\.? )?(?P<year>(?:19|20)\d\d))?)\W*", re.IGNORECASE
)


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


def _on_arxiv(draft: Draft) -> bool:
    read = draft.asked.hosts.read
    found = (read(link.url).identity for link in draft.links)
    return any(one is not None and one.namespace == "arxiv" for one in found)
