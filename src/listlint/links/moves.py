"""When a redirect is worth writing into the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from listlint.knowledge.hosts import Hosts
    from listlint.knowledge.link_hosts import LinkHosts
    from listlint.links.addresses import Address

__all__ = ["lost_its_way", "moved_to"]

_SESSION = "jsessionid"
_FRONT = ("", "/index.html", "/index.htm", "/index.php", "/home", "/404", "/404.html")
_ERROR_PARTS = frozenset(
    {"404", "error", "errors", "notfound", "not-found", "not_found", "page-not-found", "pagenotfound"}
)


def lost_its_way(start: Address, end: Address, gates: LinkHosts) -> str | None:
    """Why the page at the end of redirects says nothing about the link; None where it may be what the link names."""
    if gates.is_gate(end.url) and not gates.is_gate(start.url):
        return "leads to a page that wants a login or consent"
    parts = end.target.partition("?")[0].lower().split("/")
    if any(part.partition(".")[0] in _ERROR_PARTS for part in parts):
        return "leads to an error page"
    if _is_front(end) and not _is_front(start) and _site(start) == _site(end):
        return "leads to the host's front page"
    return None


def moved_to(start: Address, end: Address, hosts: Hosts) -> str | None:
    """The address to write instead of `start`, given that every redirect on the way was permanent; None for none.

    A trailing slash is no move, nor is a step back to http or to another host's front page, nor an address that
    names another paper.
    """
    if end.scheme == "http" and start.scheme == "https":
        return None
    if start._replace(target=start.target.rstrip("/")) == end._replace(target=end.target.rstrip("/")):
        return None
    if (_is_front(end) and not _is_front(start)) or _SESSION in end.target.lower():
        return None
    was, now = hosts.read(start.url).identities, hosts.read(end.url).identities
    if was and now and not set(was) & set(now):
        return None
    return end.url


def _is_front(address: Address) -> bool:
    return address.target.partition("?")[0].rstrip("/").lower() in _FRONT


def _site(address: Address) -> str:
    if address.host[-1].isdigit() or ":" in address.host:
        return address.host
    return ".".join(address.host.removeprefix("www.").split(".")[-2:])
