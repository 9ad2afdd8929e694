"""Texts that are a field by their shape alone: dates, names of people, marks."""

from __future__ import annotations

import re
from functools import lru_cache

from listlint.expressions import expression

__all__ = [
    "KEYCAP_SIGN",
    "MONTH",
    "PLAIN_START",
    "SHORTCODE",
    "are_cited",
    "are_people",
    "are_surnames",
    "cited_people",
    "has_words",
    "is_address",
    "is_date",
    "is_initialed",
    "is_number",
    "is_person",
    "leading_marks",
]

MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"(?:19|20)\d\d"
DATE = expression(
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
TWO_DIGITS = re.compile(r"\d\d")  # without them there is no date
NUMBER = re.compile(r"#?\d{1,4}\.?|\d{4}\.\d{4,5}")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)

# A name: an initial or a capitalised word, particles between, at least one word of two letters.
CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ŽƠƯΑ-ΩА-ЯḀ-ỿ"
SMALL = "a-zß-öø-ÿā-žơưα-ωа-яḁ-ỿ"
NAME_WORD = rf"(?:[{CAPITAL}](?:[{SMALL}'’`´ˇ{CAPITAL}\-‐]*+|[{CAPITAL}]?\.(?:-?[{CAPITAL}]\.)*+|\.[{CAPITAL}](?=\s))|[JS][rt]\.)"
PARTICLES = "de|del|della|der|den|di|da|do|dos|du|van|von|la|le|el|al|bin|ben|ter|ten|zu|y"
PARTICLE = rf"(?:{PARTICLES}|von\sder)"
AMONG_NAMES = frozenset(("many", "others", *PARTICLES.split("|")))
NEXT_WORD = rf"(?:[\s ]+(?:{PARTICLE}[\s ]+){{0,2}}{NAME_WORD})"
NAME = rf"(?:{NAME_WORD}{NEXT_WORD}{{1,4}})"
MARK = r"(?:[\s ]*(?:[*†‡§¶#✉¹²³⁴⁵⁶⁷⁸⁹⁰♡♢♠♣∗]|(?<!\d)\d{1,2}(?!\d)|,(?=[*†‡§¶#\d])){1,4})?"
ET_AL = r"(?:,?[\s ]+et\.?[\s ]?,?al\b\.?(?:,?\s*\d{4})?)"
PERSON = expression(NAME)
PEOPLE = expression(
    rf"{NAME_WORD}(?:{NEXT_WORD}{{1,4}}{MARK})?(?:(?:[\s ]*(?:,|;|·|、|,?[\s ]and\b)|,?[\s ]+&(?=\s))[\s ]*(?:and[\s ]+)?(?:{NAME}{MARK}|\.{{3}}|…))*[\s ]*"
    rf"(?:{ET_AL}|,?\s*(?:\.{{3}}|…)|,?\s*and\s(?:many\s)?others\.?)?[\s.,]*"
)
LOOSE_NAME = rf"(?:(?:{PARTICLE}\s)?{NAME_WORD}{NEXT_WORD}{{0,4}}{MARK})"
LOOSE = expression(
    rf"{LOOSE_NAME}(?:[\s ]*(?:,|;|&|,?[\s ]and\b)[\s ]*(?:(?:and|&)[\s ]+)?(?:{LOOSE_NAME}|\.{{3}}|…))*[\s ]*(?:{ET_AL})?[\s.,]*"
)
SINGLE_ET_AL = expression(
    rf"(?:{PARTICLE}\s+)?{NAME_WORD}(?:[\s ]+(?:{PARTICLE}\s+){{0,2}}{NAME_WORD}){{0,4}}(?:\s*(?:,|and|&)\s*{NAME_WORD}(?:\s+{NAME_WORD})*)*{ET_AL}[\s.,]*"
)
# Capitalised words that are no names: by their endings, or by being the words that titles are made of.
NO_NAME = expression(
    r"\b(?:[A-Z][a-z]+-(?:[a-z]\w*|[A-Z]\w*-[A-Z]\w*)|[A-Z]\w{3,}(?:tion|tions|sion|ment|ments|ness|ities|ity|ized|ised|ism|ology|"
    r"works?|ware|ative|able|ible|ables|ous|ated|tems|ings|iques|odels|ances?|ences?|eous|tual|tics|phy|graphs?)|"
    r"Adaptive|Agents?|Alignment|An|Approach|Attacks?|Based|Benchmarks?|Code|Data|Datasets?|Deep|Defenses?|Efficient|Fast|For|From|"
    r"General|Graphs?|Images?|In|Joint|Language|Languages|Large|Learning|Linear|Long|Maps?|Methods?|Models?|Networks?|Neural|New|Object|"
    r"On|Open|Paper|Robust|Scale|Scalable|Search|Simple|Small|Source|Spaces?|State|Survey|Systems?|Tasks?|Text|The|Theory|Time|Tools?|"
    r"Towards?|Training|Understanding|Unified|Using|Via|Video|Videos|Vision|Visual|With|World|Zero|LLMs?|AI|ML|GPU|CPU)\b"
)
SURNAMES = expression(
    rf"[{CAPITAL}][{SMALL}'’{CAPITAL}\-]{{2,20}} (?:and|&) [{CAPITAL}][{SMALL}'’{CAPITAL}\-]{{2,20}}"
)
# Names as bibliographies have them, a blank behind: `Lee, A. B., Chi, B. & Dent, C.`, `Lee A B, Chi B, et al.`
SURNAME = rf"(?:{PARTICLE}\s)?[{CAPITAL}][{SMALL}'’{CAPITAL}\-]{{1,25}}"
INITIALS = rf"[{CAPITAL}]\.(?:[\s\-]?[{CAPITAL}]\.)*"
JOINED = r"(?:,?\s(?:and|&)\s|,\s)"
CITED_PEOPLE = expression(
    rf"(?:{SURNAME},\s{INITIALS}(?:{JOINED}{SURNAME},\s{INITIALS})*(?:,?\set\sal\.)?|"
    rf"{SURNAME}\s[{CAPITAL}](?:\s?[{CAPITAL}]){{0,2}}(?:,\s{SURNAME}\s[{CAPITAL}](?:\s?[{CAPITAL}]){{0,2}})+(?:,\set\sal)?\.)"
    rf"\s+(?=[{CAPITAL}\d])"
)
CITED_INITIAL = re.compile(r"(?:[^\W\d_a-z]|\set\sal)\.")  # one of these ends them
KEYCAP_SIGN = "\u20e3"
KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
SEPARATED = expression(r",\s+(?:and\s+)?|\s+and\s+|;")
GLUED_INITIAL = expression(rf"(?<=\b[{CAPITAL}]\.)(?=[{CAPITAL}][{SMALL}]{{2}})")
NICKNAME = expression(r"\s*\([A-Z][a-z]{1,15}\)\s*(?=[A-Z])")
INITIAL = expression(rf"(?<!\w)[{CAPITAL}]\.[\s\-]")
SHORTCODE = re.compile(r":[a-z0-9_+\-]{2,40}:")
PEOPLE_WORDS = expression(r"\b(?:et\.?\s?al|and\sothers)\b")
LETTER = re.compile(r"[^\W_]")
JOINT = re.compile("[,;&·]|and|al")  # what stands between two names, or behind one
LONGEST_PEOPLE = 600
PLAIN_START = frozenset(chr(code) for code in range(33, 127) if chr(code) != ":") | {
    "\ue000",
    "\ue001",
    "\ue002",
    "\ue003",
}


