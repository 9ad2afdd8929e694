"""How names of places are built and misspelt, whichever place they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.expressions import expression
from listlint.knowledge.spelling import are_one_slip_apart

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Corrected", "PlaceWords", "Vocabulary", "compact", "may_differ", "place_key"]

Vocabulary = dict[tuple[str, int], dict[str, str]]

_UNIV = re.compile(r"\bUniv\b\.?")
_LOOSE = re.compile(r"[’–&,]|Univ\b|[^\S ]|  |^[ ;:]|^[Tt]he |[ ;:.]$")
_WORD = re.compile(r"[^\W\d_]+")
_ACRONYM = expression(r"[A-Z][A-Za-z]{0,5}[A-Z]")
_NO_PLACE = expression(
    r"\d|\b(?:conference|workshop|symposium|proceedings|journal|transactions|press|letters|magazine|review|models?|"
    r"datasets?|benchmarks?|surveys?|learning|students?|courses?|algorithms?|papers?|challenge|competition)\b",
    re.IGNORECASE,
)
_SCHOOLS = (
    r"Universi\w+|Université|Universität|Università|Üniversitesi|Uniwersytet|Univerz\w+|College|Institute?|Instituto|"
    r"Istituto|Institut|Institutet|Hochschule|École|Ecole|Academy|Polytechnic|Politecnico|Laboratory|Laboratories|"
    r"Hospital|Observatory"
)
_SCHOOL = expression(_SCHOOLS)
_ABROAD = expression(
    r"Universi(?:dad|dade|tas|tat|tät|té|te|ti|tà|ta|teit)|Politecnico|Politechnika|École|Ecole"
)
_UNIT = expression(
    r"(?:Department|Dept\.?|School|Faculty|College|Cent(?:er|re)|Institute|Division) (?:of|for) [A-Z]"
)
_HAN = ("大学", "大學", "学院", "學院", "研究院", "研究所", "实验室", "實驗室", "公司", "集团", "株式会社")
_HANGUL = ("대학교", "대학원", "연구소", "연구원")
_CJK = expression(
    rf"[\u3400-\u9fff\u3040-\u30ff]{{2,20}}(?:{'|'.join(_HAN)})|[\uac00-\ud7a3]{{2,20}}(?:{'|'.join(_HANGUL)})"
)
# Without any of these a text has not the shape of a school's or a lab's name.
_SHAPED = expression(rf"{_SCHOOLS}|Univ|Department|Dept|School|Faculty|Center|Centre|Division|Lab|Research")
_UNIVERSITY = expression(r"Universi|Institut|College|Polytechn|School|\bTech\b|\bKAIST\b|\bETH\b|^KTH|^TU ")
_CONNECTORS = frozenset(
    [
        "of",
        "and",
        "the",
        "for",
        "at",
        "in",
        "de",
        "la",
        "le",
        "du",
        "des",
        "der",
        "für",
        "zu",
        "do",
        "da",
        "del",
        "della",
        "di",
        "e",
        "y",
        "et",
        "van",
        "den",
        "und",
        "am",
        "an",
        "&",
        "-",
        "–",
    ]
)
_LONE_ENDINGS = frozenset({"Lab", "Labs", "Laboratory", "Laboratories", "Research"})
_UNIT_ENDINGS = frozenset(
    {"Lab", "Labs", "Laboratory", "Group", "Center", "Centre", "Institute", "School", "Team"}
)
_SHORTEST = 7
_LONGEST_COMPANY = 5  # words


def place_key(text: str) -> str:
    """A place's name without what lists write either way: a leading article, `&`, `Univ.`, quotes, spaces, a final stop."""
    key = text.replace("’", "'").replace("–", "-").replace("&", " and ").replace(",", ", ")
    key = " ".join(_UNIV.sub("University", key).split()).replace(" ,", ",").strip(" ,;:")
    if key[:4] in ("The ", "the "):
        key = key[4:]
    return key.removesuffix(".")


def may_differ(text: str) -> bool:
    """Whether a place's key may be another text than its name; quick, and wrong only in saying yes."""
    return text.endswith("Univ") if text.isalnum() else _LOOSE.search(text) is not None


def compact(text: str) -> str:
    """A name without letter case and spaces."""
    return "".join(text.split()).casefold()


class Corrected(NamedTuple):
    """A name with its misspelt words corrected; `common` says that all of those are words many places share."""

    text: str
    common: bool


