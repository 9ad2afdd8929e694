"""`heading-space`: headings without a blank behind their signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix
from listlint.markdown.heading_signs import unread_headings
from listlint.papers.model import PaperList
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["heading_space"]

# The heading takes back what the section, or the entry, before it has swallowed, and names what was nameless.
_FIELDS = frozenset({"section"})


@rule("ENT011", "heading-space", on=PaperList)
def heading_space(papers: PaperList) -> Iterator[Finding]:
    """A blank stands between a heading's signs and its words, or it is no heading."""
    for heading in unread_headings(papers.tree):
        signs = "#" * heading.level
        message = f'"{signs}{heading.text}" is no heading without a blank: "{signs} {heading.text}"'
        span = Span(heading.signs.start, heading.signs.end + len(heading.text))
        if not heading.sure:
            yield Finding(span, f"{message}; or it is a tag")
            continue
        end = heading.signs.end
        below = papers.source.text.count("\n", end) + 1
        effect = Effect(_FIELDS, reveals=below, repair=True)
        yield Finding(
            span,
            message,
            fix=Fix((Edit(Span(end, end), " "),), f'write "{signs} {heading.text}"', effect=effect),
        )
