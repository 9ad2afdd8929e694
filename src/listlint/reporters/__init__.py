"""Reports: each module of `output` writes one output format."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, TextIO, cast

if TYPE_CHECKING:
    from listlint.reporters.report import Report

__all__ = ["formats", "render", "statistics"]


class _Format(Protocol):
    def render(self, report: Report, out: TextIO, *, color: bool) -> None: ...


@cache
def formats() -> tuple[str, ...]:
    """The names of the output formats, sorted: one for each module of the package `output`."""
    from pkgutil import iter_modules

    folder = import_module("listlint.reporters.output").__path__
    return tuple(sorted(module.name for module in iter_modules(folder)))


def render(name: str, report: Report, out: TextIO, *, color: bool = False) -> None:
    """Write `report` to `out` in the format `name`; raises ValueError for a format that does not exist."""
    if name not in formats():
        raise ValueError(f'no output format "{name}"; there are {", ".join(formats())}')
    module = cast("_Format", import_module(f"listlint.reporters.output.{name}"))
    module.render(report, out, color=color)


def statistics(report: Report, out: TextIO) -> None:
    """Write how often each rule was broken, the most frequent first, and what of it `fix` would settle."""
    from listlint.reporters.counts import write_counts

    write_counts(report, out)
