"""What is read as no entry is said once a block."""

from __future__ import annotations

import pytest

from listlint.knowledge.knowledge import Knowledge
from listlint.papers.read import read_list
from listlint.papers.unread import unread
from listlint.source import Source

KNOWLEDGE = Knowledge()
PAPER = "https://arxiv.org/abs/2401.0000"


def found(text):
    return [
        (one.kind, one.url[-1], one.papers)
        for one in unread(read_list(Source("list.md", text), KNOWLEDGE), KNOWLEDGE)
    ]


def test_one_finding_a_block():
    rows = "\n".join(f"| [code](https://github.com/a/b{one}) | [paper]({PAPER}{one}) |" for one in (1, 2, 3))
    items = "\n".join(f"- [{one}]({PAPER}{one})" for one in (4, 5))
    text = (
        f"| Code | Demo |\n| --- | --- |\n{rows}\n\n{items}\n\n[6]({PAPER}6)\n\n[7]({PAPER}7) [7]({PAPER}7)\n"
    )
    assert found(text) == [("table", "1", 3), ("list", "4", 2), ("paragraph", "6", 2)]


def test_a_heading_parts_paragraphs():
    assert found(f"[6]({PAPER}6)\n\n# More\n\n[7]({PAPER}7)\n") == [
        ("paragraph", "6", 1),
        ("paragraph", "7", 1),
    ]


@pytest.mark.parametrize("text", [f"{PAPER}1", f"<{PAPER}1>", f"[1]({PAPER}1)", f'<a href="{PAPER}1">1</a>'])
def test_every_way_to_link(text):
    assert found(text) == [("paragraph", "1", 1)]


@pytest.mark.parametrize(
    "text",
    [
        f"We thank [1]({PAPER}1) for all.",
        f"It grew out of [1]({PAPER}1).",
        f"[Walks]({PAPER}1) are long.",
        f"Figure 2 in ({PAPER}1)",
        f"## Citation\n\n[1]({PAPER}1)",
        "[1](https://github.com/a/b)",
        "[1](https://arxiv.org/abs/XXXX.XXXXX)",
        f"<!-- {PAPER}1 -->",
        f"- [A Title]({PAPER}1)\n\n[1]({PAPER}1)",
    ],
)
def test_left_alone(text):
    assert found(text) == []
