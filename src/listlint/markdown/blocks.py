"""The parser's block pass, in which a line is offered only to the rules that its first character can be meant for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block.hr import hr
from markdown_it.rules_block.table import table as stock_table

from listlint.expressions import expression
from listlint.markdown.block_state import QuickState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    Rule = Callable[[StateBlock, int, int, bool], bool]

__all__ = ["make_quick", "table_rows"]

OTHER = "\n"  # stands for every sign with which no rule's block begins
# What the first line of a rule's block begins with; a rule that is not named may take any line.
FIRST = {
    "short": f"[{OTHER}",
    "short_late": "*-_+0123456789`<>#~$",
    "fence": "`~",
    "math_block": "$",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "liquid": "{",
    "html_block": "<",
    "heading": "#",
    "reference": "[",
    "front_matter": "-",
}
SIGNS = frozenset("".join(FIRST.values())) - {OTHER}
RULE = expression(r"([-*_])[ \t]*\1")
DASHES = re.compile(r"[|:]|-(?![ \t])")  # begins the row below a table's header
ITEM = expression(r"(?:[-+*]|[0-9]{1,9}[.)])(?![^ \t\n])")
TABS = 4  # columns that make a line code


class _Chain(NamedTuple):
    """Rules in order: by the sign that a line begins with, and those for any other line."""

    by_sign: dict[str, tuple[Rule, ...]]
    rest: tuple[Rule, ...]

    @classmethod
    def of(cls, names: Iterable[str], rules: Iterable[Rule]) -> _Chain:
        """The chain of some of the parser's rules."""
        signs = [(rule, FIRST.get(name)) for name, rule in zip(names, rules, strict=True)]
        return cls(
            {sign: tuple(rule for rule, first in signs if first is None or sign in first) for sign in SIGNS},
            tuple(rule for rule, first in signs if first is None or OTHER in first),
        )

    def take(self, state: StateBlock, line: int, end: int, silent: bool) -> bool:
        """Whether one of the rules takes the line."""
        place = state.bMarks[line] + state.tShift[line]
        sign = state.src[place] if place < len(state.src) else ""
        for rule in self.by_sign.get(sign, self.rest):  # noqa: SIM110 - a generator would cost as much as the rules
            if rule(state, line, end, silent):
                return True
        return False


class _Ends(Ruler["Rule"]):
    """What the parser's rules ask of a ruler: which of them may end a block."""

    def __init__(self, ruler: Ruler[Rule], names: list[str]) -> None:
        super().__init__()
        self._names = names
        name_of = dict(zip(ruler.getRules(""), names, strict=True))
        self._chains: dict[str, list[Rule]] = {}
        for chain in ("paragraph", "reference", "blockquote", "list"):
            rules = ruler.getRules(chain)
            self._chains[chain] = [_Chain.of([name_of[rule] for rule in rules], rules).take]

    def getRules(self, chainName: str = "") -> list[Rule]:  # noqa: N802, N803 - the parser's names
        """The rules that may end a block of this kind, as one."""
        return self._chains[chainName]

    def get_active_rules(self) -> list[str]:
        """The names of all rules."""
        return self._names


class QuickBlocks(ParserBlock):
    """The blocks of `ParserBlock`, found by its rules in their order; `ruler` is one that will not change any more."""

    def __init__(self, ruler: Ruler[Rule]) -> None:
        names = ruler.get_active_rules()
        self.ruler = _Ends(ruler, names)
        self._blocks = _Chain.of(names, ruler.getRules(""))

    def parse(self, src: str, md: MarkdownIt, env: Any, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803 - the parser's name
        """Read `src` into `outTokens`."""
        state = QuickState(src, md, env, outTokens)
        self.tokenize(state, 0, state.lineMax)
        return state.tokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 - the parser's names
        """Read the lines from `startLine` to before `endLine`."""
        line, blank = startLine, False
        take, bound = self._blocks.take, state.md.options["maxNesting"]
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= bound:
                state.line = endLine
                break
            take(state, line, endLine, False)
            state.tight = not blank
            line = state.line
            blank = blank or (line - 1 < endLine and state.isEmpty(line - 1))
            if line < endLine and state.isEmpty(line):
                blank = True
                line += 1
                state.line = line


def make_quick(md: MarkdownIt) -> None:
    """Make a block parser without the `reference` rule quick; a table is one token, as `table_rows` makes it."""
    ruler = md.block.ruler
    ruler.at("table", table_rows, {"alt": ["paragraph", "reference"]})
    ruler.at("hr", _thematic_break, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.before("table", "short", _short_paragraph)
    ruler.before("lheading", "short_late", _short_paragraph)
    md.block = QuickBlocks(ruler)


def _thematic_break(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """The stock rule, where a line begins with two of its signs."""
    start = state.bMarks[line] + state.tShift[line]
    return RULE.match(state.src, start) is not None and hr(state, line, end, silent)


def _short_paragraph(state: StateBlock, line: int, _end: int, _silent: bool) -> bool:
    """A paragraph of one line: behind it comes a blank line, the end, or the next item of a list around it."""
    after = line + 1
    if state.sCount[line] - state.blkIndent >= TABS:
        return False
    if after < state.lineMax:
        place = state.bMarks[after] + state.tShift[after]
        if place < state.eMarks[after]:
            indent = state.sCount[after]
            if not 0 <= indent < state.blkIndent or indent - max(state.listIndent, 0) >= TABS:
                return False
            if ITEM.match(state.src, place) is None:
                return False
    state.parentType = "paragraph"  # as the stock rules leave it
    state.line = after
    state.push("paragraph_open", "p", 1).map = [line, after]
    token = state.push("inline", "", 0)
    token.content = mdTrim(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
    token.map = [line, after]
    token.children = []
    state.push("paragraph_close", "p", -1)
    return True


def table_rows(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule for the parser: a table starts and ends where the stock rule says, but is one token.

    Its `meta["rows"]` are its lines as they stand, which the stock rule does not keep.
    """
    if start + 1 >= end:
        return False
    below = state.bMarks[start + 1] + state.tShift[start + 1]
    if DASHES.match(state.src, below) is None or not stock_table(state, start, end, True):
        return False
    if silent:
        return True
    terminators = state.md.block.ruler.getRules("blockquote")
    line = start + 2
    while (
        line < end and state.blkIndent <= state.sCount[line] < state.blkIndent + 4 and not state.isEmpty(line)
    ):
        if any(rule(state, line, end, True) for rule in terminators):
            break
        line += 1
    token = state.push("table", "table", 0)
    token.map = [start, line]
    rows = range(start, line)
    token.meta = {
        "rows": [state.src[state.bMarks[row] + state.tShift[row] : state.eMarks[row]] for row in rows]
    }
    state.line = line
    return True
