"""The line that an entry begins with: what leads up to the title, the title, and what follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.papers.draft import Draft
from listlint.papers.lead import SEPARATOR, Lead
from listlint.papers.line import HTML, IMAGE, LINK
from listlint.papers.model import Piece
from listlint.papers.shapes import are_people, is_date, is_person, leading_marks

if TYPE_CHECKING:
    from listlint.papers.line import Line

__all__ = ["LineReader", "begins_with_link"]

QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "'": "'", "‘": "’", "``": "''"}
COLON = re.compile(r"\s*(?!:[a-z0-9_+\-]{2,40}:)[:：]\s*(?=\S)")
FLOWS_ON = re.compile(r" (?=[a-z])")
SHORT_NAME = 5  # words: what stands before the colon of a title is a name
DATED = re.compile(r"(?:\((?:19|20)\d\d[a-z]?\)|(?<=\.\s)(?:19|20)\d\d[a-z]?(?=\.))[.,:]?\s+(?=\S)")
LONGEST_PEOPLE = 400  # characters
SHORT_TITLE = 3  # words
BEHIND_PEOPLE = re.compile(r"(?:[:.,]|(?<=\s)[-–—])(?=\s)")
LONGEST_TAIL = 15  # words
SENTENCE_WORDS = frozenset({"and", "are", "by", "contains", "from", "has", "is", "was"})
TAG_WORDS = 3
QUOTE_BEHIND = re.compile(r"\s*+[:：,]?+\s*+(?=[\"“«「])")
LONGEST_NAME = 4  # words: a linked text that is longer is a title, and what follows its colon a note
PROSE_TITLE = 300  # characters: nothing longer is a title


def begins_with_link(line: Line, start: int = 0) -> int:
    """The offset of the link that the line begins with at `start`, marks and brackets aside; -1 where there is none."""
    offset = line.text.find(LINK, start)
    return offset if 0 <= offset <= start + leading_marks(line.text[start : start + 40]) + 1 else -1


class LineReader(Lead):
    """Reads one line into a draft."""

    def read(self, start: int = 0, end: int | None = None) -> None:
        """Read `text[start:end]`, the whole line unless told otherwise."""
        self.end = self.end if end is None else end
        offset = self.lead(start)
        offset, note = self.title(offset)
        if note:
            stop = self.text.find("\n", offset, self.end)
            stop = self.end if stop < 0 else stop
            self.draft.add_note(self.line, offset, stop)
            offset = stop
        self.segments.read(offset, self.end)

    def title(self, offset: int) -> tuple[int, bool]:
        """Take the title at `offset`; the offset behind it, and whether what follows is a note."""
        if offset >= self.end:
            return offset, False
        link = self._title_link(offset)
        if link >= 0:
            return self._linked_title(link)
        group = self.segments.group_at(offset)
        if group is not None and self._is_title_group(group):
            self.draft.add_title(self.line.piece(*group.inner, ",;|"))
            return group.end, False
        strong = self.line.styled(self.line.strong, offset)
        if strong is not None and strong[0] >= offset - 1:
            return self._strong_title(offset, strong[1])
        closing = QUOTES.get(self.text[offset])
        if closing is not None and (after := self._quoted(offset, closing)) > 0:
            return after, False
        return self._plain_title(offset)

    def _linked_title(self, offset: int) -> tuple[int, bool]:
        line, draft = self.line, self.draft
        node = line.objects[offset]
        label = line.label(node).strip()
        start, end = offset, offset + 1
        draft.add_title(
            Piece(" ".join(label.split()), line.span(start, end) if node.kind != "link" else node.inner)
        )
        draft.add_link(line, node, draft.asked.hosts.read(node.url).role or "paper", label)
        draft.title_linked = True
        return self._subtitle(offset + 1, label)

    def _subtitle(self, offset: int, label: str) -> tuple[int, bool]:
        """Take what the list writes behind a linked title as its second part, or say that it is a note."""
        group = next((one for one in self.line.groups if one.start < offset <= one.end), None)
        offset = group.end if group is not None and not self.text[offset : group.end - 1].strip() else offset
        while offset < self.end and self.text[offset] == HTML:
            offset += 1
        colon = COLON.match(self.text, offset)
        open_label = label.rstrip().endswith((":", "："))
        if colon is None and not open_label:
            if self.subtitles and FLOWS_ON.match(self.text, offset) and self._goes_on(offset):
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

    def _goes_on(self, offset: int) -> bool:
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
            self.segments.read_tags(offset, end)
            return self.title(self.lead(behind, self.end))
        quote = QUOTE_BEHIND.match(self.text, end)
        if quote and quote.end() < self.end:
            after = self._quoted(quote.end(), QUOTES[self.text[quote.end()]])
            if after > 0:
                return after, False
        return self._bold_words(offset, min(end, self.end))

    def _bold_words(self, offset: int, stop: int) -> tuple[int, bool]:
        """A title that is bold words, or a bold name or tag before the title."""
        bar = self.text.find("\n", offset, stop)
        stop = bar if bar > offset else stop
        closing = self._closing_field(offset, stop)
        stop = closing or stop
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
        colon = COLON.match(self.text, stop)
        if (colon or piece.text.endswith(":")) and len(piece.text.split()) <= SHORT_NAME:
            after = colon.end() if colon else stop
            after += len(self.text[after:]) - len(self.text[after:].lstrip())
            if (
                after < self.end
                and self.text[after] not in (LINK, IMAGE)
                and self.segments.group_at(after) is None
            ):
                return self._take_title(after, ": "), False
        return stop, False

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
        node = self.line.objects[reader._title_link(link)]
        words = len(self.line.label(node).split())
        return start if words > 1 and self.draft.asked.hosts.read(node.url).role == "paper" else 0

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
            self.draft.add_title(self.line.piece(offset + 1, end, ",;|"))
        return end + 1

    def _plain_title(self, offset: int) -> tuple[int, bool]:
        """A title without markup: authors may stand before it."""
        offset = self._leading_people(offset)
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
        stop = self._plain_end(offset)
        if stop - offset > PROSE_TITLE:
            return offset, False
        self.draft.add_title(self.line.piece(offset, stop, ",;|"))
        return stop, False

    def _leading_people(self, offset: int) -> int:
        """Take authors that stand before the title: `A. Author and B. Author: A Title`, `Author (2011). A Title`."""
        dated = DATED.search(self.text, offset, min(self.end, offset + LONGEST_PEOPLE))
        if dated is not None and are_people(self.text[offset : dated.start()], loosely=True):
            self.draft.authors.append(self.line.piece(offset, dated.start(), " ,."))
            self.draft.add_date(self.line, *self.line.trimmed(*dated.span(), "().,:"))
            return dated.end()
        for match in BEHIND_PEOPLE.finditer(self.text, offset, min(self.end, offset + LONGEST_PEOPLE)):
            if self.segments.inside_group(match.start()):
                continue
            follows = match.end()
            while follows < self.end and self.text[follows].isspace():
                follows += 1
            if follows >= self.end:
                break
            opens = self.text[follows] in '"“' or self.line.styled(self.line.strong, follows) is not None
            if match[0][0] == ":" or opens or (match[0][0] == "." and self.text[follows] == LINK):
                if are_people(self.text[offset : match.start()], loosely=opens) and (
                    opens or match[0][0] not in ", "
                ):
                    self.draft.authors.append(self.line.piece(offset, match.start(), " .,:"))
                    return follows
                if match[0][0] == ":":
                    return offset
        return offset
