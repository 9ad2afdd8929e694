"""What the reader asks of the knowledge, which remembers its answers: lists repeat the same few words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.knowledge.knowledge import Knowledge
    from listlint.knowledge.venues import VenueMention

__all__ = ["Asked"]

LONG_LIST = 50
LONGEST = 200  # characters: no venue is longer


class Asked:
    """The knowledge for one list."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.fields = knowledge.fields
        self.hosts = knowledge.hosts
        self.institutions = knowledge.institutions
        self.known_venues = knowledge.venues
        self.sections = knowledge.sections

    def venues(self, text: str, *, sure: bool = False) -> list[VenueMention]:
        """All venues of a text that is nothing but venues."""
        return self.known_venues.read_all(text, sure=sure) if len(text) <= LONGEST else []

    def venue(self, text: str) -> VenueMention | None:
        """The first venue of a text that is nothing but venues."""
        found = self.venues(text)
        return found[0] if found else None

    def mentions(self, text: str) -> list[VenueMention]:
        """The venues that running text names."""
        return self.known_venues.mentions(text)

    def is_place(self, text: str) -> bool:
        """Whether the text is nothing but institutions."""
        if len(text) > LONG_LIST and ", " in text and not self.institutions.is_place(text.partition(", ")[0]):
            return False  # a long list of something else, such as authors: asking of all of it is dear
        return self.institutions.is_place(text)
