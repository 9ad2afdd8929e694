"""Where names of venues stand in a text: an index of their spellings over words, with the longest match first.

Start-up counts, so the index is made of whole-string operations: each spelling is filed under its first word, and
taken apart only when a text holds that word.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Form", "Forms", "Hit", "Token", "compact", "tokens_of"]

LETTER = "A-Za-z\u00c0-\u024f"
TOKEN = re.compile(rf"\d[A-Za-z]{{2,}}|[{LETTER}]+|[^\W\d_{LETTER}]+|\d+|&")
CAPITALISED = re.compile(r"[A-Z][A-Za-z]*")
TWO_DIGITS = re.compile(r"\d\d")
BEFORE_DIGITS = re.compile(r"\b[a-z]+(?=\W{0,3}\d\d)")
# Words that full names are written with or without.
IDLE = frozenset(
    "a acm an and annual cvf for ieee ifip in nd of on proc proceedings rd st th the to usenix &".split()  # noqa: SIM905 - one line of words
)
FIRST = re.compile(rf"^(?:[^\w\n]|_)*({TOKEN.pattern})", re.MULTILINE)
UNCOUNTED = ("acm", "ieee", "usenix", "ifip", "cvf", "the", "annual", "proceedings", "of", "on")
FIRST_BUSY = re.compile(
    rf"^(?:[^\w\n]|_)*(?:(?:{'|'.join(UNCOUNTED)})\b[^\w\n]*)*({TOKEN.pattern})",
    re.MULTILINE,
)
# A name with one of these is a full name: small words and sponsors in it come and go.
SPELT_OUT = frozenset(
    (  # noqa: SIM905 - as above
        "advances conference conferences foundations international journal letters meeting review symposium "
        "transactions workshop workshops"
    ).split()
)
JOINT = " .-_/@+:\u00a0\u2011\n\t"
LOOSE_JOINT = JOINT + ",()\u2013&"
LEFT_OUT = " -./,:()@*+'\u2019_\u00a0"


class Token(NamedTuple):
    """A word, a number or an ampersand of a text, in lower case."""

    start: int
    end: int
    word: str


class Form(NamedTuple):
    """One spelling of a name: its words and its row, and whether it is a full name.

    A `common` one also means other things, and is a venue only where it is in `writings`, the row's own spellings.
    """

    words: tuple[str, ...]
    row: int
    written: str
    common: bool
    spelt_out: bool
    writings: tuple[str, ...]


class Hit(NamedTuple):
    """A spelling found in a text: offsets, and the tokens `first` to `last`, both inside."""

    start: int
    end: int
    first: int
    last: int
    form: Form


def tokens_of(text: str) -> list[Token]:
    """The words of `text` in order."""
    return [Token(*match.span(), match[0].lower()) for match in TOKEN.finditer(text)]


def compact(name: str) -> str:
    """`name` in lower case without spaces, dots, hyphens and the like; one name a line stays one name a line."""
    name = name.lower()
    for character in LEFT_OUT:
        name = name.replace(character, "")
    return name


class Forms:
    """The spellings of all venues."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rows = rows
        self._spellings: list[str] = []
        owners: list[int] = []
        for number, row in enumerate(rows):
            names = _spellings(row)
            self._spellings += names
            owners += [number] * len(names)
        self._owners = owners
        lines = "\n".join(self._spellings).lower()
        compacted = compact(lines).split("\n")
        self._keys = dict(zip(reversed(compacted), reversed(owners), strict=True))
        self._filed: dict[str, list[int]] = {}
        file = self._filed.setdefault
        for number, (first, key) in enumerate(zip(FIRST.findall(lines), compacted, strict=True)):
            file(first, []).append(number)
            if first in UNCOUNTED:
                busy = FIRST_BUSY.findall(self._spellings[number].lower())[0]
                if busy != first:
                    file(busy, []).append(number)
            if key != first:
                file(key, []).append(number)
        self._starts = frozenset(self._filed)
        self._forms: dict[str, tuple[Form, ...]] = {}

    @cached_property
    def plain_names(self) -> tuple[tuple[str, int], ...]:
        """Every spelling that means nothing else, in lower case without its spaces, and its row."""
        common = {compact(written) for row in self._rows for written in row.get("common", ())}
        return tuple((key, row) for key, row in self._keys.items() if key not in common)

    def row_of(self, name: str) -> int | None:
        """The row whose name, full name or alias is `name`, whatever its case, dots, hyphens and spaces."""
        if (row := self._keys.get(compact(name))) is not None:
            return row
        words = tuple(token.word for token in tokens_of(name))
        if (
            len(words) > 1
            and words[0] in IDLE
            and (row := self._keys.get("".join(words).removeprefix(words[0]))) is not None
        ):
            return row
        return self._content.get(_busy(words)) if _is_spelt_out(words) else None

    def may_hold(self, text: str) -> bool:
        """Whether running text can name any venue; quick, and wrong only in saying yes."""
        words = CAPITALISED.findall(text)
        if words and not self._quick.isdisjoint(words):
            return True
        return bool(TWO_DIGITS.search(text)) and not self._starts.isdisjoint(BEFORE_DIGITS.findall(text))

    def may_start(self, text: str, start: int) -> bool:
        """Whether the first word from `start` on begins any spelling."""
        first = TOKEN.search(text, start)
        return first is not None and first[0].lower() in self._starts

    def hit(self, text: str, tokens: Sequence[Token], position: int) -> Hit | None:
        """The longest spelling that starts at the token `position`."""
        token = tokens[position]
        if token.word not in self._starts:
            return None
        for form in self._filed_under(token.word):
            last = _walk(text, tokens, position, form)
            if last is not None:
                return Hit(token.start, tokens[last].end, position, last, form)
        return None

    @cached_property
    def _quick(self) -> frozenset[str]:
        """What `CAPITALISED` finds of the names: `OSDI`, `Nurips`-like capitals are tried in three cases."""
        words = {word for written in self._spellings for word in CAPITALISED.findall(written)[:2]}
        words |= {written[:1].upper() + written[1:] for written in self._spellings if written[:1].islower()}
        return frozenset(words | {word.upper() for word in words} | {word.capitalize() for word in words})

    @cached_property
    def _content(self) -> dict[tuple[str, ...], int]:
        """Full names by the words that count."""
        named = zip(self._spellings, self._owners, strict=True)
        split = ((tuple(token.word for token in tokens_of(written)), row) for written, row in named)
        return {_busy(words): row for words, row in split if _is_spelt_out(words)}

    def _filed_under(self, word: str) -> tuple[Form, ...]:
        if word not in self._forms:
            forms = [
                form
                for number in self._filed[word]
                for form in self._forms_of(number)
                if form.words[0] == word
            ]
            forms.sort(key=lambda form: (-form.spelt_out, -len(form.words)))
            self._forms[word] = tuple(forms)
        return self._forms[word]

    def _forms_of(self, number: int) -> list[Form]:
        written, row = self._spellings[number], self._owners[number]
        common = written in self._rows[row].get("common", ()) or len(written) < 3  # noqa: PLR2004 - two letters mean anything
        words = tuple(token.word for token in tokens_of(written))
        writings = tuple(_spellings(self._rows[row])) if common else ()
        if _is_spelt_out(words):
            return [Form(_busy(words), row, written, common, spelt_out=True, writings=writings)]
        form = Form(words, row, written, common, spelt_out=False, writings=writings)
        return [form] if len(words) == 1 else [form, form._replace(words=("".join(words),))]