class PlaceWords:
    """The words of which places' names are made."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._suffixes = frozenset([*content["countries"], *content["companies"], *content["suffixes"]])
        self._companies = tuple(f" {word}" for word in content["companies"])
        self._endings = frozenset(content["endings"])
        self._not_before = frozenset(content["not_before"])
        self._not_after = frozenset(content["not_after"])
        self._words = frozenset(content["words"])
        self._right = frozenset(word.casefold() for word in content["foreign"])

    def is_suffix(self, text: str) -> bool:
        """Whether a text may follow a place's name without naming a place of its own: `China`, `Inc.`"""
        return text.strip() in self._suffixes

    def is_tail(self, words: Sequence[str], full: str) -> bool:
        """Whether the words behind the place `full` name a part of it; only a university's may be an acronym."""
        if " ".join(words) in self._suffixes:
            return True
        named = all(word in self._endings or word in self._suffixes for word in words)
        if named or not _UNIVERSITY.search(full):
            return named
        return all(self._is_group(word) for word in words) and (words[-1] in self._endings or len(words) == 1)

    def _is_group(self, word: str) -> bool:
        if word in self._endings:
            return True
        lab = word.endswith(("Lab", "Labs")) and word[:1].isupper()
        return lab or (_ACRONYM.fullmatch(word) is not None and word not in self._not_after)

    def is_titled(self, text: str) -> bool:
        """Whether every word of a text starts with a capital or is one that joins names."""
        return all(word[:1].isupper() or word in _CONNECTORS for word in text.split())

    def is_unit(self, text: str) -> bool:
        """Whether a text names a lab or a department, of whatever place."""
        words = text.split()
        named = bool(words) and (
            _UNIT.match(text) is not None or (len(words) > 1 and words[-1] in _UNIT_ENDINGS)
        )
        return named and self.is_titled(text) and _NO_PLACE.search(text) is None

    def is_shaped(self, text: str) -> bool:
        """Whether a text looks like a place's name, known or not: `University of Example`, `Example Lab`, `Example Inc.`"""
        if text.endswith(_HAN + _HANGUL) and _CJK.fullmatch(text):
            return True
        company = text.endswith(self._companies)
        if not company and _SHAPED.search(text) is None:
            return False
        words = place_key(text).replace(",", "").split()
        if not 1 < len(words) < 11 or not self.is_titled(" ".join(words)):  # noqa: PLR2004 - longer ones are sentences
            return False
        shaped = len(words) <= _LONGEST_COMPANY if company else self._is_school(words) or self._is_lab(words)
        return shaped and _NO_PLACE.search(text) is None

    def _is_school(self, words: list[str]) -> bool:
        if _UNIT.match(" ".join(words)):
            return True
        places = [index for index, word in enumerate(words) if _SCHOOL.fullmatch(word)]
        if not places or self._not_before.intersection(words[:1]) - {"Medical", "Open"}:
            return False
        behind = words[places[-1] + 1 :]
        if places[-1] == 0:
            return (len(behind) > 1 and behind[0] in _CONNECTORS) or _ABROAD.fullmatch(words[0]) is not None
        return not behind or behind[0] in _CONNECTORS or all(word in self._endings for word in behind)

    def _is_lab(self, words: list[str]) -> bool:
        if words[-1] not in _LONE_ENDINGS or len(words) > 4:  # noqa: PLR2004 - a lab's name is short
            return False
        if words[-1] == "Research" and len(words) > 2:  # noqa: PLR2004 - longer ones are subjects
            return False
        return not self._not_before.intersection(words[:-1])

    def vocabulary(self, spellings: Iterable[str]) -> Vocabulary:
        """The long words of these names and the common ones, by first letter and length."""
        words = self._words.union(_WORD.findall("\n".join(spellings)))
        table: Vocabulary = {}
        for word in sorted(words):
            if len(word) >= _SHORTEST and word.isascii() and word.istitle():
                table.setdefault((word[0].casefold(), len(word)), {})[word.casefold()] = word
        return table

    def corrected(self, text: str, vocabulary: Vocabulary) -> Corrected:
        """The text with each word that is one slip away from exactly one long word replaced by that."""
        pieces: list[str] = []
        done, common = 0, True
        for match in _WORD.finditer(text):
            word = self._word_for(match[0], vocabulary)
            if word is None:
                continue
            pieces += (text[done : match.start()], word)
            done = match.end()
            common = common and word in self._words
        return Corrected("".join([*pieces, text[done:]]), common and bool(pieces))

    def _word_for(self, word: str, vocabulary: Vocabulary) -> str | None:
        if len(word) < _SHORTEST - 1 or not word.isascii() or word.isupper():
            return None
        fold = word.casefold()
        if fold in self._right:
            return None
        near = [vocabulary.get((fold[0], len(fold) + more), {}) for more in (0, 1, -1)]
        if fold in near[0]:
            return None
        head, tail = fold[:3], fold[-2:]  # one of them outlasts a slip
        found = [
            one
            for words in near
            for one in words
            if (one[:3] == head or one[-2:] == tail) and are_one_slip_apart(fold, one)
        ]
        if len(found) != 1 or fold in (found[0] + "s", found[0].removesuffix("s")):
            return None
        return near[len(found[0]) - len(fold)][found[0]]
