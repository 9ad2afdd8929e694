"""What a key of a config is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from listlint.config.reading import Reading
    from listlint.options import Options

__all__ = ["Key"]


class Key(NamedTuple):
    """A key of a config: `put` sets it, `shown` gives its value in the options as a config would write it."""

    name: str
    help: str
    put: Callable[[Options, Reading, str, Any], Options]
    shown: Callable[[Options], Any]
