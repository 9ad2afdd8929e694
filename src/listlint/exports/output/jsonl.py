"""For programs: one entry a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from listlint.exports.encoding import encoder
from listlint.papers.records import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.exports import Exported
    from listlint.knowledge.knowledge import Knowledge

__all__ = ["write"]


def write(entries: Iterable[Exported], knowledge: Knowledge, out: TextIO) -> None:
    """Write one object a line."""
    encode = encoder(out)
    out.writelines(encode(record(one.entry, one.path, knowledge.hosts)) + "\n" for one in entries)
