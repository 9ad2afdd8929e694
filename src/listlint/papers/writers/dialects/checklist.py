"""A bullet a paper, with a box that says whether it has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.writers.items import item
from listlint.papers.writers.written import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.papers.writers.paper import Order

__all__ = ["write"]


def write(orders: Sequence[Order], level: int) -> Written:  # noqa: ARG001 - every dialect takes it
    """Write `- [ ] [A Title](url) | Place | Venue`; what nobody said was read is unread."""
    written = Written()
    for order in orders:
        written.add(item(order, "[x] " if order.paper.read else "[ ] "))
    return written
