"""The line on the terminal."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from listlint.links import LinkOptions, TerminalProgress, check_links

if TYPE_CHECKING:
    from collections.abc import Iterator


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


def seconds(*moments: float) -> Iterator[float]:
    yield from moments


@pytest.mark.parametrize(
    ("done", "hosts", "now", "line"),
    [
        (0, 0, 0.0, "links 0/5,000 [........................]"),
        (2500, 37, 2.0, "links 2,500/5,000 [############............], 1,250/s, 0:02 left, 37 hosts"),
        (5000, 1, 100.0, "links 5,000/5,000 [########################], 50/s, 0:00 left, 1 host"),
        (10, 1, 100.0, "links 10/5,000 [........................], 0/s, 13:51:40 left, 1 host"),
    ],
)
def test_the_line_tells_rate_hosts_and_time_left(done: int, hosts: int, now: float, line: str) -> None:
    bar = TerminalProgress(Terminal(), clock=seconds(0.0, 0.0, now).__next__)
    bar.start(5000, 0)
    assert bar.line(done, hosts) == line


def test_only_a_terminal_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert TerminalProgress.on_terminal(io.StringIO()) is None
    assert TerminalProgress.on_terminal(Terminal()) is not None
    monkeypatch.setenv("TERM", "dumb")
    assert TerminalProgress.on_terminal(Terminal()) is None


def test_the_line_is_gone_at_the_end() -> None:
    stream = Terminal()
    check_links(["https://name.invalid/"], LinkOptions(proxies=()), progress=TerminalProgress(stream))
    assert stream.getvalue().endswith("\r\x1b[K")
    assert "links 0/1" in stream.getvalue()
