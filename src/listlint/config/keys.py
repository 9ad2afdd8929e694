"""Every key that a config may have: what it means, what it may hold, and the option that it sets."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from listlint.config.key import Key
from listlint.config.values import among, rule_name, rule_words, table, typed, unknown, words
from listlint.options import Options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from listlint.config.reading import Reading
    from listlint.rule import Option, Rule

__all__ = ["FAILING", "SEVERITIES", "keys", "read_options", "rule_options"]

SEVERITIES = ("off", "info", "warning", "error")
FAILING = ("warning", "error")


def read_options(reading: Reading) -> Options:
    """The options that the config sets, all others by default; raises ConfigError for anything that is wrong."""
    known = keys()
    options = Options(root=reading.folder)
    for name, value in reading.values.items():
        if str(name) not in known:
            raise reading.error(_owner(str(name)) or unknown(str(name), known, "key"), str(name))
        options = known[str(name)].put(options, reading, str(name), value)
    return options


def _owner(name: str) -> str | None:
    """Where an option that has no key of its own belongs."""
    from listlint.rules import catalogue

    for rule in catalogue().values():
        if name in (option.name for option in rule.options):
            return f'"{name}" stands below the rule that has it, as in rules: {{{rule.name}: {{{name}: …}}}}'
    return None


def keys() -> Mapping[str, Key]:
    """All keys by name: those of the run first, then the rules' own."""
    from listlint.config.rooms import PARTS_OF_ROOMS

    found = {one.name: one for one in (*RUN, *PARTS_OF_ROOMS)}
    for rule, option in rule_options():
        found[option.name] = Key(
            option.name, option.help, _put_option(rule, option), _shown_option(rule, option)
        )
    return found


def rule_options() -> Iterator[tuple[Rule, Option]]:
    """The rules' options that have a key of their own: those whose name says enough by itself, and that no other has."""
    from listlint.rules import catalogue

    owned = [(rule, option) for rule in catalogue().values() for option in rule.options]
    names = [option.name for _, option in owned]
    taken = {one.name for one in RUN}
    for rule, option in owned:
        if "-" in option.name and names.count(option.name) == 1 and option.name not in taken:
            yield rule, option


# -- choice of rules ---------------------------------------------------------------------------------------------------


def _choice(part: str, help_: str) -> Key:
    def put(options: Options, reading: Reading, name: str, value: Any) -> Options:
        given: Mapping[str, Any] = {part: rule_words(reading, name, value, name)}
        return options._replace(choice=options.choice._replace(**given))

    return Key(part.replace("_", "-"), help_, put, lambda options: list(getattr(options.choice, part)))


def _put_per_path(options: Options, reading: Reading, name: str, value: Any) -> Options:
    given = table(reading, name, value, name)
    found = {pattern: rule_words(reading, pattern, some, name, pattern) for pattern, some in given.items()}
    return options._replace(per_path=found)


def _put_severity(options: Options, reading: Reading, name: str, value: Any) -> Options:
    given = {}
    for word, level in table(reading, name, value, name).items():
        rule = rule_name(reading, word, name, word)
        written = "off" if level is False else level  # YAML reads a bare off as false
        given[rule] = among(reading, word, written, SEVERITIES, name, word)
    return options._replace(severity=given)


# -- files -------------------------------------------------------------------------------------------------------------


def _paths(part: str, help_: str) -> Key:
    """Paths, read from the config's folder."""

    def put(options: Options, reading: Reading, name: str, value: Any) -> Options:
        found = tuple(_spoken(reading.folder, one) for one in words(reading, name, value, name))
        given: Mapping[str, Any] = {part: found}
        return options._replace(**given)

    def shown(options: Options) -> list[str]:
        return [_from(options.root, one) for one in getattr(options, part)]

    return Key(part, help_, put, shown)


def _spoken(folder: str, path: str) -> str:
    """A path of the config's folder as a person would say it from here."""
    if not folder or os.path.isabs(path):
        return path
    joined = os.path.join(folder, path)
    return joined if os.path.isabs(folder) else os.path.relpath(joined) + "/" * path.endswith("/")


def _from(root: str, path: str) -> str:
    if not root or os.path.isabs(path) is not os.path.isabs(root):
        return path
    slash = "/" if path.endswith("/") else ""
    return os.path.relpath(path, root) + slash


def _put_exclude(options: Options, reading: Reading, name: str, value: Any) -> Options:
    return options._replace(exclude=words(reading, name, value, name))


