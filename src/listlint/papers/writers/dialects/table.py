"""A row a paper, a column for each field that any of them has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.model import Role
from listlint.papers.writers.markdown import cell
from listlint.papers.writers.parts import (
    KEYS,
    comments,
    given,
    is_remark,
    keywords,
    labelled,
    lead,
    link,
    linked_title,
    notes,
    other_links,
    places,
    title,
    venues,
)
from listlint.papers.writers.written import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.papers.writers.paper import Order, PaperLink

__all__ = ["write"]

TITLE = ""
FIRST = ("Authors", "Keywords", "Institution", "Venue", "Date")
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

LINKS = (*(KEYS[role] for role in COLUMNS), "Links")


def write(orders: Sequence[Order], level: int) -> Written:  # noqa: ARG001 - every dialect takes it
    """Write a table with the columns that its rows need."""
    rows = [_cells(order) for order in orders]
    plain = any(linked_title(order) is None for order in orders) or any("Paper" in row for row in rows)
    names = _columns(rows)
    heads = ["Title" if plain else "Paper", *names]
    written = Written([f"| {' | '.join(heads)} |", f"| {' | '.join('---' for _ in heads)} |"])
    for order, row in zip(orders, rows, strict=True):
        cells = [cell(one) for one in (row[TITLE], *(row.get(name, "") for name in names))]
        cells[-1] += comments(order)
        written.add([f"| {' | '.join(cells)} |"])
    return written


def _columns(rows: Sequence[dict[str, str]]) -> list[str]:
    """The columns that any row has, behind the title's; those of links in the order that most rows give them."""
    places: dict[str, list[float]] = {name: [] for name in LINKS}
    for row in rows:
        names = [name for name in row if name in places]
        for place, name in enumerate(names):
            places[name].append(place / len(names))
    links = [name for name in LINKS if places[name]]
    links.sort(key=lambda name: sum(places[name]) / len(places[name]))
    return [name for name in (*FIRST, *links, "Notes") if any(name in row for row in rows)]


def _cells(order: Order) -> dict[str, str]:
    """The cells by column; links in their order."""
    paper, said = order.paper, notes(order)
    row = {TITLE: lead(order) + title(order)}
    if order.effort.bare and is_remark(order, said):
        row[TITLE] += f": {said.pop()}"
    row["Authors"] = ", ".join(given(paper.authors, order))
    row["Keywords"] = "; ".join(keywords(order))
    row["Institution"] = places(order)
    row["Venue"] = ", ".join(venues(order))
    row["Date"] = paper.date.markdown if paper.date is not None and not paper.date.held else ""
    for one in other_links(order):
        apart = not (order.effort.plain or order.effort.together)
        name, text = _place(one) if apart else ("Links", labelled(one, keyed=False))
        row[name] = f"{row[name]}, {text}" if row.get(name) else text
    row["Notes"] = "<br>".join(_told(one, order) for one in said)
    return {name: text for name, text in row.items() if text or name == TITLE}


def _told(note: str, order: Order) -> str:
    """A note, told to be one where it would be taken for a venue or a place."""
    if not order.effort.bold:
        return note
    return f"Note: {note}" if order.effort.keyed else f"({note})"


def _place(one: PaperLink) -> tuple[str, str]:
    """A link's column and text. A bare address is read in no column of links."""
    if one.names_venue:
        return "Venue", link(one)
    if one.role in COLUMNS and one.label.text:
        return KEYS[one.role], link(one)
    return "Links", labelled(one, keyed=False)
