"""Regular expressions that few lists need: each is compiled when it is first used."""

from __future__ import annotations

import re
from typing import Any, cast

__all__ = ["Expression", "expression"]


class Expression:
    """Stands for a compiled expression: whatever is asked of it is that expression's, and stays at hand."""

    def __init__(self, source: str, flags: int) -> None:
        self.source = source
        self.options = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self.source, self.options), name)
        self.__dict__[name] = found
        return found


def expression(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, at the first use. What most lists need is compiled at once: a call then costs a little less."""
    return cast("re.Pattern[str]", Expression(source, flags))
