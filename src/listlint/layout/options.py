"""The choices that a layout leaves open, each with its default."""

from __future__ import annotations

from typing import Literal, NamedTuple

__all__ = ["LayoutOptions"]


class LayoutOptions(NamedTuple):
    """How blocks are written. `keep` leaves that construct as its author wrote it.

    `bullet` is the marker of unordered lists. `ordered` numbers the items of a list from its first number on
    (`count`), gives each the first number (`same`) or keeps what is there. `tables` are written without padding
    (`compact`). `headings` start with `#` (`atx`). `rules` between blocks are `---` (`dashes`).
    """

    bullet: Literal["-", "*", "+"] = "-"
    ordered: Literal["count", "same", "keep"] = "count"
    tables: Literal["compact", "keep"] = "compact"
    headings: Literal["atx", "keep"] = "atx"
    rules: Literal["dashes", "keep"] = "dashes"
