"""Where a title begins and ends when no markup says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.line import CODE, IMAGE, LINK
from listlint.papers.parts import SENTENCE
from listlint.papers.segments import Segments
from listlint.papers.shapes import SHORTCODE, are_people, has_words, is_address, is_date, is_number

if TYPE_CHECKING:
    from listlint.papers.draft import Draft
    from listlint.papers.line import Line

__all__ = ["TYPE_MARKER", "TitleEnd"]

ADDRESS = expression(r"[\s,;:.\-–—(]{0,6}(?:https?://|www\.)\S")
BAR = expression(r"\s*[|｜]\s*|\n")
# `[J]`, `[C]//`: the kind of publication, as the Chinese standard for citations has it.
TYPE_MARKER = re.compile(r"\[(?:J|C|M|D|R|P|Z|EB/OL|J/OL|C/OL)\]\s*(?:\.|//|:)?\s*")
SENTENCE_END = expression(r"(?:(?<=[^\W\d_A-Z][^\W\d_A-Z])\.|(?<=[?!]))(?=\s)")
ASIDE = expression(r"\s*[(（][^()（）]{1,40}[)）]")
LONG_LABEL = 5  # words
MARKS = LINK + '"“«「'
MARK = re.compile(f"[{MARKS}]")


class TitleEnd(Segments):
    """One line and the draft that it is read into. `subtitles`: in this list, `[Name](url): text` is a title and its subtitle."""

    def __init__(self, line: Line, draft: Draft, *, subtitles: bool) -> None:
        super().__init__(line, draft)
        self.subtitles = subtitles
        self.end = len(line.text)

    cited = False  # whether it is written as in a bibliography, where a full stop ends the title

    @staticmethod
    def is_marked(line: Line, offset: int) -> bool:
        """Whether a title at `offset` would be told by its markup: a link, bold type or quotes."""
        if offset >= len(line.text):
            return False
        return line.text[offset] in MARKS or line.styled(line.strong, offset) is not None

    @staticmethod
    def next_marked(line: Line, start: int, stop: int) -> int:
        """The first offset before `stop` at which a title would be told by its markup; `stop` where there is none."""
        found = MARK.search(line.text, start, stop)
        best = found.start() if found else stop
        for first, last in line.strong:
            if max(first, start) < min(last, best):
                best = max(first, start)
        return best

    def _title_link(self, offset: int) -> int:
        """The offset of the link that is the title, -1 where the line does not begin with one."""
        text = self.text
        if text[offset] != LINK:
            group = self.group_at(offset)
            if group is None or text[group.start + 1 : group.end - 1].strip() != LINK:
                return -1
            offset = text.index(LINK, offset)
        label = self.line.label(self.line.objects[offset]).strip()
        if not has_words(label) or is_address(label):
            return -1
        return -1 if self._says_role(label, offset) and not self._is_only_link(label, offset) else offset

    def names_title(self, offset: int) -> bool:
        """Whether a link to a paper shows words that can be its title, and no venue, date, number or place."""
        node = self.line.objects[offset]
        label = self.line.label(node).strip(" []()")
        asked = self.draft.asked
        if len(label.split()) < 2 or asked.hosts.read(node.url).role != "paper":  # noqa: PLR2004 - a word may be anything
            return False
        known = asked.venue(label) is not None or asked.is_place(label) or are_people(label)
        return not (
            known or is_date(label) or is_number(label) or is_address(label) or self.fields.is_label(label)
        )

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

    def _plain_end(self, offset: int) -> int:
        """Where a title that has no markup ends: before what is surely another field."""
        stop = self.end
        for ending in self._endings():
            if found := ending.search(self.text, offset, stop):
                stop = found.start()
        for group in self.line.groups:
            if offset < group.start < stop and self.is_field_group(group):
                stop = group.start
                break
        for first, last in self.line.emphasis:
            if offset < first < stop and self._is_emphasised_field(first, min(last, stop)):
                stop = first
                break
        return self.before_fields(offset, self._before_objects(offset, stop))

    def _endings(self) -> list[re.Pattern[str]]:
        """What ends a title for sure, where the line has any of it."""
        text = self.text
        found = [SENTENCE_END] if self.cited else []
        if "[" in text:
            found.insert(0, TYPE_MARKER)
        if text.count(":") > 1:
            found.insert(0, SHORTCODE)
        if "://" in text or "www." in text:
            found.insert(0, ADDRESS)
        if "|" in text or "｜" in text or "\n" in text:
            found.insert(0, BAR)
        return found

    def _before_objects(self, offset: int, stop: int) -> int:
        """The end of the title before the first link, picture, or run of tags."""
        for inside in self.line.objects_in(offset, stop):
            if self.text[inside] in (LINK, IMAGE) and not self.inside_group(inside):
                return self._before_key(offset, inside)
            if self.text[inside] == CODE and inside > offset and self._ends_in_tags(inside, stop):
                return inside
        return stop

    def _is_emphasised_field(self, start: int, end: int) -> bool:
        """Whether emphasised words are people, a place, a date or a venue."""
        text = self.line.level(start, end).strip(" .,;:")
        asked = self.draft.asked
        if are_people(text) or is_date(text) or asked.venue(text) is not None or asked.is_place(text):
            return True
        first = ASIDE.sub("", SENTENCE.split(text, 1)[0])
        return first != text and are_people(first)

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
