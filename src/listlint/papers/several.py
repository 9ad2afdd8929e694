"""Several papers in one breath: `ICML 2023: [A Title](u), [Another Title](u)`."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from listlint.expressions import expression
from listlint.papers.entry_line import LineReader
from listlint.papers.line import LINK

if TYPE_CHECKING:
    from listlint.papers.asked import Asked
    from listlint.papers.line import Line

__all__ = ["several_titles"]

ASIDE = expression(r"[(（][^()（）]{0,60}[)）]")
BETWEEN = expression(r"[\s,;/|&+、·•.\"“”\[\]\ue003]*(?:and|\d{1,2}[.)])?[\s\"“\[\]\ue003]*")


def several_titles(line: Line, start: int, end: int, asked: Asked) -> list[tuple[int, int]]:
    """The ranges of two or more linked titles in a row, nothing but separators between them; else an empty list."""
    if line.text.count(LINK, start, end) < 2:  # noqa: PLR2004 - two are several
        return []
    from listlint.papers.draft import Draft

    reader = LineReader(line, Draft(asked), subtitles=False)
    links = [one for one in line.objects_in(start, end) if line.text[one] == LINK]
    if not all(reader.names_title(one) for one in links):
        return []
    between = (ASIDE.sub("", line.text[one + 1 : other]) for one, other in pairwise(links))
    if not all(BETWEEN.fullmatch(one) for one in between):
        return []
    known = {asked.hosts.read(line.objects[one].url).identity or line.objects[one].url for one in links}
    if len(known) < len(links):
        return []
    return [*((one, _behind(line, one)) for one in links[:-1]), (links[-1], end)]


def _behind(line: Line, link: int) -> int:
    """The offset behind a link and the brackets that follow it."""
    at = link + 1
    group = line.group_starts.get(at + (line.text[at : at + 1] == " "))
    return group.end if group is not None else at
