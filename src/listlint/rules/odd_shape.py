"""`odd-shape`: entries unlike their siblings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Severity
from listlint.papers.model import PaperList
from listlint.papers.siblings import levels
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.fields import Fields
    from listlint.papers.model import Entry
    from listlint.papers.siblings import Level, Opening

__all__ = ["odd_shape"]

FEWEST = 8  # siblings that make a habit
FEW = 0.1  # of them are odd at most
KINDS = {
    "link": "a linked title",
    "bold": "bold type",
    "tag": "a tag",
    "image": "a picture",
    "text": "plain words",
}


@rule("ENT005", "odd-shape", on=PaperList, severity=Severity.INFO)
def odd_shape(papers: PaperList, fields: Fields) -> Iterator[Finding]:
    """An entry has the shape that nearly all entries beside it have."""
    entries = {entry.line: entry for entry in papers.entries}
    for node in papers.tree.find("list"):
        if len(node.children) < FEWEST:
            continue
        for level in levels(papers.source, node, fields):
            if len(level.items) < FEWEST or level.is_even(papers.source):
                continue
            if faults := _faults(level):
                found = [entries.get(papers.source.line_of(item.span.start)) for item in level.items]
                if found.count(None) <= len(found) * FEW:
                    yield from _odd(level, found, faults)


def _faults(level: Level) -> dict[Opening, str]:
    """How those of the level's items open that are unlike the rest, each with what is unlike; none where they are many."""
    usual = level.usual
    if usual is None:
        return {}
    faults = {one: _differs(one, usual) for one in dict.fromkeys(level.openings)}
    faults = {one: fault for one, fault in faults.items() if fault}
    odd = sum(one in faults for one in level.openings) if faults else 0
    return faults if odd <= len(level.items) * FEW else {}


def _odd(level: Level, entries: list[Entry | None], faults: dict[Opening, str]) -> Iterator[Finding]:
    count = len(level.items)
    alike = sum(one not in faults for one in level.openings)
    for entry, one in zip(entries, level.openings, strict=True):
        if entry is not None and one in faults and entry.links:
            yield Finding(
                entry.place,
                f'"{entry.title}" {faults[one]}, unlike {alike} of the {count} entries of its list',
            )


def _differs(one: Opening, usual: Opening) -> str:
    """What is unlike, as a clause; nothing where the two are alike."""
    if usual.box and not one.box:
        return "has no checkbox"
    if one.box and not usual.box:
        return "has a checkbox"
    if one.kind != usual.kind and "link" in (one.kind, usual.kind):
        return f"begins with {KINDS[one.kind]} and not with {KINDS[usual.kind]}"
    return ""
