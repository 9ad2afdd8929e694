"""How far the run is: a line on a terminal, nothing elsewhere."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING, Protocol, Self, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Progress", "TerminalProgress"]

_BAR = 24
_MINUTE = 60
_HOUR = 3600


class Progress(Protocol):
    """Whoever wants to know. Calls come from one thread, at most ten a second."""

    def start(self, total: int, remembered: int) -> None:
        """`total` different links are wanted; `remembered` of them are known from earlier runs."""

    def advance(self, done: int, hosts: int) -> None:
        """`done` links are known by now; `hosts` have some left."""

    def stop(self) -> None:
        """No more calls: all is known, or the run was stopped."""


class TerminalProgress:
    """One line that rewrites itself and is gone at the end."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._total = self._remembered = 0
        self._began = 0.0

    @classmethod
    def on_terminal(cls, stream: TextIO | None = None) -> Self | None:
        """A bar on standard error if that is a terminal that can rewrite a line, else None."""
        stream = stream or sys.stderr
        return cls(stream) if stream.isatty() and os.environ.get("TERM") != "dumb" else None

    def start(self, total: int, remembered: int) -> None:
        self._total, self._remembered, self._began = total, remembered, self._clock()
        self.advance(remembered, 0)

    def advance(self, done: int, hosts: int) -> None:
        self._write(self.line(done, hosts))

    def stop(self) -> None:
        self._write("")

    def line(self, done: int, hosts: int) -> str:
        """The line as it stands."""
        total = max(self._total, 1)
        filled = _BAR * done // total
        asked, seconds = done - self._remembered, self._clock() - self._began
        parts = [f"links {done:,}/{self._total:,} [{'#' * filled}{'.' * (_BAR - filled)}]"]
        if asked > 0 and seconds > 0:
            rate = asked / seconds
            parts += (f"{rate:,.0f}/s", f"{_spoken((self._total - done) / rate)} left")
        if hosts:
            parts.append(f"{hosts:,} host{'s' if hosts > 1 else ''}")
        return ", ".join(parts)

    def _write(self, text: str) -> None:
        self._stream.write(f"\r\x1b[K{text}")
        self._stream.flush()


def _spoken(seconds: float) -> str:
    whole = round(seconds)
    if whole >= _HOUR:
        return f"{whole // _HOUR}:{whole % _HOUR // _MINUTE:02}:{whole % _MINUTE:02}"
    return f"{whole // _MINUTE}:{whole % _MINUTE:02}"
