"""Query parameters that only say where a reader came from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.knowledge.host_rows import sites_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listlint.knowledge.url_parts import UrlParts

__all__ = ["Tracking"]

_SEPARATOR = re.compile(r"&amp;|&")


class Tracking:
    """Which parameters may be dropped, host by host."""

    __slots__ = ("_anywhere", "_hosts")

    def __init__(self, anywhere: Iterable[str], hosts: Mapping[str, Iterable[str]]) -> None:
        self._anywhere = _names(anywhere)
        self._hosts = {host: _names(names) for host, names in hosts.items()}

    def cleaned(self, url: str, parts: UrlParts) -> str | None:
        """The address without such parameters, its other characters untouched; None where it has none."""
        lists = [self._anywhere, *(self._hosts[name] for name in sites_of(parts.host) if name in self._hosts)]
        query = parts.query[1:]
        kept, separators = _SEPARATOR.split(query), _SEPARATOR.findall(query)
        wanted = [not any(_has(names, item) for names in lists) for item in kept]
        if all(wanted):
            return None
        text = ""
        for index, item in enumerate(kept):
            if wanted[index]:
                text += (separators[index - 1] if text else "?") + item
        start = url.index(parts.query)
        return url[:start] + text + url[start + len(parts.query) :]


Names = tuple[frozenset[str], tuple[str, ...]]


def _names(names: Iterable[str]) -> Names:
    """Whole names, and the beginnings of those that end with a star."""
    given = [name.lower() for name in names]
    beginnings = tuple(name[:-1] for name in given if name.endswith("*"))
    return frozenset(name for name in given if not name.endswith("*")), beginnings


def _has(names: Names, item: str) -> bool:
    name = item.partition("=")[0].lower()
    whole, beginnings = names
    return name in whole or name.startswith(beginnings)
