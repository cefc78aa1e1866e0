"""The rows of the data set: a company that has collected for a year, table by table."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from bench.queries import words
from bench.queries.board_rows import BOARD_TABLES
from bench.queries.content_rows import CONTENT_TABLES
from bench.queries.score_rows import SCORE_TABLES
from bench.queries.table import Row, Table
from bench.queries.tag_rows import TAG_TABLES
from bench.queries.world import DAY, END, YEAR, World
from touchline.domain.customers.provenance import TraitLevel
from touchline.domain.kernel.ids import digest

SOURCES = len(words.SOURCES)


class Person(NamedTuple):
    """What is known of a customer by its number alone."""

    name: str
    email: str
    city: tuple[str, str]
    account: int | None
    first_seen_at: int
    last_seen_at: int


def _people(world: World) -> Iterator[tuple[int, Person]]:
    chance = world.chance("people")
    for number in range(1, world.customers + 1):
        first, last = chance.choice(words.FIRST), chance.choice(words.LAST)
        account = None if number % 5 == 0 else 1 + chance.randrange(world.accounts)
        start = END - DAY - chance.randrange(YEAR)
        yield (
            number,
            Person(
                f"{first} {last}",
                f"{first}.{last}.{number}@example.org".lower(),
                chance.choice(words.CITIES),
                account,
                start,
                start + chance.randrange(END - start),
            ),
        )


def _sources(world: World) -> Iterator[Row]:
    for number, (name, kind) in enumerate(words.SOURCES, 1):
        yield number, name, kind, END - YEAR, END, world.touchpoints // SOURCES, 0


def _accounts(world: World) -> Iterator[Row]:
    chance = world.chance("accounts")
    for number in range(1, world.accounts + 1):
        name = f"{chance.choice(words.LAST)} {chance.choice(words.NOUNS).title()} {number} Ltd"
        domain = f"firm-{number}.example"
        yield (
            number,
            digest("bench account", str(number)),
            f"acc-{number}",
            domain,
            name,
            END - YEAR,
        )


def _account_traits(world: World) -> Iterator[Row]:
    chance = world.chance("account traits")
    for number in range(1, world.accounts + 1):
        for name, value in (
            ("employees", 5 + chance.randrange(5_000)),
            ("industry", chance.choice(words.NOUNS)),
            ("plan", chance.choice(words.PLANS)),
        ):
            source, said = 1 + chance.randrange(SOURCES), END - chance.randrange(YEAR)
            yield number, name, _json(value), source, 1, said


def _customers(world: World) -> Iterator[Row]:
    for number, one in _people(world):
        identified = number % 10 != 0
        known_as = one.email if identified else ""
        yield (
            number,
            one.name,
            known_as,
            identified,
            one.first_seen_at,
            one.last_seen_at,
            one.first_seen_at,
            one.account,
        )


def _identifiers(world: World) -> Iterator[Row]:
    for number, one in _people(world):
        known = [("anonymous_id", f"v-{number:x}-{number * 7919 % 65_536:04x}")]
        known.append(("email", one.email) if number % 10 else ("device_id", f"d-{number:x}"))
        for kind, value in known:
            key = digest("bench identifier", kind, value)
            yield number, kind, value, key, one.first_seen_at, one.last_seen_at


def _links(world: World) -> Iterator[Row]:
    for number, one in _people(world):
        yield number, number, number, digest("bench link", str(number)), one.first_seen_at, False


def _memberships(world: World) -> Iterator[Row]:
    for number, one in _people(world):
        if one.account is not None:
            yield number, number, one.account, "GROUP", one.first_seen_at, one.last_seen_at


def _traits(world: World) -> Iterator[Row]:
    for number, name, value, source, said in _known(world):
        yield number, name, value, int(TraitLevel.CONNECTED), source, 1, said


def _assertions(world: World) -> Iterator[Row]:
    level = int(TraitLevel.CONNECTED)
    for number, name, value, source, said in _known(world):
        key = digest("bench assertion", str(number), name)
        yield number, number, name, value, level, source, 1, said, said, key


def _known(world: World) -> Iterator[tuple[int, str, str, int, int]]:
    chance = world.chance("traits")
    for number, one in _people(world):
        for name, value in (
            ("city", one.city[0]),
            ("country", one.city[1]),
            ("name", one.name),
            ("plan", chance.choice(words.PLANS)),
            ("seats", 1 + chance.randrange(50)),
        ):
            source = 1 + chance.randrange(SOURCES)
            yield number, name, _json(value), source, one.first_seen_at


def _touchpoints(world: World) -> Iterator[Row]:
    """Half of them belong to anybody, half to the busier ones, so that some timelines are long.

    Some assets are met far more often than others.
    """
    chance = world.chance("touchpoints")
    kinds = chance.choices(words.EVENTS, [event.weight for event in words.EVENTS], k=4_096)
    for number in range(1, world.touchpoints + 1):
        event = kinds[number % len(kinds)]
        share = chance.random()
        customer = 1 + int(world.customers * (share if number % 2 else share * share))
        asset = 1 + int(world.assets * chance.random() ** 2)
        properties = event.properties(chance, asset)
        when = world.moment(number)
        yield (
            number,
            customer,
            customer,
            1 + chance.randrange(SOURCES),
            f"m-{number:x}",
            event.type,
            event.name,
            event.summary(properties),
            when,
            when + chance.randrange(5_000),
            "ORIGINAL",
            _json(properties),
            _json(words.context(chance)),
            words.DEVICES[number % len(words.DEVICES)],
            asset if event.tells else None,
        )


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


TABLES = (
    *TAG_TABLES,
    *SCORE_TABLES,
    *CONTENT_TABLES,
    *BOARD_TABLES,
    Table(
        "source",
        ("id", "name", "kind", "created_at", "last_seen_at", "accepted_count", "rejected_count"),
        _sources,
        lambda world: SOURCES,
    ),
    Table(
        "account",
        ("id", "digest", "key", "domain", "name", "created_at"),
        _accounts,
        lambda world: world.accounts,
    ),
    Table(
        "account_trait",
        ("account_id", "name", "value", "source_id", "touchpoint_id", "observed_at"),
        _account_traits,
        lambda world: world.accounts * 3,
    ),
    Table(
        "customer",
        (
            *("id", "display_name", "known_as", "is_identified"),
            *("first_seen_at", "last_seen_at", "created_at", "account_id"),
        ),
        _customers,
        lambda world: world.customers,
    ),
    Table(
        "identifier",
        ("customer_id", "kind", "value", "digest", "first_seen_at", "last_seen_at"),
        _identifiers,
        lambda world: world.customers * 2,
    ),
    Table(
        "identity_link",
        ("id", "customer_id", "origin_id", "digest", "first_at", "refused"),
        _links,
        lambda world: world.customers,
    ),
    Table(
        "account_membership",
        ("customer_id", "link_id", "account_id", "kind", "first_at", "last_at"),
        _memberships,
        lambda world: world.customers * 4 // 5,
    ),
    Table(
        "trait",
        ("customer_id", "name", "value", "level", "source_id", "touchpoint_id", "observed_at"),
        _traits,
        lambda world: world.customers * 5,
    ),
    Table(
        "trait_assertion",
        (
            *("customer_id", "link_id", "name", "value", "level", "source_id", "touchpoint_id"),
            *("first_observed_at", "last_observed_at", "digest"),
        ),
        _assertions,
        lambda world: world.customers * 5,
    ),
    Table(
        "touchpoint",
        (
            *("id", "customer_id", "link_id", "source_id", "message_id", "type", "name", "summary"),
            *("occurred_at", "received_at", "clock", "properties", "context", "device"),
            "asset_id",
        ),
        _touchpoints,
        lambda world: world.touchpoints,
    ),
)
