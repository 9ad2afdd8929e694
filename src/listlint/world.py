"""The world as rules may ask of it: files beside the lists, their anchors, and links asked beforehand."""

from __future__ import annotations

import contextlib
import os
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from listlint.knowledge.url_parts import unquoted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from listlint.outside import LinkVerdict
    from listlint.papers.model import PaperList
    from listlint.touched import Touched

__all__ = ["Question", "World"]


class Question(NamedTuple):
    """What was asked for a list: of a `path`, whether it is there; of `anchors`, in what file (its hash; "" for none)."""

    kind: str
    target: str
    answer: bool | str | None


class World:
    """Answers from the file system and from verdicts gathered before; nothing is asked twice."""

    def __init__(
        self,
        verdicts: Mapping[str, LinkVerdict] | None = None,
        touched: Callable[[str], Touched | None] | None = None,
    ) -> None:
        self.verdicts = dict(verdicts or {})
        self._touched = touched
        self.lists: dict[str, PaperList] = {}
        self.asked: dict[str, dict[Question, None]] = {}
        self._known: dict[str, frozenset[str] | None] = {}
        self._hashes: dict[str, str] = {}
        self._roots: dict[str, str | None] = {}

    def link(self, url: str) -> LinkVerdict | None:
        """The verdict on a link."""
        return self.verdicts.get(url)

    def touched(self, path: str) -> Touched | None:
        """The lines of a list that the change under review touched; None where the run is about no change."""
        return self._touched(path) if self._touched is not None else None

    def path_exists(self, path: str, target: str) -> bool | None:
        """Whether the file or folder is there; None where nobody can tell, as for a list from standard input."""
        found = self._resolve(path, target)
        answer = None if found is None else os.path.exists(found)
        self.asked.setdefault(path, {})[Question("path", target, answer)] = None
        return answer

    def anchors(self, path: str, target: str) -> frozenset[str] | None:
        """The anchors of a Markdown file; None for files that are none."""
        if not target and path in self.lists:
            return self._anchors_of(path)
        found = self._markdown(path, target)
        known = None if found is None else self._anchors_of(found)
        answer = "" if found is None else self._hashes[found]
        self.asked.setdefault(path, {})[Question("anchors", target, answer)] = None
        return known

    def still(self, path: str, question: Question) -> bool:
        """Whether the question that was asked for the list at `path` has the same answer today."""
        if question.kind == "path":
            return self.path_exists(path, question.target) is question.answer
        found = self._markdown(path, question.target)
        if found is not None and found not in self._hashes:
            self._hashes[found] = _hash(self._bytes(found))
        return question.answer == ("" if found is None else self._hashes[found])

    def _markdown(self, path: str, target: str) -> str | None:
        """The Markdown file that `target` names."""
        found = self._resolve(path, target) if target else path
        if found is None or not found.lower().endswith((".md", ".markdown")) or not os.path.isfile(found):
            return None
        return found

    def _bytes(self, path: str) -> bytes | None:
        try:
            with open(path, "rb") as file:
                return file.read()
        except OSError:
            return None

    def _anchors_of(self, path: str) -> frozenset[str] | None:
        if path not in self._known:
            from listlint.markdown.anchors import anchors
            from listlint.markdown.read import read_tree
            from listlint.source import Source

            known = self.lists.get(path)
            data = known.source.encode() if known else self._bytes(path)
            self._hashes[path], self._known[path] = _hash(data), None
            with contextlib.suppress(UnicodeDecodeError):
                if data is not None:
                    self._known[path] = anchors(known.tree if known else read_tree(Source.decode(path, data)))
        return self._known[path]

    def _resolve(self, path: str, target: str) -> str | None:
        """The target's path in the file system; one that begins with a slash starts at the repository's root."""
        folder = os.path.dirname(path) or "."
        if path == "-" or not os.path.isdir(folder):
            return None
        name = unquoted(target.partition("?")[0])
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


def _hash(data: bytes | None) -> str:
    return "" if data is None else blake2b(data, digest_size=20).hexdigest()
