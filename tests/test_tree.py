"""The tree agrees with the parser, and every span is exact."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listlint.markdown.blocks import table_rows
from listlint.markdown.parser import block_parser, new_block_parser, new_parser
from listlint.markdown.read import read_tree
from listlint.source import Source

LISTS = sorted(Path(__file__).parents[1].glob("lists/*.md"))
CORPUS = Path(os.environ["LISTLINT_CORPUS"]) if os.environ.get("LISTLINT_CORPUS") else None
WILD = sorted(CORPUS.glob("**/*.md")) if CORPUS else []

INLINE = {
    "image": "image",
    "strong_open": "strong",
    "em_open": "emphasis",
    "s_open": "strikethrough",
    "code_inline": "code",
    "html_inline": "html",
    "hardbreak": "break",
    "softbreak": "softbreak",
}
FRAGMENTS = st.sampled_from(
    [
        "- [A *Title*](https://arxiv.org/abs/2401.00001)",
        "  - nested `code|x` text",
        "> quoted [x](<a b> 'title')",
        "| a | b \\| c |",
        "| --- | :-: |",
        "| [t](u) | **b** | extra |",
        "1. one",
        "   two  ",
        "# Heading #",
        "Setext",
        "===",
        "",
        "\t- tab",
        "[r]: http://x.y 'T'\n",  # what stands right below a definition is its paragraph's rest here
        "[r] and [text][r]",
        "![im](p)&amp;\\[ <http://a.b> <br/>",
        "~~s~~ ***both*** _u_",
        "```py",
        "{% hint %}",
        "$$",
        "漢字 [全角](ｕ) 😀",
        "<!-- c -->",
        "---",
        "*a **b* c**",
        "[a](b",
        "![[x](y)](z)",
    ]
)


def tree_of(text):
    return read_tree(Source("a.md", text))


def assert_exact(tree):
    """Children lie inside their parents, in order; text is its slice; destinations are their slices."""
    source = tree.source
    for node in tree.root.walk():
        assert 0 <= node.span.start <= node.span.end <= len(source.text)
        done = node.span.start
        for child in node.children:
            assert done <= child.span.start, (node.kind, child.kind)
            assert child.span.end <= node.span.end, (node.kind, child.kind)
            done = child.span.end
        if node.kind == "text":
            assert "\n" not in source[node.span]
        if node.url_span is not None and node.kind != "definition":
            assert (
                source[node.url_span].replace("\r", "") == node.url.replace("\r", "")
                or "\\|" in source[node.url_span]
            )


def assert_reparses(tree):
    """Each link's slice alone is a link to the same place."""
    for node in tree.root.find("link", "image", "autolink"):
        if node.url_span is None:
            continue
        piece = tree.source[node.span].replace("\\|", "|")
        again = next(tree_of(piece).root.find(node.kind), None)
        assert again is not None, piece
        assert again.url == node.url.replace("\\|", "|")


def assert_like_parser(text):
    """The same constructs as the plain parser finds, cells that it drops aside."""
    wanted: Counter[str] = Counter()
    for token in new_parser().parse(text):
        for child in token.children or ():
            if child.type == "link_open":
                wanted["autolink" if child.markup == "autolink" else "link"] += 1
            elif child.type in INLINE:
                wanted[INLINE[child.type]] += 1
    tree = tree_of(text)
    found = Counter(node.kind for node in tree.root.walk())
    extra: Counter[str] = Counter()
    for table in tree.root.find("table"):
        for row in table.children:
            for cell in row.children[len(table.children[0].children) :]:
                extra.update(node.kind for node in cell.walk())
    for kind in {*INLINE.values(), "link", "autolink"}:
        assert found[kind] - extra[kind] == wanted[kind], kind


