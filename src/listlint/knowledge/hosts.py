"""What a link names, read from its address alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.knowledge.host_rows import HostTables, Site, parameters
from listlint.knowledge.url_ids import read_arxiv_id, read_doi
from listlint.knowledge.url_parts import UrlParts, split_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from listlint.knowledge.host_rows import Match
    from listlint.knowledge.url_ids import CheckedId

__all__ = ["Hosts", "Identity", "LinkFacts"]

_CACHED = 1 << 16
_NOTHING: dict[str, str] = {}
_SLIDES = (".ppt", ".pptx", ".key", ".odp")
_VIDEOS = (".mp4", ".webm", ".mov")
_CHECKS: dict[str, Callable[[str], CheckedId]] = {"arxiv": read_arxiv_id, "doi": read_doi}


class Identity(NamedTuple):
    """What makes two links the same thing. `id` is normalised: an arXiv id without version, a DOI in lower case."""

    namespace: str
    id: str

    def __str__(self) -> str:
        return f"{self.namespace}:{self.id}"


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """What an address tells. Everything may be unknown.

    `aliases` are further identities that the same address states. `venue` is a canonical venue name, `kind` is
    `conference`, `journal`, `workshop` or `preprint`; `year` is the edition's. `role` is what stands at the address
    (`paper`, `code`, `project`, `video`, `slides`, `blog`, `data`, `demo`, `notes`, `other`), by its host alone.
    `malformed` is a clause that says why the identifier cannot be right, or what does not belong to it, in which
    case `identity` may still be known. `canonical` is the address to write instead, None where this one is fine.
    """

    identity: Identity | None = None
    aliases: tuple[Identity, ...] = ()
    venue: str | None = None
    kind: str | None = None
    year: int | None = None
    role: str | None = None
    version: str | None = None
    malformed: str | None = None
    canonical: str | None = None

    @property
    def identities(self) -> tuple[Identity, ...]:
        """All identities, the chief one first."""
        return self.aliases if self.identity is None else (self.identity, *self.aliases)


UNKNOWN = LinkFacts()


class Hosts:
    """Hosts and the grammar of their addresses: `rules/data/hosts.yaml`, and what the user adds to it."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._tables = HostTables(data.get("pieces", {}), data.get("venues", {}), data.get("volumes", {}))
        self._data: dict[str, Mapping[str, Any]] = {}
        for row in data.get("hosts", ()):
            for name in row["hosts"]:
                self._data[name] = row
        self._sites: dict[str, Site] = {}
        self._secure = frozenset(data.get("secure", ()))
        self._tracking = data.get("tracking", {})
        self.read: Callable[[str], LinkFacts] = lru_cache(_CACHED)(self._read)

    @classmethod
    def load(cls, extra: Iterable[Mapping[str, Any]] = ()) -> Hosts:
        """The rows of the rulebook, with `extra` rows of the same form before them; raises KnowledgeError for a bad one."""
        from listlint.knowledge.rulebook import load

        hosts = cls(load("hosts"))
        for row in extra:
            site = Site(row, hosts._tables)
            for name in row["hosts"]:
                hosts._data[name] = row
                hosts._sites[name] = site
        return hosts

    def _site(self, host: str) -> Site | None:
        """What is known of a host; `www.` before it makes no difference, `*.` stands for one label."""
        site = self._sites.get(host)
        if site is None:
            bare = host.removeprefix("www.")
            data = (
                self._data.get(host) or self._data.get(bare) or self._data.get("*." + host.partition(".")[2])
            )
            if data is None:
                return None
            site = self._sites[host] = Site(data, self._tables)
        return site

    def _read(self, url: str) -> LinkFacts:
        parts = split_url(url)
        if parts is None:
            return UNKNOWN
        facts, match = self._facts(parts)
        written = self._written(parts, match, facts, "abs")
        return facts if written in (None, url) else replace(facts, canonical=written)

    def _facts(self, parts: UrlParts) -> tuple[LinkFacts, Match | None]:
        site = self._site(parts.host)
        if site is None:
            return LinkFacts(role=_role_of_file(parts.path)), None
        match = site.match(parts)
        if match is None:
            return LinkFacts(role=_role_of_file(parts.path) or site.role), None
        return self._matched(site, match), match

    def _matched(self, site: Site, match: Match) -> LinkFacts:
        row, named = match
        venue, kind, year = site.venue(row, named)
        aliases = tuple(
            Identity(space, form.format_map(named).lower()) for space, form in row.aliases.items()
        )
        if row.same is not None:
            return self._same(row.same.format_map(named), aliases, row.role)
        if row.identity is None:
            return LinkFacts(None, aliases, venue, kind, year, row.role)
        text = row.data.get("id", "{id}").format_map(named)
        check = _CHECKS.get(row.identity)
        if check is None:
            return LinkFacts(Identity(row.identity, text), aliases, venue, kind, year, row.role)
        known = check(text)
        fault = known.fault and f'"{text}" is no {_spoken(row.identity)}: {known.fault}'
        if known.id is None:
            return LinkFacts(None, (), None, None, None, row.role, malformed=fault)
        named["id"], named["version"] = known.id, known.version
        return LinkFacts(
            Identity(row.identity, known.id),
            aliases,
            venue,
            kind,
            year,
            row.role,
            known.version or None,
            fault,
        )

    def _same(self, address: str, aliases: tuple[Identity, ...], role: str | None) -> LinkFacts:
        """The facts of another address that names the same thing."""
        host, _, path = address.partition("/")
        facts, _ = self._facts(UrlParts("https", host, "/" + path, "", "", exact=True))
        others = dict.fromkeys((*facts.aliases, *aliases))
        return replace(facts, aliases=tuple(one for one in others if one != facts.identity), role=role)

    def _written(self, parts: UrlParts, match: Match | None, facts: LinkFacts, style: str) -> str | None:
        if match is None or facts.identity is None or facts.malformed or parts.fragment:
            return None
        form = match.row.write.get(style)
        if form is None or "%" in form.format_map(match.parts):
            return None
        known = {match.row.query, *match.row.data.get("checked", ())}
        if any(name not in known for name, _ in parameters(parts.query)):
            return None
        return form.format_map(match.parts)

    def canonical(self, url: str, arxiv: str = "abs") -> str | None:
        """The address to write instead of `url` in the style `abs`, `pdf` or `keep`; None where it is fine or unknown."""
        if arxiv == "abs":
            return self.read(url).canonical
        parts = split_url(url)
        if parts is None:
            return None
        facts, match = self._facts(parts)
        written = self._written(parts, match, facts, arxiv)
        return None if written == url else written


def _spoken(namespace: str) -> str:
    return {"arxiv": "arXiv id", "doi": "DOI"}.get(namespace, namespace)


def _role_of_file(path: str) -> str | None:
    lower = path.lower()
    if lower.endswith(".pdf"):
        return "slides" if "slides" in lower else "paper"
    if lower.endswith(_SLIDES):
        return "slides"
    return "video" if lower.endswith(_VIDEOS) else None
