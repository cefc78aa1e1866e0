"""Which addresses of the network are out in the public, and which may lead into the house."""

import ipaddress
import socket
from typing import Final

_TRANSLATED: Final = ipaddress.IPv6Network("64:ff9b::/96")
_REFUSED: Final = tuple(
    ipaddress.IPv6Network(one)
    for one in ("::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10")
)
"""Sites, and ways of IPv4 within IPv6 through which a gateway might lead anywhere."""


def is_public(text: str) -> bool:
    """Whether an address belongs to the public internet; raises ``ValueError`` for none at all.

    What only wraps an IPv4 address is as public as that is.
    """
    address = ipaddress.ip_address(text)
    if isinstance(address, ipaddress.IPv6Address):
        if any(address in network for network in _REFUSED):
            return False
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address in _TRANSLATED:
            address = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.is_global and not address.is_multicast


def is_in_house(host: str) -> bool:
    """Whether a host says by itself that it is not on the public internet: no name is looked up."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return not is_public(name)
    except ValueError:
        return _is_private_number(name)


def _is_private_number(name: str) -> bool:
    """Whether it is one of the old spellings of an IPv4 address, such as ``127.1``."""
    try:
        return not is_public(socket.inet_ntoa(socket.inet_aton(name)))
    except (OSError, ValueError):
        return False
