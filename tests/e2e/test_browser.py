"""What a real browser with the snippet tells, seen by those who ask over GraphQL."""

import asyncio
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.browser import WITHIN_S, Browser, Visitor, running_browser
from tests.support.product import Product
from tests.support.site import running_site

ALLOW = """mutation ($input: LinkHostAllowInput!) { linkHostAllow(input: $input) {
  linkHost { id } } }"""
CHANNELS = "{ channels { id name } }"
WRITE = """mutation ($input: ContentAssetCreateInput!) {
  contentAssetCreate(input: $input) { contentAsset { id } } }"""
SUBMIT = "mutation ($id: ID!) { contentAssetSubmit(id: $id) { userErrors { code } } }"
APPROVE = "mutation ($id: ID!) { contentAssetApprove(id: $id) { userErrors { code } } }"
PUBLISH = """mutation ($input: ContentAssetPublishInput!) { contentAssetPublish(input: $input) {
  publication { trackedUrl } userErrors { code } } }"""
PERSON = """query ($email: String!) { customerByIdentifier(kind: "email", value: $email) {
  id timeline(first: 50) { nodes {
    type name occurredAt properties contentAsset { title } channel { name } subject { id }
  } } } }"""
GOAL = """mutation ($input: ConversionGoalCreateInput!) { conversionGoalCreate(input: $input) {
  conversionGoal { id } userErrors { code } } }"""
FIGURES = """query ($id: ID!, $range: DateRangeInput!) { contentAsset(id: $id) {
  performance(range: $range) { clicks views reads readers conversions } } }"""
TOLD = """query ($filter: TouchpointFilter) { touchpoints(first: 50, filter: $filter) { nodes {
  type name properties context } } }"""
FIELDS = """
  <input name="name"> <input name="mail" type="email"> <input name="secret" type="password">
  <input name="plan" type="hidden" value="hidden plan"> <input name="card_number">
  <button>Send</button>"""
SHOP = "https://elsewhere.example/shop?session=abc&utm_source=us"


@dataclass
class World:
    """A deployment, a web site, and a browser to visit it."""

    product: Product
    site: str
    pages: dict[str, str]
    browser: Browser
    key: str

    def ask(self, document: str, **variables: Any) -> Any:
        """The data of an answer."""
        answer = httpx.post(
            f"{self.product.url}/graphql",
            json={"query": document, "variables": variables},
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=WITHIN_S,
        ).json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def source(self, name: str) -> tuple[str, str]:
        """A new source: its id and what a page includes, but for what goes into the tag."""
        made = self.product.command("sources", "create", name)
        tag = f'<script async src="{self.product.url}/s/{made["writeKey"]}.js" %s></script>'
        return made["id"], tag

    def told(self, source: str) -> list[dict[str, Any]]:
        """What a source told, the first first."""
        nodes = self.ask(TOLD, filter={"sources": [source]})["touchpoints"]["nodes"]
        return list(reversed(nodes))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("browser")
    pages: dict[str, str] = {}
    variables: dict[str, str] = {}
    product = Product(Path(folder) / "touchline", variables=variables)
    variables["TOUCHLINE_PUBLIC_URL"] = product.url
    with ExitStack() as stack:
        stack.callback(lambda: asyncio.run(product.stop()))
        asyncio.run(product.start_server())
        site = stack.enter_context(running_site(pages))
        browser = stack.enter_context(running_browser(folder))
        key = product.command("keys", "create", "tests", "--scope", "admin")["key"]
        yield World(product, site, pages, browser, key)


def eventually(look: Callable[[], Any]) -> Any:
    """What ``look`` gives as soon as it gives something."""
    deadline = time.monotonic() + WITHIN_S
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.1)
    return found


def an_article(world: World) -> tuple[str, str]:
    """An asset published at ``/air``: its id and its tracked link."""
    world.ask(ALLOW, input={"host": "127.0.0.1"})
    channels = {one["name"]: one["id"] for one in world.ask(CHANNELS)["channels"]}
    made = world.ask(WRITE, input={"title": "Know your air", "body": "Hello"})
    asset = str(made["contentAssetCreate"]["contentAsset"]["id"])
    world.ask(SUBMIT, id=asset)
    world.ask(APPROVE, id=asset)
    place = {"channelId": channels["Paid social"], "url": f"{world.site}/air"}
    place |= {"utm": {"source": "linkedin", "medium": "paid-social", "campaign": "spring"}}
    done = world.ask(PUBLISH, input={"assetId": asset, "place": place})["contentAssetPublish"]
    return asset, str(done["publication"]["trackedUrl"])


