"""The people: who they are, how they write to us, and the devices they use.

Person number i of a seed is the same whatever the number of people, so a larger demo holds a
smaller one.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from uuid import UUID

from touchline.demo.companies import Company
from touchline.demo.names import CULTURES, Culture

KIOSK_EVERY = 60
KIOSK_USERS = 25
_BORROW_EVERY = 45

_JOBS = {
    "en": (
        *("Facilities Manager", "Head of Operations", "Sustainability Lead", "Lab Manager", "CFO"),
        *("Office Manager", "Procurement Specialist", "IT Manager", "Energy Engineer"),
    ),
    "pl": (
        *("Kierownik obiektu", "Dyrektor operacyjny", "Specjalista ds. zakupów"),
        *("Inżynier energetyk", "Kierownik laboratorium", "Dyrektor finansowy"),
    ),
    "zh": ("设施经理", "运营总监", "采购专员", "能源工程师", "实验室主管", "财务总监", "行政经理"),
}
_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0"
_SAFARI = "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5"
_AGENTS = {
    "laptop": (
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Safari/537.36",
        f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {_SAFARI} Safari/605.1.15",
        "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0",
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_CHROME} Safari/537.36 Edg/129.0.0.0",
    ),
    "phone": (
        f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) {_SAFARI} Mobile/15E148",
        f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {_CHROME} Mobile Safari/537.36",
    ),
    "tablet": (f"Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) {_SAFARI} Mobile/15E148",),
    "kiosk": (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {_CHROME} Safari/537.36",),
}


@dataclass(frozen=True)
class Device:
    """A browser: its anonymous id, and by how many milliseconds its clock is wrong."""

    anonymous_id: str
    kind: str
    user_agent: str
    ip: str
    skew: int = 0


@dataclass(frozen=True)
class Person:
    """Somebody who may become a customer; ``company`` is ``None`` for those who keep it private."""

    number: int
    first_name: str
    last_name: str
    culture: Culture
    city: str
    country: str
    time_zone: str
    company: Company | None
    job: str
    email: str
    second_email: str
    phone: str
    user_id: str
    open_id: str
    devices: tuple[Device, ...]

    @property
    def full_name(self) -> str:
        """The name as it is written at home."""
        if self.culture.code == "zh":
            return f"{self.last_name}{self.first_name}"
        return f"{self.first_name} {self.last_name}"


def people(seed: int, count: int, companies: list[Company]) -> Iterator[Person]:
    """The first ``count`` people of a seed; no two share an e-mail address or a phone."""
    namesakes: Counter[str] = Counter()
    for number in range(count):
        yield _person(seed, number, companies, namesakes)


def _person(seed: int, number: int, companies: list[Company], namesakes: Counter[str]) -> Person:
    dice = Random(f"{seed}/person/{number}")
    company = _employer(dice, companies)
    culture = CULTURES[company.culture]
    first, bare_first = dice.choice(culture.first_names)
    last, bare_last = dice.choice(culture.family_names)
    city, country, zone = dice.choice(culture.cities)
    at_work = f"{bare_first}.{bare_last}@{company.domain}"
    at_home = f"{bare_first}.{bare_last}{number}@{dice.choice(culture.free_mail)}"
    is_private = dice.random() < 0.14
    namesakes[at_work] += 1
    if namesakes[at_work] > 1:
        at_work = at_work.replace("@", f"{namesakes[at_work]}@")
    return Person(
        number=number,
        first_name=first,
        last_name=last,
        culture=culture,
        city=city,
        country=country,
        time_zone=zone,
        company=None if is_private else company,
        job=dice.choice(_JOBS[culture.code]),
        email=at_home if is_private else at_work,
        second_email=at_home,
        phone=_phone(culture, number),
        user_id=f"usr-{seed:02d}{number:05d}",
        open_id=f"o{dice.getrandbits(108):027x}",
        devices=_devices(seed, number, dice),
    )


def kiosk(seed: int, number: int) -> Device:
    """The tablet in the showroom near person ``number``: used by everybody who comes by."""
    dice = Random(f"{seed}/kiosk/{number // KIOSK_EVERY}")
    return replace(_device(dice, "kiosk"), ip="203.0.113.7", skew=0)


def _employer(dice: Random, companies: list[Company]) -> Company:
    """Few companies have many people: the squared draw leans to the front of the list."""
    return companies[int(dice.random() ** 2 * len(companies))]


def _phone(culture: Culture, number: int) -> str:
    """A number of the culture's invented range, "" when the range is used up."""
    block, rest = divmod(number, 10**culture.phone_digits)
    if block >= len(culture.phones):
        return ""
    return f"{culture.phones[block]}{rest:0{culture.phone_digits}d}"


def _devices(seed: int, number: int, dice: Random) -> tuple[Device, ...]:
    kinds = ["laptop", *(["phone"] if dice.random() < 0.45 else [])]
    kinds += ["tablet"] if dice.random() < 0.08 else []
    own = [_device(dice, kind) for kind in kinds]
    if number % _BORROW_EVERY == 1:
        lender = Random(f"{seed}/lent/{number - 1}")
        own.append(_device(lender, "tablet"))
    if number % _BORROW_EVERY == 0:
        own.append(_device(Random(f"{seed}/lent/{number}"), "tablet"))
    return tuple(own)


def _device(dice: Random, kind: str) -> Device:
    is_wrong = dice.random() < 0.02
    return Device(
        anonymous_id=str(UUID(int=dice.getrandbits(128), version=4)),
        kind=kind,
        user_agent=dice.choice(_AGENTS[kind]),
        ip=f"{dice.choice(('192.0.2', '198.51.100', '203.0.113'))}.{dice.randint(1, 254)}",
        skew=dice.choice((-26, -3, 2, 7)) * 3_600_000 if is_wrong else 0,
    )
