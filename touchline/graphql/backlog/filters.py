"""Which items a list shows."""

from dataclasses import replace
from typing import Any

import strawberry

from touchline.domain.backlog import cycle_relations, relations
from touchline.domain.backlog.types import ORDERED
from touchline.domain.kernel.relations import Kind
from touchline.graphql.backlog.enums import BacklogItemState
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.filtering import listed
from touchline.graphql.base.listing import Narrowing


def _of_states(given: list[BacklogItemState]) -> tuple[str, tuple[Any, ...]]:
    """Where all of them stand in the ordered list, no rank behind it need be read."""
    states = sorted({str(one.value) for one in given})
    said = listed(relations.IN_STATES.sql, Kind.TEXT, states)
    in_list = f" AND {relations.IN_LIST}" if all(state in ORDERED for state in states) else ""
    return said.text + in_list, said.params


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
    replace(relations.IN_STATES, write=_of_states),
    "Only what stands so; by default all.",
)