def figures(world: World, asset: str) -> list[int]:
    """Clicks, views, reads, readers and conversions of an asset, about today."""
    today = datetime.now(UTC).date()
    days = {"from": str(today - timedelta(days=1)), "to": str(today + timedelta(days=1))}
    found = world.ask(FIGURES, id=asset, range=days)["contentAsset"]["performance"]
    return [found[name] for name in ("clicks", "views", "reads", "readers", "conversions")]


def build_site(world: World) -> tuple[str, str]:
    """A page with a tracked link to an article with a form; gives the source and the asset."""
    asset, link = an_article(world)
    source, tag = world.source("Site")
    plain = tag % ""
    world.pages["/"] = (
        f"<title>Home</title>{plain}<a id=link href='{link}'>Know your air</a>"
        "<button id=yes onclick='touchline.consent(true)'>Yes</button>"
    )
    world.pages["/air"] = (
        f"<title>Air</title>{tag % 'data-read-seconds=1'}<p style='height:3000px'>Long</p>"
        f"<form name=demo action=/thanks method=post data-tl-identify"
        f" data-tl-event='Demo Requested'>{FIELDS}</form>"
    )
    world.pages["/thanks"] = f"<title>Thanks</title>{plain}"
    return source, asset


def timeline(world: World, email: str, wanted: list[str]) -> Any:
    """What is on the timeline of a person, once all that is wanted is there."""
    person = world.ask(PERSON, email=email)["customerByIdentifier"]
    nodes = person["timeline"]["nodes"] if person else []
    return nodes if set(wanted) <= names(nodes) else None


def test_who_clicks_reads_and_converts_is_one_customer(world: World) -> None:
    """From the tracked link through the article to the form, and the figures move with it."""
    source, asset = build_site(world)
    world.ask(GOAL, input={"name": "Demos", "event": "Demo Requested", "counting": "ONCE"})
    assert figures(world, asset) == [0, 0, 0, 0, 0]
    ann = world.browser.visitor()
    ann.go(f"{world.site}/")
    ann.wait("window.touchline && touchline.consent")
    assert ann.see("document.cookie") == ""
    ann.click("#yes")
    ann.wait("document.cookie.includes('tl_visitor=tl-')")
    eventually(lambda: {"Home"} <= names(world.told(source)))
    ann.click("#link")
    ann.wait("location.pathname == '/air' && location.search.includes('utm_source=linkedin')")
    read_to_the_end(ann)
    eventually(lambda: {"Air", "Content Read"} <= names(world.told(source)))
    eventually(lambda: figures(world, asset) == [1, 1, 1, 1, 0])
    for field, text in (("name", "Ann"), ("mail", "ann@acme.test"), ("secret", "s3cret-word")):
        ann.write(f"[name={field}]", text)
    ann.write("[name=card_number]", "4111111111111111")
    ann.click("button")
    ann.wait("location.pathname == '/thanks'")
    wanted = ["Home", "Link Clicked", "Air", "Content Read", "Demo Requested", "Thanks"]
    nodes = eventually(lambda: timeline(world, "ann@acme.test", wanted))
    assert len({one["subject"]["id"] for one in nodes}) == 1
    told = {one["name"]: one for one in nodes}
    for name in ("Air", "Content Read"):
        moments = [told[one]["occurredAt"] for one in ("Home", "Link Clicked", name)]
        moments.append(told["Demo Requested"]["occurredAt"])
        assert moments == sorted(moments)
    assert [told[name]["contentAsset"] for name in wanted] == [
        None,
        *[{"title": "Know your air"}] * 4,
        None,
    ]
    assert {told[name]["channel"]["name"] for name in wanted[1:4]} == {"Paid social"}
    assert told["Content Read"]["properties"]["seconds"] >= 1
    assert told["Content Read"]["properties"]["scrollDepth"] >= 25
    assert told["Identify"]["properties"] == {"name": "Ann", "email": "ann@acme.test"}
    assert told["Demo Requested"]["properties"] == {"form": "demo"}
    eventually(lambda: figures(world, asset) == [1, 1, 1, 1, 1])


