"""Every address in a list that a reader can follow, with its exact place."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tree import Node, Tree

__all__ = ["Destination", "address_lines", "destinations"]

_HTML_ADDRESS = expression(
    r"""<(a|img)\b[^<>]{0,2000}?\s(?:href|src)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')""", re.IGNORECASE
)
_HTML_LABEL = re.compile(r"[^<>]*>([^<]{0,300})")
_BARE = expression(r"(?<![\w/=\"'(\[<@.])https?://[^\s<>|\"`\[\]{}\u3000-\u303f\uff00-\uffef]+")
_BARE_START = re.compile(
    r"http(?<![\w/=\"'(\[<@.]http)s?://"
)  # literal letters first, which are found at once
_PLACE = attrgetter("url_span")
_LINKS = frozenset({"links"})
_ANYWHERE = frozenset({"authors", "institutions", "keywords", "links", "marks", "notes", "title", "venue"})
_TRAILING = ".,:;!?*_~'"


class Destination(NamedTuple):
    """`kind` is `link`, `image`, `autolink`, `definition`, `html` or `bare`.

    `url` is what stands at `url_span`, escapes and all. `span` is the whole construct, `label` what a reader sees.
    `badge` says that a reader sees a picture instead.
    """

    kind: str
    url: str
    url_span: Span
    span: Span
    label: str
    badge: bool = False

    @property
    def fields(self) -> frozenset[str]:
        """The entry fields whose value changes with the address: more than `links` where it is its own label."""
        return _ANYWHERE if self.label == self.url else _LINKS


@lru_cache(maxsize=4)
def destinations(tree: Tree) -> tuple[Destination, ...]:
    """The addresses of a tree, in source order, each said once."""
    found: list[Destination] = []
    for kind in ("link", "image", "autolink", "definition"):
        found += [
            _of_node(tree, node, node.url_span) for node in tree.find(kind) if node.url_span is not None
        ]
    for kind in ("html", "html_block"):
        for node in tree.find(kind):
            found += _of_html(tree, node)
    for node in _texts_with_address(tree):
        found += _of_text(tree, node)
    found.sort(key=_PLACE)
    return tuple(found)


def address_lines(tree: Tree) -> str:
    """The addresses of a tree, in source order, each with the end of a line; ends of lines inside are others."""
    urls = [one.url for one in destinations(tree)]
    lines = "\n".join((*urls, ""))
    if lines.count("\n") == len(urls):
        return lines
    return "".join([url.replace("\n", "\r") + "\n" for url in urls])


def _of_node(tree: Tree, node: Node, span: Span) -> Destination:
    text = tree.source.text
    url = text[span.start : span.end]
    if len(node.children) == 1 and node.children[0].kind == "text":
        label = text[node.inner.start : node.inner.end].strip()
        return Destination(node.kind, url, span, node.span, label)
    label = tree.source[node.inner] if node.kind == "image" else tree.text(node)
    badge = any(child.kind == "image" or "<img" in tree.source[child.span].lower() for child in node.children)
    return Destination(node.kind, url, span, node.span, label.strip(), badge)


def _of_html(tree: Tree, node: Node) -> Iterator[Destination]:
    text = tree.source[node.span]
    if text.startswith("<!--") or node.info == "math":
        return
    for match in _HTML_ADDRESS.finditer(text):
        group = 2 if match[2] is not None else 3
        start, end = match.span(group)
        span = Span(node.span.start + start, node.span.start + end)
        whole = Span(node.span.start + match.start(), node.span.start + match.end())
        label = _HTML_LABEL.match(tree.source.text, whole.end)
        is_link = match[1].lower() == "a"
        words = label[1].strip() if label and is_link else ""
        yield Destination("html" if is_link else "image", match[group], span, whole, words, badge=not words)


def _texts_with_address(tree: Tree) -> Iterator[Node]:
    """The runs of text in which an address begins, each once."""
    places = [match.start() for match in _BARE_START.finditer(tree.source.text)]
    if not places:
        return
    texts = tree.find("text")
    starts = [node.span.start for node in texts]
    end = 0
    for place in places:
        if place >= end and (index := bisect_right(starts, place)) and place < texts[index - 1].span.end:
            yield texts[index - 1]
            end = texts[index - 1].span.end


def _of_text(tree: Tree, node: Node) -> Iterator[Destination]:
    """Addresses in plain text, as GitHub links them; none that other markup cuts short."""
    text = tree.source.text
    for match in _BARE.finditer(text, *node.span):
        if match.end() == node.span.end and text[match.end() : match.end() + 1].strip():
            continue
        url = match[0].rstrip(_TRAILING)
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1].rstrip(_TRAILING)
        span = Span(match.start(), match.start() + len(url))
        yield Destination("bare", url, span, span, url)
