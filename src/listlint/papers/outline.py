"""A list as it is compared with others: its entries, and numbers that entries of one paper share."""

from __future__ import annotations

import marshal
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

from listlint.papers.listed import Listed, row_of
from listlint.papers.near_titles import title_keys
from listlint.papers.titles import form_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from listlint.knowledge.hosts import Hosts
    from listlint.papers.listed import Row
    from listlint.papers.model import PaperList
    from listlint.papers.titles import TitleForm

__all__ = ["ALONE", "Outline"]

WORDS = 3  # where they stand in a row
ALONE = 1  # the key of an entry that is looked at, whether it shares anything or not
WITHOUT_LINK = 5  # words that the title of an entry without a link has at least
COUNT = 4  # bytes that say how long an array is


class Outline:
    """The entries of a list, in order, each reduced to what is compared.

    The entry with the number `owners[i]` has the key `keys[i]`. Two entries may only be one paper, or
    contradict each other, if they share a key; few of those that share one are. So most entries are never unpacked.
    `repeated` are the keys that come twice in the list, as odd numbers. `chosen` are the entries that are compared; None
    where all are that share anything.
    """

    chosen: set[int] | None = None

    def __init__(
        self,
        path: str,
        keys: array[int],
        owners: array[int],
        repeated: array[int],
        rows: Callable[[], tuple[Row, ...]],
        packed: Callable[[], bytes],
    ) -> None:
        self.path = path
        self.keys = keys
        self.owners = owners
        self.repeated = repeated
        self._rows = rows
        self._packed = packed

    @classmethod
    def of(cls, papers: PaperList, hosts: Hosts) -> Outline:
        """The outline of a list that has been read."""
        text = papers.source.text
        made: list[Row] = []
        keys, owners = array("I"), array("I")
        for number, entry in enumerate(papers.entries):
            form = form_of(entry.title or "")
            row = row_of(text, entry, number, hosts, form)
            made.append(row)
            if entry.title:
                found = _keys(row, form)
                keys.extend(found)
                owners.extend([number] * len(found))
        times = Counter([key | 1 for key in keys])
        repeated = array("I", [key for key, count in times.items() if count > 1])
        rows = tuple(made)
        return cls(papers.path, keys, owners, repeated, lambda: rows, lambda: marshal.dumps(rows))

    def pack(self) -> tuple[bytes, bytes]:
        """All but the path, as bytes: the keys, and the rows, which are rarely needed."""
        arrays = (self.keys, self.owners, self.repeated)
        sizes = b"".join([len(one).to_bytes(COUNT, "big") for one in arrays])
        return b"".join((sizes, *(one.tobytes() for one in arrays))), self._packed()

    @classmethod
    def unpack(cls, path: str, data: bytes, packed: Callable[[], bytes]) -> Outline:
        """The outline that was packed by this program on this machine; `packed` gives the packed rows."""

        def rows() -> tuple[Row, ...]:
            found: tuple[Row, ...] = marshal.loads(packed())  # noqa: S302 - the user's own, and whole
            return found

        view = memoryview(data)
        arrays, place = (array("I"), array("I"), array("I")), 3 * COUNT
        for number, one in enumerate(arrays):
            end = place + one.itemsize * int.from_bytes(view[COUNT * number : COUNT * (number + 1)], "big")
            one.frombytes(view[place:end])
            place = end
        return cls(path, *arrays, rows, packed)

    @cached_property
    def entries(self) -> tuple[Listed, ...]:
        """All entries."""
        return tuple(Listed.of_row(self.path, row) for row in self._rows())

    def some(self, numbers: Collection[int]) -> Iterator[Listed]:
        """The entries with these numbers."""
        rows = self._rows() if numbers else ()
        return (Listed.of_row(self.path, rows[number]) for number in numbers)

    def titles(self) -> list[str]:
        """The words of each entry's title as they are compared; empty where it has none."""
        return [row[WORDS] for row in self._rows()]

    def part(self, first: int, last: int) -> array[int]:
        """The keys from `first` to `last`, which is left out."""
        return self._sorted[bisect_left(self._sorted, first) : bisect_left(self._sorted, last)]

    @cached_property
    def _sorted(self) -> array[int]:
        return array("I", sorted(self.keys))

    def sharing(self, shared: set[int]) -> set[int]:
        """The numbers of the entries that have one of these keys."""
        if shared.isdisjoint(self.keys):
            return set()
        return {owner for key, owner in zip(self.keys, self.owners, strict=True) if key in shared}

    def keys_of(self, numbers: Collection[int]) -> set[int]:
        """The keys of the entries with these numbers."""
        return {key for key, owner in zip(self.keys, self.owners, strict=True) if owner in numbers}

    def closed(self, numbers: Iterable[int]) -> set[int]:
        """The entries with these numbers, those that share a key with one of them in this list, and so on."""
        found = set(numbers)
        if not found or not self.repeated:
            return found
        repeated = set(self.repeated) - {ALONE}
        pairs = [
            (key | 1, owner) for key, owner in zip(self.keys, self.owners, strict=True) if key | 1 in repeated
        ]
        keys_of: defaultdict[int, list[int]] = defaultdict(list)
        owners_of: defaultdict[int, list[int]] = defaultdict(list)
        for key, owner in pairs:
            keys_of[owner].append(key)
            owners_of[key].append(owner)
        to_see = list(found)
        while to_see:
            for key in keys_of[to_see.pop()]:
                more = set(owners_of.pop(key, ())) - found
                found |= more
                to_see += more
        return found

    def within(self) -> set[int]:
        """The entries that are compared where the collection is this list alone."""
        repeated = set(self.repeated)
        return self.sharing({ALONE, *repeated, *(key - 1 for key in repeated)})


def _keys(row: Row, form: TitleForm) -> set[int]:
    """What the entry shares with others of its paper; a number is a hash, so that it is shared by chance at times.

    A title without its short name has the even number before that of a whole title of the same words: two titles that
    only differ in the name are two papers.
    """
    is_linked, links, said, told, label = row[10], row[12], row[14], row[15], row[16]
    texts, rest = [f"{namespace}:{id_}" for (namespace, id_), _, _ in links], ""
    if form.is_telling and (is_linked or len(form.words) >= WITHOUT_LINK):
        of_title, rest = title_keys(form)
        texts += of_title
    keys: set[int] = set()
    if texts:
        # Bytes sooner all at once.
        whole = "\0".join(texts).encode("utf-8", "surrogatepass")
        keys = {crc32(text) | 1 for text in whole.split(b"\0")}
    if rest:
        keys.add(crc32(rest.encode("utf-8", "surrogatepass")) & ~1)
    if label is not None and (said or told):
        keys.add(ALONE)
    return keys
