"""arXiv's API: up to a hundred papers a question, one question every three seconds, as arXiv asks of programs."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, NamedTuple

from listlint.links.addresses import read_address
from listlint.links.failures import RequestError
from listlint.links.verdicts import describe, unknown, wants_another_try
from listlint.outside import LinkStatus, LinkVerdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from listlint.links.exchange import Answer, Exchange
    from listlint.links.identifiers import ArxivLink
    from listlint.links.options import LinkOptions

__all__ = ["ArxivDesk", "Feed", "read_feed"]

_ID = re.compile(r"\d{4}\.\d{4,5}|[a-z-]{2,20}/\d{7}")
_ENTRY = re.compile(rb"<id>\s*https?://[a-z.]{1,40}/abs/([A-Za-z0-9./-]{6,40}?)(?:v(\d{1,3}))?\s*</id>")
_TOTAL = re.compile(rb"totalResults[^>]{0,200}>\s*(\d{1,9})\s*<")
_FOUND = LinkVerdict(LinkStatus.ALIVE, "arXiv has it")
_MISSING = LinkVerdict(LinkStatus.DEAD, "arXiv has no such paper")
_OK = 200
_BAD_REQUEST = (400, 404, 413, 414)


class Feed(NamedTuple):
    """What an answer holds: latest version by id, and whether it is all that there is."""

    papers: dict[str, int]
    whole: bool


class _Refused(Exception):  # noqa: N818 - not an error: the batch is tried in halves
    """The API does not like the batch."""


def read_feed(body: bytes) -> Feed | None:
    """The papers of an Atom feed; None where it is no feed, or one that reports an error."""
    if b"<feed" not in body or b"/api/errors" in body:
        return None
    papers = {}
    for name, version in _ENTRY.findall(body):
        papers[_bare(name.decode("ascii"))] = int(version or b"1")
    total = _TOTAL.search(body)
    return Feed(papers, total is None or int(total[1]) <= len(papers))


class ArxivDesk:
    """Asks for batches of ids; a refused batch is asked in halves, down to the id that is to blame."""

    def __init__(
        self,
        options: LinkOptions,
        exchange: Exchange,
        settle: Callable[[str, LinkVerdict], None],
        ask_itself: Callable[[str], None],
    ) -> None:
        self._options = options
        self._exchange = exchange
        self._settle = settle
        self._ask_itself = ask_itself
        self._next_at = 0.0

    async def run(self, links: Iterable[ArxivLink]) -> None:
        """Settle all links, or hand those that the API refuses to `ask_itself`."""
        by_id: dict[str, list[ArxivLink]] = {}
        for link in links:
            if _ID.fullmatch(link.id):
                by_id.setdefault(link.id, []).append(link)
            else:
                self._ask_itself(link.key)
        ids, size = list(by_id), max(1, min(self._options.arxiv_batch, 100))
        batches = [ids[start : start + size] for start in range(0, len(ids), size)][::-1]
        while batches:
            batch = batches.pop()
            try:
                feed = await self._ask(batch)
            except _Refused:
                self._halve(batch, batches, by_id)
                continue
            except RequestError as failure:
                for one in (*batch, *(one for rest in batches for one in rest)):
                    self._settle_all(by_id[one], unknown(f"arXiv's API: {failure.reason}"))
                return
            self._judge(batch, feed, by_id)

    def _halve(self, batch: list[str], batches: list[list[str]], by_id: dict[str, list[ArxivLink]]) -> None:
        if len(batch) == 1:
            for link in by_id[batch[0]]:
                self._ask_itself(link.key)
            return
        middle = len(batch) // 2
        batches += (batch[middle:], batch[:middle])

    def _judge(self, batch: list[str], feed: Feed, by_id: dict[str, list[ArxivLink]]) -> None:
        for one in batch:
            latest = feed.papers.get(one)
            for link in by_id[one]:
                if latest is None:
                    verdict = _MISSING if feed.whole else unknown("arXiv's API: the answer is not complete")
                elif link.version is not None and link.version > latest:
                    verdict = LinkVerdict(
                        LinkStatus.DEAD, f"arXiv has no version {link.version}, the latest is {latest}"
                    )
                else:
                    verdict = _FOUND
                self._settle(link.key, verdict)

    def _settle_all(self, links: Iterable[ArxivLink], verdict: LinkVerdict) -> None:
        for link in links:
            self._settle(link.key, verdict)

    async def _ask(self, batch: list[str]) -> Feed:
        """The feed for a batch; an empty one is asked for twice, since the API sends such by mistake under load."""
        url = f"{self._options.arxiv_api}?id_list={','.join(batch)}&max_results={len(batch)}"
        feed = await self._ask_patiently(url)
        return feed if feed.papers else await self._ask_patiently(url)

    async def _ask_patiently(self, url: str) -> Feed:
        failure: RequestError | None = None
        for attempt in range(self._options.retries + 1):
            await self._wait_for_turn()
            try:
                answer = await self._ask_once(url)
            except RequestError as met:
                failure = met
                if met.cause.is_final:
                    break
                continue
            if answer.status == _OK and answer.body is not None:
                if (feed := read_feed(answer.body)) is None:
                    raise _Refused
                return feed
            if answer.status in _BAD_REQUEST:
                raise _Refused
            failure = _as_failure(answer)
            wait = answer.retry_after or 0.0
            if not wants_another_try(answer.status) or wait > self._options.retry_after_cap:
                break
            self._next_at += max(wait, self._options.backoff * 2**attempt)
        raise failure or _as_failure(None)

    async def _ask_once(self, url: str) -> Answer:
        address = read_address(url)
        if address is None:
            raise _as_failure(None)
        return await self._exchange.fetch(address, self._options.body_cap)

    async def _wait_for_turn(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._next_at > now:
            await asyncio.sleep(self._next_at - now)
        self._next_at = max(self._next_at, now) + self._options.arxiv_spacing


def _as_failure(answer: Answer | None) -> RequestError:
    from listlint.links.failures import Cause

    return RequestError(Cause.BROKEN, "no usable answer" if answer is None else describe(answer.status))


def _bare(name: str) -> str:
    """An id as `Hosts` normalises it: the subject class of old ids (`math.GT/…`) names nothing."""
    archive, slash, number = name.partition("/")
    return f"{archive.partition('.')[0].lower()}/{number}" if slash else name
