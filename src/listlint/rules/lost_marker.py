"""`lost-marker`: items of lists without their marker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.papers.lost_markers import lost_markers
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.fields import Fields

__all__ = ["lost_marker"]

LONGEST = 60


@rule("ENT010", "lost-marker", on=PaperList)
def lost_marker(papers: PaperList, fields: Fields) -> Iterator[Finding]:
    """Each item of a list begins with its marker: a line without one is a part of the item before."""
    for lost in lost_markers(papers.tree, fields):
        words = papers.source[Span(lost.gap.end, lost.line.end)]
        words = words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
        place = Span(lost.line.start, lost.line.end)
        if lost.choices:
            either = " or ".join(f'"{choice}"' for choice in lost.choices)
            yield Finding(place, f'"{words}" has no marker, unlike the items around it: {either}')
            continue
        marker = lost.prefix.strip()
        fix = Fix(
            (Edit(lost.gap, lost.prefix),),
            f'begin the line with "{marker}"',
            effect=Effect(reveals=1, repair=True),
        )
        yield Finding(place, f'"{words}" has no "{marker}", unlike the items around it', fix=fix)
