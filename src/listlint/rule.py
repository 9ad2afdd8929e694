"""The decorator that makes a function a rule, and the record it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from listlint.findings import Finding, Severity

if TYPE_CHECKING:
    from types import MappingProxyType

__all__ = ["Option", "Rule", "RuleFunction", "rule"]

RuleFunction = Callable[..., Iterator[Finding]]


class Option(NamedTuple):
    """One setting of a rule, as the config file may give it."""

    name: str
    type: type
    default: Any
    help: str
    choices: tuple[str, ...] = ()


class Rule(NamedTuple):
    """One thing that can be wrong: its code is never reused, its name says the fault, its page is `rules/NAME.md`."""

    code: str
    name: str
    on: type
    of: str
    function: RuleFunction
    severity: Severity
    default: bool
    online: bool
    options: tuple[Option, ...]
    parameters: MappingProxyType[str, str]

    @property
    def group(self) -> str:
        """The three letters of the code."""
        return self.code[:3]

    @property
    def summary(self) -> str:
        """The first sentence of the function's docstring."""
        doc = (self.function.__doc__ or "").strip().partition("\n\n")[0]
        return " ".join(doc.split())


def rule(
    code: str,
    name: str,
    *,
    on: type,
    of: str = "",
    severity: Severity = Severity.WARNING,
    default: bool = True,
    online: bool = False,
    options: tuple[Option, ...] = (),
) -> Callable[[RuleFunction], RuleFunction]:
    """Make a function a rule.

    `on` is what the function is called with first: `Entry`, `PaperList`, `Source` (through `PaperList`) or
    `Collection`, where it speaks of the papers that `same_papers` finds and of nothing else. `of` is a field of
    entries: those without it are passed over. Further parameters are given by the names of their types: any knowledge
    class (`Venues`, `Words`, …), `PaperList` (the list that an entry stands in), `Settings` (this rule's options) and
    `Outside`.
    `default=False` means that the rule is asked for by name; `online=True` that it runs only with `--online`.
    """

    def mark(function: RuleFunction) -> RuleFunction:
        function.__dict__["listlint_rule"] = {
            "code": code,
            "name": name,
            "on": on,
            "of": of,
            "severity": severity,
            "default": default,
            "online": online,
            "options": options,
        }
        return function

    return mark


def record(function: RuleFunction) -> Rule:
    """The record of a marked function; its further parameters go by the names of their types."""
    from types import MappingProxyType

    kinds = [(name, kind) for name, kind in function.__annotations__.items() if name != "return"]
    parameters = MappingProxyType(dict(kinds[1:]))
    return Rule(function=function, parameters=parameters, **function.__dict__["listlint_rule"])
