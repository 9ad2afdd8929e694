"""Lines that look like the items around them, but have no marker: Markdown takes them into the line before."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.papers.half_markers import BARE, BEGINS, is_marker, is_surely_marker
from listlint.papers.siblings import levels, merged, opening
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.fields import Fields
    from listlint.markdown.tree import Node, Tree
    from listlint.papers.siblings import Level, Opening

__all__ = ["LostMarker", "lost_markers"]

NUMBER = re.compile(r"\d+")
NO_ITEM = expression(
    r"[|<>#:{!=~`$]|\[\^|\[//\]|\[[^\]]+\]:|-{2,}|\*{3,}|_{3,}|(?:[-*+]|\d{1,9}[.)])(?:\s|$)"
)
OPENS = expression(r"[a-z]{0,3}[A-Z]|[0-9\"]|[^\x00-\x7f]")
GOES_ON = expression(
    r"(?:[,;:(\[{&/+–—-]|\b(?:a|an|the|of|and|or|for|with|in|on|to|by|via|from))\s*$", re.IGNORECASE
)
ANCHOR = expression(r"(?:[-*+] )?[ \t]*\[[^\[\]]+\]\(#[^\s()]*\)\s*")
ENDS = expression(r"[)\].!?。]\s*$")
WORD = re.compile(r"[a-z]{3}")
SHORT = 60  # characters: nobody wraps a line that is shorter
PLAIN = frozenset({"text", "bold", "tag"})
FEWEST = 3  # items whose likeness says anything


class LostMarker(NamedTuple):
    """A line that should be an item. `gap` is what stands before its words, `prefix` what should.

    `choices` are what it may be where that is not certain: the line has no fix then.
    """

    line: Span
    gap: Span
    prefix: str
    choices: tuple[str, ...] = ()


class _Wrapped(NamedTuple):
    """A further line of a paragraph in a list: its words begin at `start`. `above` are the levels around, inmost last."""

    line: Span
    start: int
    before: str
    item: Node
    above: tuple[tuple[Node, Level], ...]


def lost_markers(tree: Tree, fields: Fields) -> Iterator[LostMarker]:
    """The lines of the list that lost their markers, in source order."""
    reader = _Reader(tree, fields)
    found = [one for one in map(reader.in_list, reader.wrapped) if one is not None]
    found += reader.between_lists()
    yield from sorted(found)


class _Reader:
    def __init__(self, tree: Tree, fields: Fields) -> None:
        self.source, self.fields = tree.source, fields
        self.blocks = tree.root.children
        self.wrapped: list[_Wrapped] = []
        self.items = 0
        self.below: dict[int, list[Level]] = {}
        self.wide: dict[int, Level | None] = {}
        if any(map(self._has_further_lines, tree.find("paragraph"))):
            for block in self.blocks:
                if block.kind == "list":
                    self._walk(block, ())
        self.wraps = len(self.wrapped) > max(2, self.items * 0.03)

    def _walk(self, node: Node, above: tuple[tuple[Node, Level], ...]) -> None:
        for level in levels(self.source, node, self.fields):
            self.below.setdefault(len(above), []).append(level)
            self.items += len(level.items)
            for item in level.items:
                inner = (*above, (node, level))
                for child in item.children:
                    if child.kind == "list":
                        self._walk(child, inner)
                    elif child.kind == "paragraph":
                        self._further_lines(child, item, inner)

    def _has_further_lines(self, block: Node) -> bool:
        return self.source.text.find("\n", block.span.start, block.span.end - 1) >= 0

    def _further_lines(self, block: Node, item: Node, above: tuple[tuple[Node, Level], ...]) -> None:
        first = self.source.line_of(block.span.start)
        for number in range(first + 1, self.source.line_of(max(block.span.end - 1, block.span.start)) + 1):
            line = self.source.line_span(number)
            text = self.source[line]
            start = line.start + len(text) - len(text.lstrip(" \t"))
            self.wrapped.append(
                _Wrapped(line, start, self.source[self.source.line_span(number - 1)], item, above)
            )

    # -- lines that a paragraph in a list has taken in ---------------------------------------------------------------

    def in_list(self, one: _Wrapped) -> LostMarker | None:
        """What a further line of an item should be: an item of a level around, or the first below its own."""
        column = one.start - one.line.start
        words = self.source[Span(one.start, one.line.end)]
        bare = BARE.match(words)
        if bare is not None and (level := self._surely_half(one, column, bare)) is not None:
            return self._lost(one.line, Span(one.line.start, one.start + bare.end()), level, one.item)
        for shift in (0, 1):
            for depth, (_, level) in reversed(list(enumerate(one.above))):
                if level.column == column - shift:
                    wide = self._wide(depth) if depth or len(level.items) < FEWEST else level
                    found = self._looks_alike(one, level, wide, bare)
                    if found is not None:
                        return found
        for _, level in one.above[-1:]:  # a line as far in as the item's words may be meant as more of them
            if column == level.column + len(level.prefixes[0].lstrip()):
                found = self._looks_alike(one, level, level, bare)
                if found is not None and found.choices:
                    return found
        cousins = [level for level in self.below.get(len(one.above), []) if column - level.column in (0, 1)]
        wide = merged(cousins)
        if (
            wide is None
            or len(cousins) < FEWEST
            or any(child.kind == "list" for child in one.item.children[:1])
        ):
            return None
        return self._looks_alike(one, wide, wide, bare)

    def _wide(self, depth: int) -> Level | None:
        """All levels of this depth as one."""
        if depth not in self.wide:
            self.wide[depth] = merged(self.below[depth])
        return self.wide[depth]

    def _surely_half(self, one: _Wrapped, column: int, bare: re.Match[str]) -> Level | None:
        """The level, around the line or right below it, whose marker the line has half of; none where it only goes on."""
        if GOES_ON.search(one.before) is not None:
            return None
        below = [child for child in one.item.children if child.kind == "list"]
        own = [level for child in below[:1] for level in levels(self.source, child, self.fields)]
        for level in (*own, *(level for _, level in reversed(one.above))):
            around = (index for index, item in enumerate(level.items) if one.start in item.span)
            before = "" if level in own else level.prefixes[next(around, 0)]
            if column - level.column in (0, 1) and is_surely_marker(bare, level, before):
                return level
        return None

    def _lost(self, line: Span, gap: Span, level: Level, before: Node | None) -> LostMarker:
        """The line as an item of the level; where the others have a box and it has none, nobody knows which."""
        prefix, usual = self._prefix(level, before), level.usual
        have = opening(self.source[Span(gap.end, line.end)], self.fields)
        if usual is not None and usual.box and not have.box:
            return LostMarker(line, gap, prefix, (f"{prefix.strip()} [ ]", f"{prefix.strip()} [x]"))
        return LostMarker(line, gap, prefix)

    def _looks_alike(
        self, one: _Wrapped, level: Level, wide: Level | None, bare: re.Match[str] | None
    ) -> LostMarker | None:
        start = one.start
        if bare is not None and is_marker(bare, level):
            start = one.start + bare.end()
        words = self.source[Span(start, one.line.end)]
        usual = wide.usual if wide is not None and len(wide.items) >= FEWEST else None
        if usual is None or wide is None or NO_ITEM.match(words):
            return None
        have = opening(words, self.fields)
        if not usual.linked and usual.kind == "text" and have.kind in PLAIN:
            have = have._replace(kind="text")
        deeper = one.above[-1][1].column > level.column
        if not self._fits(
            have, usual, one.before, words, wide, half=start > one.start, deeper=usual.linked and deeper
        ):
            return None
        gap = Span(one.line.start, start)
        prefix = self._prefix(level, one.item)
        if usual.box and not have.box:
            return LostMarker(one.line, gap, prefix, (f"{prefix.strip()} [ ]", f"{prefix.strip()} [x]"))
        return LostMarker(one.line, gap, prefix)

    def _fits(
        self, have: Opening, usual: Opening, before: str, words: str, wide: Level, *, half: bool, deeper: bool
    ) -> bool:
        """Whether a line that opens so is an item like the others, and no line that was wrapped.

        `half` says that half a marker is there, `deeper` that the line stands below another item than it would go on.
        """
        sure = half or deeper
        if (have.kind, have.linked) != (usual.kind, usual.linked):
            return False
        if usual.box and have.box:
            return True
        if have.kind == "link":
            alike = usual.linked or sure or self._only_anchors(words, wide)
            return have.labelled == usual.labelled and alike
        opens = half or OPENS.match(words) is not None or have.kind != "text"
        if usual.linked:
            complete = sure or opening(before.lstrip(" \t-*+"), self.fields).linked
            return have.labelled == usual.labelled and complete and opens
        if half:
            small = WORD.match(words) is not None and self._begins_small(wide) and not self.wraps
            return BEGINS.match(words) is not None or small
        if deeper:
            return True
        if GOES_ON.search(before) is not None or self.wraps or len(words) > SHORT + SHORT:
            return False
        return (len(before) < SHORT and (opens or self._begins_small(wide))) or (
            opens and ENDS.search(before) is not None
        )

    def _only_anchors(self, words: str, level: Level) -> bool:
        """Whether the line, like every item, is a link into the page and nothing else, as in a table of contents."""
        return ANCHOR.fullmatch(words) is not None and all(
            ANCHOR.match(self.source.text, item.inner.start) is not None for item in level.items
        )

    def _begins_small(self, level: Level) -> bool:
        """Whether some of the items do not begin with a capital either."""
        begins = [OPENS.match(self.source.text, item.inner.start) is None for item in level.items]
        return sum(begins) * 10 >= len(begins)

    @staticmethod
    def _prefix(level: Level, before: Node | None) -> str:
        """The marker of the item before, in a numbered list the next number."""
        index = next((i for i, item in enumerate(level.items) if item is before), 0)
        prefix = level.prefixes[index]
        if level.ordered and before is not None and level.items[index] is before:
            return NUMBER.sub(lambda match: str(int(match[0]) + 1), prefix, count=1)
        return prefix

    # -- paragraphs at the edge of a list ----------------------------------------------------------------------------

    def between_lists(self) -> Iterator[LostMarker]:
        """A paragraph that begins with half a marker, that a list follows at once, or that stands between two of its like."""
        blocks = self.blocks
        for before, block, after in zip([None, *blocks], blocks, [*blocks[1:], None], strict=False):
            if block.kind != "paragraph":
                continue
            following = after if after is not None and after.kind == "list" and not after.ordered else None
            found = self._half_first(block, following)
            if found is None and following is not None:
                around = before is not None and before.kind == "list" and not before.ordered
                if around or self._touches(block, following):
                    found = self._edge(block, following)
            if found is not None:
                yield found

    @cached_property
    def outmost(self) -> list[Level]:
        """The levels of the lists that stand in no other."""
        lists = [block for block in self.blocks if block.kind == "list"]
        return [level for one in lists for level in levels(self.source, one, self.fields)]

    def _touches(self, block: Node, after: Node) -> bool:
        return self.source.line_of(block.span.end) + 1 == self.source.line_of(after.span.start)

    def _half_first(self, block: Node, after: Node | None) -> LostMarker | None:
        """Half a marker where a list goes on below, or where the line is like the items of another list."""
        if self.source.text[block.span.start] not in "-+*":
            return None
        line = self.source.line_span(self.source.line_of(block.span.start))
        bare = BARE.match(self.source[Span(block.span.start, line.end)])
        if bare is None or BEGINS.match(bare.string, bare.end()) is None:
            return None
        have = opening(bare.string[bare.end() :], self.fields)
        for level in self.outmost:
            if block.span.start - line.start - level.column in (0, 1) and is_surely_marker(bare, level, ""):
                below = (
                    after is not None and level.items[0] is after.children[0] and self._touches(block, after)
                )
                if below or (have.linked and have == level.usual):
                    return self._lost(line, Span(line.start, block.span.start + bare.end()), level, None)
        return None

    def _edge(self, block: Node, after: Node) -> LostMarker | None:
        line = self.source.line_span(self.source.line_of(block.span.start))
        if block.span.end > line.end:
            return None
        words = self.source[Span(block.span.start, line.end)]
        level = max(levels(self.source, after, self.fields), key=lambda one: len(one.items), default=None)
        usual = level.usual if level is not None and len(level.items) >= FEWEST else None
        if level is None or usual is None or block.span.start - line.start - level.column not in (0, 1):
            return None
        bare = BARE.match(words)
        start = block.span.start + (bare.end() if bare is not None and is_marker(bare, level) else 0)
        words = self.source[Span(start, line.end)]
        have = opening(words, self.fields)
        if NO_ITEM.match(words) or words.rstrip().endswith((":", "：")) or not (usual.linked or usual.box):
            return None
        if have._replace(box=False) != usual._replace(box=False):
            return None
        return self._lost(line, Span(line.start, start), level, None)
