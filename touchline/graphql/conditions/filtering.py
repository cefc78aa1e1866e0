"""A condition as a filter of a list of customers."""

from typing import Any

from strawberry.schema.config import StrawberryConfig
from strawberry.schema.types.scalar import DEFAULT_SCALAR_REGISTRY as COMMON
from strawberry.types.arguments import convert_argument

from touchline.domain.conditions.compiling import matching
from touchline.domain.conditions.validation import check_shape
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.relations import Condition, Kind
from touchline.graphql.base.errors import bad_input
from touchline.graphql.base.scalars import SCALARS
from touchline.graphql.base.statements import spoken
from touchline.graphql.conditions.inputs import ConditionInput
from touchline.graphql.conditions.reading import read_condition

_COST = 50
"""As much as a mutation costs that judges all customers."""
_CONFIG = StrawberryConfig()
_SCALARS = {**COMMON, **SCALARS}


def _write(given: Any) -> tuple[str, tuple[Any, ...]]:
    """What a condition means now; names the part of it that cannot be answered."""
    said: Any = convert_argument(given, ConditionInput, _SCALARS, _CONFIG)
    path = ("filter", "matches")
    try:
        condition = read_condition(said, path)
        check_shape(condition, path)
    except Refused as error:
        place = ".".join(map(str, error.path))
        raise bad_input(f"`{place}`: {error.message}", place) from None
    query = matching(condition, at=now(), spoken=spoken())
    return f"{{t}}.id IN ({query.text})", query.params


MATCHES = Condition("", Kind.JSON, varies=True, write=_write, cost=_COST)
"""Filters customers by anything that a rule or a segment may say."""
