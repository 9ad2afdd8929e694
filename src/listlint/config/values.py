"""Values of a config held to what they should be; what is wrong is said with the nearest that would be right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.config.reading import Reading

__all__ = ["among", "kind", "rule_name", "rule_words", "table", "typed", "unknown", "words"]

FEW = 6
WANTED: dict[object, str] = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


def kind(value: object) -> str:
    """What a value is, as a person would say it."""
    known: dict[type, str] = {
        dict: "a table",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        type(None): "nothing",
    }
    return known.get(type(value), f"a {type(value).__name__}")


def unknown(word: str, known: Iterable[str], what: str) -> str:
    """That there is no such word, and the nearest that there is."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    choices = sorted(known)
    nearest = extractOne(word.replace("_", "-").lower(), choices, scorer=ratio, score_cutoff=60)
    if nearest:
        hint = f'did you mean "{nearest[0]}"?'
    elif len(choices) <= FEW:
        hint = f"known are {', '.join(choices)}"
    else:
        hint = "`listlint config` shows all that there are"
    return f'unknown {what} "{word}"; {hint}'


def among(reading: Reading, name: str, value: object, choices: Iterable[str], *keys: str) -> str:
    """One of the choices."""
    known = list(choices)
    if value in known:
        return str(value)
    from rapidfuzz.process import extractOne

    nearest = extractOne(str(value).lower(), known, score_cutoff=60)
    hint = f'; did you mean "{nearest[0]}"?' if nearest else ""
    raise reading.error(f'"{name}" is one of {", ".join(known)}, not "{value}"{hint}', *keys)


def typed(reading: Reading, name: str, value: Any, wanted: type, *keys: str) -> Any:
    """A value of the type `wanted`; a whole number will do for any number, and one text for a list of them."""
    if wanted is tuple:
        return words(reading, name, value, *keys)
    right = isinstance(value, (int, float) if wanted is float else wanted)
    if not right or (isinstance(value, bool) and wanted is not bool):
        raise reading.error(f'"{name}" is {WANTED[wanted]}, not {kind(value)}', *keys)
    return value


def words(reading: Reading, name: str, value: object, *keys: str) -> tuple[str, ...]:
    """A list of texts; one text alone is a list of one."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        strange = [one for one in value if not isinstance(one, str) and type(one) is not int]
        if not strange:
            return tuple(str(one) for one in value)
        raise reading.error(f'"{name}" is a list of texts, but holds {kind(strange[0])}', *keys)
    raise reading.error(f'"{name}" is a list of texts, not {kind(value)}', *keys)


def table(reading: Reading, name: str, value: object, *keys: str) -> dict[str, Any]:
    """A table; one that is left empty holds nothing."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise reading.error(f'"{name}" is a table of `name: value` lines, not {kind(value)}', *keys)
    return {str(one): content for one, content in value.items()}


def rule_words(reading: Reading, name: str, value: object, *keys: str) -> tuple[str, ...]:
    """Words that name rules: names, codes, prefixes of codes."""
    from listlint.rules import unknown_words

    found = words(reading, name, value, *keys)
    for word, nearest in unknown_words(found):
        hint = f'; did you mean "{nearest}"?' if nearest else "; `listlint rules` lists them"
        raise reading.error(f'"{name}" names no rule: "{word}"{hint}', *keys)
    return found


def rule_name(reading: Reading, word: str, *keys: str) -> str:
    """The name of the rule that is named by its name or code."""
    from listlint.rules import catalogue

    by_code = {rule.code: rule.name for rule in catalogue().values()}
    name = by_code.get(word.upper(), word)
    if name not in catalogue():
        raise reading.error(unknown(word, [*catalogue(), *by_code], "rule"), *keys)
    return name
