"""What a customer did that a condition speaks of."""

from touchline.domain.conditions.influence import affected_by
from touchline.domain.conditions.sql import Query
from touchline.domain.conditions.tree import Condition
from touchline.domain.staleness.facts import EVENT
from touchline.domain.timeline.relations import TOUCHPOINT

_EVENT, _TYPE = "event:", "type:"


def evidence(condition: Condition) -> Query:
    """The last touchpoint of a customer ``m`` of those that the condition speaks of: its id."""
    facts = affected_by(condition)
    names = sorted(fact.removeprefix(_EVENT) for fact in facts if fact.startswith(_EVENT))
    types = sorted(fact.removeprefix(_TYPE) for fact in facts if fact.startswith(_TYPE))
    if not names and not types and EVENT not in facts:
        return Query("CAST(NULL AS BIGINT)")
    said = []
    if EVENT not in facts:
        said += [f"t.name IN ({', '.join('?' * len(names))})"] if names else []
        said += [f"t.type IN ({', '.join('?' * len(types))})"] if types else []
    held = f" AND ({' OR '.join(said)})" if said else ""
    text = (
        f"(SELECT t.id FROM {TOUCHPOINT.table} t WHERE t.customer_id = m.customer_id{held}"
        " ORDER BY t.occurred_at DESC, t.id DESC LIMIT 1)"
    )
    return Query(text, (*names, *types) if said else ())
