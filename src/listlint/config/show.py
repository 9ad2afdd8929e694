"""The settings that hold, as a config would write them, each with where it comes from."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from listlint.config.keys import keys
from listlint.config.reading import Reading, read
from listlint.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["shown"]

COLUMN = 48
PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
GIVEN = {  # keys of a config, and the arguments that are put on top of them
    "select": "select",
    "extend-select": "extend_select",
    "ignore": "ignore",
    "fail-on": "fail_on",
    "baseline": "baseline",
}


def shown(config: str | None, options: Options, arguments: Mapping[str, Any]) -> str:
    """All settings as YAML that a config may hold, with comments that say where each comes from."""
    reading = Reading("", {}) if config is None else read(config)
    lines = [f"# {config}" if config else "# no config; these are the defaults"]
    default = Options()
    for name, key in keys().items():
        value = key.shown(options)
        if isinstance(value, dict) and value:
            lines += _table(reading, (name,), value)
        else:
            lines.append(_line(0, name, value, _origin(reading, name, value, key.shown(default), arguments)))
    return "\n".join(lines) + "\n"


def _origin(reading: Reading, name: str, value: object, default: object, arguments: Mapping[str, Any]) -> str:
    """Where the value of a key comes from: the config, the command line, or both."""
    places = [reading.place(name)] if name in reading.values else []
    if name in GIVEN and arguments.get(GIVEN[name]):
        option = f"--{name}"
        places = [*places, option] if name in ("extend-select", "ignore") else [option]
    if not places and value != default:
        places = ["found there"] if name == "baseline" else [_below(reading, name)]
    return " and ".join(places) or "default"


def _below(reading: Reading, name: str) -> str:
    """Where an option that has a key of its own was set below `rules`, or words below `knowledge`."""
    return next((reading.place(*keys) for keys in reading.lines if keys[-1] == name), reading.path)


def _table(reading: Reading, keys: tuple[str, ...], value: dict[str, Any]) -> Iterator[str]:
    """A key that holds a table, line by line."""
    indent = 2 * len(keys) - 2
    yield f"{' ' * indent}{_text(keys[-1])}:"
    for word, one in value.items():
        if isinstance(one, dict) and one:
            yield from _table(reading, (*keys, word), one)
        else:
            yield _line(indent + 2, word, one, _place(reading, (*keys, word)))


def _place(reading: Reading, keys: tuple[str, ...]) -> str:
    """Where the key stands, a rule under its name or its code; `default` where it stands nowhere."""
    here: object = reading.values
    written: list[str] = []
    for key in keys:
        names = (key, *_codes(key))
        found = next((one for one in here if str(one) in names), None) if isinstance(here, dict) else None
        if not isinstance(here, dict) or found is None:
            return "default"
        written.append(str(found))
        here = here[found]
    return reading.place(*written)


def _codes(word: str) -> tuple[str, ...]:
    from listlint.rules import catalogue

    rule = catalogue().get(word)
    return () if rule is None else (rule.code, rule.code.lower())


def _line(indent: int, name: str, value: object, place: str) -> str:
    text = f"{' ' * indent}{_text(name)}: {_text(value)}"
    return f"{text:<{COLUMN}}  # {place.replace(os.sep, '/')}"


def _text(value: object) -> str:
    """A value as YAML writes it on one line."""
    import yaml

    if isinstance(value, str) and PLAIN.fullmatch(value) and yaml.safe_load(value) == value:
        return value
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=10**9, sort_keys=False)
    return text.removesuffix("\n").removesuffix("\n...")
