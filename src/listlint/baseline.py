"""Findings that are accepted for now, kept in a file: by paper, rule and words, so that lines may move."""

from __future__ import annotations

import json
import os
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from listlint.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from listlint.findings import Diagnostic

__all__ = ["Accepted", "Baseline", "BaselineError"]

VERSION = 1
FIELDS = ("path", "paper", "rule", "text")


class BaselineError(Exception):
    """A baseline cannot be used; the message is one line with the way out."""


class Accepted(NamedTuple):
    """What a finding is, whatever its line and its message: the list, the paper (an identity, else the title), the rule, the words."""

    path: str
    paper: str
    rule: str
    text: str


class Baseline:
    """The accepted findings of a file; its paths are read from its own folder."""

    def __init__(self, path: str, counts: Counter[Accepted] | None = None) -> None:
        self.path = path
        self.counts = counts or Counter()
        self._folder = os.path.dirname(os.path.abspath(path))

    @classmethod
    def read(cls, path: str) -> Baseline:
        """Read the file; raises BaselineError where it is no baseline."""
        try:
            with open(path, "rb") as file:
                content = json.load(file)
        except FileNotFoundError as error:
            raise BaselineError(
                f"{path}: no such baseline; `listlint check --update-baseline` writes it"
            ) from error
        except OSError as error:
            raise BaselineError(
                f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
            ) from error
        except (ValueError, RecursionError) as error:
            raise BaselineError(f"{path}: not JSON: {error}; write it anew with --update-baseline") from error
        try:
            return cls(path, _counts(content))
        except (TypeError, KeyError, ValueError) as error:
            hint = "write it anew with --update-baseline"
            raise BaselineError(f"{path}: no baseline of this version of listlint; {hint}") from error

    def held_back(self, diagnostics: Sequence[Diagnostic], checked: Collection[str]) -> list[Diagnostic]:
        """The findings that the baseline does not hold. Each entry holds one finding back.

        An entry of a list that is gone, or that was `checked` too, also serves for the same finding in another list:
        papers move from one to another.
        """
        left = self.counts.copy()
        rest = [one for one in diagnostics if not _take(left, self.key(one))]
        if not rest or not +left:
            return rest
        lists = {self._relative(path) for path in checked}
        moved: Counter[tuple[str, ...]] = Counter()
        for key, count in (+left).items():
            if key.paper and (key.path in lists or not os.path.exists(os.path.join(self._folder, key.path))):
                moved[key[1:]] += count
        return [one for one in rest if not _take(moved, self.key(one)[1:])]

    def updated(
        self, diagnostics: Iterable[Diagnostic], checked: Collection[str], rules: Collection[str]
    ) -> Baseline:
        """The baseline that accepts exactly these findings, of the lists that were checked and the rules that ran.

        What it holds of other lists and rules stays, as long as the lists are there.
        """
        lists = {self._relative(path) for path in checked}
        counts = Counter(self.key(one) for one in diagnostics)
        for key, count in self.counts.items():
            beside = key.path not in lists or key.rule not in rules
            if beside and os.path.exists(os.path.join(self._folder, key.path)):
                counts[key] = count
        return Baseline(self.path, counts)

    def key(self, one: Diagnostic) -> Accepted:
        """What the finding is to the baseline."""
        paper, text = one.about
        return Accepted(self._relative(one.path), paper, one.rule, text)

    def write(self) -> None:
        """Write the file at once, one entry a line, sorted, so that changes are easy to read and to merge."""
        lines = []
        for key, count in sorted(self.counts.items()):
            more = {"count": count} if count > 1 else {}
            lines.append("  " + json.dumps({**key._asdict(), **more}, ensure_ascii=False))
        body = ",\n".join(lines)
        text = f'{{"listlint-baseline": {VERSION}, "findings": [\n{body}\n]}}\n'
        write_whole(self.path, text.encode("utf-8", "surrogatepass"))

    def total(self) -> int:
        """How many findings it accepts."""
        return self.counts.total()

    def _relative(self, path: str) -> str:
        return os.path.relpath(os.path.abspath(path), self._folder).replace(os.sep, "/")


def _take(counts: Counter[Accepted] | Counter[tuple[str, ...]], key: tuple[str, ...]) -> bool:
    """Use up one of what is counted, if there is one."""
    known: Callable[[tuple[str, ...]], int | None] = counts.get  # type: ignore[assignment]
    if not known(key):
        return False
    counts[key] -= 1  # type: ignore[index]
    return True


def _counts(content: object) -> Counter[Accepted]:
    if not isinstance(content, dict) or content["listlint-baseline"] != VERSION:
        raise ValueError(content)
    counts: Counter[Accepted] = Counter()
    for one in content["findings"]:
        texts = [one[name] for name in FIELDS]
        count = one.get("count", 1)
        if not all(isinstance(text, str) for text in texts) or type(count) is not int or count < 1:
            raise ValueError(one)
        counts[Accepted(*texts)] += count
    return counts
