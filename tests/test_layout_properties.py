"""Layout on random Markdown: proved, at rest after one run, and never taken for canonical when it is not."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from listlint.layout import LayoutOptions, canonical, first_hunk, lay_out, prove, sieve
from listlint.source import apply_edits
from listlint.touched import Touched

STOCK = MarkdownIt("commonmark").enable("table")
OPTIONS = LayoutOptions()

LINES = (
    """\
- a|* b|+ c|-|  - d|    - e|   * f|1. x|2) y|01. z|10. w|   1. q|# H|## H ##|#|==|===|--|---|***|___|- - -|- ---
text|text·|text··|text \\|  indented|    code|      deep|\tcode|-\ttab|- \ttab|> q|>- l|> ```|>|```|``` py|~~~|````
<!-- c -->|<!--|-->|<div>|</div>|  <p>|<br>|<pre>|</pre>|{% hint %}|{% end %}|$$|x $$|[a]: /u|[^1]: n|[//]: # (c)
[x][a]|`code|` end|a `b|b` c·|<a|href='x'>|- [ ] t|- [x] t··|  - [ ] n|1986. y|- # h|- > q|- ```|  ```|-     code|- ·
+   wide|    wide c|![i](u|  'ti|tle')|**b|c**|trail·|1. - n|   - m|2. * p|\x0b|\xa0|b\u3000|\0|&nbsp;|- <div>|- <b>x</b>
""".replace("·", " ")
    .replace("\n", "|")
    .split("|")
)
TABLES = [
    "| a | b |",
    "|---|:-:|",
    "| --- | --- |",
    "| 1 | 2",
    "| 1 |  2 | 3 |",
    "| 1 | 2 |",
    "a|b",
    "-|-",
    "- | a |",
    "  |---|",
]
PREFIXES = ["", "", "", "  ", "   ", "    ", "\t", "> ", "- ", "1. "]


@st.composite
def markdown(draw: st.DrawFn) -> str:
    """Lines that mean something to Markdown, and blank ones, in any order and under any prefix."""
    line = st.one_of(
        st.sampled_from(LINES), st.sampled_from(TABLES), st.sampled_from(["", "", "", " ", "   "])
    )
    lines = draw(
        st.lists(st.builds("".join, st.tuples(st.sampled_from(PREFIXES), line)), min_size=1, max_size=12)
    )
    ending = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    return ending.join(lines) + draw(st.sampled_from([ending, ending, ""]))


CLEAN = (
    """\
# A|text|text··~more|**b** c|- a|- a~  - b~  - c|- a~- b|- a~~- b~  c|1. a~2. b|1. a~   - b~2. c|| a | b |~| --- | :-: |~| c | |
> a~> b|```py~x··~~  y~```|<!-- c -->|<div>~  x~</div>|{% t %}|---|[a]: /u|- [ ] t~- [x] t··~  more|<b>x</b> y|2024 x
""".replace("·", " ")
    .replace("\n", "|||")
    .split("|||")
)
CLEAN_BLOCKS = [
    block.replace("~", "\n") for row in CLEAN for block in ([row] if row.startswith("| ") else row.split("|"))
]
SLIPS = [
    "",
    " ",
    "  ",
    "\n",
    "\n\n",
    "|",
    "-",
    "#",
    "`",
    "*",
    "\\",
    ">",
    "<",
    "1.",
    "    ",
    "- ",
    "-->",
    "{%",
]


@st.composite
def nearly_canonical(draw: st.DrawFn) -> str:
    """Canonical blocks with at most two slips, so that the sieve has something to miss."""
    separators = st.sampled_from(["\n\n", "\n\n", "\n\n", "\n", "\n\n\n"])
    text = "".join(
        block + separator
        for block, separator in draw(
            st.lists(st.tuples(st.sampled_from(CLEAN_BLOCKS), separators), min_size=1, max_size=5)
        )
    )
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + draw(st.sampled_from(SLIPS)) + text[place + draw(st.integers(0, 1)) :]
    return text.rstrip("\n") + "\n"


def holds(text: str) -> None:
    laid = lay_out(text)
    assert apply_edits(text, laid.hunks) == laid.text
    assert prove(text, laid.text) is None
    assert text.startswith("---") or STOCK.render(text) == STOCK.render(laid.text)
    assert canonical(laid.text) == laid.text
    assert laid.text == text or not sieve(text, OPTIONS)


@settings(max_examples=150, deadline=None)
@given(st.one_of(markdown(), nearly_canonical()))
def test_layout_of_anything(text: str) -> None:
    holds(text)


@pytest.mark.long
@settings(max_examples=2000, deadline=None)
@given(st.one_of(markdown(), nearly_canonical()))
def test_layout_of_anything_at_length(text: str) -> None:
    holds(text)


@settings(max_examples=80, deadline=None)
@given(markdown(), st.randoms(use_true_random=False))
def test_any_choice_of_hunks_keeps_the_characters(text: str, random) -> None:
    chosen = [edit for edit in lay_out(text).hunks if random.random() < 0.5]
    reason = prove(text, apply_edits(text, chosen))
    assert reason is None or "would render otherwise" in reason


@settings(max_examples=60, deadline=None)
@given(
    markdown(),
    st.sampled_from([LayoutOptions(bullet="*"), LayoutOptions(ordered="same"), LayoutOptions(tables="keep")]),
)
def test_every_style_comes_to_rest(text: str, options: LayoutOptions) -> None:
    laid = canonical(text, options)
    assert prove(text, laid) is None
    assert canonical(laid, options) == laid


@given(markdown() | st.lists(st.sampled_from(CLEAN_BLOCKS), min_size=1, max_size=6).map("\n\n".join))
@example("<div>\n> \n")
@example("<div>\n> a  \n> b\n\n*  c\n")
@settings(max_examples=400, deadline=None)
def test_the_first_hunk_is_found_without_the_rest(text):
    laid = lay_out(text, OPTIONS)
    first = first_hunk(text, OPTIONS)
    # what is refused in a list may be clear in a block of it alone: the parser remembers what it read before
    assert (first is None) == (not laid.hunks) or laid.refusals


@settings(max_examples=200, deadline=None)
@given(st.one_of(markdown(), nearly_canonical()), st.lists(st.integers(1, 14), max_size=4))
def test_a_change_is_laid_out_alone(text: str, numbers: list[int]) -> None:
    numbers = [number for number in numbers if number <= text.count("\n") + 1]
    touched = Touched([range(number, number + 1) for number in numbers])
    laid = lay_out(text, OPTIONS, touched)
    assert prove(text, laid.text) is None
    assert apply_edits(text, laid.hunks) == laid.text
    for span, _ in laid.hunks:
        first = text.count("\n", 0, span.start) + 1 - (span.start == span.end)
        assert touched.has(first, text.count("\n", 0, max(span.start, span.end - 1)) + 1)
    assert not lay_out(laid.text, OPTIONS, touched.after(text, laid.text)).hunks


@settings(max_examples=60, deadline=None)
@given(markdown())
def test_a_change_of_all_is_laid_out_whole(text: str) -> None:
    assert lay_out(text, OPTIONS, Touched([range(1, 1000)])).hunks == lay_out(text).hunks