def _put_encoding(options: Options, reading: Reading, name: str, value: Any) -> Options:
    import codecs

    try:
        codecs.lookup(str(value))
    except (LookupError, ValueError):
        hint = "name one such as utf-8, gb18030 or latin-1"
        raise reading.error(f'unknown encoding "{value}"; {hint}', name) from None
    return options._replace(encoding=str(value))


def _put_baseline(options: Options, reading: Reading, name: str, value: Any) -> Options:
    path = "" if value is None else typed(reading, name, value, str, name)
    return options._replace(baseline=os.path.join(reading.folder, path) if path else "")


def _put_fail_on(options: Options, reading: Reading, name: str, value: Any) -> Options:
    return options._replace(fail_on=among(reading, name, value, FAILING, name))


# -- the rules' own ----------------------------------------------------------------------------------------------------


def _put_rules(options: Options, reading: Reading, name: str, value: Any) -> Options:
    from listlint.rules import catalogue

    for word, settings in table(reading, name, value, name).items():
        rule = catalogue()[rule_name(reading, word, name, word)]
        known = {one.name: one for one in rule.options}
        for option, one in table(reading, word, settings, name, word).items():
            place = (name, word, option)
            if option not in known:
                what = f'option of "{rule.name}"'
                message = unknown(option, known, what) if known else f'"{rule.name}" has no options'
                raise reading.error(message, *place)
            options = _with_option(options, reading, rule, known[option], one, place)
    return options


def _put_option(rule: Rule, option: Option) -> Callable[[Options, Reading, str, Any], Options]:
    def put(options: Options, reading: Reading, name: str, value: Any) -> Options:
        return _with_option(options, reading, rule, option, value, (name,))

    return put


def _with_option(
    options: Options, reading: Reading, rule: Rule, option: Option, value: Any, place: tuple[str, ...]
) -> Options:
    """One rule's option, of its type and among its choices."""
    value = typed(reading, option.name, value, option.type, *place)
    for one in value if option.type is tuple else (value,):
        if option.choices:
            among(reading, option.name, one, option.choices, *place)
    rules = {name: dict(settings) for name, settings in options.rules.items()}
    rules.setdefault(rule.name, {})[option.name] = value
    return options._replace(rules=rules)


def _shown_option(rule: Rule, option: Option) -> Callable[[Options], Any]:
    def shown(options: Options) -> Any:
        value = options.rules.get(rule.name, {}).get(option.name, option.default)
        return list(value) if isinstance(value, tuple) else value

    return shown


def _shown_rules(options: Options) -> dict[str, Any]:
    """The rules' options that have no key of their own."""
    from listlint.rules import catalogue

    alone = {(rule.name, option.name) for rule, option in rule_options()}
    found: dict[str, dict[str, Any]] = {}
    for rule in catalogue().values():
        for option in rule.options:
            if (rule.name, option.name) not in alone:
                found.setdefault(rule.name, {})[option.name] = _shown_option(rule, option)(options)
    return found


RUN = (
    _paths(
        "files",
        "the files and folders that are checked when no path is given, and that all lists are compared with",
    ),
    Key(
        "exclude",
        "files and folders that are left out, even when they are named; patterns as in .gitignore",
        _put_exclude,
        lambda options: list(options.exclude),
    ),
    _paths("references", "lists that are compared with, but neither reported on nor written"),
    Key("encoding", "the encoding of the lists", _put_encoding, lambda options: options.encoding),
    _choice("select", "the rules that run, instead of the default ones: names, codes or prefixes of codes"),
    _choice("extend_select", "rules that run as well"),
    _choice("ignore", "rules that do not run"),
    Key(
        "per-path-ignores",
        "rules that are not reported in some files: a pattern as in .gitignore, and the rules",
        _put_per_path,
        lambda options: {name: list(some) for name, some in options.per_path.items()},
    ),
    Key(
        "severity",
        "how bad the findings of a rule are: off, info, warning or error",
        _put_severity,
        lambda options: dict(options.severity),
    ),
    Key(
        "fail-on",
        "the least severity that makes the exit code 1",
        _put_fail_on,
        lambda options: options.fail_on,
    ),
    Key(
        "baseline",
        "the file of findings that are accepted for now; check --update-baseline writes it",
        _put_baseline,
        lambda options: _from(options.root, options.baseline) if options.baseline else None,
    ),
    Key("rules", "options of rules, below each rule's name", _put_rules, _shown_rules),
)
