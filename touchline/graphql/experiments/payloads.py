"""Answers to changes of experiments."""

import strawberry

from touchline.graphql.base.errors import UserError
from touchline.graphql.base.fields import attribute, kept
from touchline.graphql.base.payload import answer_to, mendable, refusals
from touchline.graphql.experiments.enums import ExperimentErrorCode
from touchline.graphql.experiments.types import Experiment
from touchline.graphql.payload import Answer


@mendable("an experiment")
class ExperimentUserError(UserError):
    """The user error of the capability."""

    code: ExperimentErrorCode = attribute(description="What is wrong.")


@answer_to("experimentCreate")
class ExperimentCreatePayload(Answer):
    """The new experiment."""

    user_errors: list[ExperimentUserError] = refusals()
    experiment_key: strawberry.Private[int | None] = None
    experiment: Experiment | None = kept("experiment_key", description="The new experiment.")


@answer_to("experimentStart")
class ExperimentStartPayload(Answer):
    """The experiment under way."""

    user_errors: list[ExperimentUserError] = refusals()
    experiment_key: strawberry.Private[int | None] = None
    experiment: Experiment | None = kept("experiment_key", description="The experiment.")


@answer_to("experimentStop")
class ExperimentStopPayload(Answer):
    """The experiment with its last figures."""

    user_errors: list[ExperimentUserError] = refusals()
    experiment_key: strawberry.Private[int | None] = None
    experiment: Experiment | None = kept("experiment_key", description="The experiment.")


@answer_to("experimentRefresh")
class ExperimentRefreshPayload(Answer):
    """The experiment as of now."""

    user_errors: list[ExperimentUserError] = refusals()
    experiment_key: strawberry.Private[int | None] = None
    experiment: Experiment | None = kept("experiment_key", description="The experiment.")
