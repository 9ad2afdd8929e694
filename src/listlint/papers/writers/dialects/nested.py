"""A bullet a paper, its fields in bullets below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.papers.writers.items import nested_item
from listlint.papers.writers.written import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.papers.writers.paper import Order

__all__ = ["write"]


def write(orders: Sequence[Order], level: int) -> Written:  # noqa: ARG001 - every dialect takes it
    r"""Write `- A Title (Venue) \[[Paper](url)]` and what else is known below it."""
    written = Written()
    for order in orders:
        written.add(nested_item(order))
    return written
