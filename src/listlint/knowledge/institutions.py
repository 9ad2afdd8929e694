"""Places: universities, labs and companies, however lists write them."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.knowledge.place_names import PlaceWords, compact, may_differ, place_key
from listlint.knowledge.rulebook import KnowledgeError, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from listlint.knowledge.place_names import Vocabulary

__all__ = ["Institution", "Institutions", "Mention", "Spelling"]

_SEPARATOR = re.compile(r"\s*(?:[&,;/+|@·×、，；＆]|\s(?:and|at|with|x)\s)\s*")
_FIRST = re.compile(r"(?:[Tt]he )?([^\W\d_]+)")
_WORDS_BETWEEN = frozenset({"&", "and", "at"})
_ASIDE = re.compile(r"\s*[(（]([^()（）]{1,60})[)）]\s*$")
_LONGEST = 300
_WIDEST = 5
_MEMORY = 8192


class Institution(NamedTuple):
    """One place: `name` is its short form as lists mostly write it, `full` its whole name, `parts` its labs and branches."""

    name: str
    full: str
    aliases: tuple[str, ...]
    site: str
    parts: tuple[str, ...] = ()

    def write(self, written: str, form: str) -> str:
        """What `written`, a spelling of this place, is in a form: `short` or `full`. A part keeps its name."""
        right = self.full if form == "full" else self.name
        return written if written in self.parts or place_key(written) == place_key(right) else right


class Mention(NamedTuple):
    """A place named in a text: `text` is the text's characters from `start` to `end`; None is a place not known."""

    start: int
    end: int
    text: str
    institution: Institution | None


class Spelling(NamedTuple):
    """How a misspelt place is spelt; None is a place not known, of which a common word is misspelt."""

    text: str
    institution: Institution | None


class _Place(NamedTuple):
    """What a piece of text is, being a place."""

    institution: Institution | None
    sure: bool


