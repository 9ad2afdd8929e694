"""What can go wrong on the way to an answer, in our own words: a server's text is never repeated."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

__all__ = ["Cause", "RequestError", "from_socket", "from_tls"]


class Cause(Enum):
    """Why there is no answer; whether it may differ next time, and whether it holds for the whole host."""

    NO_NAME = "no name"
    LOOKUP = "lookup"
    CLOSED_ADDRESS = "closed address"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    BROKEN = "broken"
    PROXY = "proxy"

    @property
    def is_final(self) -> bool:
        """Whether asking again in the same run is of no use."""
        return self in {Cause.NO_NAME, Cause.CLOSED_ADDRESS, Cause.TLS}

    @property
    def holds_for_host(self) -> bool:
        """Whether every link of the host would meet the same."""
        return self in {Cause.NO_NAME, Cause.CLOSED_ADDRESS}


class RequestError(Exception):
    """A request got no answer. `reason` is one clause for people."""

    def __init__(self, cause: Cause, reason: str) -> None:
        super().__init__(reason)
        self.cause = cause
        self.reason = reason


_VERIFY = {
    9: "certificate is not yet valid",
    10: "certificate has expired",
    18: "certificate is self-signed",
    19: "certificate is self-signed",
    20: "certificate's issuer is not known",
    21: "certificate's issuer is not known",
    62: "certificate is for another host",
    64: "certificate is for another host",
}


def from_tls(error: ssl.SSLError) -> RequestError:
    """A failed TLS handshake; OpenSSL's numbers are told in words."""
    code = getattr(error, "verify_code", None)
    if code is not None:
        return RequestError(Cause.TLS, f"TLS: {_VERIFY.get(code, 'certificate is not trusted')}")
    if error.reason in {"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL"}:
        return RequestError(Cause.TLS, "TLS: the server does not speak it")
    return RequestError(Cause.TLS, "TLS: no handshake")


def from_socket(error: OSError) -> RequestError:
    """A connection that was not made."""
    if isinstance(error, ConnectionRefusedError):
        return RequestError(Cause.CONNECT, "connection refused")
    if isinstance(error, ConnectionResetError | BrokenPipeError | ConnectionAbortedError):
        return RequestError(Cause.BROKEN, "connection reset")
    return RequestError(Cause.CONNECT, "host cannot be reached")
