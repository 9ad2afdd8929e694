"""Lists in other dialects: the same papers there, and the same again on the way back."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from listlint.convert import convert
from listlint.convert.bibliography import ConflictError, attach, merged
from listlint.convert.pieces import cut
from listlint.convert.records import pieces_of_records
from listlint.knowledge.knowledge import Knowledge
from listlint.layout import canonical
from listlint.papers.read import read_list
from listlint.papers.records import record
from listlint.papers.writers import dialects
from listlint.papers.writers.markdown import cell, code, destination, escape, label, line_start
from listlint.source import Source

ROOT = Path(__file__).parents[1]
KNOWLEDGE = Knowledge()
SHAPES = ROOT / "lists" / "shapes.md"  # every section in another shape
LISTS = sorted(path for path in (ROOT / "lists").glob("*.md") if path != SHAPES)
SMALL = [ROOT / "lists" / name for name in ("citations.md", "systems.md")]
DIALECTS = ("bullets", "checklist", "headings", "nested", "table")
NOT_COMPARED = {"path", "line", "end_line", "dialect", "bibtex"}


@cache
def papers_of(text):
    return read_list(Source("a.md", text), KNOWLEDGE)


@cache
def converted(text, dialect):
    papers = papers_of(text)
    return convert(cut(papers, KNOWLEDGE), papers.source, dialect, KNOWLEDGE, canonical)


def written(text, dialect):
    return converted(text, dialect).source.text


def rows(text):
    """The entries as `export` has them, without their places; the order of notes does not count."""
    found = []
    for entry in papers_of(text).entries:
        row = {
            name: value
            for name, value in record(entry, "a.md", KNOWLEDGE.hosts).items()
            if name not in NOT_COMPARED
        }
        row["notes"] = sorted(row["notes"])
        row["read"] = bool(row["read"])
        found.append(row)
    return sorted(found, key=lambda row: json.dumps(row, sort_keys=True))


def dialect_of(text):
    return Counter(entry.dialect for entry in papers_of(text).entries).most_common(1)[0][0]


def test_every_dialect_is_a_file():
    assert dialects() == DIALECTS


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_there_and_back_is_the_same(path, dialect):
    text = path.read_text(encoding="utf-8")
    there = written(text, dialect)
    assert len(papers_of(there).entries) == len(papers_of(text).entries)
    assert not converted(text, dialect).moved
    assert rows(written(there, dialect_of(text))) == rows(text)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_shape_keeps_its_fields_and_may_gain_words_as_notes(dialect):
    text = SHAPES.read_text(encoding="utf-8")
    there = written(text, dialect)
    before, after = rows(text), rows(written(there, dialect_of(text)))
    assert not converted(text, dialect).moved
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert set(old.pop("notes")) <= set(new.pop("notes"))
        assert "".join(old.pop("marks")) == "".join(new.pop("marks")).replace(" ", "")
        assert new == old


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.name)
def test_the_result_is_canonical_and_converts_to_itself(path, dialect):
    there = written(path.read_text(encoding="utf-8"), dialect)
    assert canonical(there) == there
    assert written(there, dialect) == there


RICH = """---
title: kept
---
# Papers

An introduction, with `code`.

## Caches