def test_without_consent_or_against_a_wish_nothing_is_stored_or_sent(world: World) -> None:
    source, tag = world.source("Careful site")
    world.pages["/careful"] = (
        f"<title>Careful</title>{tag % 'data-read-seconds=0.5'}"
        f"<form onsubmit='return false' data-tl-identify>{FIELDS}</form>"
    )
    wishes = [
        "",
        "navigator.__proto__.__defineGetter__('globalPrivacyControl', () => true)",
        "navigator.__proto__.__defineGetter__('doNotTrack', () => '1')",
    ]
    for wish in wishes:
        visitor = world.browser.visitor(before=wish)
        visitor.go(f"{world.site}/careful")
        visitor.wait("window.touchline && touchline.consent")
        if wish:
            visitor.see("touchline.consent(true)")
        visitor.write("[name=mail]", "bob@acme.test")
        visitor.click("button")
        visitor.see("touchline.track('Shouted', {})")
        visitor.wait("performance.now() > 2000")
        sent = "performance.getEntriesByType('resource').filter(one => one.name.includes('/v1/'))"
        assert visitor.see(f"{sent}.length") == 0
        assert visitor.see("document.cookie + localStorage.length + sessionStorage.length") == "00"
    assert world.told(source) == []
    visitor = world.browser.visitor()
    visitor.go(f"{world.site}/careful")
    visitor.wait("window.touchline && touchline.consent")
    visitor.see("touchline.consent(true)")
    eventually(lambda: names(world.told(source)) == {"Careful", "Content Read"})
    visitor.see("touchline.consent(false)")
    assert visitor.see("document.cookie") == "tl_consent=denied"
    visitor.see("touchline.track('Shouted', {})")
    visitor.go(f"{world.site}/careful?again")
    visitor.wait("performance.now() > 1500")
    assert names(world.told(source)) == {"Careful", "Content Read"}


def test_clicks_forms_and_pages_within_a_page_are_told(world: World) -> None:
    source, tag = world.source("App")
    tag = re.sub(r"/s/(\w+)\.js\"", r'/s.js" data-key="\1"', tag)
    world.pages["/app"] = (
        f"<img id=dot src='{world.product.url}/o/unknown.gif'>"
        "<title>App</title><script>touchline = [['track', 'Was Early', {a: 1}]]</script>"
        f"{tag % 'data-consent=assumed'}"
        "<article data-tl-asset='know-your-air'>Text</article>"
        "<script>onclick = it => { if (it.target.href) it.preventDefault() }</script>"
        f"<a id=out href='{SHOP}'>Shop</a><a id=in href='/inside'>Inside</a>"
        "<a id=file href='/files/paper.pdf?token=x'>Paper</a>"
        "<button id=cta data-tl-event='Demo Opened'>Show me</button>"
        f"<form id=plain onsubmit='return false'>{FIELDS}</form>"
    )
    eve = world.browser.visitor()
    eve.go(f"{world.site}/app?utm_source=news&utm_medium=email&email=eve@acme.test")
    eve.wait("window.touchline && touchline.consent && document.cookie.includes('tl_visitor')")
    assert eve.see("document.querySelector('#dot').naturalWidth") == 1
    eventually(lambda: "Was Early" in names(world.told(source)))
    for selector in ("#out", "#in", "#file", "#cta"):
        eve.click(selector)
    eventually(lambda: "Demo Opened" in names(world.told(source)))
    eve.write("[name=secret]", "s3cret-word")
    eve.write("[name=mail]", "eve@acme.test")
    eve.click("#plain button")
    eventually(lambda: "Form Submitted" in names(world.told(source)))
    eve.see("history.pushState({}, '', '/app/two?tab=1'); document.title = 'Two'")
    eventually(lambda: "Two" in names(world.told(source)))
    eve.see("history.replaceState({}, '', '/app/two?tab=2')")
    eve.see("history.back()")
    eventually(lambda: len(world.told(source)) == 8)
    told = world.told(source)
    assert [(one["type"], one["name"]) for one in told] == [
        ("PAGE", "App"),
        ("TRACK", "Was Early"),
        ("TRACK", "Outbound Link Clicked"),
        ("TRACK", "File Downloaded"),
        ("TRACK", "Demo Opened"),
        ("TRACK", "Form Submitted"),
        ("PAGE", "Two"),
        ("PAGE", "Two"),
    ]
    slug, page = (
        {"assetSlug": "know-your-air"},
        f"{world.site}/app?utm_source=news&utm_medium=email",
    )
    assert [one["properties"] for one in told[1:6]] == [
        slug | {"a": 1},
        slug | {"text": "Shop", "url": "https://elsewhere.example/shop?utm_source=us"},
        slug | {"text": "Paper", "url": f"{world.site}/files/paper.pdf"},
        slug | {"text": "Show me"},
        slug | {"form": "plain"},
    ]
    assert [one["context"]["page"]["url"] for one in told] == [
        *[page] * 6,
        f"{world.site}/app/two",
        page,
    ]
    assert told[6]["context"]["page"]["referrer"] == page
    assert "acme.test" not in str(told)


def names(nodes: list[dict[str, Any]]) -> set[str]:
    return {one["name"] for one in nodes}


def read_to_the_end(visitor: Visitor) -> None:
    """Scroll down, with the mouse moving."""
    visitor.see("scrollTo(0, document.documentElement.scrollHeight)")
    visitor.call("Input.dispatchMouseEvent", type="mouseMoved", x=30, y=40)
