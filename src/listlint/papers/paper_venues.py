"""Where the entries of one paper say that it appeared, and which of them a publisher's link supports."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from listlint.papers.venue_claims import compatible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listlint.papers.listed import Listed, Said
    from listlint.papers.venue_claims import Claim
    from listlint.source import Span

    Stance = tuple[tuple[Claim, ...], bool]

__all__ = ["Debate", "Voice", "voices"]


class Voice:
    """What one entry says of its paper's venue, and what the addresses of its paper links tell."""

    def __init__(self, listed: Listed) -> None:
        self.listed = listed

    @property
    def said(self) -> tuple[Said, ...]:
        """Its statements."""
        return self.listed.said

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The statements; where there is none, what the links tell."""
        if self.said:
            return tuple([one.claim for one in self.said])
        return tuple([claim for claim, _ in self.listed.told])

    @property
    def place(self) -> Span:
        """Where the entry says it, or the link that tells it."""
        return self.said[0].span if self.said else self.listed.told[0][1]

    @property
    def words(self) -> str:
        """What the entry says, quoted; else what its link tells."""
        return f'"{self.said[0].text}"' if self.said else f"{self.listed.told[0][0]} by its link"

    @cached_property
    def stance(self) -> Stance:
        """What it claims, and whether that is supported: all that matters in a debate."""
        return self.claims, self.is_supported

    @cached_property
    def is_supported(self) -> bool:
        """Whether a publisher's link agrees with a statement, or speaks for itself."""
        return any(compatible(claim, proof) for claim in self.claims for proof, _ in self.listed.told)

    def agrees(self, other: Voice) -> bool:
        """Whether both may be right."""
        return _agree(self.claims, other.claims)


def _agree(ours: Sequence[Claim], theirs: Sequence[Claim]) -> bool:
    return any(compatible(one, two) for one in ours for two in theirs)


def voices(group: Iterable[Listed]) -> list[Voice]:
    """The entries of one paper that say where it appeared, in order."""
    return [Voice(one) for one in group if one.said or one.told]


def at_odds(one: Voice, other: Voice) -> bool:
    """Whether two entries contradict each other.

    A paper may be told at a workshop, then at a conference, then in a journal: only statements of one kind can
    contradict each other, and two that are both supported by a publisher's link are two versions.
    """
    if one.agrees(other) or (one.is_supported and other.is_supported):
        return False
    ours, theirs = {claim.kind for claim in one.claims}, {claim.kind for claim in other.claims}
    return ours == theirs and len(ours) == 1 and "workshop" not in ours


class Debate:
    """What the entries of one paper say against each other. What entries say alike is weighed once, however many say it."""

    def __init__(self, voices: Sequence[Voice]) -> None:
        self.voices = voices
        self._times = Counter(voice.stance for voice in voices)
        self._supports: dict[Stance, tuple[bool, int]] = {}
        self._against: dict[Stance, list[tuple[int, Voice]]] = {}

    def support(self, voice: Voice) -> tuple[bool, int]:
        """How well an entry's statement is supported: by its link, then by how many others agree."""
        stance = voice.stance
        if stance not in self._supports:
            agreed = sum(times for (claims, _), times in self._times.items() if _agree(voice.claims, claims))
            self._supports[stance] = voice.is_supported, agreed
        return self._supports[stance]

    def against(self, voice: Voice) -> list[tuple[int, Voice]]:
        """The entries that contradict this one, with their numbers, those with the best support first."""
        stance = voice.stance
        if stance not in self._against:
            odd: dict[Stance, bool] = {}
            for other in self.voices:
                if other.stance not in odd:
                    odd[other.stance] = at_odds(voice, other)
            found = [(at, other) for at, other in enumerate(self.voices) if odd[other.stance]]
            self._against[stance] = sorted(found, key=lambda pair: self.support(pair[1]), reverse=True)
        return self._against[stance]
