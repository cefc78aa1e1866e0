"""Plans for the objects below a payload: of a mutation, or of a message of a subscription.

A payload is a Python object that holds keys. What a document selects of the rows behind them is
one statement for each key, as below the root of a query.
"""

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import structlog
from graphql import GraphQLObjectType, get_named_type, is_object_type
from graphql.execution import Executor
from graphql.execution.collect_fields import FieldDetailsList, GroupedFieldSet, collect_subfields
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from touchline.domain.kernel.errors import Forbidden
from touchline.domain.kernel.ids import global_id
from touchline.graphql.base.facts import IdFact, KeptKeyFact
from touchline.graphql.base.places import Target
from touchline.graphql.base.wiring import fact_of
from touchline.graphql.context import Context
from touchline.graphql.engine.footprint import Footprint
from touchline.graphql.engine.planning.compiler import Site
from touchline.graphql.engine.planning.plan import Root, case_of
from touchline.graphql.engine.planning.roots import compile_kept
from touchline.graphql.engine.planning.shapes import Uncovered
from touchline.graphql.engine.planning.statement import Statement, Statements
from touchline.graphql.engine.planning.stopping import is_stop
from touchline.graphql.engine.planning.writing import MARK

log = structlog.get_logger(__name__)

_KEPT_ENTRIES = 32
_ENTRY = 3_000  # bytes, by estimate


@dataclass(slots=True)
class Entry:
    """The plan of one place below a payload.

    Of an object that stands for certain, ``known`` are the fields that its key tells, if these are
    all: whether it is its id, or the name of its type.
    """

    root: Root
    attribute: str
    known: Mapping[str, bool] | None = None
    weight: int = 0
    statements: Statements = field(default_factory=Statements)

    async def read(self, key: int, executor: Executor[Any]) -> Any:
        """The selected object; raises whatever makes it a matter of normal execution."""
        statement, row = await self._found(key, executor)
        return statement.values(row)[0]

    async def text(self, key: int, executor: Executor[Any]) -> bytes | None:
        """The same as JSON; ``None`` makes it a matter of normal execution, too."""
        if self.known is not None:
            self._check(executor)
            return orjson.dumps(self.told(key)) + MARK.encode() * self.weight
        statement, row = await self._found(key, executor)
        text: bytes = row[0]
        return text if statement.is_final and text != b"null" else None

    def told(self, key: int) -> dict[str, str]:
        """What the key alone tells."""
        target, known = self.root.site.target, self.known
        assert target is not None
        assert known is not None
        name = target.type_name
        return {place: global_id(name, key) if is_id else name for place, is_id in known.items()}

    async def _found(self, key: int, executor: Executor[Any]) -> tuple[Statement, Any]:
        self._check(executor)
        filled = self.root.outline(executor.variable_values, {}).at(key)
        return await self.statements.read([filled])

    def _check(self, executor: Executor[Any]) -> None:
        context: Context = executor.context_value
        self.root.check(context.actor)


class Entries:
    """The entries of one document."""

    def __init__(
        self, nodes: Mapping[str, Target], deciding: tuple[str, ...], footprint: Footprint
    ) -> None:
        self._nodes = nodes
        self._deciding = deciding
        self._footprint = footprint
        self._kept: dict[Any, Entry | None] = {}
        self._cases: set[Any] = set()

    def find(
        self, executor: Executor[Any], kind: GraphQLObjectType, details: FieldDetailsList, at: Path
    ) -> Entry | None:
        """The entry of a place, compiled when it is new; ``None`` where it is not covered."""
        definition = kind.fields.get(details[0].node.name.value)
        fact = fact_of(definition) if definition else None
        if not isinstance(fact, KeptKeyFact) or fact.many:
            return None
        keys = tuple(key for key in at.as_list() if isinstance(key, str))
        case = case_of(executor.operation, executor.variable_values.coerced, self._deciding)
        place = (kind.name, keys, case)
        if place not in self._kept and len(self._kept) < _KEPT_ENTRIES:
            self._kept[place] = self._compiled(executor, kind, details, fact)
            self._footprint.add(_ENTRY if case in self._cases else _ENTRY + self._footprint.plan)
            self._cases.add(case)
        return self._kept.get(place)

    def _compiled(
        self,
        executor: Executor[Any],
        kind: GraphQLObjectType,
        details: FieldDetailsList,
        fact: KeptKeyFact,
    ) -> Entry | None:
        try:
            root = compile_kept(executor, self._nodes, kind, details)
        except Uncovered:
            return None
        known = _known(executor, root.site) if fact.certain else None
        statements = Statements(self._footprint)
        return Entry(root, fact.attribute, known, root.site.weight, statements)


def _known(executor: Executor[Any], site: Site) -> dict[str, bool] | None:
    """The fields below that the key tells, by their keys in the answer; ``None`` where more is."""
    kind = get_named_type(site.definition.type)
    assert is_object_type(kind)
    known: dict[str, bool] = {}
    for place, details in subfields(executor, kind, site.details).items():
        name = details[0].node.name.value
        fact = None if name == "__typename" else fact_of(kind.fields[name])
        if name != "__typename" and not (isinstance(fact, IdFact) and fact.column == "id"):
            return None
        known[place] = fact is not None
    return known


def subfields(
    executor: Executor[Any], kind: GraphQLObjectType, details: FieldDetailsList
) -> GroupedFieldSet:
    """What is selected below a field, by the keys in the answer."""
    return collect_subfields(
        executor.schema,
        executor.fragments,
        executor.variable_values,
        executor.operation,
        kind,
        details,
    ).grouped_field_set


class TooMany(BaseException):
    """An answer holds more objects than anybody is given.

    Of an exception GraphQL would make an error, null the field and go on with all the others.
    """


class EnteringExecutor(StrawberryGraphQLCoreExecutionContext):
    """GraphQL's executor, which leaves the objects below payloads to plans.

    It makes an answer of a few objects in a millisecond, and waits for nobody meanwhile: so there
    is an end to them.
    """

    most_objects = 20_000
    shown = 0

    def complete_object_value(self, *place: Any) -> Any:
        """Complete one object; raises ``TooMany``."""
        self.shown += 1
        if self.shown > self.most_objects:
            raise TooMany
        return super().complete_object_value(*place)

    def execute_field(
        self,
        parent_type: GraphQLObjectType,
        source: Any,
        field_details_list: FieldDetailsList,
        path: Path,
        position_context: Any,
    ) -> Any:
        """Execute one field, by its plan if it has one."""
        place = (parent_type, source, field_details_list, path, position_context)
        entries: Entries | None = self.context_value.entries
        entry = entries and entries.find(self, parent_type, field_details_list, path)
        key = getattr(source, entry.attribute, None) if entry else None
        if not entry or key is None:
            return super().execute_field(*place)
        return self._entered(entry, key, place)

    async def _entered(self, entry: Entry, key: int, place: tuple[Any, ...]) -> Any:
        try:
            return await entry.read(key, self)
        except Forbidden:
            pass  # normal execution says it in its place
        except Exception as error:
            if not is_stop(error):
                log.warning("plan left aside", error=repr(error))
        rest: Any = super().execute_field(*place)
        return await rest if isinstance(rest, Awaitable) else rest
