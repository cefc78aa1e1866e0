"""Answers queries by compiled plans, and leaves to normal execution what they do not cover.

Whatever is unusual (a caller who may not, arguments that are refused, data that breaks the
schema's promises) is left to normal execution too: it alone makes errors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    VariableNode,
)
from graphql.execution import Executor
from graphql.execution.collect_fields import GroupedFieldSet, collect_fields
from graphql.language import DirectiveNode, Visitor, visit

from touchline.domain.kernel.errors import AskedTooMuch, DomainError
from touchline.graphql.base.wiring import node_targets
from touchline.graphql.engine.footprint import Footprint
from touchline.graphql.engine.planning.changing import Change, compile_change
from touchline.graphql.engine.planning.entering import Entries
from touchline.graphql.engine.planning.plan import (
    Filled,
    Root,
    case_of,
)
from touchline.graphql.engine.planning.roots import AnyObject, compile_root
from touchline.graphql.engine.planning.shapes import Uncovered
from touchline.graphql.engine.planning.statement import Spliced, Statements, splice
from touchline.graphql.engine.planning.stopping import is_stop
from touchline.graphql.engine.running import Run

log = structlog.get_logger(__name__)

_KEPT_PLANS = 16
_TOO_DEEP = "parser stack overflow"  # most builds of SQLite nest a hundred deep


@dataclass(slots=True)
class Plan:
    """An operation for one assignment of the variables that its directives name.

    ``too_deep`` says that the database cannot parse its statement; ``flat`` that this is so of the
    statement that works out everything, and Python completes what this one finds.
    """

    fields: GroupedFieldSet
    roots: Mapping[str, Root | AnyObject]
    reasons: Mapping[str, str]
    statements: Statements = field(default_factory=Statements)
    flat: bool = False
    too_deep: bool = False


@dataclass(slots=True)
class Plans:
    """The plans of one document."""

    footprint: Footprint
    deciding: tuple[str, ...] = ()
    entries: Entries | None = None
    kept: dict[Any, Plan] = field(default_factory=dict)
    changes: dict[Any, Change | None] = field(default_factory=dict)

    def keep(self, case: Any, plan: Plan) -> None:
        """Keep the plan of a case, with what will be made of it."""
        self.kept[case] = plan
        plan.statements.footprint = self.footprint
        self.footprint.add(self.footprint.plan)


class Planner:
    """Compiles and runs the queries of one schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._nodes = node_targets(schema) if "Node" in schema.type_map else {}

    def entries(self, plans: Plans) -> Entries:
        """The plans for what stands below the payloads of a document."""
        if plans.entries is None:
            plans.entries = Entries(self._nodes, plans.deciding, plans.footprint)
        return plans.entries

    def plan(self, plans: Plans, run: Run) -> Plan:
        """The plan of an operation, compiled when it is new."""
        case = case_of(run.operation, run.variables.coerced, plans.deciding)
        known = plans.kept.get(case)
        if known is None:
            known = self.compile(run.executor)
            if len(plans.kept) < _KEPT_PLANS:
                plans.keep(case, known)
        return known

    async def run(self, plans: Plans, run: Run) -> ExecutionResult | Spliced | None:
        """The result of a query; ``None`` when no part of it is covered."""
        if run.operation.operation is not OperationType.QUERY or not self._nodes:
            return None
        try:
            plan = self.plan(plans, run)
        except Exception as error:
            log.warning("operation not compiled", error=repr(error))
            return None
        found = await _found(plan, run)
        if plan.too_deep and not plan.flat:
            plan = self._flattened(plans, run)
            found = await _found(plan, run)
        if isinstance(found, Spliced):
            return found
        if not found:
            return None
        left = {key: below for key, below in plan.fields.items() if key not in found}
        if not left:
            return ExecutionResult({key: found[key] for key in plan.fields}, None)
        return await _with_rest(run.executor, plan.fields, found, left)

    def _flattened(self, plans: Plans, run: Run) -> Plan:
        """Another plan in the place of one whose statement cannot be parsed."""
        flat = self.compile(run.executor, flat=True)
        case = case_of(run.operation, run.variables.coerced, plans.deciding)
        if case in plans.kept:
            plans.keep(case, flat)
        return flat

    async def change(self, plans: Plans, run: Run, weight: int) -> ExecutionResult | Spliced | None:
        """Do what a mutation asks for, which costs ``weight`` besides the objects that it shows.

        ``None`` says that nothing is done yet, and the mutation is not covered.
        """
        if not self._nodes:
            return None
        case = case_of(run.operation, run.variables.coerced, plans.deciding)
        if case not in plans.changes and len(plans.changes) < _KEPT_PLANS:
            plans.changes[case] = compile_change(run.executor, self.entries(plans))
        change = plans.changes.get(case)
        return None if change is None else await change.run(run, weight)

    def compile(self, executor: Executor[Any], *, flat: bool = False) -> Plan:
        """Compile every root field that can be, in the dialect that is spoken."""
        kind = executor.schema.query_type
        assert kind is not None
        fields = collect_fields(
            executor.schema,
            executor.fragments,
            executor.variable_values,
            kind,
            executor.operation,
        ).grouped_field_set
        roots: dict[str, Root | AnyObject] = {}
        reasons: dict[str, str] = {}
        for key, details in fields.items():
            try:
                roots[key] = compile_root(executor, self._nodes, kind, details, flat=flat)
            except Uncovered as reason:
                reasons[key] = str(reason)
        return Plan(fields, roots, reasons, flat=flat)


async def _found(plan: Plan, run: Run) -> dict[str, Any] | Spliced:
    context = run.context
    filled: dict[str, Filled] = {}
    for key, root in plan.roots.items():
        try:
            filled[key] = await root.fill(run)
        except (DomainError, GraphQLError, Uncovered):  # normal execution says it in its place
            continue
    if not filled or plan.too_deep:
        return {}
    asked = list(filled.values())
    try:
        statement, row = await plan.statements.read(asked)
        if statement.is_final and len(filled) == len(plan.fields):
            return splice(list(filled), row)
        return dict(zip(filled, statement.values(row), strict=True))
    except AskedTooMuch:  # field by field it would take longer still
        raise
    except Exception as error:
        plan.too_deep = _TOO_DEEP in str(error)
        if not is_stop(error) and not (plan.too_deep and not plan.flat):
            log.warning("plan left aside", request_id=context.request_id, error=repr(error))
        return {}


async def _with_rest(
    executor: Executor[Any],
    fields: GroupedFieldSet,
    found: dict[str, Any],
    left: GroupedFieldSet,
) -> ExecutionResult:
    """Run the fields that are left as GraphQL runs any, and put all in order."""
    kind = executor.schema.query_type
    assert kind is not None
    try:
        rest = executor.execute_fields(kind, executor.root_value, None, left, None)
        data = await rest if executor.is_awaitable(rest) else rest
    except GraphQLError as error:
        executor.collected_errors.add(error, None)
        return ExecutionResult(None, executor.collected_errors.errors)
    assert isinstance(data, dict)
    together = {key: found[key] if key in found else data[key] for key in fields}
    return ExecutionResult(together, executor.collected_errors.errors or None)


def plans_of(document: DocumentNode, footprint: Footprint) -> Plans:
    """Where the plans of a document will be kept."""
    visitor = _Directives()
    visit(document, visitor)
    return Plans(footprint, tuple(sorted(set(visitor.names))))


class _Directives(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def enter_directive(self, node: DirectiveNode, *_rest: Any) -> None:
        for argument in node.arguments or ():
            if isinstance(argument.value, VariableNode):
                self.names.append(argument.value.name.value)
