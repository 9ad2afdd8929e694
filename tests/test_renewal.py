"""Lists that are looked at again after a change come to what all lists looked at anew come to."""

from __future__ import annotations

import random
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listlint.cache import Cache
from listlint.check import Checker
from listlint.findings import Suppression
from listlint.gather import File
from listlint.knowledge.knowledge import Knowledge
from listlint.ledger import Ledger
from listlint.options import Choice, Options
from listlint.papers.model import Collection
from listlint.papers.read import read_list
from listlint.renewal import renew, whole
from listlint.rules import chosen
from listlint.source import Source
from listlint.survey import Survey
from listlint.world import World

if TYPE_CHECKING:
    from pathlib import Path

KNOWLEDGE = Knowledge()
RULES = [rule for rule in chosen(Choice()) if rule.on in (Collection, Suppression)]
WORDS = ("Folding", "Sorting", "Elastic", "Queues", "Lagoon", "Ember", "Quartz", "Tundra", "Willow", "Copper")
URLS = (
    "https://arxiv.org/abs/2401.0000{}",
    "https://arxiv.org/pdf/2401.0000{}v2",
    "https://doi.org/10.1145/3600006.361313{}",
    "https://example.edu/{}.pdf",
)
SAID = ("", " | OSDI 2024", " | SOSP 2023", " | arXiv 2024", " <!-- listlint-ignore DUP001 -->")

titles = st.tuples(
    st.sampled_from(["", "QuickFold: ", "QuickFold-2: ", "Queuer: "]),
    st.lists(st.sampled_from(WORDS[:4]), min_size=4, max_size=6).map(" ".join),
).map("".join)
urls = st.tuples(st.sampled_from(URLS), st.integers(0, 9)).map(lambda pair: pair[0].format(pair[1]))
lines = st.tuples(titles, urls, st.sampled_from(SAID)).map(lambda one: f"- [{one[0]}]({one[1]}){one[2]}\n")
lists = st.tuples(st.lists(lines, max_size=4).map("".join), st.booleans())


def survey(cache: Cache) -> Survey:
    return Survey(Checker(RULES, KNOWLEDGE, Options(), World()), World(), cache, "")


def files(some: dict[str, tuple[str, bool]]) -> list[File]:
    return [
        File(name, text.encode(), is_target=is_target) for name, (text, is_target) in sorted(some.items())
    ]


def told(some: dict[str, tuple[str, bool]], cache: Cache) -> tuple[Ledger, dict[str, tuple[list, int]]]:
    """What all lists come to, looked at anew."""
    work = survey(cache)
    pairs = list(zip(files(some), work.check(files(some)), strict=True))
    compared = work.compare(pairs)
    ledger = Ledger.of("", whole(work, pairs, compared).accounts, compared.owners)
    found = {file.path: compared.of(file.path) for file, _ in pairs if file.is_target}
    return Ledger.unpack(ledger.pack()), found


def directly(some: dict[str, tuple[str, bool]]) -> dict[str, list]:
    """What the rules find in all lists at once."""
    lists = tuple(read_list(Source.decode(name, one.encode()), KNOWLEDGE) for name, (one, _) in some.items())
    collection = Collection(lists, frozenset(name for name, (_, is_target) in some.items() if is_target))
    checker = Checker(RULES, KNOWLEDGE, Options(), World())
    found = checker.check(collection)
    return {
        name: [checker.locate(each, collection) for each in found.get(name, ())]
        for name in collection.targets
    }


def told_again(
    some: dict[str, tuple[str, bool]], cache: Cache, ledger: Ledger, known: dict[str, tuple[list, int]]
) -> tuple[Ledger, dict[str, tuple[list, int]]]:
    """What all lists come to by a renewal, held to what they come to looked at anew, and all at once."""
    renewal = renew(survey(cache), ledger, files(some))
    anew, expected = told(some, cache)
    assert renewal is not None
    assert {path: one for path, (one, _) in expected.items()} == directly(some)
    found = known | {path: renewal.compared.of(path) for path in renewal.told}
    assert {path: found[path] for path in expected} == expected
    assert [one.path for one in renewal.accounts] == sorted(some)
    renewed = Ledger.of("", renewal.accounts, renewal.compared.owners)
    assert {key: sorted(paths) for key, paths in renewed.owners.items()} == {
        key: sorted(paths) for key, paths in anew.owners.items()
    }
    return renewed, expected


