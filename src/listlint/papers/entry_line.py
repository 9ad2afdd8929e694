"""The line that an entry begins with: what leads up to the title, the title, and what follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.draft import Draft
from listlint.papers.lead import SEPARATOR
from listlint.papers.line import HTML, IMAGE, LINK, Line
from listlint.papers.model import Piece
from listlint.papers.people_first import PeopleFirst
from listlint.papers.shapes import (
    are_cited,
    are_people,
    is_date,
    is_person,
    leading_marks,
)
from listlint.papers.title_end import TYPE_MARKER

if TYPE_CHECKING:
    from listlint.markdown.tree import Node
    from listlint.papers.line import Group

__all__ = ["LineReader", "begins_with_link"]

QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "'": "'", "‘": "’", "``": "''"}
COLON = re.compile(r"\s*(?!:[a-z0-9_+\-]{2,40}:)[:：]\s*(?=\S)")
FLOWS_ON = re.compile(r" (?=[a-z])")
CLOSING_YEAR = re.compile(r"\d\d(?:, [A-Z][A-Za-z]+)?\W*$")
BEFORE_VENUE = expression(r"[,.;] |\s[(\[]")
SHORT_NAME = 5  # words: what stands before the colon of a title is a name
LONGEST_REMARK = 12  # words
SHORT_TITLE = 3  # words
LONGEST_TAIL = 15  # words
SENTENCE_WORDS = frozenset({"and", "are", "by", "contains", "from", "has", "is", "was"})
TAG_WORDS = 3
ENDS_EMPHASIS = expression(r"\s*(?:$|[,.;|:(\[\n\ue000-\ue002])")
IN_BEHIND = expression(r"[.?!,;]\s*In:?$|[,;]\s*in$")
NAME_QUOTE = expression(r"([^\s\"“:：\ue000-\ue003][^\n\"“:：\ue000-\ue003]{0,40})[:：]\s*(?=[\"“]\w)")
NAME_BEFORE = expression(r"[:：]\s*$|\s[-–—]\s*$")
QUOTE_BEHIND = expression(r"\s*+[:：,.]?+\s*+(?=[\"“«「])")
LONGEST_NAME = 4  # words: a linked text that is longer is a title, and what follows its colon a note
PROSE_TITLE = 300  # characters: nothing longer is a title


def begins_with_link(line: Line, start: int = 0) -> int:
    """The offset of the link that the line begins with at `start`, marks and brackets aside; -1 where there is none."""
    offset = line.text.find(LINK, start)
    if offset == start:
        return offset
    return offset if 0 <= offset <= start + leading_marks(line.text[start : start + 40]) + 1 else -1


class LineReader(PeopleFirst):
    """Reads one line into a draft."""

    def read_line(self, start: int = 0, end: int | None = None) -> None:
        """Read `text[start:end]`, the whole line unless told otherwise."""
        self.read_behind(*self.read_title(start, end))

    def read_title(self, start: int, end: int | None) -> tuple[int, bool]:
        """Read up to the end of the title; the offset behind it, and whether what follows is a note."""
        self.end = self.end if end is None else end
        return self.title(self.lead(start))

    def read_behind(self, offset: int, note: bool) -> None:
        """Read what follows the title."""
        if note:
            stop = self.text.find("\n", offset, self.end)
            stop = self.end if stop < 0 else stop
            self.draft.add_note(self.line, offset, stop)
            offset = stop
        if offset < self.end:
            self.read(offset, self.end)

    def title(self, offset: int) -> tuple[int, bool]:
        """Take the title at `offset`; the offset behind it, and whether what follows is a note."""
        if offset >= self.end:
            return offset, False
        link = self._title_link(offset)
        if link >= 0:
            return self._linked_title(link)
        group = self.group_at(offset)
        if group is not None and (self._is_title_group(group) or self._is_boxed_title(group)):
            self.draft.add_title(self.line.piece(*group.inner, ",;|"))
            return group.end, False
        strong = self.line.styled(self.line.strong, offset)
        if strong is not None and strong[0] >= offset - 1:
            return self._strong_title(offset, strong[1])
        closing = QUOTES.get(self.text[offset])
        if closing is not None and (after := self._quoted(offset, closing)) > 0:
            return after, False
        emphasised = self._emphasised_title(offset) if self.line.emphasis else None
        return emphasised or self._plain_title(offset)

    def _is_boxed_title(self, group: Group) -> bool:
        """Whether the line is nothing but words in square brackets: a linked title that has lost its address."""
        words = self.text[slice(*group.inner)]
        boxed = self.text[group.start] == "[" and not self.text[group.end : self.end].strip()
        return boxed and LINK not in words and len(words.split()) >= SHORT_TITLE

    def _emphasised_title(self, offset: int) -> tuple[int, bool] | None:
        """A title that is emphasised words and all of them."""
        styled = self.line.styled(self.line.emphasis, offset)
        if styled is None or not self._is_emphasised_title(offset):
            return None
        self.draft.add_title(self.line.piece(*styled, ",;|"))
        return styled[1], False

    def _is_emphasised_title(self, offset: int) -> bool:
        styled = self.line.styled(self.line.emphasis, offset)
        if styled is None or styled[0] < offset or styled[1] > self.end:
            return False
        words = self.line.plain(*styled)
        if len(words.split()) < SHORT_TITLE or "\n" in words or LINK in self.text[offset : styled[1]]:
            return False
        ends = ENDS_EMPHASIS.match(self.text, styled[1], self.end)
        return ends is not None and not self._is_emphasised_field(*styled)

    def _linked_title(self, offset: int) -> tuple[int, bool]:
        line, draft = self.line, self.draft
        node = line.objects[offset]
        label = line.label(node).strip()
        start, end = offset, offset + 1
        title = " ".join(label.split())
        if len(title) > 1 and QUOTES.get(title[0]) == title[-1]:
            title = title[1:-1].strip()
        if not (CLOSING_YEAR.search(title) and node.kind == "link" and self._dated_title(node)):
            draft.add_title(Piece(title, line.span(start, end) if node.kind != "link" else node.inner))
        draft.add_link(line, node, draft.asked.hosts.read(node.url).role or "paper", label)
        draft.title_linked = True
        return self._subtitle(offset + 1, label)

    def _dated_title(self, node: Node) -> bool:
        """Take a linked text that ends in its venue and year: `[A Title, ICML, 2020](u)`."""
        inner = Line(self.line.source, node.children)
        reader = LineReader(inner, Draft(self.draft.asked), subtitles=False)
        last = inner.trimmed(0, len(inner), ".")[1]
        for mark in BEFORE_VENUE.finditer(inner.text, 0, last):
            found = self.draft.asked.venues(inner.plain(mark.end(), last).rstrip(" )]"))
            if not found or not found[0].known or found[0].year is None or reader.inside_group(mark.start()):
                continue
            if len(inner.text[: mark.start()].split()) < SHORT_TITLE:
                return False
            self.draft.add_title(inner.piece(0, mark.start(), " .,;|"))
            return self.draft.add_venue(inner, mark.end(), inner.trimmed(mark.end(), last, "()[]")[1])
        return False

    def _subtitle(self, offset: int, label: str) -> tuple[int, bool]:
        """Take what the list writes behind a linked title as its second part, or say that it is a note."""
        group = self.line.group_around(offset - 1)
        offset = group.end if group is not None and not self.text[offset : group.end - 1].strip() else offset
        while offset < self.end and self.text[offset] == HTML:
            offset += 1
        colon = COLON.match(self.text, offset)
        open_label = label.rstrip().endswith((":", "："))
        if colon is None and not open_label:
            if self.subtitles and FLOWS_ON.match(self.text, offset) and self._title_title_goes_on(offset):
                return self._take_title(offset + 1, " "), False
            return offset, False
        after = colon.end() if colon else offset
        if after >= self.end or self.text[after] in (LINK, "\n"):
            return after, False
        named = self.subtitles and (len(label.split()) <= LONGEST_NAME or not self._is_remark(after))
        if (named or open_label) and ": " not in label.rstrip(": "):
            return self._take_title(after, ": "), False
        return after, True

    def _is_remark(self, offset: int) -> bool:
        """Whether what follows a colon begins in lower case and goes on behind a comma."""
        stop = self.text.find("\n", offset, self.end)
        return self.text[offset].islower() and "," in self.text[offset : stop if stop >= 0 else self.end]

    def _title_title_goes_on(self, offset: int) -> bool:
        """Whether the words right behind a linked title belong to it: `[Ring](u) with Blocks | MIT`."""
        stop = self._plain_end(offset)
        words = self.text[offset:stop].split()
        return 1 < len(words) < LONGEST_TAIL and words[0] not in SENTENCE_WORDS

    def _take_title(self, offset: int, joiner: str) -> int:
        stop = self._plain_end(offset)
        self.draft.add_title(self.line.piece(offset, stop, ",;|"), joiner)
        return stop

    def _strong_title(self, offset: int, end: int) -> tuple[int, bool]:
        """A bold title, a bold name before a quoted title, or a bold link."""
        link = self.text.find(LINK, offset, end)
        around = self.text[offset:end].replace(LINK, "").strip(" :.,")
        if link >= 0 and len(around) <= len("(2)") and self._title_link(link) >= 0:
            after, note = self._linked_title(link)
            return max(after, end), note
        behind = self._title_behind_tag(offset, end)
        if behind > 0:
            self.read_tags(offset, end)
            return self.title(self.lead(behind, self.end))
        quote = QUOTE_BEHIND.match(self.text, end)
        if quote and quote.end() < self.end:
            after = self._quoted(quote.end(), QUOTES[self.text[quote.end()]])
            if after > 0:
                if are_cited(words := self.line.plain(offset, end)) or are_people(words, loosely=True):
                    self.draft.authors.append(self.line.piece(offset, end, " ,"))
                return after, False
        return self._bold_words(offset, min(end, self.end))

    def _bold_words(self, offset: int, stop: int) -> tuple[int, bool]:
        """A title that is bold words, in quotes or not, or a bold name or tag before the title."""
        closing = QUOTES.get(self.text[offset])
        if closing is not None and self.text[offset:stop].rstrip(" .,").endswith(closing):
            after = self._quoted(offset, closing)
            if after and not self.text[after:stop].strip(" .,"):
                return stop, False
        bar = self.text.find("\n", offset, stop)
        stop = bar if bar > offset else stop
        stop = self._closing_field(offset, stop) or self.before_venue(offset, stop, ",.;")
        group = self.line.group_around(stop)
        stop = group.start if group is not None and offset < group.start < stop < group.end else stop
        piece = self.line.piece(offset, stop, ",;|")
        if piece.text.startswith(("[", "(")) and are_people(piece.text):
            return offset, False
        self.draft.add_title(piece)
        for inside in self.line.objects_in(offset, stop):
            if self.text[inside] == LINK:
                self.draft.add_object(self.line, inside, "paper")
        if piece.text and self._is_name_tag(piece.text, stop):
            self.draft.title_parts.pop()
            self.draft.add_tag(self.line, offset, stop)
            return self._plain_title(len(self.text) - len(self.text[stop:].lstrip()))
        if len(piece.text.split()) <= SHORT_NAME and (after := self._behind_colon(piece.text, stop)) > 0:
            return self._named_title(after, (offset, stop))
        return stop, False

    def _behind_colon(self, name: str, stop: int) -> int:
        """Where words go on behind a bold name's colon, a venue in brackets between them or not; else 0."""
        group = self.group_at(stop + (self.text[stop : stop + 1] == " "))
        if group is not None and self.is_field_group(group) and COLON.match(self.text, group.end):
            self.read_group(group)
            stop = group.end
        colon = COLON.match(self.text, stop)
        if colon is None and not name.endswith(":"):
            return 0
        after = colon.end() if colon else stop
        after += len(self.text[after:]) - len(self.text[after:].lstrip())
        return after if after < self.end and self.text[after] not in (IMAGE, "\n") else 0

    def _named_title(self, after: int, name: tuple[int, int]) -> tuple[int, bool]:
        """The title behind a bold name and its colon: a whole title by its markup, behind authors or not; else the name's second part."""
        draft = self.draft
        joined = draft.title_parts[-1]
        first = self.leading_people(after)
        link = self._title_link(first) if first < self.end else -1
        whole = self.names_title(link) if link >= 0 else self.text[first : first + 1] in ('"', "“")
        if whole or self._is_emphasised_title(first):
            draft.title_parts.remove(joined)
            draft.add_tag(self.line, *name)
            return self.title(first)
        if self.text[after] == LINK or self.group_at(after) is not None:
            return name[1], False
        return self._take_title(after, ": "), False

    def _closing_field(self, offset: int, stop: int) -> int:
        """Where a bold title ends before the year or venue in brackets that the list makes bold too; else 0."""
        end = self.line.trimmed(offset, stop, ".,")[1]
        group = self.line.group_around(end - 1)
        if group is None or group.end != end or group.start <= offset:
            return 0
        plain = self.line.plain(*group.inner)
        found = self.draft.asked.venue(plain)
        return group.start if is_date(plain) or (found is not None and found.year is not None) else 0

    def _is_name_tag(self, name: str, end: int) -> bool:
        """Whether a bold word stands before a plain title as its tag: `**BERT** Pre-training of …`."""
        start = end + 1
        if len(name.split()) > 1 or name.endswith((":", ".", ",")) or self.text[end : end + 1] != " ":
            return False
        if not self.text[start : start + 1].isupper():
            return False
        stop = self._plain_end(start)
        words = self.line.plain(start, stop).strip(" .,")
        known = are_people(words) or is_person(words) or self.draft.asked.is_place(words)
        return len(words.split()) >= SHORT_TITLE and not known and self.draft.asked.venue(words) is None

    def _title_behind_tag(self, offset: int, end: int) -> int:
        """Where `[Tag] [A Title](u)` goes on behind a bold word or two; 0 where the bold words are the title."""
        if LINK in self.text[offset:end] or len(self.text[offset:end].split()) > TAG_WORDS:
            return 0
        after = SEPARATOR.match(self.text, end)
        start = after.end() if after else end
        if after and set(after[0]) & set(":："):
            return 0
        reader = LineReader(self.line, Draft(self.draft.asked), subtitles=False)
        link = reader.lead(start, self.end)
        if link >= self.end or reader._title_link(link) < 0:
            return 0
        return start if self.names_title(reader._title_link(link)) else 0

    def _quoted(self, offset: int, closing: str) -> int:
        """Take a quoted title; the offset behind the quotes, 0 where they do not close."""
        end = self.text.find(closing, offset + 1, self.end)
        while closing in "'’" and 0 < end < self.end - 1 and self.text[end + 1].isalnum():
            end = self.text.find(closing, end + 1, self.end)
        if end < 0 or end - offset > PROSE_TITLE or end - offset < 4:  # noqa: PLR2004 - a letter is no title
            return 0
        inner = self.text[offset + 1 : end]
        if inner.strip(" .,") == LINK:
            at = self.text.index(LINK, offset)
            self._linked_title(at)
        else:
            stop = self.line.trimmed(offset + 1, end)[1]
            stop -= self.text[stop - 1] == "." and self.text[stop - 2] != "."
            self.draft.add_title(self.line.piece(offset + 1, stop, ",;|"))
        return end + 1

    def _plain_title(self, offset: int) -> tuple[int, bool]:
        """A title without markup: authors may stand before it."""
        offset = self.leading_people(offset)
        if offset >= self.end:
            return offset, False
        strong = self.line.styled(self.line.strong, offset)
        closing = QUOTES.get(self.text[offset])
        if strong is not None and strong[0] >= offset - 1:
            return self._strong_title(offset, strong[1])
        if closing is not None and (after := self._quoted(offset, closing)) > 0:
            return after, False
        if self.text[offset] == LINK:
            return (self._linked_title(offset)) if self._title_link(offset) >= 0 else (offset, False)
        quotes = '"' in self.text or "“" in self.text
        quoted = NAME_QUOTE.match(self.text, offset, self.end) if quotes else None
        if quoted and len(quoted[1].split()) <= SHORT_NAME:
            after = self._quoted(quoted.end(), QUOTES[self.text[quoted.end()]])
            if after > 0:
                self.draft.add_tag(self.line, *quoted.span(1))
                return after, False
        stop = self._plain_end(offset)
        link = self._link_behind_name(offset, stop)
        if link >= 0:
            named = len(self.text[offset:stop].split()) <= SHORT_NAME
            (self.draft.add_tag if named else self.draft.add_note)(self.line, offset, stop)
            return self._linked_title(link)
        if stop - offset > PROSE_TITLE:
            return offset, False
        last = self.line.trimmed(offset, stop, "-–—·•→>")[1]
        behind = self.text.endswith(("In", "In:", "in"), offset, last)
        if behind and (inside := IN_BEHIND.search(self.text, offset, last)) is not None:
            last = inside.start() + 1
        self.draft.add_title(self.line.piece(offset, last, ",;|"))
        marker = TYPE_MARKER.match(self.text, stop, self.end)
        return marker.end() if marker else stop, False

    def _link_behind_name(self, offset: int, stop: int) -> int:
        """The link that is the title where a name or a remark stands before it: `Ring: [A Title](u)`; else -1."""
        link = self._title_link(stop) if stop < self.end else -1
        if link < 0 or not self.names_title(link):
            return -1
        name = NAME_BEFORE.search(self.text, offset, stop)
        if self.fields.key(self.text[offset:stop].partition(":")[0]) is not None:
            return -1
        if name is not None and len(self.text[offset : name.start()].split()) <= SHORT_NAME:
            return link
        whole = len(self.line.label(self.line.objects[link]).split()) >= SHORT_TITLE
        return link if whole and len(self.text[offset:stop].split()) <= LONGEST_REMARK else -1
