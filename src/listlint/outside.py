"""The questions that a rule may ask of the world. Types only: the run fills them in."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from listlint.touched import Touched

__all__ = ["LinkStatus", "LinkVerdict", "Outside"]


class LinkStatus(Enum):
    """Three verdicts: only what is surely gone is `DEAD`."""

    ALIVE = "alive"
    DEAD = "dead"
    UNKNOWN = "unknown"


class LinkVerdict(NamedTuple):
    """What asking a link told.

    `reason` is one clause for people (`404 Not Found`, `name does not exist`, `timed out after 20 s`). `moved_to`
    is the final address where every redirect on the way was permanent, else None. `confirmed` says that a dead link
    was found dead on two different days, `added` that the change under review brought the link in (the run knows).
    """

    status: LinkStatus
    reason: str
    moved_to: str | None = None
    confirmed: bool = False
    added: bool = False


class Outside(Protocol):
    """What a run can tell a rule. None means not known: a rule then says nothing."""

    def link(self, url: str) -> LinkVerdict | None:
        """The verdict on a link, asked beforehand; None offline."""

    def touched(self, path: str) -> Touched | None:
        """The lines of the list at `path` that the change under review touched; None where the run is about no change."""

    def path_exists(self, path: str, target: str) -> bool | None:
        """Whether `target`, as the list at `path` writes it (relative, no fragment), is a file or folder there."""

    def anchors(self, path: str, target: str) -> frozenset[str] | None:
        """The anchors of the Markdown file that `target` names, seen from the list at `path`; `""` is the list itself."""
