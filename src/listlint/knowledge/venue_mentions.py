"""Venues as texts name them: the parser over spellings, years, tracks and notes, and texts that are all venue."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listlint.knowledge import venue_grammar as grammar
from listlint.knowledge.venue_forms import tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from listlint.knowledge.venue_forms import Forms, Hit, Token
    from listlint.knowledge.venue_rows import Venue

__all__ = ["VenueMention", "is_identified", "is_marked", "mention_of", "read_whole"]

LONGEST = 200
OPENING = "[({（【「\"'`“‘*_ \t\r\n\u00a0"
CLOSING = "])}）】」\"'`”’*_ \t\r\n\u00a0.,;:!🏆⭐🔥🌟✨🎉\ufe0f"
# What a venue's year may be followed by in its own field without making the field something else.
LONG_NAME = 3
LOOSE, REST = " \t\n,;:([（|", 60


class VenueMention(NamedTuple):
    """A venue as a text names it.

    `text` is the text from `start` to `end`: name, track and year, without brackets around them and without notes
    such as `Oral`. `name` is canonical, with track or workshop words (`EMNLP Findings`). `year` has four digits.
    `kind` is `conference`, `journal`, `workshop`, `preprint` or `other` (unknown). `track` is the note on the paper's
    standing (`Oral`, `Best Paper`). A `doubtful` mention is no acceptance ("in review of …").
    For writing: `base` is the canonical name with what stands before the year; `lead`, `month` and `tail` are the
    words around the two; a `fixed` mention (a citation's full name) is written as it is.
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


def read_whole(
    text: str, forms: Forms, venue_of: Callable[[int], Venue], *, sure: bool
) -> list[VenueMention]:
    """The venues of a text that is nothing but venues."""
    start, end = _stripped(text)
    if start >= end or len(text) > LONGEST:
        return []
    found: list[VenueMention] = []
    lead = grammar.read_lead(text, start, end)
    if lead.end == start and not forms.may_start(text, start):
        return _unknown(
            text, start, end, forms, sure=sure
        )  # as most titles: no need to look at all of their words
    tokens = tokens_of(text)
    while start < end:
        hit = _hit_after(text, tokens, lead, start, forms)
        if hit is None or _is_longer(text, hit):
            found += _unknown(text, start, end, forms, sure=sure)
            break
        mention = mention_of(text, hit, venue_of(hit.form.row), forms, lead)
        if hit.form.common and not _is_plain(text, hit, mention, sure=sure):
            break
        found.append(mention)
        after = _after_notes(text, mention)
        if not text[after:end].strip(CLOSING):
            break
        joint = grammar.read_joint(text, after)
        if joint is None:
            loose = mention.year is not None and text[after] in LOOSE and end - after < REST
            return found if loose or len(found) > 1 else []
        start = joint
        lead = grammar.read_lead(text, start, end)
    return found


def _is_longer(text: str, hit: Hit) -> bool:
    """Whether a full name is the beginning of another one: `Transactions on Robotics and Automation`."""
    if not hit.form.spelt_out or grammar.read_track(text, hit.end) or grammar.read_note(text, hit.end):
        return False
    return grammar.goes_on(text, 0, hit.end)


def _stripped(text: str) -> tuple[int, int]:
    """Where a text starts and ends within its brackets, quotes and full stops."""
    if text[:1].isalnum() and text[-1].isalnum():
        return 0, len(text)
    start = len(text) - len(text.lstrip(OPENING))
    end = max(start, len(text.rstrip(CLOSING)))
    inner = text[start:end]
    if inner.count("(") > inner.count(")") and text[end : end + 1] == ")":
        end += 1
    return start, end


def _hit_after(
    text: str, tokens: Sequence[Token], lead: grammar.Lead, start: int, forms: Forms
) -> Hit | None:
    """The spelling that the lead leads to; what looked like a lead may be its first word (`USENIX ATC`)."""
    best: Hit | None = None
    for position, token in enumerate(tokens):
        if token.start > lead.end:
            break
        if token.start >= start:
            hit = forms.hit(text, tokens, position)
            if hit is not None and (best is None or hit.end > best.end):
                best = hit
    return best


class _Head(NamedTuple):
    """A name with the words up to its year."""

    end: int
    base: str
    name: str
    track: str | None = None


def mention_of(text: str, hit: Hit, venue: Venue, forms: Forms, lead: grammar.Lead) -> VenueMention:
    """The mention whose name is `hit`, with the year, track and note that stand around it."""
    start, words, month, tail = (min(lead.own, hit.start) if hit.form.spelt_out else hit.start), "", "", ""
    short = (
        _short_in_brackets(text, hit, forms)
        or _dated_identifier(text, hit, venue)
        or _volume(text, hit, venue)
    )
    head = _head(text, hit.end, venue, _short_name(hit, venue))
    end, name = (short[1] if short else head.end), head.name
    found = None if short or is_identified(text, head.end, venue) else _year(text, head.end, venue)
    year = short[0] if short else found.year if found else None
    if found is not None:
        end, month = found.end, found.month
        if name == venue.name and (after := grammar.read_track(text, end)):
            tail, name, end = text[end : after.end], f"{name} {_track_name(after.words)}", after.end
    if year is None and lead.year >= 0:
        year, start = int(text[lead.year : lead.year + 4]), min(start, lead.year)
    if lead.findings >= 0:
        words, name, start = text[lead.findings : hit.start], f"{name} Findings", lead.findings
    note = None if head.track else grammar.read_note(text, end)
    if venue.parent and name == venue.name:
        name = _parent_name(venue)
    return VenueMention(
        start,
        end,
        text[start:end],
        name,
        year,
        venue,
        "workshop" if name.endswith("Workshop") and name != venue.name else venue.kind,
        track=head.track or (note.words if note else None),
        doubtful=lead.doubtful,
        base=head.base,
        lead=words,
        month=month,
        tail=tail,
        fixed=short is not None
        or (hit.form.spelt_out and lead.formal)
        or (lead.findings >= 0 and lead.year >= 0),
    )


def _parent_name(venue: Venue) -> str:
    """The name of what a venue is a part of: `arXiv` for `CoRR`, `CVPR Workshop` for `CVPRW`."""
    if venue.kind == "preprint":
        return venue.parent
    return f"{venue.parent} Workshop" if venue.name == f"{venue.parent}W" else venue.name


def _year(text: str, end: int, venue: Venue) -> grammar.Year | None:
    """The year after a name; ` 21` after a journal is its volume, and after some conferences the edition."""
    year = grammar.read_year(text, end)
    bare = year is not None and not year.marked and not year.glued
    return None if bare and (venue.kind == "journal" or venue.numbered) else year


def _volume(text: str, hit: Hit, venue: Venue) -> tuple[int | None, int] | None:
    """The year and the end of ` 25(3), 2006` after a journal's name."""
    year = grammar.read_volume(text, hit.end) if venue.kind == "journal" else None
    return (year.year, year.end) if year else None


def _short_name(hit: Hit, venue: Venue) -> str:
    """The name to write: canonical, but an acronym is never blown up into the words of a long name."""
    written, words = hit.form.written, venue.name.split()
    spelt_out = len(words) > LONG_NAME or (len(words) > 1 and not any(map(str.isupper, words)))
    return written if spelt_out and written.isupper() and written.isalpha() else venue.name


def _head(text: str, end: int, venue: Venue, written: str) -> _Head:
    """The name with a track (`EMNLP Findings`) or a note (`CVPR Oral`) that stands before the year."""
    if (track := grammar.read_track(text, end)) is not None and venue.kind != "preprint":
        name = f"{venue.name} {_track_name(track.words)}"
        return _Head(track.end, written + text[end : track.end], name)
    note = grammar.read_note(text, end)
    if note is not None and text[end] == " ":
        after = end + 1 + len(note.words)
        year = grammar.read_year(text, after)
        if text[end + 1 : after] == note.words and year is not None and year.marked:
            kept = None if venue.kind == "preprint" else note.words
            return _Head(after, f"{written} {note.words}", venue.name, kept)
    return _Head(end, written, venue.name)


def is_identified(text: str, end: int, venue: Venue) -> bool:
    """Whether a preprint server's name is followed by one of its identifiers."""
    return venue.kind == "preprint" and grammar.read_identifier(text, end) is not None


def _dated_identifier(text: str, hit: Hit, venue: Venue) -> tuple[int | None, int] | None:
    """The year and the end of ` preprint arXiv:2502.11101 (2025)`."""
    identifier = grammar.read_identifier(text, hit.end) if venue.kind == "preprint" else None
    year = grammar.read_year(text, identifier) if identifier else None
    return (year.year, year.end) if year and year.marked else None


def _short_in_brackets(text: str, hit: Hit, forms: Forms) -> tuple[int | None, int] | None:
    """The year and the end of ` (OSDI 22)` after the same venue's full name."""
    if not hit.form.spelt_out or text[hit.end : hit.end + 2].lstrip()[:1] not in ("(", "["):
        return None
    tokens = tokens_of(text[hit.end : hit.end + 40])
    short = forms.hit(text[hit.end : hit.end + 40], tokens, 0) if tokens else None
    if short is None or short.form.row != hit.form.row:
        return None
    year = grammar.read_year(text, hit.end + short.end)
    end = year.end if year else hit.end + short.end
    return (year.year if year else None, end + 1) if text[end : end + 1] in (")", "]") else None


def _track_name(words: str) -> str:
    """A track's words as names have them: `datasets & benchmarks track` is `Datasets and Benchmarks`."""
    folded = words.lower().removesuffix(" track")
    if folded.startswith("d") and ("bench" in folded or folded.replace(" ", "") == "d&b"):
        return "Datasets and Benchmarks"
    if folded == "ws" or folded.endswith("workshops"):
        return "Workshop" if folded in ("ws", "workshops") else words[:-1]
    return words[0].upper() + words[1:]


def _after_notes(text: str, mention: VenueMention) -> int:
    """Where the notes, the identifier and the month that may follow a venue end."""
    end = mention.end
    if mention.kind == "preprint" and (identifier := grammar.read_identifier(text, end)):
        end = identifier
    if mention.year is not None:
        end = grammar.read_numbered_month(text, end)
    while note := grammar.read_note(text, end):
        end = note.end
    return end


def _is_plain(text: str, hit: Hit, mention: VenueMention, *, sure: bool) -> bool:
    """Whether a name that also means other things is meant: written so, and beside a year."""
    if text[hit.start : hit.end] not in hit.form.writings:
        return False
    return (
        sure or grammar.is_sponsored(text[: hit.start]) or (mention.year is not None and is_marked(text, hit))
    )


def is_marked(text: str, hit: Hit) -> bool:
    """Whether the year after a name, if there is one, can be nothing else than a year."""
    year = grammar.read_year(text, hit.end)
    return year is None or year.marked or year.glued


def _unknown(text: str, start: int, end: int, forms: Forms, *, sure: bool) -> list[VenueMention]:
    """What has the shape of a venue that nobody knows, or is a known one's misspelling beside a year."""
    if not sure and not grammar.may_be_unknown(text):
        return []
    from listlint.knowledge.venue_nearest import nearest

    unknown = grammar.unknown_mention(text[start:end], sure=sure)
    if unknown is None:
        dated = grammar.dated_word(text[start:end])
        if dated is None or nearest(dated[0], forms) is None:
            return []
        unknown = (*dated, "other")
    name, year, kind = unknown
    return [VenueMention(start, end, text[start:end], name, year, None, kind, known=False)]
