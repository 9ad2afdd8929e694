"""What laying a text out would change, as hunks that are proved together, and what stays and why."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from listlint.layout.hunks import Unit, changes, edit
from listlint.layout.lines import Lines
from listlint.layout.proof import prove
from listlint.layout.reading import read_blocks
from listlint.layout.sieve import sieve
from listlint.layout.writing import LISTS, Stay, Writer
from listlint.markdown.rendering import difference
from listlint.source import Edit, Span, apply_edits

if TYPE_CHECKING:
    from listlint.layout.options import LayoutOptions
    from listlint.layout.reading import Block
    from listlint.touched import Touched

__all__ = ["Layout", "Refusal", "plan"]

# How often the whole text is proved before it is left as it is.
_MOST_ROUNDS = 8
# How many blocks before one, and after it, may change what it means.
_BEFORE, _AFTER = 2, 1
# Deeper nesting would meet the bound of Python's stack in the renderer.
_DEEPEST = 80


class Refusal(NamedTuple):
    """Lines (from 1, both inside) that stay as they are, and one clause that says why."""

    line: int
    end_line: int
    reason: str


class Layout(NamedTuple):
    """The layout of a text: all hunks applied give `text`, which renders as the source does."""

    text: str
    hunks: tuple[Edit, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def plan(
    text: str,
    options: LayoutOptions,
    touched: Touched | None = None,
    *,
    blocks: list[Block] | None = None,
    cut: bool = False,
) -> Layout:
    """Lay `text` out, block by block; a block whose layout cannot be proved stays as it is. `blocks` are its, if read before.

    With `touched`, only where a hunk reaches one of these lines; a list that goes beyond them keeps its marker, so
    that its items are hunks. With `cut`, only the first block, because the text ends somewhere in the second.
    """
    if not text.strip():
        return Layout(text)
    try:
        lines = Lines.split(text)
        blocks = read_blocks(lines) if blocks is None else blocks
        return _Plan(
            text, lines, _units(blocks, lines, options, touched, cut=cut), options, touched, cut=cut
        ).settle()
    except (ValueError, RecursionError) as error:
        return Layout(text, (), (Refusal(1, text.count("\n") + 1, str(error)),))


def _units(
    blocks: list[Block], lines: Lines, options: LayoutOptions, touched: Touched | None, *, cut: bool
) -> list[Unit]:
    writer = Writer(lines, options, touched)
    units: list[Unit] = []
    marker = ""
    for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        if cut and units:
            units.append(
                Unit(block.start, block.end, lines.content[block.start : block.end], (), 0, stays=True)
            )
            break
        unit, marker = _unit(block, before, after, writer, marker)
        if before is not None and before.kind in LISTS and unit.new[0].startswith("  "):
            units[-1] = units[-1]._replace(reason="what follows is indented and would slip into the list")
        units.append(unit)
    return units


def _unit(
    block: Block, before: Block | None, after: Block | None, writer: Writer, marker: str
) -> tuple[Unit, str]:
    """One block written, or kept with the reason; and the list marker that stands there now."""
    opening = block.tokens[0]
    try:
        if block.depth > _DEEPEST:
            raise Stay("it is nested too deep")  # noqa: TRY301 - the writer says the same of other blocks
        text, marker = writer.write(block, before, marker)
    except Stay as stay:
        old, reason = writer.lines.content[block.start : block.end], str(stay)
        return Unit(
            block.start, block.end, old, (), _gap(block, after), reason, stays=bool(reason)
        ), opening.markup
    parts = _parts(block) if block.kind == "table" or marker == opening.markup else ()
    ends_line = block.kind != "html_block"
    return Unit(
        block.start, block.end, text.split("\n"), parts, _gap(block, after), ends_line=ends_line
    ), marker


def _parts(block: Block) -> list[int]:
    if block.kind == "table":
        return list(range(block.start, block.end))
    return [
        token.map[0]
        for token in block.tokens
        if token.type == "list_item_open" and token.level == 1 and token.map
    ]


def _gap(block: Block, after: Block | None) -> int:
    """One blank line, but none where HTML or a template touches its neighbour, and none at the end."""
    if after is None:
        return 0
    touching = after.start == block.end
    return 0 if touching and "html_block" in (block.kind, after.kind) else 1


class _Plan:
    def __init__(
        self,
        text: str,
        lines: Lines,
        units: list[Unit],
        options: LayoutOptions,
        touched: Touched | None,
        *,
        cut: bool,
    ) -> None:
        self.text = text
        self.lines = lines
        self.units = units
        self.options = options
        self.touched = touched
        self.cut = cut
        self.refusals: list[Refusal] = []

    def settle(self, *, once: bool = False) -> Layout:
        """Keep what cannot be proved, until the rest is proved together and a second run would change nothing."""
        for number, unit in enumerate(self.units):
            if unit.reason and (unit.stays or unit.new != self.lines.content[unit.start : unit.end]):
                self._keep(number, unit.reason)
        search = iter((self._keep_unproved, self._keep_unproved_among_others))
        for _ in range(_MOST_ROUNDS):
            edits = self._edits()
            after = apply_edits(self.text, edits)
            if (reason := prove(self.text, after)) is not None:
                if not any(keep() for keep in search):
                    self._keep_nearest(after, reason)
            elif once or not edits or not self._keep_restless(after):
                return Layout(after, tuple(edits), tuple(sorted(self.refusals)))
            elif self.touched is not None:
                break
        whole = Refusal(1, len(self.lines.content), "too many of its blocks depend on each other")
        return Layout(self.text, (), (whole,))

    def _keep(self, number: int, reason: str) -> None:
        unit = self.units[number]
        self.units[number] = unit._replace(stays=True)
        self.refusals.append(Refusal(unit.start + 1, unit.end, reason))

    def _edits(self) -> list[Edit]:
        content, units = self.lines.content, self.units
        edits = []
        first = units[0].start
        if first and not units[0].stays and not content[first].startswith("---"):
            edits.append(Edit(Span(0, self.lines.starts[first]), ""))
        for unit, following in zip(units, self._following(), strict=True):
            edits += [edit(change, self.lines) for change in changes(unit, self.lines, following)]
        if units[-1].ends_line and not units[-1].stays and not self.lines.endings[-1]:
            edits = self._with_last_ending(edits)
        return edits if self.touched is None else [edit for edit in edits if self._is_touched(edit.span)]

    def _is_touched(self, span: Span) -> bool:
        """Whether one of the lines is, or, where lines are to be added, one of the two around."""
        first, last = (
            bisect_right(self.lines.starts, at) for at in (span.start, max(span.start, span.end - 1))
        )
        return self.touched is None or self.touched.has(first - (span.start == span.end), last)

    def _following(self) -> list[int]:
        """For each unit, the line on which the next one starts."""
        return [unit.start for unit in self.units[1:]] + [len(self.lines.content)]

    def _with_last_ending(self, edits: list[Edit]) -> list[Edit]:
        """A file ends with a line ending; blank lines at its end that go leave theirs."""
        end = len(self.text)
        if edits and edits[-1].span.end == end:
            span, new = edits[-1]
            if not new and span.start and self.text[span.start - 1] == "\n":
                return edits
            return [*edits[:-1], Edit(span, new + self.lines.newline)]
        return [*edits, Edit(Span(end, end), self.lines.newline)]

    def _keep_unproved(self) -> bool:
        """Keep each unit that cannot be proved alone; False where there is none."""
        return self._keep_where_unproved(0, 0)

    def _keep_unproved_among_others(self) -> bool:
        """Keep each unit that cannot be proved together with those around it; False where there is none."""
        return self._keep_where_unproved(_BEFORE, _AFTER)

    def _keep_where_unproved(self, before: int, after: int) -> bool:
        found, show, following = False, self.lines.show, self._following()
        for number, unit in enumerate(self.units):
            if unit.stays or unit.new == self.lines.content[unit.start : unit.end]:
                continue
            first, last = max(0, number - before), min(len(self.units) - 1, number + after)
            old = self.lines.content[self.units[first].start : self.units[last].end]
            new = [line for one in range(first, last) for line in self._written(one, following[one])]
            new += self._written(last, self.units[last].end)
            line = self.units[first].start + 1
            if reason := prove(show("\n".join(old)), show("\n".join(new)), first_line=line):
                self._keep(number, reason)
                found = True
        return found

    def _written(self, number: int, following: int) -> list[str]:
        """A unit as it would stand in the result, with the blank lines after it."""
        unit = self.units[number]
        if unit.stays:
            return self.lines.content[unit.start : following]
        return [*unit.new, *[""] * unit.gap]

    def _keep_nearest(self, after: str, reason: str) -> None:
        """Keep the last unit that changes at or before the first place where the result renders otherwise."""
        found = difference(self.text, after)
        line = found.line - 1 if found else 0
        number = max(0, bisect_right([unit.start for unit in self.units], line) - 1)
        self._keep_one(number, reason)

    def _keep_one(self, number: int, reason: str) -> None:
        """Keep a unit, or the nearest one that does not stay yet."""
        near = [*range(number, -1, -1), *range(number + 1, len(self.units))]
        guilty = next((one for one in near if not self.units[one].stays), None)
        if guilty is not None:
            self._keep(guilty, reason)

    def _keep_restless(self, after: str) -> bool:
        """Keep the units that a second run would change again; False where there is none."""
        if sieve(after, self.options):
            return False
        lines = Lines.split(after)
        touched = self.touched and self.touched.after(self.text, after)
        units = _units(read_blocks(lines), lines, self.options, touched, cut=self.cut)
        again = _Plan(after, lines, units, self.options, touched, cut=self.cut).settle(once=True)
        if touched is not None:
            return bool(again.hunks)
        starts = self._starts_after()
        found = {
            max(0, bisect_right(starts, bisect_right(lines.starts, span.start) - 1) - 1)
            for span, _ in again.hunks
        }
        for number in sorted(found):
            self._keep_one(number, "its layout would not settle")
        return bool(found)

    def _starts_after(self) -> list[int]:
        """The line, from 0, on which each unit starts in the result."""
        line, starts = 0, []
        for unit, after in zip(self.units, self._following(), strict=True):
            starts.append(line)
            line += after - unit.start if unit.stays else len(unit.new) + unit.gap
        return starts
