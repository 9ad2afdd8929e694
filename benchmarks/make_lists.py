"""Makes paper lists to measure with: `python benchmarks/make_lists.py FOLDER [--lists 100] [--kilobytes 23] [--seed 1]`.

The facts come from `lists/`: names, subtitles, venues, places and keywords are recombined into papers that do not
exist. Every second list is canonical; the others have as many faults as the lists that people keep: other ways to
write venues and links, misspellings, doubled entries, padded tables, other bullets, blanks at line ends. The same
seed makes the same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["make_lists"]

ROOT = Path(__file__).parents[1]
MONTHS, MOST_PAPERS = 108, 1000  # of arXiv ids, and of one list
VENUES, PLACES, FAULTY = 0.6, 0.5, 0.45  # how many papers have them; as in real lists
TAIL = re.compile(r" (?=(?:for|with|via|using|on|in|of|through|from) )")
TYPOS = {
    "Inference": "Infernce",
    "Learning": "Learing",
    "Distributed": "Distibuted",
    "Efficient": "Effcient",
    "Language": "Langauge",
    "Performance": "Performace",
    "University": "Univeristy",
    "Framework": "Framwork",
}


class Paper(NamedTuple):
    """One paper that does not exist."""

    name: str
    rest: str
    url: str
    venue: str
    place: str
    keywords: tuple[str, ...]

    @property
    def title(self) -> str:
        """The whole title."""
        return f"{self.name}: {self.rest}"


class Facts(NamedTuple):
    """What papers are made of."""

    names: list[str]
    heads: list[str]
    tails: list[str]
    venues: list[str]
    places: list[str]
    keywords: list[str]


def read_facts() -> Facts:
    """The parts of all entries under `lists/`, sorted, each once."""
    command = [sys.executable, "-m", "listlint", "export", str(ROOT / "lists"), "--to", "jsonl"]
    done = subprocess.run(command, check=True, capture_output=True)
    parts: tuple[set[str], ...] = tuple(set() for _ in Facts._fields)
    names, heads, tails, venues, places, keywords = parts
    for line in done.stdout.decode().splitlines():
        entry = json.loads(line)
        name, colon, rest = entry["title"].partition(": ")
        head, *more = TAIL.split(rest if colon else entry["title"], maxsplit=1)
        if colon and len(name.split()) == 1:
            names.add(name)
        heads.add(head)
        tails.update(more)
        if entry["venue"] and entry["venue"]["year"]:
            venues.add(f"{entry['venue']['name']} {entry['venue']['year']}")
        places.update(entry["institutions"])
        keywords.update(one for one in entry["keywords"] if one.isascii() and "|" not in one)
    return Facts(*(sorted(part) for part in parts))


def papers(facts: Facts, rng: random.Random, list_number: int) -> Iterator[Paper]:
    """Papers without end, each with an id of its own among those of all lists."""
    for number in count(list_number * MOST_PAPERS):
        head, tail = rng.choice(facts.heads), rng.choice(facts.tails)
        if set(head.lower().split()[-1:]) & set(tail.lower().split()):
            continue
        month, paper = number % MONTHS, number // MONTHS
        url = f"https://arxiv.org/abs/{16 + month // 12}{month % 12 + 1:02}.{paper * 7919 % 99_991 + 1:05}"
        yield Paper(
            rng.choice(facts.names),
            f"{head} {tail}",
            url,
            rng.choice(facts.venues) if rng.random() < VENUES else "",
            rng.choice(facts.places) if rng.random() < PLACES else "",
            tuple(rng.sample(facts.keywords, rng.randint(1, 2))),
        )


# -- dialects ----------------------------------------------------------------------------------------------------------


def table(paper: Paper) -> str:
    """A row."""
    cells = (f"[{paper.title}]({paper.url})", "; ".join(paper.keywords), paper.place, paper.venue)
    return "|" + "".join(f" {cell} |" if cell else " |" for cell in cells) + "\n"


def checklist(paper: Paper) -> str:
    """An item with a box."""
    said = [f"by {paper.place}" if paper.place else "", f"accepted by {paper.venue}" if paper.venue else ""]
    behind = ", ".join(one for one in said if one)
    return f"- [ ] [{paper.title}]({paper.url}){': ' + behind if behind else ''}\n"


def nested(paper: Paper) -> str:
    """An item with its places below."""
    venue = f" ({paper.venue})" if paper.venue else ""
    below = f"  - {paper.place}\n" if paper.place else ""
    return f"- {paper.title}{venue} \\[[Paper]({paper.url})]\n{below}"


def bullets(paper: Paper) -> str:
    """A short name with the link, then the rest of the title."""
    behind = paper.venue or paper.place
    return f"- [{paper.name}]({paper.url}): {paper.rest}{' | ' + behind if behind else ''}\n"


def headings(paper: Paper) -> str:
    """A heading with its block."""
    tags = [one for one in (paper.name, paper.venue, paper.place) if one]
    key = re.sub(r"\W", "", paper.url)[-9:]
    eprint = paper.url.rpartition("/")[2]
    record = f"@misc{{p{key},\n  title = {{{paper.title}}},\n  eprint = {{{eprint}}},\n  archivePrefix = {{arXiv}},\n}}"
    tag = " | ".join(f"`{one}`" for one in tags)
    return (
        f"\n## {paper.title}\n\ntag: {tag}\n\npaper link: [here]({paper.url})\n\n```bibtex\n{record}\n```\n"
    )


HEADER = "| Paper | Keywords | Institution | Venue |\n| --- | --- | --- | --- |\n"
DIALECTS: tuple[tuple[Callable[[Paper], str], str, int], ...] = (
    (table, HEADER, 25),
    (checklist, "", 20),
    (nested, "", 20),
    (bullets, "", 15),
    (headings, "", 1 << 30),
)


# -- faults ------------------------------------------------------------------------------------------------------------


def spoil_venue(text: str, rng: random.Random) -> str:
    """Another way to write a venue and its year."""
    way = rng.choice((r"\1'\2", r"\1' \2", r"\1 '\2", r"\1-\2", r"\1\2"))
    return re.sub(r"\b([A-Z][A-Za-z]{2,9}) 20(\d\d)\b(?=[^\]]*$)", way, text, count=1)


def spoil_link(text: str, rng: random.Random) -> str:
    """Another address of the same paper."""
    new = rng.choice((r"arxiv.org/pdf/\1", r"arxiv.org/pdf/\1.pdf", r"arxiv.org/abs/\1v2"))
    return re.sub(r"arxiv\.org/abs/([\d.]{10})(?!v)", new, text, count=1)


def spoil_word(text: str, rng: random.Random) -> str:
    """A slip of the pen."""
    there = [word for word in TYPOS if word in text]
    if not there:
        return text.replace("\n", "  \n", 1)
    word = rng.choice(there)
    return text.replace(word, TYPOS[word], 1)


def spoil_blank(text: str, rng: random.Random) -> str:
    """Blanks where none are needed."""
    return (
        text.replace(" | ", rng.choice(("  |  ", " |  ")), 1)
        if " | " in text
        else text.replace("\n", " \n", 1)
    )


def double(text: str, _rng: random.Random) -> str:
    """The same twice."""
    return text + text


FAULTS = (spoil_venue, spoil_venue, spoil_link, spoil_link, spoil_word, spoil_blank, double)


def one_list(number: int, facts: Facts, size: int, rng: random.Random) -> str:
    """A list of about `size` bytes; those with an odd number are messy."""
    write, header, section = DIALECTS[number // 2 % len(DIALECTS)]
    messy = number % 2 == 1
    parts = [f"# Papers, part {number + 1}\n\nCollected for reading groups.\n"]
    length = len(parts[0])
    for done, paper in enumerate(papers(facts, rng, number)):
        if length >= size:
            break
        if done % section == 0 and write is not headings:
            parts.append(f"\n## Topic {done // section + 1}\n\n{header}")
        text = write(paper)
        if messy and rng.random() < FAULTY:
            for fault in rng.sample(FAULTS, rng.choice((1, 1, 2))):
                text = fault(text, rng)
        parts.append(text)
        length += len(text)
    text = "".join(parts)
    return re.sub(r"^(\s*)- ", r"\1* ", text, flags=re.MULTILINE) if messy and rng.random() < 0.5 else text  # noqa: PLR2004


def make_lists(
    folder: Path, count: int, *, size: int = 22_800, seed: int = 1, facts: Facts | None = None
) -> int:
    """Write `count` lists of about `size` bytes into `folder`; how many bytes they are."""
    facts = facts or read_facts()
    folder.mkdir(parents=True, exist_ok=True)
    total = 0
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")  # noqa: S311 - no secret
        data = one_list(number, facts, size, rng).encode()
        (folder / f"list-{number:04}.md").write_bytes(data)
        total += len(data)
    return total


def main() -> None:
    """Make lists as the command line says."""
    read = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0])
    read.add_argument("folder", type=Path)
    read.add_argument("--lists", type=int, default=100)
    read.add_argument("--kilobytes", type=float, default=22.8)
    read.add_argument("--seed", type=int, default=1)
    given = read.parse_args()
    total = make_lists(given.folder, given.lists, size=int(given.kilobytes * 1000), seed=given.seed)
    print(f"{given.lists} lists, {total / 1e6:.2f} MB, in {given.folder}")


if __name__ == "__main__":
    main()
