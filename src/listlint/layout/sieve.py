"""A cheap look at a text's lines that tells whether it is surely canonical already."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.layout.options import LayoutOptions

__all__ = ["sieve"]


def sieve(text: str, options: LayoutOptions) -> bool:
    """Whether `text` is surely canonical; False says nothing."""
    return not text and options is not None
