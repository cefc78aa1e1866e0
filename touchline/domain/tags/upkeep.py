"""Working out anew what rules say of tags, and comparing it with what stands."""

from dataclasses import dataclass

from touchline.domain.customers.queries import standing_after
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.rehearsing import rehearsed
from touchline.domain.staleness.queries import waiting_among
from touchline.domain.staleness.service import hold_judgement
from touchline.domain.tags.reporting import report
from touchline.domain.tags.ruling import apply, in_force
from touchline.domain.tags.settling import settle

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """Of whom holding a rule against everybody said something else than before.

    ``rule`` is empty for the weighing of all tags.
    """

    rule: str
    matched: int
    customers: frozenset[int]

    @property
    def changed(self) -> int:
        """Of how many."""
        return len(self.customers)


async def rebuild() -> list[Rebuilt]:
    """Hold all rules in force against all customers, and weigh all tags anew."""
    return await in_transaction(_rebuild)


async def differences() -> list[Rebuilt]:
    """What a rebuild would change; nothing is changed.

    Customers that wait to be judged are left out.
    """
    told = await rehearsed(_rebuild)
    waiting = await waiting_among({one for rebuilt in told for one in rebuilt.customers})
    return [
        Rebuilt(one.rule, one.matched, customers)
        for one in told
        if (customers := one.customers - waiting)
    ]


async def _rebuild() -> list[Rebuilt]:
    await hold_judgement()
    at, names = now(), await _names()
    found = []
    for rule in await in_force():
        changed = await apply(rule, at)
        (row,) = await fetch("SELECT matched_count FROM tag_rule WHERE id = ?", (rule.id,))
        found.append(Rebuilt(names[rule.id], row["matched_count"], frozenset(changed)))
    reached, seen = 0, 0
    weighed: set[int] = set()
    while chosen := await standing_after(reached, _AT_ONCE):
        reached = chosen[-1]
        await report(chosen, at)
        weighed |= await settle(chosen, at)
        seen += len(chosen)
    await execute(
        "UPDATE tag SET customer_count = (SELECT count(*) FROM customer_tag c"
        " WHERE c.tag_id = tag.id AND c.is_on = TRUE)"
    )
    found.append(Rebuilt("", seen, frozenset(weighed)))
    return found


async def _names() -> dict[int, str]:
    return {row["id"]: row["name"] for row in await fetch("SELECT id, name FROM tag_rule")}
