"""What earlier runs found, kept in files that anybody may delete: a record is right, or it is not there.

A record's name is the hash of all that it was made from, so that none ever has to be brought up to date.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import crc32

from listlint import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Cache", "digest", "here", "program"]

DIGEST = 20  # bytes
SEAL = 12  # bytes
FOLDER = "results"
MOST_BYTES = 400_000_000
MOST_FILES = 20_000
PRUNE_EVERY = 60.0  # seconds
REST = 0.7  # how much of its bound a folder keeps when it is pruned
DEPENDENCIES = ("markdown_it_py-", "mdit_py_plugins-", "pathspec-", "pyyaml-", "rapidfuzz-")


def digest(*parts: bytes | str) -> str:
    """A name for these parts; no other parts have the same."""
    found = blake2b(digest_size=DIGEST)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


@cache
def program() -> str:
    """A name for this program as it is installed: a file of its code or knowledge that is edited, or a new release, changes it."""
    from listlint.knowledge.rulebook import folder as rulebook

    parts = [__version__, sys.version, sys.executable]
    for folder in (os.path.dirname(__file__), rulebook()):
        parts += _stamps(folder)
    for folder in sys.path:
        with contextlib.suppress(OSError):
            parts += sorted(name for name in os.listdir(folder) if name.lower().startswith(DEPENDENCIES))
    return digest(*parts)


def here() -> str:
    """The folder from which paths are read; empty where it is gone, and only whole paths name anything."""
    try:
        return os.getcwd()
    except OSError:
        return ""


def _stamps(folder: str) -> list[str]:
    """The names, sizes and times of the files below `folder`; what is no file, such as an editor's lock, has none."""
    found = []
    with os.scandir(folder) as there:
        for one in sorted(there, key=lambda entry: entry.name):
            if one.is_dir():
                if one.name != "__pycache__":
                    found += _stamps(one.path)
                continue
            with contextlib.suppress(OSError):
                state = one.stat()
                found.append(f"{one.path}\0{state.st_size}\0{state.st_mtime_ns}")
    return found


class Cache:
    """Records in a folder. Any number of runs may use it at once; without a folder nothing is kept."""

    def __init__(self, folder: str | None) -> None:
        self.folder = os.path.join(folder, FOLDER) if folder else None
        self._wrote = False

    def get(self, name: str) -> memoryview | None:
        """The record, as it was put; None where there is none, or where it is damaged."""
        if self.folder is None:
            return None
        try:
            with open(os.path.join(self.folder, name), "rb") as file:
                if _is_strange(os.fstat(file.fileno())):
                    return None
                data = file.read()
        except OSError:
            return None
        body = memoryview(data)[SEAL:]
        return body if data[:SEAL] == _seal((body,)) else None

    def put(self, name: str, *body: bytes | memoryview) -> None:
        """Keep a record, given in one piece or several; where that cannot be done, nothing is kept and nothing is said."""
        if self.folder is None:
            return
        temporary = os.path.join(self.folder, f".{name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            if not self._wrote:
                os.makedirs(self.folder, mode=0o700, exist_ok=True)
                self._wrote = True
            try:
                with open(temporary, "xb") as file:
                    file.write(_seal(body))
                    file.writelines(body)
                os.replace(temporary, os.path.join(self.folder, name))
            except BaseException:
                with contextlib.suppress(OSError):
                    os.unlink(temporary)
                raise

    def drop(self, name: str) -> None:
        """Forget the record."""
        if self.folder is not None:
            with contextlib.suppress(OSError):
                os.unlink(os.path.join(self.folder, name))

    def use(self, name: str) -> None:
        """Say that the record was of use: what nobody used for long goes first."""
        if self.folder is not None:
            with contextlib.suppress(OSError):
                os.utime(os.path.join(self.folder, name))

    def prune(self) -> None:
        """Keep the folder within its bounds; looks at it once a minute at most."""
        if self.folder is None:
            return
        mark = os.path.join(self.folder, ".pruned")
        with contextlib.suppress(OSError):
            if time.time() - os.stat(mark).st_mtime < PRUNE_EVERY:
                return
        with contextlib.suppress(OSError), open(mark, "wb"):
            _shrink(self.folder, MOST_BYTES, MOST_FILES)

    def clean(self) -> int:
        """Delete every record; how many bytes that freed."""
        return _shrink(self.folder, 0, 0) if self.folder and os.path.isdir(self.folder) else 0


def _seal(body: Iterable[bytes | memoryview]) -> bytes:
    """What tells a whole record from a damaged one: its length and its checksum. Only its owner can write it."""
    size, checksum = 0, 0
    for one in body:
        size += len(one)
        checksum = crc32(one, checksum)
    return size.to_bytes(8, "big") + checksum.to_bytes(4, "big")


def _is_strange(state: os.stat_result) -> bool:
    """Whether somebody else could have written the file."""
    return hasattr(os, "getuid") and state.st_uid != os.getuid()


def _shrink(folder: str, most_bytes: int, most_files: int) -> int:
    """Delete the files longest unused until the rest is well within the bounds; how many bytes that freed."""
    files = []
    with os.scandir(folder) as there:
        for one in there:
            with contextlib.suppress(OSError):
                state = one.stat()
                files.append((state.st_mtime, state.st_size, one.path))
    size, count, freed = sum(one[1] for one in files), len(files), 0
    if size <= most_bytes and count <= most_files:
        return 0
    for _, bytes_, path in sorted(files):
        if size <= most_bytes * REST and count <= most_files * REST:
            break
        with contextlib.suppress(OSError):
            os.unlink(path)
            freed += bytes_
        size, count = size - bytes_, count - 1
    return freed
