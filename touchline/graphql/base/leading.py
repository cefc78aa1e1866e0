"""Quicker ways to the rows of a list, where an index of another table keeps them in its order."""

from collections.abc import Mapping
from typing import Any

from touchline.domain.kernel.relations import Lead, Relation
from touchline.graphql.base.facts import Order, PageFact
from touchline.graphql.base.statements import Sql, both, condition_sql, filter_sql


def lead_of(
    fact: PageFact,
    relation: Relation,
    order: Order,
    standing: Sql,
    given: Mapping[str, Any] | None,
) -> tuple[Lead | None, Sql | None]:
    """The quicker way that there is in this order, one that a condition of the filter offers before
    those of the relation, and all conditions.
    """
    if fact.on or not order.columns:
        return None, None
    for name, condition in fact.filters.items():
        value, lead = (given or {}).get(name), condition.lead
        if value is not None and lead and order.columns == (lead.order,):
            rest = {other: one for other, one in (given or {}).items() if other != name}
            own = condition_sql(condition, value, "u", lead.sql)
            return lead, _led(fact, relation, lead, both(own, standing), rest)
    for lead in relation.leads:
        if order.columns == (lead.order,):
            return lead, _led(fact, relation, lead, both(Sql(lead.sql), standing), given)
    return None, None


def columns_of(relation: Relation, lead: Lead) -> Mapping[str, str]:
    """What stands for columns of the rows ``u`` on the way of a lead."""
    return {relation.column(name).read("u"): instead for name, instead in lead.names.items()}


def _led(
    fact: PageFact, relation: Relation, lead: Lead, own: Sql, given: Mapping[str, Any] | None
) -> Sql:
    """The conditions on the way of a lead: its own, and those of a filter."""
    found = filter_sql(fact.filters, given, "u")
    sorted_by = relation.column(lead.order).read("u")
    return both(own, Sql(found.text.replace(sorted_by, lead.names[lead.order]), found.params))
