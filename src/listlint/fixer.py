"""Applies fixes and the canonical layout to one list, proves what it did, and repeats until nothing moves."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from listlint.findings import Safety
from listlint.papers.generated import generated_spans
from listlint.papers.read import read_list
from listlint.proof import difference
from listlint.source import apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from listlint.check import Found
    from listlint.findings import Fix
    from listlint.knowledge.knowledge import Knowledge
    from listlint.layout.options import LayoutOptions
    from listlint.layout.planning import Layout
    from listlint.papers.model import PaperList
    from listlint.source import Span
    from listlint.touched import Touched

__all__ = ["Fixer", "Result"]

MOST_ROUNDS = 16


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one list. `fixed` counts the fixes that were made; `refused` says what was left, and why.

    `touched` are the lines of a change as they are now.
    """

    papers: PaperList
    fixed: int = 0
    laid_out: bool = False
    refused: tuple[str, ...] = ()
    touched: Touched | None = None


@dataclass(eq=False)
class Fixer:
    """`check` gives a list's findings; `layout` is None where the layout is left alone.

    `touched` are the lines to which all fixes keep, at first those of the list as it is; None where they keep to none.
    """

    knowledge: Knowledge
    check: Callable[[PaperList], list[Found]]
    unsafe: bool = False
    layout: LayoutOptions | None = None
    touched: Touched | None = None
    refused: list[str] = field(default_factory=list)

    def fix(self, papers: PaperList) -> Result:
        """The list with every fix made that can be proved; as it was where the fixes do not come to rest.

        It is laid out when no fix is left, since layout takes a line that has lost its marker for more of the item before.
        """
        self.refused = []
        rejected: set[tuple[str, ...]] = set()
        start, fixed = papers, 0
        for _ in range(MOST_ROUNDS):
            known = len(rejected)
            after, count = self._round(papers, rejected)
            at_rest = after is papers and len(rejected) == known
            if at_rest:
                after = self._lay_out(papers)
            self._follow(papers, after)
            if at_rest and after is papers:
                laid_out = self.layout is not None and papers is not start
                refused = tuple(dict.fromkeys(self.refused))
                return Result(papers, fixed, laid_out, refused, self.touched)
            papers, fixed = after, fixed + count
        return Result(start, 0, False, (f"the fixes did not come to rest in {MOST_ROUNDS} rounds",))

    def _follow(self, before: PaperList, after: PaperList) -> None:
        """Keep to the same lines, wherever they are now."""
        if self.touched is not None and after is not before:
            self.touched = self.touched.after(before.source.text, after.source.text)

    def _round(self, papers: PaperList, rejected: set[tuple[str, ...]]) -> tuple[PaperList, int]:
        """One round of fixes that do not overlap; those that fail their proof are left out from then on."""
        fixes = [fix for fix in self._allowed(papers) if _key(papers, fix) not in rejected]
        fixes = _apart(fixes)
        if not fixes:
            return papers, 0
        return self._proved(papers, fixes, rejected)

    def _proved(
        self, papers: PaperList, fixes: Sequence[Fix], rejected: set[tuple[str, ...]]
    ) -> tuple[PaperList, int]:
        """All fixes at once if that can be proved, else each half for itself, down to the one that is to blame."""
        after = self._applied(papers, fixes)
        reason = difference(papers, after, fixes)
        if reason is None:
            return after, len(fixes)
        if len(fixes) == 1:
            rejected.add(_key(papers, fixes[0]))
            line = papers.source.line_of(fixes[0].edits[0].span.start)
            self.refused.append(f"line {line}: left as it was ({fixes[0].title}): {reason}")
            return papers, 0
        middle = len(fixes) // 2  # the later half first: what stands before it does not move
        papers, later = self._proved(papers, fixes[middle:], rejected)
        papers, earlier = self._proved(papers, fixes[:middle], rejected)
        return papers, earlier + later

    def _applied(self, papers: PaperList, fixes: Sequence[Fix]) -> PaperList:
        text = apply_edits(papers.source.text, (edit for fix in fixes for edit in fix.edits))
        return read_list(papers.source.replaced(text), self.knowledge)

    def _allowed(self, papers: PaperList) -> list[Fix]:
        found = (one.finding for one in self.check(papers))
        fixes = [one.fix for one in found if one.fix is not None and self._is_touched(papers, one.span)]
        return [fix for fix in fixes if fix.edits and (self.unsafe or fix.safety is Safety.SAFE)]

    def _is_touched(self, papers: PaperList, span: Span) -> bool:
        line = papers.source.line_of
        return self.touched is None or self.touched.has(line(span.start), line(max(span.end - 1, span.start)))

    def _lay_out(self, papers: PaperList) -> PaperList:
        """The list in canonical layout, if its entries come through unchanged."""
        if self.layout is None:
            return papers
        from listlint.layout import lay_out, sieve

        text = papers.source.text
        if sieve(text, self.layout):
            return papers
        written = self._laid_out(papers, lay_out(text, self.layout, self.touched))
        if written == text:
            return papers
        after = read_list(papers.source.replaced(written), self.knowledge)
        reason = difference(papers, after, (), blocks=False)
        if reason is not None:
            self.refused.append(f"layout left as it was: {reason}")
            self.layout = None
            return papers
        return after

    def _laid_out(self, papers: PaperList, laid: Layout) -> str:
        """The canonical text, but for what a script writes."""
        spans = generated_spans(papers.tree)
        if not spans:
            return laid.text
        own = [edit for edit in laid.hunks if not any(edit.span.touches(span) for span in spans)]
        if len(own) < len(laid.hunks):
            line = papers.source.line_of(spans[0].start)
            self.refused.append(
                f"line {line}: layout left as it was: a script writes this, so edit its source"
            )
        return apply_edits(papers.source.text, own)


def _apart(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes in source order, without those that touch an earlier one; repairs of structure go one at a time first."""
    ordered = sorted(fixes, key=lambda fix: (fix.edits[0].span, fix.title))
    repairs = [fix for fix in ordered if fix.effect.repair]
    chosen: list[Fix] = []
    taken: list[Span] = []
    for fix in repairs or ordered:
        spans = [edit.span for edit in fix.edits]
        if not any(_meets(span, taken) for span in spans):
            chosen.append(fix)
            for span in spans:
                insort(taken, span)
    return chosen


def _meets(span: Span, taken: list[Span]) -> bool:
    """Whether the span shares a character or an end with one of `taken`, which are sorted and apart."""
    index = bisect_left(taken, span)
    near = taken[max(index - 1, 0) : index + 1]
    return any(span.start <= one.end and one.start <= span.end for one in near)


def _key(papers: PaperList, fix: Fix) -> tuple[str, ...]:
    """What names a fix across rounds, whose places shift: its title, its texts and what they replace."""
    source = papers.source
    parts = [part for edit in fix.edits for part in (source[edit.span], edit.text)]
    line = source[source.line_span(source.line_of(fix.edits[0].span.start))]
    return (fix.title, line, *parts)
