"""What a command tells: messages beside its output, and reports into streams and files."""

from __future__ import annotations

import contextlib
import io
import sys
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.reporters.report import Report

__all__ = ["WIDTH", "counted", "open_output", "say", "text_of"]

WIDTH = 100
INDENT = "  "


def say(message: str) -> None:
    """Tell it on standard error; a terminal gets lines that fit, anything else one line."""
    from listlint.reporters.terminal import visible, wrap

    text = f"listlint: {visible(message)}"
    lines = wrap(text, WIDTH - len(INDENT)) if sys.stderr.isatty() else (text,)
    click.echo(f"\n{INDENT}".join(lines), err=True)


def counted(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


class _Text(io.StringIO):
    """A text that is going to a stream of this encoding."""

    def __init__(self, encoding: str | None) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override] # what the base class does not know, this one does
        return self._encoding or "utf-8"


def text_of(report: Report, form: str, *, statistics: bool, color: bool, encoding: str | None = None) -> str:
    """The report in the given format, or its figures; in letters that `encoding` has, where the format can say others too."""
    from listlint.reporters import render
    from listlint.reporters import statistics as write_statistics

    text = _Text(encoding)
    if statistics:
        write_statistics(report, text)
    else:
        render(form, report, text, color=color)
    return text.getvalue()


@contextlib.contextmanager
def open_output(path: str | None, stream: TextIO) -> Iterator[TextIO]:
    """The file at `path`, else the stream; raises click.UsageError where the file cannot be written."""
    if path is None:
        yield stream
        return
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            yield file
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise click.UsageError(f"{path}: cannot be written: {reason}") from error
