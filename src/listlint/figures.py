"""What a report counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from listlint.findings import Safety

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from listlint.findings import Diagnostic

__all__ = ["Figures"]


class Figures(NamedTuple):
    """How many findings there are, in how many files, and how many of them `fix` would settle.

    `worst` is the highest rank of their severities; -1 where there is none.
    """

    found: int = 0
    files: int = 0
    safe: int = 0
    unsafe: int = 0
    worst: int = -1
    suppressed: int = 0

    @classmethod
    def of(cls, diagnostics: Sequence[Diagnostic], suppressed: int = 0) -> Figures:
        """Those of the findings, and of what comments held back."""
        fixes = [one.fix_safety for one in diagnostics]
        return cls(
            len(diagnostics),
            len({one.path for one in diagnostics}),
            fixes.count(Safety.SAFE),
            fixes.count(Safety.UNSAFE),
            max((one.severity.rank for one in diagnostics), default=-1),
            suppressed,
        )

    @classmethod
    def all_of(cls, some: Iterable[Figures]) -> Figures:
        """Those of several files together."""
        found, files, safe, unsafe, worst, suppressed = zip(cls(), *some, strict=True)
        return cls(sum(found), sum(files), sum(safe), sum(unsafe), max(worst), sum(suppressed))
