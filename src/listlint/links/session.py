"""One run over links that nothing is known of yet."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from listlint.links.addresses import read_address
from listlint.links.arxiv import ArxivDesk
from listlint.links.connections import Connections
from listlint.links.dois import NOT_REGISTERED, REGISTERED, doi_address, is_registered
from listlint.links.exchange import Exchange
from listlint.links.failures import Cause, RequestError
from listlint.links.identifiers import ArxivLink, DoiLink, identify
from listlint.links.lanes import Lanes
from listlint.links.network import GuardedNetwork
from listlint.links.proxies import Proxies
from listlint.links.resolver import Resolver
from listlint.links.verdicts import describe, unknown, wants_another_try
from listlint.links.visits import Again, Knowledge, Visit
from listlint.outside import LinkStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from listlint.knowledge.link_hosts import Manners
    from listlint.links.addresses import Address
    from listlint.links.lanes import Lane
    from listlint.links.memory import VerdictMemory
    from listlint.links.options import LinkOptions
    from listlint.links.progress import Progress
    from listlint.outside import LinkVerdict

__all__ = ["run_session", "stand_in"]

_FORGETTABLE = frozenset({Cause.CLOSED_ADDRESS, Cause.LOOKUP, Cause.PROXY})
_GIVEN_UP_AFTER = 5
_PATIENCE_WITH_KNOWN = 4  # as many times more, where the host has answered something
_TELL_EVERY = 0.1
_DOI_BODY = 1 << 17

Job = str | Visit | DoiLink


def run_session(
    keys: list[str],
    options: LinkOptions,
    known: dict[str, LinkVerdict],
    memory: VerdictMemory | None,
    progress: Progress | None,
) -> None:
    """Ask about `keys`, which are normalised addresses, and put what is learned into `known` as it comes."""

    async def ask() -> None:
        session = _Session(options, known, memory, progress)
        try:
            async with asyncio.timeout(options.deadline or None):
                await session.run(keys)
        except TimeoutError:
            late = unknown(f"not asked: the run's {options.deadline:g} s were over")
            known.update((key, late) for key in keys if key not in known)
        finally:
            await session.aclose()

    asyncio.run(ask())


class _Session:
    def __init__(
        self,
        options: LinkOptions,
        known: dict[str, LinkVerdict],
        memory: VerdictMemory | None,
        progress: Progress | None,
    ) -> None:
        self._options = options
        self._known = known
        self._memory = memory
        self._progress = progress
        self._told_at = 0.0
        self._known_manners: dict[str, Manners] = {}
        self._knowledge = Knowledge()
        proxies = Proxies(options.proxies)
        network = GuardedNetwork(options, Resolver(options.resolve, options.connect_timeout))
        self._connections = Connections(options, network, proxies)
        self._exchange = Exchange(options, self._connections)
        self._lanes: Lanes[Job] = Lanes(options.concurrency, self._manners, self._work)

    async def run(self, keys: Iterable[str]) -> None:
        papers = self._queue_all(keys)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._ask_arxiv(papers))
            group.create_task(self._lanes.run())

    async def aclose(self) -> None:
        await self._connections.aclose()

    def _queue_all(self, keys: Iterable[str]) -> list[ArxivLink]:
        """Put each link into its host's lane, but arXiv's papers, which are returned."""
        papers = []
        desk = read_address(self._options.doi_api)
        for key in keys:
            link = identify(key, self._knowledge)
            if isinstance(link, ArxivLink):
                papers.append(link)
            elif isinstance(link, DoiLink) and desk is not None:
                self._lanes.put(desk.host, link)
            else:
                self._queue(key)
        self._lanes.hold(len(papers))
        return papers

    def _queue(self, key: str) -> None:
        address = read_address(key)
        if address is None:
            self._settle(key, unknown("not an address that can be asked"), keep=False)
        elif (silent := self._manners(address.host).silent) is not None:
            self._settle(key, unknown(f"not asked: {address.host} {silent}"), keep=False)
        else:
            self._lanes.put(address.host, key)

    def _manners(self, host: str) -> Manners:
        known = self._known_manners.get(host)
        if known is None:
            known = self._knowledge.gates.manners(host, self._options.per_host, self._options.spacing)
            self._known_manners[host] = known
        return known

    async def _ask_arxiv(self, papers: list[ArxivLink]) -> None:
        def settle(key: str, verdict: LinkVerdict) -> None:
            self._settle(key, verdict, keep=verdict.status is not LinkStatus.UNKNOWN)
            self._lanes.release()

        def ask_itself(key: str) -> None:
            self._queue(key)
            self._lanes.release()

        await ArxivDesk(self._options, self._exchange, settle, ask_itself).run(papers)

    async def _work(self, lane: Lane[Job], job: Job) -> None:
        if isinstance(job, DoiLink):
            await self._ask_registry(lane, job)
            return
        visit = self._visit(job) if isinstance(job, str) else job
        if visit is not None:
            await self._ask(lane, visit)

    def _visit(self, key: str) -> Visit | None:
        start = read_address(key)
        if start is None:
            return None
        manners = self._manners(start.host)
        instead = stand_in(start, manners)
        visit = Visit(key, start, instead or start, instead=instead is not None)
        visit.method = "HEAD" if manners.head and instead is None else "GET"
        if instead is not None and instead.host != start.host:
            self._send(visit)
            return None
        return visit

    async def _ask(self, lane: Lane[Job], visit: Visit) -> None:
        """One request of a visit, then its verdict or its next turn."""
        if lane.head_is_refused:
            visit.method = "GET"
        method = visit.method
        try:
            answer = await self._exchange.ask(visit.address, method)
        except RequestError as failure:
            self._proceed(lane, visit, visit.failed(failure, self._options), failure)
            return
        lane.had(answer.status)
        following = visit.answered(answer, self._options, self._knowledge)
        if method == "GET" and visit.head_failed and answer.status < 400:  # noqa: PLR2004
            lane.head_is_refused = True
        self._proceed(lane, visit, following, None)

    def _proceed(
        self, lane: Lane[Job], visit: Visit, following: LinkVerdict | Again, failure: RequestError | None
    ) -> None:
        if isinstance(following, Again):
            if following.whole_host:
                self._lanes.pause(lane.name, following.wait)
            self._send(visit, following.wait)
            return
        self._settle(visit.key, following, keep=failure is None or failure.cause not in _FORGETTABLE)
        if failure is not None:
            lane.failures += 1
        if failure is not None and failure.cause.holds_for_host:
            self._close(lane, following)
        elif lane.failures >= _GIVEN_UP_AFTER * (_PATIENCE_WITH_KNOWN if lane.has_answered else 1):
            self._close(lane, unknown(f"not asked: {lane.name} did not answer for other links"))

    def _send(self, visit: Visit, wait: float = 0.0) -> None:
        """Queue a visit for its next request."""
        host = visit.address.host
        closed = self._lanes[host].closed
        if closed is not None:
            self._settle(visit.key, closed, keep=closed.status is LinkStatus.DEAD)
        elif wait:
            self._lanes.put_later(host, visit, wait)
        else:
            self._lanes.put(host, visit, first=True)

    def _close(self, lane: Lane[Job], verdict: LinkVerdict) -> None:
        lane.closed = verdict
        for job in self._lanes.drain(lane.name):
            key = job if isinstance(job, str) else job.key
            self._settle(key, verdict, keep=verdict.status is LinkStatus.DEAD)

    async def _ask_registry(self, lane: Lane[Job], link: DoiLink) -> None:
        """Whether a DOI is registered; where the registry has not the last word, a missing one is asked about itself."""
        registered, reason = await self._registered(link.doi)
        lane.failures = 0 if registered is not None else lane.failures + 1
        if registered:
            self._settle(link.key, REGISTERED)
        elif not link.is_doi:
            self._queue(link.key)
        elif registered is False:
            self._settle(link.key, NOT_REGISTERED)
        else:
            self._settle(link.key, unknown(f"doi.org's registry: {reason}"), keep=False)
        if lane.failures >= _GIVEN_UP_AFTER:
            self._close(lane, unknown("not asked: doi.org's registry did not answer for other DOIs"))

    async def _registered(self, doi: str) -> tuple[bool | None, str]:
        address, reason = doi_address(self._options.doi_api, doi), "no usable answer"
        if address is None:
            return None, reason
        for attempt in range(self._options.retries + 1):
            if attempt:
                await asyncio.sleep(self._options.backoff * 2 ** (attempt - 1))
            try:
                answer = await self._exchange.fetch(address, _DOI_BODY)
            except RequestError as failure:
                reason = failure.reason
                if failure.cause.is_final:
                    break
                continue
            if (registered := is_registered(answer)) is not None:
                return registered, ""
            reason = describe(answer.status)
            if not wants_another_try(answer.status):
                break
        return None, reason

    def _settle(self, key: str, verdict: LinkVerdict, *, keep: bool = True) -> None:
        if self._memory is not None and keep:
            verdict = self._memory.remember(key, verdict)
        self._known[key] = verdict
        now = time.monotonic()
        if self._progress is not None and now - self._told_at >= _TELL_EVERY:
            self._told_at = now
            self._progress.advance(len(self._known), len(self._lanes))


def stand_in(address: Address, manners: Manners) -> Address | None:
    """The address that answers for another, where a host's pages say nothing."""
    if manners.ask is None or manners.when is None:
        return None
    found = manners.when.fullmatch(address.target)
    return None if found is None else read_address(manners.ask.format_map(found.groupdict()))
