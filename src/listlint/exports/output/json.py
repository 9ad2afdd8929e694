"""For programs: an array of entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from listlint.exports.encoding import write_array
from listlint.papers.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.exports import Exported
    from listlint.knowledge.knowledge import Knowledge

__all__ = ["write"]


def write(entries: Iterable[Exported], knowledge: Knowledge, out: TextIO) -> None:
    """Write the records that `jsonl` writes, as one array."""
    write_array((record(one.entry, one.path, knowledge.hosts) for one in entries), out)
