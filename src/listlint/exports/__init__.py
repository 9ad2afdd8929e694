"""Entries as files of data: each module of `output` writes one export format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TextIO, cast

from listlint.discovery import modules_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.knowledge.knowledge import Knowledge
    from listlint.papers.model import Entry, PaperList

__all__ = ["Exported", "formats", "write_entries"]


@dataclass(frozen=True, slots=True)
class Exported:
    """An entry on its way out, with the path of its list."""

    entry: Entry
    path: str


class _Format(Protocol):
    def write(self, entries: Iterable[Exported], knowledge: Knowledge, out: TextIO) -> None: ...


@cache
def formats() -> tuple[str, ...]:
    """The names of the export formats, sorted: one for each module of the package `output`."""
    return tuple(name.replace("_", "-") for name in modules_of("listlint.exports.output"))


def write_entries(form: str, lists: Iterable[PaperList], knowledge: Knowledge, out: TextIO) -> None:
    """Write the entries of the lists to `out`; raises ValueError for a format that does not exist."""
    if form not in formats():
        raise ValueError(f'no export format "{form}"; there are {", ".join(formats())}')
    module = cast("_Format", import_module(f"listlint.exports.output.{form.replace('-', '_')}"))
    module.write(
        (Exported(entry, papers.path) for papers in lists for entry in papers.entries), knowledge, out
    )
