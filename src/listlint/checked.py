"""What one list came to: small enough to be kept, or to be sent from one process to another."""

from __future__ import annotations

import io
import pickle
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.files import decode
from listlint.findings import Diagnostic, LocatedEdit, RelatedPlace, Suppression
from listlint.papers.model import PaperList
from listlint.papers.outline import Outline
from listlint.papers.read import read_list
from listlint.source import Position, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from listlint.gather import File
    from listlint.knowledge.knowledge import Knowledge
    from listlint.markdown.tree import Tree
    from listlint.papers.model import Entry
    from listlint.source import Source
    from listlint.suppressions import Range
    from listlint.world import Question

__all__ = ["Checked", "Kept", "Record", "pack", "unpack"]

SIZE = 8  # bytes that say how long a part is
KEYS, ROWS, TOLD, FINDINGS = range(4)
PARTS = 4


class Checked(NamedTuple):
    """What a list came to by itself; the findings are those of the rules that see one list, in order.

    `comments` are its suppressions as those rules left them, `asked` what was asked of the world, with the answers.
    `outline` is what rules over the collection see of the list; None where none of them runs. `within` is what
    they find where the collection is this list alone, each finding with the number of its entry; None where that cannot
    be said before the other lists are known. `generated` are the stretches that a script writes.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: int = 0
    comments: tuple[Range, ...] = ()
    within: tuple[tuple[int, Diagnostic], ...] | None = ()
    generated: tuple[Span, ...] = ()
    asked: tuple[Question, ...] = ()
    problem: tuple[str, str, int | None] | None = None
    outline: Outline | None = None

    def pack(self) -> bytes:
        """All of it as bytes: how long the parts are, the outline's keys and rows, what else is needed of every list, the findings."""
        keys, rows = (b"", b"") if self.outline is None else self.outline.pack()
        told = (self.asked, self.problem, bool(self.comments), self.within is None)
        parts = (keys, rows, pack(told), pack(tuple(self[:5])))
        return b"".join((*(len(part).to_bytes(SIZE, "big") for part in parts), *parts))


class Record:
    """What was packed of a list, its parts read from where it is kept when they are asked for.

    `part` gives the bytes from one place to another. The list `waits` where nothing can be said of it among others before
    they are known.
    """

    def __init__(self, path: str, part: Callable[[int, int], bytes]) -> None:
        self.path = path
        self._part = part
        head = part(0, PARTS * SIZE)
        self._ends = [len(head)]
        for number in range(PARTS):
            self._ends.append(
                self._ends[-1] + int.from_bytes(head[number * SIZE : (number + 1) * SIZE], "big")
            )
        told = unpack(self._read(TOLD))
        self.asked: tuple[Question, ...] = told[0]
        self.problem: tuple[str, str, int | None] | None = told[1]
        self.has_comments: bool = told[2]
        self.waits: bool = told[3]

    @classmethod
    def of(cls, path: str, body: bytes | memoryview) -> Record:
        """That of a body in memory."""
        return cls(path, lambda first, last: bytes(body[first:last]))

    def outline(self) -> Outline | None:
        """What rules over the collection see of it, if they do; the rows are read when they are asked for."""
        keys = self._read(KEYS)
        return Outline.unpack(self.path, keys, lambda: self._read(ROWS)) if keys else None

    def checked(self) -> Checked:
        """All but the outline."""
        found = unpack(self._read(FINDINGS))
        return Checked(*found)._replace(asked=self.asked, problem=self.problem)

    def _read(self, number: int) -> bytes:
        return self._part(self._ends[number], self._ends[number + 1])


class Kept(PaperList):
    """A list that was checked before: rules over the collection see its outline, and its text where they find anything.

    Tree and entries are read again if they are asked for; what a script writes is known.
    """

    def __init__(self, file: File, record: Record, encoding: str, knowledge: Knowledge) -> None:
        self.__dict__.update(_file=file, _record=record, _encoding=encoding, _knowledge=knowledge)

    @property
    def path(self) -> str:
        """The path as the user gave it."""
        return str(self.__dict__["_file"].path)

    @cached_property
    def generated(self) -> tuple[Span, ...]:
        """The stretches that a script writes."""
        return tuple(self.__dict__["_record"].checked().generated)

    @cached_property
    def source(self) -> Source:
        """The list's text."""
        return decode(self.path, self.__dict__["_file"].data, self.__dict__["_encoding"])

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
    kinds = (Diagnostic, LocatedEdit, Position, RelatedPlace, Span, Suppression)
    return {kind: _reducer(kind) for kind in kinds}


def _reducer(kind: type) -> Callable[[Any], tuple[Any, tuple[Any, ...]]]:
    new = tuple.__new__
    return lambda thing: (new, (kind, tuple(thing)))
