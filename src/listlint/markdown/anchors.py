"""The places inside a Markdown file that a link can lead to."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from listlint.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tree import Node, Tree

__all__ = ["anchors", "gitbook_slug", "github_slug", "heading_slugs"]

_NOT_IN_GITBOOK = re.compile(r"[^\w]+")
_EXPLICIT = expression(
    r"""<[a-z][^<>]{0,2000}?\s(?:id|name)\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>=]+))""", re.IGNORECASE
)
_CUSTOM = expression(r"\s*\{:?\s*#([^\s{}]+)[^{}]*\}\s*$")
_HTML_HEADING = expression(r"<h[1-6]\b[^<>]*>(.{0,1000}?)</h[1-6]\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_WITHOUT_SELECTORS = {0xFE0E: None, 0xFE0F: None}


def github_slug(text: str) -> str:
    """A heading's anchor on GitHub, before numbers tell equal ones apart.

    Lower-case; everything but letters, marks, digits, `_`, `-` and spaces is dropped; each space becomes a hyphen, also one
    that a picture beside the words leaves behind.
    """
    kept = "".join(
        one for one in text.lower() if one in "_- " or unicodedata.category(one)[0] in "LM" or one.isdecimal()
    )
    return kept.replace(" ", "-")


def gitbook_slug(text: str) -> str:
    """A heading's anchor on GitBook: words joined by single hyphens, `&` read as `and`."""
    return _NOT_IN_GITBOOK.sub("-", text.lower().replace("&", " and ")).strip("-")


def anchors(tree: Tree) -> frozenset[str]:
    """All anchors of a file: of its headings as GitHub and as GitBook make them, and those that HTML or `{#…}` name."""
    found: set[str] = set()
    seen: dict[str, int] = {}
    for text in _headings(tree):
        if custom := _CUSTOM.search(text):
            found.add(custom[1])
        found |= set(_slugs(text))
        slug = github_slug(text)
        if slug in seen:
            found |= {f"{slug}-{seen[slug]}", f"{slug.strip('-')}-{seen[slug]}"}
        seen[slug] = seen.get(slug, 0) + 1
    for node in tree.find("html", "html_block"):
        for match in _EXPLICIT.finditer(tree.source[node.span]):
            found.add(match[1] or match[2] or match[3] or "")
    found.discard("")
    return frozenset(found)


def heading_slugs(tree: Tree) -> tuple[str, ...]:
    """The anchors of a file's headings, each in all the ways of making it, before numbers tell equal ones apart."""
    return tuple(slug for text in _headings(tree) for slug in _slugs(text))


def _slugs(text: str) -> tuple[str, ...]:
    plain = text.translate(_WITHOUT_SELECTORS)
    return github_slug(text), github_slug(plain), github_slug(text.strip()), gitbook_slug(plain)


def _headings(tree: Tree) -> Iterator[str]:
    for node in tree.find("heading", "html_block"):
        if node.kind == "heading":
            yield _words(tree, node)
            continue
        for match in _HTML_HEADING.finditer(tree.source[node.span]):
            yield _TAG.sub("", match[1]).strip()


def _words(tree: Tree, node: Node) -> str:
    """A heading's text without its pictures, which have no part in the anchor."""
    if node.kind == "image":
        return ""
    if not node.children:
        return tree.text(node)
    return "".join(_words(tree, child) for child in node.children)
