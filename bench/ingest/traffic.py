"""Request bodies as senders make them; each holds a hundred events that were never sent before.

A body is a template in which the serial number of the body makes message ids, visitors and users
new, and the serial number of an older body brings its visitors and users back.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

EVENTS = 100
NEW, OLD = "@n@", "@o@"
BODIES_BACK = 50

Event = dict[str, Any]

_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15",  # noqa: E501
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
)
_PAGES = ("Pricing", "Home", "Docs", "Blog", "Case Study", "Contact", "Webinar", "Product")
_EVENTS = ("Signed Up", "Trial Started", "Order Completed", "Link Clicked", "Form Submitted")
_CHANNELS = ("Facebook", "Instagram", "Paid Search", "Online Video", "Online Display")


@dataclass(frozen=True)
class Traffic:
    """A sort of load: what it is like, and its bodies."""

    name: str
    about: str
    template: bytes

    def body(self, serial: int) -> bytes:
        """The body with this number; two numbers never share a message id."""
        older = max(0, serial - 1 - serial * 7919 % BODIES_BACK)
        new = self.template.replace(NEW.encode(), b"%d" % serial)
        return new.replace(OLD.encode(), b"%d" % older)

    def events(self, serial: int) -> list[Event]:
        """The same as objects."""
        batch: list[Event] = orjson.loads(self.body(serial))["batch"]
        return batch


def _traffic(name: str, about: str, events: Iterator[Event]) -> Traffic:
    batch = [{"messageId": f"m-{NEW}-{at}", **event} for at, event in enumerate(events)]
    random.Random(11).shuffle(batch)
    return Traffic(name, about, orjson.dumps({"batch": batch}))


def _website(chance: random.Random) -> Iterator[Event]:
    """30 first visits, 5 sign-ups of them, 5 returns to a known account, 35 pages, 25 tracks."""
    for visitor in range(30):
        yield {"type": "page", "anonymousId": f"v-{NEW}-{visitor}", **_page(chance)}
    for user in range(10):
        age = NEW if user < 5 else OLD
        yield {
            "type": "identify",
            "userId": f"u-{age}-{user % 5}",
            "anonymousId": f"v-{age}-{user % 5}",
            "traits": {
                "email": f"u-{age}-{user % 5}@company-{user}.example",
                "name": "Ann Example",
                "plan": chance.choice(["free", "pro", "enterprise"]),
            },
            "context": _context(chance),
        }
    for _ in range(35):
        yield {"type": "page", "anonymousId": f"v-{OLD}-{chance.randrange(30)}", **_page(chance)}
    for _ in range(25):
        yield {
            "type": "track",
            "userId": f"u-{OLD}-{chance.randrange(5)}",
            "event": chance.choice(_EVENTS),
            "properties": {"value": chance.randrange(999), "currency": "EUR", "coupon": "SPRING"},
            "context": _context(chance),
        }


def _page(chance: random.Random) -> Event:
    name = chance.choice(_PAGES)
    url = f"https://www.example.com/{name.lower()}"
    properties = {"url": url, "path": f"/{name.lower()}", "title": name, "referrer": ""}
    return {"name": name, "properties": properties, "context": _context(chance)}


def _context(chance: random.Random) -> Event:
    return {
        "ip": f"203.0.113.{chance.randrange(255)}",
        "userAgent": chance.choice(_AGENTS),
        "locale": "en-GB",
        "library": {"name": "analytics.js", "version": "2.11.1"},
        "campaign": {"source": "newsletter", "medium": "email", "name": "spring"},
        "page": {"url": "https://www.example.com/", "path": "/", "referrer": "https://google.com/"},
    }


def _adverts(chance: random.Random) -> Iterator[Event]:
    """Thirteen new customers, each with some eight impressions and perhaps a conversion."""
    for place in range(EVENTS):
        channel = chance.choice(_CHANNELS)
        yield {
            "type": "track",
            "userId": f"c-{NEW}-{place * 13 // EVENTS}",
            "event": "Conversion" if chance.random() < 0.07 else "Ad Impression",
            "timestamp": f"2018-07-{1 + chance.randrange(28):02}T20:40:41Z",
            "properties": {"channel": channel, "value": chance.randrange(9)},
            "context": {"campaign": {"source": channel, "medium": "cpc"}},
        }


def _plain() -> Iterator[Event]:
    """The smallest call there is, of visitors who come again and again."""
    for place in range(EVENTS):
        visitor = {"anonymousId": f"a{OLD}-{place % 50}", "properties": {"i": place}}
        yield {"type": "track", "event": "Load", **visitor}


WEBSITE = _traffic(
    "website", "30% new visitors, 10% identify, 65% pages, 25% tracks", _website(random.Random(1))
)
ADVERTS = _traffic("adverts", "tracks of 13% new users, eight each", _adverts(random.Random(2)))
PLAIN = _traffic("plain", "the smallest track of returning visitors", _plain())
TRAFFIC = {traffic.name: traffic for traffic in (WEBSITE, ADVERTS, PLAIN)}
