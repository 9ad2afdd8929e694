"""The venues that running text names, where most words are not venues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.knowledge import venue_grammar as grammar
from listlint.knowledge.venue_forms import tokens_of
from listlint.knowledge.venue_mentions import is_identified, is_marked, mention_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from listlint.knowledge.venue_forms import Forms, Hit
    from listlint.knowledge.venue_mentions import VenueMention
    from listlint.knowledge.venue_rows import Venue

__all__ = ["in_prose"]

WORD = expression(r"[0-9A-Za-z\u00c0-\u024f_]")
EDGE = ("", *",;|.()[]:")


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
        mention = mention_of(text, hit, venue_of(hit.form.row), forms, _lead_before(text, hit))
        if _stands_alone(text, hit, mention) and _is_meant(text, hit, mention):
            doubtful = grammar.is_doubtful(text[max(0, mention.start - 60) : mention.start])
            found.append(mention._replace(doubtful=True) if doubtful else mention)
            while position < len(tokens) and tokens[position].start < mention.end:
                position += 1
    return found


def _lead_before(text: str, hit: Hit) -> grammar.Lead:
    """What stands right before a full name in running text and belongs to it: `2023 IEEE/CVF`, `29th ACM`."""
    if not hit.form.spelt_out:
        words = "Findings of "
        return grammar.Lead(
            hit.start,
            hit.start,
            findings=hit.start - len(words) if text.endswith(words, 0, hit.start) else -1,
        )
    start = max(0, hit.start - 40)
    while start < hit.start:
        if start == 0 or not text[start - 1].isalnum():
            lead = grammar.read_lead(text, start, hit.start)
            if lead.end == hit.start:
                return lead
        start += 1
    return grammar.Lead(hit.start, hit.start)


def _stands_alone(text: str, hit: Hit, mention: VenueMention) -> bool:
    """Whether a name in running text is no part of a word, a path, an address or a longer name."""
    before, after = text[max(0, mention.start - 1) : mention.start], text[mention.end : mention.end + 2]
    if before and (WORD.match(before) or before in "@-./\\#&+"):
        return False
    if WORD.match(after) or (
        after[:1] in tuple("-_/.@&+") and after[1:].isalnum() and not after[1:].isupper()
    ):
        return False
    return not (hit.form.spelt_out and grammar.goes_on(text, mention.start, hit.end))


def _is_meant(text: str, hit: Hit, mention: VenueMention) -> bool:
    """Whether a name in running text is meant as a venue: by its year, its brackets or the words before it."""
    before, after = text[max(0, mention.start - 60) : mention.start], text[mention.end : mention.end + 3]
    if not hit.form.common and mention.year is not None and is_marked(text, hit):
        return True
    bracketed = before[-1:] in ("(", "[") and after[:1] in (")", "]")
    led = bracketed or grammar.is_accepted(before) or (hit.form.common and grammar.is_sponsored(before))
    if hit.form.common:
        if text[hit.start : hit.end] not in hit.form.writings or mention.year is None:
            return False
        acronym = hit.form.written.isupper() and len(hit.form.written) > 2  # noqa: PLR2004 - `PR 2021` may be a pull request
        apart = before.rstrip()[-1:] in EDGE and after.lstrip()[:1] in EDGE
        quoted = any(quote in mention.text for quote in "'’")
        return is_marked(text, hit) and (acronym or led or apart or quoted)
    if mention.year is not None:
        return led or after[:1] in ("", ")", "]", ",", ";", "|", ".")
    return led or (mention.venue is not None and is_identified(text, hit.end, mention.venue))
