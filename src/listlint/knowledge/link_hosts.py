"""How hosts answer programs: manners, odd habits, login pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.expressions import expression
from listlint.knowledge.rulebook import KnowledgeError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LinkHosts", "Manners", "speakable"]

_KEYS = {"hosts", "concurrency", "spacing", "head", "silent", "ask", "when", "name_parts"}


_LOGIN = expression(r"^([a-zA-Z][a-zA-Z0-9+.-]*:)?//[^/?#]*@")
_MOST_SPOKEN = 200


def speakable(url: str) -> str:
    """A link as a message may quote it: without credentials and control characters, cut where it is very long."""
    url = _LOGIN.sub(r"\1//", url)
    if not url.isprintable():
        from urllib.parse import quote

        url = "".join(one if one.isprintable() else quote(one, errors="replace") for one in url)
    return url if len(url) <= _MOST_SPOKEN else f"{url[:_MOST_SPOKEN]}…"


class Manners(NamedTuple):
    """How a host wants to be asked.

    `silent` says why it is not asked at all, `head` whether HEAD tells anything there, `name_parts` how many parts
    of a path are a name that the host forwards after a rename.
    """

    concurrency: int
    spacing: float
    head: bool = True
    silent: str | None = None
    ask: str | None = None
    when: re.Pattern[str] | None = None
    name_parts: int = 0


class LinkHosts:
    """The rows of `rules/data/link_hosts.yaml`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._rows: dict[str, Mapping[str, Any]] = {}
        for place, row in enumerate(data["hosts"]):
            _check(row, place)
            self._rows.update(dict.fromkeys(row["hosts"], row))
        gates = data["gates"]
        self._gate_hosts = frozenset(gates["hosts"])
        self._gate_labels = frozenset(gates["labels"])
        self._gate_parts = frozenset(gates["parts"])

    @classmethod
    def load(cls) -> LinkHosts:
        """The rows of the rulebook; raises KnowledgeError for a bad one."""
        from listlint.knowledge.rulebook import load

        return cls(load("link_hosts"))

    def manners(self, host: str, concurrency: int, spacing: float) -> Manners:
        """How `host` is asked where others are asked `concurrency` at once and `spacing` seconds apart.

        A row makes a host's limits stricter, never looser.
        """
        row = self._row(host)
        if row is None:
            return Manners(concurrency, spacing)
        return Manners(
            min(concurrency, row.get("concurrency", concurrency)),
            max(spacing, row.get("spacing", 0.0)),
            row.get("head", True),
            row.get("silent"),
            row.get("ask"),
            re.compile(row["when"]) if "when" in row else None,
            row.get("name_parts", 0),
        )

    def is_gate(self, url: str) -> bool:
        """Whether an address is a page for logging in, consenting or proving to be human."""
        from urllib.parse import urlsplit

        parts = urlsplit(url)
        host = parts.hostname or ""
        if host in self._gate_hosts or host.partition(".")[0] in self._gate_labels:
            return True
        pieces = (piece.lower().partition(".")[0] for piece in parts.path.split("/"))
        return any(piece in self._gate_parts for piece in pieces)

    def is_rename(self, old: str, new: str) -> bool:
        """Whether `new` is `old` after its host renamed what the first parts of the path name, and nothing else."""
        from urllib.parse import urlsplit

        before, after = urlsplit(old), urlsplit(new)
        host = (before.hostname or "").removeprefix("www.")
        row = self._rows.get(host)
        count = 0 if row is None else row.get("name_parts", 0)
        if not count or after.scheme != "https" or host != (after.hostname or "").removeprefix("www."):
            return False
        was, now = before.path.strip("/").split("/"), after.path.strip("/").split("/")
        long_enough = len(was) == len(now) >= count
        return long_enough and was[count:] == now[count:] and before.query == after.query

    def _row(self, host: str) -> Mapping[str, Any] | None:
        while host:
            if (row := self._rows.get(host)) is not None:
                return row
            host = host.partition(".")[2]
        return None


def _check(row: Mapping[str, Any], place: int) -> None:
    if unknown := set(row) - _KEYS:
        raise KnowledgeError(f"unknown key {min(unknown)!r}: a host has {', '.join(sorted(_KEYS))}", place)
    if ("ask" in row) != ("when" in row):
        raise KnowledgeError("`ask` and `when` go together", place)
