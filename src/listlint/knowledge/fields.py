"""What table columns, link labels and the keys of `key: value` lines stand for."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property, lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from listlint.expressions import expression
from listlint.knowledge.rulebook import KnowledgeError, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["FIELDS", "ROLES", "Fields", "plain_word"]

ROLES = (
    "paper",
    "code",
    "project",
    "slides",
    "video",
    "blog",
    "data",
    "demo",
    "notes",
    "followup",
    "other",
)
FIELDS = (
    "title",
    "paper",
    "venue",
    "institutions",
    "authors",
    "keywords",
    "notes",
    "date",
    "year",
    "links",
    "code",
    "project",
    "data",
    "demo",
    "slides",
    "video",
    "blog",
    "followup",
    "abstract",
    "bibtex",
    "number",
    "other",
)

_BADGE = expression(r"!?\[([^\[\]]{0,80})\]\([^()\s]{0,400}\)")
_MARKUP = re.compile(r"<[^<>]{0,200}>|&nbsp;|[*_`~\xad\u200b-\u200f\u2060\ufeff\ufe0e\ufe0f\u20e3]")
_SIGN = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2900-\u297f\u2b00-\u2bff\U0001f000-\U0001faff]")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]{0,60}[)\]]\s*")
_NUMBER = expression(r"(?<=[^\d\s])[\s\-#.]{0,3}(?:\d{1,2}|v\d)$")
_JOINED = re.compile(r"\s*[/&+,|;·、]\s*|\s+(?:and|or|with|und|et|y|ve)\s+|[和与與及]")
_QUALIFIER = re.compile(r"\s(?:by|from|in|on|at|via|using|with)\s")
_HEAD = re.compile("[a-z]{3}")
_ARXIV_ID = re.compile(r"(?:arxiv[:\s]{0,2})?\d{4}\.\d{4,5}(?:v\d{1,2})?|v\d")
_EDGES = " \t:;,.!?-–—|/\\\"'“”‘’<>=…•·"
_BRACKETS = {"[": "]", "(": ")", "{": "}", "«": "»", "「": "」", "【": "】", "《": "》", "〈": "〉"}
_LONGEST = 64
_LONGEST_HEADER = 400  # characters, with its markup
_LONGEST_KEY = 14
_MEMORY = 4096


@lru_cache(maxsize=_MEMORY)
def plain_word(text: str) -> str:
    """A header, label or key as the tables spell it: lower-case, no markup, emoji, brackets around or edge punctuation."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    plain = (_BADGE.sub(r" \1 ", plain) if "](" in plain else plain).casefold()
    if not plain.isascii():
        plain = _SIGN.sub(" ", plain.replace("\u0307", "").replace("ı", "i"))
    plain = " ".join(_MARKUP.sub(" ", plain).split()).strip(_EDGES)
    while len(plain) > 1 and _BRACKETS.get(plain[0]) == plain[-1] and plain[0] not in plain[1:]:
        plain = plain[1:-1].strip(_EDGES)
    return plain


def _dotted(word: str) -> str:
    """A word of the data, which is plain already but for Turkish."""
    return word.replace("ı", "i")


def _sign(text: str) -> str:
    """The emoji of a text as the table keys it: without variation selectors, joiners kept."""
    return text.strip(" \t:：[]()").replace("\ufe0f", "").replace("\ufe0e", "")


def _singular(word: str) -> str:
    return word.removesuffix("s")


class Fields:
    """The words that lists use for their fields, in many languages.

    Answers are names out of `FIELDS`: an entry's fields, link roles, and `links` (links of several roles),
    `abstract`, `bibtex` and `number` (a running number). None means not known.
    """

    def __init__(self, content: dict[str, Any], extra: Iterable[dict[str, Any]] = ()) -> None:
        self._columns: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self._signs: dict[str, str] = {}
        self._fillers = frozenset(content["fillers"])
        self._cjk = tuple(content["fillers_cjk"])
        self._weak = frozenset(content["weak"])
        self._names = frozenset(content["names"])
        # Lists repeat few words many times.
        self._known_label = lru_cache(_MEMORY)(self._read_label)
        self._known_key = lru_cache(_MEMORY)(self._read_key)
        for row in content["rows"]:
            self._add(row, _dotted)
        for place, row in enumerate(extra):
            _check(row, place)
            self._add(row, plain_word)

    @classmethod
    def load(cls, extra: Iterable[dict[str, Any]] = ()) -> Fields:
        """The known words with a user's rows on top; raises KnowledgeError for a wrong row.

        A row is `{name: FIELD, columns: […], labels: […], keys: […], signs: […]}`, the lists each optional.
        """
        return cls(load("fields"), extra)

    def _add(self, row: dict[str, Any], plain: Callable[[str], str]) -> None:
        name = row["name"]
        role = name if name in ROLES else "other"
        for words, table, meaning in (
            ("columns", self._columns, name),
            ("labels", self._labels, role),
            ("keys", self._keys, name),
        ):
            for word in row.get(words, ()):
                table[plain(word)] = meaning
        for sign in row.get("signs", ()):
            self._signs[_sign(sign)] = name

    def column(self, header: str) -> str | None:
        """The field that a table column holds; `paper` holds the title too where no column is `title`."""
        return self._read_column(header) if len(header) <= _LONGEST_HEADER else None

    def label(self, text: str) -> str | None:
        """The role of the link that a label names. A weak label (`Link`) is `paper` if it says anything at all."""
        return None if self._begins_otherwise(text) else self._known_label(text)

    def key(self, text: str) -> str | None:
        """The field that the words before a colon announce."""
        return self._known_key(text)

    def is_label(self, text: str) -> bool:
        """Whether a link's text says what the link leads to, or nothing at all, and is surely no title."""
        if self._begins_otherwise(text):
            return False
        if self._known_label(text) is not None:
            return True
        plain = plain_word(text)
        wordless = len(plain) < 3 and not plain.isalpha()  # noqa: PLR2004 - a tick, a star, a footnote number
        return plain in self._weak or (wordless and bool(text.strip()))

    def is_weak(self, text: str) -> bool:
        """Whether a label leaves open where its link leads (`here`, `Link`): the address knows better."""
        return plain_word(text) in self._weak

    def is_name(self, text: str) -> bool:
        """Whether a label is some thing's own name as well (`PyTorch`, `Medium`), and so may be a title where none is."""
        return plain_word(text) in self._names

    def _read_column(self, header: str) -> str | None:
        plain = plain_word(header)
        if not plain:
            return self._signs.get(_sign(header))
        tables = (self._columns, self._labels)
        bare = _ASIDE.sub(" ", plain).strip()
        if name := _found(tables, plain) or _found(tables, bare):
            return name
        parts = [_found(tables, part) for part in _JOINED.split(bare)]
        named = [name for name in parts if name is not None]
        if len(parts) > 1 and named:
            return min(named, key=FIELDS.index)
        return _found(tables, self._unfilled(bare))

    def _read_key(self, text: str) -> str | None:
        if len(text) > _LONGEST_HEADER:
            return None
        plain = plain_word(text)
        if not plain:
            return self._signs.get(_sign(text))
        bare = _ASIDE.sub(" ", plain).strip()
        tables = (self._keys, self._columns, self._labels)
        for word in (plain, bare, self._unfilled(bare)):
            if name := _found(tables, word):
                return name
        return self._joined_key(bare, tables)

    def _joined_key(self, bare: str, tables: tuple[dict[str, str], ...]) -> str | None:
        """What a key of known words in Chinese, Japanese or Korean announces: `代码和数据集` the first, `demo视频` the last."""
        if bare.isascii() or len(bare) > _LONGEST_KEY or not any(map(_is_cjk, bare)):
            return None
        parts = [_found(tables, self._unfilled(part)) for part in _JOINED.split(bare)]
        if len(parts) > 1:
            return parts[0] if all(parts) else None
        scripts = ("".join(signs).strip() for _, signs in groupby(bare, _is_cjk))
        parts = [_found(tables, self._unfilled(part)) for part in scripts]
        return parts[-1] if all(parts) else None

    def _begins_otherwise(self, text: str) -> bool:
        """Whether a text begins with letters that no label and no weak one begins with, as most titles do."""
        head = text[:4]  # a mark on the third letter would be the fourth
        return head.isascii() and head[:3].isalpha() and len(head) > 2 and head[:3].lower() not in self._heads  # noqa: PLR2004

    def _read_label(self, text: str) -> str | None:
        if len(text) > _LONGEST_HEADER:
            return None
        plain = plain_word(text)
        if not plain:
            sign = self._signs.get(_sign(text))
            return sign if sign in ROLES else None
        if plain == "link":
            return "paper"
        if len(plain) > _LONGEST or (_HEAD.match(plain) and plain[:3] not in self._heads):
            return None
        return self._exact(plain) or self._built(plain)

    @cached_property
    def _heads(self) -> frozenset[str]:
        """The first three letters of all that a label may begin with: of a short word, with a plural or a version behind."""
        words = {*self._labels, *self._fillers, *self._weak, "arxiv", "link"}
        return frozenset([(word + end)[:3] for word in words for end in ("", "s", "v", "sv")])

    def _exact(self, plain: str) -> str | None:
        """The role of a label that the table holds, give or take fillers, a plural and a number."""
        if role := _found((self._labels,), plain):
            return role
        if _ARXIV_ID.fullmatch(plain):
            return "paper"
        unfilled = self._unfilled(plain)
        return _found((self._labels,), unfilled) if unfilled != plain else None

    def _built(self, plain: str) -> str | None:
        """The role of a label made of labels: `code (PyTorch)`, `paper on arXiv`, `code & data`, `project code`."""
        head = _ASIDE.sub(" ", plain).strip()
        if head and head != plain and (role := self._exact(head)):
            return role
        parts = _QUALIFIER.split(plain)
        if len(parts) > 1 and (role := self._exact(parts[0])):
            known = all(self._exact(part) for part in parts[1:])
            return role if known or (" " in parts[0] and len(parts[1].split()) <= 2) else None  # noqa: PLR2004 - a name
        parts = _JOINED.split(plain)
        if len(parts) == 1:
            parts = plain.split()[::-1]
        roles = [self._exact(part) for part in parts]
        return roles[0] if 1 < len(parts) < 4 and all(roles) else None  # noqa: PLR2004 - labels are short

    def _unfilled(self, plain: str) -> str:
        """The words without those that do not change a label's meaning."""
        word = " ".join(word for word in plain.split() if word not in self._fillers)
        before = "" if not word.isascii() else word
        while word != before:
            before = word
            for filler in self._cjk:
                word = word.removeprefix(filler).removesuffix(filler).strip()
        return word


def _is_cjk(sign: str) -> bool:
    """Whether a sign is Chinese, Japanese or Korean. To compile a class of so many signs takes longer than to ask."""
    return "\u3040" <= sign <= "\u30ff" or "\u3400" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7a3"


def _found(tables: Iterable[dict[str, str]], word: str) -> str | None:
    """What the first table that knows `word`, its singular, or it without a trailing number, says."""
    if not word:
        return None
    forms = [word, _singular(word)]
    if word[-1].isdigit():
        bare = _NUMBER.sub("", word)
        forms += [bare, _singular(bare)]
    for form in forms:
        for table in tables:
            if name := table.get(form):
                return name
    return None


def _check(row: dict[str, Any], place: int) -> None:
    """Raise for a user's row that is not one."""
    if not isinstance(row, dict) or row.get("name") not in FIELDS:
        raise KnowledgeError(f"a row of fields needs a `name` out of {', '.join(FIELDS)}", place)
    for key, words in row.items():
        if key == "name":
            continue
        if key not in {"columns", "labels", "keys", "signs"}:
            raise KnowledgeError(f'"{key}" is not known in a row of fields', place)
        if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
            raise KnowledgeError(f'"{key}" is a list of words', place)
