"""A condition as it is kept."""

import strawberry

from touchline.domain.conditions.relations import CONDITION
from touchline.domain.conditions.storage import from_json
from touchline.domain.kernel.db import Row
from touchline.graphql.base.fields import column, expression, global_id
from touchline.graphql.base.permissions import READ
from touchline.graphql.base.scalars import JSON
from touchline.graphql.base.types import entity
from touchline.graphql.conditions.writing import written


def _definition(row: Row) -> JSON:
    return JSON(written(from_json(row["condition"])))


@entity(CONDITION, permission=READ, description="What must hold of a customer.")
class Condition:
    """Shown of the row that keeps it."""

    id: strawberry.ID = global_id(
        "condition_id", description="The global id; to be kept and compared, not taken apart."
    )
    summary: str = column(
        "condition_summary",
        description="The condition in plain English, by the present names of what it speaks of.",
    )
    definition: JSON = expression(
        _definition,
        needs=("condition",),
        description="The condition in the shape of a `ConditionInput`, to be sent back changed.",
    )
