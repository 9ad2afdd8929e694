"""`mojibake`: UTF-8 that was read as another encoding."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator  # noqa: TC003 - resolved at run time

from listlint.findings import Effect, Finding, Fix
from listlint.knowledge.mojibake import find_mojibake
from listlint.knowledge.text_fields import ALL_TEXT
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

__all__ = ["mojibake"]

_VERBATIM = ("fence", "code_block", "code", "front_matter", "autolink", "math")


@rule("TXT001", "mojibake", on=PaperList)
def mojibake(papers: PaperList) -> Iterator[Finding]:
    """Characters are the ones that were meant, not their bytes read in another encoding."""
    found = find_mojibake(papers.source.text)
    if not found:
        return
    kept = _verbatim(papers)
    starts = [span.start for span in kept]
    for start, end, repaired in found:
        before = bisect_right(starts, start) - 1
        if before >= 0 and start in kept[before]:
            continue
        span = Span(start, end)
        if repaired is None:
            yield Finding(span, 'a character was lost here and became "\ufffd": write it anew from the paper')
        else:
            edit = Fix((Edit(span, repaired),), f'write "{repaired}"', effect=Effect(ALL_TEXT))
            yield Finding(
                span, f'"{papers.source[span]}" was "{repaired}" before it was read wrongly', fix=edit
            )


def _verbatim(papers: PaperList) -> list[Span]:
    """Code, addresses and front matter, in order and not within each other: there a change would alter meaning."""
    spans = []
    for node in papers.tree.root.walk():
        if node.kind in _VERBATIM:
            spans.append(node.span)
        elif node.url_span is not None:
            spans.append(node.url_span)
    outer: list[Span] = []
    for span in sorted(spans):
        if not outer or span.start >= outer[-1].end:
            outer.append(span)
    return outer