def _spellings(row: Mapping[str, Any]) -> list[str]:
    names = [row["name"], *row.get("aliases", ())]
    if full := row.get("full"):
        names.append(full)
    return names


def _is_spelt_out(words: tuple[str, ...]) -> bool:
    """Whether words are a full name, and one that its busy words tell: not so `ACL Workshop` and `Journal of the ACM`."""
    return len(words) > 2 and not SPELT_OUT.isdisjoint(words) and len(_busy(words)) > 1  # noqa: PLR2004 - see above


def _busy(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in IDLE)


def _walk(text: str, tokens: Sequence[Token], position: int, form: Form) -> int | None:
    """The last token of a form that starts at `position`; in full names idle words and numbers may stand between."""
    words = form.words
    joint = LOOSE_JOINT if form.spelt_out or len(words) > 2 else JOINT  # noqa: PLR2004 - commas stand in long names
    wanted, end = 1, tokens[position].end
    while wanted < len(words):
        position += 1
        if position >= len(tokens):
            return None
        token = tokens[position]
        gap = text[end : token.start]
        if len(gap) > 3 or gap.strip(joint):  # noqa: PLR2004 - room for ` - `
            return None
        end = token.end
        if token.word == words[wanted]:
            wanted += 1
        elif not form.spelt_out or token.word not in IDLE:
            return None
    return position