def is_date(text: str) -> bool:
    """Whether the text is a date, a month or a year, in one of the ways that lists write them."""
    return len(text) < 40 and TWO_DIGITS.search(text) is not None and _is_date(text)  # noqa: PLR2004 - dates are short


@lru_cache(maxsize=8192)
def _is_date(text: str) -> bool:
    return DATE.fullmatch(text.strip(" \t\n[](),;:*")) is not None


def has_words(text: str) -> bool:
    """Whether the text has a letter or a digit."""
    return text[:1].isalnum() or LETTER.search(text) is not None


def is_number(text: str) -> bool:
    """Whether the text is a running number."""
    return NUMBER.fullmatch(text.strip()) is not None


def is_address(text: str) -> bool:
    """Whether the text is a bare web address."""
    return ("://" in text or "." in text) and ADDRESS.fullmatch(text.strip()) is not None


@lru_cache(maxsize=8192)
def are_people(text: str, *, loosely: bool = False) -> bool:
    """Whether the text is nothing but names of people: two or more of them, or one with `et al.`.

    `loosely` takes `Hale, Ruth, and Omar Said` too, which in most places would be words.
    """
    if JOINT.search(text) is None:
        return False
    text = NICKNAME.sub(" ", text).strip()
    text = GLUED_INITIAL.sub(" ", text) if "." in text else text
    if not 3 < len(text) < LONGEST_PEOPLE or not any(char.isupper() for char in text):  # noqa: PLR2004 - "Li X"
        return False
    if not all(map(_is_among_names, text.split())):
        return False
    if "et" in text and SINGLE_ET_AL.fullmatch(text):
        return True
    commas = text.count(",") + text.count(";")
    if not commas and " and " not in text and "&" not in text and "·" not in text:
        return False
    if (LOOSE if loosely or _mostly_whole(text) else PEOPLE).fullmatch(text) is None:
        return False
    left = text.partition(" and ")[0]
    if not commas and " " not in left and "&" not in text:
        return False
    whole = commas > 1 and all(" " in name.strip() for name in SEPARATED.split(text))
    return len(NO_NAME.findall(text)) * 3 <= commas + whole


