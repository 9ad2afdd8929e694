"""What a link names, read from its address alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.knowledge.host_rows import HostTables, Site, sites_of
from listlint.knowledge.rulebook import KnowledgeError, load
from listlint.knowledge.url_ids import is_todays, read_arxiv_id, read_doi
from listlint.knowledge.url_parts import UrlParts, parameters, split_url
from listlint.knowledge.url_placeholders import Placeholders
from listlint.knowledge.url_tracking import Tracking

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from listlint.knowledge.host_rows import HostRow
    from listlint.knowledge.url_ids import CheckedId

__all__ = ["Hosts", "Identity", "LinkFacts"]

_CACHED = 1 << 12  # addresses: as many as a long list has
_SLIDES = (".ppt", ".pptx", ".key", ".odp")
_VIDEOS = (".mp4", ".webm", ".mov")
_UNSAFE = re.compile(r"""[\s%<>"'()\[\]{}|\\^`]""")
_SPOKEN = {"arxiv": "arXiv id", "doi": "DOI"}
_ID = len("2401.00001")  # what is before an id and behind it names a form of address
_MOST_FORMS = 64
_CHECKS: dict[str, Callable[[str], CheckedId]] = {"arxiv": read_arxiv_id, "doi": read_doi}


class Identity(NamedTuple):
    """What makes two links the same thing. `id` is normalised: an arXiv id without version, a DOI in lower case."""

    namespace: str
    id: str

    def __str__(self) -> str:
        return f"{self.namespace}:{self.id}"


class LinkFacts(NamedTuple):
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


_UNKNOWN = LinkFacts()


class _Form(NamedTuple):
    """What addresses tell that differ in their arXiv id alone; the address to write instead begins with `write`."""

    venue: str | None
    kind: str | None
    year: int | None
    role: str | None
    version: str | None
    write: str | None


