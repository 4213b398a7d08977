"""How the workbench is served."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from ..errors import UsageError

#: names by which a browser on the same machine calls it
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Where the workbench listens and what it asks of whoever comes. Made with :func:`serve_options`, which checks it."""

    host: str = "127.0.0.1"
    port: int = 8642
    token: str | None = None  # demanded of every request where given
    names: tuple[str, ...] = ()  # further host names by which it may be called (a proxy's)

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def serve_options(host: str = "127.0.0.1", port: int = 8642, token: str | None = None, names: tuple[str, ...] = ()) -> ServeOptions:
    """Checked options.

    Raises :class:`~detente.errors.UsageError`: H03 an address that others can reach and no token, H04 a token too short.
    """
    if token is None and not is_loopback(host):
        raise UsageError("H03", host=host)
    if token is not None and len(token) < 12:
        raise UsageError("H04", length=len(token))
    return ServeOptions(host, port, token, names)
