"""Lists that a script writes: by what they say, by who commits them, by the look of them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from listlint.papers.generated import generated_spans

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from listlint.papers.model import PaperList

__all__ = ["why_generated"]

BOT = re.compile(r"\[bot\]$|\bgithub[- ]?actions?\b", re.IGNORECASE)
AUTOMATIC = re.compile(
    r"\bauto(?:matic(?:ally)?|mated)?[\s_-]?(?:update|generate|commit|build)|\bgithub actions?\b",
    re.IGNORECASE,
)
FEWEST_COMMITS = 5
STAMP = re.compile(r"(?:last )?updated?(?: on| at)?[\s:]*\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?", re.IGNORECASE)
MANY = 300  # papers of one form below a date: more than hands write so evenly


def why_generated(papers: PaperList, history: Callable[[str], Sequence[tuple[str, str]]]) -> str | None:
    """Why a list is taken for a script's; None where people keep it."""
    if any(span.end - span.start == len(papers.source.text) for span in generated_spans(papers.tree)):
        return "they say so"
    commits = history(papers.path)
    by_bots = sum(
        BOT.search(author) is not None or AUTOMATIC.search(said) is not None for author, said in commits
    )
    if len(commits) >= FEWEST_COMMITS and by_bots > len(commits) * 0.8:
        return "bots commit them"
    return "they are stamped with a date, and long" if _is_stamped(papers) else None


def _is_stamped(papers: PaperList) -> bool:
    """Whether the first heading says no more than when the list was written, and hundreds of papers are alike."""
    first = next(iter(papers.tree.find("heading")), None)
    if first is None or STAMP.fullmatch(papers.tree.text(first).strip()) is None:
        return False
    dialects = Counter(entry.dialect for entry in papers.entries)
    return bool(dialects) and dialects.most_common(1)[0][1] >= max(MANY, 0.95 * len(papers.entries))
