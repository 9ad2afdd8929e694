"""Config files: found upward from each list, read, checked against the rules' own options, turned into `Options`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.config.find import CONFIG_NAMES, Finder, config_of, find_config

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from listlint.options import Options

__all__ = ["CONFIG_NAMES", "ConfigError", "Finder", "config_of", "find_config", "load_config", "set_options"]


class ConfigError(Exception):
    """A config file is wrong; the message is one line with the file, the place and the way out."""


def load_config(path: str) -> Options:
    """The options that the config file sets, all others by default; raises ConfigError for anything that is wrong."""
    from listlint.config.keys import read_options
    from listlint.config.reading import read

    return read_options(read(path))


def set_options(path: str, values: Mapping[str, Any]) -> Options:
    """The options that a config with these values would set; `path` stands in its errors."""
    from listlint.config.keys import read_options
    from listlint.config.reading import Reading

    return read_options(Reading(path, dict(values)))
