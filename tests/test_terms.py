"""Names with a letter case of their own: the data, and where they are corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listlint.knowledge.rulebook import KnowledgeError, load
from listlint.knowledge.terms import Terms

ROWS = load("terms")["rows"]
KNOWN = Terms.load()
SLIPS = (Path(__file__).parent / "data" / "terms_slips.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", SLIPS)
def test_slips(line):
    text, *right = line.split("\t")
    found = list(KNOWN.slips(text))
    assert [one.right for one in found] == right
    assert all(text[one.start : one.end] == one.wrong for one in found)


def test_small_letters_may_pass():
    assert [one.wrong for one in KNOWN.slips("pytorch and Pytorch", lower=False)] == ["Pytorch"]


def test_names_are_sorted_and_unique_whatever_their_case():
    names = [row["name"] for row in ROWS]
    assert names == sorted(names, key=lambda name: (name.casefold(), name))
    assert len({name.casefold() for name in names}) == len(names)


def test_every_name_is_right_and_its_small_form_is_not():
    for row in ROWS:
        name, allowed = row["name"], row.get("allow", [])
        assert KNOWN.right(name) is None
        assert not list(KNOWN.slips(name))
        assert all(KNOWN.right(one) is None and one.casefold() == name.casefold() for one in allowed)
        if name.lower() not in allowed:
            assert KNOWN.right(name.lower()) == name


def test_capitals_pass():
    assert all(KNOWN.right(row["name"].upper()) is None for row in ROWS)


@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["Github", " ", ".", "-", "/", "_", "在", "Pytorch", "based", "pip", "install"])
    ).map("".join)
)
@settings(max_examples=300, deadline=None)
def test_correcting_once_is_enough_and_changes_case_only(text):
    pieces, done = [], 0
    for one in KNOWN.slips(text):
        assert done <= one.start < one.end
        assert one.wrong.casefold() == one.right.casefold()
        pieces += [text[done : one.start], one.right]
        done = one.end
    assert list(KNOWN.slips("".join([*pieces, text[done:]]))) == []


def test_a_users_names_win():
    own = Terms.load([{"name": "FooBar"}, {"name": "Github"}, {"name": "PyTorch", "allow": ["Pytorch"]}])
    assert own.right("foobar") == "FooBar"
    assert own.right("github") == "Github"
    assert own.right("Pytorch") is None


@pytest.mark.parametrize(
    "row", [{}, "GitHub", {"name": "two words"}, {"name": "A1", "allow": "x"}, {"name": "A1", "case": 1}]
)
def test_a_wrong_row_is_an_error_with_its_place(row):
    with pytest.raises(KnowledgeError) as caught:
        Terms.load([{"name": "FooBar"}, row])
    assert caught.value.row == 1
