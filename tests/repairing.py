"""Runs `fix` on damaged lists and says what became of them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from listlint.check import Checker
from listlint.fixer import Fixer
from listlint.knowledge.knowledge import Knowledge
from listlint.layout import LayoutOptions
from listlint.options import Options
from listlint.papers.read import read_list
from listlint.rules import chosen
from listlint.source import Source
from listlint.world import World

if TYPE_CHECKING:
    from damage import Damage
    from listlint.papers.model import PaperList

__all__ = ["Outcome", "Repairer"]

NEAR = 2  # lines: a row torn in two is reported on either of its lines
CODES = frozenset({"TBL001", "TBL002", "TBL003", "TBL005", "TBL006", "ENT010", "ENT011", "LNK005", "LNK007"})
FIELDS = ("title", "authors", "institutions", "keywords", "notes", "read")


class Outcome(Enum):
    """`SAME`: other characters, the same entries. `MISSED`: nothing said and nothing changed."""

    RESTORED = "restored"
    REPORTED = "reported"
    SAME = "same"
    MISSED = "missed"
    WORSE = "worse"


def words(papers: PaperList) -> list[tuple[object, ...]]:
    """What the entries say."""
    found = []
    for entry in papers.entries:
        fields = [
            [one.text for one in value] if isinstance(value := getattr(entry, name), tuple) else value
            for name in FIELDS
        ]
        venue = entry.venue and (entry.venue.name, entry.venue.year)
        found.append((*fields, venue, [(link.role, link.url) for link in entry.links], entry.section.path))
    return found


class Repairer:
    """Runs the default rules, and the layout, on one text after another."""

    def __init__(self) -> None:
        self.knowledge = Knowledge()
        options = Options()
        self.checker = Checker(chosen(options.choice), self.knowledge, options, World())
        self.said: list[str] = []

    def read(self, text: str) -> PaperList:
        """The papers of a text."""
        return read_list(Source("list.md", text), self.knowledge)

    def fixed(self, text: str) -> str:
        """The text after `fix`."""
        fixer = Fixer(self.knowledge, self.checker.check_list, False, LayoutOptions())
        result = fixer.fix(self.read(text))
        self.said = list(result.refused)
        return result.papers.source.text

    def repair(self, damage: Damage) -> tuple[Outcome, str]:
        """What became of a damage, and the text after `fix`."""
        text = self.fixed(damage.text)
        if text == damage.clean:
            return Outcome.RESTORED, text
        after = self.read(text)
        found = [
            (after.source.line_of(one.finding.span.start), one) for one in self.checker.check_list(after)
        ]
        near = [one for line, one in found if abs(line - damage.line) <= NEAR and one.rule.code in CODES]
        self.said += [f"{one.rule.name}: {one.finding.message}" for one in near]
        said = words(after)
        if said == words(self.read(damage.clean)):
            return Outcome.SAME, text
        if text != damage.text and said != words(self.read(damage.text)):
            return Outcome.WORSE, text
        return Outcome.REPORTED if near else Outcome.MISSED, text