class Institutions:
    """The known places, and the look of unknown ones."""

    def __init__(self, content: dict[str, Any], extra: Iterable[dict[str, Any]] = ()) -> None:
        self._known: dict[str, Institution] = {}
        self._things = frozenset(content["things"])
        self._ambiguous = frozenset(content["ambiguous"])
        self._words = PlaceWords(content)
        self._memory: dict[str, tuple[tuple[Mention, ...], bool]] = {}
        self._by_key = lru_cache(_MEMORY)(self._find_by_key)
        for row in content["rows"]:
            self._add(row)
        for place, row in enumerate(extra):
            _check(row, place)
            self._add(row)

    @classmethod
    def load(cls, extra: Iterable[dict[str, Any]] = ()) -> Institutions:
        """The known places with a user's rows on top; raises KnowledgeError for a wrong row.

        A row is `{name: SHORT, full: WHOLE, aliases: […], parts: […], site: ADDRESS}`; only `name` must be there.
        """
        return cls(load("institutions"), extra)

    def _add(self, row: dict[str, Any]) -> None:
        name = row["name"]
        aliases, parts = tuple(row.get("aliases", ())), tuple(row.get("parts", ()))
        institution = Institution(name, row.get("full", name), aliases, row.get("site", ""), parts)
        for spelling in (name, institution.full, *aliases, *parts):
            self._known[spelling] = institution

    @cached_property
    def _keys(self) -> dict[str, Institution]:
        """Places by the keys of their spellings, where those differ; of two places with one key, the later counts."""
        keys: dict[str, Institution] = {}
        for spelling, institution in self._known.items():
            if may_differ(spelling):
                keys[place_key(spelling)] = institution
            elif spelling in keys:
                keys[spelling] = institution
        return keys

    @cached_property
    def _compact(self) -> dict[str, list[str]]:
        spellings: dict[str, list[str]] = {}
        for spelling in self._known:
            spellings.setdefault(compact(spelling), []).append(spelling)
        return spellings

    def __iter__(self) -> Iterator[Institution]:
        """Each place once, sorted by name as the data is."""
        return iter(dict.fromkeys(self._known.values()))

    def find(self, text: str) -> Institution | None:
        """The place of exactly this name, letter case included."""
        if place := self._known.get(text):
            return place
        return self._by_key(text) if self._may_begin(text) else None

    def _may_begin(self, text: str) -> bool:
        """Whether a place's name may begin as the text does; quick, and wrong only in saying yes."""
        first = _FIRST.match(text)
        return first is None or first[1] in self._firsts

    @cached_property
    def _firsts(self) -> frozenset[str]:
        """The letters with which the places' names begin, and what their keys lack or have otherwise."""
        found = [_FIRST.match(spelling) for spelling in self._known]
        return frozenset(
            ["The", "the", "Univ", "University", *(first[1] for first in found if first is not None)]
        )

    def _find_by_key(self, text: str) -> Institution | None:
        key = place_key(text)
        if place := self._keys.get(key):
            return place
        return self._known[key] if key in self._known and not may_differ(key) else None

    def read(self, text: str) -> list[Mention]:
        """The places of a text that lists places and nothing else; none if any of it is something else."""
        return list(self._asked(text)[0])

    def is_place(self, text: str) -> bool:
        """Whether a text is one or more places wherever it stands: names that are other things as well are not."""
        return self._asked(text)[1]

    def nearest(self, text: str) -> Spelling | None:
        """The right spelling of a misspelt place: other letter case or spaces, or a slip in a long word."""
        core = text.strip()
        if not core or len(core) > _LONGEST or self.find(core) is not None:
            return None
        lead = core[:4] if core[:4] in ("The ", "the ") else ""
        found = self._respelt(core[len(lead) :])
        return found._replace(text=lead + found.text) if found else None

    def is_misspelt(self, text: str, start: int, end: int) -> bool:
        """Whether what stands at `start` to `end` of a text of places belongs to a misspelt one."""
        places = [(one.start, one.end) for one in self.read(text)] or [(0, len(text))]
        return any(
            first < end and start < last and self.nearest(text[first:last]) is not None
            for first, last in places
        )

    def _respelt(self, text: str) -> Spelling | None:
        key = compact(text)
        titled = text.istitle() and key.upper() in self._known
        if (len(key) > 3 or titled) and (spellings := self._compact.get(key)):  # noqa: PLR2004 - shorter ones are words
            spelling = min(spellings, key=lambda one: (one.count(" ") != text.count(" "), one))
            return Spelling(spelling, self._known[spelling]) if spelling != text else None
        corrected = self._words.corrected(text, self._vocabulary)
        if corrected.text == text:
            return None
        if known := self._same(corrected.text):
            return Spelling(known, self.find(known))
        place = self._tailed(corrected.text)
        if place or (corrected.common and self._words.is_shaped(corrected.text)):
            return Spelling(corrected.text, place and place.institution)
        return None

    def _same(self, text: str) -> str | None:
        """The known spelling of a text that differs from it in letter case and spaces at most."""
        if self.find(text) is not None:
            return text
        spellings = self._compact.get(compact(text))
        return spellings[0] if spellings else None

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return self._words.vocabulary(self._known)

    def _asked(self, text: str) -> tuple[tuple[Mention, ...], bool]:
        """The places of a text and whether they surely are places, remembered."""
        if len(text) > _LONGEST:
            return (), False
        known = self._memory
        if text not in known:
            if len(known) >= _MEMORY:
                known.clear()
            known[text] = self._mentions(text)
        return known[text]

    def _mentions(self, text: str) -> tuple[tuple[Mention, ...], bool]:
        core = text.strip()
        if core and (institution := self.find(core)):
            start = text.index(core)
            return (Mention(start, start + len(core), core, institution),), core not in self._things
        pieces = _pieces(text)
        found: list[Mention] = []
        sure = False
        index = 0

        def beside() -> bool:
            return any(self.find(text[start:end]) for start, end, _ in pieces)

        while index < len(pieces):
            start = pieces[index][0]
            taken = self._taken(text, pieces, index, beside=beside)
            if taken is None:
                if not found or not self._words.is_suffix(text[start : pieces[index][1]]):
                    return (), False
                index += 1
                continue
            width, place = taken
            end = pieces[index + width - 1][1]
            found.append(Mention(start, end, text[start:end], place.institution))
            sure = sure or place.sure
            index += width
        return tuple(found), sure

    def _taken(
        self, text: str, pieces: list[tuple[int, int, str]], index: int, *, beside: Callable[[], bool]
    ) -> tuple[int, _Place] | None:
        """How many pieces from `index` on make a place: the longest known name, else one piece, else a longer one."""
        start = pieces[index][0]
        widest = min(_WIDEST, len(pieces) - index)
        if known := self._longest(text, pieces, index):
            return known
        place = self._place(text[start : pieces[index][1]], beside=beside)
        if widest > 1 and self._words.is_shaped(text[start : pieces[index + 1][1]]):
            follower = text[pieces[index + 1][0] : pieces[index + 1][1]]
            if pieces[index][2] == ",":
                joined = place is None and self._words.is_suffix(follower)
            else:
                joined = (
                    pieces[index][2] in _WORDS_BETWEEN
                    and self._place(follower, beside=beside) is None
                    and self._longest(text, pieces, index + 1) is None
                )
            if joined:
                return 2, _Place(place.institution if place else None, sure=True)
        return (1, place) if place else None

    def _longest(
        self, text: str, pieces: list[tuple[int, int, str]], index: int
    ) -> tuple[int, _Place] | None:
        """The longest known name of several pieces from `index` on: `William & Mary`."""
        for width in range(min(_WIDEST, len(pieces) - index), 1, -1):
            if institution := self.find(text[pieces[index][0] : pieces[index + width - 1][1]]):
                return width, _Place(institution, sure=True)
        return None

    def _place(self, text: str, *, beside: Callable[[], bool]) -> _Place | None:
        """What one piece is; `beside` a known place, the name of any lab or department will do."""
        aside = _ASIDE.search(text) if text.endswith((")", "）")) else None
        if aside is not None and self.find(text) is None:
            inner, text = aside[1], text[: aside.start()]
            if self.find(inner) is None and not self._words.is_suffix(inner):
                return None
        if text in self._ambiguous:
            return _Place(None, sure=text not in self._things)
        if institution := self.find(text):
            return _Place(institution, sure=text not in self._things)
        if place := self._tailed(text):
            return place
        if self._words.is_titled(text) and (spelling := self.nearest(text)):
            return _Place(spelling.institution, sure=self._is_sure(text, spelling))
        if self._words.is_shaped(text) or (self._words.is_unit(text) and beside()):
            return _Place(None, sure=True)
        return None

    def _is_sure(self, text: str, spelling: Spelling) -> bool:
        """Whether a misspelt name is no other word: several words, a university's, or the letters are all there."""
        if spelling.text in self._things or len(text) <= 3:  # noqa: PLR2004 - short words mean much
            return False
        if compact(text) == compact(spelling.text):
            return spelling.text.isupper() or not text.isupper()
        return " " in text or (spelling.institution is not None and "University" in spelling.institution.full)

    def _tailed(self, text: str) -> _Place | None:
        """A known place with its lab, branch or country behind it: `SJTU IPADS`, `Huawei Canada`."""
        words = text.split() if self._may_begin(text) else []
        for count in range(len(words) - 1, max(0, len(words) - 4), -1):
            head = " ".join(words[:count])
            institution = self.find(head)
            if (
                institution
                and head not in self._things
                and self._words.is_tail(words[count:], institution.full)
            ):
                return _Place(institution, sure=True)
        return None


