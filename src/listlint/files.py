"""Files: which ones hold lists, how they are read, and how they are replaced."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from listlint.patterns import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from listlint.source import Source

__all__ = [
    "ChangedOnDiskError",
    "FileProblem",
    "fault",
    "find_lists",
    "read_source",
    "replace_file",
    "write_whole",
]

ENDINGS = (".md", ".markdown")
NEVER = frozenset(
    {".git", ".hg", ".svn", "node_modules", ".venv", "venv", "__pycache__", ".tox", ".mypy_cache"}
)
CONFLICT = re.compile(rb"^(<{7}|>{7})(?: |$)|^={7}\r?$", re.MULTILINE)


class FileProblem(Exception):  # noqa: N818 - the other files go on: it is told, not raised to the top
    """A file that cannot be handled: where, why and the way out, in one line. `line` is None where none is to blame."""

    def __init__(self, path: str, message: str, line: int | None = None) -> None:
        super().__init__(path, message, line)
        self.path, self.message, self.line = path, message, line

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}"


def fault(path: str, error: Exception) -> FileProblem:
    """What is told where listlint itself fails on a list, so that the other lists go on: what happened, and where."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    kind = type(error).__name__
    return FileProblem(
        path, f"listlint itself fails on this list ({kind}{place}) and leaves it as it is; please report it"
    )


class ChangedOnDiskError(OSError):
    """The file is no longer what was read."""


def find_lists(
    paths: Iterable[str], exclude: Sequence[str] = (), root: str = ""
) -> tuple[list[str], list[FileProblem]]:
    """The Markdown files that `paths` name, sorted, each once; folders are walked, honouring `.gitignore`.

    What the patterns `exclude`, read from the folder `root`, name is left out. Any other file that is named is taken whatever its ending. A missing path, or a folder without lists, is a problem.
    """
    found: dict[str, None] = {}
    problems: list[FileProblem] = []
    for path in paths:
        if os.path.isdir(path):
            inside = [one for one in _walk(path) if not matches(one, exclude, root)]
            if not inside:
                problems.append(
                    FileProblem(path, "no Markdown files here; name files, or a folder that holds *.md")
                )
            found.update(dict.fromkeys(sorted(inside)))
        elif os.path.exists(path):
            if not matches(path, exclude, root):
                found[path] = None
        else:
            problems.append(FileProblem(path, "no such file or folder; check the path"))
    return list(found), problems


def _walk(folder: str) -> Iterator[str]:
    """The Markdown files below `folder` that no `.gitignore` names."""
    ignored = _Ignored(folder)
    for where, folders, names in os.walk(folder):
        ignored.enter(where)
        folders[:] = sorted(
            one
            for one in folders
            if one not in NEVER and not ignored.names(os.path.join(where, one), folder=True)
        )
        for name in sorted(names):
            path = os.path.join(where, name)
            if name.lower().endswith(ENDINGS) and not ignored.names(path):
                yield os.path.normpath(path) if not folder.startswith("./") else path


class _Ignored:
    """The `.gitignore` files from the repository's root down to where the walk is."""

    def __init__(self, folder: str) -> None:
        self.specs: list[tuple[str, object]] = []
        top = os.path.abspath(folder)
        above = [top]
        while not os.path.isdir(os.path.join(above[-1], ".git")) and os.path.dirname(above[-1]) != above[-1]:
            above.append(os.path.dirname(above[-1]))
        if os.path.isdir(os.path.join(above[-1], ".git")):
            for one in reversed(above[1:]):
                self.enter(one)

    def enter(self, folder: str) -> None:
        path = os.path.join(folder, ".gitignore")
        if os.path.isfile(path):
            from pathspec import GitIgnoreSpec

            with open(path, encoding="utf-8", errors="replace") as stream:
                self.specs.append((os.path.abspath(folder), GitIgnoreSpec.from_lines(stream)))

    def names(self, path: str, *, folder: bool = False) -> bool:
        absolute = os.path.abspath(path)
        for base, spec in self.specs:
            if absolute.startswith(base + os.sep):
                relative = os.path.relpath(absolute, base) + ("/" if folder else "")
                if spec.match_file(relative):  # type: ignore[attr-defined]
                    return True
        return False


def read_source(path: str, encoding: str = "utf-8") -> Source:
    """The file as a source; raises FileProblem for what cannot be read, is no text, or holds a merge conflict."""
    return decode(path, read_bytes(path), encoding)


def read_bytes(path: str) -> bytes:
    """The file's bytes; raises FileProblem where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileProblem(
            path, f"cannot be read: {reason}; check that it is a file that you may read"
        ) from error


def decode(path: str, data: bytes, encoding: str = "utf-8") -> Source:
    """The bytes as a source; raises FileProblem as `read_source` does."""
    from listlint.source import Source

    if b"\0" in data[:8192] and encoding.lower().replace("-", "") in ("utf8", "ascii", "latin1"):
        raise FileProblem(
            path, "holds NUL bytes, so it is no text; leave it out, or name its encoding in the config"
        )
    try:
        source = Source.decode(path, data, encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise _undecodable(path, data, encoding, error) from error
    if b"<<<<<<<" in data and (match := CONFLICT.search(data)) is not None:
        line = data.count(b"\n", 0, match.start()) + 1
        raise FileProblem(path, "holds an unsettled merge conflict; settle it first", line)
    if source.encode() != data:
        raise FileProblem(
            path, f"does not come back the same from {encoding}; name its true encoding in the config"
        )
    return source


def _undecodable(path: str, data: bytes, encoding: str, error: Exception) -> FileProblem:
    if not isinstance(error, UnicodeDecodeError):
        return FileProblem(path, f'the encoding "{encoding}" is unknown; name another in the config')
    line = data.count(b"\n", 0, error.start) + 1
    byte = data[error.start]
    message = f"byte 0x{byte:02x} at offset {error.start} is not {encoding}; save as UTF-8, or set `encoding:` in the config"
    return FileProblem(path, message, line)


def replace_file(path: str, before: bytes, after: bytes) -> None:
    """Replace the file's bytes at once, keeping its mode; through a symbolic link, its target is replaced.

    Raises ChangedOnDiskError where the file no longer holds `before`, OSError where it cannot be written. Either all
    of `after` is there in the end or all of what was.
    """
    if before == after:
        return
    target = os.path.realpath(path)
    with open(target, "rb") as stream:
        if stream.read() != before:
            raise ChangedOnDiskError("changed on disk since it was read")
    if not os.access(target, os.W_OK):
        raise PermissionError(13, "permission denied")
    write_whole(target, after)


def write_whole(path: str, data: bytes) -> None:
    """Write the file at once: whoever reads it sees all of `data` or all of what was. Its mode stays; raises OSError."""
    import tempfile

    target = os.path.realpath(path)
    handle, temporary = tempfile.mkstemp(
        dir=os.path.dirname(target), prefix=f".{os.path.basename(target)}.", suffix=".tmp"
    )
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except BaseException:
        os.unlink(temporary)
        raise


def _mode(path: str) -> int:
    """The file's mode; that of a new file where there is none."""
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except FileNotFoundError:
        mask = os.umask(0o077)
        os.umask(mask)
        return 0o666 & ~mask
