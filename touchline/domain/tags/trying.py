"""What publishing a rule would do; nothing is changed."""

from collections.abc import Sequence
from dataclasses import dataclass

from touchline.domain.conditions.compiling import matching
from touchline.domain.conditions.queries import sample
from touchline.domain.conditions.storage import from_json
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch
from touchline.domain.tags.rules import RuleEffect, found_rule

_SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """Of how many customers the rule would hold, how many of them are new, and who would go."""

    matched: int
    added: int
    removed: int
    sample: Sequence[int]


async def try_rule(actor: Actor, rule_id: int) -> Trial:
    """Hold a rule as it is written against all customers."""
    actor.require(Scope.READ)
    rule = await found_rule(rule_id)
    condition, at = from_json(rule["condition"]), now()
    query = matching(condition, at=at)
    (row,) = await fetch(
        "SELECT count(*) AS matched, count(h.id) AS stay,"
        " (SELECT count(*) FROM tag_hold WHERE rule_id = ?) AS held"
        f" FROM ({query.text}) m LEFT JOIN tag_hold h"
        " ON h.customer_id = m.customer_id AND h.rule_id = ?",
        [rule_id, *query.params, rule_id],
    )
    goes = rule["effect"] != RuleEffect.ADD
    removed = row["held"] - row["stay"] if goes else 0
    found = await sample(condition, at=at, limit=_SAMPLE)
    return Trial(row["matched"], row["matched"] - row["stay"], removed, found)