def _pieces(text: str) -> list[tuple[int, int, str]]:
    """The parts of a text between separators: start, end, and the separator behind."""
    pieces: list[tuple[int, int, str]] = []
    start = 0
    outside = _outside_brackets(text) if "(" in text or "（" in text else None
    for match in _SEPARATOR.finditer(text):
        if outside and not outside[match.start()]:
            continue
        pieces.append((start, match.start(), match[0].strip()))
        start = match.end()
    pieces.append((start, len(text), ""))
    trimmed = []
    for begin, end, separator in pieces:
        part = text[begin:end]
        left = begin + len(part) - len(part.lstrip())
        if part.strip():
            trimmed.append((left, left + len(part.strip()), separator))
    return trimmed


def _outside_brackets(text: str) -> list[bool]:
    """For each character, whether it stands outside round brackets."""
    depth, outside = 0, []
    for character in text:
        if character in "(（":
            depth += 1
        outside.append(depth == 0)
        if character in ")）" and depth:
            depth -= 1
    return outside


def _check(row: dict[str, Any], place: int) -> None:
    """Raise for a user's row that is not one."""
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or not row["name"].strip():
        raise KnowledgeError("a row of institutions needs a `name`", place)
    for key, value in row.items():
        if key not in {"name", "full", "aliases", "parts", "site"}:
            raise KnowledgeError(f'"{key}" is not known in a row of institutions', place)
        several = key in {"aliases", "parts"}
        words = value if several else [value]
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            raise KnowledgeError(f'"{key}" is {"a list of names" if several else "a text"}', place)
