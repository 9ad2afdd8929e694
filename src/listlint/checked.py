"""What one list came to: small enough to be kept, or to be sent from one process to another."""

from __future__ import annotations

import io
import pickle
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.files import decode
from listlint.findings import Diagnostic, LocatedEdit, RelatedPlace, Suppression
from listlint.papers.model import PaperList
from listlint.papers.read import read_list
from listlint.source import Position, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from listlint.knowledge.knowledge import Knowledge
    from listlint.markdown.tree import Tree
    from listlint.papers.model import Entry
    from listlint.source import Source
    from listlint.suppressions import Range
    from listlint.world import Question

__all__ = ["Checked", "Kept", "pack", "unpack"]


class Checked(NamedTuple):
    """A list's findings, of the rules that see one list, in order.

    `comments` are its suppressions as those rules left them, `asked` what was asked of the world, with the answers.
    `outline` is what rules over the collection see of the list, packed; empty where none of them runs. `within` is what
    they find where the collection is this list alone, each finding with the number of its entry; None where that cannot
    be said before the other lists are known. `generated` are the stretches that a script writes.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: int = 0
    comments: tuple[Range, ...] = ()
    asked: tuple[Question, ...] = ()
    outline: bytes = b""
    within: tuple[tuple[int, Diagnostic], ...] | None = ()
    generated: tuple[Span, ...] = ()
    problem: tuple[str, str, int | None] | None = None

    def with_more(self, more: Iterable[Diagnostic]) -> list[Diagnostic]:
        """The findings and these, in order."""
        return sorted([*self.diagnostics, *more], key=lambda one: one.sort_key)


class Kept(PaperList):
    """A list that was checked before: rules over the collection see its outline, and its text where they find anything.

    Tree and entries are read again if they are asked for; what a script writes is known.
    """

    def __init__(
        self, path: str, data: bytes, encoding: str, knowledge: Knowledge, generated: tuple[Span, ...]
    ) -> None:
        self.__dict__.update(_path=path, _data=data, _encoding=encoding, _knowledge=knowledge)
        self.__dict__["generated"] = generated

    @property
    def path(self) -> str:
        """The path as the user gave it."""
        return str(self.__dict__["_path"])

    @cached_property
    def source(self) -> Source:
        """The list's text."""
        return decode(self.path, self.__dict__["_data"], self.__dict__["_encoding"])

    @cached_property
    def tree(self) -> Tree:
        """The syntax tree, read anew."""
        return self._papers.tree

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The list's papers, read anew."""
        return self._papers.entries

    @cached_property
    def _papers(self) -> PaperList:
        return read_list(self.source, self.__dict__["_knowledge"])


def pack(thing: object) -> bytes:
    """Anything of listlint's own as bytes."""
    file = io.BytesIO()
    pickler = pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _reducers()
    pickler.dump(thing)
    return file.getvalue()


def unpack(data: bytes) -> Any:
    """What was packed. The bytes are this process's, a copy's of it, or the user's own and whole."""
    return pickle.loads(data)  # noqa: S301 - see above


@cache
def _reducers() -> dict[type, Callable[[Any], tuple[Any, tuple[Any, ...]]]]:
    """How records are taken apart and made again: in C where that can be, which they themselves do in Python."""
    kinds = (Checked, Diagnostic, LocatedEdit, Position, RelatedPlace, Span, Suppression)
    return {kind: _reducer(kind) for kind in kinds}


def _reducer(kind: type) -> Callable[[Any], tuple[Any, tuple[Any, ...]]]:
    new = tuple.__new__
    return lambda thing: (new, (kind, tuple(thing)))
