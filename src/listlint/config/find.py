"""Which config file holds: for each list the nearest one upward from it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CONFIG_NAMES", "Finder", "config_of", "find_config"]

CONFIG_NAMES = (".listlint.yaml", ".listlint.yml")
PROJECT = "pyproject.toml"
TABLE = b"[tool.listlint"


class Finder:
    """Finds configs; no folder is looked into twice."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def of(self, path: str) -> str | None:
        """The config that holds for a file, or for a folder's own lists."""
        whole = os.path.abspath(path)
        found = self._in(whole if os.path.isdir(whole) else os.path.dirname(whole))
        return None if found is None else _spoken(found)

    def _in(self, folder: str) -> str | None:
        """The nearest config from `folder` upward."""
        looked_into = []
        while folder not in self._known:
            looked_into.append(folder)
            self._known[folder] = found = _config_in(folder)
            above = os.path.dirname(folder)
            if found is not None or above == folder:
                break
            folder = above
        found = self._known[folder]
        self._known |= dict.fromkeys(looked_into, found)
        return found


def _config_in(folder: str) -> str | None:
    for name in CONFIG_NAMES:
        if os.path.isfile(path := os.path.join(folder, name)):
            return path
    project = os.path.join(folder, PROJECT)
    if os.path.isfile(project):
        try:
            with open(project, "rb") as file:
                return project if TABLE in file.read() else None
        except OSError:
            return None
    return None


def find_config(start: str) -> str | None:
    """The config file that holds for `start`: the nearest upward that is one, or a `pyproject.toml` that has a part for it."""
    return Finder().of(start)


def config_of(paths: Sequence[str]) -> str | None:
    """The config file that holds for what the paths have in common; for this folder, where none is there."""
    there = [os.path.abspath(path) for path in paths if os.path.exists(path)]
    return Finder().of(os.path.commonpath(there) if there else ".")


def _spoken(path: str) -> str:
    """The path as a person would say it from here."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return path
