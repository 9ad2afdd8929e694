"""A text's top-level blocks, ready to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listlint.markdown.parser import block_parser
from listlint.markdown.rendering import may_have_front_matter

if TYPE_CHECKING:
    from markdown_it.token import Token

    from listlint.layout.lines import Lines

__all__ = ["Block", "read_blocks"]


class Block(NamedTuple):
    """A top-level block: its tokens and its lines, from 0, `end` exclusive, blank ones at its end not counted."""

    tokens: list[Token]
    start: int
    end: int

    @property
    def kind(self) -> str:
        """The type of its node: `paragraph`, `bullet_list`, `html_block` and so on."""
        return self.tokens[0].type.removesuffix("_open")

    @property
    def depth(self) -> int:
        """How deep its deepest token is nested."""
        return max(token.level for token in self.tokens)


def read_blocks(lines: Lines) -> list[Block]:
    """The blocks of `lines` in order; every line that is not blank belongs to one."""
    blocks: list[Block] = []
    open_at = 0
    text = "\n".join(lines.content) + "\n"
    tokens = block_parser(may_have_front_matter(text)).parse(text)
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            blocks.append(_block(tokens[open_at : index + 1], lines))
            open_at = index + 1
    return blocks


def _block(tokens: list[Token], lines: Lines) -> Block:
    start, end = tokens[0].map or (0, 0)
    end = min(end, len(lines.content))
    if tokens[0].type not in ("html_block", "fence"):  # blank lines may be theirs where they are never closed
        while end > start + 1 and not lines.content[end - 1].strip(" \t"):
            end -= 1
    return Block(tokens, start, end)
