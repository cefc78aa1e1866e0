"""The companies that buy, or might: three hundred of them, whatever the number of people."""

from dataclasses import dataclass
from random import Random

from touchline.demo.names import CULTURES

COUNT = 300

_HEADS = (
    *("North", "Amber", "Cedar", "Silver", "Quarry", "Harbour", "Falcon", "Willow", "Granite"),
    *("Meadow", "Copper", "Raven", "Summit", "Orchid", "Beacon", "Maple", "Drift", "Hollow"),
    *("Ember", "Tidal"),
)
_TAILS = (
    *("gate", "field", "works", "line", "stone", "bridge", "ford", "mark", "well", "crest"),
    *("ridge", "point", "vale", "brook", "haven"),
)
_TRADES = (
    ("Logistics", "Warehousing", 640),
    ("Labs", "Life sciences", 220),
    ("Properties", "Real estate", 90),
    ("Foods", "Food production", 410),
    ("Clinics", "Healthcare", 350),
    ("Schools", "Education", 180),
    ("Hotels", "Hospitality", 260),
    ("Systems", "Electronics", 500),
)
_COUNTRIES = ("en", "en", "en", "en", "pl", "pl", "pl", "zh", "zh", "zh")


@dataclass(frozen=True)
class Company:
    """An account: its key in the vendor's CRM, its domain, and what it is."""

    key: str
    name: str
    domain: str
    industry: str
    employees: int
    country: str
    culture: str
    city: str
    plan: str


def companies(seed: int) -> list[Company]:
    """All companies of a seed; the first ones have the most people in the demo."""
    dice = Random(f"{seed}/companies")
    pairs = [(head, tail) for head in _HEADS for tail in _TAILS]
    dice.shuffle(pairs)
    return [_company(dice, place, *pairs[place]) for place in range(COUNT)]


def _company(dice: Random, place: int, head: str, tail: str) -> Company:
    trade, industry, typical = dice.choice(_TRADES)
    culture = CULTURES[dice.choice(_COUNTRIES)]
    city, country, _ = dice.choice(culture.cities)
    return Company(
        key=f"acc-{place + 1:04d}",
        name=f"{head}{tail} {trade}",
        domain=f"{head}{tail}-{trade}.example".lower(),
        industry=industry,
        employees=max(8, round(typical * dice.lognormvariate(0, 0.8))),
        country=country,
        culture=culture.code,
        city=city,
        plan=dice.choices(("none", "starter", "team", "enterprise"), (60, 20, 14, 6))[0],
    )
