"""The one line by which people recognise a touchpoint."""

import pytest

from touchline.domain.timeline.summary import summarise
from touchline.domain.timeline.types import TouchpointType


@pytest.mark.parametrize(
    ("kind", "name", "properties", "traits", "line"),
    [
        (TouchpointType.PAGE, "Pricing", {"title": "Prices"}, {}, "Viewed the page Pricing"),
        (TouchpointType.PAGE, "", {"path": "/docs"}, {}, "Viewed the page /docs"),
        (TouchpointType.PAGE, "", {}, {}, "Viewed the page without a name"),
        (TouchpointType.SCREEN, "Home", {}, {}, "Opened the screen Home"),
        (
            TouchpointType.IDENTIFY,
            "Identify",
            {},
            {"firstName": "Ann", "lastName": "Łoś", "email": "ann@acme.pl"},
            "Was identified as Ann Łoś (ann@acme.pl)",
        ),
        (TouchpointType.IDENTIFY, "Identify", {}, {}, "Was identified"),
        (TouchpointType.GROUP, "acct-1", {}, {"name": "Acme"}, "Belongs to Acme"),
        (TouchpointType.GROUP, "acct-1", {}, {}, "Belongs to acct-1"),
        (TouchpointType.ALIAS, "anon-1", {}, {}, "Also known as anon-1"),
        (
            TouchpointType.TRACK,
            "Order Completed",
            {"revenue": 1049.5, "currency": "EUR", "products": [{"name": "Pump"}, {"sku": "b"}]},
            {},
            "Order Completed: 1,049.50 EUR, Pump and 1 more",
        ),
        (TouchpointType.TRACK, "Webinar Joined", {"title": "Q3"}, {}, "Webinar Joined: Q3"),
        (TouchpointType.TRACK, "Clicked", {"revenue": True, "products": {}}, {}, "Clicked"),
    ],
)
def test_says_what_happened(kind, name, properties, traits, line):
    assert summarise(kind, name, properties, traits) == line


def test_is_one_line_of_at_most_200_characters():
    line = summarise(TouchpointType.TRACK, "a\nb" + "x" * 300, {}, {})
    assert len(line) == 200
    assert line.startswith("a bxxx")
    assert line.endswith("…")
