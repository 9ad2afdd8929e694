"""Which fields of an entry a change to a run of text can move."""

from __future__ import annotations

__all__ = ["ALL_TEXT", "fields_of"]

ALL_TEXT = frozenset(
    {"authors", "institutions", "keywords", "links", "marks", "notes", "section", "title", "venue"}
)

_FIELDS = {
    "author": frozenset({"authors", "notes"}),
    "heading": frozenset({"section", "title"}),
    "institution": frozenset({"institutions", "notes"}),
    "keyword": frozenset({"keywords", "links", "notes"}),
    "label": frozenset({"links", "notes"}),
    "note": frozenset({"links", "notes"}),
    "prose": frozenset({"links", "notes"}),
    "title": frozenset({"title", "links"}),
    "venue": frozenset({"links", "venue", "notes"}),
}


def fields_of(kind: str) -> frozenset[str]:
    """The fields for a run of prose of this kind; a text with a link on it is also its label."""
    return _FIELDS.get(kind, ALL_TEXT)
