"""Config files: found, read, checked against the rules' own options, and turned into `Options`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from listlint.options import Choice, Options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["CONFIG_NAMES", "ConfigError", "config_of", "find_config", "load_config"]

CONFIG_NAMES = (".listlint.yaml", ".listlint.yml")
SEVERITIES = ("off", "info", "warning", "error")


class ConfigError(Exception):
    """A config file is wrong; the message is one line with the file, the place and the way out."""


@dataclass(eq=False)
class _Reading:
    """A config file's values, and the line of each key where that is known."""

    path: str
    values: dict[str, Any]
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    def error(self, message: str, *keys: str) -> ConfigError:
        line = self.lines.get(keys)
        return ConfigError(f"{self.path}:{line}: {message}" if line else f"{self.path}: {message}")


def find_config(start: str) -> str | None:
    """The config file that holds for `start`: the nearest upward that is one, or a `pyproject.toml` that has a part for it."""
    folder = Path(os.path.abspath(start))
    for here in (folder, *folder.parents):
        for name in CONFIG_NAMES:
            if (here / name).is_file():
                return _spoken(here / name)
        project = here / "pyproject.toml"
        if project.is_file() and b"[tool.listlint" in project.read_bytes():
            return _spoken(project)
    return None


def config_of(paths: Sequence[str]) -> str | None:
    """The config file that holds for what the paths have in common; for this folder, where none is there."""
    there = [os.path.abspath(path) for path in paths if os.path.exists(path)]
    common = os.path.commonpath(there) if there else "."
    return find_config(common if os.path.isdir(common) else os.path.dirname(common))


def _spoken(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def load_config(path: str) -> Options:
    """The options that the config file sets, all others by default; raises ConfigError for anything that is wrong."""
    reading = _read_toml(path) if path.endswith(".toml") else _read_yaml(path)
    options = Options()
    for key, value in reading.values.items():
        options = _set(options, reading, str(key), value)
    return options


# -- reading -----------------------------------------------------------------------------------------------------------


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read: {(error.strerror or str(error)).lower()}; check the path"
        ) from error


