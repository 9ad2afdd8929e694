"""How much two titles have in common, seen against the other titles of their lists."""

from __future__ import annotations

from collections import Counter
from math import log
from typing import TYPE_CHECKING

from listlint.papers.titles import NOT_TELLING, alike

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from listlint.papers.listed import Listed
    from listlint.papers.titles import TitleForm

__all__ = ["RelatedTitles", "are_versions", "have_nothing_in_common", "is_name", "is_whole"]

STEM = 6  # letters: `program`, `programs` and `programming` are about the same thing
RELATED = 0.25  # of the weight of the lighter title's words
RARE = 3  # titles
FEWEST_WORDS, FEWEST_TELLING = 4, 2
VERSION = frozenset({"plus", "v", "version"})
NAME_LETTERS = 3


class RelatedTitles:
    """Whether titles are related: what many titles of a list share (`language`, `model`) says little."""

    def __init__(self, titles: Callable[[str], Sequence[str]]) -> None:
        """`titles` gives the titles of the list with a path, as they are compared."""
        self._titles = titles
        self._known: dict[str, tuple[int, Counter[str]]] = {}

    def related(self, one: Listed, other: Listed) -> bool:
        """Whether the titles may well be a paper's early and its later title, or its long and its short one."""
        if alike(one.form, other.form):
            return True
        if not is_whole(one.form) or not is_whole(other.form):
            return is_name(one.form, other.form) or is_name(other.form, one.form)
        if are_versions(one.form, other.form):
            return False
        if _mentions_name(one.form, other.form) or _mentions_name(other.form, one.form):
            return True
        ours, theirs = _stems(one.form), _stems(other.form)
        if not ours or not theirs:
            return False
        shared = ours & theirs
        if not shared:
            return False
        least = min(self._weight(ours, one.path), self._weight(theirs, other.path))
        if len(shared) == 1 and not all(
            self._is_rare(stem, each.path) for stem in shared for each in (one, other)
        ):
            return False
        common = min(self._weight(shared, one.path, 1), self._weight(shared, other.path, 1))
        return common >= RELATED * least

    def _is_rare(self, stem: str, path: str) -> bool:
        """Whether hardly a title but these two has the word, as with a name that its authors made up."""
        return self._counts(path)[1][stem] <= RARE

    def _weight(self, stems: frozenset[str], path: str, without: int = 0) -> float:
        """The words' weight in a list, where `without` titles that have them do not count."""
        size, counts = self._counts(path)
        return sum(log((size + 2) / max(1, counts[stem] - without)) for stem in sorted(stems))

    def _counts(self, path: str) -> tuple[int, Counter[str]]:
        if path not in self._known:
            titles = self._titles(path)
            counts: Counter[str] = Counter()
            for title in titles:
                counts.update({word[:STEM] for word in title.split() if word not in NOT_TELLING})
            self._known[path] = len(titles), counts
        return self._known[path]


def is_whole(form: TitleForm) -> bool:
    """Whether the title is a paper's whole title, not the name of a model, a metric or a data set."""
    spelt = [word for word in form.words if len(word) > 1 and word.isalpha()]
    return len(spelt) >= FEWEST_WORDS and len(form.telling) >= FEWEST_TELLING


def is_name(short: TitleForm, whole: TitleForm) -> bool:
    """Whether one title is the short name before the other's colon, and no more."""
    return bool(short.words) and short.words == whole.words[: whole.name]


def _stems(form: TitleForm) -> frozenset[str]:
    return frozenset(word[:STEM] for word in form.telling)


def _mentions_name(one: TitleForm, other: TitleForm) -> bool:
    """Whether the short name before one title's colon stands in the other title."""
    name = one.words[: one.name]
    if not 0 < len(name) < FEWEST_WORDS or len("".join(name)) < NAME_LETTERS:
        return False
    return any(other.words[at : at + len(name)] == name for at in range(len(other.words) - len(name) + 1))


def are_versions(one: TitleForm, other: TitleForm) -> bool:
    """Whether the names before the colons differ by a number only: `FlashAttention`, `FlashAttention-2`."""
    ours, theirs = one.words[: one.name], other.words[: other.name]
    return ours != theirs and bool(_spelt(ours)) and _spelt(ours) == _spelt(theirs)


def _spelt(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if not word.isdigit() and word not in VERSION)


def have_nothing_in_common(one: TitleForm, other: TitleForm) -> bool:
    """Whether two whole titles share not one telling word, nor a name."""
    if not is_whole(one) or not is_whole(other) or _stems(one) & _stems(other):
        return False
    return not (_mentions_name(one, other) or _mentions_name(other, one))
