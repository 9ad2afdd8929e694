"""Where a list's characters mean something to a program, so that a change of text would alter more than text."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.papers.model import PaperList
    from listlint.source import Span

__all__ = ["Verbatim"]

_KINDS = frozenset({"autolink", "code", "code_block", "fence", "front_matter", "html", "math"})


class Verbatim:
    """The code, addresses, tags, formulas and front matter of a list."""

    def __init__(self, papers: PaperList) -> None:
        spans: list[Span] = []
        for node in papers.tree.nodes:
            if node.kind in _KINDS:
                spans.append(node.span)
            elif node.url_span is not None:
                spans.append(node.url_span)
        self._spans: list[Span] = []
        for span in sorted(spans):
            if not self._spans or span.start >= self._spans[-1].end:
                self._spans.append(span)
        self._starts = [span.start for span in self._spans]

    def holds(self, offset: int) -> bool:
        """Whether the character at `offset` is in one of them."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset in self._spans[at]
