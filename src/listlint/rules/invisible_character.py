"""`invisible-character`: what cannot be seen and does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding
from listlint.knowledge.characters import find_invisible, find_tabs
from listlint.knowledge.mojibake import find_mojibake
from listlint.knowledge.text_fields import ALL_TEXT
from listlint.papers.model import PaperList, ProseKind
from listlint.papers.verbatim import Verbatim
from listlint.rewording import reword
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["invisible_character"]


@rule("TXT003", "invisible-character", on=PaperList)
def invisible_character(papers: PaperList) -> Iterator[Finding]:
    """Text holds no characters that cannot be seen, so that what looks the same is the same."""
    text = papers.source.text
    found = find_invisible(text)
    if "\t" in text:
        for prose in papers.wording.holding("\t"):
            if prose.kind is ProseKind.TITLE:
                found += find_tabs(prose.text, prose.span.start)
    if not found:
        return
    verbatim = Verbatim(papers)
    garbled = [Span(garble.start, garble.end) for garble in find_mojibake(text)]
    for start, end, written, name, _ in found:
        span = Span(start, end)
        if verbatim.holds(start) or any(span.touches(other) for other in garbled):
            continue
        title = "write a space" if written == " " else "write only what is needed" if written else "drop it"
        fix = reword(papers.tree, Edit(span, written), title, ALL_TEXT)
        yield Finding(span, f"{name} cannot be seen here", fix=fix)
