"""What a BibTeX record says of its paper: its identities, its title, and where it appeared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.expressions import expression
from listlint.papers.identity import NO_PAPERS
from listlint.papers.venue_claims import Claim
from listlint.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts, Identity
    from listlint.knowledge.venues import Venues
    from listlint.papers.model import BibTeX

__all__ = ["StatedId", "place_of", "stated_ids", "stated_venue"]

ARXIV = expression(r"(?<![\d.])(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?!\d)")
URL = expression(r"https?://[^\s{}\\]+")
YEAR = re.compile(r"(?:19|20)\d\d")
ADDRESSES = ("url", "howpublished", "note", "ee")


class StatedId(NamedTuple):
    """An identity and the field that states it."""

    field: str
    identity: Identity


def stated_ids(bibtex: BibTeX, hosts: Hosts) -> list[StatedId]:
    """The identities that a record states; of each namespace the first."""
    found: dict[str, StatedId] = {}
    for field, url in _addresses(bibtex.fields):
        for identity in hosts.read(url).identities:
            if identity.namespace not in NO_PAPERS:
                found.setdefault(identity.namespace, StatedId(field, identity))
    return list(found.values())


def _addresses(fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    archive = fields.get("archiveprefix", fields.get("eprinttype", "")).lower()
    eprint = fields.get("eprint", "")
    if archive in ("", "arxiv") and (match := ARXIV.search(eprint)):
        yield "eprint", f"https://arxiv.org/abs/{match[1]}"
    for field in ("journal", "volume", "number", "note"):
        value = fields.get(field, "")
        if "arxiv" in value.lower() and (match := ARXIV.search(value)):
            yield field, f"https://arxiv.org/abs/{match[1]}"
    if doi := fields.get("doi", "").replace("\\_", "_").strip():
        yield "doi", doi if doi.startswith("http") else f"https://doi.org/{doi}"
    for field in ADDRESSES:
        if match := URL.search(fields.get(field, "")):
            yield field, match[0].rstrip(".,;")


def stated_venue(bibtex: BibTeX, venues: Venues) -> tuple[str, Claim] | None:
    """The field that names a conference, and where and when the record says that the paper appeared."""
    year = YEAR.fullmatch(bibtex.fields.get("year", "").strip())
    text = bibtex.fields.get("booktitle", "").replace("{", "").replace("}", "")
    if not text or year is None:
        return None
    known = [venue for venue in _named(text, venues) if venue[1] == "conference"]
    return ("year", Claim(known[0][0], int(year[0]), "conference")) if len(known) == 1 else None


def _named(text: str, venues: Venues) -> list[tuple[str, str]]:
    """The names and kinds of the venues that a book's title names."""
    mentions = [one for one in venues.mentions(text) if one.known] or [
        one for one in venues.read_all(text, sure=True) if one.known
    ]
    return sorted({(one.name, one.kind) for one in mentions})


def place_of(bibtex: BibTeX, field: str) -> Span:
    """Where a field's value stands in the source; the whole record where that cannot be told."""
    pattern = re.compile(rf"(?i)(?<![\w-]){re.escape(field)}\s*=\s*[{{\"]?\s*")
    match = pattern.search(bibtex.raw)
    value = bibtex.fields.get(field, "")
    if match is None or not value or not bibtex.raw.startswith(value, match.end()):
        return bibtex.span
    start = bibtex.span.start + match.end()
    return Span(start, start + len(value))
