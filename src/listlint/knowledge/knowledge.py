"""All knowledge of one run, each part loaded when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listlint.knowledge.fields import Fields
    from listlint.knowledge.hosts import Hosts
    from listlint.knowledge.institutions import Institutions
    from listlint.knowledge.link_hosts import LinkHosts
    from listlint.knowledge.sections import Sections
    from listlint.knowledge.terms import Terms
    from listlint.knowledge.venues import Venues
    from listlint.knowledge.words import Words

__all__ = ["PARTS", "Knowledge"]

PARTS = ("fields", "hosts", "institutions", "terms", "venues", "words")


class Knowledge:
    """What the run knows: the rulebook's rows and, per part, a user's further rows."""

    def __init__(self, extra: Mapping[str, Sequence[Mapping[str, Any]]] | None = None) -> None:
        self.extra = dict(extra or {})

    def _rows(self, part: str) -> Sequence[Any]:
        return self.extra.get(part, ())

    @cached_property
    def fields(self) -> Fields:
        """Column names, link labels and keys."""
        from listlint.knowledge.fields import Fields

        return Fields.load(self._rows("fields"))

    @cached_property
    def hosts(self) -> Hosts:
        """The grammar of web addresses."""
        from listlint.knowledge.hosts import Hosts

        return Hosts.load(self._rows("hosts"))

    @cached_property
    def institutions(self) -> Institutions:
        """Places where papers come from."""
        from listlint.knowledge.institutions import Institutions

        return Institutions.load(self._rows("institutions"))

    @cached_property
    def link_hosts(self) -> LinkHosts:
        """Hosts that answer robots in ways of their own."""
        from listlint.knowledge.link_hosts import LinkHosts

        return LinkHosts.load()

    @cached_property
    def sections(self) -> Sections:
        """What headings say of the sections below them."""
        from listlint.knowledge.sections import Sections

        return Sections.load()

    @cached_property
    def terms(self) -> Terms:
        """Names with a case of their own."""
        from listlint.knowledge.terms import Terms

        return Terms.load(self._rows("terms"))

    @cached_property
    def venues(self) -> Venues:
        """Where papers appear."""
        from listlint.knowledge.venues import Venues

        return Venues.load(self._rows("venues"))

    @cached_property
    def words(self) -> Words:
        """Words and their misspellings."""
        from listlint.knowledge.words import Words

        return Words.load(self._rows("words"))
