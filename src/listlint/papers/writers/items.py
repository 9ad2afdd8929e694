"""Papers as items of lists: all in one line, or with their fields in items below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.writers.markdown import code, line_start
from listlint.papers.writers.parts import (
    BADGE,
    bars,
    comments,
    given,
    is_badge,
    is_remark,
    is_reversed,
    keyed_lines,
    keywords,
    labelled,
    lead,
    linked_title,
    notes,
    other_links,
    places,
    title,
    venues,
)

if TYPE_CHECKING:
    from listlint.papers.writers.paper import Order

__all__ = ["item", "nested_item"]


def item(order: Order, checkbox: str = "") -> list[str]:
    """The paper in one line; what cannot be told there stands below it."""
    if order.effort.keyed:
        return _with_lines(order, checkbox, list(keyed_lines(order)))
    paper, said = order.paper, notes(order)
    head = title(order)
    behind = is_remark(order, said)
    if behind:
        head += f": {said.pop(0)}"
    links = [labelled(one, keyed=False) for one in other_links(order) if not is_reversed(one)]
    brackets = linked_title(order) is None
    if brackets:
        head += "".join(f" \\[{one}]" for one in links)
    parts = [
        head,
        ", ".join(given(paper.authors, order)),
        places(order),
        ", ".join(venues(order)),
        paper.date.markdown if paper.date is not None and not paper.date.held else "",
        " ".join(one.markdown if is_badge(one) else code(one.text) for one in paper.keywords if not one.held),
        *([] if brackets else [" ".join(links)]),
    ]
    line = lead(order, checkbox) + " | ".join(part for part in parts if part) + bars(order)
    return [f"- {line_start(line) if not checkbox else line}{comments(order)}", *_below(said)]


def nested_item(order: Order) -> list[str]:
    """The paper with its venue and links behind the title, and the rest below."""
    if order.effort.keyed:
        return _with_lines(order, "", list(keyed_lines(order)))
    paper, where = order.paper, venues(order)
    head = lead(order) + title(order)
    if where and linked_title(order) is None:
        head += f" ({', '.join(where)})"
    head += "".join(
        f" \\[{labelled(one, keyed=False)}]" for one in other_links(order) if not is_reversed(one)
    ) + bars(order)
    lines = [", ".join(given(paper.authors, order)), places(order)]
    if where and linked_title(order) is not None:
        lines.append(", ".join(where))
    if paper.date is not None and not paper.date.held:
        lines.append(f"Date: {paper.date.markdown}")
    tags = keywords(order)
    lines.append(" ".join(one for one in tags if one.startswith(BADGE)))
    if words := [one for one in tags if not one.startswith(BADGE)]:
        lines.append(f"Keywords: {', '.join(words)}")
    return [f"- {line_start(head)}{comments(order)}", *_below([*lines, *notes(order)])]


def _with_lines(order: Order, checkbox: str, lines: list[str]) -> list[str]:
    head = lead(order, checkbox) + title(order) + bars(order)
    return [f"- {line_start(head) if not checkbox else head}{comments(order)}", *_below(lines)]


def _below(lines: list[str]) -> list[str]:
    return [f"  - {line_start(line)}" for line in lines if line]
