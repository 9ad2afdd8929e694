"""The first place where a text is not canonical, without laying all of it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.layout.lines import Lines
from listlint.layout.planning import plan
from listlint.layout.reading import read_blocks
from listlint.layout.sieve import halt
from listlint.layout.writing import LISTS
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from listlint.layout.options import LayoutOptions
    from listlint.layout.reading import Block

__all__ = ["first_hunk"]

WINDOW = 4000  # characters in which the end of a block is looked for first


def first_hunk(text: str, options: LayoutOptions) -> Edit | None:
    """The first of the hunks that make `text` canonical, or one that is as good; None where it is canonical.

    The sieve leads to the first block that may be written otherwise, and only that block is laid out. Where it
    depends on what stands before it, all is.
    """
    if "\r" in text or "[^" in text or not text.endswith("\n"):
        return _whole(text, options)
    start, behind_list = 0, False
    while (stop := halt(text, options, start)) is not None:
        if stop.behind_list or (behind_list and stop.offset == start):
            return _whole(text, options)
        window, blocks, following, cut = _window(text, stop.offset)
        behind_list = bool(blocks) and blocks[0].kind in LISTS
        hunks = plan(window, options, blocks=blocks, cut=cut).hunks
        if hunks and hunks[0].span.start <= following:
            span, new = hunks[0]
            return Edit(Span(span.start + stop.offset, span.end + stop.offset), new)
        start = stop.offset + following
        if start >= len(text):
            break
    return None


def _whole(text: str, options: LayoutOptions) -> Edit | None:
    return next(iter(plan(text, options).hunks), None)


def _window(text: str, start: int) -> tuple[str, list[Block], int, bool]:
    """The text from `start` on with its first two blocks, these, where the second begins, and whether it is cut short.

    What follows a list may slip into it, and is then seen whole.
    """
    size = WINDOW
    while True:
        end = text.find("\n", min(start + size, len(text))) + 1
        window = text[start:end] if end else text[start:]
        lines = Lines.split(window)
        blocks = read_blocks(lines)
        whole = start + len(window) == len(text)
        if whole and len(blocks) < 2:  # noqa: PLR2004 - the first is all there is
            return window, blocks, len(window), False
        if len(blocks) > 2:  # noqa: PLR2004 - the third and what follows say nothing of the first
            window, whole = window[: lines.starts[blocks[1].end]], True
        if whole or (len(blocks) == 2 and blocks[0].kind not in LISTS):  # noqa: PLR2004 - the second may go on behind the window
            return window, blocks[:2], lines.starts[blocks[1].start], not whole
        size *= 4
