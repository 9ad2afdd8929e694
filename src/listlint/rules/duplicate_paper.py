"""`duplicate-paper`: one paper twice in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.findings import Finding, Related, Severity
from listlint.papers.model import Collection
from listlint.papers.related_titles import is_name, is_whole
from listlint.papers.same_paper import same_papers
from listlint.rule import rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listlint.knowledge.hosts import Hosts
    from listlint.papers.listed import Listed

__all__ = ["duplicate_paper"]


@rule("DUP001", "duplicate-paper", on=Collection)
def duplicate_paper(collection: Collection, hosts: Hosts) -> Iterator[Finding]:
    """A list holds each paper once; once a topic, where it is sorted by topics."""
    for group in same_papers(collection, hosts).groups:
        for number, entry in enumerate(group):
            if entry.path in collection.targets:
                first = _earlier(entry, group[:number])
                if first is not None:
                    yield _finding(entry, first)


def _earlier(entry: Listed, others: Sequence[Listed]) -> Listed | None:
    """The entry that this one repeats: one of the same section before all others."""
    first = None
    for one in others:
        if one.path == entry.path and _repeats(entry, one):
            if one.shares_section(entry):
                return one
            first = first or one
    return first


def _repeats(entry: Listed, other: Listed) -> bool:
    """Whether both speak of the paper: elsewhere, a short title may be that of its model or data set."""
    if entry.span.touches(other.span):
        return False
    if entry.form.text == other.form.text or (is_whole(entry.form) and is_whole(other.form)):
        return True
    return entry.shares_section(other) and (
        is_name(entry.form, other.form) or is_name(other.form, entry.form)
    )


def _finding(entry: Listed, first: Listed) -> Finding:
    near = entry.shares_section(first)
    title, other = entry.title, first.title
    message = f'paper "{title}" is listed already on line {first.line}'
    if title != other:
        message += f' as "{other}"'
    return Finding(
        entry.place,
        message if near else f"{message}, in another section",
        related=(Related(first.place, "listed here already"),),
        severity=Severity.WARNING if near else Severity.INFO,
        path=entry.path,
        entry=entry.number,
    )