def _read_toml(path: str) -> _Reading:
    import tomllib

    try:
        content = tomllib.loads(_bytes(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {_one_line(error)}") from error
    table = content.get("tool", {}).get("listlint", {})
    return _Reading(path, table if isinstance(table, dict) else {})


def _read_yaml(path: str) -> _Reading:
    import yaml

    try:
        root = yaml.compose(_bytes(path).decode("utf-8"), Loader=yaml.SafeLoader)
        lines: dict[tuple[str, ...], int] = {}
        if root is not None:
            _note_lines(root, (), lines)
        values = yaml.safe_load(_bytes(path).decode("utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{path}:{line}: not YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not YAML: {_one_line(error)}") from error
    if values is not None and not isinstance(values, dict):
        raise ConfigError(
            f"{path}:1: a config is a list of `key: value` lines, not a {type(values).__name__}"
        )
    return _Reading(path, values or {}, lines)


def _note_lines(node: Any, path: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> None:
    """Remember on which line each key stands."""
    if node.id == "mapping":
        for key, value in node.value:
            lines[*path, str(key.value)] = key.start_mark.line + 1
            _note_lines(value, (*path, str(key.value)), lines)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


# -- setting -----------------------------------------------------------------------------------------------------------


def _set(options: Options, reading: _Reading, key: str, value: Any) -> Options:
    """`options` with one key of the file set."""
    setter = SETTERS.get(key)
    if setter is not None:
        return setter(options, reading, key, value)
    owners = _option_owners()
    if key in owners:
        return _rule_option(options, reading, owners[key], key, value, (key,))
    raise reading.error(_unknown(key, [*SETTERS, *owners], "key"), key)


def _unknown(word: str, known: list[str], what: str) -> str:
    from rapidfuzz.process import extractOne

    nearest = extractOne(word, known, score_cutoff=55)
    hint = f'did you mean "{nearest[0]}"?' if nearest else f"known are {', '.join(sorted(known))}"
    return f'unknown {what} "{word}"; {hint}'


def _option_owners() -> dict[str, str]:
    """The rule that each option belongs to: an option may stand at the top of the file under its own name."""
    from listlint.rules import catalogue

    return {option.name: rule.name for rule in catalogue().values() for option in rule.options}


def _words(reading: _Reading, key: str, value: Any, *keys: str) -> tuple[str, ...]:
    """A list of texts; one text alone is a list of one."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return tuple(str(one) for one in value)
    raise reading.error(f'"{key}" is a list of texts, not {_kind(value)}', *(keys or (key,)))


def _kind(value: Any) -> str:
    return {
        dict: "a table",
        list: "a list",
        str: "a text",
        bool: "true or false",
        int: "a number",
        type(None): "nothing",
    }.get(type(value), type(value).__name__)


def _table(reading: _Reading, key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise reading.error(f'"{key}" is a table of `name: value` lines, not {_kind(value)}', key)
    return {str(name): one for name, one in value.items()}


def _checked_words(reading: _Reading, key: str, value: Any, *keys: str) -> tuple[str, ...]:
    """Words that name rules."""
    from listlint.rules import unknown_words

    words = _words(reading, key, value, *keys)
    for word, nearest in unknown_words(words):
        hint = f'; did you mean "{nearest}"?' if nearest else "; `listlint rules` lists them"
        raise reading.error(f'"{key}" names no rule: "{word}"{hint}', *(keys or (key,)))
    return words


def _set_choice(part: str) -> Callable[[Options, _Reading, str, Any], Options]:
    def set_part(options: Options, reading: _Reading, key: str, value: Any) -> Options:
        words = _checked_words(reading, key, value)
        parts: Mapping[str, Any] = {part: words}
        return replace(options, choice=replace(options.choice, **parts))

    return set_part


def _set_words(part: str) -> Callable[[Options, _Reading, str, Any], Options]:
    def set_part(options: Options, reading: _Reading, key: str, value: Any) -> Options:
        words = _words(reading, key, value)
        folder = os.path.dirname(reading.path)
        if part != "exclude" and folder:
            words = tuple(os.path.join(folder, word) for word in words)
        parts: Mapping[str, Any] = {part: words}
        return replace(options, **parts)

    return set_part


def _set_per_path(options: Options, reading: _Reading, key: str, value: Any) -> Options:
    table = _table(reading, key, value)
    return replace(
        options,
        per_path={glob: _checked_words(reading, glob, words, key, glob) for glob, words in table.items()},
    )


def _set_severity(options: Options, reading: _Reading, key: str, value: Any) -> Options:
    from listlint.rules import catalogue

    table = _table(reading, key, value)
    by_code = {rule.code: rule.name for rule in catalogue().values()}
    given: dict[str, str] = {}
    for word, level in table.items():
        name = by_code.get(word.upper(), word)
        if name not in catalogue():
            raise reading.error(_unknown(word, [*catalogue(), *by_code], "rule"), key, word)
        level_name = "off" if level is False else str(level)
        if level_name not in SEVERITIES:
            raise reading.error(f'"{word}" is one of {", ".join(SEVERITIES)}, not "{level}"', key, word)
        given[name] = level_name
    return replace(options, severity=given)


def _set_rules(options: Options, reading: _Reading, key: str, value: Any) -> Options:
    from listlint.rules import catalogue

    for name, settings in _table(reading, key, value).items():
        if name not in catalogue():
            raise reading.error(_unknown(name, list(catalogue()), "rule"), key, name)
        for option, one in _table(reading, name, settings).items():
            known = [each.name for each in catalogue()[name].options]
            if option not in known:
                raise reading.error(_unknown(option, known, f'option of "{name}"'), key, name, option)
            options = _rule_option(options, reading, name, option, one, (key, name, option))
    return options


def _rule_option(
    options: Options, reading: _Reading, name: str, option: str, value: Any, keys: tuple[str, ...]
) -> Options:
    """One rule's option, of its type and among its choices."""
    from listlint.rules import catalogue

    known = next(one for one in catalogue()[name].options if one.name == option)
    if known.type is tuple:
        value = _words(reading, option, value, *keys)
    elif not isinstance(value, known.type) or (known.type is int and isinstance(value, bool)):
        wanted = {str: "a text", int: "a number", bool: "true or false", float: "a number"}.get(
            known.type, known.type.__name__
        )
        raise reading.error(f'"{option}" is {wanted}, not {_kind(value)}', *keys)
    if known.choices and value not in known.choices:
        raise reading.error(f'"{option}" is one of {", ".join(known.choices)}, not "{value}"', *keys)
    rules = {rule: dict(settings) for rule, settings in options.rules.items()}
    rules.setdefault(name, {})[option] = value
    return replace(options, rules=rules)


def _set_encoding(options: Options, reading: _Reading, key: str, value: Any) -> Options:
    import codecs

    try:
        codecs.lookup(str(value))
    except LookupError:
        raise reading.error(
            f'unknown encoding "{value}"; name one such as utf-8, gb18030 or latin-1', key
        ) from None
    return replace(options, encoding=str(value))


def _set_fail_on(options: Options, reading: _Reading, key: str, value: Any) -> Options:
    if value not in ("warning", "error"):
        raise reading.error(f'"{key}" is "warning" or "error", not "{value}"', key)
    return replace(options, fail_on=str(value))


def _set_room(room: str) -> Callable[[Options, _Reading, str, Any], Options]:
    """A setter for the fields of a room's own options: their names with hyphens, their types, their choices."""

    def set_room(options: Options, reading: _Reading, key: str, value: Any) -> Options:
        known = _room_fields(room)
        given: dict[str, Any] = {}
        for name, one in _table(reading, key, value).items():
            if name not in known:
                raise reading.error(_unknown(name, list(known), f'key of "{key}"'), key, name)
            wanted, choices = known[name]
            right = isinstance(one, wanted) and not (isinstance(one, bool) and wanted is not bool)
            if not right or (choices and one not in choices):
                hint = f"one of {', '.join(map(str, choices))}" if choices else "of another type"
                raise reading.error(f'"{name}" is {hint}, not "{one}"', key, name)
            given[name.replace("-", "_")] = tuple(one) if isinstance(one, list) else one
        parts: Mapping[str, Any] = {room: given}
        return replace(options, **parts)

    return set_room


def _room_fields(room: str) -> dict[str, tuple[Any, tuple[Any, ...]]]:
    """What may be set of a room: each name with its type and choices."""
    from dataclasses import fields
    from typing import Literal, get_args, get_origin, get_type_hints

    if room == "layout":
        from listlint.layout.options import LayoutOptions as Kind
    else:
        from listlint.links.options import LinkOptions as Kind  # type: ignore[assignment]
    import pathlib
    from collections.abc import Callable as Function

    hints = get_type_hints(Kind, localns={"Path": pathlib.Path, "Callable": Function})
    known: dict[str, tuple[Any, tuple[Any, ...]]] = {}
    for one in fields(Kind):
        hint = hints[one.name]
        if get_origin(hint) is Literal:
            known[one.name.replace("_", "-")] = (str, get_args(hint))
        elif hint in (int, float, bool, str):
            known[one.name.replace("_", "-")] = ((int, float) if hint is float else hint, ())
        elif get_args(hint)[:1] == (str,):
            known[one.name.replace("_", "-")] = (list, ())
    return known


def _set_knowledge(options: Options, reading: _Reading, key: str, value: Any) -> Options:
    """Rows of a user's own, by part, in the file itself: `knowledge: {venues: [{name: …}]}`."""
    from listlint.knowledge.knowledge import PARTS, Knowledge
    from listlint.knowledge.rulebook import KnowledgeError

    rows: dict[str, tuple[Any, ...]] = {}
    for part, one in _table(reading, key, value).items():
        if part not in PARTS:
            raise reading.error(_unknown(part, list(PARTS), "part of the knowledge"), key, part)
        if not isinstance(one, list):
            raise reading.error(f'"{part}" is a list of rows, not {_kind(one)}', key, part)
        rows[part] = tuple(one)
        try:
            getattr(Knowledge(rows), part)
        except KnowledgeError as error:
            number = "" if error.row is None else f" (row {error.row + 1})"
            raise reading.error(f"{part}{number}: {error}", key, part) from error
    return replace(options, knowledge=rows)


SETTERS: dict[str, Callable[[Options, _Reading, str, Any], Options]] = {
    "select": _set_choice("select"),
    "extend-select": _set_choice("extend_select"),
    "ignore": _set_choice("ignore"),
    "per-path-ignores": _set_per_path,
    "severity": _set_severity,
    "rules": _set_rules,
    "files": _set_words("files"),
    "exclude": _set_words("exclude"),
    "references": _set_words("references"),
    "encoding": _set_encoding,
    "fail-on": _set_fail_on,
    "layout": _set_room("layout"),
    "links": _set_room("links"),
    "knowledge": _set_knowledge,
}


def with_choice(options: Options, choice: Choice) -> Options:
    """The options with the command line's choice on top: its `select` replaces, its other words join."""
    base = options.choice
    merged = Choice(
        select=choice.select or base.select,
        extend_select=base.extend_select + choice.extend_select,
        ignore=base.ignore + choice.ignore,
    )
    return replace(options, choice=merged)
