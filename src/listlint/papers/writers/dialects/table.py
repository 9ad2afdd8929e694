"""A row a paper, a column for each field that any of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.model import Role
from listlint.papers.writers.markdown import cell
from listlint.papers.writers.parts import (
    KEYS,
    comments,
    given,
    keyword,
    labelled,
    lead,
    link,
    linked_title,
    notes,
    other_links,
    title,
    venues,
)
from listlint.papers.writers.written import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.papers.writers.paper import Order, PaperLink

__all__ = ["write"]

# Roles with a column of their own; in the others' columns a reader would look for text.
COLUMNS = (
    Role.PAPER,
    Role.CODE,
    Role.PROJECT,
    Role.SLIDES,
    Role.VIDEO,
    Role.BLOG,
    Role.DATA,
    Role.DEMO,
    Role.FOLLOWUP,
)


def write(orders: Sequence[Order], level: int) -> Written:  # noqa: ARG001 - every dialect takes it
    """Write a table with the columns that its rows need."""
    rows = [_cells(order) for order in orders]
    plain = any(linked_title(order) is None for order in orders) or any("Paper" in row for row in rows)
    names = [name for name in _names() if any(row.get(name) for row in rows)]
    heads = ["Title" if plain else "Paper", *names]
    written = Written([f"| {' | '.join(heads)} |", f"| {' | '.join('---' for _ in heads)} |"])
    for order, row in zip(orders, rows, strict=True):
        first = lead(order) + title(order)
        cells = [cell(one) for one in (first, *(row.get(name, "") for name in names))]
        cells[-1] += comments(order)
        written.add([f"| {' | '.join(cells)} |"])
    return written


def _names() -> list[str]:
    """All columns but the title's, in order."""
    return [
        "Authors",
        "Keywords",
        "Institution",
        "Venue",
        "Date",
        *(KEYS[role] for role in COLUMNS),
        "Links",
        "Notes",
    ]


def _cells(order: Order) -> dict[str, str]:
    """The cells behind the title, by column."""
    paper, row = order.paper, {}
    row["Authors"] = ", ".join(given(paper.authors, order))
    row["Keywords"] = "; ".join(keyword(one) for one in paper.keywords)
    row["Institution"] = ", ".join(given(paper.institutions, order))
    row["Venue"] = ", ".join(venues(order))
    row["Date"] = paper.date.markdown if paper.date is not None and not paper.date.held else ""
    for one in other_links(order):
        name, text = _place(one)
        row[name] = f"{row[name]}, {text}" if row.get(name) else text
    said = notes(order)
    row["Notes"] = "<br>".join(f"({one})" for one in said) if order.effort.bold else "<br>".join(said)
    return {name: text for name, text in row.items() if text}


def _place(one: PaperLink) -> tuple[str, str]:
    """A link's column and text. A bare address is read in no column of links."""
    if one.names_venue:
        return "Venue", link(one)
    if one.role in COLUMNS and one.label.text:
        return KEYS[one.role], link(one)
    return "Links", labelled(one, keyed=False)
