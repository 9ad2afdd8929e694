"""An entry's inline content as one string, in which links and the like are single characters."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.markdown.plain import plain_text
from listlint.papers.html import fold_tags
from listlint.papers.model import Piece
from listlint.source import Span

if TYPE_CHECKING:
    from listlint.markdown.tree import Node
    from listlint.source import Source

__all__ = ["CODE", "HTML", "IMAGE", "LINK", "Group", "Line"]

# Private-use characters; where a list has one as text, another character stands for it.
LINK, IMAGE, CODE, HTML = "\ue000", "\ue001", "\ue002", "\ue003"
OBJECTS = {"link": LINK, "autolink": LINK, "image": IMAGE, "code": CODE}
BREAKS = {"break": "\n", "softbreak": "\v"}
RANGES = frozenset({"strong", "emphasis", "strikethrough", "raised"})
# White space, and what shows nothing.
BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    + HTML
)
ANY_OBJECT = re.compile("[\ue000-\ue003]")
STAND_IN = "\ufdd0"
STANDING = re.compile("[\ue000-\ue003\ufdd0]")
# Brackets by what closes them; what is opened by a wide one is often closed by a narrow one.
OPENING = {"[": "]", "(": ")", "{": "}", "【": "】", "（": ")", "「": "」", "《": "》"}
CLOSING = {closing: closing for closing in OPENING.values()} | {"）": ")"}
BRACKET = re.compile(r"[\[\](){}【】（）「」《》]")
SOFT = "\v"  # a line ending that may be nothing but a wrapped line
NAMED = expression(r"\W{0,4}[A-Z][\w ]{0,20}:\s")
ENDS = ".!?。)]）】:;|"
WRAPPED = 60  # characters: a line that is wrapped is longer
END = itemgetter(1)


class Group(NamedTuple):
    """A bracketed stretch of a line: offsets of its brackets, `end` behind the closing one."""

    start: int
    end: int

    @property
    def inner(self) -> tuple[int, int]:
        """The offsets between the brackets."""
        return self.start + 1, self.end - 1


class Line:
    r"""Inline content, flattened.

    `text` has one character for each character that a reader sees and one for each object (`LINK`, `IMAGE`, `CODE`,
    `HTML`); breaks and `<br>` are `\n`, and so are line endings behind which something else begins. `objects` maps the
    offset of an object to its node. `strong`, `emphasis` and `raised` (`<sup>`) are offset ranges.

    `rows` are the ranges between breaks that hold anything. `groups` are the outermost bracketed stretches, in order (a
    bracket without its partner is text), `group_starts` the same by the offset of the opening bracket. `edges` are
    where emphasis outside brackets begins and ends, in order: fields do not run over it.
    """

    __slots__ = (
        "_labels", "_meant", "_objects", "_offsets", "_places", "_size", "edges", "emphasis", "group_starts", "groups", "objects", "raised", "rows",
        "source", "strong", "text",
    )  # fmt: skip

    def __init__(self, source: Source, nodes: list[Node]) -> None:
        self.source = source
        self.objects: dict[int, Node] = {}
        self.strong: list[tuple[int, int]] = []
        self.emphasis: list[tuple[int, int]] = []
        self.raised: list[tuple[int, int]] = []
        self._labels: dict[int, str] = {}
        self._meant: dict[int, str] = {}  # characters for which another stands, by offset
        # Runs of characters: the offset at which each begins, and its place in the source. A run is text as it is
        # written, or one character that stands for something wider; the last run is empty.
        self._offsets: list[int] = []
        self._places: list[tuple[int, int]] = []
        pieces: list[str] = []
        self._size = size = self._add(pieces, nodes, 0)
        end = self._places[-1][1] if self._places else 0
        self._offsets.append(size)
        self._places.append((end, end))
        self._objects = list(self.objects)
        self.text = text = "".join(pieces)
        if SOFT in text:
            self.text = text = self._settled()
        self.rows = self._rows() if "\n" in text else [(0, size)] if text.strip() else []
        bracket = BRACKET.search(text)
        self.groups = self._groups(bracket.start()) if bracket is not None else []
        self.group_starts = {group.start: group for group in self.groups} if self.groups else {}
        self.edges = self._edges() if self.emphasis else []

    def _settled(self) -> str:
        """The text with each soft line ending told: a break where something else begins, a space where a line is wrapped."""
        rows = self.text.split(SOFT)
        settled, start = [rows[0]], 0
        for before, row in pairwise(rows):
            end = start + len(before)
            ended = before.rpartition("\n")[2].rstrip()
            settled += ("\n" if self._breaks(ended, row, end) else " ", row)
            start = end + 1
        return "".join(settled)

    def _breaks(self, before: str, row: str, end: int) -> bool:
        """Whether something else begins behind the soft line ending at `end`."""
        following = row.lstrip()
        if not before or not following:
            return True
        first = end + 1 + len(row) - len(following)
        if following.startswith(("http://", "https://")):
            return True
        if any(start < end < stop - 1 for start, stop in self.strong):
            return False
        if before.endswith((",", "，", "-", "(", "[")):
            return False
        if any(start == first for start, _ in self.raised):
            return True
        if any(start == first and stop - start > len(following) // 2 for start, stop in self.emphasis):
            return True
        if any(
            stop >= end - 1 and start >= end - len(before) - 1 for start, stop in self.strong + self.emphasis
        ):
            return True
        opens = (
            following[0].isupper()
            or following[0].isdigit()
            or following[0] in OPENING
            or following[0] >= "\ue000"
        )
        ends = before[-1] in ENDS or before[-1] >= "\ue000"
        return (opens and (ends or len(before) < WRAPPED)) or (
            len(before) < WRAPPED and NAMED.match(following) is not None
        )

    def _add(self, pieces: list[str], nodes: list[Node], size: int) -> int:
        """Append what nodes show to a line of this size; its size with them."""
        whole, offsets, places = self.source.text, self._offsets, self._places
        for node in nodes:
            if node.kind == "html":
                nodes = fold_tags(self.source, nodes)
                break
        for node in nodes:
            kind = node.kind
            if kind in RANGES:
                first, size = size, self._add(pieces, node.children, size)
                if kind != "strikethrough":
                    ranges: list[tuple[int, int]] = getattr(self, kind)
                    ranges.append((first, size))
                continue
            place = node.span
            offsets.append(size)
            places.append(place)
            if kind == "text":
                text = whole[place[0] : place[1]].replace("\n", " ")
                pieces.append(text if text.isascii() else self._without_objects(text, size))
                size += len(text)
                continue
            if kind in BREAKS:
                pieces.append(BREAKS[kind])
            elif kind in ("escape", "entity"):
                pieces.append(self._character(whole[place[0] : place[1]], kind, size))
            else:
                self.objects[size] = node
                pieces.append(OBJECTS.get(kind, HTML))
            size += 1
        return size

    def _character(self, raw: str, kind: str, offset: int) -> str:
        """The one character that an escape or an entity shows."""
        shown = (raw[1:] if kind == "escape" else html.unescape(raw))[:1] or " "
        return shown if shown.isascii() else self._without_objects(shown, offset)

    def _without_objects(self, text: str, offset: int) -> str:
        """Text of a list at this offset, none of whose characters can be taken for an object."""
        for match in ANY_OBJECT.finditer(text):
            self._meant[offset + match.start()] = match[0]
        return ANY_OBJECT.sub(STAND_IN, text) if self._meant else text

    def __len__(self) -> int:
        return self._size

    def span(self, start: int, end: int) -> Span:
        """The source's characters that show `text[start:end]`, markup at the ends left out."""
        offsets, places = self._offsets, self._places
        start = min(start, self._size)
        run = bisect_right(offsets, start) - 1
        first = places[run][0] + start - offsets[run]
        if start >= end:
            return Span(first, first)
        run = bisect_left(offsets, end, run + 1) - 1
        return Span(first, places[run][1] if end == offsets[run + 1] else places[run][0] + end - offsets[run])

    def objects_in(self, start: int, end: int) -> list[int]:
        """The offsets of the objects in a range."""
        offsets = self._objects
        return offsets[bisect_left(offsets, start) : bisect_left(offsets, end)] if offsets else []

    def _rows(self) -> list[tuple[int, int]]:
        found, start = [], 0
        while (end := self.text.find("\n", start)) >= 0:
            found.append((start, end))
            start = end + 1
        found.append((start, len(self.text)))
        return [one for one in found if self.text[one[0] : one[1]].strip()]

    def rows_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The rows that begin in a range; the range itself where none does."""
        return [row for row in self.rows if start <= row[0] < end] or [(start, end)]

    def trimmed(self, start: int, end: int, extra: str = "") -> tuple[int, int]:
        """The range without white space, and the characters of `extra`, at its ends."""
        text = self.text
        if start >= end or (text[start].isalnum() and text[end - 1].isalnum()):
            return start, end
        blanks = BLANKS + extra
        rest = text[start:end].lstrip(blanks)
        start = end - len(rest)
        return start, start + len(rest.rstrip(blanks))

    def plain(self, start: int, end: int) -> str:
        """The text of a range as people read it: a link's label, a code span's content; images and tags vanish."""
        text = self.text[start:end]
        if text.isascii() or not (self._meant or self.objects_in(start, end)):
            return text
        return STANDING.sub(lambda match: self._shown(start + match.start(), match[0]), text)

    def _shown(self, offset: int, char: str) -> str:
        node = self.objects.get(offset)
        return self.label(node) if node is not None else self._meant.get(offset, char)

    def level(self, start: int, end: int) -> str:
        """The text of a range as `plain` has it, without what is raised: footnote marks behind names."""
        if not self.raised:
            return self.plain(start, end)
        return "".join(self.plain(*one) for one in self.level_ranges(start, end))

    def level_ranges(self, start: int, end: int) -> list[tuple[int, int]]:
        """The range cut where something is raised."""
        if not self.raised:
            return [(start, end)] if start < end else []
        found, offset = [], start
        index = bisect_left(self.raised, (start, 0))
        while index < len(self.raised) and self.raised[index][0] < end:
            first, last = self.raised[index]
            found.append((offset, first))
            offset = min(last, end)
            index += 1
        found.append((offset, end))
        return [one for one in found if one[0] < one[1]]

    def label(self, node: Node) -> str:
        """What an object shows."""
        label = self._labels.get(id(node))
        if label is None:
            label = self._labels[id(node)] = self._label(node)
        return label

    def _label(self, node: Node) -> str:
        if node.kind == "link":
            children = node.children
            if not children or (len(children) == 1 and children[0].kind == "text"):
                return self.source[children[0].span if children else node.inner]
            return plain_text(self.source, node)
        return "" if node.kind in ("image", "html") else self.source[node.inner]

    def piece(self, start: int, end: int, extra: str = "") -> Piece:
        """The range as a field, white space (and `extra`) at its ends left out."""
        start, end = self.trimmed(start, end, extra)
        return Piece(" ".join(self.plain(start, end).split()), self.span(start, end))

    def _groups(self, first: int) -> list[Group]:
        """The groups; `first` is the first bracket."""
        found: list[Group] = []
        stack: list[tuple[str, int]] = []
        awaited: dict[str, int] = {}
        for match in BRACKET.finditer(self.text, first):
            char, offset = match[0], match.start()
            if char in OPENING:
                closing = OPENING[char]
                stack.append((closing, offset))
                awaited[closing] = awaited.get(closing, 0) + 1
                continue
            closing = CLOSING[char]
            if awaited.get(closing):
                while stack[-1][0] != closing:
                    awaited[stack.pop()[0]] -= 1
                start = stack.pop()[1]
                awaited[closing] -= 1
                while found and found[-1].start > start:
                    found.pop()
                found.append(Group(start, offset + 1))
        return found

    def _edges(self) -> list[int]:
        places = {place for one in self.emphasis for place in one}
        return sorted(place for place in places if self.group_around(place) is None)

    def group_around(self, offset: int) -> Group | None:
        """The group within whose brackets `offset` lies."""
        if not self.groups:
            return None
        index = bisect_right(self.groups, (offset, self._size + 1)) - 1
        group = self.groups[index] if index >= 0 else None
        return group if group is not None and group.start < offset < group.end else None

    def styled(self, ranges: list[tuple[int, int]], offset: int) -> tuple[int, int] | None:
        """The first of `ranges` that holds `offset`; ranges may lie in each other, the inner one first."""
        if not ranges:
            return None
        index = bisect_right(ranges, offset, key=END)
        while index < len(ranges):
            start, end = ranges[index]
            if start <= offset:
                return (start, end)
            if start > offset and index + 1 < len(ranges) and ranges[index + 1][0] > offset:
                return None
            index += 1
        return None
