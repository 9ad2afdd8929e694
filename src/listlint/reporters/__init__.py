"""Reports: each module of `output` writes one output format."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TextIO, cast

from listlint.discovery import modules_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from listlint.findings import Diagnostic
    from listlint.reporters.report import FileError, Report, Totals

__all__ = ["ListFormat", "formats", "list_format", "pieces", "render", "statistics"]


class ListFormat(Protocol):
    """A format that speaks of one list after the other: its text is what it says of each, put together."""

    def of_list(self, diagnostics: Sequence[Diagnostic], *, color: bool) -> str:
        """What is said of a list with findings."""

    def of_error(self, error: FileError, *, color: bool) -> str:
        """What is said of a file that could not be checked."""

    def end(self, totals: Totals) -> str:
        """What is said behind all lists."""


class _WholeFormat(Protocol):
    def render(self, report: Report, out: TextIO, *, color: bool) -> None: ...


@cache
def formats() -> tuple[str, ...]:
    """The names of the output formats, sorted: one for each module of the package `output`."""
    return modules_of("listlint.reporters.output")


def list_format(name: str) -> ListFormat | None:
    """The format, if it speaks of one list after the other; raises ValueError for a format that does not exist."""
    module = _module(name)
    return cast("ListFormat", module) if hasattr(module, "of_list") else None


def render(name: str, report: Report, out: TextIO, *, color: bool = False) -> None:
    """Write `report` to `out` in the format `name`; raises ValueError for a format that does not exist."""
    form = list_format(name)
    if form is None:
        cast("_WholeFormat", _module(name)).render(report, out, color=color)
    else:
        out.writelines(text for _, text in pieces(form, report, color=color))


def pieces(form: ListFormat, report: Report, *, color: bool) -> Iterator[tuple[str, str]]:
    """The report in pieces, each with the path of its list; the path is empty where a piece speaks of no list."""
    for path, some in groupby(report.diagnostics, attrgetter("path")):
        yield path, form.of_list(list(some), color=color)
    for error in report.errors:
        yield "", form.of_error(error, color=color)
    yield "", form.end(report.totals)


def statistics(report: Report, out: TextIO) -> None:
    """Write how often each rule was broken, the most frequent first, and what of it `fix` would settle."""
    from listlint.reporters.counts import write_counts

    write_counts(report, out)


def _module(name: str) -> ModuleType:
    if name not in formats():
        raise ValueError(f'no output format "{name}"; there are {", ".join(formats())}')
    return import_module(f"listlint.reporters.output.{name}")
