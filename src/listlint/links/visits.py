"""One link on its way: what to ask next, and when the answer is good enough. Does no input or output."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from listlint.links.failures import Cause
from listlint.links.moves import lost_its_way, moved_to
from listlint.links.verdicts import describe, unknown, verdict_of_status, wants_another_try
from listlint.outside import LinkStatus, LinkVerdict

if TYPE_CHECKING:
    from listlint.knowledge.hosts import Hosts
    from listlint.knowledge.link_hosts import LinkHosts
    from listlint.links.addresses import Address
    from listlint.links.exchange import Answer
    from listlint.links.failures import RequestError
    from listlint.links.options import LinkOptions

__all__ = ["Again", "Knowledge", "Visit"]

_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_TOO_MANY = 429
_HEAD_ANSWERS = frozenset({429, 503})


class Knowledge:
    """What the rulebook knows of hosts, loaded when it is asked."""

    @cached_property
    def hosts(self) -> Hosts:
        """What addresses name."""
        from listlint.knowledge.hosts import Hosts

        return Hosts.load()

    @cached_property
    def gates(self) -> LinkHosts:
        """How hosts answer programs."""
        from listlint.knowledge.link_hosts import LinkHosts

        return LinkHosts.load()


class Again(NamedTuple):
    """Ask on, after `wait` seconds; `whole_host` lets all its links wait."""

    wait: float = 0.0
    whole_host: bool = False


@dataclass(slots=True)
class Visit:
    """A link under way. `key` is the link as it is remembered, `address` what is asked next.

    `instead` says that another address answers for the link, so that where it leads is of no interest;
    `head_failed` that HEAD was refused where GET is asked next.
    """

    key: str
    start: Address
    address: Address
    method: str = "HEAD"
    instead: bool = False
    permanent: bool = True
    head_failed: bool = False
    tries: int = 0
    seen: set[str] = field(default_factory=set)

    def answered(self, answer: Answer, options: LinkOptions, known: Knowledge) -> LinkVerdict | Again:
        """What follows from an answer."""
        status = answer.status
        if status in _REDIRECTS and answer.location is not None:
            return self._redirected(answer.location, status, options)
        if self.method == "HEAD" and not 200 <= status < 300 and status not in _HEAD_ANSWERS:  # noqa: PLR2004
            self.method = "GET"
            self.head_failed = True
            return Again()
        if wants_another_try(status):
            return self._refused_for_now(answer, options)
        return self._judged(status, known)

    def failed(self, failure: RequestError, options: LinkOptions) -> LinkVerdict | Again:
        """What follows from a request that got no answer."""
        if failure.cause is Cause.NO_NAME:
            return LinkVerdict(LinkStatus.DEAD, failure.reason)
        if failure.cause.is_final or self.tries >= options.retries:
            return unknown(failure.reason)
        if failure.cause in {Cause.TIMEOUT, Cause.BROKEN}:
            self.method = "GET"  # some servers choke on HEAD
        self.tries += 1
        return Again(_back_off(self.tries, options))

    def _redirected(self, location: str, status: int, options: LinkOptions) -> LinkVerdict | Again:
        there = self.address.join(location)
        if there is None:
            return unknown("redirects to an address that is not http or https")
        self.seen.add(self.address.url)
        if there.url in self.seen:
            return unknown("redirects in a circle")
        if len(self.seen) > options.redirects:
            return unknown(f"redirects more than {options.redirects} times")
        self.permanent = self.permanent and status in _PERMANENT
        self.address = there
        self.head_failed = False
        return Again()

    def _refused_for_now(self, answer: Answer, options: LinkOptions) -> LinkVerdict | Again:
        wait, status = answer.retry_after, answer.status
        if wait is not None and wait > options.retry_after_cap:
            return unknown(f"{describe(status)}: wants to be asked after {wait:.0f} s")
        if self.tries >= options.retries:
            return unknown(describe(status))
        self.tries += 1
        if wait is None:
            return Again(_back_off(self.tries, options), whole_host=status == _TOO_MANY)
        return Again(wait, whole_host=True)

    def _judged(self, status: int, known: Knowledge) -> LinkVerdict:
        verdict = verdict_of_status(status)
        if not self.seen or self.instead or verdict.status is not LinkStatus.ALIVE:
            return verdict
        if (doubt := lost_its_way(self.start, self.address, known.gates)) is not None:
            return unknown(doubt)
        there = moved_to(self.start, self.address, known.hosts) if self.permanent else None
        return verdict if there is None else verdict._replace(moved_to=there)


def _back_off(tries: int, options: LinkOptions) -> float:
    """Twice as long each time, spread so that links that failed together do not come back together."""
    return options.backoff * 2.0 ** (tries - 1) * random.uniform(0.5, 1.5)  # noqa: S311 - no secret
