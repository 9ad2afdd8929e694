"""How well listlint reads the lists of a folder: `python benchmarks/reading.py FOLDER [--scale FILE]`.

Per list: which of the arXiv ids and DOIs that stand in the file belong to the entry on whose lines they stand, and
to no other; how many entries have a title that is one; how many hold two different papers. Over all lists: whether
an arXiv id has the same title everywhere. Then the worst lines, to look at. `--scale` reads one file 1×, 2× and 4×.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from listlint.knowledge.knowledge import Knowledge
from listlint.papers.generated import generated_spans
from listlint.papers.model import Role
from listlint.papers.read import read_list
from listlint.papers.shapes import are_people, is_address, is_date
from listlint.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from listlint.papers.model import Entry, PaperList

ARXIV = re.compile(r"arxiv\.org/[a-z]+/(?:[a-z.\-]+/)?(\d{4}\.\d{4,5}|\d{7})", re.IGNORECASE)
DOI = re.compile(
    r"(?:doi\.org|/doi(?:/(?:abs|pdf|full|epdf|fullHtml))?)/(10\.\d{4,9}/[^\s)\]>\"'#?&]+)", re.IGNORECASE
)
FEWEST_IDS = 8
FEW_WORDS = 300
ALIKE = 85.0


class Place(NamedTuple):
    """An identifier on a line of a file."""

    id: str
    line: int


@dataclass
class Figures:
    """What was counted in one list."""

    path: str
    ids: int = 0
    attributed: int = 0
    entries: int = 0
    titled: int = 0
    doubled: int = 0
    worst: list[str] = field(default_factory=list)


def ids_of(text: str) -> set[str]:
    """The identifiers of a text."""
    found = {match[1] for match in ARXIV.finditer(text)}
    return found | {match[1].rstrip(".,;*").lower() for match in DOI.finditer(text)}


def places_of(source: Source) -> Iterator[Place]:
    """Every identifier of the file and the line that it stands on.

    What stands in comments does not count, nor what a block quote cites (`> Figure from [key](…)`).
    """
    text = re.sub(r"<!--.*?-->", lambda match: re.sub(r"[^\n]", " ", match[0]), source.text, flags=re.DOTALL)
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith(">"):
            continue
        for one in sorted(ids_of(line)):
            yield Place(one, number)


def ids_in(entry: Entry) -> set[str]:
    """The identifiers that an entry holds in its links or its BibTeX record."""
    found = ids_of(" ".join(link.url for link in entry.links))
    if entry.bibtex is not None:
        found |= ids_of(entry.bibtex.raw)
    return found


def two_papers(entry: Entry) -> bool:
    """Whether an entry's paper links name two different arXiv papers."""
    found = {
        match[1] for link in entry.links if link.role is Role.PAPER for match in ARXIV.finditer(link.url)
    }
    return len(found) > 1


def is_title(entry: Entry, knowledge: Knowledge) -> bool:
    """Whether the title is no label, address, date, line of authors, or venue."""
    title = entry.title or ""
    if not title or is_address(title) or is_date(title) or are_people(title):
        return False
    return knowledge.fields.label(title) is None and knowledge.venues.read(title) is None


def is_prose(papers: PaperList) -> bool:
    """Whether a page is notes: more words outside its entries than in them, some hundred at least."""
    inside = sum(len(papers.source[entry.span].split()) for entry in papers.entries)
    outside = sum(len(one.text.split()) for one in papers.prose if one.entry is None)
    return outside > max(inside, FEW_WORDS)


