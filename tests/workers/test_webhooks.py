"""Webhooks do not reach into the house."""

from collections.abc import Sequence

import pytest

from tests.support.receivers import webhook_receiver
from touchline.domain.digest.delivering import NotSent
from touchline.workers.webhooks import post_json


async def post(url: str, *, allow_private: bool = False) -> None:
    await post_json(url, b"{}", headers={}, allow_private=allow_private)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1"),
        *("64:ff9b::7f00:1", "64:ff9b::10.1.2.3", "64:ff9b:1::1", "2002:7f00:1::", "::127.0.0.1"),
        *("fec0::1", "2001:0:7f00:1::1", "2002:a01:203::1"),
    ],
)
async def test_a_host_with_any_address_in_the_house_is_not_connected_to(address: str) -> None:
    async def known(host: str, port: int) -> Sequence[str]:
        assert (host, port) == ("hooks.example.com", 443)
        return ["1.1.1.1", address]

    url = "https://hooks.example.com/x"
    with pytest.raises(NotSent, match="not on the public internet"):
        await post_json(url, b"{}", headers={}, allow_private=False, known=known)


async def test_an_address_itself_is_looked_at_too() -> None:
    for url in ("https://127.0.0.1/x", "https://[::1]/x", "https://localhost/x"):
        with pytest.raises(NotSent, match="not on the public internet"):
            await post(url)


async def test_plain_http_is_not_posted_to() -> None:
    with pytest.raises(NotSent, match="Only https"):
        await post("http://hooks.example.com/x")


async def test_a_redirect_is_not_followed() -> None:
    async with webhook_receiver(302) as posted:
        with pytest.raises(NotSent, match="answered 302"):
            await post(posted.url, allow_private=True)
        await post(posted.url, allow_private=True)
    assert posted.bodies == [{}, {}]
    assert posted.headers[0]["host"] == posted.url.split("/")[2]


async def test_a_server_that_is_not_there_is_told() -> None:
    async with webhook_receiver() as posted:
        url = posted.url
    with pytest.raises(NotSent, match="could not be reached"):
        await post(url, allow_private=True)
