"""Which lists are translations of each other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.papers.listed import Listed

__all__ = ["are_translations"]

# Words that people mark a translation with: language codes (also the mistaken ones), names and scripts.
MARKS = """
ar ara be bg bn br ca chinese chs cht cn cs cz da de deutsch dk el en eng english es esp et fa farsi fi fil fr french
ge ger german gr he hi hk hr hu id in ind ita italian it iw ja jp japanese kk ko kor korean kr ms my nb ne nl nn no pl
polish por portuguese pt ro ru rus russian se simplified sk sl spa spanish sq sr sv ta te th tl tr traditional tu tur
turkish tw uk ukr ur us uz vi vie vietnamese vn zh zho hans hant
"""
LANGUAGES = frozenset(MARKS.split())
SEPARATOR = re.compile(r"[-_.\s]+")
FEWEST, HALF = 5, 0.5


def are_translations(pairs: Sequence[tuple[Listed, Listed]]) -> bool:
    """Whether two lists that share these papers say the same in two languages.

    Their names differ by a language only (`README.md`, `README_zh-CN.md`, `docs/ja/papers.md`), or most papers that
    they share by an identity have titles with nothing in common.
    """
    one, other = pairs[0]
    if _without_language(one.path) == _without_language(other.path):
        return True
    unlike = sum(not (first.form.telling & second.form.telling) for first, second in pairs)
    return unlike >= FEWEST and unlike > HALF * len(pairs)


def _without_language(path: str) -> tuple[str, ...]:
    """The path's parts with the words that name languages left out."""
    from pathlib import PurePath

    place = PurePath(path)
    folders = tuple(part for part in place.parts[:-1] if not _is_language(part))
    words = SEPARATOR.split(place.stem)
    while len(words) > 1 and words[-1].lower() in LANGUAGES:
        words.pop()
    return (*folders, " ".join(words).lower())


def _is_language(folder: str) -> bool:
    return all(word in LANGUAGES for word in SEPARATOR.split(folder.lower()))
