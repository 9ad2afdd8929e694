"""One venue, and the row of knowledge it is read from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from listlint.knowledge.rulebook import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KINDS", "Venue", "check_row", "venue_of"]

KINDS = ("conference", "journal", "workshop", "preprint")
RHYTHM = re.compile(r"(yearly|odd|even|irregular)(?: until (\d{4}))?")
TEXTS = ("name", "full", "kind", "rhythm", "dblp", "source", "parent")
YEARS = ("first", "last")
LISTS = ("aliases", "common")


@dataclass(frozen=True, slots=True)
class Venue:
    """A conference, journal, workshop or preprint server.

    `name` is the canonical short name, `full` the name it spells out. `first` and `last` are the first edition and
    the last one that the row's author knew of; 0 where unknown. `rhythm` is `yearly`, `odd`, `even` (the years with
    an edition) or `irregular`, and `rhythm_until` the last year for which that holds: yearly afterwards (0: it still
    holds). `parent` is the conference that a workshop belongs to.
    """

    name: str
    full: str
    kind: str
    aliases: tuple[str, ...] = ()
    first: int = 0
    last: int = 0
    rhythm: str = "yearly"
    rhythm_until: int = 0
    dblp: str = ""
    source: str = ""
    parent: str = ""

    def held(self, year: int) -> bool:
        """Whether there was, or may have been, an edition in `year`. After the last known edition there always may."""
        if self.kind not in ("conference", "workshop") or self.last == 0 or year > self.last:
            return True
        if year < self.first:
            return False
        if self.rhythm not in ("odd", "even") or (self.rhythm_until and year > self.rhythm_until):
            return True
        return year % 2 == (self.rhythm == "odd")


def venue_of(row: Mapping[str, object]) -> Venue:
    """The venue of a sound row (`check_row`)."""
    matched = RHYTHM.fullmatch(str(row.get("rhythm", "yearly")))
    rhythm, until = matched.groups() if matched else ("yearly", None)
    aliases = row.get("aliases", ())
    texts = {key: str(row.get(key, "")) for key in ("dblp", "source", "parent")}
    years = {key: int(str(row.get(key, 0))) for key in YEARS}
    return Venue(
        name=str(row["name"]),
        full=str(row.get("full") or row["name"]),
        kind=str(row.get("kind", "conference")),
        aliases=tuple(map(str, aliases)) if isinstance(aliases, list | tuple) else (),
        rhythm=rhythm,
        rhythm_until=int(until or 0),
        **years,
        **texts,
    )


def check_row(row: object, number: int) -> None:
    """Raise KnowledgeError, with `row=number`, unless `row` is a sound row of venues."""

    def wrong(message: str) -> KnowledgeError:
        return KnowledgeError(message, row=number)

    if not isinstance(row, dict):
        raise wrong(f"a venue is a mapping such as {{name: OSDI, kind: conference}}, not {row!r}")
    if unknown := sorted(map(str, set(row) - {*TEXTS, *YEARS, *LISTS})):
        raise wrong(f'unknown key "{unknown[0]}"; a venue has {", ".join((*TEXTS, *YEARS, *LISTS))}')
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise wrong("a venue has a name, a text in quotes")
    for key in TEXTS:
        if key in row and not isinstance(row[key], str):
            raise wrong(f'"{key}" of "{name}" is a text, not {row[key]!r}')
    for key in LISTS:
        values = row.get(key, [])
        if not isinstance(values, list | tuple) or not all(isinstance(one, str) and one.strip() for one in values):
            raise wrong(f'"{key}" of "{name}" is a list of texts, not {values!r}')
    for key in YEARS:
        if key in row and (isinstance(row[key], bool) or not isinstance(row[key], int)):
            raise wrong(f'"{key}" of "{name}" is a year, not {row[key]!r}')
    if row.get("kind", "conference") not in KINDS:
        raise wrong(f'"kind" of "{name}" is one of {", ".join(KINDS)}, not "{row["kind"]}"')
    if not RHYTHM.fullmatch(str(row.get("rhythm", "yearly"))):
        raise wrong(f'"rhythm" of "{name}" is yearly, odd, even or irregular, perhaps "until 2020", not "{row["rhythm"]}"')
