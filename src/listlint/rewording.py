"""Fixes of words, wherever a list has them: a heading's links follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Fix, Safety

if TYPE_CHECKING:
    from listlint.markdown.tree import Tree
    from listlint.source import Edit

__all__ = ["reword"]


def reword(
    tree: Tree, edit: Edit, title: str, fields: frozenset[str], *, safety: Safety = Safety.SAFE
) -> Fix:
    """A fix that writes other words and changes the `fields` of an entry at most.

    Where they stand in a heading, the list's own links to it are edited along; where those could not follow, the fix
    is unsafe.
    """
    from listlint.markdown.followed_headings import follow_heading

    along = follow_heading(tree, edit)
    if along is None:
        return Fix((edit,), title, Safety.UNSAFE, Effect(fields))
    return Fix((edit, *along), title, safety, Effect(fields | {"links"} if along else fields))
