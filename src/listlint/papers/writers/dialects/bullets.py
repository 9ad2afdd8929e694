"""A bullet a paper, its fields behind bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.writers.items import item
from listlint.papers.writers.written import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.papers.writers.paper import Order

__all__ = ["write"]


def write(orders: Sequence[Order], level: int) -> Written:  # noqa: ARG001 - every dialect takes it
    """Write `- [A Title](url) | Place | Venue`."""
    written = Written()
    for order in orders:
        written.add(item(order))
    return written
