"""Names of people: a list's line of authors, and BibTeX's, taken apart."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["OTHERS", "Name", "read_authors", "read_bibtex_authors"]

MARKS = "*†‡§¶#✉¹²³⁴⁵⁶⁷⁸⁹⁰♡♢♠♣∗"
AND = re.compile(r"\s+and\s+|\s*[&·]\s*", re.IGNORECASE)
COMMA = re.compile(r"\s*[,;、，；]\s*")
ET_AL = re.compile(
    r"[\s,;]*(?:\bet\.?\s?al\b\.?|\band\s(?:many\s)?others\b\.?|\.\.\.|…)[\s.]*$", re.IGNORECASE
)
PARTICLES = frozenset(
    (
        "al",
        "ben",
        "bin",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "von",
        "zu",
    )
)
SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)")
INITIAL = re.compile(r"\b\w\w?\.$")
FIELD = re.compile(r"\s+and\s+", re.IGNORECASE)


class Name(NamedTuple):
    """A person; `given` is empty for a name of one word, and for a group."""

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        """The name as BibTeX writes it without doubt: `Family, Given`."""
        return f"{self.family}, {self.given}" if self.given else self.family


OTHERS = Name("others")


def read_authors(text: str) -> list[Name]:
    """The people of a line such as `Ann Lee, Bob Roe and Cy Poe`; `OTHERS` is last where it says `et al.`"""
    text = text.strip(" ,;")
    others = ET_AL.search(text)
    if others:
        text = text[: others.start()]
    found = [name for part in _parts(text) if (name := _name(part)) is not None]
    return [*found, OTHERS] if others else found


def _parts(text: str) -> list[str]:
    """The names, each still as written."""
    joined = [part for part in AND.split(text) if part.strip()]
    pairs = [COMMA.split(part.strip(" ,;")) for part in joined]
    if len(joined) > 1 and all(len(pair) == 2 and " " not in pair[0] for pair in pairs):  # noqa: PLR2004 - "Lee, Ann"
        return [", ".join(pair) for pair in pairs]
    parts: list[str] = []
    for part in (one for pair in pairs for one in pair if one.strip()):
        if parts and SUFFIX.fullmatch(part.strip()):
            parts[-1] += f" {part.strip()}"
        else:
            parts.append(part)
    return parts


def _name(text: str) -> Name | None:
    """One name: `Ann Lee`, `Lee, Ann`, `Guido van Rossum`."""
    text = " ".join(text.strip(MARKS + " ,;").rstrip("0123456789" + MARKS).split())
    text = text if INITIAL.search(text) else text.rstrip(" .")
    if not any(char.isalpha() for char in text):
        return None
    if ", " in text:
        family, _, given = text.partition(", ")
        return Name(family, given)
    words = text.split()
    cut = len(words) - 1
    if cut > 1 and SUFFIX.fullmatch(words[cut]):
        cut -= 1
    while cut > 1 and words[cut - 1].lower() in PARTICLES:
        cut -= 1
    return Name(" ".join(words[cut:]), " ".join(words[:cut]))


def read_bibtex_authors(text: str) -> list[Name]:
    """The people of a BibTeX field; a name in braces is a group's."""
    found = []
    for part in FIELD.split(text.strip()):
        name = part.strip()
        if name.lower() == "others":
            found.append(OTHERS)
        elif name.startswith("{") and name.endswith("}"):
            found.append(Name(name[1:-1]))
        elif (read := _name(name)) is not None:
            found.append(read)
    return found
