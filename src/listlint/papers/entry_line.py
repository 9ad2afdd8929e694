"""The line that an entry begins with: what leads up to the title, the title, and what follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.papers.draft import Draft
from listlint.papers.line import CODE, HTML, IMAGE, LINK
from listlint.papers.model import Piece
from listlint.papers.segments import Segments
from listlint.papers.shapes import (
    SHORTCODE,
    are_people,
    is_address,
    is_date,
    is_number,
    is_person,
    leading_marks,
)

if TYPE_CHECKING:
    from listlint.papers.line import Group, Line

__all__ = ["LineReader", "begins_with_link"]

CHECKBOX = re.compile(r"\[([ xX])\](?=\s)")
DATE_PREFIX = re.compile(
    r"(\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?:\s\d{4})?)"
    r"(?:\s*[,:|–-]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
NUMBER_PREFIX = re.compile(r"#?\d{1,3}[.):、]\s+(?=\S)")
ADDRESS = re.compile(r"[\s,;:.\-–—(]{0,6}(?:https?://|www\.)\S")
HEAD_PARTS = re.compile(r"\s*[-–—,|:·/]\s*|\s+")
SEPARATOR = re.compile(r"[\s|｜:：,;·•\-–—]+")
BAR = re.compile(r"\s*[|｜]\s*|\n")
QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」", "'": "'", "‘": "’", "``": "''"}
COLON = re.compile(r"\s*(?!:[a-z0-9_+\-]{2,40}:)[:：]\s*(?=\S)")
FLOWS_ON = re.compile(r" (?=[a-z])")
BREAKS = re.compile(r"[,;.]\s+|,(?=\S)|\s[-–—]\s|\s@\s?")
SHORT_NAME = 5  # words: what stands before the colon of a title is a name
PAPER_KEY = re.compile(r"([^\W\d][\w ]{1,20})[\"*_]{0,2}[:：]\s*(?=[\ue000\"“])")
DATED = re.compile(r"(?:\((?:19|20)\d\d[a-z]?\)|(?<=\.\s)(?:19|20)\d\d[a-z]?(?=\.))[.,:]?\s+(?=\S)")
LONGEST_PEOPLE = 400  # characters
LONG_LABEL = 5  # words
SHORT_TITLE = 3  # words
BEHIND_PEOPLE = re.compile(r"(?:[:.,]|(?<=\s)[-–—])(?=\s)")
OBJECTS = re.compile("[\ue000-\ue003]")
TAG_WORDS = 3
QUOTE_BEHIND = re.compile(r"\s*[:：,]?\s*(?=[\"“«「])")
LONGEST_NAME = 4  # words: a linked text that is longer is a title, and what follows its colon a note
PROSE_TITLE = 300  # characters: nothing longer is a title


def begins_with_link(line: Line, start: int = 0) -> int:
    """The offset of the link that the line begins with at `start`, marks and brackets aside; -1 where there is none."""
    offset = line.text.find(LINK, start)
    return offset if 0 <= offset <= start + leading_marks(line.text[start : start + 40]) + 1 else -1


class LineReader:
    """Reads one line into a draft. `subtitles`: in this list, `[Name](url): text` is a title and its subtitle."""

    def __init__(self, line: Line, draft: Draft, *, subtitles: bool) -> None:
        self.line = line
        self.text = line.text
        self.draft = draft
        self.subtitles = subtitles
        self.fields = draft.asked.fields
        self.segments = Segments(line, draft)
        self.end = len(line.text)

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

    # -- before the title ----------------------------------------------------------------------------------------

    @staticmethod
    def is_marked(line: Line, offset: int) -> bool:
        """Whether a title at `offset` would be told by its markup: a link, bold type or quotes."""
        if offset >= len(line):
            return False
        return (
            line.text[offset] in (LINK, '"', "“", "«", "「") or line.styled(line.strong, offset) is not None
        )

    def lead(self, offset: int, end: int | None = None) -> int:
        """Take the checkbox, marks, dates, venues and tags that stand before the title."""
        self.end = self.end if end is None else end
        if match := CHECKBOX.match(self.text, offset):
            self.draft.read = match[1] != " "
            offset = match.end()
        while offset < self.end:
            after = self._lead_once(offset)
            if after == offset:
                return offset
            offset = after
        return offset

    def _lead_once(self, offset: int) -> int:
        """The offset behind one thing that is no title; `offset` itself where the title begins."""
        text = self.text
        if text[offset].isspace() or text[offset] == HTML:
            return offset + 1
        marks = leading_marks(text[offset : self.end])
        if marks:
            piece = self.line.piece(offset, offset + marks)
            self.draft.marks.append(piece)
            return offset + marks
        if (
            text[offset] == IMAGE
            or self._is_badge(offset)
            or (text[offset] == CODE and self._opens_behind(offset + 1))
        ):
            self.draft.add_object(self.line, offset)
            return offset + 1
        group = self.segments.group_at(offset)
        if group is not None and group.end < self.end and self._lead_group(group):
            separator = SEPARATOR.match(text, group.end)
            return separator.end() if separator else group.end
        if (key := PAPER_KEY.match(text, offset)) and self.fields.key(key[1]) in ("paper", "title"):
            return key.end()
        if match := DATE_PREFIX.match(text, offset):
            self.draft.add_date(self.line, offset, match.end(1))
            return match.end()
        if (number := NUMBER_PREFIX.match(text, offset)) and self._opens_behind(number.end()):
            return number.end()
        if (after := self._labels_first(offset)) or (after := self._fields_first(offset)):
            return after
        return self._lead_strong(offset)

    def _is_badge(self, offset: int) -> bool:
        """Whether a link shows nothing but a picture, before a title that is still to come."""
        node = self.line.objects.get(offset)
        if node is None or node.kind != "link" or not any(child.kind == "image" for child in node.children):
            return False
        words = (child for child in node.children if child.kind not in ("image", "softbreak", "break"))
        return not any(self.line.source[child.span].strip() for child in words)

    def _opens_behind(self, offset: int) -> bool:
        """Whether a title marked as such, or more tags, follow at once."""
        rest = self.text[offset : self.end].lstrip(" \n:|-")
        if not rest:
            return False
        first = self.end - len(self.text[offset : self.end]) + len(self.text[offset : self.end]) - len(rest)
        return rest[0] in (CODE, IMAGE) or self.is_marked(self.line, first)

    def _fields_first(self, offset: int) -> int:
        """Take `2019-ICLR-` before a marked title; the offset behind it, 0 where it is anything else."""
        stop = next(
            (one for one in range(offset + 3, min(offset + 30, self.end)) if self.is_marked(self.line, one)),
            0,
        )
        if not stop or self.text[stop - 1] not in "-–—:|/ ":
            return 0
        last = self.line.trimmed(offset, stop, "-–—:|/,")[1]
        cuts = [match.span() for match in HEAD_PARTS.finditer(self.text, offset, last)]
        parts = list(
            zip([offset, *(end for _, end in cuts)], [*(start for start, _ in cuts), last], strict=True)
        )
        if len(parts) < 2 or not all(self.segments.is_plain_field(*part) for part in parts):  # noqa: PLR2004 - one is no prefix
            return 0
        for part in parts:
            self.draft.add_date(self.line, *part) or self.draft.add_venue(self.line, *part)
        return stop

    def _labels_first(self, offset: int) -> int:
        """Take `[Paper](u) [Code](u)` before a title; the offset behind them, 0 where no title follows."""
        links, at = [], offset
        while at < self.end:
            node = self.line.objects.get(at)
            if (
                node is None
                or self.text[at] != LINK
                or not self._says_role(self.line.label(node).strip(" []()"), at)
            ):
                break
            if self.text[at + 1 : at + 2] in (":", "："):
                return 0
            links.append(at)
            following = SEPARATOR.match(self.text, at + 1)
            at = following.end() if following else at + 1
        if not links or at >= self.end or self.text[at] in "([\n" or "\n" in self.text[offset:at]:
            return 0
        words = self.text[at : self._plain_end(at)].split()
        if len(words) < SHORT_TITLE or not self._names_paper(links):
            return 0
        for link in links:
            self.draft.add_object(self.line, link)
        return at

    def _names_paper(self, links: list[int]) -> bool:
        hosts = self.draft.asked.hosts
        return any(hosts.read(self.line.objects[one].url).role == "paper" for one in links)

    def _lead_group(self, group: Group) -> bool:
        """Whether the group is a date, a venue, a number, label links or a tag before a title that is still to come."""
        line, (start, end) = self.line, group.inner
        rest = SEPARATOR.sub("", line.plain(group.end, self.end))
        if (
            not rest
            or self.text[group.end] in "(["
            and is_address(line.plain(group.end + 1, self.end).rstrip("])"))
        ):
            return False
        inner = self.text[start:end].strip()
        if inner == LINK:
            label = line.plain(start, end)
            if not self.fields.is_label(label) and self.draft.asked.venue(label) is None:
                return False
        if self.segments.read_group(group):
            return True
        if is_number(inner):
            return True
        if self._is_title_group(group):
            return False
        if self.text[group.start] == "(" or len(inner) > 60 or LINK in inner:  # noqa: PLR2004 - tags are short
            return False
        self.segments.read_tags(start, end)
        return True

    def _is_title_group(self, group: Group) -> bool:
        """Whether bold words in brackets are the title, because nothing but labels follow in their line."""
        strong = self.line.styled(self.line.strong, group.start + 1)
        if strong is None:
            return False
        stop = self.text.find("\n", group.end, self.end)
        return not OBJECTS.sub("", self.text[group.end : stop if stop >= 0 else self.end]).strip(" []()|,;")

    def _lead_strong(self, offset: int) -> int:
        """Step over a bold date, venue or number that stands before the title."""
        styled = self.line.styled(self.line.strong, offset) or self.line.styled(self.line.emphasis, offset)
        if styled is None or styled[0] < offset or styled[1] >= self.end:
            return offset
        plain = self.line.plain(*styled).strip(" :.,")
        if is_number(plain) or is_date(plain):
            self.draft.add_date(self.line, *styled)
        elif not self.draft.add_venue(self.line, *styled, rank=1):
            return offset
        separator = SEPARATOR.match(self.text, styled[1])
        return separator.end() if separator else styled[1]

    # -- the title -----------------------------------------------------------------------------------------------

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

    def _title_link(self, offset: int) -> int:
        """The offset of the link that is the title, -1 where the line does not begin with one."""
        text = self.text
        group = self.segments.group_at(offset)
        if group is not None and text[group.inner[0] : group.inner[1]].strip() == LINK:
            offset = text.index(LINK, offset)
        if text[offset] != LINK:
            return -1
        label = self.line.label(self.line.objects[offset]).strip()
        if not any(char.isalnum() for char in label) or is_address(label):
            return -1
        return -1 if self._says_role(label, offset) and not self._is_only_link(label, offset) else offset

    def _says_role(self, label: str, offset: int) -> bool:
        """Whether a link's text says what it leads to; a long one to a paper is its title."""
        if (
            len(label.split()) >= LONG_LABEL
            and self.draft.asked.hosts.read(self.line.objects[offset].url).role == "paper"
        ):
            return False
        head, _, rest = label.partition(":")
        return self.fields.label(head if rest.strip() else label) is not None or self.fields.is_weak(label)

    def _is_only_link(self, label: str, offset: int) -> bool:
        """Whether a label that is also some thing's name (`PyTorch`) is all the title there is."""
        return self.fields.is_name(label) and LINK not in self.text[offset + 1 : self.end]

    def _linked_title(self, offset: int) -> tuple[int, bool]:
        line, draft = self.line, self.draft
        node = line.objects[offset]
        label = line.label(node).strip()
        start, end = self._label_range(offset)
        draft.add_title(
            Piece(" ".join(label.split()), line.span(start, end) if node.kind != "link" else node.inner)
        )
        draft.add_link(line, node, draft.asked.hosts.read(node.url).role or "paper", label)
        draft.title_linked = True
        return self._subtitle(offset + 1, label)

    def _label_range(self, offset: int) -> tuple[int, int]:
        return offset, offset + 1

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
        return 1 < len(words) < 15 and words[0] not in (
            "is",
            "are",
            "was",
            "by",
            "from",
            "has",
            "and",
            "contains",
        )  # noqa: PLR2004 - a title's tail

    def _take_title(self, offset: int, joiner: str) -> int:
        stop = self._plain_end(offset)
        self.draft.add_title(self.line.piece(offset, stop, ",;|"), joiner)
        return stop

    def _strong_title(self, offset: int, end: int) -> tuple[int, bool]:
        """A bold title, a bold name before a quoted title, or a bold link."""
        link = self.text.find(LINK, offset, end)
        if (
            link >= 0
            and self._title_link(link) >= 0
            and len(self.text[offset:end].replace(LINK, "").strip(" :.,")) < 4
        ):  # noqa: PLR2004 - marks
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
        stop = min(end, self.end)
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

    def _plain_end(self, offset: int) -> int:
        """Where a title that has no markup ends: before what is surely another field."""
        stop = self.end
        for ending in (BAR, ADDRESS, SHORTCODE):
            if found := ending.search(self.text, offset, stop):
                stop = found.start()
        for group in self.line.groups:
            if group.start >= stop:
                break
            if group.start > offset and self.segments.is_field_group(group):
                stop = group.start
                break
        for start, last in self.line.emphasis:
            if offset < start < stop and self._is_emphasised_field(start, min(last, stop)):
                stop = start
                break
        for inside in self.line.objects_in(offset, stop):
            if self.text[inside] in (LINK, IMAGE) and not self.segments.inside_group(inside):
                stop = self._before_key(offset, inside)
                break
            if self.text[inside] == CODE and inside > offset and self._ends_in_tags(inside, stop):
                stop = inside
                break
        return self.segments.before_fields(offset, stop)

    def _is_emphasised_field(self, start: int, end: int) -> bool:
        """Whether emphasised words are people, a place, a date or a venue."""
        text = self.line.level(start, end).strip(" .,;:")
        asked = self.draft.asked
        return are_people(text) or is_date(text) or asked.venue(text) is not None or asked.is_place(text)

    def _ends_in_tags(self, offset: int, stop: int) -> bool:
        """Whether from a code span on there are only code spans."""
        return not self.text[offset:stop].replace(CODE, "").strip(" ,;|")

    def _before_key(self, offset: int, link: int) -> int:
        """The end of the title before `…, Paper: [link](u)`: the key before a link is not part of it."""
        head = self.text[offset:link].rstrip()
        if head.endswith((":", "：")):
            cut = max(head.rfind(mark) for mark in (",", ";", ".", "|"))
            if cut > 0 and self.fields.key(head[cut + 1 : -1].strip()):
                return offset + cut
        return link
