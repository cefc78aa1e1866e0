"""The rows of content: assets that were published in the year, and the goal that readers reach.

How often an asset was read, by which channel and what it converted is counted by the product itself
once the rows are there.
"""

from collections.abc import Iterator

import orjson

from bench.queries import words
from bench.queries.table import Row, Table
from bench.queries.world import DAY, END, YEAR, World
from touchline.domain.conditions.storage import to_json
from touchline.domain.content.rendering import render
from touchline.domain.content.types import Act, AssetKind, AssetStatus
from touchline.domain.conversions.definition import Definition, PropertyValue, to_text
from touchline.domain.links.mentions import address_digest

LANGUAGE = "en"
GOAL = 1
KINDS = (AssetKind.ARTICLE, AssetKind.CASE_STUDY, AssetKind.WHITE_PAPER, AssetKind.VIDEO)
_STEPS = (
    (Act.WRITE, AssetStatus.DRAFT),
    (Act.SUBMIT, AssetStatus.IN_REVIEW),
    (Act.APPROVE, AssetStatus.APPROVED),
    (Act.PUBLISH, AssetStatus.PUBLISHED),
)
_PARAGRAPHS = 12
_SAID = f"did “{words.ORDER}”"


def _written(number: int) -> int:
    """When the only version of an asset was written: most before the year begins."""
    return END - YEAR - (number * 7_919 % 300) * DAY


def _assets(world: World) -> Iterator[Row]:
    for number in range(1, world.assets + 1):
        title, at = words.asset_title(number), _written(number)
        named = (number, words.asset_slug(number), LANGUAGE, KINDS[number % len(KINDS)])
        yield *named, AssetStatus.PUBLISHED, title, title.lower(), 1, number, number, at, at + DAY


def _versions(world: World) -> Iterator[Row]:
    for number in range(1, world.assets + 1):
        noun = words.NOUNS[number % len(words.NOUNS)]
        body = "\n\n".join(
            f"## Part {part}\n\nWhat *{noun}* means for you, and what others made of it."
            for part in range(1, _PARAGRAPHS + 1)
        )
        title, at = words.asset_title(number), _written(number)
        yield number, number, 1, title, body, render(body), "[]", "Ada", at, at + DAY


def _steps(world: World) -> Iterator[Row]:
    for number in range(1, world.assets + 1):
        for place, (act, status) in enumerate(_STEPS, 1):
            at = _written(number) + DAY * place // len(_STEPS)
            yield number, 1, act, status, "Ada", at


def _addresses(world: World) -> Iterator[Row]:
    for number in range(1, world.assets + 1):
        yield address_digest(words.asset_address(number)), number


def _goals(_world: World) -> Iterator[Row]:
    """Put away when the year ended, so that what others measure makes no conversions."""
    definition = _definition()
    yield (
        *(GOAL, "Orders", 1, to_text(definition), to_json(definition.condition)),
        *(_SAID, definition.event, definition.counting),
        *("revenue", "currency", "[]", True, True, 0, "Ada", END - YEAR, END, END),
    )


def _goal_versions(_world: World) -> Iterator[Row]:
    yield GOAL, 1, to_text(_definition()), _SAID, "Ada", END - YEAR, END - YEAR


def _definition() -> Definition:
    return Definition(words.ORDER, value=PropertyValue("revenue", "currency"))


def asset_ids(number: int, world: World) -> str:
    """The assets that an item of the backlog makes: one, and sometimes two."""
    first = 1 + number * 31 % world.assets
    second = 1 + number * 17 % world.assets
    found = dict.fromkeys((first, second) if number % 5 == 0 else (first,))
    return orjson.dumps(list(found)).decode()


CONTENT_TABLES = (
    Table(
        "content_asset",
        (
            *("id", "slug", "language", "kind", "status", "title", "title_key", "version"),
            *("published_version_id", "family_id", "created_at", "updated_at"),
        ),
        _assets,
        lambda world: world.assets,
    ),
    Table(
        "content_version",
        (
            *("id", "asset_id", "number", "title", "body", "body_html", "attachments"),
            *("actor_name", "created_at", "published_at"),
        ),
        _versions,
        lambda world: world.assets,
    ),
    Table(
        "content_step",
        ("asset_id", "version", "act", "status", "actor_name", "taken_at"),
        _steps,
        lambda world: world.assets * len(_STEPS),
    ),
    Table("content_address", ("address", "asset_id"), _addresses, lambda world: world.assets),
    Table(
        "conversion_goal",
        (
            *("id", "name", "version", "definition", "condition", "condition_summary", "event"),
            *("counting", "value_property", "currency_property", "refund_events", "in_lifetime"),
            *("is_applied", "reached", "actor_name", "created_at", "updated_at", "archived_at"),
        ),
        _goals,
        lambda world: 1,
    ),
    Table(
        "conversion_goal_version",
        ("goal_id", "version", "definition", "summary", "actor_name", "created_at", "applied_at"),
        _goal_versions,
        lambda world: 1,
    ),
)
