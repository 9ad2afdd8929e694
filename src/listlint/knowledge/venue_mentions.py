"""Venues as texts name them: the parser over spellings, years, tracks and notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.knowledge import venue_grammar as grammar
from listlint.knowledge.venue_forms import tokens_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from listlint.knowledge.venue_forms import Forms, Hit, Token
    from listlint.knowledge.venue_rows import Venue

__all__ = ["VenueMention", "in_prose", "read_whole"]

LONGEST = 200
OPENING = "[({（【「\"'`“‘*_ \t\r\n\u00a0"
CLOSING = "])}）】」\"'`”’*_ \t\r\n\u00a0.,;:!🏆⭐🔥🌟✨🎉\ufe0f"
# What a venue's year may be followed by in its own field without making the field something else.
LOOSE, REST = " \t\n,;:([（|", 60


WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f_]")
EDGE = ("", *",;|.()[]:")


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
    tokens = tokens_of(text)
    while start < end:
        lead = grammar.read_lead(text, start, end)
        hit = _hit_after(text, tokens, lead, start, forms)
        if hit is None:
            found += _unknown(text, start, end, sure=sure)
            break
        mention = _mention(text, hit, venue_of(hit.form.row), forms, lead)
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
    return found


def in_prose(text: str, forms: Forms, venue_of: Callable[[int], Venue]) -> list[VenueMention]:
    """The known venues that running text names."""
    tokens = tokens_of(text)
    found: list[VenueMention] = []
    position = 0
    while position < len(tokens):
        hit = forms.hit(text, tokens, position)
        if hit is None:
            position += 1
            continue
        position = hit.last + 1
        mention = _mention(text, hit, venue_of(hit.form.row), forms, _lead_before(text, hit))
        if _stands_alone(text, hit, mention) and _is_meant(text, hit, mention):
            doubtful = grammar.is_doubtful(text[: mention.start])
            found.append(mention._replace(doubtful=mention.doubtful or doubtful))
            while position < len(tokens) and tokens[position].start < mention.end:
                position += 1
    return found


def _stripped(text: str) -> tuple[int, int]:
    """Where a text starts and ends within its brackets, quotes and full stops."""
    start, end = 0, len(text)
    while start < end and text[start] in OPENING:
        start += 1
    while end > start and text[end - 1] in CLOSING:
        end -= 1
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


def _lead_before(text: str, hit: Hit) -> grammar.Lead:
    """What stands right before a full name in running text and belongs to it: `2023 IEEE/CVF`, `29th ACM`."""
    if not hit.form.spelt_out:
        words = "Findings of "
        return grammar.Lead(
            hit.start, hit.start, findings=hit.start - len(words) if text[: hit.start].endswith(words) else -1
        )
    start = max(0, hit.start - 40)
    while start < hit.start:
        if start == 0 or not text[start - 1].isalnum():
            lead = grammar.read_lead(text, start, hit.start)
            if lead.end == hit.start:
                return lead
        start += 1
    return grammar.Lead(hit.start, hit.start)


class _Head(NamedTuple):
    """A name with the words up to its year."""

    end: int
    base: str
    name: str
    track: str | None = None


def _mention(text: str, hit: Hit, venue: Venue, forms: Forms, lead: grammar.Lead) -> VenueMention:
    start, words, month, tail = (min(lead.own, hit.start) if hit.form.spelt_out else hit.start), "", "", ""
    short = _short_in_brackets(text, hit, forms) or _dated_identifier(text, hit, venue)
    head = _head(text, hit.end, venue)
    end, name = (short[1] if short else head.end), head.name
    found = None if short or _is_identified(text, head.end, venue) else grammar.read_year(text, head.end)
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
        fixed=short is not None or (hit.form.spelt_out and lead.formal),
    )


def _head(text: str, end: int, venue: Venue) -> _Head:
    """The name with a track (`EMNLP Findings`) or a note (`CVPR Oral`) that stands before the year."""
    if (track := grammar.read_track(text, end)) is not None and venue.kind != "preprint":
        return _Head(
            track.end, venue.name + text[end : track.end], f"{venue.name} {_track_name(track.words)}"
        )
    note = grammar.read_note(text, end)
    if note is not None and text[end] == " ":
        after = end + 1 + len(note.words)
        year = grammar.read_year(text, after)
        if text[end + 1 : after] == note.words and year is not None and year.marked:
            kept = None if venue.kind == "preprint" else note.words
            return _Head(after, f"{venue.name} {note.words}", venue.name, kept)
    return _Head(end, venue.name, venue.name)


def _is_identified(text: str, end: int, venue: Venue) -> bool:
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
    return text[hit.start : hit.end] in hit.form.writings and (
        sure or (mention.year is not None and _marked(text, hit))
    )


def _marked(text: str, hit: Hit) -> bool:
    year = grammar.read_year(text, hit.end)
    return year is None or year.marked or year.glued


def _unknown(text: str, start: int, end: int, *, sure: bool) -> list[VenueMention]:
    unknown = grammar.unknown_mention(text[start:end], sure=sure)
    if unknown is None:
        return []
    name, year, kind = unknown
    return [VenueMention(start, end, text[start:end], name, year, None, kind, known=False)]


def _stands_alone(text: str, hit: Hit, mention: VenueMention) -> bool:
    """Whether a name in running text is no part of a word, a path, an address or a longer name."""
    before, after = text[: mention.start][-1:], text[mention.end : mention.end + 2]
    if before and (WORD.match(before) or before in "@-./\\#&+"):
        return False
    if WORD.match(after) or (
        after[:1] in tuple("-_/.@&+") and after[1:].isalnum() and not after[1:].isupper()
    ):
        return False
    return not (hit.form.spelt_out and grammar.goes_on(text, mention.start, hit.end))


def _is_meant(text: str, hit: Hit, mention: VenueMention) -> bool:
    """Whether a name in running text is meant as a venue: by its year, its brackets or the words before it."""
    before, after = text[: mention.start], text[mention.end :]
    bracketed = before[-1:] in ("(", "[") and after[:1] in (")", "]")
    led = bracketed or grammar.is_accepted(before)
    if hit.form.common:
        if text[hit.start : hit.end] not in hit.form.writings or mention.year is None:
            return False
        acronym = hit.form.written.isupper() and len(hit.form.written) > 2  # noqa: PLR2004 - `PR 2021` may be a pull request
        apart = before.rstrip()[-1:] in EDGE and after.lstrip()[:1] in EDGE
        sponsored = grammar.is_sponsored(before)
        return _marked(text, hit) and (
            acronym or led or apart or sponsored or "'" in mention.text or "’" in mention.text
        )
    if mention.year is not None:
        return _marked(text, hit) or led or after[:1] in ("", ")", "]", ",", ";", "|", ".")
    return led or _is_identified(text, hit.end, mention.venue) if mention.venue else led
