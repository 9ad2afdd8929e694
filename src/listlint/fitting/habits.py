"""Habits that lists keep: how they write venues, links and blocks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listlint.knowledge.knowledge import Knowledge
    from listlint.markdown.tree import Node
    from listlint.papers.model import PaperList

__all__ = ["Habit", "arxiv_links", "bullet", "headings", "numbering", "padding", "rules", "venue_style"]

FEWEST = 3  # times make a habit
PDF = re.compile(r"arxiv\.org/pdf/", re.IGNORECASE)
ABSTRACT = re.compile(r"arxiv\.org/abs/", re.IGNORECASE)
PADDED = re.compile(r"\|[ \t]{2,}\S|\S[ \t]{2,}\||:?-{4,}")
STYLE = "{name} {year}"


class Habit(NamedTuple):
    """The value of a setting, and how often lists do so."""

    value: str
    why: str


def _mostly(counts: Counter[str]) -> str | None:
    """What is done more often than all else together, often enough to be a habit."""
    if not counts:
        return None
    value, number = counts.most_common(1)[0]
    return value if number >= FEWEST and number * 2 > counts.total() else None


def _why(counts: Counter[str], value: str, noun: str) -> str:
    return f"{counts[value]} of {counts.total()} {noun}"


def venue_style(lists: Sequence[PaperList], knowledge: Knowledge) -> Habit | None:
    """How most known venues are written, if not the default way."""
    counts: Counter[str] = Counter()
    for papers in lists:
        for entry in papers.entries:
            for mention in entry.venues:
                read = knowledge.venues.read(mention.text, sure=True)
                if read is not None and read.known and read.year is not None and not read.fixed:
                    style = _style(mention.text, read.base, read.year)
                    counts[style or "other"] += 1
    style = _mostly(counts)
    if style in (None, "other", STYLE):
        return None
    return Habit(str(style), _why(counts, str(style), "venues"))


def _style(text: str, name: str, year: int) -> str | None:
    """The form of which the text is an instance."""
    if text.count(name) != 1 or "{" in text:
        return None
    rest = text.replace(name, "\0")
    for digits, part in ((str(year), "{year}"), (f"{year % 100:02}", "{yy}")):
        if rest.count(digits) == 1:
            form = rest.replace(digits, "\1")
            if not any(char.isalnum() for char in form):
                return form.replace("\0", "{name}").replace("\1", part)
    return None


def arxiv_links(lists: Sequence[PaperList], knowledge: Knowledge) -> Habit | None:  # noqa: ARG001 - every habit takes it
    """Whether most arXiv links lead to the PDF."""
    counts: Counter[str] = Counter()
    for papers in lists:
        for node in papers.tree.find("link", "autolink", "definition"):
            form = "pdf" if PDF.search(node.url) else "abs" if ABSTRACT.search(node.url) else None
            if form is not None:
                counts[form] += 1
    return Habit("pdf", _why(counts, "pdf", "arXiv links")) if _mostly(counts) == "pdf" else None


def _lists(lists: Sequence[PaperList], *, ordered: bool) -> Iterator[tuple[PaperList, Node]]:
    for papers in lists:
        for node in papers.tree.find("list"):
            if node.ordered is ordered:
                yield papers, node


def bullet(lists: Sequence[PaperList], knowledge: Knowledge) -> Habit | None:  # noqa: ARG001 - every habit takes it
    """The marker of most bullets."""
    counts = Counter(
        papers.source.text[item.span.start]
        for papers, node in _lists(lists, ordered=False)
        for item in node.children
    )
    marker = _mostly(counts)
    return Habit(marker, _why(counts, marker, "bullets")) if marker in ("*", "+") else None


def numbering(lists: Sequence[PaperList], knowledge: Knowledge) -> Habit | None:  # noqa: ARG001 - every habit takes it
    """Whether most numbered lists give each item the same number."""
    counts: Counter[str] = Counter()
    for papers, node in _lists(lists, ordered=True):
        numbers = [
            re.match(r"\d+", papers.source.text[item.span.start : item.span.start + 10])
            for item in node.children
        ]
        texts = [int(match[0]) for match in numbers if match]
        if len(texts) > 1:
            same = len(set(texts)) == 1
            counted = texts == list(range(texts[0], texts[0] + len(texts)))
            counts["same" if same else "count" if counted else "keep"] += len(texts)
    value = _mostly(counts)
    return Habit(value, _why(counts, value, "numbered items")) if value in ("same", "keep") else None


def padding(lists: Sequence[PaperList], knowledge: Knowledge) -> Habit | None:  # noqa: ARG001 - every habit takes it
    """Whether most rows of tables are padded until their bars stand below each other."""
    counts: Counter[str] = Counter()
    for papers in lists:
        for table in papers.tree.find("table"):
            rows = [papers.source[row.span] for row in table.children if row.kind == "row"]
            aligned = len({len(row.rstrip()) for row in rows}) == 1 and any(
                PADDED.search(row) for row in rows
            )
            counts["keep" if aligned and len(rows) > 1 else "compact"] += len(rows)
    return Habit("keep", _why(counts, "keep", "rows are padded")) if _mostly(counts) == "keep" else None


def headings(lists: Sequence[PaperList], knowledge: Knowledge) -> Habit | None:  # noqa: ARG001 - every habit takes it
    """Whether most headings are underlined."""
    counts: Counter[str] = Counter()
    for papers in lists:
        for node in papers.tree.find("heading"):
            counts["atx" if papers.source[node.span].lstrip().startswith("#") else "keep"] += 1
    return (
        Habit("keep", _why(counts, "keep", "headings are underlined")) if _mostly(counts) == "keep" else None
    )


def rules(lists: Sequence[PaperList], knowledge: Knowledge) -> Habit | None:  # noqa: ARG001 - every habit takes it
    """Whether most rules between blocks are no `---`."""
    counts: Counter[str] = Counter()
    for papers in lists:
        for node in papers.tree.find("rule"):
            counts["dashes" if papers.source[node.span].strip() == "---" else "keep"] += 1
    return Habit("keep", _why(counts, "keep", "rules")) if _mostly(counts) == "keep" else None
