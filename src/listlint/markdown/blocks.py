"""The parser's block pass, in which a line is offered only to the rules that its first character can be meant for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block.table import table as stock_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock

    Rule = Callable[[StateBlock, int, int, bool], bool]

__all__ = ["QuickBlocks", "table_rows"]

# What the first line of a rule's block begins with; a rule that is not named may take any line.
FIRST = {
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
SIGNS = frozenset("".join(FIRST.values()))


class _Chain(NamedTuple):
    """Rules in order: by the sign that a line begins with, and those for any other line."""

    by_sign: dict[str, tuple[Rule, ...]]
    rest: tuple[Rule, ...]

    @classmethod
    def of(cls, rules: list[Rule], names: dict[Rule, str]) -> _Chain:
        """The chain of some of the parser's rules."""
        signs = [(rule, FIRST.get(names[rule])) for rule in rules]
        return cls(
            {sign: tuple(rule for rule, first in signs if first is None or sign in first) for sign in SIGNS},
            tuple(rule for rule, first in signs if first is None),
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

    def __init__(self, ruler: Ruler[Rule], names: dict[Rule, str]) -> None:
        super().__init__()
        self._names = list(names.values())
        self._chains: dict[str, list[Rule]] = {
            chain: [_Chain.of(ruler.getRules(chain), names).take]
            for chain in ("paragraph", "reference", "blockquote", "list")
        }

    def getRules(self, chainName: str = "") -> list[Rule]:  # noqa: N802, N803 - the parser's names
        """The rules that may end a block of this kind, as one."""
        return self._chains[chainName]

    def get_active_rules(self) -> list[str]:
        """The names of all rules."""
        return self._names


class QuickBlocks(ParserBlock):
    """The blocks of `ParserBlock`, found by its rules in their order; `ruler` is one that will not change any more."""

    def __init__(self, ruler: Ruler[Rule]) -> None:
        rules = ruler.getRules("")
        names = dict(zip(rules, ruler.get_active_rules(), strict=True))
        self.ruler = _Ends(ruler, names)
        self._blocks = _Chain.of(rules, names)

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


def table_rows(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule for the parser: a table starts and ends where the stock rule says, but is one token.

    Its `meta["rows"]` are its lines as they stand, which the stock rule does not keep.
    """
    if not stock_table(state, start, end, True):
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
