"""Which IP addresses belong to the public internet.

The ranges are IANA's special-purpose address registries for IPv4 and IPv6 (RFC 6890 and successors), and the
metadata services that cloud providers put at public-looking addresses.
"""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

__all__ = ["is_allowed", "is_public"]

_CLOSED_V4 = (
    "0.0.0.0/8",  # this network
    "10.0.0.0/8",  # private
    "100.64.0.0/10",  # carrier-grade NAT
    "127.0.0.0/8",  # loopback
    "168.63.129.16/32",  # Azure's host agent
    "169.254.0.0/16",  # link-local, most clouds' metadata
    "172.16.0.0/12",  # private
    "192.0.0.0/24",  # protocol assignments
    "192.0.2.0/24",  # documentation
    "192.88.99.0/24",  # 6to4 relays
    "192.168.0.0/16",  # private
    "198.18.0.0/15",  # benchmarking
    "198.51.100.0/24",  # documentation
    "203.0.113.0/24",  # documentation
    "224.0.0.0/4",  # multicast
    "240.0.0.0/4",  # reserved, broadcast
)
_OPEN_V6 = "2000::/3"
_CLOSED_V6 = (
    "2001::/23",  # protocol assignments, Teredo among them
    "2001:db8::/32",  # documentation
    "2002::/16",  # 6to4
    "3fff::/20",  # documentation
)
_MAPPED_V6 = ("::ffff:0:0/96", "64:ff9b::/96")  # IPv4-mapped and NAT64: the last 32 bits are judged


@cache
def _tables() -> tuple[list[IPv4Network], IPv6Network, list[IPv6Network], list[IPv6Network]]:
    return (
        [IPv4Network(one) for one in _CLOSED_V4],
        IPv6Network(_OPEN_V6),
        [IPv6Network(one) for one in _CLOSED_V6],
        [IPv6Network(one) for one in _MAPPED_V6],
    )


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody on the internet can reach."""
    ip = _read(address)
    closed_v4, open_v6, closed_v6, _ = _tables()
    if isinstance(ip, IPv4Address):
        return not any(ip in network for network in closed_v4)
    return ip in open_v6 and not any(ip in network for network in closed_v6)


def is_allowed(address: str, networks: tuple[str, ...]) -> bool:
    """Whether an IP address is public or lies in one of `networks`."""
    if is_public(address):
        return True
    ip = _read(address)
    named = (ip_network(one, strict=False) for one in networks)
    return any(network.version == ip.version and ip in network for network in named)


def _read(address: str) -> IPv4Address | IPv6Address:
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and any(ip in network for network in _tables()[3]):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip
