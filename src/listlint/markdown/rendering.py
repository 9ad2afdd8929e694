"""What a text means to any other reader: the blocks and the HTML of stock CommonMark with GFM tables."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from mdit_py_plugins.front_matter import front_matter_plugin

from listlint.markdown.blocks import table_rows
from listlint.markdown.parser import BLOCK_NESTING, BoundedInline

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["Difference", "difference", "html", "may_have_front_matter", "same_inline"]

_CODE = ("code_block", "fence")
_Definitions = dict[str, tuple[str, str]]


class Difference(NamedTuple):
    """Where two texts part: `line` counts from 1 in the first one, `kind` says what stands there."""

    line: int
    kind: str


def html(text: str) -> str:
    """The HTML of `text`; front matter renders as nothing."""
    return str(_stock(may_have_front_matter(text)).render(text))


def same_inline(one: str, other: str, definitions: _Definitions | None = None) -> bool:
    """Whether two pieces of inline content render alike."""
    references = {
        label: {"href": href, "title": title} for label, (href, title) in (definitions or {}).items()
    }
    env = {"references": references}
    md = _stock(front_matter=False)
    return bool(md.renderInline(one, env) == md.renderInline(other, env))


def difference(before: str, after: str) -> Difference | None:
    """The first block of `before` that `after` renders otherwise, None where both give the same HTML.

    Blocks are compared with their inline content; only content that differs is rendered. Link reference
    definitions count, too: one that no link uses is as much text as any other.
    """
    one, definitions = _read(before)
    other, other_definitions = _read(after)
    if definitions != other_definitions:
        return Difference(1, "link reference definition")
    for mine, theirs in zip(one, other, strict=False):
        if not _alike(mine, theirs, definitions):
            return Difference(mine.map[0] + 1 if mine.map else 1, _name(mine))
    if len(one) != len(other):
        return Difference(before.count("\n") + 1, "last block")
    return None


def _alike(mine: Token, theirs: Token, definitions: _Definitions) -> bool:
    if mine.type in _CODE:
        return theirs.type in _CODE and (mine.info.strip(), mine.content) == (
            theirs.info.strip(),
            theirs.content,
        )
    if (
        mine.type != theirs.type
        or mine.tag != theirs.tag
        or mine.hidden != theirs.hidden
        or mine.attrs != theirs.attrs
    ):
        return False
    if mine.type == "table":
        return _same_table(mine.meta["rows"], theirs.meta["rows"])
    if mine.content == theirs.content:
        return True
    return mine.type == "inline" and same_inline(mine.content, theirs.content, definitions)


def _same_table(mine: list[str], theirs: list[str]) -> bool:
    if len(mine) != len(theirs) or _alignments(mine[1]) != _alignments(theirs[1]):
        return False
    width = len(_alignments(mine[1]))
    pairs = zip(mine[:1] + mine[2:], theirs[:1] + theirs[2:], strict=True)
    return all(row == other or _cells(row, width) == _cells(other, width) for row, other in pairs)


def _alignments(row: str) -> list[tuple[bool, bool]]:
    cells = (cell.strip(" \t") for cell in row.split("|"))
    return [(cell.startswith(":"), cell.endswith(":")) for cell in cells if cell]


def _cells(row: str, width: int) -> list[str]:
    """The cells that the table shows: as many as it has columns."""
    cells = [cell.strip(" \t") for cell in escapedSplit(row.strip(" \t"))]
    if cells[0] == "":
        del cells[0]
    return [*cells, *[""] * width][:width]


def _name(token: Token) -> str:
    return token.type.removesuffix("_open").removesuffix("_close").replace("_", " ")


def _read(text: str) -> tuple[list[Token], _Definitions]:
    env: dict[str, Any] = {}
    tokens = _stock_blocks(may_have_front_matter(text)).parse(text, env)
    references = env.get("references", {})
    return tokens, {label: (found["href"], found["title"]) for label, found in references.items()}


@cache
def _stock(front_matter: bool) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"maxNesting": BLOCK_NESTING}).enable("table")
    md.inline = BoundedInline()
    return md.use(front_matter_plugin) if front_matter else md


@cache
def _stock_blocks(front_matter: bool) -> MarkdownIt:
    md = _stock.__wrapped__(front_matter)
    md.block.ruler.at("table", table_rows, {"alt": ["paragraph", "reference"]})
    md.core.ruler.disable(["inline", "text_join"])
    return md


def may_have_front_matter(text: str) -> bool:
    """Whether the parser's rule for front matter may run: it would take the first lines of a list for it, too."""
    return text.startswith("---")
