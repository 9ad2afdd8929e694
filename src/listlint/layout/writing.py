"""Blocks written back in canonical form, their inline content verbatim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.layout.nodes import tree
from listlint.layout.tables import compact
from listlint.markdown.rendering import same_inline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from listlint.layout.lines import Lines
    from listlint.layout.nodes import Node
    from listlint.layout.options import LayoutOptions
    from listlint.layout.reading import Block
    from listlint.touched import Touched

    Write = Callable[[Node, "Writer"], str]

__all__ = ["LISTS", "Stay", "Writer"]

LISTS = ("bullet_list", "ordered_list")
_CLOSING_HASHES = re.compile(r"(?:^|[ \t])#+$")
_UNTIDY = re.compile(r"^[ \t]+|(?<![ \t\n]) $", re.MULTILINE)
_BEFORE_LINE = re.compile(r"^[ \t]+(?=[^\s\-+*_=#>`~<|:{$\d]|\*\*?\w|\d++[^\d.)])", re.MULTILINE)
_LONE_SPACE = re.compile(r"(?<![ \t\n]) $", re.MULTILINE)
# A check of a paragraph longer than people write could take as long as its brackets are many.
_LONGEST_TIDY = 20_000
_TICKS = re.compile(r"`+")


class Stay(Exception):  # noqa: N818 - it is an answer, no error
    """A block stays as it is; the message is the reason, one clause."""


class Writer:
    """Writes the blocks of one text."""

    def __init__(self, lines: Lines, options: LayoutOptions, touched: Touched | None) -> None:
        self.lines = lines
        self.options = options
        self.touched = touched
        self.marker = ""
        self.after_list = False
        self.dashes = True

    def write(self, block: Block, before: Block | None, marker: str) -> tuple[str, str]:
        """The text of `block`, without a last line ending, and the marker it used if it is a list.

        `before` is the block right before it, and `marker` the one it was written with. Raises Stay.
        """
        if block.kind == "front_matter" or (block.kind == "hr" and before is None):
            # A first line of dashes is, or may become, the start of front matter.
            self.dashes = block.kind != "hr" or block.tokens[0].markup[0] != "-"
            raise Stay("")
        self.after_list = before is not None and before.kind in LISTS
        same = before is not None and before.kind == block.kind
        self.marker = self.next_marker(block.kind, marker if same else "")
        if block.kind in LISTS and self.touched and not self.touched.has_all(block.start + 1, block.end):
            self.marker = block.tokens[0].markup
        return self.text(tree(block.tokens)), self.marker if block.kind in LISTS else ""

    def text(self, node: Node) -> str:
        """The text of a block or of its inline content."""
        return _WRITERS[node.type](node, self)

    def next_marker(self, kind: str, previous: str) -> str:
        """The marker of a list of this kind right after one with the marker `previous`: they stay two lists."""
        if kind == "bullet_list":
            first = self.options.bullet
            return first if previous != first else "*" if first == "-" else "-"
        if kind == "ordered_list":
            return "." if previous != "." else ")"
        return ""

    def separator(self, before: Node, after: Node, *, spaced: bool) -> str:
        """What stands between two blocks: one blank line where there were any, and in `spaced` places always.

        In lists a blank line more or less would show. HTML and templates keep touching what they touch.
        """
        if self.blank_between(before, after) or (spaced and "html_block" not in (before.type, after.type)):
            return "\n\n"
        return "\n"

    def blank_between(self, before: Node, after: Node) -> bool:
        """Whether a blank line parts two siblings in the source."""
        return after.first > before.first + 1 and self.lines.is_blank(after.first - 1)


def _blocks(nodes: Sequence[Node], writer: Writer, *, spaced: bool) -> str:
    """Siblings one after the other, each knowing which list stood right before it."""
    pieces: list[str] = []
    kept, previous = writer.marker, ""
    for index, node in enumerate(nodes):
        if index:
            pieces.append(writer.separator(nodes[index - 1], node, spaced=spaced))
        writer.after_list = index > 0 and nodes[index - 1].type in LISTS
        same = index > 0 and nodes[index - 1].type == node.type
        writer.marker = previous = writer.next_marker(node.type, previous if same else "")
        pieces.append(writer.text(node))
    writer.marker = kept
    return "".join(pieces)


def _inline(node: Node, _writer: Writer) -> str:
    return node.token.content


def _paragraph(node: Node, _writer: Writer) -> str:
    """Its lines as they are; spaces that no rendering shows go from their ends where that is sure."""
    text = node.children[0].token.content
    if len(text) > _LONGEST_TIDY or "\n" not in text or not _UNTIDY.search(text) or _defines(text):
        return text
    tidy = _LONE_SPACE.sub("", _BEFORE_LINE.sub("", text))
    return tidy if tidy != text and same_inline(text, tidy) else text


def _heading(node: Node, writer: Writer) -> str:
    text = node.children[0].token.content
    level = int(node.token.tag[1:])
    setext = node.token.markup in ("=", "-")
    if setext and (writer.options.headings == "keep" or _must_stay_setext(text)):
        underline = writer.lines.content[node.end - 1].strip(" \t>")
        return f"{text}\n{underline}"
    closing = " #" if _CLOSING_HASHES.search(text) else ""
    return f"{'#' * level} {text}{closing}" if text else "#" * level


def _defines(text: str) -> bool:
    return text.startswith("[") and "]:" in text


def _must_stay_setext(text: str) -> bool:
    return "\n" in text or _defines(text) or _CLOSING_HASHES.search(text) is not None


def _rule(node: Node, writer: Writer) -> str:
    """Three characters, and in a list none that could be its markers."""
    parent, mark = node.parent, node.token.markup[0]
    if parent is None:
        return "---" if writer.dashes and writer.options.rules == "dashes" else mark * 3
    if parent.type == "list_item" and parent.children[0] is node:
        return "___"
    return mark * 3


def _fence(node: Node, _writer: Writer) -> str:
    content, info = node.token.content, node.token.info.strip(" \t")
    if node.end - node.first < content.count("\n") + 2:
        raise Stay("a code fence is never closed")
    mark = node.token.markup
    if mark[0] == "~" and "`" not in info:
        mark = "`" * max(len(mark), 1 + max(map(len, _TICKS.findall(content)), default=0))
    gap = " " if info.startswith(mark[0]) else ""
    return f"{mark}{gap}{info}\n{content}{mark}"


def _code_block(node: Node, writer: Writer) -> str:
    """Indented code stays so, except after a list, into which it would slip."""
    content = node.token.content.removesuffix("\n")
    if writer.after_list:
        mark = "`" * max(3, 1 + max(map(len, _TICKS.findall(content)), default=0))
        return f"{mark}\n{content}\n{mark}"
    return "\n".join(f"    {line}" if line else "" for line in content.split("\n"))


def _html_block(node: Node, _writer: Writer) -> str:
    return node.token.content.removesuffix("\n")


def _table(node: Node, writer: Writer) -> str:
    rows: list[str] = node.token.meta["rows"]
    if writer.options.tables == "keep":
        return "\n".join(rows)
    written = compact(rows)
    if isinstance(written, str):
        raise Stay(written)
    return "\n".join(written)


def _blockquote(node: Node, writer: Writer) -> str:
    text = _blocks(node.children, writer, spaced=True)
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


def _list_item(node: Node, writer: Writer) -> str:
    return _blocks(node.children, writer, spaced=False)


def _list(node: Node, writer: Writer) -> str:
    marker = writer.marker
    first = int(node.token.attrs.get("start", 1))
    pieces = []
    for index, item in enumerate(node.children):
        if index:
            pieces.append(writer.separator(node.children[index - 1], item, spaced=False))
        number = ""
        if node.type == "ordered_list":
            number = {"count": str(first + index), "same": str(first), "keep": item.token.info}[
                writer.options.ordered
            ]
        writer.marker = marker
        pieces.append(_indented(f"{number}{marker}", writer.text(item)))
    writer.marker = marker
    return "".join(pieces)


def _indented(marker: str, text: str) -> str:
    first, *rest = text.split("\n")
    indent = " " * (len(marker) + 1)
    lines = [f"{marker} {first}" if first else marker, *(indent + line if line else "" for line in rest)]
    return "\n".join(lines)


_WRITERS: Mapping[str, Write] = {
    "inline": _inline,
    "paragraph": _paragraph,
    "heading": _heading,
    "hr": _rule,
    "fence": _fence,
    "code_block": _code_block,
    "html_block": _html_block,
    "table": _table,
    "blockquote": _blockquote,
    "list_item": _list_item,
    "bullet_list": _list,
    "ordered_list": _list,
}
