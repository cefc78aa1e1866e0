"""The rows of tags: 200 tags, three for a customer, the first of them common and the last rare."""

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from bench.queries import words
from bench.queries.score_rows import LIST, score
from bench.queries.table import Row, Table
from bench.queries.world import DAY, END, YEAR, World

TAGS = 200
TAGS_PER_CUSTOMER = 3
FREE_PLACES = 4
"""A customer never has a tag when their numbers add up to a multiple of this: room to add some."""


def _assigned(world: World) -> Iterator[tuple[int, int, int]]:
    """Customer, tag and instant."""
    chance = world.chance("tags")
    shares = list(accumulate(1 / (rank + 8) for rank in range(TAGS)))
    for customer in range(1, world.customers + 1):
        drawn = dict.fromkeys(chance.choices(range(1, TAGS + 1), cum_weights=shares, k=6))
        free = [tag for tag in drawn if (customer + tag) % FREE_PLACES]
        start = END - YEAR + chance.randrange(YEAR - DAY)
        for place, tag in enumerate(free[:TAGS_PER_CUSTOMER]):
            yield customer, tag, start + place


def _tags(world: World) -> Iterator[Row]:
    counts = Counter(tag for _, tag, _ in _assigned(world))
    for number in range(1, TAGS + 1):
        name = f"{words.NOUNS[number % len(words.NOUNS)]} {number}"
        category = ("interest", "product", "stage")[number % 3]
        yield number, name, name, category, counts[number], END - YEAR


def _words(world: World) -> Iterator[Row]:
    for customer, tag, at in _assigned(world):
        yield customer, tag, "ADDED", "Ada", at


def _standing(world: World) -> Iterator[Row]:
    for customer, tag, at in _assigned(world):
        yield customer, tag, "MANUAL", True, at, "Ada"


def _ranks(world: World) -> Iterator[Row]:
    for customer, tag, _ in _assigned(world):
        yield LIST, tag, customer, score(customer)


TAG_TABLES = (
    Table(
        "tag",
        ("id", "name", "name_key", "category", "customer_count", "created_at"),
        _tags,
        lambda world: TAGS,
    ),
    Table(
        "tag_word",
        ("customer_id", "tag_id", "word", "actor_name", "said_at"),
        _words,
        lambda world: world.customers * TAGS_PER_CUSTOMER,
    ),
    Table(
        "customer_tag",
        ("customer_id", "tag_id", "state", "is_on", "set_at", "actor_name"),
        _standing,
        lambda world: world.customers * TAGS_PER_CUSTOMER,
    ),
    Table(
        "tag_rank",
        ("list_id", "tag_id", "customer_id", "rank"),
        _ranks,
        lambda world: world.customers * TAGS_PER_CUSTOMER,
    ),
)
