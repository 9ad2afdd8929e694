"""No regular expression of listlint's takes long on lines that strangers write to make it try everything twice."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from contextlib import contextmanager
from itertools import product

import pytest

import listlint
from listlint.expressions import Expression

LENGTH = 1000  # characters: what is cubic takes minutes, what is quadratic is not seen
SECONDS = 1.0  # of the processor's time, for one expression on one line
MOST_LETTERS = 4
PUMPS = (
    "a",
    "A",
    "1",
    " ",
    "\t",
    "-",
    "|",
    "[",
    "(",
    "<",
    "*",
    "`",
    "\\",
    "/",
    "aA",
    "a ",
    "1.",
    "[]",
    "[](",
    "a1",
    ": ",
    "，",
)


class TooLongError(Exception):
    """The expression tries everything twice."""


@contextmanager
def at_most(seconds):
    """Stop what takes longer; other work of the machine does not count."""

    def stop(*_):
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def expressions():
    """Every compiled expression in listlint's modules and classes, with where it stands."""
    found = {}
    for module in pkgutil.walk_packages(listlint.__path__, "listlint."):
        if module.name.endswith("__main__"):
            continue
        holders = [importlib.import_module(module.name)]
        holders += [
            one
            for one in vars(holders[0]).values()
            if isinstance(one, type) and one.__module__ == module.name
        ]
        for holder in holders:
            for name, value in vars(holder).items():
                for one in inside(value):
                    found.setdefault((one.pattern, one.flags), (f"{module.name}.{name}", one))
    return list(found.values())


def inside(value):
    if isinstance(value, (re.Pattern, Expression)):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from inside(one)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from inside(one)


def letters(pattern):
    """A few characters that the expression names, those first that stand first."""
    said = pattern.pattern.replace("\\s", " ").replace("\\d", "7").replace("\\w", "w").replace("\\W", ",")
    return list(dict.fromkeys(re.sub(r"\(\?[a-zA-Z<!=:]*|[\\\[\]()?*+{}^$]", "", said)))[:MOST_LETTERS]


def hostile(pattern):
    """Lines that repeat what the expression looks for, and break off."""
    known = letters(pattern)
    pumps = dict.fromkeys([*PUMPS, *known, *("".join(pair) for pair in product(known, repeat=2))])
    for pump in pumps:
        body = (pump * LENGTH)[:LENGTH]
        yield body + "\x00"
        for first in known[:2]:
            yield first + body + "\x00"


EXPRESSIONS = expressions()


def test_there_are_expressions() -> None:
    assert len(EXPRESSIONS) > 100


@pytest.mark.parametrize("part", range(8))
def test_no_line_takes_long(part) -> None:
    slow = set()
    for name, pattern in EXPRESSIONS[part::8]:
        for line in hostile(pattern):
            try:
                with at_most(SECONDS):
                    pattern.search(line)
                    pattern.fullmatch(line)
            except TooLongError:
                slow.add(f"{name} on {line[:12]!r}…")
                break
    assert not slow


def test_a_catastrophe_is_seen() -> None:
    with pytest.raises(TooLongError), at_most(0.2):
        re.compile(r"(a+)+b").match("a" * 40)
