"""Holding rules in force against customers: of whom they hold, since when and by what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from touchline.domain.conditions import building
from touchline.domain.conditions.compiling import matching
from touchline.domain.conditions.evidence import evidence
from touchline.domain.conditions.influence import affected_by
from touchline.domain.conditions.sql import Query
from touchline.domain.conditions.storage import from_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import Row, execute, fetch
from touchline.domain.kernel.rows import parts
from touchline.domain.tags.settling import settle
from touchline.domain.tags.weighing_all import weigh_all

_AT_ONCE = 2_000
INSERT = "INSERT INTO tag_hold (customer_id, tag_id, rule_id, rule_version, touchpoint_id, since)"
_KEPT = "ON CONFLICT (customer_id, rule_id) DO NOTHING"


@dataclass(frozen=True, slots=True)
class Published:
    """A rule in force. ``effect`` tells whether it also takes the tag away.

    ``affected_by`` are the facts that can change of whom it holds.
    """

    id: int
    tag_id: int
    version: int
    effect: str
    condition: Condition
    affected_by: frozenset[str]

    @property
    def removes(self) -> bool:
        """Whether the tag goes when the rule holds no more."""
        return self.effect != "ADD"


def owner_of(rule_id: int) -> str:
    """Who asks to be woken for a rule."""
    return f"tag_rule:{rule_id}"


async def in_force() -> list[Published]:
    """All rules in force."""
    rows = await fetch(
        "SELECT id, tag_id, published_version, published_effect, published_condition"
        " FROM tag_rule WHERE published_condition IS NOT NULL ORDER BY id"
    )
    return [
        Published(
            row["id"],
            row["tag_id"],
            row["published_version"],
            row["published_effect"],
            *read_condition(row["published_condition"]),
        )
        for row in rows
    ]


@lru_cache(maxsize=4_096)
def read_condition(text: str) -> tuple[Condition, frozenset[str]]:
    """What is stored of a condition, and the facts that can change its answer."""
    condition = from_json(text)
    return condition, affected_by(condition)


async def apply(rule: Published, at: Moment) -> set[int]:
    """Hold a rule against all customers; returns of whom it says something else than before.

    Who it held of before keeps its instant and touchpoint, whatever the version.
    """
    query = matching(rule.condition, at=at)
    rows = [*await _come(rule, query, at), *await _stay(rule, query)]
    rows += await _go(rule, query) if rule.removes else []
    changed = {row["customer_id"] for row in rows}
    await building.wake_all(owner_of(rule.id), rule.condition, at)
    await _count(rule.id)
    await settle_all(changed, at)
    return changed


async def hold_found(rule: Published, at: Moment, build_id: int) -> None:
    """Have a rule say of all customers what a build has found. Who it held of keeps its instant."""
    await building.findings_are_in()
    found = building.findings(build_id)
    of_holder = f"SELECT 1 FROM ({found.text}) m WHERE m.customer_id = tag_hold.customer_id"
    came = await execute(
        f"{INSERT} SELECT m.customer_id, CAST(? AS BIGINT), CAST(? AS BIGINT),"
        f" CAST(? AS INTEGER), m.touchpoint_id, CAST(? AS BIGINT) FROM ({found.text}) m"
        f" WHERE TRUE {_KEPT}",
        [rule.tag_id, rule.id, rule.version, at, *found.params],
    )
    stayed = await execute(
        "UPDATE tag_hold SET rule_version = ? WHERE rule_id = ? AND rule_version <> ?"
        f" AND EXISTS ({of_holder})",
        [rule.version, rule.id, rule.version, *found.params],
    )
    went = 0
    if rule.removes:
        went = await execute(
            f"DELETE FROM tag_hold WHERE rule_id = ? AND NOT EXISTS ({of_holder})",
            [rule.id, *found.params],
        )
    await _count(rule.id)
    if came or stayed or went:
        await weigh_all(rule.tag_id, at)


async def lift(rule_id: int, tag_id: int, at: Moment) -> None:
    """Forget of whom a rule held."""
    if await execute("DELETE FROM tag_hold WHERE rule_id = ?", (rule_id,)):
        await weigh_all(tag_id, at)


async def settle_all(customer_ids: Iterable[int], at: Moment) -> None:
    """Weigh the tags of many customers anew, some at a time."""
    wanted = sorted(customer_ids)
    for some in parts(wanted, _AT_ONCE):
        await settle(some, at)


async def _count(rule_id: int) -> None:
    sql = (
        "UPDATE tag_rule SET matched_count = (SELECT count(*) FROM tag_hold WHERE rule_id = ?)"
        " WHERE id = ?"
    )
    await execute(sql, (rule_id, rule_id))


async def _come(rule: Published, query: Query, at: Moment) -> Sequence[Row]:
    told = evidence(rule.condition)
    return await fetch(
        f"{INSERT} SELECT m.customer_id, CAST(? AS BIGINT), CAST(? AS BIGINT), CAST(? AS INTEGER),"
        f" {told.text}, CAST(? AS BIGINT) FROM ({query.text}) m WHERE NOT EXISTS ("
        "SELECT 1 FROM tag_hold h WHERE h.customer_id = m.customer_id AND h.rule_id = ?)"
        " RETURNING customer_id",
        [
            *(rule.tag_id, rule.id, rule.version, *told.params),
            *(at, *query.params, rule.id),
        ],
    )


async def _stay(rule: Published, query: Query) -> Sequence[Row]:
    return await fetch(
        "UPDATE tag_hold SET rule_version = ? WHERE rule_id = ? AND rule_version <> ?"
        f" AND customer_id IN ({query.text}) RETURNING customer_id",
        [rule.version, rule.id, rule.version, *query.params],
    )


async def _go(rule: Published, query: Query) -> Sequence[Row]:
    return await fetch(
        f"DELETE FROM tag_hold WHERE rule_id = ? AND customer_id NOT IN ({query.text})"
        " RETURNING customer_id",
        [rule.id, *query.params],
    )
