"""Unified diffs of bytes, as `git apply` takes them."""

from __future__ import annotations

import difflib

__all__ = ["unified"]


def unified(path: str, before: bytes, after: bytes) -> bytes:
    r"""The diff from `before` to `after`; lines end at `\n` and nowhere else."""
    name = path.encode("utf-8", "surrogateescape").replace(b"\n", b"?").replace(b"\r", b"?")
    lines = difflib.diff_bytes(
        difflib.unified_diff, _lines(before), _lines(after), b"a/" + name, b"b/" + name, lineterm=b"\n"
    )
    return b"".join(
        line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines
    )


def _lines(data: bytes) -> list[bytes]:
    lines = [line + b"\n" for line in data.split(b"\n")]
    last = lines.pop()[:-1]
    return [*lines, last] if last else lines
