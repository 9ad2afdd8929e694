"""Fair turns: each host has its own queue, and hosts take turns."""

from __future__ import annotations

import asyncio
from collections import deque
from heapq import heappop, heappush
from http import HTTPStatus
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from listlint.knowledge.link_hosts import Manners
    from listlint.outside import LinkVerdict

__all__ = ["Lane", "Lanes"]

Job = TypeVar("Job")


class Lane(Generic[Job]):
    """One host's queue, and how the host is treated in this run.

    `closed` is the verdict on whatever is still queued, once the host gave reason for it; `failures` counts links
    in a row that got no answer, or that they are too many.
    """

    __slots__ = (
        "active",
        "closed",
        "failures",
        "has_answered",
        "head_is_refused",
        "limit",
        "listed",
        "name",
        "queue",
        "ready_at",
        "spacing",
    )

    def __init__(self, name: str, limit: int, spacing: float) -> None:
        self.name = name
        self.queue: deque[Job] = deque()
        self.limit = limit
        self.spacing = spacing
        self.active = 0
        self.ready_at = 0.0
        self.listed = False
        self.failures = 0
        self.has_answered = False
        self.head_is_refused = False
        self.closed: LinkVerdict | None = None

    def had(self, status: int) -> None:
        """The host answered."""
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            self.failures += 1
        else:
            self.failures = 0
            self.has_answered = True


class Lanes(Generic[Job]):
    """Starts queued jobs: `concurrency` at once, `limit` a host, `spacing` apart there, the hosts in turn.

    A host that rested may start `limit` jobs together; over time they are `spacing` apart, whatever timers do.
    """

    def __init__(
        self,
        concurrency: int,
        manners: Callable[[str], Manners],
        work: Callable[[Lane[Job], Job], Awaitable[None]],
    ) -> None:
        self._concurrency = concurrency
        self._manners = manners
        self._work = work
        self._lanes: dict[str, Lane[Job]] = {}
        self._turns: list[tuple[float, int, Lane[Job]]] = []
        self._turn = 0
        self._running: set[asyncio.Task[None]] = set()
        self._pending = 0
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._finished = asyncio.Event()
        self._failure: BaseException | None = None

    def __getitem__(self, host: str) -> Lane[Job]:
        lane = self._lanes.get(host)
        if lane is None:
            manners = self._manners(host)
            lane = self._lanes[host] = Lane(host, manners.concurrency, manners.spacing)
        return lane

    def __len__(self) -> int:
        """How many hosts have something queued or under way."""
        return sum(1 for lane in self._lanes.values() if lane.active or lane.queue)

    def put(self, host: str, job: Job, *, first: bool = False) -> None:
        """Queue a job; `first` lets what was begun be finished before new work."""
        lane = self[host]
        self._pending += 1
        if first:
            lane.queue.appendleft(job)
        else:
            lane.queue.append(job)
        self._list(lane)

    def hold(self, count: int) -> None:
        """Do not end before `release` was called as often: what is asked elsewhere may come here yet."""
        self._pending += count

    def release(self) -> None:
        """Take back one hold."""
        self._pending -= 1
        self._pump()

    def put_later(self, host: str, job: Job, seconds: float) -> None:
        """Queue a job once `seconds` have passed."""
        self._pending += 1

        def now() -> None:
            self._pending -= 1
            self.put(host, job, first=True)
            self._pump()

        self._loop.call_later(seconds, now)

    def pause(self, host: str, seconds: float) -> None:
        """Let the host rest."""
        lane = self[host]
        lane.ready_at = max(lane.ready_at, self._loop.time() + seconds)

    def drain(self, host: str) -> list[Job]:
        """Take everything that is queued for a host."""
        lane = self[host]
        jobs = list(lane.queue)
        lane.queue.clear()
        self._pending -= len(jobs)
        return jobs

    async def run(self) -> None:
        """Do all jobs, those that jobs queue among them; when cancelled, stop what is under way."""
        try:
            self._pump()
            await self._finished.wait()
        finally:
            self._concurrency = 0
            if self._timer is not None:
                self._timer.cancel()
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)
        if self._failure is not None:
            raise self._failure

    def _list(self, lane: Lane[Job]) -> None:
        if not lane.listed and lane.queue and lane.active < lane.limit:
            lane.listed = True
            self._turn += 1
            heappush(self._turns, (lane.ready_at, self._turn, lane))

    def _pump(self) -> None:
        now = self._loop.time()
        while self._turns and len(self._running) < self._concurrency and self._turns[0][0] <= now:
            lane = heappop(self._turns)[2]
            lane.listed = False
            if lane.ready_at > now:
                self._list(lane)
            elif lane.queue:
                self._start(lane, now)
        if self._pending == 0:
            self._finished.set()
        elif self._turns and len(self._running) < self._concurrency:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = self._loop.call_at(self._turns[0][0], self._pump)

    def _start(self, lane: Lane[Job], now: float) -> None:
        job = lane.queue.popleft()
        lane.active += 1
        lane.ready_at = max(lane.ready_at, now - (lane.limit - 1) * lane.spacing) + lane.spacing
        self._list(lane)
        task = asyncio.ensure_future(self._do(lane, job))
        self._running.add(task)
        task.add_done_callback(self._ended)

    async def _do(self, lane: Lane[Job], job: Job) -> None:
        try:
            await self._work(lane, job)
        finally:
            lane.active -= 1
            self._pending -= 1
            self._list(lane)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (failure := task.exception()) is not None:
            self._failure = failure
            self._finished.set()
        self._pump()