def measure(papers: PaperList, knowledge: Knowledge) -> Figures:
    """The figures of one list."""
    figures = Figures(papers.path)
    owners: dict[int, list[Entry]] = defaultdict(list)
    for entry in papers.entries:
        for line in range(entry.line, entry.end_line + 1):
            owners[line].append(entry)
    lines = papers.source.text.split("\n")
    wrong: dict[str, int] = {}
    places = list(places_of(papers.source))
    for place in places:
        holders = [entry for entry in owners[place.line] if place.id in ids_in(entry)]
        if len(holders) != 1:
            wrong.setdefault(place.id, place.line)
    figures.ids = len({place.id for place in places})
    figures.attributed = figures.ids - len(wrong)
    figures.worst += [f"id {one} line {line}: {lines[line - 1][:160]}" for one, line in wrong.items()]
    figures.entries = len(papers.entries)
    for entry in papers.entries:
        titled, doubled = is_title(entry, knowledge), two_papers(entry)
        figures.titled += titled
        figures.doubled += doubled
        if not titled or doubled:
            fault = "two papers" if doubled else "no title"
            figures.worst.append(
                f"{fault} line {entry.line}: {entry.title!r} in {lines[entry.line - 1][:160]}"
            )
    return figures


def plain(title: str) -> str:
    """A title for comparing: letters and digits, lower case."""
    return " ".join(re.sub(r"[\W_]+", " ", title.casefold()).split())


def agreement(lists: list[PaperList]) -> tuple[int, int, list[str]]:
    """Pairs of lists' titles of one arXiv id that agree, all such pairs, and those that do not."""
    titles: dict[str, dict[str, str]] = defaultdict(dict)
    for papers in lists:
        for entry in papers.entries:
            link = entry.primary
            match = ARXIV.search(link.url) if link else None
            if match and entry.title:
                titles[match[1]].setdefault(papers.path, entry.title)
    agreed, pairs, rest = 0, 0, []
    for one, by_path in titles.items():
        for (_, left), (_, right) in combinations(sorted(by_path.items()), 2):
            pairs += 1
            first, second = plain(left), plain(right)
            if first in second or second in first or fuzz.ratio(first, second) >= ALIKE:
                agreed += 1
            else:
                rest.append(f"{one}: {left} | {right}")
    return agreed, pairs, rest


def scale(path: Path, knowledge: Knowledge) -> None:
    """Time one file's reading, the same text twice, and four times over."""
    text = path.read_text(encoding="utf-8")
    read_list(Source("warm", text[:20000]), knowledge)
    first = 0.0
    for times in (1, 2, 4):
        begin = time.process_time()
        papers = read_list(Source(str(path), "\n\n".join([text] * times)), knowledge)
        took = time.process_time() - begin
        first = first or took
        print(f"{times}x  {len(papers.entries):6} entries  {took:6.2f} s  {took / first:4.2f} of 1x")


def report(figures: Figures, worst: int, note: str) -> None:
    """Print one list's figures."""
    ids = f"{figures.attributed:5} of {figures.ids:5} ids {figures.attributed / max(figures.ids, 1):7.2%}"
    titles = (
        f"{figures.titled:5} of {figures.entries:5} titles {figures.titled / max(figures.entries, 1):7.2%}"
    )
    print(f"{ids}  {titles}  doubled {figures.doubled / max(figures.entries, 1):6.2%}  {figures.path}{note}")
    for line in figures.worst[:worst]:
        print("    ", line)


def main() -> None:
    """Read the command line and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--worst", type=int, default=10, help="lines shown per list")
    parser.add_argument("--scale", type=Path, help="read this file 1x, 2x and 4x")
    parser.add_argument("--all", action="store_true", help="also lists with fewer than eight ids")
    args = parser.parse_args()
    knowledge = Knowledge()
    if args.scale:
        scale(args.scale, knowledge)
    if args.folder is None:
        return
    paths = sorted(args.folder.rglob("*.md")) if args.folder.is_dir() else [args.folder]
    lists = []
    for path in paths:
        papers = read_list(Source.decode(str(path), path.read_bytes()), knowledge)
        lists.append(papers)
        figures = measure(papers, knowledge)
        if figures.ids >= FEWEST_IDS or args.all:
            report(figures, args.worst, "  (notes)" if is_prose(papers) else "")
            spans = generated_spans(papers.tree)
            if spans:
                print(f"      generated: {len(spans)} stretches")
    agreed, pairs, rest = agreement(lists)
    print(f"titles agree in {agreed} of {pairs} pairs")
    print("\n".join(f"     {line}" for line in rest))


if __name__ == "__main__":
    main()
