"""Raw HTML as nodes: tags between Markdown's inline nodes, and blocks that are HTML altogether."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from listlint.expressions import expression
from listlint.markdown.tree import Node
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.source import Source

__all__ = ["Tag", "flat_nodes", "fold_tags", "tag_of"]

TAG = expression(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)((?:[^<>\"']++|\"[^\"<>]*+\"|'[^'<>]*+')*+)>")
COMMENT = "<!--"
ATTRIBUTE = expression(r"([a-zA-Z\-]++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]++))")
ENTITY = expression(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
KINDS = {
    "a": "link",
    "b": "strong",
    "strong": "strong",
    "i": "emphasis",
    "em": "emphasis",
    "cite": "emphasis",
    "s": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "kbd": "code",
    "sup": "raised",
}
BREAKS = frozenset({"br", "p", "div", "hr", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd"})
DEEPEST = 30

# What is open: its node (None at the bottom), its tag's name, and the nodes inside.
Stack: TypeAlias = "list[tuple[Node | None, str, list[Node]]]"


class Tag(NamedTuple):
    """A tag: its lower-case name, whether it closes, and the place of its attributes."""

    name: str
    closes: bool
    attributes: Span


def tag_of(source: Source, node: Node) -> Tag | None:
    """The tag that an `html` node is; None for comments and the like."""
    match = TAG.match(source.text, node.span.start, node.span.end)
    return Tag(match[2].lower(), match[1] == "/", Span(*match.span(3))) if match else None


def attribute(source: Source, tag: Tag, name: str) -> Span | None:
    """The place of an attribute's value."""
    for match in ATTRIBUTE.finditer(source.text, tag.attributes.start, tag.attributes.end):
        if match[1].lower() == name:
            return Span(*match.span(next(group for group in (2, 3, 4) if match[group] is not None)))
    return None


def fold_tags(source: Source, nodes: list[Node]) -> list[Node]:
    """Inline nodes in which pairs of tags have become the links, images and emphasis that they mean.

    Tags that only change the look vanish; comments and what is not understood stay `html`.
    """
    stack: Stack = [(None, "", [])]
    for node in _apart(source, nodes):
        tag = tag_of(source, node) if node.kind == "html" else None
        if tag is None:
            stack[-1][2].append(node)
        elif tag.name == "img":
            stack[-1][2].append(_image(source, node, tag))
        elif tag.name in BREAKS:
            stack[-1][2].append(Node("break", node.span, node.span))
        elif tag.name in KINDS:
            _pair(source, stack, node, tag)
    while len(stack) > 1:
        _spill(stack)
    return stack[0][2]


def _apart(source: Source, nodes: list[Node]) -> Iterator[Node]:
    """The nodes; emphasis that begins within a pair of tags and ends outside is none, as in `Ann<sup>*</sup>, Bob<sup>*`."""
    for node in nodes:
        if node.kind in ("emphasis", "strong") and _crosses(source, node):
            before, after = Span(node.span.start, node.inner.start), Span(node.inner.end, node.span.end)
            yield Node("text", before, before)
            yield from _apart(source, node.children)
            yield Node("text", after, after)
        else:
            yield node


def _crosses(source: Source, node: Node) -> bool:
    """Whether a tag closes within that has not opened there."""
    opened: list[str] = []
    for child in node.children:
        tag = tag_of(source, child) if child.kind == "html" else None
        if tag is None or tag.name not in KINDS:
            continue
        if not tag.closes:
            opened.append(tag.name)
        elif tag.name not in opened:
            return True
    return False


def _pair(source: Source, stack: Stack, node: Node, tag: Tag) -> None:
    """Begin or end what a pair of tags holds."""
    if not tag.closes:
        if len(stack) < DEEPEST:
            stack.append((_opened(source, node, tag), tag.name, []))
    elif any(name == tag.name for _, name, _ in stack):
        while stack[-1][1] != tag.name:
            _spill(stack)
        _close(stack, node)


def _opened(source: Source, node: Node, tag: Tag) -> Node:
    """The node that an opening tag begins."""
    opened = Node(KINDS[tag.name], node.span, node.span)
    if opened.kind == "link":
        place = attribute(source, tag, "href")
        opened.url_span = place
        opened.url = source[place] if place is not None else ""
    return opened


def _image(source: Source, node: Node, tag: Tag) -> Node:
    alt, place = attribute(source, tag, "alt"), attribute(source, tag, "src")
    inner = alt if alt is not None else Span(node.span.end, node.span.end)
    return Node("image", node.span, inner, url=source[place] if place else "", url_span=place)


def _close(stack: Stack, node: Node) -> None:
    """Make the innermost open node whole."""
    opened, _, children = stack.pop()
    if opened is None:
        return
    opened.inner = Span(opened.span.end, node.span.start)
    opened.span = Span(opened.span.start, node.span.end)
    empty = opened.kind == "link" and not opened.url
    if empty or (opened.kind == "code" and any(child.kind != "text" for child in children)):
        stack[-1][2].extend(children)
    else:
        opened.children = [] if opened.kind == "code" else children
        stack[-1][2].append(opened)


def _spill(stack: Stack) -> None:
    """A tag that is never closed means nothing: what stands behind it stays."""
    _, _, children = stack.pop()
    stack[-1][2].extend(children)


def flat_nodes(source: Source, span: Span) -> list[Node]:
    """The tags (`html`), text and entities of a stretch of raw HTML, in source order."""
    found: list[Node] = []
    offset = span.start
    for place in _markup(source.text, span):
        if place.start > offset:
            found += _texts(source.text, Span(offset, place.start))
        found.append(Node("html", place, place))
        offset = place.end
    if offset < span.end:
        found += _texts(source.text, Span(offset, span.end))
    return found


def _markup(text: str, span: Span) -> Iterator[Span]:
    """The tags and comments of a stretch."""
    offset = span.start
    while (start := text.find("<", offset, span.end)) >= 0:
        if text.startswith(COMMENT, start):
            end = text.find("-->", start, span.end)
            end = span.end if end < 0 else end + 3
        else:
            match = TAG.match(text, start, span.end)
            end = match.end() if match else -1
        if end > 0:
            yield Span(start, end)
        offset = max(end, start + 1)


def _texts(text: str, span: Span) -> Iterator[Node]:
    offset = span.start
    for match in ENTITY.finditer(text, span.start, span.end):
        if match.start() > offset:
            yield Node("text", Span(offset, match.start()), Span(offset, match.start()))
        yield Node("entity", Span(*match.span()), Span(*match.span()))
        offset = match.end()
    if offset < span.end:
        yield Node("text", Span(offset, span.end), Span(offset, span.end))
