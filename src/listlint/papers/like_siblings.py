"""Items that say too little to be a paper by themselves, among siblings that are papers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.entry_line import LineReader
from listlint.papers.model import Mention
from listlint.papers.paragraphs import SENTENCE

if TYPE_CHECKING:
    from listlint.papers.draft import Draft
    from listlint.papers.items import Item
    from listlint.papers.line import Line
    from listlint.papers.reading import Found, Reading

__all__ = ["like_siblings"]

FEWEST = 3  # siblings that are papers
MOST = 0.5  # of all items
FEWEST_WORDS = 3
SURE = 0.5
DATED = expression(r"(?:\b(?:19|20)\d\d|['’ ]\d\d)\W*$")
NAME = expression(r"[A-Z][^\s,;:]*(?: (?:[A-Z&][^\s,;:]*|of|on|and|in|for|the)){0,7}")
LONGEST_VENUE = 60  # characters


def like_siblings(reading: Reading, bare: list[Item], found: list[Found]) -> list[Found]:
    """The entries among the items `bare` of a list whose others are `found`: what has a title, and a field or the look of them."""
    bare = [one for one in bare if len((one.trial.draft.title or "").split()) >= FEWEST_WORDS]
    if reading.kind is not None or not bare or len(found) < max(FEWEST, MOST * (len(bare) + len(found))):
        return []
    linked = sum(one.draft.title_linked for one in found) * 2 > len(found)
    taken = []
    for item in bare:
        line = item.line
        draft = _draft(reading, line, item, linked=linked) if line is not None and not item.keyed else None
        if draft is not None:
            taken.append(reading.add(draft, "bullets", SURE, [item.node]))
    return taken


def _draft(reading: Reading, line: Line, item: Item, *, linked: bool) -> Draft | None:
    """The item as an entry; None where it is none."""
    draft = _before_venue(reading, line) or item.trial.draft
    title = draft.title or ""
    words = title.split()
    if len(words) < FEWEST_WORDS or SENTENCE.match(title) or title.endswith((":", "：", "…", "...")):
        return None
    if any(link.url.strip() for link in draft.links):
        return None  # a link that names no paper names something else
    if linked:
        return draft if draft.links or line.text.lstrip().startswith("[") else None
    return draft if draft.venues or draft.date is not None or draft.authors else None


def _before_venue(reading: Reading, line: Line) -> Draft | None:
    """The line read up to brackets at its end that hold a year: `A Title (Journal of Bells 2021)`."""
    end = line.trimmed(0, len(line), ".,*")[1]
    group = line.group_around(end - 1)
    if group is None or group.end != end or group.start == 0 or group.end - group.start > LONGEST_VENUE:
        return None
    dated = DATED.search(line.text, *group.inner)
    if dated is None or not line.text[group.start + 1].isalpha():
        return None
    draft = reading.new_draft()
    LineReader(line, draft, subtitles=reading.subtitles).read_line(0, group.start)
    if draft.add_venue(line, *group.inner):
        return draft
    year = int(re.sub(r"\D", "", dated[0]))
    name = line.piece(group.start + 1, dated.start(), ",'’")
    if not NAME.fullmatch(name.text):
        return None
    year = year if year > 100 else 2000 + year  # noqa: PLR2004 - two digits
    draft.venues.append((2, Mention(name.text, name.span, name.text, year, "other")))
    return draft
