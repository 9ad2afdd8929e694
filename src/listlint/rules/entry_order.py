"""`entry-order`: the entries of a section by year, venue or title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.papers.model import PaperList
from listlint.rule import Option, rule
from listlint.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts
    from listlint.options import Settings
    from listlint.papers.order import Unit

__all__ = ["entry_order"]

_BY = Option(
    "by", str, "year", "what the entries of a list or table are sorted by", ("year", "venue", "title")
)
_ORDER = Option(
    "order",
    str,
    "usual",
    "`usual` is the newest year first, venues and titles from A to Z",
    ("usual", "ascending", "descending"),
)


@rule("ENT006", "entry-order", on=PaperList, default=False, options=(_BY, _ORDER))
def entry_order(papers: PaperList, hosts: Hosts, settings: Settings) -> Iterator[Finding]:
    """The entries of one list or table stand in order."""
    from listlint.papers.order import ordered, runs

    by: str = settings["by"]
    descending = settings["order"] == "descending" or (settings["order"] == "usual" and by == "year")
    for units in runs(papers):
        sorted_units = ordered(units, by, descending=descending, hosts=hosts)
        moved = [(old, new) for old, new in zip(units, sorted_units, strict=True) if old is not new]
        if moved:
            yield _finding(papers, moved, by)


def _finding(papers: PaperList, moved: list[tuple[Unit, Unit]], by: str) -> Finding:
    """The fix puts each unit's text where it belongs; what stands between them stays."""
    edits = tuple(Edit(old.span, papers.source[new.span]) for old, new in moved)
    effect = Effect(removed=len(moved), added=len(moved), repair=True)
    first = moved[0][1].entry
    title = first.title if first is not None else ""
    message = f'{len(moved)} entries are not in the order of their {by}s: "{title}" comes first of them'
    return Finding(moved[0][0].span, message, fix=Fix(edits, f"sort the entries by {by}", effect=effect))
