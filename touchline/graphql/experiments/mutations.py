"""Planning, beginning and ending experiments."""

from typing import Annotated

import strawberry

from touchline.domain.experiments import drafting, service
from touchline.graphql.base.errors import read_id
from touchline.graphql.base.fields import resolved
from touchline.graphql.base.inputs import Given
from touchline.graphql.base.permissions import TEAM
from touchline.graphql.experiments.inputs import ExperimentCreateInput, ExperimentStartInput
from touchline.graphql.experiments.payloads import (
    ExperimentCreatePayload,
    ExperimentRefreshPayload,
    ExperimentStartPayload,
    ExperimentStopPayload,
)
from touchline.graphql.experiments.reading import read_experiment

ExperimentId = Annotated[
    strawberry.ID, strawberry.argument(name="id", description="The id of the experiment.")
]


@strawberry.type(description="Changes of experiments.")
class ExperimentMutation:
    """Part of the mutation root."""

    @resolved(
        permission=TEAM,
        cost=50,
        description="Write an experiment down, and plan how many people it needs.",
    )
    async def experiment_create(
        self, info: strawberry.Info, given: Given[ExperimentCreateInput]
    ) -> ExperimentCreatePayload | None:
        new = await read_experiment(given)
        experiment = await drafting.create_experiment(info.context.actor, new)
        return ExperimentCreatePayload(experiment_key=experiment)

    @resolved(permission=TEAM, description="Begin: people are seen from now on.")
    async def experiment_start(
        self, info: strawberry.Info, given: Given[ExperimentStartInput]
    ) -> ExperimentStartPayload | None:
        experiment = read_id(given.id, "input.id", "Experiment")
        await service.start_experiment(info.context.actor, experiment, reason=given.reason)
        return ExperimentStartPayload(experiment_key=experiment)

    @resolved(
        permission=TEAM,
        cost=50,
        description="End an experiment before its time, and freeze its figures.",
    )
    async def experiment_stop(
        self, info: strawberry.Info, experiment_id: ExperimentId
    ) -> ExperimentStopPayload | None:
        experiment = read_id(experiment_id, "id", "Experiment")
        await service.stop_experiment(info.context.actor, experiment)
        return ExperimentStopPayload(experiment_key=experiment)

    @resolved(
        permission=TEAM,
        cost=50,
        description=(
            "Work out now what an experiment has shown; a worker does so by itself within "
            "seconds of what changes it. What is frozen stays."
        ),
    )
    async def experiment_refresh(
        self, info: strawberry.Info, experiment_id: ExperimentId
    ) -> ExperimentRefreshPayload | None:
        experiment = read_id(experiment_id, "id", "Experiment")
        await service.refresh_experiment(info.context.actor, experiment)
        return ExperimentRefreshPayload(experiment_key=experiment)
