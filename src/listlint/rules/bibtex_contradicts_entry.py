"""`bibtex-contradicts-entry`: the record is that of another paper, or of another year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Related
from listlint.papers.bibtex_claims import place_of, stated_ids, stated_venue
from listlint.papers.identity import is_preprint, paper_links
from listlint.papers.model import Entry, Role
from listlint.papers.related_titles import have_nothing_in_common
from listlint.papers.titles import form_of
from listlint.papers.venue_claims import compatible, said, told
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.hosts import Hosts
    from listlint.knowledge.venues import Venues
    from listlint.papers.model import BibTeX
    from listlint.papers.venue_claims import Claim

__all__ = ["bibtex_contradicts_entry"]


@rule("BIB002", "bibtex-contradicts-entry", on=Entry, of="bibtex")
def bibtex_contradicts_entry(entry: Entry, hosts: Hosts, venues: Venues) -> Iterator[Finding]:
    """An entry's BibTeX record is that of its paper: identifier, title and year agree with the entry and its link."""
    if entry.bibtex is None:
        return
    links = {identity.namespace: (link, identity) for link, identity in paper_links(entry, hosts)}
    ids = [one for one in stated_ids(entry.bibtex, hosts) if one.identity.namespace in links]
    agreed = any(links[one.identity.namespace][1] == one.identity for one in ids)
    if not agreed:
        alike = [
            one for one in ids if is_preprint(one.identity) == is_preprint(links[one.identity.namespace][1])
        ]
        for field, identity in alike[:1]:
            link, other = links[identity.namespace]
            yield Finding(
                place_of(entry.bibtex, field),
                f'the BibTeX says {identity}, the paper\'s link {other}: "{link.url}"',
                related=(Related(link.span, f"the paper's link says {other}"),),
            )
        if any(link.role is Role.PAPER for link in entry.links):
            yield from _title(entry, entry.bibtex)
    yield from _year(entry, entry.bibtex, hosts, venues)


def _title(entry: Entry, bibtex: BibTeX) -> Iterator[Finding]:
    title = bibtex.fields.get("title", "")
    if entry.title and title and have_nothing_in_common(form_of(title), form_of(entry.title)):
        yield Finding(
            place_of(bibtex, "title"),
            f'the BibTeX says "{title}", the entry "{entry.title}"',
            related=(Related(entry.place, "the entry's title"),),
        )


def _year(entry: Entry, bibtex: BibTeX, hosts: Hosts, venues: Venues) -> Iterator[Finding]:
    stated = stated_venue(bibtex, venues)
    claims: list[Claim] = [claim for _, claim in said(entry)] or [claim for _, claim in told(entry, hosts)]
    same = [claim for claim in claims if stated and compatible(claim, stated[1]._replace(year=None))]
    if stated is None or not same or any(compatible(claim, stated[1]) for claim in same):
        return
    field, claim = stated
    yield Finding(place_of(bibtex, field), f"the BibTeX says {claim}, the entry {same[0]}")
