"""Texts that are a field by their shape alone: dates, names of people, marks."""

from __future__ import annotations

import re

__all__ = ["are_people", "is_address", "is_date", "is_number", "is_people_word", "leading_marks"]

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d\d"
DATE = re.compile(
    rf"""(?:on\s+|published:?\s+|submitted\s+on\s+|v\d+\s+)?(?:
      {YEAR}\s*[-/.–年]\s*\d{{1,2}}(?:\s*[-/.–月]\s*\d{{1,2}}\s*日?|\s*月)?
    | \d{{1,2}}\s*[-/.]\s*\d{{1,2}}\s*[-/.]\s*(?:{YEAR}|\d\d)
    | \d{{1,2}}\s*[-/.]\s*{YEAR}
    | {DAY}\s+{MONTH},?\s+{YEAR}
    | {MONTH}\s*,?\s*(?:{DAY}\s*,?\s+)?'?(?:{YEAR}|\d\d)
    | {YEAR}\s*,?\s*{MONTH}(?:\s+{DAY})?
    | {YEAR}
    )""",
    re.IGNORECASE | re.VERBOSE,
)
NUMBER = re.compile(r"#?\d{1,4}\.?")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

# A name: an initial or a capitalised word, particles between, at least one word of two letters.
CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯŁŠŽÇĞİÖŞÜ"
SMALL = "a-zß-öø-ÿā-žα-ωа-яłšžçğıöşü"
NAME_WORD = rf"(?:[{CAPITAL}][{SMALL}'’`{CAPITAL}\-‐]*\.?|[{CAPITAL}]\.(?:-?[{CAPITAL}]\.)*)"
PARTICLE = r"(?:de|del|della|der|den|di|da|do|dos|du|van|von|von\sder|la|le|el|al|bin|ben|ter|ten|zu|y)"
NAME = rf"(?:{NAME_WORD}(?:[\s ]+(?:{PARTICLE}[\s ]+){{0,2}}{NAME_WORD}){{1,4}})"
MARK = r"(?:[\s ]*[*†‡§¶#✉¹²³⁴⁵⁶⁷⁸⁹⁰,\d]{1,4})?"
ET_AL = r"(?:,?[\s ]+et\.?[\s ]?,?al\b\.?(?:,?\s*\d{4})?)"
PEOPLE = re.compile(
    rf"(?:{NAME}{MARK}|{NAME_WORD})(?:[\s ]*(?:,|;|&|·|、|,?[\s ]and\b)[\s ]*(?:and[\s ]+)?(?:{NAME}{MARK}|\.{{3}}|…))*[\s ]*"
    rf"(?:{ET_AL}|,?\s*(?:\.{{3}}|…)|,?\s*and\s(?:many\s)?others\.?)?[\s.,]*"
)
SINGLE_ET_AL = re.compile(rf"(?:{PARTICLE}\s+)?{NAME_WORD}(?:[\s ]+(?:{PARTICLE}\s+)?{NAME_WORD}){{0,4}}(?:\s*(?:,|and|&)\s*{NAME_WORD}(?:\s+{NAME_WORD})*)*{ET_AL}[\s.,]*")
SHORTCODE = re.compile(r":[a-z0-9_+\-]{2,40}:")
PEOPLE_WORDS = re.compile(r"\b(?:et\.?\s?al|and\sothers)\b")
LONGEST_PEOPLE = 600


def is_date(text: str) -> bool:
    """Whether the text is a date, a month or a year, in one of the ways that lists write them."""
    return len(text) < 40 and DATE.fullmatch(text.strip(" \t\n[](),;:*")) is not None  # noqa: PLR2004 - dates are short


def is_number(text: str) -> bool:
    """Whether the text is a running number."""
    return NUMBER.fullmatch(text.strip()) is not None


def is_address(text: str) -> bool:
    """Whether the text is a bare web address."""
    return ADDRESS.fullmatch(text.strip()) is not None


def are_people(text: str) -> bool:
    """Whether the text is nothing but names of people: two or more of them, or one with `et al.`."""
    text = text.strip()
    if not 3 < len(text) < LONGEST_PEOPLE:  # noqa: PLR2004 - "Li X"
        return False
    if SINGLE_ET_AL.fullmatch(text):
        return True
    return ("," in text or " and " in text or "&" in text) and PEOPLE.fullmatch(text) is not None


def is_people_word(text: str) -> bool:
    """Whether the text could be one person's name: two to five capitalised words, nothing else."""
    return re.fullmatch(NAME, text.strip()) is not None


def leading_marks(text: str) -> int:
    """The length of the marks at the start of `text`: emoji, `:star:`, symbols, white space between them included.

    A mark that went through a wrong encoding, such as `‚≠ê`, counts too: a short word without an ASCII letter, digit
    or bracket that holds at least one symbol.
    """
    end = 0
    while True:
        rest = text[end:]
        blank = len(rest) - len(rest.lstrip())
        rest = rest[blank:]
        if match := SHORTCODE.match(rest):
            end += blank + match.end()
            continue
        word = _mark_length(rest)
        if not word:
            return end
        end += blank + word


def _mark_length(text: str) -> int:
    length = 0
    for char in text:
        if char.isascii() or char in "“”‘’「」【】《》（）－—–" or "\ue000" <= char <= "\ue003":
            break
        if char.isalnum() and "\u2e80" < char < "\uffef":
            return 0
        length += 1
    word = text[:length]
    if not word or not any(not char.isalnum() for char in word):
        return 0
    following = text[length : length + 1]
    if any(char.isalpha() for char in word) and not (following.isspace() and length < 12):  # noqa: PLR2004 - marks are short
        return 0
    return length
