"""What the tables were before each step of a migration, worked out only where a step asks for it.

Tortoise renders every model anew before every operation, and for each prepares queries that no
migration runs: the time of a first start grew with the square of the number of tables.
"""

from typing import Any

from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps

Models = dict[tuple[str, str], ModelState]


class Executor(MigrationExecutor):
    """Tortoise's executor, over states that are rendered when they are looked at."""

    async def _project_state(self, *args: Any, **options: Any) -> State:
        state = await super()._project_state(*args, **options)
        return _State(state.models, _Tables(default_connections=state.apps._default_connections))


class _Tables(StateApps):
    """Models of which only the tables are needed."""

    def _build_initial_querysets(self) -> None:
        return


class _State(State):
    """Models, and their rendering by ``tables`` on first use."""

    def __init__(self, models: Models, tables: StateApps) -> None:
        self.models = models
        self._tables = tables
        self._rendered: StateApps | None = None

    @property
    def apps(self) -> StateApps:  # type: ignore[override]
        """The rendered models."""
        if self._rendered is None:
            self._rendered = self._tables.clone(model_states=self.models)
        return self._rendered

    def clone(self) -> State:
        """A state of its own, as this one is now."""
        return _State({key: model.clone() for key, model in self.models.items()}, self._tables)
