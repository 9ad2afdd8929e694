"""Patterns of paths, as `.gitignore` has them, below the folder of the config that holds them."""

from __future__ import annotations

import contextlib
import os
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["matches"]

_PIECES = re.compile(r"\*\*/|/\*\*$|\*+|\?|\[!?\]?[^\]/]*\]|.", re.DOTALL)


def matches(path: str, patterns: Iterable[str], root: str = "") -> bool:
    """Whether the patterns name `path`, or a folder above it; of several that do, the last one counts.

    A pattern with a slash inside or before it starts at `root`; any other names a file or folder at any depth. `*` and
    `?` stand for no slash, `**` for any folders; `!` before a pattern takes back what earlier ones named.
    """
    found, name = False, ""
    for pattern in patterns:
        name = name or os.path.relpath(path, root or ".").replace(os.sep, "/")
        inverse = pattern.startswith("!")
        if found is inverse and _compiled(pattern.removeprefix("!")).fullmatch(name):
            found = not inverse
    return found


@lru_cache(maxsize=1000)
def _compiled(pattern: str) -> re.Pattern[str]:
    body = (pattern[1:] if pattern.startswith("./") else pattern).rstrip("/")
    start = "" if "/" in body else "(?:.*/)?"
    return re.compile(f"{start}{''.join(map(_regex, _PIECES.findall(body.lstrip('/'))))}(?:/.*)?", re.DOTALL)


def _regex(piece: str) -> str:
    if piece == "**/":
        return "(?:.*/)?"
    if piece == "/**":
        return "/.*"
    if piece.startswith("*"):
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    if len(piece) > 1:
        inside = piece[1:-1].replace("\\", r"\\").replace("[", r"\[")
        known = f"[{'^' + inside[1:] if inside.startswith('!') else inside}]"
        with contextlib.suppress(re.error):
            re.compile(known)
            return known
    return re.escape(piece)
