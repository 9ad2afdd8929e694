"""Settings that fit the lists that are there: what they mostly do becomes the rule."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from listlint.fitting.habits import arxiv_links, bullet, headings, numbering, padding, rules, venue_style
from listlint.fitting.scripts import why_generated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from listlint.fitting.habits import Habit
    from listlint.knowledge.knowledge import Knowledge
    from listlint.papers.model import PaperList

__all__ = ["Fit", "Setting", "fit", "values"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of a config with its value, and why it has it. `room` is the key that holds it, if any."""

    key: str
    value: Any
    why: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """What the lists told: their settings, and a line on each list."""

    settings: tuple[Setting, ...] = ()
    lists: tuple[str, ...] = field(default=())


# The option that a habit becomes, and the room that it stands in.
HABITS: tuple[tuple[str, str, Callable[[Sequence[PaperList], Knowledge], Habit | None]], ...] = (
    ("venue-style", "", venue_style),
    ("arxiv-links", "", arxiv_links),
    ("bullet", "layout", bullet),
    ("ordered", "layout", numbering),
    ("tables", "layout", padding),
    ("headings", "layout", headings),
    ("rules", "layout", rules),
)


def fit(
    lists: Sequence[PaperList],
    knowledge: Knowledge,
    count: Callable[[dict[str, Any]], int],
    *,
    pattern: Callable[[str], str] = str,
    history: Callable[[str], Sequence[tuple[str, str]]] = lambda _: (),
) -> Fit:
    """The settings that fit; `count` says how many findings some settings leave. None of them leaves more.

    `pattern` is how the config names a file; `history` gives the authors and subjects of its last commits.
    """
    reasons = {one.path: why for one in lists if (why := why_generated(one, history))}
    kept = []
    if reasons:
        told = ", ".join(dict.fromkeys(reasons.values()))
        kept.append(Setting("exclude", [pattern(path) for path in reasons], f"a script writes these: {told}"))
    own = [one for one in lists if one.path not in reasons]
    least = count(values(kept))
    for key, room, habit in HABITS:
        found = habit(own, knowledge)
        if found is None:
            continue
        tried = [*kept, Setting(key, found.value, found.why, room)]
        left = count(values(tried))
        if left <= least:
            kept, least = tried, left
    return Fit(tuple(kept), tuple(_said(one) for one in lists if one.entries))


def values(settings: Sequence[Setting]) -> dict[str, Any]:
    """The settings as a config file holds them."""
    found: dict[str, Any] = {}
    for one in settings:
        (found.setdefault(one.room, {}) if one.room else found)[one.key] = one.value
    return found


def _said(papers: PaperList) -> str:
    """A list in a line: its papers by dialect, and its columns."""
    dialects: dict[str, int] = {}
    for entry in papers.entries:
        dialects[entry.dialect] = dialects.get(entry.dialect, 0) + 1
    told = ", ".join(
        f"{number} in {name}" for name, number in sorted(dialects.items(), key=lambda one: -one[1])
    )
    columns = " | ".join(_columns(papers))
    return f"{papers.path}: {told}" + (f" ({columns})" if columns else "")


def _columns(papers: PaperList) -> Iterator[str]:
    """The header of the first table that holds papers."""
    starts = [entry.span.start for entry in papers.entries if entry.dialect == "table"]
    for table in papers.tree.find("table"):
        if any(table.span.start <= start < table.span.end for start in starts[:1]):
            yield from (" ".join(papers.tree.text(cell).split()) for cell in table.children[0].children)
            return
