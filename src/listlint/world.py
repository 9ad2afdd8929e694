"""The world as rules may ask of it: files beside the lists, their anchors, and links asked beforehand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listlint.outside import LinkVerdict
    from listlint.papers.model import PaperList

__all__ = ["World"]


class World:
    """Answers from the file system and from verdicts gathered before; nothing is asked twice."""

    def __init__(self, verdicts: Mapping[str, LinkVerdict] | None = None) -> None:
        self.verdicts = dict(verdicts or {})
        self.lists: dict[str, PaperList] = {}
        self._known: dict[str, frozenset[str] | None] = {}
        self._roots: dict[str, str | None] = {}

    def link(self, url: str) -> LinkVerdict | None:
        """The verdict on a link."""
        return self.verdicts.get(url)

    def path_exists(self, path: str, target: str) -> bool | None:
        """Whether the file or folder is there; None where nobody can tell, as for a list from standard input."""
        found = self._resolve(path, target)
        return None if found is None else os.path.exists(found)

    def anchors(self, path: str, target: str) -> frozenset[str] | None:
        """The anchors of a Markdown file; None for files that are none."""
        if not target and path in self.lists:
            return self._anchors_of(path)
        found = self._resolve(path, target) if target else path
        if found is None or not found.lower().endswith((".md", ".markdown")) or not os.path.isfile(found):
            return None
        return self._anchors_of(found)

    def _anchors_of(self, path: str) -> frozenset[str] | None:
        if path not in self._known:
            from listlint.markdown.anchors import anchors
            from listlint.markdown.read import read_tree
            from listlint.source import Source

            try:
                known = self.lists.get(path)
                tree = known.tree if known else read_tree(Source.decode(path, Path(path).read_bytes()))
                self._known[path] = anchors(tree)
            except (OSError, UnicodeDecodeError):
                self._known[path] = None
        return self._known[path]

    def _resolve(self, path: str, target: str) -> str | None:
        """The target's path in the file system; one that begins with a slash starts at the repository's root."""
        folder = os.path.dirname(path) or "."
        if path == "-" or not os.path.isdir(folder):
            return None
        name = unquote(target.partition("?")[0])
        if "\0" in name:
            return None
        if not name.startswith("/"):
            return os.path.join(folder, name)
        root = self._root(folder)
        return None if root is None else os.path.join(root, name.lstrip("/"))

    def _root(self, folder: str) -> str | None:
        """The folder of the repository that holds `folder`."""
        start = os.path.abspath(folder)
        if start not in self._roots:
            here = start
            while not os.path.exists(os.path.join(here, ".git")) and os.path.dirname(here) != here:
                here = os.path.dirname(here)
            self._roots[start] = here if os.path.exists(os.path.join(here, ".git")) else None
        return self._roots[start]
