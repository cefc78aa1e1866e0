"""Keeps tests on this machine: any other address is an error."""

import ipaddress
import sys
from typing import Any


class OutsideWorld(RuntimeError):
    """A test tried to reach an address that is not of this machine."""


def stay_at_home() -> None:
    """From now on, this process connects to loopback and Unix sockets only. Not reversible."""
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not _is_here(address[0]):
            raise OutsideWorld(f"a test connects to {address[0]}")
    elif event == "socket.getaddrinfo" and not _is_here(arguments[0]):
        raise OutsideWorld(f"a test looks up {arguments[0]}")


def _is_here(host: str | bytes | None) -> bool:
    if host is None:
        return True
    name = host.decode() if isinstance(host, bytes) else host
    if name in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
