"""The syntax tree: nodes with exact places in the source."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.source import Source, Span

__all__ = ["Node", "Tree"]


@dataclass(slots=True, eq=False)
class Node:
    """One construct of Markdown.

    Block kinds: `root`, `front_matter`, `heading` (`level`), `paragraph`, `list` (`ordered`, `start`), `item`,
    `quote`, `table`, `row` (the first is the header), `cell`, `fence` (`info`), `code_block`, `html_block`, `rule`, `definition`
    (a link reference definition), `footnote`.
    Inline kinds: `text`, `link`, `image`, `autolink`, `code`, `strong`, `emphasis`, `strikethrough`, `html`, `break`
    (hard), `softbreak`, `escape`, `entity`, `math`, `footnote_ref`.
    `span` covers the construct with its markers; a break's goes on to where the next line's text begins. `inner` is the content between them: a link's label, a code
    span's text, a heading's words, a cell without padding. A link has `url` (as written), `url_span` and, where
    it has one, `title`; a reference link has the `url` of its definition and an empty `url_span`.
    """

    kind: str
    span: Span
    inner: Span
    children: list[Node] = field(default_factory=list)
    url: str = ""
    url_span: Span | None = None
    title: str = ""
    info: str = ""
    level: int = 0
    ordered: bool = False
    start: int = 0
    tight: bool = True
    marker: str = ""

    def walk(self) -> Iterator[Node]:
        """The node and all below it, in source order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def find(self, *kinds: str) -> Iterator[Node]:
        """The nodes of these kinds at or below this one, in source order."""
        return (node for node in self.walk() if node.kind in kinds)


class Tree:
    """A list's syntax tree; `root.span` is the whole text."""

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self.root = root

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every node, in source order."""
        found: list[Node] = []
        stack = [self.root]
        while stack:
            node = stack.pop()
            found.append(node)
            if node.children:
                stack += node.children[::-1]
        return tuple(found)

    @cached_property
    def _by_kind(self) -> dict[str, list[Node]]:
        found: defaultdict[str, list[Node]] = defaultdict(list)
        for node in self.nodes:
            found[node.kind].append(node)
        return found

    def find(self, *kinds: str) -> list[Node]:
        """The nodes of these kinds, in source order."""
        lists = [self._by_kind[kind] for kind in kinds if kind in self._by_kind]
        if len(lists) < 2:  # noqa: PLR2004 - nothing to sort
            return list(lists[0]) if lists else []
        wanted = frozenset(kinds)
        return [node for node in self.nodes if node.kind in wanted]

    @cached_property
    def words(self) -> str:
        """What stands at the nodes of the kind `text`, a line each."""
        text = self.source.text
        return "\n".join([text[start:end] for start, end in [node.span for node in self.find("text")]])

    def text(self, node: Node) -> str:
        """The node's plain text: labels without markup, entities and escapes resolved, breaks as spaces."""
        from listlint.markdown.plain import plain_text

        return plain_text(self.source, node)
