"""What one list came to: small enough to be kept, or to be sent from one process to another."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, fields
from functools import cache, cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from listlint.files import decode
from listlint.findings import Diagnostic, LocatedEdit, RelatedPlace, Suppression
from listlint.papers.model import BibTeX, Entry, Link, Mention, PaperList, Piece, Prose, ProseKind, Section
from listlint.source import Span
from listlint.suppressions import Range

if TYPE_CHECKING:
    from collections.abc import Callable

    from listlint.markdown.tree import Tree
    from listlint.source import Source
    from listlint.world import Question

__all__ = ["Checked", "Kept", "pack", "pack_papers", "unpack"]


_KINDS = tuple(ProseKind)
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}


@dataclass(frozen=True, slots=True)
class Checked:
    """A list's findings, of the rules that see one list, in order.

    `comments` are its suppressions as those rules left them, `asked` what was asked of the world, with the answers.
    `papers` is what rules over the collection see of the list, packed; empty where none of them runs.
    """

    diagnostics: tuple[Diagnostic, ...] = ()
    suppressed: int = 0
    comments: tuple[Range, ...] = ()
    asked: tuple[Question, ...] = ()
    papers: bytes = b""
    problem: tuple[str, str, int | None] | None = None


class Kept(PaperList):
    """A list without its tree: entries and prose come from what was packed, the text from the file's bytes.

    Rules over the collection see such lists. The entries' `nodes` are empty; the tree is read again if it is asked for.
    """

    def __init__(self, path: str, data: bytes, encoding: str, packed: bytes) -> None:
        self.__dict__.update(
            _path=path, _data=data, _encoding=encoding, _packed=unpack(packed) if packed else None
        )

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
        from listlint.markdown.read import read_tree

        return read_tree(self.source)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The list's papers."""
        found: tuple[Entry, ...] = unpack(self.__dict__["_packed"][0])
        return found

    @property
    def prose(self) -> tuple[Prose, ...]:
        """Every run of plain text in source order; made anew each time, since of all lists together it is large."""
        kinds, texts, starts, numbers = unpack(self.__dict__["_packed"][1])
        known = (*self.entries, None)
        spans = (Span(start, start + len(text)) for start, text in zip(starts, texts, strict=True))
        found = zip(
            map(_KINDS.__getitem__, kinds), texts, spans, map(known.__getitem__, numbers), strict=True
        )
        return tuple(map(Prose._make, found))


def pack_papers(papers: PaperList) -> bytes:
    """What `Kept` needs of a list."""
    numbers = {id(entry): number for number, entry in enumerate(papers.entries)}
    columns = (
        bytes([_NUMBERS[one.kind] for one in papers.prose]),
        [one.text for one in papers.prose],
        [one.span.start for one in papers.prose],
        [numbers.get(id(one.entry), -1) for one in papers.prose],
    )
    return pack((pack(papers.entries), pack(columns)))


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
    kinds = (BibTeX, Checked, Diagnostic, Entry, LocatedEdit, Range, RelatedPlace, Section, Suppression)
    tuples = (Link, Mention, Piece, Span)
    return {kind: _reducer(kind) for kind in kinds} | {kind: _tuple_reducer(kind) for kind in tuples}


def _tuple_reducer(kind: type) -> Callable[[Any], tuple[Any, tuple[Any, ...]]]:
    new = tuple.__new__
    return lambda thing: (new, (kind, tuple(thing)))


def _reducer(kind: type) -> Callable[[Any], tuple[Any, tuple[Any, ...]]]:
    names = [one.name for one in fields(kind)]
    values = attrgetter(*names)
    if kind is not Entry:
        return lambda thing: (kind, values(thing))
    at = names.index("nodes")

    def without_nodes(thing: Any) -> tuple[type, tuple[Any, ...]]:
        found = values(thing)
        return kind, (*found[:at], (), *found[at + 1 :])

    return without_nodes
