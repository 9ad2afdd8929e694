"""How links are asked: times, limits and addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from listlint import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["LinkOptions"]


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """Settings of one run over links. Times are seconds, sizes are bytes.

    `timeout` bounds one request from the first packet to the last header, `connect_timeout` each of name lookup,
    connection and TLS handshake within it, `deadline` the whole run (0: no bound). `concurrency` counts requests
    under way at once, `per_host` those to one host, whose requests start at least `spacing` apart on average.
    `allow_private` lets every address be asked, `allow_networks` the named ones (`10.1.0.0/16`). `proxies` maps
    `http` and `https` to a proxy's URL; None reads `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`. `resolve` replaces
    the system's name lookup: it takes a name and gives its addresses, or raises `socket.gaierror`.
    """

    timeout: float = 20.0
    connect_timeout: float = 10.0
    deadline: float = 1800.0
    concurrency: int = 128
    per_host: int = 10
    spacing: float = 0.05
    retries: int = 2
    backoff: float = 0.5
    retry_after_cap: float = 30.0
    redirects: int = 10
    allow_private: bool = False
    allow_networks: tuple[str, ...] = ()
    arxiv_api: str = "https://export.arxiv.org/api/query"
    arxiv_spacing: float = 3.0
    arxiv_batch: int = 100
    doi_api: str = "https://doi.org/api/handles"
    user_agent: str = f"listlint/{__version__} (link check)"
    body_cap: int = 4 << 20
    cache: Path | None = None
    alive_for: float = 7 * 86400.0
    dead_for: float = 86400.0
    unknown_for: float = 3600.0
    proxies: tuple[tuple[str, str], ...] | None = None
    resolve: Callable[[str], list[str]] | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Raise ValueError for settings with which no run can end well."""
        from listlint.links.addresses import read_address

        for name in ("timeout", "connect_timeout", "concurrency", "per_host", "arxiv_batch", "body_cap"):
            if getattr(self, name) <= 0:
                raise ValueError(f'"{_spoken(name)}" is above 0, not {getattr(self, name)}')
        for name in (
            "deadline",
            "spacing",
            "retries",
            "backoff",
            "retry_after_cap",
            "redirects",
            "arxiv_spacing",
        ):
            if getattr(self, name) < 0:
                raise ValueError(f'"{_spoken(name)}" is 0 or more, not {getattr(self, name)}')
        for name in ("arxiv_api", "doi_api"):
            if read_address(getattr(self, name)) is None:
                raise ValueError(f'"{_spoken(name)}" is no http or https address: "{getattr(self, name)}"')
        if not self.user_agent.isprintable():
            raise ValueError('"user-agent" holds characters that a header cannot have')
        if self.allow_networks:
            from ipaddress import ip_network

            for network in self.allow_networks:
                ip_network(network, strict=False)


def _spoken(name: str) -> str:
    return name.replace("_", "-")
