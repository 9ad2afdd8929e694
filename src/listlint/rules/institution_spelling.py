"""`institution-spelling`: places are spelt as they spell themselves."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.papers.model import Entry
from listlint.rule import Option, rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.institutions import Institutions
    from listlint.options import Settings
    from listlint.papers.model import PaperList

__all__ = ["institution_spelling"]

_FORM = Option(
    "institution-form",
    str,
    "keep",
    "write places by their `short` or their `full` names, or `keep` what is there",
    ("keep", "short", "full"),
)


@rule("INS001", "institution-spelling", on=Entry, of="institutions", options=(_FORM,))
def institution_spelling(
    entry: Entry, papers: PaperList, places: Institutions, settings: Settings
) -> Iterator[Finding]:
    """A place is spelt as it spells itself, so that its papers are found together."""
    form = str(settings["institution-form"])
    for piece in entry.institutions:
        slips = _slips(piece.text, places, form)
        if not slips or papers.source[piece.span] != piece.text:
            continue
        for start, end, written, right in slips:
            span = Span(piece.span.start + start, piece.span.start + end)
            # a name with a comma in it may be read in pieces, of which the first is a name as well
            whole = papers.source.text.startswith(right, span.start)
            handle = papers.source.text.startswith("@", span.start - 1) and written.islower()
            if not whole and not handle:
                yield _finding(span, written, right)


@lru_cache(maxsize=4096)
def _slips(text: str, places: Institutions, form: str) -> tuple[tuple[int, int, str, str], ...]:
    """The places in a piece that are written otherwise: where they stand, what is there and what should be.

    All of it is one where it is read as none.
    """
    spans = [(one.start, one.end) for one in places.read(text)] or [(0, len(text))]
    slips = [(start, end, text[start:end], _right(text[start:end], places, form)) for start, end in spans]
    return tuple((start, end, old, new) for start, end, old, new in slips if new is not None and new != old)


def _right(written: str, places: Institutions, form: str) -> str | None:
    """How a place is to be written, as far as that is known."""
    spelling = places.nearest(written)
    known = places.find(spelling.text if spelling else written)
    if known is not None and form != "keep":
        return known.write(spelling.text if spelling else written, form)
    return spelling.text if spelling else None


def _finding(span: Span, written: str, right: str) -> Finding:
    return Finding(
        span,
        f'place "{written}" is written "{right}"',
        fix=Fix(
            (Edit(span, right),),
            f'write "{right}"',
            effect=Effect(frozenset({"institutions", "links", "notes"})),
        ),
    )
