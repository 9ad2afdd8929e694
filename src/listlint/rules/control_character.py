"""`control-character`: characters that steer old terminals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Safety
from listlint.knowledge.characters import find_controls
from listlint.knowledge.mojibake import find_mojibake
from listlint.knowledge.text_fields import ALL_TEXT
from listlint.papers.model import PaperList
from listlint.papers.verbatim import Verbatim
from listlint.rewording import reword
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["control_character"]


@rule("TXT004", "control-character", on=PaperList)
def control_character(papers: PaperList) -> Iterator[Finding]:
    """A list holds no control characters, which some tools take for the end of a line or of the file."""
    text = papers.source.text
    found = find_controls(text)
    if not found:
        return
    verbatim = Verbatim(papers)
    garbled = [Span(garble.start, garble.end) for garble in find_mojibake(text)]
    for start, end, written, codes, sure in found:
        span = Span(start, end)
        if verbatim.holds(start) or any(span.touches(other) for other in garbled):
            continue
        safety = Safety.SAFE if sure else Safety.UNSAFE
        title = f'write "{written}"' if written.strip() else "drop it" if not written else "write a space"
        fix = reword(papers.tree, Edit(span, written), title, ALL_TEXT, safety=safety)
        yield Finding(span, f"control character {codes} stands in the text", fix=fix)
