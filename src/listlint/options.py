"""Typed settings of a run. Reads no files: the config room fills them in."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Choice", "Options", "Settings"]

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Settings:
    """One rule's options: what the config sets, else the rule's defaults."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> Any:
        """The value of the option `name`; raises KeyError for an option that the rule does not have."""
        return self._values[name]


class Choice(NamedTuple):
    """Which rules run. Codes, prefixes of codes and names select; what is ignored wins, the more exact word first."""

    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class Options(NamedTuple):
    """All settings of a run.

    `root` is the folder from which patterns of paths are read. `per_path` maps a pattern to rules that are not reported there. `severity` maps a rule's name to `info`, `warning`,
    `error` or `off`. `rules` maps a rule's name to its options. `references` are read-only lists that take part in
    comparisons. `knowledge` holds a user's rows by part. `layout` and `links` are the settings of those rooms.
    """

    choice: Choice = Choice()
    root: str = ""
    per_path: Mapping[str, tuple[str, ...]] = _NOTHING
    severity: Mapping[str, str] = _NOTHING
    rules: Mapping[str, Mapping[str, Any]] = _NOTHING
    files: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    encoding: str = "utf-8"
    knowledge: Mapping[str, tuple[Any, ...]] = _NOTHING
    layout: Mapping[str, str] = _NOTHING
    links: Mapping[str, Any] = _NOTHING
    fail_on: str = "warning"
    baseline: str = ""
    online: bool = False
