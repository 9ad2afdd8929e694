"""The folder of rule pages and data, wherever listlint runs from, and its YAML files compiled."""

from __future__ import annotations

import contextlib
import os
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["KnowledgeError", "cache_folder", "folder", "load", "read_yaml", "rulebook"]


class KnowledgeError(ValueError):
    """A row of knowledge is wrong. `row` counts the rows of its file from 0; the message says what and how to mend it."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


@cache
def folder() -> str:
    """The folder that holds `NAME.md` for each rule and `data/*.yaml`: inside the wheel, else the checkout's `rules/`."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "rulebook")
    return (
        inside if os.path.isdir(inside) else os.path.join(os.path.dirname(os.path.dirname(package)), "rules")
    )


def rulebook() -> Path:
    """The same as a Path."""
    from pathlib import Path

    return Path(folder())


def cache_folder() -> str:
    """Where listlint keeps what it can make again: `$LISTLINT_CACHE`, else `listlint` in the user's cache folder."""
    if own := os.environ.get("LISTLINT_CACHE"):
        return own
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return os.path.join(base or os.path.join(os.path.expanduser("~"), ".cache"), "listlint")


def load(name: str) -> Any:
    """The content of `data/NAME.yaml`.

    A wheel holds it compiled to JSON, which loads a hundred times faster than YAML. A checkout compiles it on
    first use into the cache folder, keyed by the file's size and time, so that an edited row counts at once.
    """
    import json

    path = os.path.join(folder(), "data", f"{name}.yaml")
    compiled = path.removesuffix("yaml") + "json"
    if not os.path.exists(compiled):
        stat = os.stat(path)
        of_this = f"{name}-{stat.st_size:x}-{stat.st_mtime_ns:x}.json"
        compiled = os.path.join(cache_folder(), "knowledge", of_this)
    with contextlib.suppress(OSError, ValueError), open(compiled, "rb") as stream:
        return json.load(stream)
    content = read_yaml(path)
    with contextlib.suppress(OSError):
        _write_whole(compiled, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    return content


def read_yaml(path: str | Path) -> Any:
    """The content of one YAML file; raises yaml.YAMLError and OSError as they come."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with open(path, encoding="utf-8") as stream:
        return yaml.load(stream, Loader=loader)  # noqa: S506 - both are safe loaders; the C one is ten times faster


def _write_whole(path: str, text: str) -> None:
    """Write through a temporary file beside `path`, so that a concurrent reader sees all of it or nothing."""
    import tempfile

    os.makedirs(os.path.dirname(path), exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=os.path.basename(path))
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    os.replace(temporary, path)
