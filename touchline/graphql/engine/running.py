"""One operation on its way: checked, with its variables understood."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import OperationDefinitionNode
from graphql.execution import Executor
from graphql.execution.values import VariableValues

from touchline.graphql.base.windows import Window
from touchline.graphql.context import Context


@dataclass(slots=True)
class Run:
    """What a plan needs of an operation; ``executor`` is made for what no plan covers.

    ``windows`` are the arguments of connections that are understood already, by the ``id`` of
    their field in the document.
    """

    operation: OperationDefinitionNode
    variables: VariableValues
    context: Context
    make_executor: Callable[[], Executor[Any]]
    windows: dict[int, Window] = field(default_factory=dict)
    _executor: Executor[Any] | None = None

    @property
    def executor(self) -> Executor[Any]:
        """GraphQL's own way to run it, field by field."""
        if self._executor is None:
            self._executor = self.make_executor()
        return self._executor
