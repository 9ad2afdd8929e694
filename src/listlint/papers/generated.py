"""Lists, and stretches of lists, that a script writes: whoever wants them changed changes the script's input."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.model import HEAD
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.markdown.tree import Node, Tree

__all__ = ["generated_spans"]

COMMENT = re.compile(
    r"<!--(?P<text>[^<>]{0,400}?)-->|^\[//\]:\s*#\s*[(\"'](?P<said>[^\n]{0,400})[)\"']", re.MULTILINE
)
BEGINS = re.compile(r"\b(?:start|begin|starts|begins)\b|\bSTART_|_START\b", re.IGNORECASE)
ENDS = re.compile(r"\b(?:end|stop|ends|finish)\b|\bEND_|_END\b", re.IGNORECASE)
EDGE_WORDS = expression(
    r"[\W_]*(?:starts?|begins?|ends?|stop|finish|here|of|the|section|do not edit|don't edit)[\W_]*",
    re.IGNORECASE,
)
WRITTEN = expression(
    r"\b(?:auto(?:matically)?[\s_-]?(?:generated|updated|written|built)|generated\s(?:by|from|with|automatically)|"
    r"(?:do\s?n[o']t|never)\s(?:manually\s)?(?:edit|modify|change)(?!\w)|built\sby\sa\sscript)",
    re.IGNORECASE,
)
# `PAPERS:START`, `START_SECTION:papers`, `BEGIN AUTO LIST`: people write comments for people otherwise.
FOR_MACHINES = expression(
    r"(?-i:[A-Z0-9_:\- ]+)|[\w\-]+:(?:start|end|begin)|(?:start|end|begin)[_-]?\w*:[\w\-]+|[\w\-]*auto[\w\- ]*",
    re.IGNORECASE,
)
SELF_MADE = expression(
    r"\b(?:toc|doctoc|contents?|table of contents|all-contributors|prettier|markdownlint|badge|stats|listlint)\b",
    re.IGNORECASE,
)

# What a script says in the first lines: that it fetches the papers, or to the second when it last did.
FETCHED = expression(
    r"^[>\s*_]{0,4}(?:this|the)\s(?:\w+\s){0,3}?(?:project|repo(?:sitory)?|list|page|file|readme|document|collection)\s"
    r"(?:(?:is|are|will|be|gets|being)\s){0,2}auto(?:matically\s|-)(?:fetch|collect|crawl|gather|retriev|download|scrap|updat|generat)"
    r"(?![^\n.]{0,200}\b(?:hand|manual\w*|curat\w*|select\w*)\b)",
    re.IGNORECASE | re.MULTILINE,
)
STAMPED = expression(
    r"^\W*(?:last[\s-])?updated?(?:\s(?:on|at|time))?[\s:*_]{1,6}\d{4}[-./]\d{1,2}[-./]\d{1,2}[\sT,]{1,3}\d{1,2}:\d\d:\d\d",
    re.IGNORECASE | re.MULTILINE,
)


class Marker:
    """A comment and what it says: `about` names the stretch that it begins or ends."""

    def __init__(self, text: str, span: Span) -> None:
        self.span = span
        self.written = WRITTEN.search(text) is not None
        self.for_machines = FOR_MACHINES.fullmatch(text.strip()) is not None
        self.begins = BEGINS.search(text) is not None
        self.ends = ENDS.search(text) is not None and not self.begins
        self.contents = SELF_MADE.search(text) is not None
        self.about = " ".join(
            re.sub(r"[\W_]+", " ", EDGE_WORDS.sub(" ", WRITTEN.sub(" ", text))).casefold().split()
        )


def generated_spans(tree: Tree) -> tuple[Span, ...]:
    """The stretches that say that a script writes them, tables of contents left out.

    A stretch lies between a comment that begins it and one of the same name that ends it. A comment in the first lines
    that says so of the whole file makes all of it one stretch, and so does a sentence there on how the papers are
    fetched, or the second in which they were.
    """
    text = tree.source.text
    markers = [marker for marker in _markers(tree, text) if not marker.contents]
    head = _head_end(text)
    said = any(one.written and not one.begins and not one.ends and one.span.start < head for one in markers)
    if said or FETCHED.search(text, 0, head) or STAMPED.search(text, 0, head):
        return (Span(0, len(text)),)
    found: list[Span] = []
    opened: Marker | None = None
    for marker in markers:
        if marker.begins and opened is None:
            opened = marker
        elif marker.ends and opened is not None and marker.about == opened.about:
            if opened.written or marker.written or (opened.for_machines and marker.for_machines):
                found.append(Span(opened.span.start, marker.span.end))
            opened = None
    return tuple(found)


def _head_end(text: str) -> int:
    """The end of the lines in which a file says what it is."""
    offset = 0
    for _ in range(HEAD):
        offset = text.find("\n", offset) + 1
        if offset == 0:
            return len(text)
    return offset


def _markers(tree: Tree, text: str) -> Iterator[Marker]:
    """The comments of a list, code left out."""
    if "<!--" not in text and "[//]" not in text:
        return
    code = [node.span for node in _blocks(tree.root) if node.kind in ("fence", "code_block")]
    index = 0
    for match in COMMENT.finditer(text):
        while index < len(code) and code[index].end <= match.start():
            index += 1
        if index < len(code) and code[index].start <= match.start():
            continue
        yield Marker(match["text"] or match["said"] or "", Span(*match.span()))


def _blocks(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        if child.kind in ("list", "item", "quote"):
            yield from _blocks(child)
