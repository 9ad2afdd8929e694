"""The shapes in which lists are written: each sample beside its expected entries."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from listlint.knowledge.knowledge import Knowledge
from listlint.papers.read import read_list
from listlint.source import Source

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*.md"))
LISTS_OF_SHAPES = ("bibliography", "shapes")  # under `lists/`; what they hold is in `data/`
KNOWLEDGE = Knowledge()
LISTS = ("institutions", "authors", "keywords", "notes")


def read(text):
    return read_list(Source("list.md", text), KNOWLEDGE).entries


def shown(entry):
    """An entry as the sample's data has it: what is absent is not there."""
    row = {"line": entry.line, "dialect": entry.dialect, "title": entry.title}
    row["links"] = [f"{link.role.value} {link.url}" for link in entry.links]
    if entry.end_line != entry.line:
        row["end_line"] = entry.end_line
    if entry.venue is not None:
        row["venue"] = entry.venue.name
        if entry.venue.year is not None:
            row["year"] = entry.venue.year
    row |= {name: [piece.text for piece in getattr(entry, name)] for name in LISTS if getattr(entry, name)}
    if entry.date is not None:
        row["date"] = entry.date.text
    if entry.read is not None:
        row["read"] = entry.read
    if entry.section.path:
        row["section"] = " / ".join(entry.section.path)
    return row


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_sample(path):
    source = Source.decode(path.name, path.read_bytes())
    found = [shown(entry) for entry in read_list(source, KNOWLEDGE).entries]
    assert found == yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LISTS_OF_SHAPES)
def test_every_shape_is_read_in_every_field(name):
    here = Path(__file__).parent
    source = Source.decode(name, (here.parent / "lists" / f"{name}.md").read_bytes())
    found = [shown(entry) for entry in read_list(source, KNOWLEDGE).entries]
    expected = (here / "data" / f"lists_{name}.yaml").read_text(encoding="utf-8")
    assert found == yaml.safe_load(expected)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_spans_show_their_text(path):
    """A field's place in the source begins and ends with what the field says."""
    source = Source.decode(path.name, path.read_bytes())
    for entry in read_list(source, KNOWLEDGE).entries:
        for link in entry.links:
            assert source[link.url_span].strip("<>") in (link.url, "")
        for mention in entry.venues:
            written = source[mention.span].replace("\n", " ")
            badge = written.startswith("![") and all(word in written for word in mention.text.split())
            assert written == mention.text or badge
        for piece in (*entry.title_pieces, *entry.institutions, *entry.keywords):
            assert piece.span in entry.span
            first, *_, last = piece.text.split() * 2
            assert source[piece.span].find(first) < source[piece.span].rfind(last) + len(last)
            assert first in source[piece.span]


TITLES = [
    ("- [A Short Walk](https://arxiv.org/abs/2401.00001)", "A Short Walk"),
    ("- [Walk](https://arxiv.org/abs/2401.00001): A Longer Title", "Walk: A Longer Title"),
    ("- **Walk**: A Longer Title. [[paper](https://arxiv.org/abs/2401.00001)]", "Walk: A Longer Title"),
    (
        '- **Walk**: "Walk: A Longer Title", ICML, 2023. [[Paper](https://arxiv.org/abs/2401.00001)]',
        "Walk: A Longer Title",
    ),
    ("- [WALK] A Longer Title [[paper](https://arxiv.org/abs/2401.00001)]", "A Longer Title"),
    ("- [[Paper](https://arxiv.org/abs/2401.00001)] A Title behind Labels", "A Title behind Labels"),
    ("- 2021-ICML-[A Title behind a Venue](https://arxiv.org/abs/2401.00001)", "A Title behind a Venue"),
    (
        "- (*arXiv 2024.07*) A Title in the Open [[paper](https://arxiv.org/abs/2401.00001)]",
        "A Title in the Open",
    ),
    ("- `ICLR 2022` [A Title behind a Tag](https://arxiv.org/abs/2401.00001)", "A Title behind a Tag"),
    ("- **A Bold Title (2016)**, A. Lind et al. [[pdf]](https://arxiv.org/abs/1601.00001)", "A Bold Title"),
    (
        "- [A Tutorial on Walking Slowly](https://arxiv.org/abs/2401.00001) | [notes](n.md)",
        "A Tutorial on Walking Slowly",
    ),
    ("- A Title before Its Address, https://arxiv.org/abs/2401.00001", "A Title before Its Address"),
    ("- [A Title<br>over Two Lines](https://arxiv.org/abs/2401.00001)", "A Title over Two Lines"),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_title(text, title):
    assert [entry.title for entry in read(text)] == [title]


NOT_ENTRIES = [
    "- [Paper](URL)",
    "- **Title**, Venue Year. [[Paper](URL)] [[Code](URL)]",
    "See [Walk](https://arxiv.org/abs/2401.00001) is a good start for those who begin.",
    "We keep a [survey](https://arxiv.org/abs/2401.00001) of such papers.",
    "[//]: # (- [Hidden](https://arxiv.org/abs/2401.00001))",
    "<!-- - [Hidden](https://arxiv.org/abs/2401.00001) -->",
    "```\n- [Shown](https://arxiv.org/abs/2401.00001)\n```",
    "## Contents\n\n- [Walking](#walking)\n- [Running](#running)",
    "{% hint %}\nWrite to us.\n{% endhint %}",
    "![A figure](https://example.org/figure.png)",
]


@pytest.mark.parametrize("text", NOT_ENTRIES)
def test_no_entry(text):
    assert read(text) == ()


def test_a_heading_over_papers_is_a_section():
    text = "## Walking\n\n" + "\n\n".join(
        f"**A Title Number {number}** \\\n*Ann Lee, Bo Chi* \\\narXiv 2024. [[Paper](https://arxiv.org/abs/2401.0000{number})]"
        for number in (1, 2, 3)
    )
    found = read(text)
    assert [entry.section.path for entry in found] == [("Walking",)] * 3
    assert [entry.line for entry in found] == [3, 7, 11]


def test_a_summary_is_a_section():
    text = "<details>\n<summary>Walking</summary>\n\n- [A Title](https://arxiv.org/abs/2401.00001)\n\n</details>\n\n- [B Title](https://arxiv.org/abs/2401.00002)\n"
    assert [entry.section.path for entry in read(text)] == [("Walking",), ()]


def test_each_mixed_dialect_is_named():
    text = (
        "- [ ] [A One](https://arxiv.org/abs/2401.00001)\n\n"
        "| Title | Venue |\n| --- | --- |\n| [A Two](https://arxiv.org/abs/2401.00002) | ICML 2024 |\n\n"
        "**A Title Number Three** [[paper](https://arxiv.org/abs/2401.00003)]\n\n"
        "1. [A Four](https://arxiv.org/abs/2401.00004)\n\n"
        "#### [A Five](https://arxiv.org/abs/2401.00005)\n"
    )
    assert [entry.dialect for entry in read(text)] == [
        "checklist",
        "table",
        "paragraphs",
        "numbered",
        "headings",
    ]


def test_the_surer_the_more_it_says():
    sure, less = read(
        "- [A Title](https://arxiv.org/abs/2401.00001)\n- [A Tool](https://tool.example.org/) - a tool"
    )
    assert sure.confidence > less.confidence
