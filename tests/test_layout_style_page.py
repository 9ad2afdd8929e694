"""The examples on the style page are true, and its table names every choice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from listlint.layout import LayoutOptions, canonical

PAGE = (Path(__file__).parents[1] / "docs" / "style.md").read_text(encoding="utf-8")
PAIR = re.compile(
    r"^Before:\n\n(`{3,})markdown\n(.*?)^\1\n\nAfter:\n\n(`{3,})markdown\n(.*?)^\3$", re.MULTILINE | re.DOTALL
)
PAIRS = [(match[2].replace("·", " "), match[4].replace("·", " ")) for match in PAIR.finditer(PAGE)]


def test_every_fence_is_run():
    assert len(PAIRS) * 2 == len(re.findall(r"^`{3,}markdown$", PAGE, re.MULTILINE))


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_example(before, after):
    assert canonical(before) == after
    assert canonical(after) == after


@pytest.mark.parametrize(("choice", "default"), LayoutOptions()._asdict().items())
def test_every_choice_is_named(choice, default):
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{choice}` |"))
    named, *others = re.findall(r"`([^`]+)`", row)[1:]
    assert named == default
    assert {named, *others} == set(get_args(get_type_hints(LayoutOptions)[choice]))


def test_the_page_keeps_to_its_own_style():
    assert canonical(PAGE) == PAGE
