"""How far a long run is: one line on a terminal, gone at the end; nothing elsewhere."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Steps"]

PATIENCE = 0.5  # seconds before a run counts as long
PAUSE = 0.1


class Steps:
    """Counts steps while it is entered; only the process that made it speaks."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total = what, total
        self._process = os.getpid()
        self._next = time.monotonic() + PATIENCE
        self._is_shown = False
        self._is_wanted = total > 1 and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def reach(self, step: int) -> None:
        """Step `step`, from 0, begins."""
        if not self._is_wanted or time.monotonic() < self._next or os.getpid() != self._process:
            return
        sys.stderr.write(f"\r\x1b[K{self._what} {step + 1:,} of {self._total:,}")
        sys.stderr.flush()
        self._is_shown = True
        self._next = time.monotonic() + PAUSE

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown and os.getpid() == self._process:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
