"""Bringing the tags of stale customers up to date."""

from touchline.domain.conditions.influence import Index
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged
from touchline.domain.tags.holding import Touched, hold_each
from touchline.domain.tags.reporting import LIST, report
from touchline.domain.tags.ruling import Published, in_force, owner_of
from touchline.domain.tags.settling import EXPIRY, settle

_LIST = frozenset({facts.trait(LIST)})
_Rules = tuple[dict[int, Published], Index[int]]


async def judge(judged: Judged) -> None:
    """Hold the rules that a change touches against the customer, read what sources say, and weigh
    what came of it.
    """
    changed = {
        customer
        for customer, told in judged.facts.items()
        if facts.EVERYTHING in told or facts.is_due(told, EXPIRY)
    }
    changed |= await report(judged.touched(_LIST), judged.at)
    changed |= await hold_each(_touched(await judged.once(_rules), judged), judged.at)
    await settle(changed, judged.at)


async def _rules() -> _Rules:
    """The rules in force, and which of them a fact can change."""
    rules = {rule.id: rule for rule in await in_force()}
    touching = {one.id: {*one.affected_by, facts.due(owner_of(one.id))} for one in rules.values()}
    return rules, Index(touching)


def _touched(rules: _Rules, judged: Judged) -> list[Touched]:
    """Each rule with the customers of whom it may say something else now."""
    by_id, index = rules
    found: dict[int, list[int]] = {}
    for customer, told in sorted(judged.facts.items()):
        for rule_id in index.touched(told):
            found.setdefault(rule_id, []).append(customer)
    return [(by_id[rule_id], customers) for rule_id, customers in sorted(found.items())]
