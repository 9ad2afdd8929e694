"""`rules/data/venues.yaml` is sound data."""

from __future__ import annotations

from collections import Counter

import pytest

from listlint.knowledge.rulebook import KnowledgeError, read_yaml, rulebook
from listlint.knowledge.venue_rows import KINDS, check_row
from listlint.knowledge.venues import Venues

PATH = rulebook() / "data" / "venues.yaml"
ROWS = read_yaml(PATH)
NAMES = [row["name"] for row in ROWS]
VENUES = Venues.load()


def test_there_are_at_least_300_of_every_kind_together():
    assert len(ROWS) >= 300
    assert {row["kind"] for row in ROWS} == set(KINDS)


def test_rows_are_sound():
    for number, row in enumerate(ROWS):
        check_row(row, number)
        spellings = [row["name"], *row.get("aliases", ()), row.get("full", "")]
        assert row["source"], row
        assert row.get("first", 0) <= row.get("last", 9999), row
        assert row.get("parent") is None or row["parent"] in NAMES, row
        assert set(row.get("common", ())) <= set(spellings), row


def test_sorted_and_unique():
    assert sorted(NAMES, key=lambda name: (name.casefold(), name)) == NAMES
    assert [name for name, times in Counter(NAMES).items() if times > 1] == []


def test_one_row_a_line():
    lines = [line for line in PATH.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert len(lines) == len(ROWS)


def test_every_spelling_is_found_and_belongs_to_its_venue_alone():
    for row in ROWS:
        for written in (row["name"], *row.get("aliases", ()), row.get("full", row["name"])):
            for spelling in (written, written.upper(), written.lower()):
                found = VENUES.find(spelling)
                assert (found and found.name) == row["name"], spelling


def test_canonical_names_are_written_as_themselves_and_aliases_as_their_names():
    for row in ROWS:
        assert written(f"{row['name']} 2019") == (named(row), f"{row['name']} 2019")
        for alias in row.get("aliases", ()):
            name, text = written(f"{alias} 2019")
            assert name == named(row), alias
            assert text == f"{row['name']} 2019" or (text == f"{alias} 2019" and alias.isupper()), alias


def named(row):
    """The name that a reader of data gets: a part of arXiv is arXiv, and `CVPRW` is the `CVPR Workshop`."""
    if row.get("parent") and row["kind"] == "preprint":
        return row["parent"]
    return f"{row['parent']} Workshop" if row["name"] == f"{row.get('parent')}W" else row["name"]


def written(text):
    mention = VENUES.read(text)
    return mention and (mention.name, VENUES.write(mention))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("OSDI", "is a mapping"),
        ({"kind": "conference"}, "has a name"),
        ({"name": "…"}, "has a name"),
        ({"name": 7}, "has a name"),
        ({"name": "OSDI", "allias": ["X"]}, 'unknown key "allias"'),
        ({"name": "OSDI", "aliases": "X"}, "a list of names"),
        ({"name": "OSDI", "aliases": [7]}, "a list of names"),
        ({"name": "OSDI", "first": "1994"}, "a year"),
        ({"name": "OSDI", "last": 94}, "a year"),
        ({"name": "OSDI", "also": [1999, "2001"]}, "a list of years"),
        ({"name": "OSDI", "kind": "meeting"}, "one of conference"),
        ({"name": "OSDI", "rhythm": "sometimes"}, "yearly, odd"),
    ],
)
def test_a_wrong_row_of_a_user_is_an_error_with_its_number(row, message):
    with pytest.raises(KnowledgeError, match=message) as error:
        Venues.load([{"name": "Sound"}, row])
    assert error.value.row == 1


def test_a_users_row_counts_and_adds_to_the_rulebook():
    venues = Venues.load(
        [{"name": "ZYXW", "aliases": ["Zyxwconf"]}, {"name": "OSDI", "aliases": ["OpSysDI"]}]
    )
    assert [venues.find(name).name for name in ("Zyxwconf", "OpSysDI", "osdi", "SOSP")] == [
        "ZYXW",
        "OSDI",
        "OSDI",
        "SOSP",
    ]
    assert venues.find("OSDI").first == 1994
    assert [mention.name for mention in venues.mentions("accepted by Zyxwconf'23 and OpSysDI'24")] == [
        "ZYXW",
        "OSDI",
    ]


@pytest.mark.parametrize(
    ("name", "held", "not_held"),
    [
        ("SOSP", [2019, 2021, 2023, 2024, 2025, 2026, 2038], [2018, 2020, 2022, 1960]),
        ("OSDI", [1999, 2018, 2020, 2021, 2022, 2027], [2017, 2019, 1990]),
        ("ECCV", [2020, 2022, 2024, 2025, 2027], [2019, 2021, 2023]),
        ("ICCV", [1998, 2019, 2021, 2023, 2026], [2018, 2020, 2022]),
        ("NAACL", [2018, 2019, 2021, 2022, 2023], []),
        ("NeurIPS", [1987, 2018, 2030], [1980]),
        ("TACO", [1990, 2023], []),
        ("arXiv", [1980, 2024], []),
        ("COLM", [2024, 2026], [2023]),
        ("ICLR", [2013, 2025], [2012]),
    ],
)
def test_editions(name, held, not_held):
    venue = VENUES.find(name)
    assert [year for year in held if not venue.held(year)] == []
    assert [year for year in not_held if venue.held(year)] == []
    assert all(venue.reason(year) for year in not_held)
