"""`fix` on spoilt lists: it comes through, is done after one run, and keeps every entry but for what its fixes declare."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from listlint.check import Checker
from listlint.findings import Safety
from listlint.fixer import Fixer
from listlint.fixing import Fixing
from listlint.knowledge.knowledge import Knowledge
from listlint.layout import LayoutOptions
from listlint.options import Options
from listlint.papers.read import read_list
from listlint.rules import chosen
from listlint.run import Run
from listlint.source import Source
from listlint.world import World
from mutations import mutated

if TYPE_CHECKING:
    from listlint.check import Found
    from listlint.files import FileProblem
    from listlint.findings import Fix
    from listlint.papers.model import Entry, PaperList

KNOWLEDGE = Knowledge()
OPTIONS = Options()
RULES = chosen(OPTIONS.choice)
CHECKER = Checker(RULES, KNOWLEDGE, OPTIONS, World())
# A draw from a large list is slow the first time, and no fault.
IN_SHORT = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
AT_LENGTH = settings(IN_SHORT, max_examples=2000)


def told(entry: Entry) -> dict[str, object]:
    """What an entry says, by field, without its places."""
    return {
        "title": entry.title,
        "links": [(one.role, one.url, one.label) for one in entry.links],
        "venue": entry.venue and (entry.venue.text, entry.venue.name, entry.venue.year),
        "date": entry.date and entry.date.text,
        "read": entry.read,
        "section": entry.section.path,
        "bibtex": entry.bibtex and (entry.bibtex.key, entry.bibtex.fields),
        **{
            name: [one.text for one in getattr(entry, name)]
            for name in ("institutions", "authors", "keywords", "notes", "marks")
        },
    }


@dataclass
class Rounds:
    """What the fixer saw: each state of the list, with the fixes that it might make there."""

    unsafe: bool
    states: list[tuple[PaperList, list[Fix]]] = field(default_factory=list)

    def __call__(self, papers: PaperList) -> list[Found]:
        found = CHECKER.check_list(papers)
        fixes = [one.finding.fix for one in found if one.finding.fix is not None]
        self.states.append((papers, [one for one in fixes if self.unsafe or one.safety is Safety.SAFE]))
        return found


def touched(papers: PaperList, fix: Fix) -> set[int]:
    """The lines that a fix edits."""
    line = papers.source.line_of
    return {number for one in fix.edits for number in range(line(one.span.start), line(one.span.end) + 1)}


def keeps_entries(before: PaperList, after: PaperList, fixes: list[Fix]) -> None:
    """Assert that every entry came through, but for the fields that a fix on its lines declares."""
    edited = [(touched(before, one), one.effect) for one in fixes]
    if any(effect.repair or effect.added or effect.removed for _, effect in edited):
        left = iter([{**told(one), "section": ()} for one in after.entries])
        for entry in before.entries:
            lines = set(range(entry.line, entry.end_line + 1))
            if not any(lines & one for one, _ in edited):
                said = {**told(entry), "section": ()}
                assert any(said == one for one in left), entry.title
        return
    revealed = sum(effect.reveals for _, effect in edited)
    assert len(before.entries) <= len(after.entries) <= len(before.entries) + revealed
    if len(before.entries) != len(after.entries):
        return
    for old, new in zip(before.entries, after.entries, strict=True):
        lines = set(range(old.line, old.end_line + 1))
        declared = {name for one, effect in edited if lines & one for name in effect.fields}
        declared |= {"section"} & {name for _, effect in edited for name in effect.fields}
        one, other = told(old), told(new)
        assert {name for name in one if one[name] != other[name]} <= declared, (one, other)


def keeps(text: str, *, unsafe: bool = False) -> None:
    """Assert that `fix` keeps the entries of `text`, round by round."""
    rounds = Rounds(unsafe)
    fixer = Fixer(KNOWLEDGE, rounds, unsafe, LayoutOptions())
    result = fixer.fix(read_list(Source("a.md", text), KNOWLEDGE))
    assert not any("come to rest" in reason for reason in result.refused), result.refused
    for (before, fixes), (after, _) in zip(rounds.states, rounds.states[1:], strict=False):
        keeps_entries(before, after, fixes)


def run_fix(text: str, *, unsafe: bool) -> tuple[str, list[FileProblem]]:
    """What the command would write."""
    run = Run(OPTIONS, RULES, stdin=("a.md", text.encode("utf-8", "surrogatepass")))
    outcome = Fixing(run, unsafe).fix(["-"])
    _, after = outcome.changed.get("a.md", (b"", text.encode()))
    return after.decode(), outcome.problems + outcome.refused


COMMENT_IN_A_TABLE = "| Model | Paper | Date | Org |\n| --- | --- | --- | --- |\n[//]: # (a comment)\n"
INDENTED_DASHES = "\n|Date|Title|Paper|Code|Recom|\n    |:---:|:---:|:---:|:---:|:---:|\n"


def rests(text: str, *, unsafe: bool) -> None:
    """Assert that a second run has nothing to do."""
    after, said = run_fix(text, unsafe=unsafe)
    assert not any("come to rest" in str(one) for one in said), said
    again, _ = run_fix(after, unsafe=unsafe)
    assert again == after


@IN_SHORT
@given(mutated())
@example(COMMENT_IN_A_TABLE)
@example(INDENTED_DASHES)
def test_spoilt_lists_keep_their_entries(text: str) -> None:
    keeps(text)


@IN_SHORT
@given(mutated(), st.booleans())
@example(COMMENT_IN_A_TABLE, False)
@example(INDENTED_DASHES, False)
def test_spoilt_lists_need_one_run(text: str, unsafe: bool) -> None:
    rests(text, unsafe=unsafe)


@pytest.mark.long
@AT_LENGTH
@given(mutated())
def test_spoilt_lists_keep_their_entries_at_length(text: str) -> None:
    keeps(text)


@pytest.mark.long
@AT_LENGTH
@given(mutated(), st.booleans())
def test_spoilt_lists_need_one_run_at_length(text: str, unsafe: bool) -> None:
    rests(text, unsafe=unsafe)
