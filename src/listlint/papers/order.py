"""The entries of one list or table in the order of their years, venues or titles."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts
    from listlint.markdown.tree import Node
    from listlint.papers.model import Entry, PaperList
    from listlint.source import Source

__all__ = ["Unit", "ordered", "runs"]

YEAR = re.compile(r"(?:19|20)\d\d")
ARTICLES = re.compile(r"(?:a|an|the)\s+", re.IGNORECASE)
NEW_IDS = re.compile(r"(\d\d)(?:0[1-9]|1[0-2])\.\d{4,5}")
EDGES = re.compile(r"^\W+")


class Unit(NamedTuple):
    """What moves together: `span` from the first word to the last, and its entry; None for what is none and stays."""

    span: Span
    entry: Entry | None


def runs(papers: PaperList) -> Iterator[list[Unit]]:
    """The rows of each table and the items of each list, entries with all their lines."""
    starts = {entry.line: entry for entry in papers.entries}
    for table in papers.tree.find("table"):
        rows = [row for row in table.children[1:] if row.kind == "row"]
        counted = _are_counted(papers.source, rows)
        yield [
            Unit(_moving(row, counted=counted), starts.get(papers.source.line_of(row.span.start)))
            for row in rows
        ]
    for node in papers.tree.find("list"):
        units = _units(papers, node, starts)
        if units is not None:
            yield units


def _are_counted(source: Source, rows: list[Node]) -> bool:
    """Whether the first cells of the rows count up or down: numbers of the places, not of the papers."""
    texts = [source[row.children[0].inner].strip(" .)") for row in rows if len(row.children) > 1]
    if len(texts) < len(rows) or not all(text.isdecimal() for text in texts):
        return False
    steps = {int(after) - int(before) for before, after in pairwise(texts)}
    return steps in ({1}, {-1})


def _moving(row: Node, *, counted: bool) -> Span:
    """What of a row moves: all of it, or what stands behind its number."""
    return Span(row.children[0].inner.end, row.span.end) if counted else row.span


def _units(papers: PaperList, node: Node, starts: dict[int, Entry]) -> list[Unit] | None:
    """The items of a list; None where their markers differ in place or width, so that their lines cannot move."""
    source = papers.source
    columns = {
        item.span.start - source.line_span(source.line_of(item.span.start)).start for item in node.children
    }
    widths = {item.inner.start - item.span.start for item in node.children}
    if len(columns) > 1 or len(widths) > 1:
        return None
    units: list[Unit] = []
    for item in node.children:
        end = item.span.start + len(source[item.span].rstrip())
        entry = starts.get(source.line_of(item.span.start))
        if (
            entry is None
            and units
            and units[-1].entry is not None
            and item.span.start < units[-1].entry.span.end
        ):
            if node.ordered:
                return None
            units[-1] = units[-1]._replace(span=Span(units[-1].span.start, end))
        else:
            units.append(Unit(Span(item.inner.start, max(end, item.inner.start)), entry))
    return units


def ordered(units: list[Unit], by: str, *, descending: bool, hosts: Hosts) -> list[Unit]:
    """The units in order; one without the field keeps its place, and equal ones keep their order."""
    keys = [key_of(unit.entry, by, hosts) for unit in units]
    places = [index for index, key in enumerate(keys) if key is not None]
    moved = sorted(places, key=lambda index: keys[index] or (), reverse=descending)
    found = list(units)
    for place, index in zip(places, moved, strict=True):
        found[place] = units[index]
    return found


def key_of(entry: Entry | None, by: str, hosts: Hosts) -> tuple[str, ...] | None:
    """What an entry is sorted by; None where it lacks that."""
    if entry is None:
        return None
    if by == "year":
        year = year_of(entry, hosts)
        return None if year is None else (str(year),)
    if by == "venue":
        return None if entry.venue is None else (entry.venue.name.casefold(), str(entry.venue.year or ""))
    title = EDGES.sub("", entry.title or "")
    return (ARTICLES.sub("", title, count=1).casefold(),) if title else None


def year_of(entry: Entry, hosts: Hosts) -> int | None:
    """The year of the venue, else of the date, else of the arXiv identifier."""
    if entry.venue is not None and entry.venue.year is not None:
        return entry.venue.year
    if entry.date is not None and (match := YEAR.search(entry.date.text)):
        return int(match[0])
    for link in entry.links:
        identity = hosts.read(link.url).identity
        if identity is not None and identity.namespace == "arxiv" and (match := NEW_IDS.match(identity.id)):
            return 2000 + int(match[1])
    return None
