"""What a command is to do: its lists, each under the config that is nearest upward from it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from listlint.config import ConfigError, Finder, load_config
from listlint.gather import BASELINE, STDIN, Scope
from listlint.options import Choice, Options
from listlint.patterns import matches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from listlint.files import FileProblem

__all__ = ["Part", "plan"]

CHOICE = ("select", "extend_select", "ignore")


class Part:
    """Lists that share a config; `-` among the `files` is standard input. `problems` are paths that name no list."""

    def __init__(self, config: str | None, options: Options) -> None:
        self.config = config
        self.options = options
        self.files: list[str] = []
        self.problems: list[FileProblem] = []


def plan(paths: Sequence[str], arguments: Mapping[str, Any]) -> list[Part]:
    """The parts of a run, by config; the first is that of the first path. Raises click.UsageError for broken settings."""
    settings = _Settings(arguments)
    named: dict[str | None, list[str]] = {}
    for path in paths:
        named.setdefault(settings.config_of(path), []).append(path)
    parts: dict[str | None, Part] = {}
    seen = set()
    for config, some in (named or {settings.config_of("."): []}).items():
        options = settings.options(config)
        files, problems = _scope(options).targets(some)
        parts.setdefault(config, Part(config, options)).problems += problems
        for path in [*files, *(one for one in some if one == STDIN)]:
            own = settings.config_of(path)
            part = parts.setdefault(own, Part(own, settings.options(own)))
            left_out = own != config and matches(path, part.options.exclude, part.options.root)
            if not left_out and (own, path) not in seen:
                seen.add((own, path))
                part.files.append(path)
    return list(parts.values())


def _scope(options: Options) -> Scope:
    return Scope(options.files, options.references, options.exclude, options.root)


class _Settings:
    """The settings by config, with those of the command line on top."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self.arguments = arguments
        self.fixed = bool(arguments["no_config"] or arguments["config_file"])
        self.choice = _choice(arguments)
        self._finder = Finder()
        self._known: dict[str | None, Options] = {}

    def config_of(self, path: str) -> str | None:
        """The config that holds for a path."""
        if self.fixed:
            return None if self.arguments["no_config"] else str(self.arguments["config_file"])
        return self._finder.of((self.arguments.get("stdin_filename") or ".") if path == STDIN else path)

    def options(self, config: str | None) -> Options:
        """The options under a config."""
        if config not in self._known:
            self._known[config] = self._on_top(_load(config))
        return self._known[config]

    def _on_top(self, options: Options) -> Options:
        """The options with the command line's on top: of rules, its `select` replaces, its other words join."""
        base, own = options.choice, self.choice
        choice = Choice(
            select=own.select or base.select,
            extend_select=base.extend_select + own.extend_select,
            ignore=base.ignore + own.ignore,
        )
        baseline = self.arguments.get("baseline") or options.baseline or self._usual_baseline(options.root)
        return options._replace(
            choice=choice,
            baseline=baseline,
            online=bool(self.arguments.get("online")),
            fail_on=self.arguments.get("fail_on") or options.fail_on,
        )

    def _usual_baseline(self, root: str) -> str:
        """The baseline that is used unnamed: the one beside the config, or in this folder where there is none."""
        path = os.path.join(root, BASELINE)
        if self.arguments.get("update_baseline"):
            return path
        return path if not self.arguments["no_config"] and os.path.exists(path) else ""


def _load(config: str | None) -> Options:
    if config is None:
        return Options()
    try:
        return load_config(config)
    except ConfigError as error:
        raise click.UsageError(str(error)) from error


def _choice(arguments: Mapping[str, Any]) -> Choice:
    """The rules that the command line names, checked."""
    from listlint.rules import unknown_words

    parts = {}
    for name in CHOICE:
        given = arguments.get(name) or ()
        words = tuple(word.strip() for one in given for word in one.split(",") if word.strip())
        for word, nearest in unknown_words(words) if words else ():
            hint = f'; did you mean "{nearest}"?' if nearest else "; `listlint rules` lists them"
            raise click.UsageError(f'--{name.replace("_", "-")} names no rule: "{word}"{hint}')
        parts[name] = words
    return Choice(**parts)
