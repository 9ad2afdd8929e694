"""Rows and items that link a paper as their neighbours do, and say no title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.markdown.plain import plain_text
from listlint.papers.asked import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.knowledge import Knowledge
    from listlint.markdown.tree import Node
    from listlint.papers.model import PaperList
    from listlint.source import Span

__all__ = ["untitled"]

FEWEST = 3  # neighbours that are entries
MOST = 0.8
NO_PAPERS = frozenset({"github", "gitlab", "hf", "hf-dataset", "hf-space", "youtube", "zhihu"})
SEPARATORS = " \t\n[](){}|,;:/-–—·•*_.✅❌"


def untitled(papers: PaperList, knowledge: Knowledge) -> Iterator[tuple[Span, str]]:
    """Where a title should be, and the address of the paper that lacks it."""
    asked = Asked(knowledge)
    read = {entry.line for entry in papers.entries}
    line_of = papers.source.line_of
    for table in papers.tree.find("table"):
        yield from _in_table(papers, table, asked, read)
    for node in papers.tree.find("list"):
        bare = [item for item in node.children if line_of(item.span.start) not in read]
        if bare and len(node.children) - len(bare) >= max(FEWEST, len(node.children) * MOST):
            for item in bare:
                yield from _in_item(papers, item, asked)


def _in_table(papers: PaperList, table: Node, asked: Asked, read: set[int]) -> Iterator[tuple[Span, str]]:
    rows = [row for row in table.children[1:] if row.kind == "row"]
    bare = [row for row in rows if papers.source.line_of(row.span.start) not in read]
    if not bare or len(rows) - len(bare) < FEWEST:
        return
    from listlint.papers.rows import Columns

    columns = Columns(papers.source, table, asked)
    if not columns.hold_papers:
        return
    place = columns.names.index("title")
    for row in bare:
        if place < len(row.children) and _says_nothing(papers, row.children[place], asked):
            url = _paper(row, asked)
            if url is not None:
                yield row.span, url


def _in_item(papers: PaperList, item: Node, asked: Asked) -> Iterator[tuple[Span, str]]:
    if (
        len(item.children) == 1
        and item.children[0].kind == "paragraph"
        and _says_nothing(papers, item.children[0], asked)
    ):
        url = _paper(item, asked)
        if url is not None:
            yield item.children[0].span, url


def _says_nothing(papers: PaperList, node: Node, asked: Asked) -> bool:
    """Whether there are no words but labels."""
    for child in node.children:
        if child.kind == "link":
            words = plain_text(papers.source, child).strip(SEPARATORS)
            if words and not asked.fields.is_label(words):
                return False
        elif child.kind not in (
            "image",
            "autolink",
            "softbreak",
            "break",
            "escape",
            "html",
        ) and papers.source[child.span].strip(SEPARATORS):
            return False
    return True


def _paper(node: Node, asked: Asked) -> str | None:
    """The first address that names a paper."""
    for link in node.find("link", "autolink"):
        facts = asked.hosts.read(link.url)
        if facts.role == "paper" or (
            facts.identity is not None and facts.identity.namespace not in NO_PAPERS and facts.role is None
        ):
            return link.url
    return None
