"""The front door: links in, verdicts out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from listlint.links.addresses import read_link
from listlint.links.memory import VerdictMemory
from listlint.links.options import LinkOptions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from listlint.links.progress import Progress
    from listlint.outside import LinkVerdict

__all__ = ["LinksInterrupted", "check_links"]


class LinksInterrupted(KeyboardInterrupt):
    """Ctrl-C while links were asked. `verdicts` holds what was known by then; the memory holds it too."""

    def __init__(self, verdicts: Mapping[str, LinkVerdict]) -> None:
        super().__init__()
        self.verdicts = dict(verdicts)


def check_links(
    urls: Iterable[str],
    options: LinkOptions | None = None,
    *,
    memory: VerdictMemory | None = None,
    progress: Progress | None = None,
) -> dict[str, LinkVerdict]:
    """The verdict on each of `urls`, which are links as Markdown writes them.

    Without `memory`, `options.cache` is used where it is set. A run ends at its deadline at the latest; links that
    were not reached by then are unknown and not remembered. Raises LinksInterrupted on Ctrl-C, and ValueError for
    options that cannot be (a proxy that speaks no HTTP).
    """
    options = options or LinkOptions()
    own = VerdictMemory.of(options, options.cache) if memory is None and options.cache else None
    try:
        return _check(urls, options, memory or own, progress)
    finally:
        if own is not None:
            own.close()


def _check(
    urls: Iterable[str], options: LinkOptions, memory: VerdictMemory | None, progress: Progress | None
) -> dict[str, LinkVerdict]:
    keys = _keys(urls)
    wanted = {key for key in keys.values() if key is not None}
    known = memory.recall(wanted) if memory is not None else {}
    if progress is not None:
        progress.start(len(wanted), len(known))
    try:
        unasked = [key for key in dict.fromkeys(keys.values()) if key is not None and key not in known]
        del wanted
        if unasked:
            from listlint.links.session import run_session

            run_session(unasked, options, known, memory, progress)
    except KeyboardInterrupt:
        raise LinksInterrupted(_verdicts(keys, known)) from None
    finally:
        if memory is not None:
            memory.flush()
        if progress is not None:
            progress.stop()
    return _verdicts(keys, known)


def _keys(urls: Iterable[str]) -> dict[str, str | None]:
    """How each link is asked and remembered: without fragment and credentials, which leave this machine nowhere."""
    keys: dict[str, str | None] = {}
    for url in urls:
        if url not in keys:
            address = read_link(url)
            key = None if address is None else address.url
            keys[url] = url if key == url else key
    return keys


def _verdicts(keys: Mapping[str, str | None], known: Mapping[str, LinkVerdict]) -> dict[str, LinkVerdict]:
    from listlint.links.verdicts import unknown

    nowhere = unknown("not an address that can be asked")
    found = {}
    for url, key in keys.items():
        verdict = nowhere if key is None else known.get(key)
        if verdict is not None:
            found[url] = verdict
    return found
