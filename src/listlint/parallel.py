"""Work over processes: the same results in the same order, whoever did the work."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

__all__ = ["Shelf", "processes", "spread"]

MOST = 8
TICKET = 4  # bytes
TICKETS = 1024  # all are written before anybody draws one, and a pipe may hold only a page of 4,096 bytes
HEAD = TICKET + 8  # bytes before a result


class _Worker(NamedTuple):
    pid: int
    results: IO[bytes]


def processes() -> int:
    """How many processes may run at once here; 1 where a process cannot be copied, or holds threads that would be lost."""
    threading = sys.modules.get("threading")
    if not hasattr(os, "fork") or (threading is not None and threading.active_count() > 1):
        return 1
    known = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(known, MOST)


class Shelf:
    """Results by number, kept in files without names: outside of this process's memory."""

    def __init__(self) -> None:
        self._files: list[IO[bytes]] = []
        self._places: dict[int, tuple[IO[bytes], int, int]] = {}

    def __del__(self) -> None:
        for one in self._files:
            one.close()

    def __contains__(self, number: int) -> bool:
        return number in self._places

    def put(self, number: int, data: bytes | memoryview) -> None:
        """Keep a result."""
        if not self._files:
            self._files.append(_nameless())
        own = self._files[0]
        self._places[number] = (own, own.seek(0, os.SEEK_END), len(data))
        own.write(data)

    def get(self, number: int, first: int = 0, last: int | None = None) -> bytes:
        """A result, or its bytes from `first` to `last`, which is left out."""
        file, start, length = self._places[number]
        file.seek(start + first)
        return file.read((length if last is None else last) - first)

    def adopt(self, file: IO[bytes]) -> None:
        """Keep what a copy of this process has written: number, length and data of each result."""
        if not self._files:
            self._files.append(_nameless())
        self._files.append(file)
        file.seek(0)
        while head := file.read(HEAD):
            start, length = file.tell(), int.from_bytes(head[TICKET:], "big")
            self._places[int.from_bytes(head[:TICKET], "big")] = (file, start, length)
            file.seek(start + length)


def spread(work: Callable[[int], bytes], count: int, jobs: int) -> Shelf:
    """`work(0)`, …, `work(count - 1)`, done by `jobs` processes, this one among them.

    The others are copies of this process: what `work` needs is best loaded before. What it raises is raised here, and
    the copies are gone in the end.
    """
    shelf = Shelf()
    if jobs > 1 and count > 1:
        import gc

        step = -(-count // TICKETS)
        tickets = _tickets(-(-count // step))
        gc.freeze()
        workers: list[_Worker] = []
        try:
            workers += [_start(work, tickets, count, step) for _ in range(min(jobs, count) - 1)]
            for number in _drawn(tickets, count, step):
                shelf.put(number, work(number))
            while workers:
                _collect(workers.pop(), shelf)
        finally:
            os.close(tickets)
            for worker in workers:
                _stop(worker)
            gc.unfreeze()
    for number in range(count):
        if number not in shelf:
            shelf.put(number, work(number))
    return shelf


def _tickets(count: int) -> int:
    """A pipe that holds the numbers from 0 to `count` - 1: each is drawn once, by whoever is free."""
    read, write = os.pipe()
    os.write(write, b"".join(number.to_bytes(TICKET, "big") for number in range(count)))
    os.close(write)
    return read


def _drawn(tickets: int, count: int, step: int) -> Iterator[int]:
    while ticket := os.read(tickets, TICKET):
        first = int.from_bytes(ticket, "big") * step
        yield from range(first, min(first + step, count))


def _start(work: Callable[[int], bytes], tickets: int, count: int, step: int) -> _Worker:
    """Copy this process; the copy works until no ticket is left, and leaves its results in a file without a name."""
    results = _nameless()
    pid = os.fork()
    if pid:
        return _Worker(pid, results)
    code = 1
    with contextlib.suppress(BaseException):  # what went wrong is found again, and told, by the first process
        for number in _drawn(tickets, count, step):
            data = work(number)
            results.write(number.to_bytes(TICKET, "big") + len(data).to_bytes(8, "big") + data)
        results.flush()
        code = 0
    os._exit(code)


def _nameless() -> IO[bytes]:
    """A new file without a name; where the system has them, one that is on no disk."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("listlint"), "w+b")
    import tempfile  # takes longer to import than a small list to read

    return tempfile.TemporaryFile()


def _collect(worker: _Worker, shelf: Shelf) -> None:
    """Wait for the worker and take its results; a worker that failed leaves its work to be done again."""
    try:
        _, status = os.waitpid(worker.pid, 0)
    except BaseException:
        _stop(worker)
        raise
    if status == 0:
        shelf.adopt(worker.results)
    else:
        worker.results.close()


def _stop(worker: _Worker) -> None:
    with contextlib.suppress(OSError):
        from signal import SIGKILL  # takes long to import, and hardly any run needs it

        os.kill(worker.pid, SIGKILL)
        os.waitpid(worker.pid, 0)
    worker.results.close()
