"""Which items a list shows."""

from dataclasses import replace

from touchline.domain.backlog import relations
from touchline.graphql.backlog.enums import BacklogItemState
from touchline.graphql.base.listing import Narrowing


def _values(given: list[BacklogItemState]) -> list[str]:
    return [str(one.value) for one in given]


STATES = Narrowing(
    "states",
    list[BacklogItemState] | None,
    replace(relations.IN_STATES, prepare=_values),
    "Only what stands so; by default all.",
)
