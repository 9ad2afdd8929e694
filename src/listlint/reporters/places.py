"""Paths and fingerprints as other programs want them."""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.findings import Diagnostic

__all__ = ["Fingerprints", "slashed", "uri"]


@lru_cache(maxsize=256)
def slashed(path: str) -> str:
    """`path` with `/` between its parts and no `./` in front."""
    path = path.replace(os.sep, "/")
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    return path


@lru_cache(maxsize=256)
def uri(path: str) -> str:
    """`path` as a URI reference, percent-encoded: relative where it is relative, else with `file:`."""
    from pathlib import PurePath
    from urllib.parse import quote

    if PurePath(path).is_absolute():
        return PurePath(path).as_uri()
    return quote(os.fsencode(slashed(path)), safe="/~")


class Fingerprints:
    """Names for findings that outlive a shift of lines: two runs give the same finding the same name.

    A name rests on the path, the rule and the text at the place; equal ones are counted in the order they come.
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, finding: Diagnostic) -> str:
        """The finding's name: 40 hexadecimal digits."""
        from hashlib import sha256

        start, end = finding.start.column - 1, finding.end.column - 1
        text = finding.excerpt[start : end if finding.end.line == finding.start.line else None]
        text = " ".join(text.split()) or " ".join(finding.excerpt.split())
        key = "\0".join((slashed(finding.path), finding.code, text))
        self._seen[key] += 1
        key += f"\0{self._seen[key]}"
        return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:40]
