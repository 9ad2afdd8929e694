"""`stale-preprint`: labelled a preprint, though it has appeared."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from listlint.findings import Effect, Finding, Fix, Related, Safety, Severity
from listlint.papers.model import Collection
from listlint.papers.paper_venues import voices
from listlint.papers.same_paper import same_papers
from listlint.rule import rule
from listlint.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from listlint.knowledge.hosts import Hosts
    from listlint.papers.listed import Label, Listed
    from listlint.papers.paper_venues import Voice

__all__ = ["stale_preprint"]


@rule("VEN006", "stale-preprint", on=Collection, severity=Severity.INFO)
def stale_preprint(collection: Collection, hosts: Hosts) -> Iterator[Finding]:
    """A paper that has appeared is no longer labelled a preprint."""
    for group in same_papers(collection, hosts).papers:
        labels = [(one, one.label) for one in group if one.path in collection.targets]
        if any(label for _, label in labels):
            found = [one for one in voices(group) if _is_published(one)]
            if all(one.agrees(other) for one, other in combinations(found, 2)):
                for one, label in labels:
                    if label is not None and (voice := _best(one, label, found)) is not None:
                        yield _finding(one, label, voice)


def _is_published(voice: Voice) -> bool:
    return any(claim.kind != "workshop" for claim in voice.claims)


def _best(one: Listed, label: Label, found: Sequence[Voice]) -> Voice | None:
    """The entry that says best where the paper appeared: this one by its own link before all others."""
    late = [
        voice
        for voice in found
        if all(claim.year is None or label.year is None or claim.year >= label.year for claim in voice.claims)
    ]
    return min(late, key=lambda voice: (voice.listed is not one, not voice.is_supported), default=None)


def _finding(one: Listed, label: Label, voice: Voice) -> Finding:
    claim = voice.claims[0]
    path = voice.listed.path if voice.listed.path != one.path else ""
    if voice.listed is one:
        says = f"its link says {claim}"
    else:
        says = f"line {voice.listed.line}" + (f' of "{path}"' if path else "") + f" says {voice.words}"
    fix = None
    if voice.is_supported and claim.year is not None and label.is_plain:
        effect = Effect(frozenset({"venue", "notes", "keywords"}))
        fix = Fix(
            (Edit(Span(label.span.start, label.end), str(claim)),), f'write "{claim}"', Safety.UNSAFE, effect
        )
    return Finding(
        label.span,
        f'the entry says "{label.text}", {says}',
        fix,
        related=(Related(voice.place, f"here it is {claim}", path),),
        path=one.path,
        entry=one.number,
    )
