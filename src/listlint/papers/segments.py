"""What stands around a title: bracketed groups, labelled links, and stretches of text between separators."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.cited import (
    add_from_places,
    add_one_author,
    add_placed_people,
    add_volume,
    add_year_behind,
)
from listlint.papers.line import CODE, IMAGE, LINK
from listlint.papers.model import ROLES, Link
from listlint.papers.parts import SENTENCE, Parts
from listlint.papers.shapes import SHORTCODE, are_people, has_words, is_address, is_date, is_person

if TYPE_CHECKING:
    from listlint.papers.line import Group

__all__ = ["URL", "Segments"]

BAR = expression(r"\s*[|｜]\s*|\n|\s+[-–—]\s+|\s+/\s+")
NEXT = expression(BAR.pattern + "|[\ue000-\ue002\\[({【（「《:]")
SIGN = expression("[|｜\n\\-–—/\ue000-\ue002\\[({【（「《:]")  # without any there is no `NEXT`
URL = expression(r"https?://[^\s<>\"'`|，。；）】」]+")
LONGEST_PAGES = 60  # characters
SHORT_PLACE = 5  # letters
LONGEST_PLACE = 120  # characters
YEAR = expression(r"\s*(?:19|20)\d\d\s*")
VOLUME = expression(
    r"(?:^|(?<!\w))(?:(?:vol|no|pp?|pages)\b\.?|[\d(])[\d\s,.:;()–—\-]*(?:(?:vol|no|pp?|pages)\b[\d\s,.:;()–—\-]*)*$",
    re.IGNORECASE,
)
BEHIND_PLACE = re.compile(r"(?<=\))\.\s")
ETC = expression(r"[\s,]*(?:\betc\b|\bet\s?al\b|\band others\b|等)[\s.]*$")
TRAILING = ".,;:!?'\")]}"
LEADS_TO_VENUE = frozenset({"In", "in"})  # before a venue in italics
OBJECT = re.compile("[\ue000-\ue003]")


def _is_cjk(text: str) -> bool:
    """Whether a text is written in Chinese, Japanese or Korean, some words aside."""
    return sum("\u3040" <= char <= "\ud7a3" for char in text) * 3 > len(text)


class Segments(Parts):
    """Reads stretches of one line into a draft."""

    def is_field_group(self, group: Group) -> bool:
        """Whether a group behind some title words is a field and no part of the title."""
        start, end = group.inner
        text = self.text[start:end]
        if LINK in text or IMAGE in text:
            return True
        if CODE in text and not text.replace(CODE, "").strip(" ,;|"):
            return True
        plain = self.line.plain(start, end)
        asked = self.draft.asked
        if self._place_inside(start, end) is not None:
            return True
        return (
            is_date(plain)
            or is_address(plain)
            or asked.venue(plain) is not None
            or bool(self.fields.label(plain))
            or (len(plain) == end - start and asked.is_place(plain) and not self._goes_on(group, plain))
            or any(mention.year is not None for mention in asked.mentions(plain))
            or are_people(plain)
            or (_is_cjk(plain) and not _is_cjk(self.text[: group.start]))
        )

    def _goes_on(self, group: Group, plain: str) -> bool:
        """Whether a few capitals in brackets are short for the words before, because words of the title follow."""
        behind = NEXT.split(self.text[group.end : group.end + LONGEST_PLACE], maxsplit=1)[0].strip(" ,.;:")
        if not plain.isupper() or len(plain) > SHORT_PLACE or not behind or not behind[0].isalpha():
            return False
        return not (self.draft.asked.venues(behind) or is_date(behind) or are_people(behind))

    def read_group(self, group: Group) -> bool:
        """Take a group whose whole content is fields; False, with nothing taken, where any part is not."""
        start, end = group.inner
        text = self.text[start:end]
        if OBJECT.search(text):
            return self._object_group(start, end)
        place = self._place_inside(start, end)
        if place is not None:
            if not self.draft.add_place(self.line, *place):
                self.draft.institutions.append(self.line.piece(*place))
            return True
        if self.draft.add_venue(self.line, start, end) or self.draft.add_date(self.line, start, end):
            return True
        if self.draft.add_place(self.line, start, end) or self.draft.add_people(self.line, start, end):
            return True
        if add_from_places(self.draft, self.line, start, end):
            return True
        parts = self.parts(start, end)
        if len(parts) > 1 and all(self._is_field(*part) for part in parts):
            self.read_parts(parts)
            return True
        mentions = self.draft.asked.mentions(text)
        if mentions and (is_date(text[mentions[0].end :]) or not text[: mentions[0].start].strip(" :")):
            before = len(self.draft.venues)
            self.draft.mentions(self.line, start, end, rank=2)
            return len(self.draft.venues) > before and len(text) < 40  # noqa: PLR2004 - a longer text says more
        return False

    def _place_inside(self, start: int, end: int) -> tuple[int, int] | None:
        """The place that `@Some Lab etc` names; without the `@` it must be one that is known."""
        if end - start > LONGEST_PLACE:
            return None
        text = self.text[start:end]
        if "@" not in text and "et" not in text and "others" not in text and "等" not in text:
            return None
        first = start + (len(text) - len(text.lstrip(" @")))
        last = ETC.search(self.text[:end], first)
        place = self.line.trimmed(first, last.start() if last else end, ",;")
        if place[0] >= place[1] or OBJECT.search(text):
            return None
        told = "@" in text[: first - start]
        return place if told or (last and self.draft.asked.is_place(self.line.plain(*place))) else None

    def _object_group(self, start: int, end: int) -> bool:
        """A group of links, badges and code spans: `[[Paper](u)]`, `([OSDI 2024](notes.md))`, `` [`PTQ`] ``."""
        words = OBJECT.sub("", self.text[start:end]).strip(" ,;|/·&:*")
        label_before = ""
        if words and not self.fields.key(words) and len(words) > 24:  # noqa: PLR2004 - more than a key or two
            return False
        for offset in self.line.objects_in(start, end):
            char = self.text[offset]
            if char == LINK:
                label_before = self.text[start:offset].strip(" ,;|/:")
                self.read_link(
                    offset, self.fields.key(OBJECT.sub("", label_before)) if label_before else None
                )
            elif char in (IMAGE, CODE):
                self.draft.add_object(self.line, offset)
        return True

    def read_link(self, offset: int, role: str | None = None) -> None:
        """Take a link; one whose label is a venue names the venue."""
        node = self.line.objects[offset]
        label = self.line.label(node).strip()
        if label and not self.fields.is_label(label):
            found = self.draft.asked.venue(label)
            if found is not None and (found.known or found.year is not None) and self._venue_link(offset):
                return
        self.draft.add_object(self.line, offset, role)

    def _venue_link(self, offset: int) -> bool:
        """Take a link such as `[OSDI 2024](notes.md)`: the venue by its label, and the link itself."""
        from listlint.papers.line import Line

        node = self.line.objects[offset]
        inner = Line(self.line.source, node.children)
        taken = self.draft.add_venue(inner, 0, len(inner))
        if taken and node.url.strip():
            local = not node.url.lower().startswith(("http:", "https:"))
            self.draft.add_link(self.line, node, "notes" if local else None)
        return taken

    def read_tags(self, start: int, end: int) -> None:
        """Take a tag group before a title: `[Survey]`, `[KV Cache, Serving]`."""
        for offset in self.line.objects_in(start, end):
            if self.text[offset] in (LINK, IMAGE, CODE):
                self.draft.add_object(self.line, offset)
        for first, last in self.parts(start, end):
            if OBJECT.sub("", self.text[first:last]).strip():
                self.draft.add_tag(self.line, first, last)

    def read(self, start: int, end: int) -> None:
        """Take everything from `start` to `end`: groups, links, badges, tags, and the text between."""
        offset = begin = start
        groups = self.line.group_starts
        while offset < end:
            offset, is_edge = self._next(offset, end)
            if offset >= end:
                break
            if is_edge and offset > begin:
                self._stretch(begin, offset)
                begin = offset
            group = groups.get(offset)
            if group is not None and group.end <= end:
                after, skipped = self._group(group, begin, end)
            else:
                after, skipped = self._single(begin, offset, end), offset + 1
            offset = after or skipped
            begin = after or begin
        self._stretch(begin, end)

    def _group(self, group: Group, begin: int, end: int) -> tuple[int, int]:
        """The offset behind a group that is taken, with the text before it; else 0, and where to go on within the text."""
        if begin < group.start:
            if self._dated(begin, group):
                return group.end, 0
            if (placed := self._placed_people(begin, group, end)) > 0:
                return placed, 0
        after = self._reversed_link(group, self.line.group_starts)
        if not after and (self.read_group(group) or self._closing_note(group, begin, end)):
            after = group.end
        if after:
            self._stretch(begin, group.start)
            return after, 0
        return 0, group.start + 1 if OBJECT.search(self.text, group.start, group.end) else group.end

    def _single(self, begin: int, offset: int, end: int) -> int:
        """The offset behind an object, a mark or a bar that is taken, with the text before it; else 0."""
        char = self.text[offset]
        if char in (LINK, IMAGE, CODE):
            role = self._key_before(begin, offset)
            if role is None:
                self._stretch(begin, offset)
            if char == LINK:
                self.read_link(offset, role)
                if self._stands_apart(offset, end):
                    self.draft.title_linked = True
            else:
                self.draft.add_object(self.line, offset)
            return offset + 1
        code = SHORTCODE.match(self.text, offset, end) if char == ":" else None
        found = code or BAR.match(self.text, offset)
        if found is None:
            return 0
        self._stretch(begin, offset)
        if code is not None:
            self.draft.marks.append(self.line.piece(*code.span()))
        return found.end()

    def _next(self, offset: int, end: int) -> tuple[int, bool]:
        """Where, from `offset` on, something that ends a stretch of text may stand; whether emphasis begins or ends there."""
        edges = self.line.edges
        index = bisect_left(edges, offset)
        edge = min(edges[index], end) if index < len(edges) else end
        if not SIGN.search(self.text, offset, edge):
            return edge, edge < end
        following = NEXT.search(self.text, offset, edge)
        return (following.start(), False) if following else (edge, edge < end)

    def _dated(self, begin: int, group: Group) -> bool:
        """Take a venue whose year stands in brackets: `Nature (2016)`."""
        if not YEAR.fullmatch(self.text, *group.inner):
            return False
        start, _ = self.line.trimmed(begin, group.start, " ,;|.·:&")
        if start < group.start and self.draft.add_venue(self.line, start, group.end, rank=1):
            return True
        year = int(self.text[slice(*group.inner)])
        pages = VOLUME.search(self.text, max(start, group.start - LONGEST_PAGES), group.start)
        return pages is not None and add_volume(self.draft, self.line, start, pages.start(), year)

    def _placed_people(self, begin: int, group: Group, end: int) -> int:
        """Take `A. Author (Some Lab), B. Author (MIT) et al.`; the offset behind it, else 0."""
        if self.text[group.start] not in "(（" or not self.text[begin : group.start].strip():
            return 0
        head = self.line.plain(begin, group.start).strip(" .,;|:-–—·&")
        if not is_person(head) and not are_people(head):
            return 0
        index = bisect_left(self.line.edges, group.end)
        stop = min(self.line.edges[index], end) if index < len(self.line.edges) else end
        for ends in (SENTENCE, OBJECT, BAR, BEHIND_PLACE):
            if found := ends.search(self.text, group.end, stop):
                stop = found.start()
        while stop > group.end and self.text[stop - 1] in "[( ":
            stop -= 1
        return stop if add_placed_people(self.draft, self.line, begin, stop) else 0

    def _closing_note(self, group: Group, begin: int, end: int) -> bool:
        """Take a parenthesis that stands alone between separators as a note: `[A Title](u) (Section 3)`."""
        if self.text[begin : group.start].strip(" ,;|") or self.text[group.start] not in "([":
            return False
        after = self.text[group.end : end].lstrip()
        if after and after[0] not in "|,;\n([\ue000\ue001\ue002":
            return False
        start, stop = group.inner
        if self.text[group.start] == "[":
            self.read_tags(start, stop)
        else:
            self.draft.add_note(self.line, start, stop)
        return True

    def _reversed_link(self, group: Group, groups: dict[int, Group]) -> int:
        """Take `(label)[https://…]` as the link that it was meant to be; the offset behind it, else 0."""
        following = groups.get(group.end)
        if following is None or self.text[group.start] != "(" or self.text[following.start] != "[":
            return 0
        url = self.text[following.inner[0] : following.inner[1]]
        if not is_address(url):
            return 0
        label = self.line.piece(*group.inner)
        span = self.line.span(group.start, following.end)
        url_span = self.line.span(*following.inner)
        role = ROLES[self.draft.role_of(url, label.text, None)]
        self.draft.links.append(Link(role, url, label.text, span, url_span, label.span))
        self.draft.add_place(self.line, *group.inner)
        self.draft.title_linked = True
        return following.end

    def _stands_apart(self, offset: int, end: int) -> bool:
        """Whether a link has a field between bars to itself, as in `A Course | [Stanford](url)`: it is the entry's own."""
        before, after = self.text[:offset].rstrip(), self.text[offset + 1 : end].lstrip()
        if not before.endswith(("|", "｜")) or (after and after[0] not in "|｜"):
            return False
        return not self.fields.is_label(self.line.label(self.line.objects[offset]).strip())

    def _key_before(self, begin: int, offset: int) -> str | None:
        """The role that `Paper: ` right before a link gives it; what stands before the key is read first."""
        head = self.text[begin:offset].rstrip()
        if not head.endswith((":", "：", "→")):
            return None
        cut = max(head[:-1].rfind(mark) for mark in (",", ";", ".", "|", "("))
        role = self.fields.key(head[cut + 1 : -1].strip())
        if role is not None and cut > 0:
            self._stretch(begin, begin + cut)
        return role

    def _stretch(self, start: int, end: int) -> None:
        """Take a stretch of text: one field, several, or a note."""
        start, end = self.line.trimmed(start, end, " ,;|.·:&")
        if start >= end:
            return
        words = self.text[start:end]
        if words in LEADS_TO_VENUE or not has_words(words):
            self._only_marks(start, end)
            return
        if "://" in words:
            self.addresses(start, end)
            ends = [place for match in URL.finditer(self.text, start, end) for place in match.span()]
            for cut in pairwise([start, *ends, end]) if ends else ():
                if not URL.match(self.text, cut[0]):
                    self._stretch(*cut)
            return
        draft, line = self.draft, self.line
        if YEAR.fullmatch(self.text, start, end) and add_year_behind(
            draft, line, start, int(self.text[start:end])
        ):
            return
        if draft.add_venue(line, start, end) or draft.add_date(line, start, end):
            return
        if draft.add_people(line, start, end) or draft.add_place(line, start, end):
            return
        if add_one_author(draft, line, start, end):
            return
        self.read_parts(self.parts(start, end))

    def _only_marks(self, start: int, end: int) -> None:
        words = self.text[start:end]
        if words not in LEADS_TO_VENUE and words.strip(" *_`'\"()[]{}<>+-=~^\\"):
            self.draft.marks.append(self.line.piece(start, end))

    def addresses(self, start: int, end: int, role: str | None = None) -> None:
        """Take bare web addresses in text as links."""
        for match in URL.finditer(self.text, start, end):
            first, last = match.span()
            while last > first and self.text[last - 1] in TRAILING:
                last -= 1
            url = self.text[first:last]
            span = self.line.span(first, last)
            self.draft.links.append(Link(ROLES[self.draft.role_of(url, "", role)], url, "", span, span))
