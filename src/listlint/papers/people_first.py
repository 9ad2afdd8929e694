"""Authors that stand before the title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.lead import Lead
from listlint.papers.line import LINK
from listlint.papers.shapes import are_people, cited_people, is_initialed, is_person

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["PeopleFirst"]

DATED = expression(r"(?:\((?:19|20)\d\d[a-z]?\)|(?<=\.\s)(?:19|20)\d\d[a-z]?(?=\.))[.,:]?\s+(?=\S)")
YEAR = re.compile(r"(?:\(|\.\s)(?:19|20)\d\d")  # without one there is no `DATED`
LONGEST_PEOPLE = 400  # characters
BEHIND_PEOPLE = re.compile(r"[:.,\-–—](?=\s)(?:(?<![-–—])|(?<=\s[-–—]))")
BEHIND_OR_QUOTED = expression(BEHIND_PEOPLE.pattern + r"|\s(?=[\"“])")
WHOLE_NAMES = re.compile(r",?\s+and\s+|,\s+")
NEXT_FIELD = expression(r"[,.](?=\s)|[\n|(\[\ue000-\ue003]")
INITIAL_LAST = re.compile(r"\b[^\W\d_a-z]$")
FEWEST_WORDS = 3  # of a title


class PeopleFirst(Lead):
    """Takes authors that stand before the title."""

    def leading_people(self, offset: int) -> int:
        """Take authors: `A. Author and B. Author: A Title`, `Author (2011). A Title`, `Author, A. B. A Title.`."""
        last = min(self.end, offset + LONGEST_PEOPLE)
        dated = DATED.search(self.text, offset, last) if YEAR.search(self.text, offset, last) else None
        names = self.text[offset : dated.start()] if dated is not None else ""
        if dated is not None and (are_people(names, loosely=True) or is_person(names)):
            self.draft.authors.append(self.line.piece(offset, dated.start(), " ,."))
            self.draft.add_date(self.line, *self.line.trimmed(*dated.span(), "().,:"))
            return dated.end()
        cited = cited_people(self.text, offset, last)
        if cited is not None:
            self.draft.authors.append(self.line.piece(offset, cited.end(), " ,"))
            self.cited = True
            return cited.end()
        for end, follows in self._ends_of_people(offset, last):
            mark = self.text[end]
            opens = self._opens_title(follows)
            if (
                mark in ".,"
                and not opens
                and self._are_whole(offset, end, mark)
                and self._goes_on_as_title(follows)
            ):
                self.draft.authors.append(self.line.piece(offset, end, " .,:"))
                self.cited = mark == "."
                return follows
            if mark == ":" or opens or (mark == "." and self.text[follows] == LINK):
                names = self.text[offset:end]
                people = are_people(names, loosely=opens) or (opens and _are_mostly_people(names))
                people = people or (mark == ":" and is_initialed(names))
                if people and (opens or mark not in ", "):
                    self.draft.authors.append(self.line.piece(offset, end, " .,:"))
                    return follows
                if mark == ":":
                    return offset
        return offset

    def _opens_title(self, offset: int) -> bool:
        """Whether a title in quotes or bold type begins, linked or not."""
        text = self.text[offset]
        if text == LINK:
            text = self.line.label(self.line.objects[offset])[:1]
        return text in ('"', "“") or self.line.styled(self.line.strong, offset) is not None

    def _are_whole(self, offset: int, end: int, mark: str) -> bool:
        """Whether the words are two or more whole names, the last of them named: `Ann Lee and Bo Chi`, or no more behind a comma."""
        words = self.text[offset:end]
        names = WHOLE_NAMES.split(words)
        if len(names) < 2 or not all(is_person(name) for name in names) or INITIAL_LAST.search(words):  # noqa: PLR2004 - one may be words
            return False
        return are_people(words) and (" and " in words or (mark == "," and not self._is_name_next(end)))

    def _is_name_next(self, end: int) -> bool:
        """Whether one more name follows a comma."""
        following = NEXT_FIELD.split(self.text[end + 1 : self.end], maxsplit=1)[0].strip()
        return following.startswith("and ") or is_person(following)

    def _goes_on_as_title(self, offset: int) -> bool:
        """Whether a title of some words follows, not more fields."""
        words = NEXT_FIELD.split(self.text[offset : self.end], maxsplit=1)[0]
        asked = self.draft.asked
        known = (
            asked.venue(words) is not None or asked.is_place(words) or are_people(words) or is_person(words)
        )
        return len(words.split()) >= FEWEST_WORDS and words[0].isupper() and not known

    def _ends_of_people(self, offset: int, last: int) -> Iterator[tuple[int, int]]:
        """Where names before a title may end, and where the title would begin."""
        signs = BEHIND_OR_QUOTED if '"' in self.text or "“" in self.text else BEHIND_PEOPLE
        ends: Iterable[int] = (match.start() for match in signs.finditer(self.text, offset, last))
        if self.line.strong:
            bold = [
                one - 1 for one, _ in self.line.strong if offset < one < last and self.text[one - 1] == " "
            ]
            ends = sorted({*ends, *bold})
        for end in ends:
            if self.inside_group(end):
                continue
            follows = end + 1
            while follows < self.end and self.text[follows].isspace():
                follows += 1
            if follows >= self.end:
                return
            yield end, follows


def _are_mostly_people(text: str) -> bool:
    """Whether three words or more between commas are names but for one that is not written like one: `ann lee`."""
    names = WHOLE_NAMES.split(text.strip(" ,."))
    odd = [name for name in names if not is_person(name)]
    return len(names) > 2 and len(odd) == 1 and len(odd[0].split()) in (2, 3)  # noqa: PLR2004 - a list of names
