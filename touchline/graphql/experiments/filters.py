"""Which experiments a list shows."""

from collections.abc import Sequence
from dataclasses import replace

import strawberry

from touchline.domain.experiments import relations
from touchline.graphql.base.fields import held
from touchline.graphql.experiments.enums import State


def _words(states: Sequence[State]) -> list[str]:
    return [str(state.value) for state in states]


@strawberry.input(description="Which experiments to show.")
class ExperimentFilter:
    """Filter of `experiments`."""

    states: list[State] | None = held(
        replace(relations.IN_STATES, prepare=_words), description="Only those in one of these."
    )