@given(st.lists(FRAGMENTS, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n"]))
@settings(max_examples=300, deadline=None)
def test_random_markdown(lines, newline):
    text = newline.join(lines)
    tree = tree_of(text)
    assert_exact(tree)
    assert_reparses(tree)
    if "$$" not in lines:
        assert_like_parser(text)


@given(st.text("[]()!*_`<>\\|&~ ab\n-#\t", max_size=40))
@settings(max_examples=500, deadline=None)
def test_random_markup(text):
    tree = tree_of(text)
    assert_exact(tree)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("> a\n>> b\n", ["> a\n>> b", "> b"]),
        (">\n>><", [">\n>><", "><"]),
        ("> a\n>\n> > b\n> >\n> >> c\n", ["> a\n>\n> > b\n> >\n> >> c", "> b\n> >\n> >> c", "> c"]),
        ("- x\n  > a\n  > > b\n", ["> a\n  > > b", "> b"]),
    ],
)
def test_a_quote_begins_with_its_own_sign(text, quotes):
    tree = tree_of(text)
    assert_exact(tree)
    assert [tree.source[node.span] for node in tree.find("quote")] == quotes


@pytest.mark.parametrize("path", LISTS + WILD, ids=lambda path: path.name[:40])
def test_real_lists(path):
    source = Source.decode(str(path), path.read_bytes())
    tree = read_tree(source)
    assert_exact(tree)
    if len(source.text) < 300_000:
        assert_reparses(tree)


CASES = [
    ("- [a](u)\n", "link", "[a](u)", "a"),
    ("\t- [a](u)\n", "code_block", "\t- [a](u)", None),
    ("> > [a](u)\n", "link", "[a](u)", "a"),
    ("- - [a](u)\n", "link", "[a](u)", "a"),
    ("|a|b|\n|-|-|\n|x|[a\\|b](u)|\n", "link", "[a\\|b](u)", "a\\|b"),
    ("|a|\n|-|\n|x|[lost](u)|\n", "link", "[lost](u)", "lost"),
    ("漢字😀 **粗体** x\n", "strong", "**粗体**", "粗体"),
    ("a *b **c** d* e\n", "emphasis", "*b **c** d*", "b **c** d"),
    ("***x***\n", "strong", "**x**", "x"),
    ("# T **x** #\n", "heading", "# T **x** #", "T **x**"),
    ("---\nt: 1\n---\n\n[a](u)\n", "link", "[a](u)", "a"),
    ("a `` b ` c `` d\n", "code", "`` b ` c ``", " b ` c "),
    ("- x\n\n      [a](u)\n", "code_block", "      [a](u)", None),
    ("[a\nb](u)\n", "link", "[a\nb](u)", "a\nb"),
    ('![i](s "t")\n', "image", '![i](s "t")', "i"),
    ("<https://x.y>\n", "autolink", "<https://x.y>", "https://x.y"),
    ("[r][]\n\n[r]: u\n", "link", "[r][]", "r"),
    ("```\nx\n```\n", "fence", "```\nx\n```", "x\n"),
    ("a  \nb\n", "break", "  \n", None),
]


