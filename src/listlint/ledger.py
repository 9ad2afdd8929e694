"""What a run came to, list by list: the next one with the same settings looks only at what has changed."""

from __future__ import annotations

import marshal
from array import array
from typing import TYPE_CHECKING, NamedTuple

from listlint.figures import Figures
from listlint.world import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listlint.gather import File
    from listlint.papers.owners import Owners
    from listlint.world import World

__all__ = ["Account", "Ledger"]


class Account(NamedTuple):
    """What one file came to.

    `hash` stands for its bytes and `name` is that of its record; `asked` is what was asked of the world. `size` bytes of
    the report speak of it, and `figures` counts what they say. `keys` are what its entries may share with others, packed.
    """

    path: str
    is_target: bool
    hash: str
    name: str
    asked: tuple[Question, ...]
    keys: bytes
    figures: Figures = Figures()
    size: int = 0

    def is_of(self, file: File, world: World) -> bool:
        """Whether it is that of this file, in the world of today."""
        return (self.is_target, self.hash) == (file.is_target, file.hash) and all(
            world.still(self.path, one) for one in self.asked
        )

    def unpacked_keys(self) -> array[int]:
        """The keys, each once."""
        return array("I", self.keys)


class Ledger(NamedTuple):
    """The accounts of a run by path, in the order of its report; `report` names the record of the text."""

    report: str
    accounts: Mapping[str, Account]
    owners: Owners

    @classmethod
    def of(cls, report: str, accounts: Iterable[Account], owners: Owners) -> Ledger:
        """The ledger of these accounts."""
        return cls(report, {one.path: one for one in accounts}, owners)

    def pack(self) -> bytes:
        """All of it as bytes."""
        rows = [
            (*one[:4], tuple(map(tuple, one.asked)), one.keys, tuple(one.figures), one.size)
            for one in self.accounts.values()
        ]
        return marshal.dumps((self.report, rows, self.owners))

    @classmethod
    def unpack(cls, data: bytes | memoryview) -> Ledger:
        """What was packed by this program."""
        report, rows, owners = marshal.loads(data)  # noqa: S302 - the user's own, and whole
        accounts = [
            Account(
                path,
                is_target,
                hash_,
                name,
                tuple(Question(*one) for one in asked),
                keys,
                Figures(*figures),
                size,
            )
            for path, is_target, hash_, name, asked, keys, figures, size in rows
        ]
        return cls.of(report, accounts, owners)
