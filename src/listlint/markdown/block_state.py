"""The state of the parser's block pass, in which lines are measured and tokens are made with less ado."""

from __future__ import annotations

from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, cast

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

__all__ = ["QuickState"]

BLANKS = " \t"
NOTHING = cast("dict[Any, Any]", MappingProxyType({}))
TAB = 4


class _BlockToken(Token):
    """A block's token; what few of them have stands in the class until it is set."""

    attrs: dict[str, str | int | float] = NOTHING
    map: list[int] | None = None
    children: list[Token] | None = None
    content: str = ""
    markup: str = ""
    info: str = ""
    meta: dict[Any, Any] = NOTHING
    block: bool = True
    hidden: bool = False

    def __init__(self, kind: str, tag: str, nesting: Literal[-1, 0, 1], level: int) -> None:
        self.type = kind
        self.tag = tag
        self.nesting = nesting
        self.level = level


class QuickState(StateBlock):
    """As `StateBlock`, whose tokens are quick to make."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        if not lines[-1].strip(BLANKS):
            lines.pop()
        starts = list(accumulate([len(line) + 1 for line in lines], initial=0))
        self.lineMax = len(lines)
        self.bMarks = [*starts[:-1], len(src)]
        self.eMarks = [start - 1 for start in starts[1:]]
        self.eMarks.append(len(src))
        self.tShift, self.sCount, self.bsCount = ([0] * len(starts) for _ in range(3))
        for number, line in enumerate(lines):
            if line[:1] in BLANKS and line:
                width = len(line) - len(line.lstrip(BLANKS))
                self.tShift[number] = width
                self.sCount[number] = len(line[:width].expandtabs(TAB))

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Add a token to those that were found."""
        level = self.level
        if nesting < 0:
            self.level = level = level - 1
        elif nesting > 0:
            self.level = level + 1
        token = _BlockToken(ttype, tag, nesting, level)
        self.tokens.append(token)
        return token