@settings(suppress_health_check=[HealthCheck.too_slow], max_examples=150)
@given(
    st.dictionaries(st.sampled_from([f"{number}.md" for number in range(9)]), lists, min_size=7, max_size=9),
    st.lists(st.tuples(st.integers(0, 9), st.one_of(st.none(), lists)), min_size=1, max_size=3),
)
def test_a_renewal_comes_to_what_all_lists_come_to(before, changes):
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(folder)
        ledger, known = told(before, cache)
        for number, change in changes:
            after = {name: one for name, one in before.items() if name != f"{number}.md"}
            if change is not None:
                after[f"{number}.md"] = change
            ledger, known = told_again(after, cache, ledger, known)
            before = after


@pytest.mark.parametrize("seed", range(5))
def test_lists_that_share_little_are_told_of_all_that_they_share(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - histories, no secrets
    cache = Cache(str(tmp_path))
    papers = [" ".join(chance.sample(WORDS, 6)) for _ in range(30)]

    def line() -> str:
        name, url = chance.choice(["", "QuickFold: "]), chance.choice(URLS)
        return f"- [{name}{chance.choice(papers)}]({url.format(chance.randrange(99))}){chance.choice(SAID)}\n"

    before = {f"{number}.md": (line() + line(), True) for number in range(9)}
    ledger, known = told(before, cache)
    for _ in range(30):
        name = f"{chance.randrange(9)}.md"
        lines = before[name][0].splitlines(keepends=True)
        if chance.random() < len(lines) / 4:
            lines.pop(chance.randrange(len(lines)))
        else:
            lines.append(line())
        before[name] = "".join(lines), chance.random() < 0.8
        ledger, known = told_again(before, cache, ledger, known)


@pytest.mark.parametrize(
    "after", [None, "- [Another Thing of Some Worth](https://arxiv.org/abs/2401.00009)\n"]
)
def test_a_list_is_told_that_the_title_with_a_short_name_is_gone(after: str | None, tmp_path: Path) -> None:
    title = "Folding Sorting Elastic Queues Quickly Today"
    some = {f"{number}.md": ("", True) for number in range(5)}
    some["long.md"] = (f"- [QuickFold: {title}](https://arxiv.org/abs/2401.00001)\n", True)
    some["short.md"] = (f"- [{title}](https://doi.org/10.1145/3600006.3613132)\n", True)
    cache = Cache(str(tmp_path))
    ledger, known = told(some, cache)
    assert known["short.md"][0]
    del some["long.md"]
    if after is not None:
        some["long.md"] = (after, True)
    renewal = renew(survey(cache), ledger, files(some))
    assert renewal is not None
    assert "short.md" in renewal.told
    assert not renewal.compared.of("short.md")[0]


def test_two_papers_of_one_row_are_told_apart(tmp_path: Path) -> None:
    twice = "[Sampling Graph Networks without Fear](https://doi.org/10.1145/3600006.3613131)"
    shared = "[Serving Language Models Cheaply](https://arxiv.org/abs/2401.00002)"
    table = f"| Paper | Venue |\n| --- | --- |\n| {shared} | |\n| {twice} | |\n| {twice} and {shared} | |\n"
    some = {"one.md": (table, True), "two.md": (f"- {shared}\n", True)}
    expected = directly(some)
    assert [one.code for one in expected["one.md"]] == ["DUP001", "DUP001"]
    assert {path: found for path, (found, _) in told(some, Cache(str(tmp_path)))[1].items()} == expected
