"""Venues: where papers appear, how lists write them, and how they should."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.knowledge import venue_grammar as grammar
from listlint.knowledge.rulebook import load
from listlint.knowledge.venue_forms import Forms, Hit, Token, tokens_of
from listlint.knowledge.venue_rows import Venue, check_row, venue_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["Venue", "VenueMention", "Venues"]

LONGEST = 200
OPENING, CLOSING = "[({（【「\"'`“‘*_ \t\n\u00a0", "])}）】」\"'`”’*_ \t\n\u00a0.,;:!🏆⭐🔥🌟✨🎉\ufe0f"
BETWEEN = re.compile(r"\s*(?:[&,;/+|、，]|\band\b)\s*")
GOES_ON = re.compile(r"\s(?:(?:and|of|for|in|on|with|&)\s)?\s?[A-Z][a-z]")
GOES_BEFORE = re.compile(r"[A-Za-z][a-z]+\s$")


class VenueMention(NamedTuple):
    """A venue as a text names it.

    `text` is `source[start:end]`: the name, its track and its year, without brackets around them and without notes
    such as `Oral`. `name` is canonical, with track or workshop words (`EMNLP Findings`). `year` has four digits.
    `kind` is `conference`, `journal`, `workshop`, `preprint` or `other` (unknown). `track` is the note on the paper's
    standing (`Oral`, `Best Paper`). `doubtful` mentions are no acceptance ("in review of …").
    `lead`, `month` and `tail` are the words of the span around name and year, which writing keeps.
    """

    start: int
    end: int
    text: str
    name: str
    year: int | None
    venue: Venue | None
    kind: str
    track: str | None = None
    known: bool = True
    doubtful: bool = False
    base: str = ""
    lead: str = ""
    month: str = ""
    tail: str = ""
    fixed: bool = False


class Venues:
    """What is known of venues. Made by `load`; cheap to make, and nothing is built before it is asked for."""

    def __init__(self, rows: Sequence[Mapping[str, object]]) -> None:
        self._rows = rows
        self._forms = Forms(rows)
        self._made: dict[int, Venue] = {}

    @classmethod
    def load(cls, extra: Sequence[Mapping[str, object]] = ()) -> Venues:
        """The rulebook's venues and a user's rows; a user's row replaces the rulebook's row of the same name.

        Raises KnowledgeError, with the row's number among `extra`, where a row is wrong.
        """
        rows: list[Mapping[str, object]] = load("venues")
        if extra:
            for number, row in enumerate(extra):
                check_row(row, number)
            names = {row["name"] for row in extra}
            rows = [*extra, *(row for row in rows if row["name"] not in names)]
        return cls(rows)

    def find(self, name: str) -> Venue | None:
        """The venue whose name, full name or alias this is, whatever its case, dots, hyphens and spaces."""
        row = self._forms.row_of(name)
        return None if row is None else self._venue(row)

    def read(self, text: str, *, sure: bool = False) -> VenueMention | None:
        """The (first) venue of a text that is nothing but a venue: a cell, a bracket's content, a tag.

        Names that are words of their own (`SC`, `FAST`) need a year, and unknown names a year and the shape of a
        short name, unless the place is `sure` to hold venues (a column called so).
        """
        found = self.read_all(text, sure=sure)
        return found[0] if found else None

    def read_all(self, text: str, *, sure: bool = False) -> list[VenueMention]:
        """All venues of a text that is nothing but venues; empty where it is anything else."""
        if len(text) > LONGEST:
            return []
        start, end = _stripped(text)
        if start >= end:
            return []
        if self._forms.may_hold(text) and (found := self._read_known(text, start, end, sure=sure)):
            return found
        unknown = grammar.unknown_mention(text[start:end], sure=sure)
        if unknown is None:
            return []
        name, year = unknown
        return [VenueMention(start, end, text[start:end], name, year, None, "other", known=False)]

    def mentions(self, text: str) -> list[VenueMention]:
        """The known venues that running text names, in order; with care, since most words are not venues."""
        if not self._forms.may_hold(text):
            return []
        tokens = tokens_of(text)
        found: list[VenueMention] = []
        position = 0
        while position < len(tokens):
            hit = self._forms.hit(text, tokens, position)
            if hit is None:
                position += 1
                continue
            mention = self._in_prose(text, hit)
            position = hit.last + 1
            if mention is not None:
                found.append(mention)
                while position < len(tokens) and tokens[position].start < mention.end:
                    position += 1
        return found

    def nearest(self, text: str) -> tuple[Venue, float] | None:
        """The one venue whose name `text` most likely misspells, and how alike they are (0 to 1)."""
        from listlint.knowledge.venue_nearest import nearest

        found = nearest(text, self._forms)
        return None if found is None else (self._venue(found[0]), found[1])

    def write(self, mention: VenueMention, style: str = "{name} {year}") -> str:
        """The mention in canonical form; what has none, or no place for a part, comes back as written."""
        if mention.fixed or mention.venue is None:
            return mention.text
        if mention.year is None or ("{year}" not in style and "{yy}" not in style):
            written = mention.base
        else:
            written = style.format(name=mention.base, year=mention.year, yy=f"{mention.year % 100:02}")
        month = f" ({mention.month})" if mention.month else ""
        return f"{mention.lead}{written}{mention.tail}{month}"

    def _venue(self, row: int) -> Venue:
        if row not in self._made:
            self._made[row] = venue_of(self._rows[row])
        return self._made[row]

    def _read_known(self, text: str, start: int, end: int, *, sure: bool) -> list[VenueMention]:
        found: list[VenueMention] = []
        tokens = tokens_of(text)
        while start < end:
            lead = grammar.LEAD.match(text, start, end)
            at = lead.end() if lead else start
            position = next((i for i, token in enumerate(tokens) if token.start >= at), None)
            if position is None or tokens[position].start > at + 1:
                break
            hit = self._hit_near(text, tokens, position, start)
            if hit is None:
                break
            mention = self._mention(text, hit, lead if lead and lead.end() <= hit.start else None)
            if hit.form.common and not _plain(text, hit, mention, sure=sure):
                break
            found.append(mention)
            after = mention.end
            while note := grammar.read_note(text, after):
                after = note.end
            if not text[after:end].strip(CLOSING):
                return found
            joint = BETWEEN.match(text, after)
            if joint is None:
                return found if mention.year is not None and not text[after].isalnum() and len(text) - after < 60 else []
            start = joint.end()
        return found if found and (len(found) == 1 and found[0].year is not None) or found else []

    def _hit_near(self, text: str, tokens: Sequence[Token], position: int, start: int) -> Hit | None:
        """The spelling at `position`, or at a sponsor's name right before it (`USENIX ATC`)."""
        for earlier in range(max(0, position - 3), position + 1):
            if tokens[earlier].start >= start:
                hit = self._forms.hit(text, tokens, earlier)
                if hit is not None and hit.last >= position:
                    return hit
        return None

    def _in_prose(self, text: str, hit: Hit) -> VenueMention | None:
        before, after = text[hit.start - 1 : hit.start], text[hit.end : hit.end + 1]
        if before and (before.isalnum() or before in "_@-./\\#"):
            return None
        mention = self._mention(text, hit, None)
        rest = text[mention.end : mention.end + 2]
        if rest[:1] in ("-", "_", "/", ".", "@") and rest[1:].isalnum() and not rest[1:].isupper():
            return None
        if hit.spelt_out:
            if mention.year is None and (GOES_ON.match(text, mention.end) or GOES_BEFORE.search(text[: hit.start][-30:])):
                return None
            return mention
        accepted, doubtful = grammar.leads_to(text, mention.start)
        bracketed = before in ("(", "[") and text[mention.end : mention.end + 1] in (")", "]")
        marked = mention.year is not None and _year_is_plain(text, hit)
        if hit.form.common:
            good = text[hit.start : hit.end] == hit.form.written and (marked or (mention.year is not None and bracketed))
        else:
            good = mention.year is not None or bracketed or (accepted and after not in ("-",))
        if mention.kind == "preprint":
            good = good or (after in (" ", ":") and grammar.YEAR.match(text, hit.end) is None and text[hit.end + 1 : hit.end + 5].isdigit())
        return mention._replace(doubtful=doubtful) if good else None

    def _mention(self, text: str, hit: Hit, lead: re.Match[str] | None) -> VenueMention:
        venue = self._venue(hit.form.row)
        start, end, base, name, tail, month = hit.start, hit.end, venue.name, venue.name, "", ""
        kind, track, year = venue.kind, None, None
        if venue.kind == "preprint" and (matched := re.compile(r" ?pre-?prints?\b", re.IGNORECASE).match(text, end)):
            if (year_found := grammar.read_year(text, matched.end())) and year_found.marked:
                base, end = base + matched[0], matched.end()
        if before := grammar.read_track(text, end):
            if grammar.read_year(text, before.end) or hit.spelt_out is False:
                base, name, end = base + text[end : before.end], f"{name} {before.words}", before.end
                kind = "workshop" if _is_workshop(before.words) else kind
        elif (note := grammar.read_note(text, end)) and (found := grammar.read_year(text, note.end)) and found.marked:
            base, track, end = base + " " + note.words, note.words, note.end
        if (found := grammar.read_year(text, end)) is not None:
            year, end, month = found.year, found.end, found.month
            if after := grammar.read_track(text, end):
                tail, name, end = text[end : after.end], f"{name} {after.words}", after.end
                kind = "workshop" if _is_workshop(after.words) else kind
        words = ""
        if lead is not None and year is None and lead["year"]:
            year, start = int(lead["year"][:4]), lead.start("year")
        if lead is not None and lead["findings"]:
            words, name, start = lead["findings"], f"{name} Findings", lead.start("findings")
        if track is None and (note := grammar.read_note(text, end)):
            track = note.words
        return VenueMention(start, end, text[start:end], name, year, venue, kind, track, True, False, base, words, month, tail)


def _is_workshop(words: str) -> bool:
    return words.upper() == "WS" or "workshop" in words.lower()


def _year_is_plain(text: str, hit: Hit) -> bool:
    year = grammar.read_year(text, hit.end)
    return year is None or year.marked or year.glued


def _plain(text: str, hit: Hit, mention: VenueMention, *, sure: bool) -> bool:
    return text[hit.start : hit.end] == hit.form.written and (sure or (mention.year is not None and _year_is_plain(text, hit)))


def _stripped(text: str) -> tuple[int, int]:
    start, end = 0, len(text)
    while start < end and text[start] in OPENING:
        start += 1
    while end > start and text[end - 1] in CLOSING:
        end -= 1
    if text[start:end].count("(") > text[start:end].count(")") and text[end : end + 1] == ")":
        end += 1
    return start, end
