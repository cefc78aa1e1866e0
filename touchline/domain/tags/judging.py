"""Bringing the tags of stale customers up to date."""

from touchline.domain.conditions.influence import Index, affected_by
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged
from touchline.domain.tags.reporting import LIST, report
from touchline.domain.tags.ruling import Published, hold, in_force, owner_of
from touchline.domain.tags.settling import EXPIRY, settle

_LIST = frozenset({facts.trait(LIST)})


async def judge(judged: Judged) -> None:
    """Hold the rules that a change touches against the customer, read what sources say, and weigh
    what came of it.
    """
    rules = await in_force()
    changed = {
        customer
        for customer, told in judged.facts.items()
        if facts.EVERYTHING in told or facts.is_due(told, EXPIRY)
    }
    changed |= await report(judged.touched(_LIST), judged.at)
    for rule, customers in _touched(rules, judged):
        changed |= await hold(rule, judged.at, customers)
    await settle(changed, judged.at)


def _touched(rules: list[Published], judged: Judged) -> list[tuple[Published, list[int]]]:
    """Each rule with the customers of whom it may say something else now."""
    by_id = {rule.id: rule for rule in rules}
    index = Index(
        {rule.id: {*affected_by(rule.condition), facts.due(owner_of(rule.id))} for rule in rules}
    )
    found: dict[int, list[int]] = {}
    for customer, told in sorted(judged.facts.items()):
        for rule_id in index.touched(told):
            found.setdefault(rule_id, []).append(customer)
    return [(by_id[rule_id], customers) for rule_id, customers in sorted(found.items())]
