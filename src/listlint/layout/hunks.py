"""Changed lines, grouped so that each group can be taken alone: a table row, a list item, else a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listlint.layout.lines import Lines

__all__ = ["Change", "Unit", "changes", "edit"]


class Change(NamedTuple):
    """The lines from `start` up to `end` become `new`."""

    start: int
    end: int
    new: Sequence[str]


class Unit(NamedTuple):
    """A top-level block and how it would be written.

    `parts` are the lines on which its rows or items start, where each of them can be changed alone; else empty.
    `gap` is the number of blank lines after it in canonical form. `stays` keeps it, with `reason`, and the gap.
    `ends_line` is False for HTML, which shows whether its last line is ended.
    """

    start: int
    end: int
    new: Sequence[str]
    parts: Sequence[int]
    gap: int
    reason: str = ""
    stays: bool = False
    ends_line: bool = True


def changes(unit: Unit, lines: Lines, following: int) -> Iterator[Change]:
    """What differs in `unit`, and in the blank lines up to line `following`."""
    if unit.stays:
        return
    old = lines.content[unit.start : unit.end]
    if old != unit.new:
        yield from _inside(unit, old)
    gap = lines.content[unit.end : following]
    if gap != [""] * unit.gap:
        yield from _trimmed(unit.end, gap, [""] * unit.gap)


def edit(change: Change, lines: Lines) -> Edit:
    """The change in the text itself; a line that has a counterpart keeps that one's ending."""
    start, end, new = change
    count, newline = end - start, lines.newline
    text = [lines.show(line) for line in new]
    if not count or not new:
        span = Span(lines.starts[start], lines.starts[end])
        return Edit(span, "".join(line + newline for line in text))
    last = lines.starts[end] - len(lines.endings[end - 1])
    endings = lines.endings[start : end - 1] if len(new) == count else [newline] * (len(new) - 1)
    return Edit(
        Span(lines.starts[start], last), "".join(map("".join, zip(text, [*endings, ""], strict=True)))
    )


def _inside(unit: Unit, old: Sequence[str]) -> Iterator[Change]:
    before = [index for index, line in enumerate(old) if line.strip(" \t")]
    after = [index for index, line in enumerate(unit.new) if line.strip(" \t")]
    if not unit.parts or len(before) != len(after):
        yield from _trimmed(unit.start, old, unit.new)
        return
    heads = {part - unit.start for part in unit.parts}
    cuts = [number for number, index in enumerate(before) if index in heads]
    done = (0, 0)
    for first, beyond in zip(cuts, [*cuts[1:], len(before)], strict=True):
        yield from _trimmed(
            unit.start + done[0], old[done[0] : before[first]], unit.new[done[1] : after[first]]
        )
        done = (before[beyond - 1] + 1, after[beyond - 1] + 1)
        yield from _trimmed(
            unit.start + before[first], old[before[first] : done[0]], unit.new[after[first] : done[1]]
        )


def _trimmed(start: int, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    """One change without the equal lines at its ends; none where all are equal."""
    first, shorter = 0, min(len(old), len(new))
    while first < shorter and old[first] == new[first]:
        first += 1
    last = 0
    while last < shorter - first and old[-1 - last] == new[-1 - last]:
        last += 1
    if len(old) != first + last or len(new) != first + last:
        yield Change(start + first, start + len(old) - last, new[first : len(new) - last])
