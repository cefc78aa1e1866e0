"""The browser snippet, as web sites load it."""

import gzip

import httpx
import pytest

from scripts.snippet import BUILT, built
from touchline import __version__
from touchline.api.snippet import script_of
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.sources.service import create_source
from touchline.settings import Settings

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


async def a_key() -> str:
    return (await create_source(SYSTEM, name="Site")).secret


async def test_a_site_loads_it_by_one_address(client: httpx.AsyncClient) -> None:
    key = await a_key()
    answer = await client.get(f"/s/{key}.js", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    told = {name: answer.headers[name] for name in ("content-type", "content-encoding", "vary")}
    assert told == {
        "content-type": "text/javascript; charset=utf-8",
        "content-encoding": "gzip",
        "vary": "Accept-Encoding",
    }
    assert answer.headers["cache-control"] == ("public, max-age=3600, stale-while-revalidate=86400")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    settings = f'({{"key":"{key}","consent":"required","version":"{__version__}"}});'
    assert answer.text == BUILT.read_text().strip() + settings
    plain = await client.get(f"/s/{key}.js", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "content-encoding" not in plain.headers
    assert (plain.text, plain.headers["etag"]) == (answer.text, answer.headers["etag"])


async def test_who_has_it_is_not_sent_it_again(client: httpx.AsyncClient) -> None:
    address = f"/s/{await a_key()}.js"
    tag = (await client.get(address)).headers["etag"]
    again = await client.get(address, headers={"If-None-Match": f'"x", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = await client.get(address, headers={"If-None-Match": '"x"'})
    assert other.status_code == 200


async def test_the_key_may_stand_beside_it(client: httpx.AsyncClient) -> None:
    answer = await client.get("/s.js")
    assert answer.status_code == 200
    assert answer.text.endswith(f'({{"consent":"required","version":"{__version__}"}});')


@pytest.mark.parametrize("key", ["tl_unknown", "%22%29%3Balert(1)%3B", "x" * 300, "%00"])
async def test_an_unknown_key_loads_nothing(client: httpx.AsyncClient, key: str) -> None:
    answer = await client.get(f"/s/{key}.js")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()["code"] == "UNKNOWN_WRITE_KEY"


def test_it_says_what_the_deployment_has_set(database: str) -> None:
    settings = Settings(_env_file=None, consent="assumed", cookie_domain="acme.example")
    script = script_of(settings, None)
    assert script.plain.endswith(
        b'({"consent":"assumed","domain":"acme.example","version":"%s"});' % __version__.encode()
    )
    assert gzip.decompress(script.packed) == script.plain


def test_it_is_small(database: str) -> None:
    settings = Settings(_env_file=None, cookie_domain="www.a-long-name.example.com")
    assert len(script_of(settings, "w" * 40).packed) <= 3_000


def test_what_is_served_is_made_of_what_people_read(database: str) -> None:
    assert BUILT.read_text() == built(), "run: make snippet"
