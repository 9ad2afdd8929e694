"""JSON in letters that the output can hold, and that no terminal obeys."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["encoder", "is_unicode", "write_array"]

# Control characters beyond ASCII, and those that turn the direction of text: JSON can say them with an escape.
HOSTILE = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def is_unicode(out: TextIO) -> bool:
    """Whether the output can hold any character."""
    return (out.encoding or "utf-8").lower().replace("-", "").startswith("utf")


def encoder(out: TextIO) -> Callable[[object], str]:
    """A function that gives a value as JSON on one line."""
    encode = json.JSONEncoder(ensure_ascii=not is_unicode(out)).encode
    return lambda value: HOSTILE.sub(lambda match: f"\\u{ord(match[0]):04x}", encode(value))


def write_array(values: Iterable[object], out: TextIO) -> None:
    """Write a JSON array, one value a line, as the values come."""
    encode = encoder(out)
    separator = "[\n"
    for value in values:
        out.write(separator + encode(value))
        separator = ",\n"
    out.write("[]\n" if separator == "[\n" else "\n]\n")
