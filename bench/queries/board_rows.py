"""The rows of a backlog: 200 items in order, as a team writes them, and 800 that are done with."""

from collections.abc import Iterator

from bench.queries import words
from bench.queries.content_rows import asset_ids
from bench.queries.table import Row, Table
from bench.queries.world import DAY, END, World
from touchline.domain.backlog.ranking import spread

BACKLOG, ORDERED, CLOSED, MEMBERS, GOALS = 1, 200, 800, 8, 5
EFFORTS = (1, 2, 5, 8)
"""By these a quotient has so few digits that both databases write all of them."""

KINDS = ("CONTENT", "CONTENT", "EXPERIMENT", "CAMPAIGN", "KEEP_THE_LIGHTS_ON")
VALUES = ("JOY", "SATISFACTION", "SOLVES_PROBLEM", "SOLVES_ROOT_CAUSE")


def _members(_world: World) -> Iterator[Row]:
    for number in range(1, MEMBERS + 1):
        email = f"member-{number}@example.org"
        name = f"{words.FIRST[number]} {words.LAST[number]}"
        yield number, name, email, email, "MARKETER", "bench", END


def _goals(_world: World) -> Iterator[Row]:
    for number in range(1, GOALS + 1):
        name = f"More {words.NOUNS[number]}"
        yield number, name, name.lower(), ("GOAL", "KPI", "REVENUE")[number % 3], "bench", END


def _backlog(_world: World) -> Iterator[Row]:
    yield BACKLOG, "Marketing", "marketing", 1, ORDERED, "bench", END


def _items(world: World) -> Iterator[Row]:
    chance = world.chance("backlog")
    ranks = [*spread(ORDERED), *(f"~{number:020d}" for number in range(CLOSED))]
    chance.shuffle(ranks)
    for number, rank in enumerate(ranks, 1):
        is_open = rank[0] != "~"
        is_ready = is_open and chance.random() < 0.5
        is_blocked = is_open and chance.random() < 0.1
        created = END - chance.randrange(90 * DAY)
        yield (
            *(number, BACKLOG, f"{words.NOUNS[number % 10].title()} for {words.LAST[number % 18]}"),
            chance.choice(KINDS),
            ("READY" if is_ready else "BACKLOG") if is_open else "DECLINED",
            *(rank, chance.choice(EFFORTS), chance.choice(VALUES), chance.randrange(1, 6)),
            *(1 + number % GOALS, chance.randrange(1, 6), chance.randrange(1, 6)),
            *(10 * chance.randrange(1, 11), "They read it, and come back for more."),
            *(
                "READS",
                1_000 * chance.randrange(100, 900),
                14,
                asset_ids(number, world),
                "[]",
                True,
            ),
            "[]" if is_ready else '["DEPENDENCIES"]',
            created if is_blocked else None,
            "It waits for the designer." if is_blocked else None,
            *(1 + number % MEMBERS, created, created, None if is_open else END),
        )


BOARD_TABLES = (
    Table(
        "team_member",
        ("id", "name", "email", "email_key", "role", "actor_name", "created_at"),
        _members,
        lambda world: MEMBERS,
    ),
    Table(
        "business_goal",
        ("id", "name", "name_key", "kind", "actor_name", "created_at"),
        _goals,
        lambda world: GOALS,
    ),
    Table(
        "backlog",
        ("id", "name", "name_key", "owner_id", "order_version", "actor_name", "created_at"),
        _backlog,
        lambda world: 1,
    ),
    Table(
        "backlog_item",
        (
            *("id", "backlog_id", "title", "kind", "state", "rank", "effort", "customer_kind"),
            *("customer_level", "goal_id", "business_level", "urgency", "confidence", "hypothesis"),
            *("metric", "target_milli", "window_days", "asset_ids", "depends_on"),
            *("is_dependency_known", "missing", "blocked_since", "blocked_reason"),
            *("proposed_by_id", "created_at", "state_at", "closed_at"),
        ),
        _items,
        lambda world: ORDERED + CLOSED,
    ),
)
