"""How comparing papers grows: time, memory and what is found among 10,000, 100,000 and 1,000,000 made-up identities.

    python benchmarks/identity.py [--sizes 10000 100000] [--read]

Five in a hundred entries are duplicates of others: half of them by an identifier in another form, half by a title
that is misspelt, punctuated otherwise or without its short name. To prepare is to read the addresses and to fold the
titles, to compare is all the rest. Times are the processor's. `--read` also reads a list of the same papers.
"""

from __future__ import annotations

import argparse
import gc
import math
import random
import resource
import subprocess
import sys
import time
from typing import NamedTuple

from listlint.knowledge.knowledge import Knowledge
from listlint.markdown.tree import Node, Tree
from listlint.papers.listed import Listed
from listlint.papers.model import Entry, Link, PaperList, Role, Section
from listlint.papers.read import read_list
from listlint.papers.related_titles import RelatedTitles
from listlint.papers.same_paper import join
from listlint.source import Source, Span

SIZES = (10_000, 100_000, 1_000_000)
DUPLICATES = 0.05
SOUNDS = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo ya zen tor mal pri gra sto cle bri"
SYLLABLES = SOUNDS.split()
LITTLE = ("for", "with", "of", "in", "via")


class Paper(NamedTuple):
    """One made-up entry; entries with the same `truth` are one paper. `by` says how a duplicate can be told."""

    truth: int
    title: str
    url: str
    by: str = ""


def words(chance: random.Random, count: int) -> list[str]:
    """Made-up words, all different."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4)))] = None
    return list(found)


def title_of(chance: random.Random, vocabulary: list[str]) -> str:
    """A title of six to eleven words, the frequent ones before all others, half of the titles with a short name."""
    size = len(vocabulary)
    count = chance.randint(6, 11)
    chosen = [vocabulary[min(int(size * chance.random() ** 3), size - 1)].capitalize() for _ in range(count)]
    chosen.insert(count // 2, chance.choice(LITTLE))
    name = chance.choice(vocabulary).capitalize() + chance.choice(vocabulary).capitalize()
    return f"{name}: {' '.join(chosen)}" if chance.random() < 0.5 else " ".join(chosen)  # noqa: PLR2004 - half


def arxiv_url(number: int) -> str:
    """The address of the made-up paper `number`; there are 99,999 a month."""
    month, serial = divmod(number, 99_999)
    return f"https://arxiv.org/abs/{15 + month // 12:02}{month % 12 + 1:02}.{serial + 1:05}"


def disturbed(chance: random.Random, title: str) -> str:
    """The title as another hand would write it."""
    kind = chance.randrange(4)
    parts = title.split(" ")
    if kind == 0:
        return title.upper()
    if kind == 1 and title.partition(": ")[2]:
        return title.partition(": ")[2]
    if kind == 2:  # noqa: PLR2004 - the third of four
        at = chance.randrange(len(parts) - 1)
        parts[at : at + 2] = [f"{parts[at]}-{parts[at + 1]}"]
        return " ".join(parts)
    long = [at for at, word in enumerate(parts) if len(word) > 6] or [0]  # noqa: PLR2004 - long enough to be recognised
    at = chance.choice(long)
    word, place = parts[at], chance.randrange(1, len(parts[at]) - 1)
    parts[at] = word[:place] + word[place] + word[place:]
    return " ".join(parts)


def papers_of(size: int) -> list[Paper]:
    """The made-up entries, in an order that tells nothing."""
    chance = random.Random(size)  # noqa: S311 - made-up data, the same in every run
    vocabulary = words(chance, max(2_000, int(40 * math.sqrt(size))))
    copies = int(size * DUPLICATES)
    found = [
        Paper(number, title_of(chance, vocabulary), arxiv_url(number)) for number in range(size - copies)
    ]
    for number in range(copies):
        original = found[chance.randrange(size - copies)]
        if number % 2:
            url = original.url.replace("/abs/", "/pdf/") + "v2.pdf"
            found.append(Paper(original.truth, original.title, url, "id"))
        else:
            url = f"https://www.usenix.org/conference/osdi{number % 24:02}/presentation/doe-{number}x"
            found.append(Paper(original.truth, disturbed(chance, original.title), url, "title"))
    chance.shuffle(found)
    return found


def entries_of(papers: list[Paper]) -> list[Entry]:
    """The papers as entries."""
    nowhere, section = Span(0, 0), Section()
    found = []
    for number, paper in enumerate(papers):
        link = Link(Role.PAPER, paper.url, "Paper", nowhere, nowhere)
        place = Span(number * 2, number * 2 + 1)
        found.append(Entry(place, number + 1, number + 1, section, "bullets", paper.title, links=(link,)))
    return found


def listed_of(entries: list[Entry], knowledge: Knowledge) -> list[Listed]:
    """The entries as they are compared."""
    source = Source("list.md", "")
    papers = PaperList(source, Tree(source, Node("root", Span(0, 0), Span(0, 0))), ())
    return [Listed.of(papers, entry, number, knowledge.hosts) for number, entry in enumerate(entries)]


def measure(size: int, *, read: bool) -> None:
    """One line of the series."""
    knowledge = Knowledge()
    papers = papers_of(size)
    reading = seconds_to_read(papers, knowledge) if read else None
    entries = entries_of(papers)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    listed = listed_of(entries, knowledge)
    ready = time.process_time()
    same = join(listed, RelatedTitles(lambda _: ()))
    seconds = time.process_time() - ready
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    group_of = {one.number: number for number, group in enumerate(same.papers) for one in group}
    first = {paper.truth: number for number, paper in enumerate(papers) if not paper.by}
    told = {"id": [0, 0], "title": [0, 0]}
    for number, paper in enumerate(papers):
        if paper.by:
            told[paper.by][0] += group_of[number] == group_of[first[paper.truth]]
            told[paper.by][1] += 1
    false = sum(len({papers[one.number].truth for one in group}) - 1 for group in same.groups)
    cells = [
        f"{size:>9,}",
        f"{ready - start:8.2f} s",
        f"{seconds:8.2f} s",
        f"{seconds / (size * math.log2(size)) * 1e9:6.0f} ns",
        f"{memory:7.0f} MB",
        f"{told['id'][0] / told['id'][1]:8.2%}",
        f"{told['title'][0] / told['title'][1]:8.2%}",
        f"{false:6}",
        f"{reading:8.1f} s" if reading is not None else "",
    ]
    print(" ".join(cells), flush=True)


def seconds_to_read(papers: list[Paper], knowledge: Knowledge) -> float:
    """How long reading takes when the papers are a Markdown list."""
    text = "".join(f"- [{paper.title}]({paper.url}) | OSDI 2024\n" for paper in papers)
    start = time.process_time()
    read_list(Source("list.md", text), knowledge)
    return time.process_time() - start


def main() -> None:
    """Print the series, each size in a process of its own, so that its memory is its own."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--read", action="store_true", help="also read a list of the same papers")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        measure(arguments.one, read=arguments.read)
        return
    print("  entries    prepare    compare /n log n     memory   by id by title  false    read")
    for size in arguments.sizes:
        also = ["--read"] if arguments.read else []
        subprocess.run([sys.executable, __file__, "--one", str(size), *also], check=True)


if __name__ == "__main__":
    main()
