"""A config file's values as they stand there, each with its line."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from listlint.config import ConfigError

__all__ = ["Reading", "read"]

_TABLE = re.compile(r"\s*+\[\s*+([^\[\]\s]++(?:\s++[^\[\]\s]++)*+)\s*+\]")
_KEY = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))\s*=""")


@dataclass(eq=False)
class Reading:
    """A config file's values, and the line of each key where that is known."""

    path: str
    values: dict[str, Any]
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """The folder from which its paths and patterns are read."""
        return os.path.dirname(self.path)

    def place(self, *keys: str) -> str:
        """Where the key stands: `.listlint.yaml:3`."""
        line = self.lines.get(keys)
        return f"{self.path}:{line}" if line else self.path

    def error(self, message: str, *keys: str) -> ConfigError:
        """What is wrong at the key, ready to be raised."""
        return ConfigError(f"{self.place(*keys)}: {message}")


def read(path: str) -> Reading:
    """The file's values; raises ConfigError where it is no YAML or TOML that holds a table."""
    return _read_toml(path) if path.endswith(".toml") else _read_yaml(path)


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ConfigError(f"{path}: cannot be read: {reason}; check the path") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: is not UTF-8; save it as UTF-8") from error


def _read_toml(path: str) -> Reading:
    import tomllib

    text = _text(path)
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{path}: not TOML: {_one_line(error)}") from error
    tools = content.get("tool", {})
    table = tools.get("listlint", {}) if isinstance(tools, dict) else {}
    if not isinstance(table, dict):
        raise ConfigError(f"{path}: [tool.listlint] is a table of `key = value` lines")
    return Reading(path, table, _toml_lines(text))


def _toml_lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of each key below `[tool.listlint]`; the library keeps none."""
    lines: dict[tuple[str, ...], int] = {}
    here: tuple[str, ...] | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if found := _TABLE.match(line):
            parts = tuple(part.strip(" \"'") for part in found[1].split("."))
            here = parts[2:] if parts[:2] == ("tool", "listlint") else None
            if here:
                lines.setdefault(here, number)
        elif here is not None and (found := _KEY.match(line)):
            lines.setdefault((*here, found[1] or found[2] or found[3] or ""), number)
    return lines


def _read_yaml(path: str) -> Reading:
    import yaml

    lines: dict[tuple[str, ...], int] = {}
    try:
        loader = yaml.SafeLoader(_text(path))
        root = loader.get_single_node()
        values = None if root is None else loader.construct_document(root)
        if root is not None:
            _note_lines(path, root, (), lines)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{path}:{line}: not YAML: {error.problem}") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ConfigError(f"{path}: not YAML: {_one_line(error)}") from error
    if values is not None and not isinstance(values, dict):
        kind = "list" if isinstance(values, list) else "text"
        raise ConfigError(f"{path}:1: a config is made of `key: value` lines, not a {kind}")
    return Reading(path, values or {}, lines)


def _note_lines(path: str, node: Any, keys: tuple[str, ...], lines: dict[tuple[str, ...], int]) -> None:
    """Remember on which line each key stands; one that stands twice is an error, since only one could count."""
    if node.id == "mapping":
        for key, value in node.value:
            name = (*keys, str(key.value))
            line = key.start_mark.line + 1
            if lines.setdefault(name, line) != line:
                raise ConfigError(f'{path}:{line}: "{name[-1]}" was set in line {lines[name]}; set it once')
            _note_lines(path, value, name, lines)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
