"""What the items of a list do alike: how their lines open, where their markers stand, which links they hold."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.papers.shapes import leading_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from listlint.knowledge.fields import Fields
    from listlint.markdown.tree import Node
    from listlint.source import Source

__all__ = ["Level", "Opening", "levels", "merged", "opening"]

BOX = re.compile(r"\[[ xX]\][ \t]+")
LINK = expression(r"(?<!!)\[(\[[^\[\]]{1,100}\]|[^\[\]]{1,400})\]\(([^\s()]{1,1000})")
LINKED_TITLE = expression(rf"({BOX.pattern})?+\[([^\[\]\n]{{1,400}})\]\((?:https?://|www\.)[^\s()]")
TAG = expression(r"\\?\[[^\[\]\n]{1,40}\](?!\()")
EXTERNAL = re.compile(r"https?://|www\.", re.IGNORECASE)
PLAIN = frozenset({"text", "bold", "tag"})
MOST = 0.8


class Opening(NamedTuple):
    """How a line opens: whether with a checkbox, then with a `link`, `bold` type, an `image`, a `tag` in brackets, or `text`.

    `linked` says that it holds an external link, `labelled` that a label stands on its first one, in plain text on any.
    """

    box: bool
    kind: str
    linked: bool
    labelled: bool


class Level:
    """The items whose markers stand in the same column of a list. `prefixes` are what stands before their words."""

    def __init__(
        self,
        column: int,
        items: tuple[Node, ...],
        prefixes: tuple[str, ...],
        ordered: bool,
        opens: Callable[[], Iterator[Opening]],
    ) -> None:
        self.column = column
        self.items = items
        self.prefixes = prefixes
        self.ordered = ordered
        self.opens = opens

    def is_even(self, source: Source) -> bool:
        """Whether all of its items have a checkbox, or none, and all begin with a link, or none."""
        return len({_beginning(source, item) for item in self.items}) == 1

    @cached_property
    def openings(self) -> tuple[Opening, ...]:
        """How each of the items opens."""
        return tuple(self.opens())

    @cached_property
    def usual(self) -> Opening | None:
        """How nearly all of the items open; None where they differ. Without links, one style of words is as good as another."""
        plain: Counter[Opening] = Counter()
        boxes = 0
        for one, often in Counter(self.openings).items():
            kind = "text" if one.kind in PLAIN and not one.linked else one.kind
            plain[one._replace(box=False, kind=kind)] += often
            boxes += one.box * often
        found, count = plain.most_common(1)[0]
        if count < len(self.items) * MOST:
            return None
        return found._replace(box=boxes >= len(self.items) * MOST)


def opening(text: str, fields: Fields) -> Opening:
    """How the line `text` opens, its marker left out."""
    return _with_linked_title(text, 0, fields) or _read_opening(text, fields)


def _with_linked_title(text: str, start: int, fields: Fields) -> Opening | None:
    """How the line that begins at `start` opens, if with a link that is closed in it."""
    found = LINKED_TITLE.match(text, start)
    return None if found is None else _linked(found[1] is not None, fields.is_label(found[2]))


@cache
def _linked(box: bool, labelled: bool) -> Opening:
    return Opening(box, "link", linked=True, labelled=labelled)


def _beginning(source: Source, item: Node) -> tuple[bool, bool]:
    """Whether an item begins with a checkbox, and with a link, as its opening says."""
    found = LINKED_TITLE.match(source.text, item.inner.start)
    if found is not None:
        return found[1] is not None, True
    box, rest = _behind_box(_first_line(source, item))
    return box, LINK.match(rest) is not None


def _behind_box(text: str) -> tuple[bool, str]:
    """Whether a line begins with a checkbox, and the line without it and without marks."""
    box = BOX.match(text)
    rest = text[box.end() :] if box else text
    return box is not None, rest[leading_marks(rest[:40]) :].lstrip()


def _read_opening(text: str, fields: Fields) -> Opening:
    box, rest = _behind_box(text)
    first = LINK.match(rest)
    links = LINK.findall(rest)
    linked = any(EXTERNAL.match(url) for _, url in links)
    kind = "text"
    if first is not None:
        kind = "link"
    elif rest.startswith(("![", "[![", "<")):
        kind = "image"
    elif rest.startswith(("*", "_")):
        kind = "bold"
    elif TAG.match(rest):
        kind = "tag"
    labelled = any(fields.is_label(label) for label, _ in (links if kind == "text" else links[:1]))
    return Opening(box, kind, linked, labelled)


@lru_cache(maxsize=512)
def levels(source: Source, node: Node, fields: Fields) -> tuple[Level, ...]:
    """The levels of one list: one, unless its markers stand in several columns."""
    columns: dict[int, list[tuple[Node, str]]] = {}
    text = source.text
    for item in node.children:
        place = item.span.start
        start = text.rfind("\n", 0, place) + 1
        if item.children and (start == place or not text[start:place].strip()):
            columns.setdefault(place - start, []).append((item, text[start : item.inner.start]))
    return tuple(_level(source, column, columns[column], node, fields) for column in sorted(columns))


def _level(source: Source, column: int, items: list[tuple[Node, str]], node: Node, fields: Fields) -> Level:
    nodes, prefixes = zip(*items, strict=True)
    return Level(
        column,
        nodes,
        prefixes,
        node.ordered,
        lambda: (
            _with_linked_title(source.text, item.inner.start, fields)
            or _read_opening(_first_line(source, item), fields)
            for item in nodes
        ),
    )


def _first_line(source: Source, item: Node) -> str:
    """The item's first line; more of them where a bracket is open at its end."""
    start = item.inner.start
    end = source.text.find("\n", start)
    text = source.text[start : end if end >= 0 else None].removesuffix("\r")
    if text.count("[") > text.count("]"):
        text = source.text[start : max(item.children[0].span.end, start + len(text))]
    return text


def merged(found: Iterable[Level]) -> Level | None:
    """Several levels as one: what the items below different parents do alike."""
    every = list(found)
    if not every:
        return None
    return Level(
        every[0].column,
        tuple(item for one in every for item in one.items),
        tuple(prefix for one in every for prefix in one.prefixes),
        every[0].ordered,
        lambda: (opening for one in every for opening in one.openings),
    )
