"""From a condition to SQL for either database.

Each part becomes a set of customers, and parts are combined as sets: so a database can answer
each with an index or one pass over a table, whether it is asked for all customers or for a few.
It is the same SQL for both, with a bound for a few.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import orjson

from touchline.domain.conditions import touchpoints
from touchline.domain.conditions.comparing import compared
from touchline.domain.conditions.places import place, text_place
from touchline.domain.conditions.registry import kind_of
from touchline.domain.conditions.sql import CHOSEN, Members, Query, Range, Scope, joined, united
from touchline.domain.conditions.tree import (
    AccountTrait,
    All,
    Channel,
    Comparison,
    Condition,
    Did,
    Identifier,
    Not,
    Operator,
    Sequence,
    Trait,
    parts,
)
from touchline.domain.conditions.tree import Any as AnyOf
from touchline.domain.customers.relations import ACCOUNT_TRAIT, CUSTOMER, TRAIT
from touchline.domain.identity.relations import IDENTIFIER
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Dialect, dialect

Only = Collection[int] | Range | None
"""The customers in question: some by their ids, a range of ids, or all."""

_STANDS = CUSTOMER.standing.replace("{t}", "c")


def matching(
    condition: Condition,
    *,
    at: Moment,
    only: Only = None,
    spoken: Dialect | None = None,
) -> Query:
    """A statement that yields ``customer_id`` of those of whom the condition holds at ``at``.

    With ``only`` it looks at these customers alone. Customers that were merged into others are
    never among them. ``spoken`` is the dialect, by default that of the open database.
    """
    scope = _scope(at, spoken or dialect(), only)
    return _whole(_as_set(_members(condition, scope), scope), scope, only)


def next_instants(condition: Condition, *, at: Moment, only: Only = None) -> Query | None:
    """A statement that yields ``customer_id`` and ``wake_at``; ``None`` when time changes nothing.

    ``wake_at`` is later than ``at`` and never later than the first instant at which the answer
    of that customer changes although no fact does; it may be earlier.
    """
    scope = _scope(at, dialect(), only)
    found = _wakes(condition, scope)
    if not found:
        return None
    rows = scope.defined(united(found, "customer_id, wake_at", scope))
    text = f"SELECT customer_id, min(wake_at) AS wake_at FROM {rows} GROUP BY customer_id"
    return _whole(Query(text), scope, only)


def _scope(at: Moment, spoken: Dialect, only: Only) -> Scope:
    if isinstance(only, Range):
        return Scope(at, spoken, range=only)
    return Scope(at, spoken, only is not None)


def _whole(query: Query, scope: Scope, only: Only) -> Query:
    """The statement with all that was defined on the way, and the customers in question."""
    items = [f"d{at} AS ({one.text})" for at, one in enumerate(scope.definitions, 1)]
    params = [param for one in scope.definitions for param in one.params]
    if only is None or isinstance(only, Range):
        pass
    elif scope.is_postgres:
        items.insert(0, f"{CHOSEN}(id) AS (SELECT unnest(?::bigint[]))")
        params.insert(0, list(only))
    else:
        items.insert(0, f"{CHOSEN}(id) AS (SELECT value FROM json_each(?))")
        params.insert(0, orjson.dumps(list(only)).decode())
    start = f"WITH {', '.join(items)} " if items else ""
    return Query(start + query.text, (*params, *query.params))


def _members(condition: Condition, scope: Scope) -> Members:
    if isinstance(condition, Not):
        inner = _members(condition.of, scope)
        return Members(inner.query, not inner.outside)
    if isinstance(condition, All):
        return Members(_all([_members(part, scope) for part in condition.of], scope))
    if isinstance(condition, AnyOf):
        sets = [_as_set(_members(part, scope), scope) for part in condition.of]
        return Members(united(sets, "customer_id", scope))
    own = _LEAVES.get(type(condition))
    if own is not None:
        return own(condition, scope)
    return Members(_contributed(condition).members(condition, scope))


def _as_set(members: Members, scope: Scope) -> Query:
    """The standing customers among the members, each once."""
    return _all([members], scope)


def _all(members: Collection[Members], scope: Scope) -> Query:
    """Sets that are inside keep to the customers in question; the others have to be kept."""
    bound = scope.bound("c.id") if all(one.outside for one in members) else ""
    held = joined("AND", [_held(one, scope) for one in members])
    return Query(
        f"SELECT c.id AS customer_id FROM {CUSTOMER.table} c"
        f" WHERE {_STANDS}{bound} AND {held.text}",
        held.params,
    )


def _held(members: Members, scope: Scope) -> Query:
    """``NOT IN`` serves SQLite and makes PostgreSQL slow, ``NOT EXISTS`` the other way round."""
    name = scope.defined(members.query)
    if not members.outside:
        return Query(f"c.id IN (SELECT customer_id FROM {name})")
    if not scope.is_postgres:
        return Query(f"c.id NOT IN (SELECT customer_id FROM {name})")
    return Query(f"NOT EXISTS (SELECT 1 FROM {name} x WHERE x.customer_id = c.id)")


def _trait(leaf: Trait, scope: Scope) -> Members:
    test, outside = _positive(leaf.test)
    held = compared(place("t.value", (), scope), test)
    return Members(
        Query(
            f"SELECT t.customer_id FROM {TRAIT.table} t"
            f" WHERE t.name = ?{scope.bound('t.customer_id')} AND {held.text}",
            (leaf.name, *held.params),
        ),
        outside,
    )


def _account_trait(leaf: AccountTrait, scope: Scope) -> Members:
    test, outside = _positive(leaf.test)
    held = compared(place("t.value", (), scope), test)
    return Members(
        Query(
            f"SELECT a.id AS customer_id FROM {CUSTOMER.table} a"
            f" JOIN {ACCOUNT_TRAIT.table} t ON t.account_id = a.account_id"
            f" WHERE t.name = ?{scope.bound('a.id')} AND {held.text}",
            (leaf.name, *held.params),
        ),
        outside,
    )


def _identifier(leaf: Identifier, scope: Scope) -> Members:
    test, outside = _positive(leaf.test or Comparison(Operator.EXISTS))
    held = compared(text_place("t.value", scope), test)
    return Members(
        Query(
            f"SELECT t.customer_id FROM {IDENTIFIER.table} t WHERE t.customer_id IS NOT NULL"
            f" AND t.kind = ?{scope.bound('t.customer_id')} AND {held.text}",
            (leaf.kind, *held.params),
        ),
        outside,
    )


def _positive(test: Comparison) -> tuple[Comparison, bool]:
    """What is missing has no row: it is all that has none."""
    missing = test.operator is Operator.MISSING
    return (Comparison(Operator.EXISTS), True) if missing else (test, False)


def _wakes(condition: Condition, scope: Scope) -> list[Query]:
    below = parts(condition)
    if below:
        return [wake for part in below for wake in _wakes(part, scope)]
    if type(condition) in _LEAVES:
        own = _WAKES.get(type(condition))
        return [own(condition, scope)] if own is not None else []
    wakes = _contributed(condition).wakes(condition, scope)
    return [wakes] if wakes is not None else []


def _contributed(condition: Condition) -> Any:
    kind = kind_of(condition)
    if kind is None:
        raise LookupError(f"no capability has contributed {type(condition).__name__}")
    return kind


_LEAVES: Mapping[type[Any], Callable[[Any, Scope], Members]] = {
    Trait: _trait,
    AccountTrait: _account_trait,
    Identifier: _identifier,
    Did: touchpoints.did,
    Sequence: touchpoints.sequence,
    Channel: touchpoints.channel,
}
_WAKES: Mapping[type[Any], Callable[[Any, Scope], Query]] = {
    Did: touchpoints.did_wakes,
    Sequence: touchpoints.sequence_wakes,
    Channel: touchpoints.channel_wakes,
}
