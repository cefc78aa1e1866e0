"""What the data set is made of: names, places, sources, and the events of a marketing team."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from touchline.domain.kernel.ids import global_id

FIRST = (
    *("Alma", "Bruno", "Celia", "Dario", "Edda", "Franz"),
    *("Gina", "Henrik", "Ilse", "Jakob", "Karla", "Lars"),
    *("Maren", "Nora", "Otto", "Petra", "Quirin", "Rosa"),
    *("Stefan", "Thea", "Ulrich", "Viola", "Werner", "Yvonne"),
)
LAST = (
    *("Albers", "Bauer", "Conrad", "Dorn", "Eckert", "Falk"),
    *("Graf", "Heller", "Iden", "Jansen", "Kern", "Lorenz"),
    *("Moser", "Nagel", "Ott", "Pohl", "Riedel", "Stark"),
)
NOUNS = (
    *("analytics", "cloud", "energy", "finance", "health", "logistics"),
    *("media", "mobility", "retail", "security"),
)
CITIES = (
    ("Berlin", "DE"),
    ("Hamburg", "DE"),
    ("Wien", "AT"),
    ("Zürich", "CH"),
    ("Lyon", "FR"),
    ("Leeds", "GB"),
    ("Porto", "PT"),
    ("Gdańsk", "PL"),
)
PLANS = ("free", "team", "business")
SOURCES = (
    ("Website", "WEBSITE"),
    ("Shop", "WEBSITE"),
    ("App", "APP"),
    ("CRM", "SERVER"),
    ("Mailer", "SERVER"),
    ("Webinars", "SERVER"),
    ("Contact form", "FORM"),
    ("Old contacts", "IMPORT"),
)
CAMPAIGNS = tuple(
    {"name": f"{noun}-{season}", "source": source, "medium": medium}
    for noun in NOUNS
    for season in ("spring", "autumn")
    for source, medium in (("google", "cpc"), ("linkedin", "social"), ("newsletter", "email"))
)
DEVICES = tuple(
    orjson.dumps(
        {"browser": browser, "browserVersion": "131", "os": system, "device": "Other"}
    ).decode()
    for browser, system in (("Chrome", "Windows"), ("Firefox", "Linux"), ("Safari", "Mac OS X"))
)

Properties = dict[str, Any]


@dataclass(frozen=True)
class Event:
    """Something that happens, how often among all, what is said about it, and its sentence.

    ``properties`` are made for an asset, of which it ``tells`` or does not.
    """

    type: str
    name: str
    weight: int
    properties: Callable[[random.Random, int], Properties]
    sentence: str
    tells: bool = False

    def summary(self, said: Properties) -> str:
        """The sentence for people."""
        return self.sentence.format(**said)


def asset_title(number: int) -> str:
    """No two assets have the same, and none has one that begins like another's."""
    return f"{NOUNS[number % len(NOUNS)].title()} made plain, part {number:05d}"


def asset_slug(number: int) -> str:
    """The title as an address has it."""
    return f"{NOUNS[number % len(NOUNS)]}-made-plain-{number:05d}"


def asset_address(number: int) -> str:
    """Where readers find it."""
    return f"https://www.example.com/blog/{asset_slug(number)}"


def _page(chance: random.Random, _asset: int) -> Properties:
    noun, part = chance.choice(NOUNS), chance.choice(("pricing", "docs", "cases"))
    return {
        "path": f"/{part}/{noun}",
        "title": f"{noun.title()}: {part}",
        "url": f"https://www.example.com/{part}/{noun}",
        "referrer": _referrer(chance),
    }


def _post(chance: random.Random, asset: int) -> Properties:
    return {
        "path": f"/blog/{asset_slug(asset)}",
        "title": asset_title(asset),
        "url": asset_address(asset),
        "referrer": _referrer(chance),
    }


def _referrer(chance: random.Random) -> str:
    return "https://search.example/" if chance.random() < 0.3 else ""


def _reading(chance: random.Random, asset: int) -> Properties:
    return {
        "assetId": global_id("ContentAsset", asset),
        "title": asset_title(asset),
        "seconds": 10 + chance.randrange(400),
    }


def _mail(chance: random.Random, _asset: int) -> Properties:
    noun = chance.choice(NOUNS)
    return {"subject": f"News about {noun}", "link": f"https://www.example.com/blog/{noun}"}


def _order(chance: random.Random, _asset: int) -> Properties:
    number = chance.randrange(10**8)
    return {
        "order_id": f"o-{number:08d}",
        "revenue": chance.randrange(1_000, 90_000) / 100,
        "currency": "EUR",
        "coupon": chance.choice(("", "SPRING", "WELCOME")),
    }


def _form(chance: random.Random, _asset: int) -> Properties:
    return {"form": f"{chance.choice(NOUNS)} guide", "step": 1 + chance.randrange(3)}


ORDER = "Order Completed"
EVENTS = (
    Event("PAGE", "Pricing", 20, _page, "Viewed the page {title}"),
    Event("PAGE", "Blog", 20, _post, "Viewed the page {title}", tells=True),
    Event("TRACK", "Content Read", 15, _reading, "Content Read: {title}", tells=True),
    Event("TRACK", "Email Opened", 15, _mail, "Email Opened: {subject}"),
    Event("TRACK", "Email Link Clicked", 8, _mail, "Email Link Clicked: {subject}"),
    Event("TRACK", "Form Submitted", 8, _form, "Form Submitted: {form}"),
    Event("TRACK", "Ad Clicked", 7, _page, "Ad Clicked: {title}"),
    Event("TRACK", ORDER, 4, _order, "Order Completed: {revenue:.2f} {currency}"),
    Event("IDENTIFY", "Identify", 3, _form, "Gave the details of the form {form}"),
)


def context(chance: random.Random) -> Properties:
    """The circumstances: always a place and a program, a campaign four times in ten."""
    said: Properties = {
        "ip": f"203.0.113.{chance.randrange(255)}",
        "library": {"name": "analytics.js", "version": "2.11.1"},
        "locale": "de-DE",
    }
    if chance.random() < 0.4:
        said["campaign"] = chance.choice(CAMPAIGNS)
    return said
