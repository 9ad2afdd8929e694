"""Records in canonical form: the same record to every reader."""

from __future__ import annotations

import bibtexparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listlint.papers.bibtex import plain_record, read_bibtex
from listlint.papers.bibtex_syntax import bibtex_faults
from listlint.papers.writers.bibtex_form import ORDER, canonical_record, canonical_records

NAMES = st.sampled_from([*ORDER[:12], "Title", "archivePrefix", "x-note"])
TEXTS = st.text('ab{}\\"\n,=@#%  é', max_size=15)
BALANCED = TEXTS.filter(lambda text: _depth(text) == 0)
VALUES = (
    BALANCED.map(lambda text: f"{{{text}}}")
    | BALANCED.filter(lambda text: '"' not in text).map(lambda text: f'"{text}"')
    | st.sampled_from(["2024", "jan", '"a" # jan', "jan # {b}"])
)


def _depth(text):
    depth = 0
    if text.endswith("\\"):
        return -1
    for index, char in enumerate(text):
        if text[index - 1 : index] == "\\" and index:
            continue
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return -1
    return depth


def _record(fields, blank, comma):
    rows = f",{blank}".join(f"{name}{blank}={blank}{value}" for name, value in fields)
    return f"@Misc{{a:b+c,{blank}{rows}{',' if comma else ''}{blank}}}"


@given(
    st.lists(st.tuples(NAMES, VALUES), min_size=1, max_size=5, unique_by=lambda one: one[0].lower()),
    st.sampled_from(["", " ", "\n  "]),
    st.booleans(),
)
@settings(deadline=None, max_examples=300)
def test_the_record_says_the_same(fields, blank, comma):
    text = _record(fields, blank, comma)
    new = canonical_record(text)
    if new is None:
        return
    (old,), (read,) = read_bibtex(text), read_bibtex(new)
    assert (old.type, old.key) == (read.type, read.key) == ("misc", "a:b+c")
    assert {name: value.strip() for name, value in old.fields.items()} == {
        name: value.strip() for name, value in read.fields.items()
    }
    assert canonical_record(new) == new


@given(
    st.lists(st.tuples(NAMES, st.text('ab"\n,=@ é', max_size=9).map("{{{}}}".format)), max_size=5),
    st.sampled_from(["", " ", "\n  "]),
    st.booleans(),
)
@settings(deadline=None, max_examples=300)
def test_a_plain_record_is_read_as_any_other(fields, blank, comma):
    text = _record(fields, blank, comma)
    if plain_record(text) is None:
        return
    more = f"\n{text}"  # no record alone
    assert plain_record(more) is None
    assert read_bibtex(text) == read_bibtex(more, -1)
    assert list(bibtex_faults(text)) == list(bibtex_faults(more)) == []
    assert [one.form for one in canonical_records(text)] == [one.form for one in canonical_records(more)]


def test_real_readers_read_the_same():
    text = '@InProceedings{lee24, YEAR=2024, title="Ducks {AND} Geese",\n author = {Ann\n   Lee and Bob Roe}}'
    new = canonical_record(text)
    assert (
        new
        == "@inproceedings{lee24,\n  title = {Ducks {AND} Geese},\n  author = {Ann Lee and Bob Roe},\n  year = {2024},\n}"
    )
    library = bibtexparser.parse_string(new)
    assert not library.failed_blocks
    assert library.entries[0]["author"] == "Ann Lee and Bob Roe"


@pytest.mark.parametrize(
    "text",
    [
        "@misc{a, title = {x}, title = {y}}",
        "@misc{a, title = {x}",
        "@misc{a title = {x}}",
        "@misc{a, title = {x} year = 2024}",
        "@misc{a, title = }",
        "@misc(a, title = {x})",
        "@string{a = {x}}",
        "@comment{a, title = {x}}",
        "@misc{a, % why\n title = {x}}",
        "@misc{a, title = {x}} and more",
        "",
    ],
)
def test_what_is_not_whole_has_no_form(text):
    assert canonical_record(text) is None


def test_records_of_a_text():
    text = "@misc{a, title = {x}}\n\n  @misc{b, year = 2024}\n@misc{c, year = }\n"
    found = [(text[one.start : one.end], one.form) for one in canonical_records(text)]
    assert [old for old, _ in found] == ["@misc{a, title = {x}}", "  @misc{b, year = 2024}"]
    assert [form for _, form in found] == [canonical_record(old) for old, _ in found]
