"""`entry-form`: what stands between the fields of an entry, and in which order they come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.papers.model import PaperList
from listlint.rule import Option, rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.options import Settings
    from listlint.papers.forms import Form

__all__ = ["entry_form"]

_SEPARATOR = Option("separator", str, "", "what stands between fields; empty for what the list mostly does")
_ORDER = Option(
    "order",
    str,
    "",
    "which of both comes first; empty for what the list mostly does",
    ("", "venue-first", "institutions-first"),
)
_BOTH = 3  # parts of an entry that has a title, a venue and a place


@rule("ENT004", "entry-form", on=PaperList, default=False, options=(_SEPARATOR, _ORDER))
def entry_form(papers: PaperList, settings: Settings) -> Iterator[Finding]:
    """The entries of a list have their venue and their places in the same order, and the same sign before each."""
    from listlint.papers.forms import between, form_of, usual

    forms = [form for entry in papers.entries if (form := form_of(papers, entry)) is not None]
    order = settings["order"].removesuffix("-first") or usual(
        form.kinds[1] for form in forms if len(form.parts) == _BOTH
    )
    gaps = [one for form in forms for one in between(papers.source, form)]
    for form in forms:
        if len(form.parts) == _BOTH and order is not None and form.kinds[1] != order:
            yield _swapped(papers, form)
    for place in ("title", "fields"):
        spans = [span for kind, span in gaps if kind == place]
        right = settings["separator"] or usual(papers.source[span] for span in spans)
        for span in spans:
            if right is not None and (text := papers.source[span]) != right:
                fix = Fix((Edit(span, right),), f'write "{right}"', effect=Effect())
                yield Finding(span, f'"{text}" between fields is written "{right}" in this list', fix=fix)


def _swapped(papers: PaperList, form: Form) -> Finding:
    _, first, second = form.parts
    one, two = papers.source[first.span], papers.source[second.span]
    fix = Fix(
        (Edit(first.span, two), Edit(second.span, one)), f'write "{two}" before "{one}"', effect=Effect()
    )
    place = Span(first.span.start, second.span.end)
    return Finding(
        place, f'the {second.kind} "{two}" stands before the {first.kind} "{one}" in this list', fix=fix
    )
