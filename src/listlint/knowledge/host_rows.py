"""One host's rows, ready to be matched: what an address there names, and what the address alone tells about it."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.expressions import expression
from listlint.knowledge.rulebook import KnowledgeError
from listlint.knowledge.url_parts import parameters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listlint.knowledge.url_parts import UrlParts

__all__ = ["HostRow", "HostTables", "Site", "Told", "sites_of"]

_PIECE = re.compile(r"\{([a-z][a-z-]*)\}")
_CHOOSY = re.compile(r"[\d\[]|\(\?P=")  # by what a pattern tells one number from another
_GROUP_KEYS = frozenset({"hosts", "rows", "role", "venue", "kind", "write", "source", "tls"})
_ROW_KEYS = frozenset(
    {
        "path",
        "query",
        "valid",
        "identity",
        "id",
        "as",
        "aliases",
        "venue",
        "kind",
        "year",
        "venues",
        "volumes",
    }
    | {"years", "code", "known", "fold", "role", "write", "checked", "examples", "source"}
)
_CENTURY_TURNS = 60
_NO_FORMS: Mapping[str, str] = {}


class Told(NamedTuple):
    """What an address tells about its venue."""

    venue: str | None = None
    kind: str | None = None
    year: int | None = None


class HostTables(NamedTuple):
    """What rows refer to by name: pieces of patterns, codes of venues, volumes of series."""

    pieces: Mapping[str, str]
    venues: Mapping[str, Mapping[str, Any]]
    volumes: Mapping[str, Mapping[str, Any]]


class HostRow:
    """One kind of address. Its pattern fits the whole path; `query` names the parameter that holds the id.

    An `even` row that fits an address with one of today's arXiv ids fits it with any other too.
    """

    __slots__ = (
        "aliases", "checked", "code", "even", "fold", "form", "identity", "known", "pattern", "query", "role", "same", "told",
        "valid", "varies", "venues", "volumes", "write", "years",
    )  # fmt: skip

    def __init__(self, row: Mapping[str, Any], group: Mapping[str, Any], tables: HostTables) -> None:
        if unknown := set(row) - _ROW_KEYS:
            raise KnowledgeError(f"a row has the unknown key {min(unknown)!r}")
        path = _PIECE.sub(lambda found: tables.pieces[found[1]], row["path"])
        self.pattern = expression(path)
        self.query: str | None = row.get("query")
        self.valid = re.compile(row["valid"]) if "valid" in row else None
        self.identity: str | None = row.get("identity")
        self.form: str | None = row.get("id")
        self.same: str | None = row.get("as")
        self.aliases: Mapping[str, str] = row.get("aliases", _NO_FORMS)
        self.role: str | None = row.get("role", group.get("role"))
        self.write: Mapping[str, str] = row.get("write", group.get("write", _NO_FORMS))
        self.checked = frozenset(row.get("checked", ())) | {self.query}
        self.fold: str | None = row.get("fold")
        self.code: str | None = row.get("code")
        self.known: bool = row.get("known", False)
        self.years: int | None = row.get("years")
        self.venues = tables.venues[row["venues"]] if "venues" in row else None
        self.volumes = tables.volumes[row["volumes"]] if "volumes" in row else None
        venue = row.get("venue", group.get("venue"))
        kind = row.get("kind", group.get("kind")) or ("conference" if venue else None)
        self.told = Told(venue, kind, row.get("year"))
        tables_say = (self.venues, self.volumes, self.years) != (None, None, None)
        self.varies = tables_say or "(?P<year>" in path
        around = _PIECE.sub(lambda found: "" if found[1] == "arxiv" else tables.pieces[found[1]], row["path"])
        self.even = self.query is None and _CHOOSY.search(around) is None

    def tell(self, named: dict[str, str]) -> Told:
        """Venue, kind and year, as far as the parts of an address tell them."""
        told = self.told
        if not self.varies:
            return told
        year = _year(named.get("year", "")) or told.year
        if self.venues is not None:
            code = named.get("venue", "") if self.code is None else self.code.format_map(named)
            cell = self.venues.get(code.lower())
            if cell is None and self.known:
                return told
            told = _cell(cell, told)
        if volume := named.get("volume"):
            if self.volumes is not None:
                told = _cell(self.volumes.get(volume), told)
            elif self.years is not None:
                year = self.years + int(volume)
        return Told(told.venue, told.kind, year or told.year)

    def folded(self, text: str) -> str:
        """The id as it is compared."""
        if self.fold is None:
            return text
        return text.lower().replace("_", "-") if self.fold == "dashes" else text.lower()

    def query_id(self, query: str) -> str | None:
        """The id that a query string holds."""
        for name, value in parameters(query):
            if name == self.query and value:
                if self.valid is None:
                    return value
                found = self.valid.fullmatch(value)
                return None if found is None else found[found.lastindex or 0]
        return None


class Site:
    """One host: its rows in order, those of them that only follow even ones, and the role that all its addresses have.

    The patterns of a new one are tried at once; those of the rulebook are known to be right.
    """

    __slots__ = ("even", "role", "rows")

    def __init__(self, group: Mapping[str, Any], tables: HostTables, *, is_new: bool = False) -> None:
        try:
            if unknown := set(group) - _GROUP_KEYS:
                raise KnowledgeError(f"unknown key {min(unknown)!r}")  # noqa: TRY301 - named with its hosts below
            self.rows = [HostRow(row, group, tables) for row in group.get("rows", ())]
            if is_new:
                for row in self.rows:
                    re.compile(row.pattern.pattern)
        except (KnowledgeError, re.error, KeyError, TypeError) as error:
            raise KnowledgeError(f"hosts {group.get('hosts')}: {error}") from error
        self.role: str | None = None if self.rows else group.get("role")
        self.even = set(takewhile(lambda row: row.even, self.rows))

    def match(self, parts: UrlParts) -> tuple[HostRow, dict[str, str]] | None:
        """The first row that fits the address, and the parts of the address that it names."""
        path = parts.path
        if path.endswith("/"):
            path = path.rstrip("/") or "/"
        for row in self.rows:
            found = row.pattern.fullmatch(path)
            if found is None:
                continue
            named = found.groupdict("")
            if row.query is not None:
                value = row.query_id(parts.query)
                if value is None:
                    continue
                named["id"] = value
            return row, named
        return None


def sites_of(host: str) -> tuple[str, ...]:
    """The names under which a host may be known, the closest first."""
    bare = host.removeprefix("www.")
    names = (host, bare, "*." + bare.partition(".")[2])
    return names if bare != host else names[1:]


def _year(written: str) -> int | None:
    if not written.isdigit():
        return None
    number = int(written)
    if len(written) == 2:  # noqa: PLR2004 - two digits of a year
        return number + (1900 if number >= _CENTURY_TURNS else 2000)
    return number


def _cell(cell: str | list[str | int] | None, told: Told) -> Told:
    """A table's cell: a name, or a list of name, year and kind, of which the last two may be missing."""
    if cell is None:
        return told
    if isinstance(cell, str):
        return Told(cell, "conference", told.year)
    texts = [text for text in cell if isinstance(text, str)]
    years = [year for year in cell if isinstance(year, int)]
    return Told(texts[0], texts[1] if len(texts) > 1 else "conference", years[0] if years else told.year)
