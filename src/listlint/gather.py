"""The files that a run is about: its targets, and what they are compared with."""

from __future__ import annotations

import os
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from listlint.files import FileProblem, find_lists, read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BASELINE", "STDIN", "File", "Scope"]

STDIN = "-"
KEPT = 8_000_000  # bytes of files that stay in memory; what is beyond is read again where it is needed
BASELINE = ".listlint-baseline.json"  # beside a config, or in this folder where there is none


class File:
    """A file of the collection; what is no target is only compared with. `hash` stands for its bytes, `size` of them."""

    __slots__ = ("_kept", "hash", "is_target", "path", "size")

    def __init__(self, path: str, data: bytes, *, is_target: bool = True, keep: bool = True) -> None:
        self.path = path
        self.is_target = is_target
        self.hash = _hash(data)
        self.size = len(data)
        self._kept = data if keep else None

    @property
    def data(self) -> bytes:
        """Its bytes, read again unless they are kept; raises FileProblem where they are not the same any more."""
        if self._kept is not None:
            return self._kept
        data = read_bytes(self.path)
        if _hash(data) != self.hash:
            raise FileProblem(self.path, "changed while it was read; run again")
        return data


def _hash(data: bytes) -> str:
    return blake2b(data, digest_size=20).hexdigest()


class Scope(NamedTuple):
    """What a config says of files: those that are checked without being named, those compared with, those left out.

    `root` is the folder from which the patterns of what is left out are read.
    """

    files: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    root: str = ""

    def targets(self, paths: Sequence[str]) -> tuple[list[str], list[FileProblem]]:
        """The lists that `paths` name; without any the config's, else this folder's."""
        given = list(paths) or list(self.files) or ["."]
        return find_lists([path for path in given if path != STDIN], self.exclude, self.root)

    def others(self, targets: Sequence[str]) -> list[str]:
        """The lists that the targets are compared with."""
        if not (self.files or self.references):
            return []
        found, _ = find_lists([*self.files, *self.references], self.exclude, self.root)
        known = {os.path.realpath(path) for path in targets}
        return [path for path in found if os.path.realpath(path) not in known]

    def read(self, paths: Sequence[str]) -> tuple[list[File], list[FileProblem]]:
        """The files of the collection, sorted, and what is wrong with targets that cannot be read."""
        targets, problems = self.targets(paths)
        files, room = [], KEPT
        for path, is_target in [
            *((one, True) for one in targets),
            *((one, False) for one in self.others(targets)),
        ]:
            try:
                data = read_bytes(path)
            except FileProblem as problem:
                if is_target:
                    problems.append(problem)
                continue
            keep = len(data) <= room or not os.path.isfile(path)  # a pipe is read once
            room -= len(data) if keep else 0
            files.append(File(path, data, is_target=is_target, keep=keep))
        return sorted(files, key=attrgetter("path")), problems