@pytest.mark.parametrize(("text", "kind", "span", "inner"), CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_places(text, kind, span, inner, newline):
    text, span = text.replace("\n", newline), span.replace("\n", newline)
    tree = tree_of(text)
    node = next(tree.root.find(kind))
    assert tree.source[node.span] == span
    if inner is not None:
        assert tree.source[node.inner] == inner.replace("\n", newline)


def test_cells_beyond_the_header_are_read():
    tree = tree_of("| a | b |\n| - | - |\n| 1 | 2 | 3 |\n")
    row = list(tree.root.find("row"))[1]
    assert [tree.source[cell.inner] for cell in row.children] == ["1", "2", "3"]


def test_front_matter_stands_at_the_top_alone():
    assert [node.kind for node in tree_of("- ---\n  [a](u)\n  ---\n").root.find("front_matter", "link")] == [
        "link"
    ]
    assert [node.kind for node in tree_of("---\na: 1\n---\n").root.children] == ["front_matter"]


def test_definitions_have_places():
    tree = tree_of("[a]: <x y> 'T'\n[b]: z\ntext [b]\n")
    found = list(tree.root.find("definition"))
    assert [(node.info, node.url, node.title) for node in found] == [("a", "x y", "T"), ("b", "z", "")]
    assert [tree.source[node.span] for node in found] == ["[a]: <x y> 'T'", "[b]: z"]
    assert next(tree.root.find("link")).url == "z"


@pytest.mark.parametrize(
    "text",
    [
        "".join("  " * depth + "- x\n" for depth in range(200)),
        "- " * 200 + "x\n",
        ">" * 200 + " x\n",
        "- [" + "a" * 25_000 + "](http://x.y)\n",
        "[" * 25_000,
        "*a" * 8_000,
        "![" * 8_000,
        "[a](" * 6_000,
        "`" * 9_000 + "a" + "``" * 3_000,
        "|a|b|\n|-|-|\n" + "|[x](u)|y|\n" * 2_000,
    ],
    ids=[
        "nested",
        "one line",
        "quotes",
        "long line",
        "brackets",
        "stars",
        "images",
        "links",
        "ticks",
        "rows",
    ],
)
def test_hostile_text_comes_through(text):
    tree = tree_of(text)
    assert_exact(tree)
    assert sum(1 for _ in tree.root.walk()) > 1


def test_200_levels_lose_nothing():
    text = "".join("  " * depth + f"- level{depth}\n" for depth in range(200))
    words = [tree_text for node in tree_of(text).root.find("text") for tree_text in [text[slice(*node.span)]]]
    assert words == [f"level{depth}" for depth in range(200)]


def _whole(node, source):
    return (
        node.kind,
        node.span,
        node.inner,
        node.url,
        node.url_span,
        [_whole(one, source) for one in node.children],
    )


FLAT_PARTS = st.sampled_from(
    [*"[]()!_~&*\\`<", "a", "A Title", " ", "https://x.y/z", "[a](https://x.y)", "[[P](http://p.q)]", "\\[", "\\]", "&amp;", "~~",
     "[x]", "a_b", "**", "**b**", "*i*", "**[a](https://x.y)**", "**b c**", ".", "**d.**", "*e)*", ",", "(u)", ":", "|", "é", "![", "](", "[]",
     "[R&D & snake_case!](https://x.y)", "`c`", "`", "``", "[k](http://x.y/`z`)", "&", "R&D", "_e_",
     "\n", "  \n", "\\\n", "\t\n ", "![a](b/c.png)", "![](https://x.y)", "[a](b.md)", "(#x)", "[a](#x)", "[a](javascript:b)"]
)  # fmt: skip


@given(st.lists(FLAT_PARTS, min_size=1, max_size=14).map("".join), st.booleans())
@settings(max_examples=2000, deadline=None)
def test_flat_content_is_what_the_parser_reads(text, defined):
    from unittest.mock import patch

    text = text.strip() + ("\n\n[x]: http://d.e\n" if defined else "")
    quick = tree_of(text)
    with (
        patch("listlint.markdown.build_inline.flat_nodes", lambda *_, **__: None),
        patch("listlint.markdown.build_inline.flat_lines", lambda *_, **__: None),
        patch("listlint.markdown.inline.PLAIN_LINK", re.compile("(?!)")),
    ):
        slow = tree_of(text)
    assert _whole(quick.root, quick.source) == _whole(slow.root, slow.source)


def _blocks(parser, text):
    return [
        (one.type, one.map, one.content, one.level, one.markup, one.info, one.hidden)
        for one in parser.parse(text)
    ]


def _assert_same_blocks(text):
    quick, plain = block_parser(front_matter=False), new_block_parser(front_matter=False)
    plain.block.ruler.at("table", table_rows, {"alt": ["paragraph", "reference"]})
    assert _blocks(quick, text) == _blocks(plain, text)


@given(st.lists(FRAGMENTS, max_size=14), st.sampled_from(["\n", "\n\n", "\n  ", "\n> ", "\n    "]))
@settings(max_examples=500, deadline=None)
def test_lines_offered_to_few_rules_make_the_same_blocks(lines, newline):
    _assert_same_blocks(newline.join(lines))


@pytest.mark.parametrize("path", WILD, ids=lambda path: path.name)
def test_wild_lists_make_the_same_blocks(path):
    _assert_same_blocks(path.read_text(encoding="utf-8"))


def test_an_address_ends_before_its_lines_ending():
    text = "[a](https://x.y/z\\\n) [b](https://x.y\\\n 't')\n"
    tree = tree_of(text)
    assert [link.url for link in tree.root.find("link")] == ["https://x.y/z\\", "https://x.y\\"]
    assert [text[slice(*link.url_span)] for link in tree.root.find("link")] == [
        "https://x.y/z\\",
        "https://x.y\\",
    ]