class Hosts:
    """Hosts and the grammar of their addresses: `rules/data/hosts.yaml`, and what the user adds to it.

    `read(url)` is what an address tells; empty facts for any text that is no address.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._tables = HostTables(data.get("pieces", {}), data.get("venues", {}), data.get("volumes", {}))
        self._groups = {name: group for group in data.get("hosts", ()) for name in group["hosts"]}
        self._sites: dict[str, Site | None] = {}
        self._forms: dict[tuple[str, str], _Form] = {}
        tracking = data.get("tracking", {})
        self._tracking = Tracking(tracking.get("any", ()), tracking.get("hosts", {}))
        self._placeholders = Placeholders(data.get("placeholders", {}))
        self.read: Callable[[str], LinkFacts] = lru_cache(_CACHED)(self._read)  # asked several times an entry

    @classmethod
    def load(cls, extra: Iterable[Mapping[str, Any]] = ()) -> Hosts:
        """The rows of the rulebook, `extra` groups of the same form before them; raises KnowledgeError for a bad one."""
        hosts = cls(load("hosts"))
        for row, group in enumerate(extra):
            try:
                site, names = Site(group, hosts._tables, is_new=True), list(group["hosts"])
            except (KnowledgeError, KeyError, TypeError) as error:
                raise KnowledgeError(str(error), row) from error
            for name in names:
                hosts._groups[name] = group
                hosts._sites[name] = site
        return hosts

    def canonical(self, url: str, arxiv: str = "abs") -> str | None:
        """The address to write instead of `url` in the style `abs`, `pdf` or `keep`; None where it is fine or unknown."""
        if arxiv == "abs":
            return self.read(url).canonical
        parts = split_url(url)
        if parts is None:
            return None
        facts, row, named = self._facts(parts)
        written = _written(parts, row, named, facts, arxiv)
        return None if written == url else written

    def clean(self, url: str) -> str | None:
        """The address without the parameters that only say where a reader came from; None where it has none."""
        if "?" not in url or "\\" in url:
            return None
        parts = split_url(url)
        return None if parts is None or not parts.query else self._tracking.cleaned(url, parts)

    def secure(self, url: str) -> str | None:
        """The same address with https, where it has http and the host is known to speak TLS; else None."""
        if url[:7].lower() != "http://":
            return None
        parts = split_url(url)
        if parts is None:
            return None
        group = next((self._groups[name] for name in sites_of(parts.host) if name in self._groups), None)
        if group is None or not group.get("tls", True):
            return None
        host, slash, rest = url[7:].partition("/")
        return "https://" + host.removesuffix(":80") + slash + rest

    def knows(self, url: str) -> bool:
        """Whether the address's host is one of those that the rows name."""
        parts = split_url(url)
        return parts is not None and any(name in self._groups for name in sites_of(parts.host))

    def is_placeholder(self, url: str, label: str = "") -> bool:
        """Whether the address under `label` only stands for one to come."""
        return self._placeholders.has(url, label)

    def may_have_placeholders(self, lines: str) -> bool:
        """Whether one of the addresses, a line each, may only stand for one to come."""
        return self._placeholders.may_have(lines)

    def _site(self, host: str) -> Site | None:
        """What is known of a host; `www.` before it makes no difference, `*.` stands for one label."""
        try:
            return self._sites[host]
        except KeyError:
            group = next((self._groups[name] for name in sites_of(host) if name in self._groups), None)
            site = None if group is None else Site(group, self._tables)
            self._sites[host] = site
            return site

    def _read(self, url: str) -> LinkFacts:
        head, _, last = url.rpartition("/")
        id_, around = last[:_ID], (head, last[_ID:])
        form = self._forms.get(around)
        if form is not None and is_todays(id_):
            canonical = None if form.write is None else form.write + id_
            return LinkFacts(Identity("arxiv", id_), (), *form[:5], None, canonical)
        parts = split_url(url)
        if parts is None:
            return _UNKNOWN
        facts, row, named = self._facts(parts)
        written = _written(parts, row, named, facts, "abs")
        facts = facts if written is None or written == url else facts._replace(canonical=written)
        if row is not None and facts.identity == ("arxiv", id_) and len(self._forms) < _MOST_FORMS:
            self._learn(url, around, parts, row, facts)
        return facts

    def _learn(
        self, url: str, around: tuple[str, str], parts: UrlParts, row: HostRow, facts: LinkFacts
    ) -> None:
        """Keep what an address tells, if it tells the same with any other of today's arXiv ids in its last part."""
        site, id_, write = self._site(parts.host), url[len(around[0]) + 1 :][:_ID], facts.canonical
        told = facts.aliases or facts.malformed or row.same or row.varies or row.form
        if told or site is None or row not in site.even or not is_todays(id_):
            return
        if url.count(id_) > 1 or "\\" in url or not parts.exact:
            return
        if write is not None:
            write, behind, after = write.partition(id_)
            if not behind or after:
                return
        self._forms[around] = _Form(*facts[2:7], write)

    def _facts(self, parts: UrlParts) -> tuple[LinkFacts, HostRow | None, dict[str, str]]:
        site = self._site(parts.host)
        match = None if site is None else site.match(parts)
        if match is None:
            role = _role_of_file(parts.path) or (None if site is None else site.role)
            return (LinkFacts(role=role) if role else _UNKNOWN), None, {}
        row, named = match
        named["host"] = parts.host.removeprefix("www.")
        return self._matched(row, named), row, named

    def _matched(self, row: HostRow, named: dict[str, str]) -> LinkFacts:
        aliases: tuple[Identity, ...] = ()
        if row.aliases:
            aliases = tuple(
                Identity(space, form.format_map(named).lower()) for space, form in row.aliases.items()
            )
        if row.same is not None:
            return self._same(row.same.format_map(named), aliases, row.role)
        told = row.tell(named)
        if row.identity is None:
            return LinkFacts(None, aliases, told.venue, told.kind, told.year, row.role)
        named["series"] = (told.venue or "").lower()
        text = named["id"] if row.form is None else row.form.format_map(named)
        check = _CHECKS.get(row.identity)
        if check is None:
            return LinkFacts(Identity(row.identity, row.folded(text)), aliases, *told, row.role)
        known = check(text)
        fault = None if known.fault is None else f'"{text}" is no {_SPOKEN[row.identity]}: {known.fault}'
        if known.id is None:
            return LinkFacts(role=row.role, malformed=fault)
        if row.form is None:
            named["id"], named["version"] = known.id, known.version
        else:
            named["id"] = known.id
        return LinkFacts(
            Identity(row.identity, known.id), aliases, *told, row.role, known.version or None, fault
        )

    def _same(self, address: str, aliases: tuple[Identity, ...], role: str | None) -> LinkFacts:
        """The facts of another address that names the same thing."""
        host, _, path = address.partition("/")
        facts, _, _ = self._facts(UrlParts("https", host, "/" + path, "", "", exact=True))
        if not aliases and role == facts.role:
            return facts
        others = dict.fromkeys((*facts.aliases, *aliases))
        return facts._replace(aliases=tuple(one for one in others if one != facts.identity), role=role)


def _written(
    parts: UrlParts, row: HostRow | None, named: dict[str, str], facts: LinkFacts, style: str
) -> str | None:
    """The address in the row's form: not where a fragment or another parameter would be lost."""
    if row is None or not row.write or facts.identity is None or facts.malformed or len(parts.fragment) > 1:
        return None
    form = row.write.get(style)
    if form is None or (parts.query and any(name not in row.checked for name, _ in parameters(parts.query))):
        return None
    written = form.format_map(named)
    return written if written.isascii() and not _UNSAFE.search(written) else None


def _role_of_file(path: str) -> str | None:
    ending = path[-5:].lower()
    if ending.endswith(".pdf"):
        return "slides" if "slides" in path.lower() else "paper"
    if ending.endswith(_SLIDES):
        return "slides"
    return "video" if ending.endswith(_VIDEOS) else None
