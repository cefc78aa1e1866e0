"""Quicker ways to the rows of a list, where an index of another table keeps them in its order."""

from collections.abc import Mapping, Sequence
from typing import Any

from touchline.domain.kernel.relations import Lead, Relation
from touchline.graphql.base.facts import Order, PageFact
from touchline.graphql.base.filtering import condition_sql
from touchline.graphql.base.statements import Sql, both


def lead_of(
    fact: PageFact,
    relation: Relation,
    order: Order,
    standing: Sql,
    given: Mapping[str, Any],
    chosen: Mapping[str, Sql],
) -> tuple[Lead | None, Sql | None]:
    """The quicker way that there is in this order, one that a condition of the filter offers before
    those of the relation, and all conditions: ``chosen`` are those of the filter ``given``.
    """
    if fact.on or not order.columns:
        return None, None
    for name in chosen:
        condition = fact.filters.get(name)
        lead = condition.lead if condition else None
        if condition and lead and order.columns == (lead.order,):
            rest = [one for other, one in chosen.items() if other != name]
            own = condition_sql(condition, given[name], "u", lead.sql)
            return lead, _led(relation, lead, both(own, standing), rest)
    for lead in relation.leads:
        if order.columns == (lead.order,):
            return lead, _led(relation, lead, both(Sql(lead.sql), standing), [*chosen.values()])
    return None, None


def columns_of(relation: Relation, lead: Lead) -> Mapping[str, str]:
    """What stands for columns of the rows ``u`` on the way of a lead."""
    return {relation.column(name).read("u"): instead for name, instead in lead.names.items()}


def _led(relation: Relation, lead: Lead, own: Sql, chosen: Sequence[Sql]) -> Sql:
    """The conditions on the way of a lead: its own, and those of a filter."""
    found = both(*chosen)
    sorted_by = relation.column(lead.order).read("u")
    return both(own, Sql(found.text.replace(sorted_by, lead.names[lead.order]), found.params))
