"""Known misspellings, doubtful words and doubled words."""

from __future__ import annotations

import itertools
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from listlint.knowledge.coinages import is_derived
from listlint.knowledge.english import english
from listlint.knowledge.known_words import known_words
from listlint.knowledge.rulebook import KnowledgeError, read_yaml
from listlint.knowledge.spelling import likeliest, one_slip_away
from listlint.knowledge.word_doubts import Speller
from listlint.knowledge.word_repeats import find_repeats
from listlint.knowledge.word_usage import Usage
from listlint.knowledge.words import Words, is_whole, like

DATA = Path(__file__).parent / "data"
SLIPS = read_yaml(DATA / "words_slips.yaml")
DOUBTS = read_yaml(DATA / "words_doubts.yaml")
TITLES = "\n".join(DOUBTS["titles"])
WORDS = Words.load()
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def speller(*addresses: str) -> Speller:
    return Speller(WORDS, Usage(lambda: TITLES, lambda: addresses))


@pytest.mark.parametrize(("text", "expected"), SLIPS, ids=[text for text, _ in SLIPS])
def test_known_misspellings_are_found(text, expected):
    found = list(WORDS.slips(text))
    assert {slip.wrong: slip.right for slip in found} == expected
    assert all(text[slip.start : slip.end] == slip.wrong for slip in found)


@given(st.text())
def test_slips_span_what_they_say(text):
    for slip in WORDS.slips(text + " infernce"):
        assert (text + " infernce")[slip.start : slip.end] == slip.wrong


@pytest.mark.parametrize("row", ["", 3, {"a": 1}, None, {}, ["x"]])
def test_a_wrong_row_of_a_user_is_named(row):
    with pytest.raises(KnowledgeError) as error:
        Words.load(["fine", row])
    assert error.value.row == 1


@pytest.mark.parametrize(
    ("model", "word", "expected"),
    [("modle", "model", "model"), ("Modle", "model", "Model"), ("MODLE", "model", "MODEL")],
)
def test_case_is_kept(model, word, expected):
    assert like(model, word) == expected


@pytest.mark.parametrize(
    ("text", "word", "whole"),
    [
        ("**R**etrieval", "etrieval", False),
        ("<b>R</b>etrieval", "etrieval", False),
        ("$R$ eranking", "eranking", False),
        ("Visio*n*", "Visio", False),
        ("a **retrieval** of", "retrieval", True),
        ("<td>retrieval</td>", "retrieval", True),
        ("x **bold** retrieval", "retrieval", True),
    ],
)
def test_a_word_in_pieces_is_no_word(text, word, whole):
    start = text.index(word)
    assert is_whole(text, start, start + len(word)) is whole


@pytest.mark.parametrize(
    ("kind", "text", "expected"), DOUBTS["cases"], ids=[case[1] for case in DOUBTS["cases"]]
)
def test_doubtful_words_are_found(kind, text, expected):
    found = list(speller().doubts(text, kind))
    assert {doubt.wrong: doubt.right for doubt in found} == expected
    assert all(text[doubt.start : doubt.end] == doubt.wrong for doubt in found)


def test_what_an_address_spells_so_is_a_name():
    text = "Serving Large Models with Schedulrs"
    assert [doubt.wrong for doubt in speller().doubts(text, "title")] == ["Schedulrs"]
    assert not list(speller("https://example.org/schedulrs").doubts(text, "title"))


def test_what_a_user_allows_is_a_word():
    allowed = Speller(Words.load(["schedulrs"]), Usage(lambda: TITLES, tuple))
    assert not list(allowed.doubts("Serving Large Models with Schedulrs", "title"))


def test_what_is_used_often_is_a_word():
    usage = Usage(lambda: TITLES + "\nSchedulrs in the Wild" * 5, tuple)
    assert not list(Speller(WORDS, usage).doubts("Serving Large Models with Schedulrs", "title"))


@pytest.mark.parametrize(
    ("word", "derived"),
    [
        ("requantization", True),
        ("hypernetworkt", False),
        ("multiprocess", True),
        ("watermarkless", True),
        ("tokenwise", True),
        ("controled", False),
        ("occured", False),
        ("interpretablity", False),
        ("colab", False),
    ],
)
def test_built_words_are_words(word, derived):
    known = english()
    assert is_derived(word, lambda part: known.commonness(part) >= 0.4, lambda _: False) is derived


