"""Writers of the dialects: papers in, Markdown out. Each module of `dialects` writes one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from listlint.discovery import modules_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from listlint.papers.writers.paper import Order
    from listlint.papers.writers.written import Written

__all__ = ["dialects", "write_papers"]


class _Dialect(Protocol):
    def write(self, orders: Sequence[Order], level: int) -> Written: ...


@cache
def dialects() -> tuple[str, ...]:
    """The names of the dialects that can be written, sorted."""
    return modules_of("listlint.papers.writers.dialects")


def write_papers(dialect: str, orders: Sequence[Order], level: int) -> Written:
    """The papers as one block; `level` is that of a heading below the open section."""
    module = cast("_Dialect", import_module(f"listlint.papers.writers.dialects.{dialect}"))
    return module.write(orders, level)
