"""Stretches of text cut into parts, and the parts told from each other."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.line import HTML
from listlint.papers.shapes import are_people, is_date, is_number, is_person

if TYPE_CHECKING:
    from listlint.papers.draft import Draft
    from listlint.papers.line import Group, Line

__all__ = ["SENTENCE", "UNPUBLISHED", "Parts"]

PART = re.compile(r"[,;]\s*|\.\s+|\s+[-–—]\s+|\s*\|\s*|\s*[/·•]\s+|\n")
SIGN = re.compile(r"[,;.\-–—|/·•\n]")  # without any there is no `PART`
BREAK = re.compile(r"[,;.]\s+|\s[-–—]\s|,(?=\S)")
BREAK_SIGN = re.compile(r"[,;.\-–—](?:(?<=,)|(?=\s))")  # without any there is no `BREAK`
PROSE_WORDS = 5  # a part with more of them makes what stands beside it prose too
SENTENCE = re.compile(r"(?<=[a-z)\d]{2})\.\s+|\s*\|\s*|(?<=al\.)\s+")
TRAILING = ".,;:!?'\")]}"
SEMICOLON = re.compile(r"\s*;\s+")
MOST_PARTS = 14
DIGITS = re.compile(r"\d\d")
KIND_OF_PAPER = expression(
    r"\b(?:accepted|best|conference|demo|findings|highlight|long|main|oral|papers?|poster|short|spotlight|track|tutorial)\b",
    re.IGNORECASE,
)
UNPUBLISHED = re.compile(
    r"\W*(?:preprint|manuscript|in submission|submitted|under review|to appear|tech(?:nical)?\.? report|thesis)\W*(?:(?:19|20)\d\d)?\W*",
    re.IGNORECASE,
)
BY = re.compile(r"by\s+")
OBJECT = re.compile("[\ue000-\ue003]")


class Parts:
    """One line and the draft that its stretches are read into."""

    def __init__(self, line: Line, draft: Draft) -> None:
        self.line = line
        self.draft = draft
        self.text = line.text
        self.fields = draft.asked.fields
        self.in_prose = False

    def group_at(self, offset: int) -> Group | None:
        """The group that begins at `offset`."""
        return self.line.group_starts.get(offset)

    def inside_group(self, offset: int) -> bool:
        """Whether `offset` lies within brackets."""
        return self.line.group_around(offset) is not None

    def parts(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretch cut at commas, semicolons, full stops and dashes, outside brackets."""
        if not SIGN.search(self.text, start, end):
            return [(start, end)] if start < end else []
        parts: list[tuple[int, int]] = []
        first = start
        for match in PART.finditer(self.text, start, end):
            cut, behind = match.span()
            if not self._within(cut, start):
                if first < cut:
                    parts.append((first, cut))
                first = behind
        return [*parts, (first, end)] if first < end else parts

    def _within(self, offset: int, start: int) -> bool:
        group = self.line.group_around(offset)
        return group is not None and group.start > start

    def _is_field(self, start: int, end: int) -> bool:
        text = self.line.plain(start, end).strip()
        asked = self.draft.asked
        return (
            is_date(text)
            or is_number(text)
            or asked.venue(text) is not None
            or are_people(text)
            or (len(text) > 1 and asked.is_place(text))
        )

    def is_plain_field(self, start: int, end: int) -> bool:
        """Whether a part is a date, a running number or a venue."""
        text = self.text[start:end].strip()
        return is_date(text) or is_number(text) or self.draft.asked.venue(text) is not None

    def read_parts(self, parts: list[tuple[int, int]]) -> None:
        """Take the longest runs of parts that are a field; runs of the others are notes."""
        left: list[tuple[int, int]] = []
        index = 0
        self.in_prose = any(len(self.text[start:end].split()) > PROSE_WORDS for start, end in parts)
        while index < len(parts):
            taken = self._run(parts, index) if len(parts) <= MOST_PARTS else 0
            if taken:
                self._leftover(left)
                left = []
                index = taken
            else:
                left.append(parts[index])
                index += 1
        self._leftover(left)

    def _run(self, parts: list[tuple[int, int]], index: int) -> int:
        """The index behind the longest run of parts from `index` that is one field; 0 where there is none."""
        draft, line = self.draft, self.line
        for last in range(len(parts), index, -1):
            start, end = parts[index][0], parts[last - 1][1]
            if draft.add_venue(line, start, end, rank=1) or draft.add_date(line, start, end):
                return last
            if not self.in_prose and draft.add_people(line, start, end):
                return last
            if end - start > 1 and not self.in_prose and draft.add_place(line, start, end):
                return last
        return 0

    def _leftover(self, parts: list[tuple[int, int]]) -> None:
        if parts:
            start, end = parts[0][0], parts[-1][1]
            piece = self.draft.note(self.line, start, end, " ,;|.·:&")
            if piece is not None and piece.text.strip(TRAILING):
                self.draft.notes.append(piece)
                self.draft.mentions(self.line, start, end)

    def before_fields(self, start: int, end: int) -> int:
        """Where, between `start` and `end`, plain title words end because only fields follow."""
        breaks: list[re.Match[str]] = []
        if BREAK_SIGN.search(self.text, start, end):
            found = BREAK.finditer(self.text, start, end)
            breaks = [match for match in found if not self.inside_group(match.start())]
        for match in breaks[-MOST_PARTS:]:
            rest = self.line.trimmed(match.end(), end, " ,;.:")
            at_comma = match[0][0] == "," and self.draft.asked.is_place(self.line.plain(*rest))
            if rest[0] < rest[1] and (at_comma or self._only_fields(*rest)):
                return match.start()
        return self.before_venue(start, end)

    def before_venue(self, start: int, end: int, behind: str = "") -> int:
        """Where a venue with its year ends the words between `start` and `end`; told by a mark out of `behind`, if there are any."""
        if DIGITS.search(self.text, start, end) is None:
            return end
        text = self.text[start:end]
        for mention in self.draft.asked.mentions(text)[-1:]:
            tail = KIND_OF_PAPER.sub("", text[mention.end :]).strip(" .,;:()")
            if mention.year is not None and not tail and mention.start:
                head = text[: mention.start].rstrip(" (")
                if behind and not head.endswith(tuple(behind)):
                    return end
                in_words = re.search(
                    r"\b(?:accepted|published|to appear)?\s*(?:by|in|at|to)$", head, re.IGNORECASE
                )
                return start + (in_words.start() if in_words else len(head))
        return end

    def are_fields(self, start: int, end: int) -> bool:
        """Whether a stretch without links is people, a place, a venue and a date, cut by emphasis, full stops, bars or semicolons."""
        if OBJECT.search(self.text, start, end):
            return False
        cuts = [start, *(one for one in self.line.edges if start < one < end), end]
        if len(cuts) == 2 and not (SENTENCE.search(self.text, start, end) or ";" in self.text):  # noqa: PLR2004 - no cut
            return False  # one field at most
        found = 0
        for first, last in pairwise(cuts):
            for part in self._sentences(*self.line.trimmed(first, last, " ,;.|")):
                fields = self._fields_in(*part)
                if not fields:
                    return False
                found += fields
        return found > 1

    def _fields_in(self, start: int, end: int) -> int:
        """How many fields a stretch is: one, or several between semicolons; 0 where it is anything else."""
        if self._is_field(start, end) or UNPUBLISHED.fullmatch(self.line.plain(start, end)):
            return 1
        cuts = [match.span() for match in SEMICOLON.finditer(self.text, start, end)]
        firsts, lasts = [start, *(stop for _, stop in cuts)], [*(first for first, _ in cuts), end]
        parts = list(zip(firsts, lasts, strict=True))
        return len(parts) if cuts and all(self._is_field(*part) for part in parts) else 0

    def _sentences(self, start: int, end: int) -> list[tuple[int, int]]:
        """A stretch cut at full stops and bars, where initials do not end a sentence."""
        cuts = [match.span() for match in SENTENCE.finditer(self.text, start, end)]
        firsts, lasts = [start, *(stop for _, stop in cuts)], [*(first for first, _ in cuts), end]
        return [part for part in zip(firsts, lasts, strict=True) if part[0] < part[1]]

    def _only_fields(self, start: int, end: int) -> bool:
        text = self.line.plain(start, end)
        if self._is_field_of_text(text):
            return True
        parts = self.parts(start, end)
        if 1 < len(parts) <= MOST_PARTS and all(
            HTML in self.text[a:b] or self._is_field(a, b) for a, b in parts
        ):
            return True
        sentences = self._sentences(start, end)
        return 1 < len(sentences) <= MOST_PARTS and all(self._is_field(*one) for one in sentences)

    def _is_field_of_text(self, text: str) -> bool:
        if are_people(text) or is_date(text) or self.draft.asked.venue(text) is not None:
            return True
        by = BY.match(text)
        return by is not None and (is_person(text[by.end() :]) or are_people(text[by.end() :]))
