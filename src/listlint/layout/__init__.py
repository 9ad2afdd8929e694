"""Layout: block markup that changes no word and no inline character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.layout.options import LayoutOptions
from listlint.layout.proof import prove
from listlint.layout.sieve import sieve

if TYPE_CHECKING:
    from listlint.layout.planning import Layout
    from listlint.source import Edit
    from listlint.touched import Touched

__all__ = ["LayoutOptions", "canonical", "first_hunk", "lay_out", "prove", "sieve"]


def lay_out(text: str, options: LayoutOptions | None = None, touched: Touched | None = None) -> Layout:
    """The layout of `text`: its canonical form, the hunks that lead there, and what stays as it is and why.

    With `touched`, only the hunks that reach one of these lines.
    """
    from listlint.layout.planning import plan

    return plan(text, options or LayoutOptions(), touched)


def canonical(text: str, options: LayoutOptions | None = None) -> str:
    """`text` in canonical form, each line with the ending that the file gives it."""
    return lay_out(text, options).text


def first_hunk(text: str, options: LayoutOptions | None = None) -> Edit | None:
    """The first of the edits that make `text` canonical, found without laying out the rest; None where it is canonical."""
    options = options or LayoutOptions()
    if sieve(text, options):
        return None
    from listlint.layout.first import first_hunk

    return first_hunk(text, options)
