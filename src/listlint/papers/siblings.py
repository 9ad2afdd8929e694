"""What the items of a list do alike: how their lines open, where their markers stand, which links they hold."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from listlint.papers.shapes import leading_marks
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.knowledge.fields import Fields
    from listlint.markdown.tree import Node
    from listlint.source import Source

__all__ = ["Level", "Opening", "levels", "merged", "opening"]

BOX = re.compile(r"\[[ xX]\][ \t]+")
LINK = re.compile(r"(?<!!)\[(\[[^\[\]]{1,100}\]|[^\[\]]{1,400})\]\(([^\s()]{1,1000})")
TAG = re.compile(r"\\?\[[^\[\]\n]{1,40}\](?!\()")
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


class Level(NamedTuple):
    """The items whose markers stand in the same column of a list. `prefixes` are what stands before their words."""

    column: int
    items: tuple[Node, ...]
    prefixes: tuple[str, ...]
    openings: tuple[Opening, ...]
    ordered: bool

    @property
    def usual(self) -> Opening | None:
        """How nearly all of the items open; None where they differ. Without links, one style of words is as good as another."""
        plain = [
            one._replace(box=False, kind="text" if one.kind in PLAIN and not one.linked else one.kind)
            for one in self.openings
        ]
        found, count = Counter(plain).most_common(1)[0]
        if count < len(self.openings) * MOST:
            return None
        return found._replace(box=sum(one.box for one in self.openings) >= len(self.openings) * MOST)


def opening(text: str, fields: Fields) -> Opening:
    """How the line `text` opens, its marker left out."""
    match = BOX.match(text)
    rest = text[match.end() :] if match else text
    rest = rest[leading_marks(rest[:40]) :].lstrip()
    links = LINK.findall(rest)
    linked = any(EXTERNAL.match(url) for _, url in links)
    labels = [fields.is_label(label) for label, _ in links]
    kind = "text"
    first = LINK.match(rest)
    if first is not None:
        kind = "link"
    elif rest.startswith(("![", "[![", "<")):
        kind = "image"
    elif rest.startswith(("*", "_")):
        kind = "bold"
    elif TAG.match(rest):
        kind = "tag"
    labelled = any(labels) if kind == "text" else labels[:1] == [True]
    return Opening(match is not None, kind, linked, labelled)


@lru_cache(maxsize=512)
def levels(source: Source, node: Node, fields: Fields) -> tuple[Level, ...]:
    """The levels of one list: one, unless its markers stand in several columns."""
    columns: dict[int, list[tuple[Node, str]]] = {}
    for item in node.children:
        start = source.line_span(source.line_of(item.span.start)).start
        prefix = source[Span(start, item.inner.start)]
        if source[Span(start, item.span.start)].strip() == "" and item.children:
            columns.setdefault(item.span.start - start, []).append((item, prefix))
    found = []
    for column, items in sorted(columns.items()):
        lines = [_first_line(source, item) for item, _ in items]
        nodes, prefixes = tuple(item for item, _ in items), tuple(prefix for _, prefix in items)
        found.append(
            Level(column, nodes, prefixes, tuple(opening(one, fields) for one in lines), node.ordered)
        )
    return tuple(found)


def _first_line(source: Source, item: Node) -> str:
    """The item's first line; more of them where a bracket is open at its end."""
    line = source.line_span(source.line_of(item.inner.start))
    text = source[Span(item.inner.start, max(line.end, item.inner.start))]
    if text.count("[") > text.count("]"):
        block = item.children[0].span
        text = source[Span(item.inner.start, max(block.end, line.end))]
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
        tuple(opening for one in every for opening in one.openings),
        every[0].ordered,
    )
