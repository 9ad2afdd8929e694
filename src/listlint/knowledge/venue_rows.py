"""One venue, and the row of knowledge it is read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.knowledge.rulebook import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "Venue", "check_row", "venue_of"]

KINDS = ("conference", "journal", "workshop", "preprint")
RHYTHM = re.compile(r"(yearly|odd|even|irregular)(?: until (\d{4}))?")
# One line with a letter or a digit.
NAME = re.compile(r"\A[^\n]*[^\W_][^\n]*\Z")
TEXTS = ("name", "full", "kind", "rhythm", "dblp", "source", "parent")
YEARS = ("first", "last")
FLAGS = ("numbered",)
LISTS = ("aliases", "common")
WANTED = {
    **dict.fromkeys(TEXTS, "a text"),
    **dict.fromkeys(YEARS, "a year"),
    **dict.fromkeys(FLAGS, "true or false"),
    **dict.fromkeys(LISTS, "a list of names"),
    "also": "a list of years",
    "kind": "one of " + ", ".join(KINDS),
    "rhythm": 'yearly, odd, even or irregular, perhaps with "until 2020"',
}


class Venue(NamedTuple):
    """A conference, journal, workshop or preprint server.

    `name` is the canonical short name, `full` the name it spells out. The `common` spellings also mean other things. `first` and `last` are the first edition and
    the last one that the row's author knew of; 0 where unknown. `rhythm` is `yearly`, `odd`, `even` (the years with
    an edition) or `irregular`, and `rhythm_until` the last year for which that holds: yearly afterwards (0: it still
    holds); `also` are editions outside it. `parent` is the conference that a workshop belongs to. A `numbered` one is
    also called by the number of its edition (`ISCA-47`).
    """

    name: str
    full: str
    kind: str
    aliases: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    rhythm: str = "yearly"
    rhythm_until: int = 0
    dblp: str = ""
    source: str = ""
    parent: str = ""
    also: tuple[int, ...] = ()
    numbered: bool = False

    def held(self, year: int) -> bool:
        """Whether there was, or may have been, an edition in `year`. After the last known edition there always may."""
        if (
            self.kind not in ("conference", "workshop")
            or year in self.also
            or (self.last and year > self.last)
        ):
            return True
        if year < self.first:
            return False
        if self.rhythm not in ("odd", "even") or (self.rhythm_until and year > self.rhythm_until):
            return True
        return year % 2 == (self.rhythm == "odd")

    def reason(self, year: int) -> str:
        """Why there was no edition in `year`, as the end of a sentence about the venue."""
        if year < self.first:
            return f"began in {self.first}"
        years = f"met in {self.rhythm} years"
        return f"{years} until {self.rhythm_until}" if self.rhythm_until else f"{years} only"


def venue_of(row: Mapping[str, Any]) -> Venue:
    """The venue of a sound row (`check_row`)."""
    matched = RHYTHM.fullmatch(row.get("rhythm", "yearly"))
    rhythm, until = matched.groups() if matched else ("yearly", None)
    return Venue(
        name=row["name"],
        full=row.get("full") or row["name"],
        kind=row.get("kind", "conference"),
        aliases=tuple(row.get("aliases", ())),
        common=tuple(row.get("common", ())),
        first=row.get("first", 0),
        last=row.get("last", 0),
        rhythm=rhythm,
        rhythm_until=int(until or 0),
        dblp=row.get("dblp", ""),
        source=row.get("source", ""),
        parent=row.get("parent", ""),
        also=tuple(row.get("also", ())),
        numbered=row.get("numbered", False),
    )


def check_row(row: object, number: int) -> None:
    """Raise KnowledgeError, with `row=number`, unless `row` is a sound row of venues."""
    if message := _fault(row):
        raise KnowledgeError(message, row=number)


def _fault(row: object) -> str | None:
    if not isinstance(row, dict):
        return f"a venue is a mapping such as {{name: OSDI, kind: conference}}, not {row!r}"
    known = (*TEXTS, *YEARS, *LISTS, *FLAGS, "also")
    if unknown := sorted(map(str, set(row) - set(known))):
        return f'unknown key "{unknown[0]}"; a venue has {", ".join(known)}'
    name = row.get("name")
    if not isinstance(name, str) or not NAME.search(name):
        return "a venue has a name, and it is a text"
    for key, value in row.items():
        if not _is_sound(key, value):
            return f'"{key}" of "{name}" is {WANTED[key]}, not {value!r}'
    return None


def _is_sound(key: str, value: object) -> bool:
    if key in YEARS:
        return _is_year(value)
    if key in LISTS:
        return isinstance(value, list | tuple) and all(
            isinstance(one, str) and NAME.search(one) for one in value
        )
    if key == "also":
        return isinstance(value, list | tuple) and all(map(_is_year, value))
    if key in FLAGS:
        return isinstance(value, bool)
    if key == "kind":
        return value in KINDS
    if key in ("name", "full"):
        return isinstance(value, str) and NAME.search(value) is not None
    return isinstance(value, str) and (key != "rhythm" or RHYTHM.fullmatch(value) is not None)


def _is_year(value: object) -> bool:
    return isinstance(value, int) and 1800 <= value <= 2100  # noqa: PLR2004 - Nature is from 1869
