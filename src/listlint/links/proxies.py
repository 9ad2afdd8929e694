"""The user's proxies: which link goes through which."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from listlint.links.addresses import read_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from listlint.links.addresses import Address

__all__ = ["Proxies", "Proxy"]


class Proxy(NamedTuple):
    """A proxy that speaks HTTP, and the headers that it wants."""

    address: Address
    headers: list[tuple[bytes, bytes]]


class Proxies:
    """`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` as Python's standard library reads them, or given ones."""

    def __init__(self, given: tuple[tuple[str, str], ...] | None) -> None:
        self._bypass: dict[str, bool] | None = None if given is not None else {}
        self._by_scheme = _read_all(dict(given) if given is not None else _from_system())

    def for_address(self, address: Address) -> Proxy | None:
        """The proxy through which `address` is asked, or None."""
        if not self._by_scheme:
            return None
        proxy = self._by_scheme.get(address.scheme)
        return None if proxy is None or self._is_bypassed(address) else proxy

    def _is_bypassed(self, address: Address) -> bool:
        if self._bypass is None:
            return False
        known = self._bypass.get(address.netloc)
        if known is None:
            from urllib.request import proxy_bypass

            known = self._bypass[address.netloc] = bool(proxy_bypass(address.netloc))
        return known


def _from_system() -> dict[str, str]:
    from urllib.request import getproxies

    return getproxies()


def _read_all(given: Mapping[str, str]) -> dict[str, Proxy]:
    found = {}
    for scheme in ("http", "https"):
        proxy = _read(given.get(scheme) or given.get("all") or "")
        if proxy is not None:
            found[scheme] = proxy
    return found


def _read(url: str) -> Proxy | None:
    if not url:
        return None
    url = url if "://" in url else f"http://{url}"
    address = read_address(url)
    if address is None:
        raise ValueError(
            "only HTTP proxies are supported: HTTPS_PROXY and its kin take http:// or https:// addresses"
        )
    parts = urlsplit(url)
    if parts.username is None:
        return Proxy(address, [])
    login = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
    return Proxy(address, [(b"Proxy-Authorization", b"Basic " + b64encode(login))])
