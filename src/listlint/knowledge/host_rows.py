"""One host's rows, ready to be matched: what an address there names, and what the address alone tells about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.knowledge.rulebook import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from listlint.knowledge.url_parts import UrlParts

__all__ = ["HostRow", "HostTables", "Match", "Site"]

_PIECE = re.compile(r"\{([a-z][a-z-]*)\}")
_KEYS = frozenset(
    {"path", "query", "identity", "id", "as", "aliases", "venue", "kind", "year", "venues", "volumes", "years", "role",
     "write", "checked", "examples", "source"}
)  # fmt: skip
_CENTURY_TURNS = 60


class Match(NamedTuple):
    """A row that fits an address, and the parts of the address that it names."""

    row: HostRow
    parts: dict[str, str]


class HostTables(NamedTuple):
    """What rows refer to by name: pieces of patterns, codes of venues, volumes of series."""

    pieces: Mapping[str, str]
    venues: Mapping[str, Mapping[str, Any]]
    volumes: Mapping[str, Mapping[str, Any]]


class HostRow:
    """One kind of address. Its pattern must fit the whole path; `query` names the parameter that holds the id."""

    __slots__ = ("aliases", "data", "identity", "pattern", "query", "role", "same", "write")

    def __init__(self, data: Mapping[str, Any], pieces: Mapping[str, str], host: Mapping[str, Any]) -> None:
        if unknown := set(data) - _KEYS:
            raise KnowledgeError(f"a row of {host.get('hosts')} has an unknown key {min(unknown)!r}")
        source = _PIECE.sub(lambda found: pieces[found[1]], data["path"])
        self.pattern = re.compile(source)
        self.data = data
        self.query: str | None = data.get("query")
        self.identity: str | None = data.get("identity")
        self.same: str | None = data.get("as")
        self.aliases: Mapping[str, str] = data.get("aliases", {})
        self.role: str | None = data.get("role", host.get("role"))
        self.write: Mapping[str, str] = data.get("write", host.get("write", {}))


class Site:
    """One host: its rows in order, and what holds for all of it."""

    __slots__ = ("data", "role", "rows", "tables")

    def __init__(self, data: Mapping[str, Any], tables: HostTables) -> None:
        self.data = data
        self.tables = tables
        self.role: str | None = data.get("role")
        try:
            self.rows = [HostRow(row, tables.pieces, data) for row in data.get("rows", ())]
        except (re.error, KeyError, TypeError) as error:
            raise KnowledgeError(f"the rows of {data.get('hosts')} cannot be read: {error}") from error

    def match(self, parts: UrlParts) -> Match | None:
        """The first row that fits the address."""
        path = parts.path if len(parts.path) == 1 else parts.path.rstrip("/")
        for row in self.rows:
            found = row.pattern.fullmatch(path)
            if found is None:
                continue
            groups = {name: text or "" for name, text in found.groupdict().items()}
            if row.query is None:
                return Match(row, groups)
            for name, value in parameters(parts.query):
                if name == row.query and value:
                    groups["id"] = value
                    return Match(row, groups)
        return None

    def venue(self, row: HostRow, parts: Mapping[str, str]) -> tuple[str | None, str | None, int | None]:
        """Venue, kind and year, as far as the address tells them."""
        data = row.data
        name, kind = data.get("venue"), data.get("kind", "conference" if "venue" in data else None)
        year = _year(parts.get("year", ""), data.get("year"))
        for table, key in (("venues", "venue"), ("volumes", "volume")):
            if table in data and key in parts:
                rows = getattr(self.tables, table)[data[table]]
                known = rows.get(parts[key].lower())
                if known is None:
                    continue
                name, kind, own = _unpack(known, name, kind)
                year = own or year
        if "years" in data and year is None and (volume := parts.get("volume", "")).isdigit():
            year = int(data["years"]) + int(volume)
        return name, kind, year


def parameters(query: str) -> Iterator[tuple[str, str]]:
    """The names and values of a query string, percent-decoded."""
    for item in query.lstrip("?").replace("&amp;", "&").split("&"):
        name, _, value = item.partition("=")
        if "%" in value:
            from urllib.parse import unquote

            value = unquote(value)
        if name:
            yield name, value


def _year(written: str, fixed: int | None) -> int | None:
    if not written.isdigit():
        return fixed
    number = int(written)
    if len(written) == 2:  # noqa: PLR2004 - two digits of a year
        return number + (1900 if number >= _CENTURY_TURNS else 2000)
    return number


def _unpack(known: Any, name: str | None, kind: str | None) -> tuple[str | None, str | None, int | None]:
    """A table's cell: a name, or a list of name, year and kind."""
    if isinstance(known, str):
        return known, kind or "conference", None
    if isinstance(known, int):
        return name, kind, known
    cells = [*known, None, None][:3]
    texts = [cell for cell in cells if isinstance(cell, str)]
    years = [cell for cell in cells if isinstance(cell, int)]
    return (
        texts[0] if texts else name,
        texts[1] if len(texts) > 1 else kind or "conference",
        years[0] if years else None,
    )
