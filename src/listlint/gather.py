"""The files that a run is about: its targets, and what they are compared with."""

from __future__ import annotations

import os
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from listlint.files import FileProblem, find_lists, read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BASELINE", "STDIN", "File", "Scope"]

STDIN = "-"
BASELINE = ".listlint-baseline.json"  # beside a config, or in this folder where there is none


class File(NamedTuple):
    """A file of the collection; what is no target is only compared with. `hash` stands for its bytes."""

    path: str
    data: bytes
    is_target: bool
    hash: str

    @classmethod
    def of(cls, path: str, data: bytes, *, is_target: bool = True) -> File:
        """The file with these bytes."""
        return cls(path, data, is_target, blake2b(data, digest_size=20).hexdigest())


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
        files = []
        for path, is_target in [
            *((one, True) for one in targets),
            *((one, False) for one in self.others(targets)),
        ]:
            try:
                files.append(File.of(path, read_bytes(path), is_target=is_target))
            except FileProblem as problem:
                if is_target:
                    problems.append(problem)
        return sorted(files), problems
