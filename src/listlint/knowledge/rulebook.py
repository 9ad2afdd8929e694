"""The folder of rule pages and data, wherever listlint runs from, and its YAML files compiled."""

from __future__ import annotations

import contextlib
import os
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["KnowledgeError", "cache_folder", "load", "read_yaml", "rulebook"]


class KnowledgeError(ValueError):
    """A row of knowledge is wrong. `row` counts the rows of its file from 0; the message says what and how to mend it."""

    def __init__(self, message: str, row: int | None = None) -> None:
        super().__init__(message)
        self.row = row


@cache
def rulebook() -> Path:
    """The folder that holds `NAME.md` for each rule and `data/*.yaml`: inside the wheel, else the checkout's `rules/`."""
    package = Path(__file__).parents[1]
    inside = package / "rulebook"
    return inside if inside.is_dir() else package.parents[1] / "rules"


def cache_folder() -> Path:
    """Where listlint keeps what it can make again: `$LISTLINT_CACHE`, else `listlint` in the user's cache folder."""
    if own := os.environ.get("LISTLINT_CACHE"):
        return Path(own)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "listlint"


def load(name: str) -> Any:
    """The content of `data/NAME.yaml`.

    A wheel holds it compiled to JSON, which loads a hundred times faster than YAML. A checkout compiles it on
    first use into the cache folder, keyed by the file's size and time, so that an edited row counts at once.
    """
    import json

    path = rulebook() / "data" / f"{name}.yaml"
    compiled = path.with_suffix(".json")
    if not compiled.exists():
        stat = path.stat()
        compiled = cache_folder() / "knowledge" / f"{name}-{stat.st_size:x}-{stat.st_mtime_ns:x}.json"
    with contextlib.suppress(OSError, ValueError):
        return json.loads(compiled.read_bytes())
    content = read_yaml(path)
    with contextlib.suppress(OSError):
        _write_whole(compiled, json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    return content


def read_yaml(path: Path) -> Any:
    """The content of one YAML file; raises yaml.YAMLError and OSError as they come."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=loader)  # noqa: S506 - both are safe loaders; the C one is ten times faster


def _write_whole(path: Path, text: str) -> None:
    """Write through a temporary file beside `path`, so that a concurrent reader sees all of it or nothing."""
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(text)
    Path(temporary).replace(path)
