"""`link-label`: one list has one word for one kind of link."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from listlint.findings import Effect, Finding, Fix, Safety
from listlint.knowledge.word_forms import label_core, same_letters, word_dress
from listlint.papers.model import PaperList
from listlint.rule import Option, rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.knowledge.fields import Fields
    from listlint.knowledge.terms import Terms
    from listlint.options import Settings
    from listlint.papers.model import Role

__all__ = ["link_label"]

_MINIMUM = Option("minimum", int, 3, "how many links must have a label before others follow it")


class _Label(NamedTuple):
    text: str
    span: Span


@rule("ENT003", "link-label", on=PaperList, options=(_MINIMUM,))
def link_label(papers: PaperList, fields: Fields, terms: Terms, settings: Settings) -> Iterator[Finding]:
    """The links of a list that lead to the same kind of thing have the same label, letter case included."""
    labels: dict[tuple[Role, str], list[_Label]] = defaultdict(list)
    for role, label in _labels(papers, fields):
        labels[role, word_dress(label.text)].append(label)
    for alike in labels.values():
        counts = Counter(label.text for label in alike)
        right, often = counts.most_common(1)[0]
        if len(counts) == 1 or often < int(settings["minimum"]):
            continue
        for label in alike:
            brand = any(terms.right(word) for word in right.split())
            if 2 * counts[label.text] <= often and not (brand and same_letters(label.text, right)):
                yield _finding(label, right)


def _labels(papers: PaperList, fields: Fields) -> Iterator[tuple[Role, _Label]]:
    """The labels of the entries' links, titles left out, each under the role of its link."""
    for entry in papers.entries:
        for link in entry.links:
            if link.label_span is None or fields.label(link.label) is None:
                continue
            first = link.label_span.start
            core, start = _core(papers.source[link.label_span])
            if core and core in link.label:
                yield link.role, _Label(core, Span(first + start, first + start + len(core)))


@lru_cache(maxsize=4096)
def _core(written: str) -> tuple[str, int]:
    """The words of a label, and where in it they begin."""
    start, end = label_core(written)
    return written[start:end], start


def _finding(label: _Label, right: str) -> Finding:
    safety = Safety.SAFE if same_letters(label.text, right) else Safety.UNSAFE
    return Finding(
        label.span,
        f'label "{label.text}" is written "{right}" elsewhere in this list',
        fix=Fix(
            (Edit(label.span, right),), f'write "{right}"', safety, Effect(frozenset({"links", "notes"}))
        ),
    )
