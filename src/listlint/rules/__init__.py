"""The rules, one a file; discovered, never listed by hand."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from listlint.discovery import modules_of
from listlint.rule import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listlint.options import Choice
    from listlint.rule import Rule

__all__ = ["catalogue", "chosen", "unknown_words"]


@cache
def catalogue() -> Mapping[str, Rule]:
    """Every rule under its name, in the order of the codes."""
    rules = []
    for name in modules_of(__name__):
        content = vars(import_module(f"{__name__}.{name}"))
        rules += [
            record(one) for one in content.values() if callable(one) and "listlint_rule" in vars_of(one)
        ]
    rules.sort(key=lambda rule: rule.code)
    return MappingProxyType({rule.name: rule for rule in rules})


def vars_of(thing: object) -> Mapping[str, object]:
    """The thing's own attributes; none where it keeps none."""
    return getattr(thing, "__dict__", {})


def chosen(choice: Choice, *, online: bool = False) -> tuple[Rule, ...]:
    """The rules that run: the defaults or those selected, those added, less those ignored.

    Where a rule is both selected and ignored, the more exact word wins: a name or whole code before a prefix, a long
    prefix before a short one; ignoring wins a draw. A rule that asks the network needs `online`.
    """
    found = []
    for rule in catalogue().values():
        wanted = max(
            0 if not choice.select and rule.default else -1,
            _exactness(rule, choice.select),
            _exactness(rule, choice.extend_select),
        )
        if wanted >= 0 and _exactness(rule, choice.ignore) < max(wanted, 1) and (online or not rule.online):
            found.append(rule)
    return tuple(found)


def _exactness(rule: Rule, words: tuple[str, ...]) -> int:
    """How exactly the words name the rule: 1 to 3 for `ALL` and prefixes, more for a code or name, -1 for not at all."""
    best = -1
    for word in words:
        if word.lower() == rule.name or word.upper() == rule.code:
            best = max(best, 100)
        elif word.upper() == "ALL":
            best = max(best, 1)
        elif word and rule.code.startswith(word.upper()):
            best = max(best, 1 + len(word))
    return best


def unknown_words(words: tuple[str, ...]) -> list[tuple[str, str | None]]:
    """The words that name no rule, each with the nearest that does."""
    rules = catalogue()
    known = {rule.code for rule in rules.values()} | set(rules) | {"ALL"}
    found: list[tuple[str, str | None]] = []
    for word in words:
        code = word.upper()
        if (
            word.lower() in known
            or code in known
            or (word and any(rule.code.startswith(code) for rule in rules.values()))
        ):
            continue
        from rapidfuzz.process import extractOne

        nearest = extractOne(word, sorted(known), score_cutoff=60)
        found.append((word, nearest[0] if nearest else None))
    return found
