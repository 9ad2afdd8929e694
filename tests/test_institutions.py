"""Places: the data, what is read as a place and what is not, and how a misspelt one is spelt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from listlint.knowledge.institutions import Institutions
from listlint.knowledge.place_names import place_key
from listlint.knowledge.rulebook import KnowledgeError, load

DATA = Path(__file__).parent / "data"
CONTENT = load("institutions")
KNOWN = Institutions.load()
NAMES = st.sampled_from([row["name"] for row in CONTENT["rows"]])


def lines(name):
    return (DATA / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", lines("institutions_places.tsv"))
def test_places(line):
    text, *names = line.split("\t")
    mentions = KNOWN.read(text)
    assert [one.institution.name if one.institution else "-" for one in mentions] == names
    assert KNOWN.is_place(text)


@pytest.mark.parametrize("text", lines("institutions_others.txt"))
def test_other_things(text):
    assert not KNOWN.is_place(text)


@pytest.mark.parametrize("line", lines("institutions_misspelt.tsv"))
def test_misspelt(line):
    wrong, right = line.split("\t")
    assert KNOWN.find(wrong) is None
    assert KNOWN.nearest(wrong).text == right
    assert KNOWN.nearest(right) is None


@pytest.mark.parametrize("text", lines("institutions_wellspelt.txt"))
def test_well_spelt(text):
    assert KNOWN.nearest(text) is None


def test_a_name_that_is_a_thing_as_well_is_read_where_places_are_expected():
    assert [one.institution.name for one in KNOWN.read("PyTorch")] == ["PyTorch"]
    assert not KNOWN.is_place("PyTorch")
    assert KNOWN.is_place("PyTorch & Meta")


def test_there_are_enough_rows_sorted_and_with_a_source():
    rows = CONTENT["rows"]
    assert len(rows) >= 250
    names = [row["name"] for row in rows]
    assert names == sorted(set(names), key=lambda name: (name.casefold(), name))
    assert all(row["site"] and " " not in row["site"] for row in rows)
    assert not {key for row in rows for key in row} - {"name", "full", "aliases", "parts", "site"}


def test_no_alias_is_claimed_twice():
    owners = {}
    for row in CONTENT["rows"]:
        aliases = row.get("aliases", [])
        assert aliases == sorted(set(aliases), key=lambda name: (name.casefold(), name)), row["name"]
        for spelling in {row["name"], row.get("full", row["name"]), *aliases, *row.get("parts", [])}:
            assert owners.setdefault(place_key(spelling), row["name"]) == row["name"]


def test_every_spelling_maps_to_its_name_and_is_right():
    for row in CONTENT["rows"]:
        for spelling in (
            row["name"],
            row.get("full", row["name"]),
            *row.get("aliases", []),
            *row.get("parts", []),
        ):
            assert KNOWN.find(spelling).name == row["name"], spelling
            assert KNOWN.nearest(spelling) is None, spelling
            if spelling != "🤗":
                assert [one.institution.name for one in KNOWN.read(spelling)] == [row["name"]], spelling


def test_iterating_gives_each_place_once():
    places = list(KNOWN)
    assert len(places) == len(CONTENT["rows"])


@pytest.mark.parametrize(
    ("written", "form", "right"),
    [
        ("UCB", "short", "UC Berkeley"),
        ("UCB", "full", "University of California, Berkeley"),
        ("MIT CSAIL", "full", "MIT CSAIL"),
        ("Queen’s University Belfast", "full", "Queen’s University Belfast"),
        ("DBOS, Inc", "full", "DBOS, Inc"),
    ],
)
def test_forms(written, form, right):
    assert KNOWN.find(written).write(written, form) == right


@pytest.mark.parametrize("part", [part for part in CONTENT if part != "rows"])
def test_lists_are_sorted(part):
    assert CONTENT[part] == sorted(set(CONTENT[part]), key=lambda word: (word.casefold(), word))


def test_things_are_known_and_what_is_ambiguous_is_not():
    assert not [name for name in CONTENT["ambiguous"] if KNOWN.find(name)]
    assert not [
        name for name in CONTENT["things"] if not KNOWN.find(name) and name not in CONTENT["ambiguous"]
    ]


@given(
    st.lists(NAMES, min_size=1, max_size=5, unique=True),
    st.sampled_from([" & ", ", ", "; ", " / ", " and ", "、"]),
)
@example(["01.AI", "Korea University", "William & Mary"], " & ")
@settings(max_examples=200, deadline=None)
def test_joined_places_come_apart_again(names, separator):
    text = separator.join(names)
    mentions = KNOWN.read(text)
    assert mentions
    covered = "".join(one.text for one in mentions)
    assert len(covered) >= len("".join(names)) - len(names)
    assert all(text[one.start : one.end] == one.text for one in mentions)


@given(
    st.text(max_size=80)
    | st.lists(
        st.sampled_from(
            ["MIT", "University", "of", "&", ",", "(", ")", "Lab", "Univeristy", "Inc.", "北京", "x"]
        )
    ).map(" ".join)
)
@settings(max_examples=400, deadline=None)
def test_any_text_is_answered_with_true_spans(text):
    end = 0
    for one in KNOWN.read(text):
        assert text[one.start : one.end] == one.text
        assert end <= one.start < one.end
        end = one.end
    spelling = KNOWN.nearest(text)
    assert spelling is None or spelling.text != text
    if KNOWN.is_place(text):
        assert KNOWN.read(text)


@given(st.text(max_size=60) | NAMES.map(str.lower) | NAMES.map(str.title))
@settings(max_examples=300, deadline=None)
def test_a_corrected_name_is_right(text):
    spelling = KNOWN.nearest(text)
    if spelling is not None:
        assert KNOWN.nearest(spelling.text) is None


def test_a_users_rows_win():
    own = Institutions.load(
        [{"name": "Moon Base", "aliases": ["MB1"]}, {"name": "UCB of Mine", "aliases": ["UCB"]}]
    )
    assert own.find("MB1").name == "Moon Base"
    assert own.find("UCB").name == "UCB of Mine"
    assert own.is_place("Moon Base & MIT")


@pytest.mark.parametrize(
    "row",
    [
        {},
        "MIT",
        {"name": 3},
        {"name": "A", "alias": ["B"]},
        {"name": "A", "aliases": "B"},
        {"name": "A", "full": ""},
    ],
)
def test_a_wrong_row_is_an_error_with_its_place(row):
    with pytest.raises(KnowledgeError) as caught:
        Institutions.load([{"name": "Moon Base"}, row])
    assert caught.value.row == 1
