"""What leads up to a title: checkbox, marks, numbers, dates, venues, badges, tags and labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.line import CODE, HTML, IMAGE, LINK
from listlint.papers.model import Mention
from listlint.papers.shapes import KEYCAP_SIGN, PLAIN_START, is_address, is_date, is_number, leading_marks
from listlint.papers.title_end import TitleEnd

if TYPE_CHECKING:
    from listlint.papers.line import Group

__all__ = ["SEPARATOR", "Lead"]

CHECKBOX = re.compile(r"\[([ xX])\](?=\s)")
DATE_PREFIX = re.compile(
    r"(\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|20[012]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?(?=\s)|\d{1,2}\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?:\s\d{4})?)"
    r"(?:\s*[,:|–-]\s*|\s+)(?=\S)",
    re.IGNORECASE,
)
NUMBER_PREFIX = re.compile(r"#?\d{1,3}[.):、]\s+(?=\S)")
FULL_YEAR = re.compile(r"(?:19|20)\d\d")
HEAD_PARTS = expression(r"\s*[-–—,|:·/]\s*|\s+")
SEPARATOR = expression(r"[\s|｜:：,;·•\-–—]+")
PAPER_KEY = expression(r"([^\W\d][\w ]{1,20})[\"*_]{0,2}[:：]\s*(?=[\ue000\"“])")
BAR_FIELD = expression(r"([^|｜\n\ue000-\ue003]{2,40}?)\s*[|｜]\s*(?=[^\s|｜])")
TITLE_KEY = expression(r"((?:[^\W\d_]{1,10} )?[Tt]itle|[^\W\d_a-zA-Z]{2,10})[\"*_]{0,2}[:：]\s*(?=\S)")
NAMED_YEAR = expression(r"([A-Z][\w&\-]*(?: [A-Z][\w&\-]*){0,4}) ((?:19|20)\d\d)")
LONGEST_KEY = 30  # characters, with what may stand around it and the colon
SHORT_TITLE = 3  # words
OBJECTS = re.compile("[\ue000-\ue003]")


class Lead(TitleEnd):
    """Takes what stands before the title."""

    def lead(self, offset: int, end: int | None = None) -> int:
        """Take the checkbox, marks, dates, venues and tags that stand before the title."""
        self.end = self.end if end is None else end
        if self.text.startswith("[", offset) and (match := CHECKBOX.match(self.text, offset)):
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
        if text[offset] == LINK:
            return self._lead_link(offset)
        plain = text[offset] in PLAIN_START and not (
            text[offset].isdigit() and KEYCAP_SIGN in text[offset + 1 : offset + 3]
        )
        marks = 0 if plain else leading_marks(text[offset : self.end])
        if marks:
            piece = self.line.piece(offset, offset + marks)
            self.draft.marks.append(piece)
            return offset + marks
        if text[offset] == IMAGE or (
            text[offset] == CODE and (self._opens_behind(offset + 1) or self._is_field_code(offset))
        ):
            self.draft.add_object(self.line, offset)
            return offset + 1
        group = self.group_at(offset)
        if (
            group is not None
            and group.end < self.end
            and not self._in_word(group)
            and self._lead_group(group)
        ):
            separator = SEPARATOR.match(text, group.end)
            return separator.end() if separator else group.end
        return self._prefix(offset) or self._fields_first(offset) or self._lead_strong(offset)

    def _lead_link(self, offset: int) -> int:
        """The offset behind a badge, or behind labels before the title; `offset` itself where the link may be the title."""
        if self._is_badge(offset):
            self.draft.add_object(self.line, offset)
            return offset + 1
        return self._labels_first(offset) or self._lead_strong(offset)

    def _prefix(self, offset: int) -> int:
        """The offset behind `Title:`, a date or a running number before the title; 0 where there is none."""
        text = self.text
        head = text[offset : offset + LONGEST_KEY]
        if ":" in head or "：" in head:
            if (key := PAPER_KEY.match(text, offset)) and self.fields.key(key[1]) in ("paper", "title"):
                return key.end()
            key = TITLE_KEY.match(text, offset)
            if (
                key
                and (key[1].endswith("itle") or not key[1].isascii())
                and self.fields.key(key[1]) == "title"
            ):
                return key.end()
        numbered = text[offset].isdigit() or text[offset] == "#"
        if numbered and (match := DATE_PREFIX.match(text, offset)):
            self.draft.add_date(self.line, offset, match.end(1))
            return match.end()
        barred = "|" in text or "｜" in text
        if barred and (field := BAR_FIELD.match(text, offset)) and self.is_plain_field(*field.span(1)):
            self.draft.add_date(self.line, *field.span(1)) or self.draft.add_venue(self.line, *field.span(1))
            return field.end()
        if (number := NUMBER_PREFIX.match(text, offset) if numbered else None) and (
            self._opens_behind(number.end()) or (offset == 0 and number[0].rstrip()[-1] != ":")
        ):
            return number.end() if text[number.end()] > "@" else 0
        return 0

    def _is_badge(self, offset: int) -> bool:
        """Whether a link shows nothing but a picture, before a title that is still to come."""
        node = self.line.objects.get(offset)
        if node is None or node.kind != "link" or "image" not in [child.kind for child in node.children]:
            return False
        words = (child for child in node.children if child.kind not in ("image", "softbreak", "break"))
        return not any(self.line.source[child.span].strip() for child in words)

    def _in_word(self, group: Group) -> bool:
        """Whether brackets are a part of the title's first word: `(Un)supervised …`, `{a}-Net`."""
        behind = self.text[group.end]
        return behind.islower() or (self.text[group.start] == "{" and not behind.isspace())

    def _is_field_code(self, offset: int) -> bool:
        """Whether a code span before a plain title is a date, a venue or a place."""
        text = self.line.source[self.line.objects[offset].inner]
        asked = self.draft.asked
        if not self.text[offset + 1 : self.end].strip():
            return False
        return is_date(text) or asked.venue(text) is not None or asked.is_place(text)

    def _opens_behind(self, offset: int) -> bool:
        """Whether a title marked as such, or more tags, follow at once."""
        rest = self.text[offset : self.end].lstrip(" \n:|-")
        if not rest:
            return False
        first = self.end - len(self.text[offset : self.end]) + len(self.text[offset : self.end]) - len(rest)
        return rest[0] in (CODE, IMAGE) or self.is_marked(self.line, first)

    def _fields_first(self, offset: int) -> int:
        """Take `2019-ICLR-` before a marked title; the offset behind it, 0 where it is anything else."""
        limit = min(offset + 30, self.end)
        stop = self.next_marked(self.line, offset + 3, limit)
        if stop >= limit or self.text[stop - 1] not in "-–—:|/ ":
            return 0
        last = self.line.trimmed(offset, stop, "-–—:|/,")[1]
        cuts = [match.span() for match in HEAD_PARTS.finditer(self.text, offset, last)]
        parts = list(
            zip([offset, *(end for _, end in cuts)], [*(start for start, _ in cuts), last], strict=True)
        )
        head = self.text[offset:last]
        found = self.draft.asked.venue(head) if not FULL_YEAR.search(head) else None
        linked = self.text[stop] == LINK and found is not None and found.year is not None
        if (
            found is not None
            and (found.known or linked)
            and (found.year is not None or self.text[stop - 1] not in "-–—")
        ):
            return stop if self.draft.add_venue(self.line, offset, last) else 0
        if len(parts) < 2 or not all(self.is_plain_field(*part) for part in parts):  # noqa: PLR2004 - one is no prefix
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
        if not rest or (
            self.text[group.end] in "([" and is_address(line.plain(group.end + 1, self.end).rstrip("])"))
        ):
            return False
        inner = self.text[start:end].strip()
        if inner == LINK:
            label = line.plain(start, end)
            if not self.fields.is_label(label) and self.draft.asked.venue(label) is None:
                return False
        if self.read_group(group):
            return True
        if is_number(inner):
            return True
        if self._is_title_group(group):
            return False
        if self._named_year(group) or self._word_before_link(group):
            return True
        if self.text[group.start] == "(" or len(inner) > 60 or LINK in inner:  # noqa: PLR2004 - tags are short
            return False
        self.read_tags(start, end)
        return True

    def _word_before_link(self, group: Group) -> bool:
        """Take one word in brackets right before a linked title as a tag: `(Bells) [A Title](u)`."""
        words = self.text[slice(*group.inner)]
        link = group.end + 1
        if not words.replace("-", "").isalpha() or self.text[group.end : link + 1] != f" {LINK}":
            return False
        label = self.line.label(self.line.objects[link])
        if len(label.split()) < SHORT_TITLE or self.fields.is_label(label):
            return False
        self.read_tags(*group.inner)
        return True

    def _named_year(self, group: Group) -> bool:
        """Take capitalised words and a year in brackets before a marked title as a venue that is not known."""
        named = NAMED_YEAR.fullmatch(self.text, *group.inner)
        behind = SEPARATOR.match(self.text, group.end)
        if named is None or not self.is_marked(self.line, behind.end() if behind else group.end):
            return False
        piece = self.line.piece(*group.inner)
        self.draft.venues.append((2, Mention(piece.text, piece.span, named[1], int(named[2]), "other")))
        return True

    def _is_title_group(self, group: Group) -> bool:
        """Whether bold words in brackets are the title, because nothing but labels follow in their line."""
        strong = self.line.styled(self.line.strong, group.start + 1)
        if strong is None:
            return False
        stop = self.text.find("\n", group.end, self.end)
        following = self.text.find(LINK, group.end, stop if stop >= 0 else self.end)
        if following >= 0 and self.names_title(following):
            return False
        return not OBJECTS.sub("", self.text[group.end : stop if stop >= 0 else self.end]).strip(" []()|,;")

    def _lead_strong(self, offset: int) -> int:
        """Step over a bold date, venue or number that stands before the title."""
        if not self.line.strong and not self.line.emphasis:
            return offset
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
