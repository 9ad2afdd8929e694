"""Names with a letter case of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.expressions import expression
from listlint.knowledge.rulebook import KnowledgeError, load

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Miswritten", "Terms"]

_WORD = expression(r"[A-Za-z][A-Za-z0-9]+")
_GLUE = frozenset("/\\.@#_~-$=<&?%")
_TAIL = expression(
    r"[/\\@_=~$]|\.\w|-(?!(?:aware|based|compatible|enabled|friendly|like|native|only|style|to|trained)\b)"
)
_COMMAND = expression(r"\b(?:install|import|pip|pip3|conda|npm|apt|brew|clone|docker|sudo|git)\s+$")
_SENTENCE = expression(r"(?:^|[.!?:]\s|\n)[\s\W]*$")


class Miswritten(NamedTuple):
    """A name in the wrong letter case: the characters from `start` to `end`, and how it is written."""

    start: int
    end: int
    wrong: str
    right: str


class Terms:
    """The names that are written one way."""

    def __init__(self, content: dict[str, Any], extra: Iterable[dict[str, Any]] = ()) -> None:
        self._right: dict[str, str] = {}
        self._allowed: set[str] = set()
        for row in content["rows"]:
            self._add(row)
        for place, row in enumerate(extra):
            _check(row, place)
            self._add(row)

    @classmethod
    def load(cls, extra: Iterable[dict[str, Any]] = ()) -> Terms:
        """The known names with a user's rows on top; raises KnowledgeError for a wrong row.

        A row is `{name: SPELLING, allow: […]}`, `allow` being other accepted spellings.
        """
        return cls(load("terms"), extra)

    def _add(self, row: dict[str, Any]) -> None:
        name: str = row["name"]
        self._right[name.casefold()] = name
        self._allowed.update((name, *row.get("allow", ())))

    @property
    def names(self) -> Mapping[str, str]:
        """Each name as it is written, under its letters in lower case."""
        return self._right

    def right(self, word: str) -> str | None:
        """How a name that is in the wrong case is written; None where the word is right, or no such name."""
        if word in self._allowed or word.isupper():
            return None
        return self._right.get(word.casefold())

    def slips(self, text: str, *, lower: bool = True) -> Iterator[Miswritten]:
        """The names in the wrong case, in a run of plain text; without `lower`, all-lower-case words pass.

        Names in capitals throughout, parts of addresses, paths and identifiers, and what a command installs pass.
        A name that starts small may start large at the start of a sentence.
        """
        for match in _WORD.finditer(text):
            right = self.right(match[0])
            if right is None or (match[0].islower() and not lower) or _is_part(text, match, right):
                continue
            yield Miswritten(match.start(), match.end(), match[0], right)


def _is_part(text: str, match: re.Match[str], right: str) -> bool:
    """Whether the word belongs to something longer, or stands where its case is free."""
    start, end = match.span()
    before = text[start - 1 : start]
    if before in _GLUE or _is_letter(before) or _is_letter(text[end : end + 1]) or _TAIL.match(text, end):
        return True
    if match[0].islower() and _COMMAND.search(text, max(0, start - 20), start):
        return True
    large = right[0].islower() and match[0] == right[0].upper() + right[1:]
    return large and _SENTENCE.search(text[max(0, start - 8) : start]) is not None


def _is_letter(character: str) -> bool:
    """Whether a character goes on a word; scripts without spaces between words do not."""
    return character.isalnum() and character < "\u2e80"


def _check(row: dict[str, Any], place: int) -> None:
    """Raise for a user's row that is not one."""
    if not isinstance(row, dict) or not isinstance(row.get("name"), str):
        raise KnowledgeError("a row of terms needs a `name`", place)
    if _WORD.fullmatch(row["name"]) is None:
        raise KnowledgeError(f'the name "{row["name"]}" is not one word of letters and digits', place)
    allow = row.get("allow", [])
    if not isinstance(allow, list) or not all(isinstance(word, str) for word in allow):
        raise KnowledgeError('"allow" is a list of words', place)
    if unknown := sorted(row.keys() - {"name", "allow"}):
        raise KnowledgeError(f'"{unknown[0]}" is not known in a row of terms', place)
