"""Comments in a list that silence rules, each with where it holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.findings import Suppression

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.findings import Finding
    from listlint.papers.model import PaperList
    from listlint.rule import Rule

__all__ = ["Range", "Suppressions"]

COMMENT = expression(
    r"<!--\s*listlint-ignore(-start|-end|-file)?(?![\w-])\s*([^:<>]*?)\s*(?::\s*(.*?))?\s*-->", re.DOTALL
)
WORDS = re.compile(r"[\s,]+")


class Range:
    """A suppression, the lines on which it holds (from 1, both inside), and the rules that it has silenced."""

    def __init__(self, suppression: Suppression, first: int, last: int) -> None:
        self.suppression = suppression
        self.first = first
        self.last = last
        self.used: set[str] = set()


class Suppressions:
    """The suppressions of one list; `ranges` are those that were read before. `silenced` counts the findings that they hold back."""

    def __init__(self, papers: PaperList, ranges: Iterable[Range] | None = None) -> None:
        self.papers = papers
        self.silenced = 0
        self.ranges: list[Range] = list(ranges or ())
        if ranges is None and "listlint-ignore" in papers.source.text:
            self._read(papers)

    def _read(self, papers: PaperList) -> None:
        last_line = len(self.papers.source.line_starts)
        entry_ends = {entry.line: entry.end_line for entry in papers.entries}
        open_ranges: list[Range] = []
        for node in papers.tree.find("html", "html_block"):
            for match in COMMENT.finditer(self.papers.source[node.span]):
                start = node.span.start + match.start()
                line = self.papers.source.line_of(start)
                words = tuple(word for word in WORDS.split(match[2]) if word)
                span = type(node.span)(start, node.span.start + match.end())
                suppression = Suppression(span, words, match[3] or "")
                kind = match[1]
                if kind == "-end":
                    if open_ranges:
                        open_ranges.pop().last = line
                    continue
                one = Range(suppression, line, entry_ends.get(line, line))
                if kind == "-file":
                    one.first, one.last = 1, last_line
                elif kind == "-start":
                    one.last = last_line
                    open_ranges.append(one)
                self.ranges.append(one)

    def silence(self, rule: Rule, finding: Finding) -> bool:
        """Whether the finding is silenced; what silences it counts as used."""
        if not self.ranges:
            return False
        line = self.papers.source.line_of(finding.span.start)
        silenced = False
        for one in self.ranges:
            if one.first <= line <= one.last:
                for word in one.suppression.rules or ("",):
                    if not word or word.lower() == rule.name or rule.code.startswith(word.upper()):
                        one.used.add(word)
                        silenced = True
        self.silenced += silenced
        return silenced

    def unused(self) -> list[Suppression]:
        """The suppressions that silenced nothing; of one that names several rules, those that did not."""
        found = []
        for one in self.ranges:
            idle = tuple(word for word in one.suppression.rules if word not in one.used)
            if idle or (not one.suppression.rules and not one.used):
                found.append(
                    Suppression(one.suppression.span, one.suppression.rules, one.suppression.reason, idle)
                )
        return found
