"""A list as it is compared with others: its entries, and numbers that entries of one paper share."""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

from listlint.papers.listed import Listed, row_of
from listlint.papers.near_titles import title_keys, title_without_name
from listlint.papers.titles import form_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listlint.knowledge.hosts import Hosts
    from listlint.papers.listed import Row
    from listlint.papers.model import PaperList

__all__ = ["Outline", "compared", "meeting"]

TITLE, WORDS = 2, 3  # where they stand in a row
ALONE = 1  # the key of an entry that is looked at, whether it shares anything or not
WITHOUT_LINK = 5  # words that the title of an entry without a link has at least
COUNT = 4  # bytes that say how many keys there are
PARTS = 8
FEW = 100_000  # keys that are compared all at once


class Outline:
    """The entries of a list, in order, each reduced to what is compared.

    `keys` are sorted; the entry with the number `owners[i]` has the key `keys[i]`. Two entries may only be one paper, or
    contradict each other, if they share a key; few of those that share one are. So most entries are never unpacked.
    """

    def __init__(self, path: str, keys: array[int], owners: array[int], rows: bytes | memoryview) -> None:
        self.path = path
        self.keys = keys
        self.owners = owners
        self._rows = rows

    @classmethod
    def of(cls, papers: PaperList, hosts: Hosts) -> Outline:
        """The outline of a list that has been read."""
        text = papers.source.text
        rows = tuple([row_of(text, entry, number, hosts) for number, entry in enumerate(papers.entries)])
        pairs = sorted([(key, number) for number, row in enumerate(rows) if row[TITLE] for key in _keys(row)])
        keys, owners = array("I", [key for key, _ in pairs]), array("I", [owner for _, owner in pairs])
        return cls(papers.path, keys, owners, marshal.dumps(rows))

    def pack(self) -> bytes:
        """All but the path, as bytes."""
        count = len(self.keys).to_bytes(COUNT, "big")
        return b"".join((count, self.keys.tobytes(), self.owners.tobytes(), self._rows))

    @classmethod
    def unpack(cls, path: str, data: bytes) -> Outline:
        """The outline that was packed by this program on this machine."""
        view = memoryview(data)
        count = int.from_bytes(view[:COUNT], "big")
        keys, owners = array("I"), array("I")
        middle, end = COUNT + count * keys.itemsize, COUNT + 2 * count * keys.itemsize
        keys.frombytes(view[COUNT:middle])
        owners.frombytes(view[middle:end])
        return cls(path, keys, owners, view[end:])

    @cached_property
    def entries(self) -> tuple[Listed, ...]:
        """All entries."""
        return tuple(Listed.of_row(self.path, row) for row in self._unpacked())

    def some(self, numbers: Iterable[int]) -> Iterator[Listed]:
        """The entries with these numbers."""
        rows = self._unpacked()
        return (Listed.of_row(self.path, rows[number]) for number in numbers)

    def titles(self) -> list[str]:
        """The words of each entry's title as they are compared; empty where it has none."""
        return [row[WORDS] for row in self._unpacked()]

    def part(self, first: int, last: int) -> array[int]:
        """The keys from `first` to `last`, which is left out."""
        return self.keys[bisect_left(self.keys, first) : bisect_left(self.keys, last)]

    def sharing(self, shared: set[int]) -> list[int]:
        """The numbers of the entries that have one of these keys, in order."""
        found: set[int] = set()
        for key in shared.intersection(self.keys):
            found.update(self.owners[bisect_left(self.keys, key) : bisect_right(self.keys, key)])
        return sorted(found)

    def closed(self, numbers: Iterable[int]) -> set[int]:
        """The entries with these numbers, those that share a key with one of them in this list, and so on."""
        found = set(numbers)
        if not found:
            return found
        pairs = [(key, owner) for key, owner in zip(self.keys, self.owners, strict=True) if key != ALONE]
        while True:
            keys = {key | 1 for key, owner in pairs if owner in found}
            more = {owner for key, owner in pairs if key | 1 in keys}
            if more <= found:
                return found
            found |= more

    def narrowed(self, numbers: set[int]) -> Outline:
        """The same list, of which only the entries with these numbers are compared."""
        pairs = (
            [pair for pair in zip(self.keys, self.owners, strict=True) if pair[1] in numbers]
            if numbers
            else []
        )
        keys, owners = array("I", [key for key, _ in pairs]), array("I", [owner for _, owner in pairs])
        return Outline(self.path, keys, owners, self._rows)

    def _unpacked(self) -> tuple[Row, ...]:
        found: tuple[Row, ...] = marshal.loads(self._rows)  # noqa: S302 - this process's, or the user's own and whole
        return found


def compared(outlines: Sequence[Outline]) -> list[Listed]:
    """The entries that share a key with another, and those that speak for themselves, in order."""
    shared = _shared(outlines)
    found = [one for each in outlines for one in each.some(each.sharing(shared))]
    found.sort(key=lambda one: one.order)
    return found


def meeting(outlines: Sequence[Outline]) -> list[set[int]]:
    """For each list the numbers of the entries that share a key with one of another list, or with such an entry.

    What the others come to does not depend on which other lists there are.
    """
    shared = _shared(outlines, within=False)
    return [one.closed(one.sharing(shared)) for one in outlines]


def _shared(outlines: Sequence[Outline], *, within: bool = True) -> set[int]:
    """The odd keys that come twice, and each even key whose odd neighbour is there, with that.

    Where it is not asked `within` lists, a list's keys count once. They are looked for part by part, since all keys at
    once would fill the memory.
    """
    shared = {ALONE} if within else set()
    parts = PARTS if sum(len(one.keys) for one in outlines) > FEW else 1
    step = (1 << 32) // parts
    for first in range(0, 1 << 32, step):
        times: Counter[int] = Counter()
        for one in outlines:
            keys = one.part(first, first + step)
            times.update(keys if within else set(keys))
        shared.update([key for key, count in times.items() if count > 1 and key & 1])
        for key in [key for key in times if not key & 1 and key + 1 in times]:
            shared |= {key, key + 1}
    if not within:
        shared.discard(ALONE)
    return shared


def _keys(row: Row) -> set[int]:
    """What the entry shares with others of its paper; a number is a hash, so that it is shared by chance at times.

    A title without its short name has the even number before that of the same words as a whole title: two titles that
    only differ in the name are two papers.
    """
    _, _, title, _, name, _, _, _, _, _, is_linked, _, links, _, said, told, label = row
    keys = {_hash(f"{namespace}:{id_}") | 1 for (namespace, id_), _, _ in links}
    form = form_of(title)  # remembered: the row was made of it
    if form.is_telling and (is_linked or len(form.words) >= WITHOUT_LINK):
        keys.update([_hash(text) | 1 for text in title_keys(form)])
        if name and (rest := title_without_name(form)):
            keys.add(_hash(rest) & ~1)
    if label is not None and (said or told):
        keys.add(ALONE)
    return keys


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))
