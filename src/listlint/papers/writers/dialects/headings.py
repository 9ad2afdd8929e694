"""A heading a paper, a line for each of its fields, and its BibTeX record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.papers.writers.parts import bars, comments, keyed_lines, lead, title
from listlint.papers.writers.written import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.papers.writers.paper import Order

__all__ = ["write"]


def write(orders: Sequence[Order], level: int) -> Written:
    """Write a heading of this level and the blocks below it."""
    written = Written()
    for order in orders:
        blocks = [[f"{'#' * level} {lead(order)}{title(order)}{bars(order)}{comments(order)}"]]
        blocks += [[line] for line in keyed_lines(order)]
        if order.paper.bibtex is not None:
            blocks.append(_fence(order.paper.bibtex))
        written.add([line for block in blocks for line in (*block, "")])
    return written


def _fence(text: str) -> list[str]:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}bibtex", *text.split("\n"), fence]