@given(st.sampled_from(["language", "inference", "scheduling", "retrieval", "quantization"]), st.data())
def test_every_single_slip_is_one_slip_away(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    slips = {
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    }
    for slip in slips - {word}:
        assert word in one_slip_away(slip)
        assert [guess.word for guess in likeliest(slip, {word}, lambda _: 0)] == [word]


def planted(title: str, chance: random.Random) -> tuple[str, str, str]:
    """One word of `title` with one slip, and the word."""
    words = title.split()
    at = chance.choice([place for place, word in enumerate(words) if len(word) > 5])
    word = words[at]
    cut = chance.randrange(1, len(word) - 1)
    slip = chance.choice(
        [
            word[:cut] + word[cut + 1 :],
            word[:cut] + word[cut] + word[cut:],
            word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :],
            word + chance.choice(LETTERS),
        ]
    )
    return " ".join([*words[:at], slip, *words[at + 1 :]]), slip, word


def test_most_planted_slips_are_found_and_mended():
    chance = random.Random(20240229)  # noqa: S311 - a fixed seed
    judge = speller()
    tried = found = mended = 0
    for title in DOUBTS["titles"] * 20:
        text, slip, word = planted(title, chance)
        if slip.lower() in known_words(WORDS):
            continue
        tried += 1
        rights = [one.right for one in WORDS.slips(text)]
        rights += [doubt.right for doubt in judge.doubts(text, "title")]
        found += bool(rights)
        mended += rights == [word]
    assert tried > 80
    assert found >= tried * 0.85
    assert mended >= found * 0.95


def test_clean_titles_are_clean():
    judge = speller()
    for title in DOUBTS["titles"]:
        assert not list(judge.doubts(title, "title"))
        assert not list(WORDS.slips(title))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("title", "Caches for the the Long Tail", [("the the", True)]),
        ("title", "Of of Mice", [("Of of", True)]),
        ("note", "uses a buffer buffer", [("buffer buffer", False)]),
        ("title", "Small Language Language Models", [("Language Language", False)]),
        ("note", "by Yan Yan and Ping Ping Liu", []),
        ("note", "the fact that that is very very odd", []),
        ("title", "Try, Try Again", []),
        ("title", "Walla Walla", []),
        ("note", "the then minister, a A note", []),
        ("note", "an of-of and for.for", []),
    ],
)
def test_doubled_words(kind, text, expected):
    assert [(one.word, one.sure) for one in find_repeats(text, kind)] == expected


def test_dropping_a_doubled_word_leaves_the_rest():
    text = "caches for the  the tail"
    (one,) = find_repeats(text, "note")
    assert text[: one.start] + text[one.end :] == "caches for the tail"


@pytest.mark.skipif("LISTLINT_CORPUS" not in os.environ, reason="needs the lists that were read word by word")
def test_the_misspellings_of_real_lists_are_found():
    from listlint.check import Checker
    from listlint.knowledge.knowledge import Knowledge
    from listlint.options import Choice, Options
    from listlint.papers.model import Collection
    from listlint.papers.read import read_list
    from listlint.rules import chosen
    from listlint.source import Source
    from listlint.world import World

    rows = read_yaml(DATA / "typos_seeds.yaml")
    folder = Path(os.environ["LISTLINT_CORPUS"])
    paths = {path.stem: path for path in folder.rglob("*.md") if path.stem in {stem for stem, _, _ in rows}}
    knowledge = Knowledge()
    lists = [read_list(Source.decode(stem, path.read_bytes()), knowledge) for stem, path in paths.items()]
    options = Options(choice=Choice(select=("typo", "possible-typo", "institution-spelling")))
    checker = Checker(chosen(options.choice), knowledge, options, World())
    collection = Collection(tuple(lists), frozenset(paths))
    told = set()
    for path, found in checker.check(collection).items():
        source = collection.by_path[path].source
        told |= {
            (path, source.line_of(one.finding.span.start), source[one.finding.span], one.rule.name)
            for one in found
        }
    words = {(path, line, word) for path, line, text, _ in told for word in [text, *text.split()]}
    expected = {tuple(row) for row in rows}
    assert len(expected & words) >= len(expected) * 0.95, expected - words
    beyond = {one[:3] for one in told if one[3] != "institution-spelling"} - expected
    assert len(beyond) <= 10


@given(st.lists(st.sampled_from(["ab", "abc", "abcd", "bc", "cd"]), max_size=12))
def test_pairs_are_counted_the_same_however_often_they_are_asked_for(words):
    usage = Usage(lambda: " ".join(words), tuple)
    pairs = list(itertools.pairwise(words))
    for first, second in itertools.product(sorted(set(words)), repeat=2):
        for _ in range(5):
            assert usage.pair(first, second) == pairs.count((first, second))
    for word, beginning in itertools.product(sorted(set(words)), ["ab", "abc", "b", "zz"]):
        longer = [(pairs.count((word, one)), one) for one in set(words) if one.startswith(beginning)]
        expected = max((one for one in longer if one[0] and one[1] != beginning), default=(0, ""))[1]
        assert usage.after(word, beginning) == expected
