"""Each rule's page is checked against its rule, and its examples are run: the pages are the rules' tests."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from listlint.config import set_options
from listlint.findings import Safety
from listlint.fixer import Fixer
from listlint.knowledge.knowledge import Knowledge
from listlint.knowledge.rulebook import rulebook
from listlint.layout import LayoutOptions
from listlint.outside import LinkStatus, LinkVerdict
from listlint.papers.model import Collection
from listlint.papers.read import read_list
from listlint.rules import catalogue, chosen
from listlint.source import Source
from listlint.world import World

if TYPE_CHECKING:
    from listlint.options import Options

FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
LABEL = re.compile(r"^(Before|After|Finds|With|Told):$")
KNOWLEDGE = Knowledge()


@dataclass(frozen=True)
class Example:
    rule: str
    kind: str
    before: str
    after: str = ""
    settings: str = ""
    told: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.rule}:{self.line}:{self.kind}"


def page(name: str) -> str:
    return (rulebook() / f"{name}.md").read_text(encoding="utf-8")


def sections(text: str) -> dict[str, tuple[str, int]]:
    """The parts of a page by their headings, and the line before each; a heading inside a fence is an example."""
    fences = [match.span() for match in FENCE.finditer(text)]
    heads = [
        match
        for match in re.finditer(r"^## (.+)$", text, re.MULTILINE)
        if not any(start < match.start() < end for start, end in fences)
    ]
    ends = [*(match.start() for match in heads[1:]), len(text)]
    found = {"": (text[: heads[0].start()], 0)}
    for head, end in zip(heads, ends, strict=True):
        found[head[1].strip()] = (text[head.end() : end], text.count("\n", 0, head.end()))
    return found


def examples(name: str) -> list[Example]:
    found: list[Example] = []
    parts = sections(page(name))
    settings, told, waiting = "", "", None
    body, start = parts.get("Examples", ("", 0))
    for match in FENCE.finditer(body):
        words = body[: match.start()].rstrip().rsplit("\n", 1)[-1].strip()
        label = LABEL.match(words)
        line = start + body.count("\n", 0, match.start()) + 1
        assert label, (
            f"{name}.md:{line}: a fence follows a line Before:, After:, Finds:, With: or Told:, not {words!r}"
        )
        if label[1] == "With":
            settings = match[3]
        elif label[1] == "Told":
            told = match[3]
        elif label[1] == "Finds":
            found.append(Example(name, "finds", match[3], settings=settings, told=told, line=line))
            settings = told = ""
        elif label[1] == "Before":
            waiting = Example(name, "fix", match[3], settings=settings, told=told, line=line)
        else:
            assert waiting, f"{name}.md:{line}: After: without Before:"
            found.append(replace(waiting, after=match[3]))
            settings, told, waiting = "", "", None
    assert waiting is None, f"{name}.md: Before: without After:"
    body, start = parts.get("Left alone", ("", 0))
    for match in FENCE.finditer(body):
        line = start + body.count("\n", 0, match.start()) + 1
        if match[2] == "yaml":
            settings = match[3]
            continue
        found.append(Example(name, "left", match[3], settings=settings, line=line))
        settings = ""
    return found


def options_of(example: Example) -> Options:
    import yaml

    values = yaml.safe_load(example.settings) or {}
    return set_options(f"{example.rule}.md", {"select": [example.rule], **values})


def world_of(example: Example) -> World:
    """A world in which the example's links have the verdicts that it tells."""
    import yaml

    told = yaml.safe_load(example.told) or {}
    return World(
        {url: LinkVerdict(**{**one, "status": LinkStatus(one["status"])}) for url, one in told.items()}
    )


def lists_of(text: str) -> dict[str, str]:
    """The lists of an example: a line `<!-- file: NAME -->` begins another one."""
    parts = re.split(r"^<!-- file: (\S+) -->\n", text, flags=re.MULTILINE)
    return {"list.md": parts[0]} | dict(zip(parts[1::2], parts[2::2], strict=True))


def check(example: Example, text: str):
    """The checker, the first list, the others, and all findings."""
    from listlint.check import Checker

    options = options_of(example)
    rules = chosen(options.choice, online=True)
    knowledge = Knowledge(options.knowledge) if options.knowledge else KNOWLEDGE
    checker = Checker(rules, knowledge, options, world_of(example))
    lists = [read_list(Source(path, one), knowledge) for path, one in lists_of(text).items()]
    found = checker.check(Collection(tuple(lists), frozenset(one.path for one in lists)))
    return checker, lists, [one for path in found for one in found[path]]


def fix(example: Example, text: str) -> str:
    """The first list with everything fixed, the others as they were."""
    checker, lists, found = check(example, text)
    first, others = lists[0], lists[1:]
    layout = LayoutOptions() if example.rule == "layout" else None

    def findings(current):
        if current is first:
            return [one for one in found if one.finding.path == "list.md"]
        return checker.check(Collection((current, *others), frozenset({"list.md"})))["list.md"]

    result = Fixer(checker.knowledge, findings, unsafe=True, layout=layout).fix(first)
    assert not result.refused, result.refused
    return text.replace(first.source.text, result.papers.source.text, 1)


ALL = [example for name in catalogue() if (rulebook() / f"{name}.md").exists() for example in examples(name)]


@pytest.mark.parametrize("name", list(catalogue()))
def test_page_agrees_with_rule(name):
    rule, text = catalogue()[name], page(name)
    parts = sections(text)
    assert text.startswith(f"# {rule.name} ({rule.code})\n")
    assert parts[""][0].strip().splitlines()[2:], "a sentence says what holds"
    assert parts["Why"][0].strip()
    assert re.match(r"`?(safe|unsafe|depends|none)`?\b", parts["Fix safety"][0].strip())
    assert bool(rule.options) == ("Options" in parts)
    for option in rule.options:
        assert f"`{option.name}`" in parts["Options"][0]
    assert any(one.kind in ("fix", "finds") for one in examples(name)), "an example"
    assert any(one.kind == "left" for one in examples(name)), "a near miss"


def test_every_page_has_a_rule():
    assert {path.stem for path in rulebook().glob("*.md")} == set(catalogue())


@pytest.mark.parametrize("example", [one for one in ALL if one.kind == "fix"], ids=str)
def test_before_becomes_after(example):
    after = fix(example, example.before)
    assert after == example.after
    assert fix(example, after) == after, "a second run changes nothing"


@pytest.mark.parametrize("example", [one for one in ALL if one.kind == "fix"], ids=str)
def test_safety_is_as_the_page_says(example):
    said = re.match(r"`?(\w+)", sections(page(example.rule))["Fix safety"][0].strip())[1]
    if said in ("safe", "unsafe") and example.rule != "layout":
        for found in check(example, example.before)[2]:
            if found.finding.fix is not None:
                assert found.finding.fix.safety is Safety(said)


@pytest.mark.parametrize("example", [one for one in ALL if one.kind == "finds"], ids=str)
def test_finds(example):
    assert check(example, example.before)[2]


@pytest.mark.parametrize("example", [one for one in ALL if one.kind == "left"], ids=str)
def test_left_alone(example):
    found = check(example, example.before)[2]
    assert not found, [one.finding.message for one in found]
