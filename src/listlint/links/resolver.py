"""Name lookup that cannot hold up the end of a run, and knows when it has no say."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from listlint.links.failures import Cause, RequestError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Resolver", "literal_address"]

_AT_ONCE = 16
_KNOWN_NAMES = ("arxiv.org", "doi.org", "github.com", "wikipedia.org")
_RESERVED = (".example", ".invalid", ".test")  # never in the public DNS: RFC 2606
_MISSING = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}


class Resolver:
    """Looks names up, each once a run.

    A name is missing only where lookup is worth something: several well-known names must be found, so that a machine
    without DNS, or behind a wall that lets few names through, declares nothing dead. Threads are daemons, since a
    lookup cannot be cancelled.
    """

    def __init__(self, lookup: Callable[[str], list[str]] | None, timeout: float) -> None:
        self._lookup = lookup or _system_lookup
        self._timeout = timeout
        self._known: dict[str, asyncio.Future[list[str]]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._works: asyncio.Future[bool] | None = None

    async def addresses(self, host: str) -> list[str]:
        """The IP addresses of a host, at least one; raises RequestError."""
        if (literal := literal_address(host)) is not None:
            return [literal]
        try:
            async with asyncio.timeout(self._timeout):
                return await self._ask(host)
        except TimeoutError:
            raise RequestError(Cause.TIMEOUT, f"name lookup timed out after {self._timeout:g} s") from None
        except socket.gaierror as error:
            if error.errno in _MISSING and (host.endswith(_RESERVED) or await self._lookup_works()):
                raise RequestError(Cause.NO_NAME, "name does not exist") from None
            self._known.pop(host, None)
        except (OSError, UnicodeError):
            self._known.pop(host, None)
        raise RequestError(Cause.LOOKUP, "name cannot be looked up")

    async def _ask(self, host: str) -> list[str]:
        if host not in self._known:
            self._known[host] = asyncio.ensure_future(self._look_up(host))
            self._known[host].add_done_callback(_look_at_failure)
        return await asyncio.shield(self._known[host])

    async def _look_up(self, host: str) -> list[str]:
        async with self._slots:
            loop = asyncio.get_running_loop()
            answer: asyncio.Future[list[str]] = loop.create_future()
            threading.Thread(target=self._in_thread, args=(host, loop, answer), daemon=True).start()
            found = await answer
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        return found

    def _in_thread(
        self, host: str, loop: asyncio.AbstractEventLoop, answer: asyncio.Future[list[str]]
    ) -> None:
        found: list[str] | Exception
        try:
            found = self._lookup(host)
        except Exception as error:  # noqa: BLE001 - handed to the waiting task, whatever it is
            found = error
        with suppress(RuntimeError):  # the run ended while the system was still looking
            loop.call_soon_threadsafe(_deliver, answer, found)

    async def _lookup_works(self) -> bool:
        if self._works is None:
            self._works = asyncio.ensure_future(self._try_known_names())
        return await asyncio.shield(self._works)

    async def _try_known_names(self) -> bool:
        try:
            async with asyncio.timeout(self._timeout):
                await asyncio.gather(*(self._ask(name) for name in _KNOWN_NAMES))
        except (OSError, UnicodeError):  # a timeout is an OSError, too
            return False
        return True


def _look_at_failure(lookup: asyncio.Future[list[str]]) -> None:
    """Nobody may be waiting for it any more, and asyncio would complain."""
    if not lookup.cancelled():
        lookup.exception()


def _deliver(answer: asyncio.Future[list[str]], found: list[str] | Exception) -> None:
    if answer.done():
        return
    if isinstance(found, Exception):
        answer.set_exception(found)
    else:
        answer.set_result(found)


def literal_address(host: str) -> str | None:
    """The IP address that a host is written as, in any form that the system reads (`127.1`, `0x7f000001`)."""
    if not (host[-1:].isdigit() or ":" in host or "0x" in host):
        return None
    try:
        return str(
            socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)[0][4][0]
        )
    except (OSError, UnicodeError):
        return None


def _system_lookup(host: str) -> list[str]:
    rows = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))
