"""The one configuration of the Markdown parser, shared by the tree, the layout and its proof."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core import normalize
from mdit_py_plugins.front_matter import front_matter_plugin

from listlint.expressions import expression
from listlint.markdown.blocks import make_quick

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

__all__ = ["BoundedInline", "block_parser", "new_block_parser", "new_parser", "parser"]

# A list level takes two levels of nesting and two frames of Python's stack; a bracket takes one and four.
BLOCK_NESTING = 450
INLINE_NESTING = 50

LIQUID_LINE = expression(r"\{%[^\n]*%\}\s*$|\{\{<[^\n]*>\}\}\s*$")


class BoundedInline(ParserInline):
    """The parser's inline pass with a nesting bound of its own, which keeps hostile brackets off Python's stack."""

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Read `src` into `tokens`."""
        bound = md.options["maxNesting"]
        md.options["maxNesting"] = INLINE_NESTING
        try:
            return super().parse(src, md, env, tokens)
        finally:
            md.options["maxNesting"] = bound


def new_parser() -> MarkdownIt:
    """CommonMark with GFM tables and strikethrough, front matter, `{% … %}` lines and `$$` blocks.

    Lists are read to a depth of 220, so that those nested deeper than people write do not lose their content.
    """
    options = {"maxNesting": BLOCK_NESTING, "tasklists": False}  # what is not said is looked for at each item
    md = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    md.inline = BoundedInline()
    md.use(front_matter_plugin)
    md.block.ruler.before(
        "paragraph", "liquid", _liquid, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.block.ruler.before(
        "fence", "math_block", _math_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    return md


@cache
def parser() -> MarkdownIt:
    """A shared parser, as `new_parser` makes it."""
    return new_parser()


def new_block_parser(*, front_matter: bool) -> MarkdownIt:
    """The same without the inline pass and without the `reference` rule: definitions stay paragraphs.

    Its tokens are all that the layout needs, and the first half of what the tree needs. `front_matter` is for texts
    that begin with it: the rule would also take a `---` behind a bullet on the first line.
    """
    md = new_parser()
    md.core.ruler.at("normalize", _normalise)
    md.core.ruler.disable(["inline", "text_join"])
    md.block.ruler.disable("reference" if front_matter else ["reference", "front_matter"])
    return md


@cache
def block_parser(front_matter: bool) -> MarkdownIt:
    """A shared one, as `new_block_parser` makes it, and quick; a table is one token, as `table_rows` makes it."""
    md = new_block_parser(front_matter=front_matter)
    make_quick(md)
    return md


def _normalise(state: StateCore) -> None:
    """The stock rule, where there is anything to do."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _liquid(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """A line that is nothing but one `{% … %}` tag (GitBook, Jekyll) or `{{< … >}}` (Hugo) is a block of its own."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(("{%", "{{<"), start):
        return False
    line = state.src[start : state.eMarks[start_line]]
    if not LIQUID_LINE.match(line):
        return False
    if silent:
        return True
    _push(state, start_line, start_line + 1, "liquid")
    return True


def _math_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Lines from one that begins with `$$` to one that ends with it, or the end of the block, are one block."""
    if state.is_code_block(start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith("$$", start):
        return False
    last = _math_end(state, start_line, end_line)
    if last is None:
        return False
    if silent:
        return True
    _push(state, start_line, last + 1, "math")
    return True


def _push(state: StateBlock, start_line: int, after: int, info: str) -> None:
    """Take the lines as they are, as raw HTML is taken."""
    state.line = after
    token = state.push("html_block", "", 0)
    token.map = [start_line, after]
    token.content = state.getLines(start_line, after, state.blkIndent, True)
    token.info = info


def _math_end(state: StateBlock, start_line: int, end_line: int) -> int | None:
    """The line that closes the block: None where none does, or where a line falls out of the enclosing block."""
    first = state.src[
        state.bMarks[start_line] + state.tShift[start_line] + 2 : state.eMarks[start_line]
    ].rstrip()
    if first:
        return start_line if first.endswith("$$") and len(first) > 2 else None  # noqa: PLR2004 - `$$` alone
    for line in range(start_line + 1, end_line):
        if state.sCount[line] < state.blkIndent:
            return None
        text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()
        if text.endswith("$$"):
            return line
    return None
