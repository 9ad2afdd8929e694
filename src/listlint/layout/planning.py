"""What laying a text out would change, as hunks that are proved together, and what stays and why."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from listlint.layout.hunks import Unit, changes, edit
from listlint.layout.lines import Lines
from listlint.layout.proof import prove
from listlint.layout.reading import read_blocks
from listlint.layout.sieve import sieve
from listlint.layout.writing import Stay, Writer
from listlint.source import Edit, Span, apply_edits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.layout.options import LayoutOptions
    from listlint.layout.reading import Block

__all__ = ["Layout", "Refusal", "plan"]

# Deeper nesting would meet the bound of Python's stack in the renderer.
_DEEPEST = 80


class Refusal(NamedTuple):
    """Lines (from 1, both inside) that stay as they are, and one clause that says why."""

    line: int
    end_line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a text: all hunks applied give `text`, which renders as the source does."""

    text: str
    hunks: tuple[Edit, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def plan(text: str, options: LayoutOptions) -> Layout:
    """Lay `text` out, block by block; a block whose layout cannot be proved stays as it is."""
    if not text.strip():
        return Layout(text)
    try:
        lines = Lines.split(text)
        units = _units(lines, options)
        return _Plan(text, lines, units, options).settle()
    except (ValueError, RecursionError) as error:
        return Layout(text, (), (Refusal(1, text.count("\n") + 1, str(error)),))


def _units(lines: Lines, options: LayoutOptions) -> list[Unit]:
    blocks = read_blocks(lines)
    writer = Writer(lines, options)
    units, marker = [], ""
    for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
        unit, marker = _unit(block, before, after, writer, marker)
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


@dataclass
class _Plan:
    text: str
    lines: Lines
    units: list[Unit]
    options: LayoutOptions
    refusals: list[Refusal] = field(default_factory=list)

    def settle(self, *, once: bool = False) -> Layout:
        """Keep what cannot be proved, until the rest is proved together and a second run would change nothing."""
        for number, unit in enumerate(self.units):
            if unit.reason:
                self._keep(number, unit.reason)
        checked = False
        while edits := self._edits():
            after = apply_edits(self.text, edits)
            if (reason := prove(self.text, after)) is not None:
                if checked or not self._keep_unproved():
                    self._keep_first_guilty(reason)
                checked = True
            elif once or not self._keep_restless(after):
                return Layout(after, tuple(edits), tuple(sorted(self.refusals)))
        return Layout(self.text, (), tuple(sorted(self.refusals)))

    def _keep(self, number: int, reason: str) -> None:
        unit = self.units[number]
        self.units[number] = replace(unit, stays=True)
        self.refusals.append(Refusal(unit.start + 1, unit.end, reason))

    def _edits(self, among: Iterable[int] | None = None) -> list[Edit]:
        """All changes, or those of the units `among`."""
        chosen = set(range(len(self.units)) if among is None else among)
        content, units = self.lines.content, self.units
        edits = []
        first = units[0].start
        if first and 0 in chosen and not units[0].stays and not content[first].startswith("---"):
            edits.append(Edit(Span(0, self.lines.starts[first]), ""))
        following = [unit.start for unit in units[1:]] + [len(content)]
        for number in sorted(chosen):
            edits += [
                edit(change, self.lines) for change in changes(units[number], self.lines, following[number])
            ]
        last = len(units) - 1
        if last in chosen and units[last].ends_line and not units[last].stays and not self.lines.endings[-1]:
            edits = self._with_last_ending(edits)
        return edits

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
        found = False
        for number, unit in enumerate(self.units):
            old = self.lines.content[unit.start : unit.end]
            if unit.stays or old == unit.new:
                continue
            show = self.lines.show
            if reason := prove(show("\n".join(old)), show("\n".join(unit.new))):
                self._keep(number, reason)
                found = True
        return found

    def _keep_first_guilty(self, reason: str) -> None:
        """Keep the first unit whose change, together with those before it, breaks the proof."""
        changed = [number for number, unit in enumerate(self.units) if not unit.stays]
        low, high = 0, len(changed) - 1
        while low < high:
            middle = (low + high) // 2
            after = apply_edits(self.text, self._edits(changed[: middle + 1]))
            if prove(self.text, after) is None:
                low = middle + 1
            else:
                high = middle
        self._keep(changed[low], reason)

    def _keep_restless(self, after: str) -> bool:
        """Keep the units that a second run would change again; False where there is none."""
        if sieve(after, self.options):
            return False
        lines = Lines.split(after)
        again = _Plan(after, lines, _units(lines, self.options), self.options).settle(once=True)
        starts = self._starts_after()
        found = {
            max(0, bisect_right(starts, bisect_right(lines.starts, span.start) - 1) - 1)
            for span, _ in again.hunks
        }
        for number in sorted(found):
            guilty = next((one for one in range(number, -1, -1) if not self.units[one].stays), None)
            if guilty is None:
                guilty = next((one for one, unit in enumerate(self.units) if not unit.stays), None)
            if guilty is not None:
                self._keep(guilty, "its layout would not settle")
        return bool(found)

    def _starts_after(self) -> list[int]:
        """The line, from 0, on which each unit starts in the result."""
        following = [unit.start for unit in self.units[1:]] + [len(self.lines.content)]
        line, starts = 0, []
        for unit, after in zip(self.units, following, strict=True):
            starts.append(line)
            line += after - unit.start if unit.stays else len(unit.new) + unit.gap
        return starts
