"""Lists, and stretches of lists, that a script writes: whoever changes them changes its input."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.markdown.tree import Tree
    from listlint.source import Span

__all__ = ["generated_spans"]


def generated_spans(tree: Tree) -> tuple[Span, ...]:
    """The stretches that say they are generated."""
    return ()
