"""Root fields that read experiments."""

import strawberry

from touchline.graphql.base.facts import Order
from touchline.graphql.base.fields import connection, found, lookup
from touchline.graphql.base.paging import Connection
from touchline.graphql.base.permissions import READ
from touchline.graphql.experiments.filters import ExperimentFilter
from touchline.graphql.experiments.reading import find_arm
from touchline.graphql.experiments.types import Experiment, ExperimentArm


@strawberry.type(description="Reads of experiments.")
class ExperimentQuery:
    """Part of the query root."""

    experiment: Experiment | None = lookup(permission=READ, description="One by its id.")
    experiments: Connection[Experiment] | None = connection(
        "experiments",
        order=Order(("created_at",), descending=True),
        filters=ExperimentFilter,
        permission=READ,
        description="All experiments, the newest first.",
    )
    experiment_arm: ExperimentArm | None = found(
        find_arm,
        {"experiment": "The id of the experiment.", "customer": "The id of the customer."},
        kind=strawberry.ID,
        permission=READ,
        description=(
            "The arm that a customer is to be shown: drawn by a hash of both, the same whenever "
            "one asks, and after a merge that of the customer they became. Null when it is over."
        ),
    )