- [x] ⭐ [Ducks | Pipes: 100% *more* of_it](https://arxiv.org/abs/2401.00001) | MIT | OSDI 2024 | [Code](https://github.com/a/b)
  - Problem: a | b and <c>
  - Authors: Ann Lee, Bob Roe
  - Keywords: `x, y`, cache
- [ ] A Study of [Brackets] in Titles \\[[Paper](https://arxiv.org/abs/2401.00002)] <!-- listlint-ignore typo: it is a name -->
- [ ] [Geese at 5$ and $n$ Ponds](https://arxiv.org/abs/2401.00003) | ICML 2024 oral

Some text between.

- Reading group: Mondays
- [ ] [Short](https://arxiv.org/abs/2401.00004): A Long Subtitle

## Others
"""


@pytest.mark.parametrize("dialect", DIALECTS)
def test_nothing_is_dropped(dialect):
    there = written(RICH, dialect)
    assert "title: kept\n" in there
    for kept in (
        "An introduction, with `code`.",
        "Some text between.",
        "Reading group: Mondays",
        "## Others",
        "<!-- listlint-ignore typo: it is a name -->",
    ):
        assert there.count(kept) == 1, kept
    for word in ("Problem", "oral", "x, y", "github.com/a/b", "Ann Lee", "A Long Subtitle"):
        assert word in there, word
    assert [entry.title for entry in papers_of(there).entries] == [
        entry.title for entry in papers_of(RICH).entries
    ]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_text_is_escaped_for_its_place(dialect):
    there = written(RICH, dialect)
    assert not converted(RICH, dialect).moved
    assert rows(written(there, "checklist")) == rows(RICH)


AWKWARD = {
    "sections in details": (
        "# Ducks\n\n<details>\n<summary>Geese</summary>\n\n"
        "- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI 2024\n\n</details>\n\n"
        "- [A Title of Pipes](https://arxiv.org/abs/2401.00002) | OSDI 2024\n"
    ),
    "sections in quotes": (
        "## Ducks\n\n> ### Geese\n\n- [A Title of Caches](https://arxiv.org/abs/2401.00001) | OSDI 2024\n\n"
        "> ### Swans\n\n- [A Title of Pipes](https://arxiv.org/abs/2401.00002) | OSDI 2024\n"
    ),
    "places with commas": (
        "- [A Title of Caches](https://arxiv.org/abs/2401.00001)\n"
        "  - Institution: Stanford University; Pond, Incorporated; University of California, Los Angeles\n"
        "- [A Title of Pipes](https://arxiv.org/abs/2401.00002)\n  - Institution: Pond, Incorporated;\n"
    ),
    "links in an order of their own": (
        "- A Title of Caches \\[[Paper](https://arxiv.org/abs/2401.00001)] \\[[Code](https://github.com/a/b)] "
        "\\[[Slides](https://a.org/a.pdf)]\n"
        "- A Title of Pipes \\[[Slides](https://a.org/b.pdf)] \\[[Paper](https://arxiv.org/abs/2401.00002)] "
        "\\[[Code](https://github.com/a/c)]\n"
    ),
    "keywords of several words": (
        "- [A Title of Caches](https://arxiv.org/abs/2401.00001)\n  - Keywords: ponds, `on/off, again`, rivers\n"
    ),
    "notes with tags": (
        "- [A Title of Caches](https://arxiv.org/abs/2401.00001)\n"
        "  - quick<sup>1</sup> to *read*, slow<sup>2</sup>\n  - <sup>1</sup>on a good day with <b>coffee</b>\n"
    ),
    "notes with keys": (
        "- [A Title of Caches](https://arxiv.org/abs/2401.00001)\n"
        "  - Problem: it is slow.\n  - Key insight: wait.\n  - Note: read twice.\n"
    ),
}


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_lists_are_the_same_there_and_back(name, dialect):
    text = AWKWARD[name]
    there = written(text, dialect)
    assert not converted(text, dialect).moved
    assert rows(there) == rows(text)
    assert rows(written(there, dialect_of(text))) == rows(text)


BADGES = (
    "- [A Title of Caches](https://arxiv.org/abs/2401.00001) ![LLM](https://img.shields.io/badge/LLM-589cf4) "
    '![OSDI 24](https://img.shields.io/badge/OSDI_24-f1b800) [<img src="c.svg" alt="Code">](https://github.com/a/b)\n'
    "- [A Title of Pipes](https://arxiv.org/abs/2401.00002) [arXiv 2024.03]\n"
)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_badges_and_months_stay(dialect):
    there = written(BADGES, dialect)
    assert not converted(BADGES, dialect).moved
    for kept in ("badge/LLM-589cf4)", "badge/OSDI_24-f1b800)", '[<img src="c.svg" alt="Code">](', "2024.03"):
        assert kept in there, kept
    assert rows(there) == rows(BADGES)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_tags_stay_whole(dialect):
    there = written(AWKWARD["notes with tags"], dialect)
    assert "quick<sup>1</sup> to *read*, slow<sup>2</sup>" in there
    assert "<sup>1</sup>on a good day with <b>coffee</b>" in there


def test_a_note_keeps_its_key():
    (entry,) = papers_of(AWKWARD["notes with keys"]).entries
    assert [note.text for note in entry.notes] == [
        "Problem: it is slow.",
        "Key insight: wait.",
        "read twice.",
    ]


def test_what_each_dialect_looks_like():
    text = "- [A Title of Caches](https://arxiv.org/abs/2401.00001) | MIT | OSDI 2024 | [Code](https://github.com/a/b)\n"
    assert written(text, "table") == (
        "| Paper | Institution | Venue | Code |\n| --- | --- | --- | --- |\n"
        "| [A Title of Caches](https://arxiv.org/abs/2401.00001) | MIT | OSDI 2024 | [Code](https://github.com/a/b) |\n"
    )
    assert written(text, "checklist") == f"- [ ] {text[2:]}"
    assert written(text, "bullets") == text
    assert written(text, "nested") == (
        "- [A Title of Caches](https://arxiv.org/abs/2401.00001) \\[[Code](https://github.com/a/b)]\n  - MIT\n  - OSDI 2024\n"
    )
    assert written(text, "headings") == (
        "## [A Title of Caches](https://arxiv.org/abs/2401.00001)\n\nInstitution: MIT\n\nVenue: OSDI 2024\n\nCode: [Code](https://github.com/a/b)\n"
    )


def test_a_heading_that_holds_others_stays():
    text = "# Ducks\n\npaper link: [here](https://arxiv.org/abs/2401.00009)\n\n## More\n\n- [A Title of Caches](https://arxiv.org/abs/2401.00001)\n"
    assert written(text, "table").startswith(
        "# Ducks\n\npaper link: [here](https://arxiv.org/abs/2401.00009)\n\n## More\n"
    )


def test_line_endings_stay():
    source = Source(
        "a.md",
        "- [A Title](https://arxiv.org/abs/2401.00001)\r\n- [Another Title](https://arxiv.org/abs/2401.00002)\r\n",
        bom=True,
    )
    papers = read_list(source, KNOWLEDGE)
    result = convert(cut(papers, KNOWLEDGE), source, "table", KNOWLEDGE, canonical).source
    assert result.bom
    assert result.text.count("\r\n") == result.text.count("\n") == 4


# -- any list ----------------------------------------------------------------------------------------------------------

ODD = st.sampled_from(
    (
        *(
            "[",
            "]",
            "[x]",
            "[so on]",
            "|",
            "\\|",
            "\\",
            "*",
            "**bold**",
            "*it*",
            "_",
            "_em_",
            "a_b_c",
            "\\[",
            "x<y",
            "~",
        ),
        *(
            "中文",
            "论文：好",
            "🎉",
            "⭐",
            "$x^2$",
            "$",
            "&amp;",
            "&lt;",
            "&",
            "&#42;",
            "<br>",
            "<b>bb</b>",
            "<",
            "<c>",
            ">",
        ),
        *(
            "`co de`",
            "`a|b`",
            "`",
            "~~s~~",
            "#",
            "#1",
            "C#",
            "C++",
            "!",
            "![im](u.png)",
            "(so)",
            "(",
            ")",
            "{",
            "}",
            "%",
        ),
        *('"q"', "'", "=", "+", "-", "--", ":", "a:b", ";", "1.", "10%", "^", "@", "é", "…", "½"),
    )
)
PLAIN = st.sampled_from(
    [
        "caches",
        "ponds",
        "serving",
        "ducks",
        "swift",
        "of",
        "the",
        "for",
        "Geese",
        "Models",
        "learning",
        "Rivers",
        "LoRA",
    ]
)
PHRASES = st.lists(PLAIN | ODD, min_size=2, max_size=7).map(" ".join)


@st.composite
def records(draw):
    """A few entries as `export` writes them, their texts full of what Markdown might take for its own."""
    rows = []
    for number in range(draw(st.integers(1, 3))):
        title = f"{draw(st.sampled_from(['Warm', 'Swift']))} {draw(PHRASES)} {number}"
        urls = (f"https://arxiv.org/abs/2401.0000{number}", f"https://a.org/p(1)_{number}.pdf")
        links = [
            {
                "role": "paper",
                "url": draw(st.sampled_from(urls)),
                "label": draw(st.sampled_from([title, "Paper"])),
            }
        ]
        if draw(st.booleans()):
            links.append({"role": "code", "url": f"https://github.com/a/b{number}", "label": "GitHub"})
        rows.append(
            {
                "title": title,
                "links": links,
                "section": ["Ducks"],
                "venue": draw(st.sampled_from([None, {"name": "OSDI", "year": 2024, "text": "OSDI 2024"}])),
                "institutions": draw(
                    st.sampled_from([[], ["MIT"], ["Pond, Incorporated"], ["MIT", "Pond & Co"]])
                ),
                "authors": draw(st.sampled_from([[], ["Ann Lee, Bob Roe"]])),
                "keywords": draw(st.lists(PHRASES, max_size=2)),
                "notes": draw(st.lists(PHRASES, max_size=2)),
                "read": draw(st.sampled_from([None, True, False])),
                "marks": draw(st.sampled_from([[], ["⭐"]])),
            }
        )
    return rows


def _words(rows):
    texts = (
        text for row in rows for text in (row["title"], *row["keywords"], *row["notes"], *row["institutions"])
    )
    return {word for text in texts for word in re.findall(r"[^\W_]+", text)}


@given(records(), st.permutations(DIALECTS).map(lambda all_of_them: all_of_them[:2]))
@settings(deadline=None, max_examples=60)
def test_no_word_is_lost_and_what_moves_is_told(entries, pair):
    first, second = pair
    pieces = pieces_of_records("a.jsonl", "\n".join(map(json.dumps, entries)), KNOWLEDGE)
    here = convert(pieces, Source("a.md", ""), first, KNOWLEDGE, canonical).source.text
    there, back = converted(here, second), written(written(here, second), first)
    for text in (here, there.source.text, back):
        assert {word for word in _words(entries) if word not in text} == set()
    if not (there.moved or there.rest or converted(there.source.text, first).moved):
        assert rows(back) == rows(here)


# -- text --------------------------------------------------------------------------------------------------------------

TEXTS = st.text(
    st.sampled_from("ab *_`[]()<>&$\\|!~#-+.:;1é中")
    | st.characters(exclude_categories=["Cs", "Cc", "Co", "Zl", "Zp"]),
    min_size=1,
    max_size=30,
)


def _shown(markdown, kind="paragraph"):
    from listlint.markdown.read import read_tree
    from listlint.papers.line import Line

    source = Source("a.md", markdown)
    (block,) = read_tree(source).root.children
    assert block.kind == kind
    nodes = [node.kind for node in block.walk()]
    line = Line(source, block.children)
    return " ".join(line.plain(0, len(line)).split()), set(nodes)


@given(TEXTS)
@example("\\]")
@example("\\[x")
@settings(deadline=None, max_examples=300)
def test_escaped_text_is_text(text):
    text = " ".join(text.split())
    if not text:
        return
    shown, kinds = _shown(f"x {escape(text)}")
    assert shown == f"x {text}"
    assert kinds <= {"paragraph", "text", "escape", "entity"}
    assert "link" in _shown(f"[x{label(text)}](u)")[1]
    assert _shown(f"[x{label(text)}](u)")[0] == f"x{text}"


@given(TEXTS)
@settings(deadline=None, max_examples=200)
def test_a_cell_is_one_cell(text):
    from listlint.markdown.read import read_tree

    markdown = f"| a | b |\n| --- | --- |\n| x{cell(escape(text))}x | y |\n"
    (table,) = read_tree(Source("a.md", markdown)).root.children
    rows_found = [row for row in table.children if row.kind == "row"]
    assert [len(row.children) for row in rows_found] == [2, 2]


@pytest.mark.parametrize(
    "url",
    [
        "https://a.org/(x)",
        "https://a.org/x)y",
        "https://a.org/a b",
        "https://a.org/<x>",
        "",
        "a(b(c))",
        "x\\y",
    ],
)
def test_a_destination_is_whole(url):
    shown, kinds = _shown(f"[x]({destination(url)}) y")
    assert (shown, "link" in kinds) == ("x y", True)


@pytest.mark.parametrize("text", ["# x", "- x", "+ x", "1. x", "12) x", "> x", "---", "===", "~~~", "| a |"])
def test_a_line_starts_no_block(text):
    assert _shown(line_start(text))[0] == text


@pytest.mark.parametrize("text", ["a", "`", "a`b", "``", "`a"])
def test_a_code_span_is_one(text):
    assert _shown(f"x {code(text)} y")[0] == f"x {text} y"


# -- BibTeX ------------------------------------------------------------------------------------------------------------

CITED = ROOT / "lists" / "citations.md"


def test_bibtex_goes_beside_and_comes_back(listlint, tmp_path):
    for dialect in ("table", "nested"):
        there, back = tmp_path / f"{dialect}.md", tmp_path / f"{dialect}-back.md"
        run = listlint("convert", CITED, "--to", dialect, "--output-file", there, "--no-config")
        assert run.returncode == 0, run.stderr
        assert "@" not in there.read_text(encoding="utf-8")
        assert b"12 BibTeX blocks" in run.stderr
        run = listlint("convert", there, "--to", "headings", "--output-file", back, "--no-config")
        assert run.returncode == 0, run.stderr
        before, after = (papers_of(path.read_text(encoding="utf-8")).entries for path in (CITED, back))
        assert [entry.bibtex.raw for entry in before] == [entry.bibtex.raw for entry in after]


def test_bibtex_is_found_by_owner_then_by_what_it_says():
    text = "## Ducks\n\npaper link: [here](https://arxiv.org/abs/2401.00001)\n\n## Geese\n\npaper link: [here](https://arxiv.org/abs/2401.00002)\n"
    papers = cut(papers_of(text), KNOWLEDGE)
    hand_made = "@misc{a, title = {Nothing}, eprint = {2401.00002}}\n\n@misc{b, title = {Ducks}}\n"
    assert [paper.bibtex and paper.bibtex[:7] for paper in attach(papers, hand_made)] == [
        "@misc{b",
        "@misc{a",
    ]
    owned = "%% Geese\n@misc{c, title = {Ducks}}\n"
    assert [paper.bibtex for paper in attach(papers, owned)] == [None, "@misc{c, title = {Ducks}}"]


def test_a_bibliography_that_is_there_is_kept():
    papers = [
        piece.with_bibtex("@misc{a, title = {Ducks}}")
        for piece in cut(papers_of("- [Ducks](https://arxiv.org/abs/2401.00001)\n"), KNOWLEDGE)
    ]
    once = merged("@misc{z, title = {Mine}}\n", papers)
    assert once == "@misc{z, title = {Mine}}\n\n%% Ducks\n@misc{a, title = {Ducks}}\n"
    assert merged(once, papers) == once
    with pytest.raises(ConflictError, match='"a"'):
        merged("@misc{a, title = {Other}}\n", papers)


# -- exports and the command -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SMALL, ids=lambda path: path.name)
def test_the_same_through_jsonl(path, listlint, tmp_path):
    text = path.read_text(encoding="utf-8")
    listlint("export", path, "--to", "jsonl", "--output-file", tmp_path / "a.jsonl", "--no-config")
    run = listlint(
        "convert",
        tmp_path / "a.jsonl",
        "--to",
        dialect_of(text),
        "--output-file",
        tmp_path / "b.md",
        "--no-config",
    )
    assert run.returncode == 0, run.stderr
    assert rows((tmp_path / "b.md").read_text(encoding="utf-8")) == rows(text)


def test_the_command_prints_and_tells(listlint, write):
    run = listlint("convert", write("a.md", RICH), "--to", "table", "--no-config")
    assert run.returncode == 0
    assert run.stdout.decode() == written(RICH, "table")
    assert re.search(r"4 papers written as table", run.stderr.decode())
    assert "1 paper read: marked ✅" in run.stderr.decode()


@pytest.mark.parametrize(
    ("name", "content", "dialect", "said"),
    [
        ("a.md", "x\n", "prose", "bullets, checklist"),
        ("none.md", None, "table", "none.md"),
        ("a.jsonl", "{}\n", "table", "no export"),
        ("a.jsonl", "nonsense\n", "table", "no JSON"),
    ],
)
def test_what_cannot_be_done_is_told(name, content, dialect, said, listlint, write, tmp_path):
    path = write(name, content) if content is not None else tmp_path / name
    run = listlint("convert", path, "--to", dialect, "--no-config", cwd=tmp_path)
    assert run.returncode == 2
    assert said in run.stderr.decode()
    assert b"Traceback" not in run.stderr
