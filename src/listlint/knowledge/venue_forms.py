"""Where names of venues stand in a text: an index of their spellings over words, with the longest match first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Form", "Forms", "Hit", "Token", "tokens_of"]

WORD = re.compile(r"[a-z]+")
TOKEN = re.compile(r"\d[A-Za-z]{2,}(?![A-Za-z0-9])|[A-Za-z\u00c0-\u024f]+|\d+|&")
# Words that full names are written with or without.
IDLE = frozenset(
    "a acm an and annual cvf for ieee ifip in nd of on proc proceedings rd siam st th the to usenix &".split()  # noqa: SIM905 - a list of words reads best as one line
)
# A name with one of these is a full name: small words and sponsors in it come and go.
SPELT_OUT = frozenset(
    "advances conference conferences foundations international journal letters meeting review symposium "  # noqa: SIM905 - as above
    "transactions workshop workshops".split()
)
JOINT = " .-_\u00a0\u2011\n\t"
LOOSE_JOINT = JOINT + ",/:\u2013&"


class Token(NamedTuple):
    """A word, a number or an ampersand of a text."""

    start: int
    end: int
    word: str


class Form(NamedTuple):
    """One spelling of a venue's name: its words, the row it belongs to, and whether the words also mean other things."""

    words: tuple[str, ...]
    row: int
    written: str
    common: bool


class Hit(NamedTuple):
    """A spelling found in a text: offsets, the tokens `first` to `last` (inclusive) and whether it is spelt out."""

    start: int
    end: int
    first: int
    last: int
    form: Form
    spelt_out: bool


def tokens_of(text: str) -> list[Token]:
    """The words of `text` in order."""
    return [Token(m.start(), m.end(), m[0].lower()) for m in TOKEN.finditer(text)]


class Forms:
    """The spellings of all venues."""

    def __init__(self, rows: Sequence[Mapping[str, object]]) -> None:
        self.exact: dict[str, list[Form]] = {}
        self.spelt_out: dict[str, list[Form]] = {}
        self._keys: dict[str, int] = {}
        findall, lower = TOKEN.findall, str.lower
        for number, row in enumerate(rows):
            common = row.get("common", ())
            for written in _spellings(row):
                words = tuple(map(lower, findall(written)))
                if not words:
                    continue
                is_common = written in common or len(written) < 3  # type: ignore[operator]  # noqa: PLR2004 - two letters mean anything
                self._add(Form(words, number, written, is_common))
        for forms in (*self.exact.values(), *self.spelt_out.values()):
            if len(forms) > 1:
                forms.sort(key=lambda form: -len(form.words))
        starts = {word for first in self.exact for word in WORD.findall(first)[:1]}
        self.starts = frozenset(starts | SPELT_OUT)

    def _add(self, form: Form) -> None:
        words = form.words
        if len(words) > 2 and not SPELT_OUT.isdisjoint(words):  # noqa: PLR2004 - `ACL Workshop` is no full name
            words = tuple(word for word in words if word not in IDLE)
            self.spelt_out.setdefault(words[0], []).append(form._replace(words=words))
        else:
            self.exact.setdefault(words[0], []).append(form)
            if len(words) > 1:
                joined = "".join(words)
                self.exact.setdefault(joined, []).append(form._replace(words=(joined,)))
        self._keys.setdefault("".join(words), form.row)

    def row_of(self, name: str) -> int | None:
        """The row whose name, full name or alias is `name`, whatever its case, dots, hyphens and spaces."""
        words = [word.lower() for word in TOKEN.findall(name)]
        if (row := self._keys.get("".join(words))) is not None:
            return row
        return self._keys.get("".join(word for word in words if word not in IDLE)) if len(words) > 2 else None  # noqa: PLR2004 - as above

    def may_hold(self, text: str) -> bool:
        """Whether any name of a venue can stand in `text`; quick, and wrong only in saying yes."""
        return not self.starts.isdisjoint(WORD.findall(text.lower()))

    def hits(self, text: str, tokens: Sequence[Token], first: int = 0) -> Iterable[Hit]:
        """The spellings in `text`, longest first at each word, not overlapping."""
        position = first
        while position < len(tokens):
            hit = self.hit(text, tokens, position)
            if hit is None:
                position += 1
            else:
                yield hit
                position = hit.last + 1

    def hit(self, text: str, tokens: Sequence[Token], position: int) -> Hit | None:
        """The longest spelling that starts at the token `position`."""
        token = tokens[position]
        for form in self.spelt_out.get(token.word, ()):
            last = _walk(text, tokens, position, form.words)
            if last is not None:
                return Hit(token.start, tokens[last].end, position, last, form, spelt_out=True)
        for form in self.exact.get(token.word, ()):
            last = position + len(form.words) - 1
            if last < len(tokens) and _adjoin(text, tokens, position, form.words):
                return Hit(token.start, tokens[last].end, position, last, form, spelt_out=False)
        return None


def _spellings(row: Mapping[str, object]) -> Iterable[str]:
    yield str(row["name"])
    aliases = row.get("aliases")
    if isinstance(aliases, list | tuple):
        yield from aliases
    full = row.get("full")
    if isinstance(full, str) and full != row["name"]:
        yield full


def _adjoin(text: str, tokens: Sequence[Token], position: int, words: tuple[str, ...]) -> bool:
    for offset, word in enumerate(words):
        token = tokens[position + offset]
        if token.word != word:
            return False
        if offset:
            gap = text[tokens[position + offset - 1].end : token.start]
            if len(gap) > 3 or gap.strip(JOINT):  # noqa: PLR2004 - room for ` - `
                return False
    return True


def _walk(text: str, tokens: Sequence[Token], position: int, words: tuple[str, ...]) -> int | None:
    """The last token of `words`, which start at `position` with idle words, numbers and small gaps between."""
    wanted = 1
    end = tokens[position].end
    while wanted < len(words):
        position += 1
        if position >= len(tokens):
            return None
        token = tokens[position]
        gap = text[end : token.start]
        if len(gap) > 3 or gap.strip(LOOSE_JOINT):  # noqa: PLR2004 - as above
            return None
        end = token.end
        if token.word == words[wanted]:
            wanted += 1
        elif token.word not in IDLE:
            return None
    return position
