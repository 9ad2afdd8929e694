"""Layout: the style, its proof, its hunks, and what stays as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from layout_fixtures import fixtures
from listlint.layout import LayoutOptions, canonical, lay_out, prove, sieve
from listlint.markdown.rendering import difference, html
from listlint.source import apply_edits

STYLE = fixtures("layout_style")
LONG = "[" * 25_000


@pytest.mark.parametrize("fixture", STYLE, ids=str)
def test_style(fixture):
    laid = lay_out(fixture.before)
    assert laid.text == fixture.after
    assert canonical(fixture.after) == fixture.after
    assert html(laid.text) == html(fixture.before)
    assert apply_edits(fixture.before, laid.hunks) == laid.text


@pytest.mark.parametrize("fixture", STYLE, ids=str)
def test_line_endings_stay(fixture):
    assert canonical(fixture.before.replace("\n", "\r\n")) == fixture.after.replace("\n", "\r\n")


OPTIONS = [
    (LayoutOptions(bullet="*"), "- a\n  + b\n", "* a\n  * b\n"),
    (LayoutOptions(bullet="*"), "- a\n+ b\n", "* a\n\n- b\n"),
    (LayoutOptions(ordered="same"), "1. a\n2. b\n", "1. a\n1. b\n"),
    (LayoutOptions(ordered="keep"), "1. a\n1. b\n05. c\n", "1. a\n1. b\n05. c\n"),
    (LayoutOptions(tables="keep"), "*  x\n\n\n|  a |\n|--|\n", "- x\n\n|  a |\n|--|\n"),
    (LayoutOptions(headings="keep"), "A\n===\n", "A\n===\n"),
    (LayoutOptions(rules="keep"), "a\n\n* * *\n", "a\n\n***\n"),
]


@pytest.mark.parametrize(("options", "before", "after"), OPTIONS)
def test_options(options, before, after):
    assert canonical(before, options) == after
    assert canonical(after, options) == after


SAME = [
    "",
    "\n",
    "  \n\n",
    "\r",
    "a\n",
    "---\na: b\n---\n",
    "***\n\n---\n",
    "# a\n\n- b\n",
    "<!-- never closed\n\n* a\n\n",
]


@pytest.mark.parametrize("text", SAME)
def test_nothing_to_do(text):
    assert not lay_out(text).hunks


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("* a\n\n```\nnever closed\n", "```\nnever closed\n"),
        ("* a\n\n| a | b |\n|---|---|\n| 1 | 2 | lost |\n", "| a | b |\n|---|---|\n| 1 | 2 | lost |\n"),
        ("* a\n\nb\n\n> q\nlazy\n===\n", "> q\nlazy\n===\n"),
        ("* a\n\nb\n\n" + "".join("  " * depth + "* x\n" for depth in range(60)), "  " * 59 + "* x\n"),
    ],
    ids=["fence", "ragged", "lazy underline", "deep"],
)
def test_only_what_cannot_be_proved_stays(text, kept):
    laid = lay_out(text)
    assert laid.text.startswith("- a\n\n")
    assert laid.text.endswith(kept)
    assert len(laid.refusals) == 1
    assert laid.refusals[0].reason
    assert (
        text.split("\n")[laid.refusals[0].line - 1] == kept.split("\n")[0]
        or "deep" in laid.refusals[0].reason
    )


DEPENDENT = [
    ("*   a\n\n  <p>\n\n\n# b\n", "*   a\n\n  <p>\n\n# b\n", 1),
    ("- a\n{% t %}\n* b\n\n\n# c #\n", "- a\n{% t %}\n* b\n\n\n# c\n", 3),
]


@pytest.mark.parametrize(("text", "after", "line"), DEPENDENT)
def test_a_block_that_would_change_its_neighbour_stays(text, after, line):
    laid = lay_out(text)
    assert laid.text == after
    assert [refusal.line for refusal in laid.refusals] == [line]
    assert html(laid.text) == html(text)


def test_reasons_name_lines_of_the_file():
    (refusal,) = lay_out("a\n\n\nb\n\n> q\nlazy\n===\n").refusals
    assert (refusal.line, refusal.end_line) == (6, 8)
    assert "on line 6" in refusal.reason


def test_private_use_characters_refuse_the_file():
    laid = lay_out("* a \U000f0003\n")
    assert laid.text == "* a \U000f0003\n"
    assert laid.refusals[0].reason == "it uses private-use characters"


ODD = ["\0", "\x0b", "\x0c", "\x1c", "\x85", "\xa0", "\u2028", "\u3000", "a\rb", "\ufeff"]


@pytest.mark.parametrize("odd", ODD, ids=ascii)
def test_no_odd_character_is_lost(odd):
    text = f"*   {odd} a {odd}\n*   b{odd}\n\n\n| x{odd}|\n|---|\n|{odd}y|\n\n# {odd} h {odd}\n{odd}\n"
    laid = canonical(text)
    assert laid != text
    assert laid.count(odd) == text.count(odd)
    assert html(laid) == html(text)


def test_mixed_line_endings_stay_with_their_lines():
    assert canonical("* a\r\n* b\n* c\r\n\n\n\nd") == "- a\r\n- b\n- c\r\n\nd\r\n"


# -- hunks -------------------------------------------------------------------------------------------------------


def texts(before: str) -> list[tuple[str, str]]:
    return [(before[edit.span.start : edit.span.end], edit.text) for edit in lay_out(before).hunks]


def test_a_hunk_is_a_row():
    assert texts("| a |\n| --- |\n|  b |\n| c |\n|d|\n") == [("|  b |", "| b |"), ("|d|", "| d |")]


def test_a_hunk_is_an_item_with_what_is_below():
    assert texts("- a\n    - x\n    - y\n- b\n- c  \n") == [
        ("    - x\n    - y", "  - x\n  - y"),
        ("- c  ", "- c"),
    ]


def test_a_hunk_is_a_list_where_its_marker_changes():
    assert texts("* a\n* b\n") == [("* a\n* b", "- a\n- b")]


def test_a_hunk_is_a_block_or_blank_lines():
    assert texts("# a #\n\n\nb\n# c\n") == [("# a #", "# a"), ("\n", ""), ("", "\n")]


# What stands right after a list is written with regard to it; one hunk without the other would join them.
TOGETHER = {
    "two lists side by side stay two",
    "a rule where an item starts is none of its markers",
    "indented code right after a list becomes a fence",
}


def test_each_hunk_can_be_taken_alone():
    for fixture in STYLE:
        if fixture.title in TOGETHER:
            continue
        for edit in lay_out(fixture.before).hunks:
            assert prove(fixture.before, apply_edits(fixture.before, [edit])) is None, edit


# -- proof -------------------------------------------------------------------------------------------------------

PROVED = [
    ("* a\n", "- a\n"),
    ("1. a\n1. b\n", "1. a\n2. b\n"),
    ("A\n===\n", "# A\n"),
    ("# A ##\n", "# A\n"),
    ("    code\n", "```\ncode\n```\n"),
    ("|a|b|\n|-|-|\n|1|\n", "| a | b |\n| --- | --- |\n| 1 | |\n"),
    ("a\n***\n", "a\n\n---\n"),
]

REFUTED = [
    ("* a\n* b\n", "* a\n- b\n", "list"),
    ("- a\n- b\n", "- a\n\n- b\n", "paragraph on line 1"),
    ("|a|\n|-|\n|1|2|\n", "| a |\n| --- |\n| 1 |\n", '"2"'),
    ("|a|\n|:-|\n", "| a |\n| --- |\n", "table on line 1"),
    ("a\n\n<!-- c -->\n", "a\n", "<!--c-->"),
    ("a\n\n[x]: /u\n", "a\n", "[x]:/u"),
    ("[x]: /u (a b)\n", "[x]: /u (ab)\n", "link reference definition"),
    ("a  \nb\n", "a\nb\n", "inline on line 1"),
    ("a\u3000\n", "a\n", "\u3000"),
    ("```py\na\n```\n", "```\npy a\n```\n", "fence on line 1"),
    ("2. a\n", "1. a\n", "list on line 1"),
    ("---\na: b\n---\n", "---\na:  b\n---\n", "front matter"),
    ("a\n\n# b\n", "a\n\nb\n", "heading on line 3"),
]


@pytest.mark.parametrize(("before", "after"), PROVED)
def test_proof_holds(before, after):
    assert prove(before, after) is None
    assert html(before) == html(after)


@pytest.mark.parametrize(("before", "after", "said"), REFUTED)
def test_proof_fails(before, after, said):
    assert said in (prove(before, after) or "")


def test_difference_names_the_place():
    found = difference("a\n\n- b\n", "a\n\n1. b\n")
    assert found is not None
    assert found.line == 3


# -- the sieve ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fixture", STYLE, ids=str)
def test_sieve_takes_no_untidy_text_for_canonical(fixture):
    assert fixture.before == fixture.after or not sieve(fixture.before, LayoutOptions())


CLEAR = [
    "",
    "# A\n\ntext  \nmore\n\n- [ ] a\n  - b\n  - c\n- **d** `e`\n\n- f\n\n## B\n",
    "---\na: b\n---\n\n# A\n\n| a | b |\n| --- | :-: |\n| c | |\n| `x \\| y` | z |\n",
    "1. a\n2. b\n   - c\n3. d\n\n> [!NOTE]\n> text\n\n---\n\n```py\n * x\n\n\n```\n",
    '{% tabs %}\n- a\n{% endtabs %}\n\n<!-- c\n\n  d -->\n- a\n\n<p align="center">\n  <img>\n</p>\n\n[x]: /u\n',
    "- a\r\n- b\r\n",
]


@pytest.mark.parametrize("text", CLEAR)
def test_sieve_knows_ordinary_lists(text):
    assert sieve(text, LayoutOptions())
    assert canonical(text) == text


def test_sieve_follows_the_options():
    assert sieve("* a\n", LayoutOptions(bullet="*"))
    assert not sieve("* a\n", LayoutOptions())
    assert sieve("1. a\n1. b\n", LayoutOptions(ordered="same"))
    assert not sieve("1. a\n1. b\n", LayoutOptions())


def test_a_canonical_list_needs_neither_parser_nor_renderer():
    code = (
        "import sys; from listlint.layout import LayoutOptions, sieve; assert sieve('# a\\n\\n- b\\n', LayoutOptions());"
        "assert 'markdown_it' not in sys.modules, sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# -- what hostile or huge files ask for ----------------------------------------------------------------------------

HUGE = {
    "10,000 rows": "|  a  | b |\n|:---|---|\n" + "| x   | y |\n" * 10_000,
    "a long line": "*  " + "[a](b) " * 4_000 + "\n",
    "brackets": f"*   a\n      {LONG}\n     b\n",
    "200 lists deep": "".join("  " * depth + "* x\n" for depth in range(200)) + "\n\n\ntext\n",
    "200 lists on a line": "* " * 200 + "x\n\n\n\ntext\n",
    "quotes": ">" * 5_000 + " x\n\n\n\ntext\n",
    "pipes": "|" * 25_000 + "\n|" + " " * 25_000 + "|\n\n\n\ntext\n",
    "comments": "<!--" * 6_000 + "\n\n\n\ntext\n",
    "alternating lists": "* a\n- b\n" * 500,
    "lists that depend on each other": "- a\n{% x %}\n* b\n\n" * 300,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_files_come_through(text):
    laid = lay_out(text)
    assert prove(text, laid.text) is None
    assert canonical(laid.text) == laid.text
    sieve(text, LayoutOptions())


def corpus() -> list[Path]:
    root = os.environ.get("LISTLINT_CORPUS")
    folders = [Path(__file__).parents[1] / "lists", *([Path(root)] if root else [])]
    return sorted(path for folder in folders for path in folder.rglob("*.md"))


def test_real_lists():
    refused, count = [], 0
    for path in corpus():
        before = path.read_bytes().decode("utf-8", "replace")
        if len(before) > 300_000:
            continue
        count += 1
        laid = lay_out(before)
        assert prove(before, laid.text) is None, path
        assert apply_edits(before, laid.hunks) == laid.text, path
        assert not lay_out(laid.text).hunks, path
        refused += [path] if laid.refusals else []
    assert len(refused) <= max(1, count // 20), refused
