"""Posting JSON to addresses that people gave, without letting them reach into the house.

The host is looked up here, every address that it has must be a public one, and the connection
goes to an address that was looked at: a name that leads elsewhere a moment later gains nothing.
Redirects are not followed, and what is answered is not read.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import urlsplit

import httpx

from touchline.domain.digest.delivering import NotSent
from touchline.domain.digest.hosts import is_public

TIMEOUT_S = 15.0

LookUp = Callable[[str, int], Awaitable[Sequence[str]]]
"""The addresses of a host; raises ``OSError`` where it has none."""


async def look_up(host: str, port: int) -> Sequence[str]:
    """As the system knows them."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(one[4][0]).partition("%")[0] for one in found]


async def post_json(
    url: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    allow_private: bool,
    known: LookUp = look_up,
) -> None:
    """Post once; raises ``NotSent`` unless the answer is a 2xx.

    With ``allow_private`` the address may be in the own network, and plain http.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not allow_private:
        raise NotSent("Only https addresses are posted to.")
    try:
        async with asyncio.timeout(TIMEOUT_S):
            addresses = await known(host, parts.port or _port(parts.scheme))
            address = _chosen(host, addresses, allow_private)
            status = await _post(url, host, address, body, headers)
    except TimeoutError:
        raise NotSent(f"{host} did not answer within {TIMEOUT_S:g} s.") from None
    except (httpx.HTTPError, OSError) as error:
        raise NotSent(f"{host} could not be reached: {type(error).__name__}.") from None
    if not 200 <= status < 300:
        raise NotSent(f"{host} answered {status}.")


async def _post(url: str, host: str, address: str, body: bytes, headers: Mapping[str, str]) -> int:
    target = httpx.URL(url).copy_with(host=address)
    named = {**headers, "Host": httpx.URL(url).netloc.decode(), "Content-Type": "application/json"}
    async with (
        httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False) as client,
        client.stream(
            "POST", target, content=body, headers=named, extensions={"sni_hostname": host}
        ) as response,
    ):
        return response.status_code


def _chosen(host: str, addresses: Sequence[str], allow_private: bool) -> str:
    """An address of the host to which it is fine to connect."""
    if not addresses:
        raise NotSent(f"{host} has no address.")
    if not allow_private and not all(is_public(one) for one in addresses):
        raise NotSent(f"{host} is not on the public internet.")
    return addresses[0]


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80
