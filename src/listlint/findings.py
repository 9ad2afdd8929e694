"""What a rule says: findings, and the fixes they may carry."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from listlint.source import Edit, Position, Span

__all__ = [
    "Diagnostic",
    "Effect",
    "Finding",
    "Fix",
    "LocatedEdit",
    "Related",
    "RelatedPlace",
    "Safety",
    "Severity",
    "Suppression",
]


class Severity(Enum):
    """How bad a finding is. `INFO` never fails a run."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 2 for error."""
        return ("info", "warning", "error").index(self.value)


class Safety(Enum):
    """`SAFE`: a maintainer would accept the fix unseen. `UNSAFE`: a person should look."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Effect(NamedTuple):
    """What a fix may change; anything beyond it is a refusal.

    `fields` names the entry fields (`title`, `links`, `venue`, `institutions`, `authors`, `keywords`, `notes`,
    `marks`, `bibtex`, `read`, `section`) whose values may differ afterwards; `removed` and `added` count entries.
    `reveals` is how many more may come to light, because what was broken could not be read as an entry. `repair` is
    set by fixes of structure: afterwards the number of entries is proved, and each entry that no edit touched.
    """

    fields: frozenset[str] = frozenset()
    removed: int = 0
    added: int = 0
    reveals: int = 0
    repair: bool = False


class Fix(NamedTuple):
    """Edits that go all together or not at all; they do not overlap. `title` is an imperative clause."""

    edits: tuple[Edit, ...]
    title: str
    safety: Safety = Safety.SAFE
    effect: Effect = Effect()


class Related(NamedTuple):
    """Another place that a finding speaks of; `path` is empty for the same file."""

    span: Span
    message: str
    path: str = ""


class Finding(NamedTuple):
    """One place where a rule is broken.

    `message` is one lower-case clause that quotes what is there and what should be. `path` is empty in rules that
    see one list; a rule over the collection names the list and, by its number, the `entry` it speaks of: places do not
    tell two papers of one row apart. `severity` overrides the rule's own.
    """

    span: Span
    message: str
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    path: str = ""
    entry: int | None = None


class Suppression(NamedTuple):
    """A comment that silences `rules` (all where there are none); `idle` are those of them that it did not silence."""

    span: Span
    rules: tuple[str, ...]
    reason: str
    idle: tuple[str, ...] = ()


class LocatedEdit(NamedTuple):
    """An edit as other programs read it."""

    start: Position
    end: Position
    text: str


class RelatedPlace(NamedTuple):
    """A related place as other programs read it."""

    path: str
    line: int
    message: str


class Diagnostic(NamedTuple):
    """A finding as a person or a program reads it: located, complete, and free of the tree it came from.

    Lines and columns count from 1, columns in Unicode code points, ends exclusive. `excerpt` is the text of the
    line on which it starts, without its ending. `edits` is empty where there is no fix. `about` is the paper that it
    speaks of and the words that it marks, where the run has a baseline: they stay when lines move.
    """

    path: str
    start: Position
    end: Position
    code: str
    rule: str
    severity: Severity
    message: str
    excerpt: str = ""
    fix_title: str | None = None
    fix_safety: Safety | None = None
    edits: tuple[LocatedEdit, ...] = ()
    related: tuple[RelatedPlace, ...] = ()
    about: tuple[str, str] = ("", "")

    @property
    def sort_key(self) -> tuple[str, Position, Position, str, str]:
        """Files by name, then places, then codes: the same order whatever the order of the paths."""
        return (self.path, self.start, self.end, self.code, self.message)
