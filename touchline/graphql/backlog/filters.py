"""Which items a list shows."""

from dataclasses import replace

import strawberry

from touchline.domain.backlog import cycle_relations, relations
from touchline.graphql.backlog.enums import BacklogItemState
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.listing import Narrowing


def _values(given: list[BacklogItemState]) -> list[str]:
    return [str(one.value) for one in given]


def _backlog(given: str) -> int:
    return read_id(given, "backlogId", "Backlog")


OF_BACKLOG = Narrowing(
    "backlog_id",
    strawberry.ID,
    replace(cycle_relations.OF_BACKLOG, prepare=_backlog),
    "The backlog whose cycles are shown.",
)
STATES = Narrowing(
    "states",
    list[BacklogItemState] | None,
    replace(relations.IN_STATES, prepare=_values),
    "Only what stands so; by default all.",
)
