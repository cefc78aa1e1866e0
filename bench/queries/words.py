"""What the data set is made of: names, places, sources, and the events of a marketing team."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

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
    """Something that happens, how often among all, what is said about it, and its sentence."""

    type: str
    name: str
    weight: int
    properties: Callable[[random.Random], Properties]
    sentence: str

    def summary(self, said: Properties) -> str:
        """The sentence for people."""
        return self.sentence.format(**said)


def _page(chance: random.Random) -> Properties:
    noun, part = chance.choice(NOUNS), chance.choice(("pricing", "docs", "blog", "cases"))
    return {
        "path": f"/{part}/{noun}",
        "title": f"{noun.title()}: {part}",
        "url": f"https://www.example.com/{part}/{noun}",
        "referrer": "https://search.example/" if chance.random() < 0.3 else "",
    }


def _mail(chance: random.Random) -> Properties:
    noun = chance.choice(NOUNS)
    return {"subject": f"News about {noun}", "link": f"https://www.example.com/blog/{noun}"}


def _order(chance: random.Random) -> Properties:
    number = chance.randrange(10**8)
    return {
        "order_id": f"o-{number:08d}",
        "revenue": chance.randrange(1_000, 90_000) / 100,
        "currency": "EUR",
        "coupon": chance.choice(("", "SPRING", "WELCOME")),
    }


def _form(chance: random.Random) -> Properties:
    return {"form": f"{chance.choice(NOUNS)} guide", "step": 1 + chance.randrange(3)}


EVENTS = (
    Event("PAGE", "Pricing", 25, _page, "Viewed the page {title}"),
    Event("PAGE", "Blog", 25, _page, "Viewed the page {title}"),
    Event("TRACK", "Email Opened", 18, _mail, "Email Opened: {subject}"),
    Event("TRACK", "Email Link Clicked", 9, _mail, "Email Link Clicked: {subject}"),
    Event("TRACK", "Form Submitted", 8, _form, "Form Submitted: {form}"),
    Event("TRACK", "Ad Clicked", 8, _page, "Ad Clicked: {title}"),
    Event("TRACK", "Order Completed", 4, _order, "Order Completed: {revenue:.2f} {currency}"),
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
