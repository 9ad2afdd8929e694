"""Venues: where papers appear, how lists write them, and how they should."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from listlint.knowledge import venue_grammar as grammar
from listlint.knowledge.rulebook import load
from listlint.knowledge.venue_forms import Forms
from listlint.knowledge.venue_mentions import VenueMention, read_whole
from listlint.knowledge.venue_prose import in_prose
from listlint.knowledge.venue_rows import Venue, check_row, venue_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Venue", "VenueMention", "Venues"]

_MEMORY = 1 << 14  # texts: lists repeat the same few


class Venues:
    """What is known of venues. Made by `load`; cheap to make, and nothing is built before it is asked for."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rows = rows
        self._forms = Forms(rows)
        self._made: dict[int, Venue] = {}
        self._whole: dict[tuple[str, bool], list[VenueMention]] = {}
        self._inside: dict[str, list[VenueMention]] = {}

    @classmethod
    def load(cls, extra: Sequence[Mapping[str, Any]] = ()) -> Venues:
        """The rulebook's venues and a user's rows; a user's row of the same name adds to the rulebook's.

        Raises KnowledgeError, with the row's number among `extra`, where a row is wrong.
        """
        rows: list[Mapping[str, Any]] = load("venues")
        if extra:
            for number, row in enumerate(extra):
                check_row(row, number)
            own = {row["name"]: row for row in extra}
            known = {row["name"]: row for row in rows if row["name"] in own}
            rows = [_merged(known.get(row["name"], {}), row) for row in extra] + [
                row for row in rows if row["name"] not in own
            ]
        return cls(rows)

    def __iter__(self) -> Iterator[Venue]:
        """Every venue, in the order of the rows."""
        return map(self._venue, range(len(self._rows)))

    def find(self, name: str) -> Venue | None:
        """The venue whose name, full name or alias this is, whatever its case, dots, hyphens and spaces."""
        row = self._forms.row_of(name)
        return None if row is None else self._venue(row)

    def read(self, text: str, *, sure: bool = False) -> VenueMention | None:
        """The (first) venue of a text that is nothing but a venue: a cell, a bracket's content, a tag.

        Names that are words of their own (`SC`, `FAST`) need a year, and unknown names a year and the shape of a
        short name, unless the place is `sure` to hold venues (a column called so).
        """
        found = self.read_all(text, sure=sure)
        return found[0] if found else None

    def read_all(self, text: str, *, sure: bool = False) -> list[VenueMention]:
        """All venues of a text that is nothing but venues; empty where it is anything else."""
        known = self._whole
        if (text, sure) not in known:
            if len(known) >= _MEMORY:
                known.clear()
            known[text, sure] = read_whole(text, self._forms, self._venue, sure=sure)
        return known[text, sure]

    def mentions(self, text: str) -> list[VenueMention]:
        """The known venues that running text names, in order; with care, since most words are not venues.

        A name stands for a venue beside a year, alone in brackets, or after words such as "accepted by".
        """
        known = self._inside
        if text not in known:
            if len(known) >= _MEMORY:
                known.clear()
            may_hold = grammar.may_mean_venues(text) and self._forms.may_hold(text)
            known[text] = in_prose(text, self._forms, self._venue) if may_hold else []
        return known[text]

    def nearest(self, text: str) -> tuple[Venue, float] | None:
        """The one venue whose name `text` most likely misspells, and how alike they are (0 to 1)."""
        from listlint.knowledge.venue_nearest import nearest

        found = nearest(text, self._forms)
        return None if found is None else (self._venue(found[0]), found[1])

    def write(self, mention: VenueMention, style: str = "{name} {year}") -> str:
        """The mention in canonical form; what has none, or no place for a part, comes back as written."""
        if mention.fixed or mention.venue is None:
            return mention.text
        written = mention.base
        if mention.year is not None:
            whole = style if "{year}" in style or "{yy}" in style else style + " {year}"
            written = whole.replace("{year}", str(mention.year)).replace("{yy}", f"{mention.year % 100:02}")
            written = written.replace("{name}", mention.base)
        month = f" ({mention.month})" if mention.month else ""
        return f"{mention.lead}{written}{mention.tail}{month}"

    def _venue(self, row: int) -> Venue:
        if row not in self._made:
            self._made[row] = venue_of(self._rows[row])
        return self._made[row]


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**old, **new} | {key: [*old.get(key, ()), *new.get(key, ())] for key in ("aliases", "common")}
