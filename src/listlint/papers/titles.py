"""Titles compared: what may differ between two ways to write one title, and what makes two papers."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from listlint.expressions import expression

__all__ = ["TitleForm", "alike", "form_again", "form_of"]

# Percent. Titles that differ more are not alike, unless one lacks its short name; at 90 nearly all renderings of one
# title match and, with the guards below, no two papers.
SIMILAR, ALIKE = 80, 90
SAME_WORD = 0.85
SPELT_OUT = 5  # letters: shorter words that differ are other words, not misspellings
LEAST_CHARACTERS, LEAST_WORDS = 14, 3
LEAST_TELLING = 3
TAIL_WORDS = 5
LONGEST = 600  # characters of a title that are compared
OPPOSED = frozenset({"inter", "intra", "macro", "micro"})  # other words, however alike the rest

LATEX = expression(r"\\(?:[a-zA-Z]{1,20}\*?|[^a-zA-Z\s])\s?|[{}$~]")
ACCENT = expression(r"\\[`'^\"~=.uvHckrbdt](?![a-zA-Z])\s?\{?")
PLUS = re.compile(r"(?<=\w)\+")
APOSTROPHE = re.compile(r"['’‘`´ʼ]")
TOKEN = re.compile(r"[^\W\d_]+|\d+")
SPECIAL = "+"
LETTERS = "".join(
    char if char.isalpha() else SPECIAL if char in "0123456789+'`" else " " for char in map(chr, range(128))
)
PART = re.compile(r"[:：]\s|：|\s[-–—]{1,3}\s")
MAY_PART = expression(r"[:：]| [-–—]")
ROMAN = {"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9}
NUMERALS = frozenset({*ROMAN, "plus"})  # words of ASCII letters that count as numbers

LITTLE = """
a an and are as at be by do does for from how in into is it its of on or over s the their this to toward towards under
up use using via we what when with within your
"""
# Words that titles share without being about the same thing.
COMMON = """
abstract analysis appendix article awesome benchmark benchmarks blog book chapter code comprehensive conclusion course
data dataset datasets deep demo detailed details documentation faq framework guide homepage information introduction language
large learning lecture library link list literature llm llms machine method methods model models network networks
neural news notes official other others overview page paper papers part perspective post practical project reading
reference references related release report repo repository resources review section short slides source study summary
survey system systems technical tool tools toolkit tutorial update video website work workshop
"""
STOP_WORDS = frozenset(LITTLE.split())
NOT_TELLING = STOP_WORDS | frozenset(COMMON.split())


class TitleForm(NamedTuple):
    """A title as it is compared.

    `words` are its words without accents, letter case, LaTeX and punctuation, numbers apart from letters (`GPT-4`
    and `GPT4` are alike); `text` joins them. `numbers` are the numbers, Roman ones too, and pluses among them.
    `name` is how many words stand before a first colon, 0 where there is none.
    """

    text: str
    words: tuple[str, ...]
    numbers: tuple[str, ...]
    name: int

    @property
    def telling(self) -> frozenset[str]:
        """The words that say what the paper is about."""
        return frozenset(self.words) - NOT_TELLING

    @property
    def is_telling(self) -> bool:
        """Whether the title is long and particular enough to name one paper by itself."""
        if len(self.words) < LEAST_WORDS or len(self.text) < LEAST_CHARACTERS:
            return False
        found: set[str] = set()
        numbers = self.numbers
        for word in self.words:
            if word not in NOT_TELLING and word not in numbers:
                found.add(word)
                if len(found) == LEAST_TELLING:
                    return True
        return False


def form_of(title: str) -> TitleForm:
    """The form in which a title is compared."""
    plain = title[:LONGEST]
    if "\\" in plain or "$" in plain or "{" in plain:
        plain = LATEX.sub("", ACCENT.sub("", plain))
    words = _plain_words(plain)
    numbers: tuple[str, ...] = ()
    if words is None:
        words = _words(plain)
        numbers = _numbers(words)
    return TitleForm(" ".join(words), words, numbers, _name(plain))


@lru_cache(1 << 11)
def form_again(text: str, name: int) -> TitleForm:
    """The form that has this `text` and `name`: those of a whole collection are not kept."""
    words = tuple(text.split())
    return TitleForm(text, words, _numbers(words), name)


def _name(text: str) -> int:
    """How many words stand before the first colon."""
    if not (":" in text or " -" in text or (not text.isascii() and MAY_PART.search(text))):
        return 0
    part = PART.search(text)
    if part is None:
        return 0
    name = text[: part.start()]
    return 1 if name.isascii() and name.isalpha() else len(_plain_words(name) or _words(name))


def _numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([word for word in words if word == "plus" or word.isdigit()])


def _plain_words(text: str) -> tuple[str, ...] | None:
    """The words of a text in which there are but ASCII letters, no number, and plain punctuation; None for another."""
    if not text.isascii():
        return None
    letters = text.lower().translate(LETTERS)
    words = tuple(letters.split())
    return words if SPECIAL not in letters and NUMERALS.isdisjoint(words) else None


def _words(text: str) -> tuple[str, ...]:
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(char for char in text if not unicodedata.combining(char))
    words = TOKEN.findall(PLUS.sub(" plus ", APOSTROPHE.sub("", text)).casefold())
    return tuple(map(_numeral, words))


@lru_cache(1 << 11)
def _numeral(word: str) -> str:
    """Roman numerals above one as digits; `v` and `x` are letters more often."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    return str(ROMAN[word]) if word in ROMAN else word


def alike(one: TitleForm, other: TitleForm) -> bool:
    """Whether two titles are surely two renderings of one: misspelt, punctuated otherwise, or without the short name."""
    if one.text == other.text:
        return True
    if one.numbers != other.numbers:
        return False
    return _without_name(one, other) or _without_name(other, one) or _misspelt(one, other)


def _without_name(one: TitleForm, other: TitleForm) -> bool:
    """Whether `one` is `other` without the short name before its colon."""
    if one.name or not 0 < other.name < TAIL_WORDS:
        return False
    return len(one.words) >= TAIL_WORDS and one.words == other.words[other.name :]


def _misspelt(one: TitleForm, other: TitleForm) -> bool:
    from rapidfuzz.fuzz import ratio

    score = ratio(one.text, other.text, score_cutoff=SIMILAR)
    if not score:
        return False
    if one.text.replace(" ", "") == other.text.replace(" ", ""):
        return True
    return score >= ALIKE and _same_words(one.words, other.words)


def _same_words(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the words that only one title has are little words, or other spellings of the other's."""
    from rapidfuzz.distance import Levenshtein

    start = start2 = 0
    for block in Levenshtein.opcodes(one, other).as_matching_blocks():
        if not _is_same_run(one[start : block.a], other[start2 : block.b]):
            return False
        start, start2 = block.a + block.size, block.b + block.size
    return True


def _is_same_run(ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    if "".join(ours) == "".join(theirs):
        return True
    ours = tuple(word for word in ours if word not in STOP_WORDS)
    theirs = tuple(word for word in theirs if word not in STOP_WORDS)
    return len(ours) == len(theirs) and all(map(_is_same_word, ours, theirs))


def _is_same_word(one: str, other: str) -> bool:
    if one == other or one + "s" == other or other + "s" == one:
        return True
    if min(len(one), len(other)) < SPELT_OUT or one[0] != other[0] or {one[:5], other[:5]} <= OPPOSED:
        return False
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other) >= SAME_WORD
