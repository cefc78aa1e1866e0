"""Placing everybody by what was found of all stages: in SQL what ``placing`` does of a few."""

from collections.abc import Mapping

from touchline.domain.conditions.building import findings, findings_are_in, owner_of
from touchline.domain.conditions.registry import users_of
from touchline.domain.customers.queries import standing_for
from touchline.domain.kernel.clock import Moment
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.outbox import emit
from touchline.domain.kernel.rows import analyse, in_list, parts
from touchline.domain.kernel.turns import Turn, take_all_turns
from touchline.domain.stages.events import STAGES_CHANGED
from touchline.domain.stages.leaf import WORD
from touchline.domain.stages.placing import OWNER, place_all
from touchline.domain.staleness import facts
from touchline.domain.staleness.service import mark_found, unite_wakes

_AT_ONCE = 2_000
# Who is to be elsewhere: where each stood and where it is to be, null for nowhere.
_MOVED = """SELECT m.customer_id, c.stage_id AS from_id, m.stage_id AS to_id
    FROM stage_meant m LEFT JOIN customer_stage c ON c.customer_id = m.customer_id
    WHERE c.id IS NULL OR c.stage_id <> m.stage_id
UNION ALL SELECT c.customer_id, c.stage_id, NULL FROM customer_stage c
    LEFT JOIN stage_meant m ON m.customer_id = c.customer_id WHERE m.id IS NULL"""
# What stands is what is meant, and by a person's word or by none as well.
_MEANT = """EXISTS (SELECT 1 FROM stage_meant m WHERE m.customer_id = customer_stage.customer_id
    AND m.stage_id = customer_stage.stage_id
    AND m.by_word = (customer_stage.actor_name IS NOT NULL))"""


async def place_found(builds: Mapping[int, int], at: Moment) -> None:
    """Place all customers by the findings of builds, the stages of which are the keys.

    Done in the transaction of the caller, which holds the judgement and has the stages be what they
    are to be. Only what differs is written.
    """
    await take_all_turns(Turn.STAGES)
    await _mean(builds)
    await _mean_words(at)
    await analyse("stage_meant")
    moved = await fetch(_MOVED)
    stages = {one for row in moved for one in (row["from_id"], row["to_id"]) if one is not None}
    if any([await users_of((WORD, stage)) for stage in sorted(stages)]):
        await mark_found(facts.STAGE, f"SELECT customer_id FROM ({_MOVED}) moved", ())
    await _write(at)
    changes = [[row["customer_id"], row["from_id"], row["to_id"]] for row in moved]
    for some in parts(changes, _AT_ONCE):
        await emit(STAGES_CHANGED, {"changes": some})
    await unite_wakes([owner_of(build) for build in builds.values()], OWNER)


async def _mean(builds: Mapping[int, int]) -> None:
    """Note where everybody is to be by conditions: in the last stage whose condition holds."""
    await findings_are_in()
    order = {row["id"]: nth for nth, row in enumerate(await fetch(_ORDER))}
    for stage in sorted(builds, key=lambda one: order[one], reverse=True):
        found = findings(builds[stage])
        await execute(
            "INSERT INTO stage_meant (customer_id, stage_id, by_word)"
            f" SELECT m.customer_id, CAST(? AS BIGINT), FALSE FROM ({found.text}) m"
            " WHERE TRUE ON CONFLICT (customer_id) DO NOTHING",
            (stage, *found.params),
        )


_ORDER = "SELECT id FROM stage ORDER BY place, id"


async def _mean_words(at: Moment) -> None:
    """Place those at once of whom a person spoke, and note that they are to be there."""
    told = await fetch("SELECT customer_id FROM stage_word")
    owners = await standing_for({row["customer_id"] for row in told}) if told else {}
    for some in parts(sorted(set(owners.values())), _AT_ONCE):
        await place_all(some, at)
        condition, params = in_list("customer_id", some)
        await execute(f"DELETE FROM stage_meant WHERE {condition}", params)
        await execute(
            "INSERT INTO stage_meant (customer_id, stage_id, by_word)"
            " SELECT customer_id, stage_id, actor_name IS NOT NULL FROM customer_stage"
            f" WHERE {condition}",
            params,
        )


async def _write(at: Moment) -> None:
    await execute(
        "INSERT INTO stage_change (customer_id, from_id, to_id, at)"
        f" SELECT customer_id, from_id, to_id, CAST(? AS BIGINT) FROM ({_MOVED}) moved",
        (at,),
    )
    await execute(f"DELETE FROM customer_stage WHERE NOT {_MEANT}")
    await execute(
        "INSERT INTO customer_stage (customer_id, stage_id, since)"
        " SELECT m.customer_id, m.stage_id, CAST(? AS BIGINT) FROM stage_meant m"
        " WHERE TRUE ON CONFLICT (customer_id) DO NOTHING",
        (at,),
    )
    await execute(
        "UPDATE stage SET customer_count = (SELECT count(*) FROM customer_stage c"
        " WHERE c.stage_id = stage.id)"
    )
    await execute("DELETE FROM stage_meant")
