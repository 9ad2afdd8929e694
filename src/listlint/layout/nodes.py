"""The tokens of a block as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

__all__ = ["Node", "tree"]


class Node:
    """A block, or the inline content of one: its token, the first of two if it holds blocks, and the blocks it holds."""

    __slots__ = ("children", "parent", "token", "type")

    def __init__(self, token: Token, parent: Node | None) -> None:
        self.token = token
        self.type = token.type.removesuffix("_open")
        self.parent = parent
        self.children: list[Node] = []

    @property
    def first(self) -> int:
        """The line on which it starts, from 0."""
        return (self.token.map or (0, 0))[0]

    @property
    def end(self) -> int:
        """The line behind it."""
        return (self.token.map or (0, 0))[1]


def tree(tokens: Sequence[Token]) -> Node:
    """The node of the one block that the tokens make up."""
    found = node = Node(tokens[0], None)
    for token in tokens[1:]:
        if token.nesting < 0:
            node = node.parent or found
        else:
            child = Node(token, node)
            node.children.append(child)
            if token.nesting:
                node = child
    return found
