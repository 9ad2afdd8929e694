"""What an answer's status says about a link."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus

from listlint.outside import LinkStatus, LinkVerdict

__all__ = ["describe", "unknown", "verdict_of_status", "wants_another_try"]

_GONE = frozenset({404, 410})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_SUCCESS = range(200, 300)
_NOT_YET = 202


@lru_cache(1024)
def describe(status: int) -> str:
    """A status in the standard's own words, whatever phrase the server sent."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"status {status}"


@lru_cache(1024)
def unknown(reason: str) -> LinkVerdict:
    """The verdict that nothing can be told."""
    return LinkVerdict(LinkStatus.UNKNOWN, reason)


@lru_cache(1024)
def verdict_of_status(status: int) -> LinkVerdict:
    """Only 404 and 410 are dead. 202 is what some publishers tell robots, and no evidence."""
    if status in _GONE:
        return LinkVerdict(LinkStatus.DEAD, describe(status))
    if status in _SUCCESS and status != _NOT_YET:
        return LinkVerdict(LinkStatus.ALIVE, describe(status))
    return unknown(describe(status))


def wants_another_try(status: int) -> bool:
    """Whether the same question may have another answer a little later."""
    return status in _PASSING
