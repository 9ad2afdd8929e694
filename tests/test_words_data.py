"""The word lists are tested as data."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from listlint.knowledge.english import english
from listlint.knowledge.rulebook import load, rulebook
from listlint.knowledge.words import Words

WORDS = load("words")
VOCABULARY = load("vocabulary")


def lines(name: str) -> list[str]:
    text = (rulebook() / "data" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_there_are_enough_misspellings():
    assert len(WORDS) >= 1500


@pytest.mark.parametrize("name", ["words.yaml", "vocabulary.yaml"])
def test_rows_are_sorted_and_single(name):
    keys = [line.removeprefix("- ").strip('"').partition(":")[0] for line in lines(name)]
    assert keys == sorted(keys)
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_rows_are_one_line_each():
    assert all(re.fullmatch(r"[a-z]{3,}: [a-z]+(?: [a-z]+)?", line) for line in lines("words.yaml"))


def test_no_misspelling_is_a_word_or_a_name():
    known = english()
    assert [wrong for wrong in WORDS if wrong in known] == []


def test_no_misspelling_is_the_beginning_of_the_right_word():
    """A cut-off word may have been another, longer one."""
    assert [wrong for wrong, right in WORDS.items() if right.startswith(wrong)] == []


def test_no_misspelling_is_mended_to_another():
    assert [wrong for wrong, right in WORDS.items() if right in WORDS] == []


def test_every_mended_word_is_a_word():
    known = english()
    assert [
        (wrong, part) for wrong, right in WORDS.items() for part in right.split() if part not in known
    ] == []


def test_vocabulary_is_text_in_lower_case():
    assert [row for row in VOCABULARY if not re.fullmatch(r"[a-z]+(?: [a-z]+)?", row)] == []


def test_every_english_word_is_found():
    text = (rulebook() / "data" / "english.txt").read_text(encoding="ascii")
    words = " ".join(re.findall("^[a-z ]+$", text, re.MULTILINE)).split()
    known = english()
    assert len(words) > 100_000
    assert [word for word in words[::97] if word not in known] == []
    assert [word for word in words[::97] if f"{word}qx" in known] == []


def test_english_sections_are_sorted():
    text = (rulebook() / "data" / "english.txt").read_text(encoding="ascii")
    for section in text[text.index("\n[") + 1 :].split("[")[1:]:
        lines = section.partition("]\n")[2].splitlines()
        words = " ".join(lines).split(" ")
        assert words == sorted(set(words))
        assert len({line[:2] for line in lines}) == len(lines)
        assert all(word[:2] == line[:2].strip() for line in lines for word in line.split())


def test_the_notice_of_the_list_ships_with_it():
    notice = (rulebook() / "data" / "english-notice.txt").read_text(encoding="utf-8")
    assert "Kevin Atkinson" in notice
    assert "WordNet" in notice


def test_commonness_falls_with_rarity():
    known = english()
    assert known.commonness("model") == 1
    assert known.commonness("serverless") == 1
    assert 1 > known.commonness("tomato") > 0
    assert known.commonness("punrning") == 0


def test_shipped_words_load_with_a_users_own():
    words = Words.load(["Infernce", {"retrevial": "retrieval"}])
    assert "infernce" not in words.misspellings
    assert words.misspellings["retrevial"] == "retrieval"