def _is_among_names(word: str) -> bool:
    """Whether a word may stand among names of people; quick, and wrong only in saying yes."""
    if not "a" <= word[0] <= "z" or word.startswith(("and", "et", "al")):
        return True
    return word.rstrip(",;.&…·、") in AMONG_NAMES


def _mostly_whole(text: str) -> bool:
    """Whether nearly all of many names have two words, so that one that has not is a slip."""
    names = text.split(",")
    return len(names) > 4 and sum(" " in name.strip() for name in names) >= len(names) - 2  # noqa: PLR2004 - many


def cited_people(text: str, start: int, end: int) -> re.Match[str] | None:
    """The names that stand at `start` as bibliographies have them, with the blank behind: `Lee, A. B., Chi, B. `."""
    if text.find(",", start, end) < 0 or CITED_INITIAL.search(text, start, end) is None:
        return None
    return CITED_PEOPLE.match(text, start, end)


def are_cited(text: str) -> bool:
    """Whether the text is names as bibliographies have them: `Lee, A. B., Chi, B.`."""
    return CITED_PEOPLE.fullmatch(text.strip(" ,.") + ". A") is not None or (
        CITED_PEOPLE.fullmatch(text.strip() + " A") is not None
    )


def are_surnames(text: str) -> bool:
    """Whether the text is `Smith and Jones`."""
    if " and " not in text and " & " not in text:
        return False
    return SURNAMES.fullmatch(text) is not None and NO_NAME.search(text) is None


@lru_cache(maxsize=4096)
def is_person(text: str) -> bool:
    """Whether the text could be one person's name: two to four capitalised words, nothing else."""
    text = text.strip(" .,")
    words = text.split()
    if not 1 < len(words) <= 4 or any("a" <= word[0] <= "z" for word in (words[0], words[-1])):  # noqa: PLR2004
        return False
    return PERSON.fullmatch(text) is not None and NO_NAME.search(text) is None


def is_initialed(text: str) -> bool:
    """Whether the text is one person's name with an initial, such as `D. E. Kern`: surely a name."""
    if "." not in text or INITIAL.search(text) is None or not is_person(text):
        return False
    return text.rsplit(maxsplit=1)[-1].rstrip(".,")[1:2].islower()


def leading_marks(text: str) -> int:
    """The length of the marks at the start of `text`: emoji, `:star:`, symbols, white space between them included.

    A mark that went through a wrong encoding, such as `‚≠ê`, counts too: a short word without an ASCII letter, digit
    or bracket that holds at least one symbol.
    """
    end = 0
    if text[:1] in PLAIN_START and KEYCAP_SIGN not in text[1:3]:
        return end
    while True:
        rest = text[end:]
        blank = len(rest) - len(rest.lstrip())
        rest = rest[blank:]
        if match := SHORTCODE.match(rest) or KEYCAP.match(rest):
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
