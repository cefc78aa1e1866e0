"""The rows of scores: a model that sorts lists, and 0 to 100 points for each customer."""

from collections.abc import Iterator

from bench.queries.table import Row, Table
from bench.queries.world import END, YEAR, World
from touchline.domain.conditions.tree import Did
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.definition import Definition, Rule, to_json

MODEL = BUILD = 1
LIST = 1
"""The list that a new database shows."""
_PLACES = 100_003  # prime, so that no two of the first hundred thousand customers score the same
_STEP, _STRIDE = 1_000, 7_919


def score(customer: int) -> int:
    """In micro-points. It never fades, so lists are sorted by the same number."""
    return customer * _STRIDE % _PLACES * _STEP


def _definition() -> str:
    """No touchpoint of the data set is such an event."""
    return to_json(Definition((Rule(1, "Asked for a demo", MICRO, Did(event="Demo Asked")),)))


def _models(_world: World) -> Iterator[Row]:
    named = (MODEL, "Interest", "interest", "PUBLISHED", 1, _definition())
    yield *named, 1, BUILD, True, "Ada", END - YEAR, END - YEAR


def _builds(_world: World) -> Iterator[Row]:
    yield BUILD, MODEL, 1, _definition(), END, "COUNTS", 0, END - YEAR, LIST


def _ranks(world: World) -> Iterator[Row]:
    for customer in range(1, world.customers + 1):
        yield LIST, customer, score(customer)


def _scores(world: World) -> Iterator[Row]:
    for customer in range(1, world.customers + 1):
        points = score(customer)
        yield BUILD, customer, MODEL, 0, points, points, "[]"


SCORE_TABLES = (
    Table(
        "scoring_model",
        (
            *("id", "name", "name_key", "status", "version", "definition", "published_version"),
            *("build_id", "is_primary", "actor_name", "created_at", "updated_at"),
        ),
        _models,
        lambda world: 1,
    ),
    Table(
        "scoring_build",
        (
            *("id", "model_id", "version", "definition", "landmark", "status", "reached"),
            *("created_at", "list_id"),
        ),
        _builds,
        lambda world: 1,
    ),
    Table(
        "customer_rank",
        ("list_id", "customer_id", "rank"),
        _ranks,
        lambda world: world.customers,
    ),
    Table(
        "customer_score",
        ("build_id", "customer_id", "model_id", "fading", "steady", "rank", "lines"),
        _scores,
        lambda world: world.customers,
    ),
)
