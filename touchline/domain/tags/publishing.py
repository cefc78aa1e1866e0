"""Bringing rules into force for all customers, and taking them out of it.

A version is held against everybody beside the one that is in force, some customers at a time; a
last transaction puts it in that one's place. Where there are few customers all of it is done at
once, by the command.
"""

from collections.abc import Sequence

from touchline.domain.conditions import building
from touchline.domain.conditions.storage import from_json
from touchline.domain.conditions.validation import check
from touchline.domain.conditions.working_through import state_of, work_through
from touchline.domain.customers.queries import count_present
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import Row, execute, fetch_one, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.staleness.service import clear_wakes, hold_judgement
from touchline.domain.tags.errors import TagRuleErrorCode
from touchline.domain.tags.leaf import TAG_LEAF
from touchline.domain.tags.rules import RuleStatus, found_rule
from touchline.domain.tags.ruling import Published, hold_found, lift, owner_of, read_condition
from touchline.domain.tasks import service as tasks

PUBLISH = "publish_tag_rule"


@transactional
async def publish_rule(actor: Actor, rule_id: int, *, expected_version: int | None = None) -> int:
    """Bring the rule as it is written into force; returns the task that does it.

    The version before stays in force until it is done. Another version on its way gives way.
    """
    actor.require(Scope.WRITE)
    await hold_judgement()
    rule = await found_rule(rule_id, expected_version)
    if rule["status"] == RuleStatus.PUBLISHED:
        message = f"Version {rule['version']} is in force already."
        raise Refused(TagRuleErrorCode.ALREADY_PUBLISHED, message, ("id",))
    if rule["status"] == RuleStatus.BUILDING and not await tasks.has_failed(rule["task_id"]):
        message = f"Version {rule['version']} is on its way into force already."
        raise Refused(TagRuleErrorCode.ALREADY_PUBLISHED, message, ("id",))
    condition = from_json(rule["condition"])
    await check(condition, owner=(TAG_LEAF.word, rule["tag_id"]))
    await stop_building(rule)
    build = await building.begin(condition, with_evidence=True)
    customers = await count_present()
    at_once = customers <= building.AT_ONCE_UP_TO
    state = state_of(rule_id, build)
    task = await tasks.begin(actor, PUBLISH, customers, state, queued=not at_once)
    await execute(
        "UPDATE tag_rule SET status = ?, building_version = version, build_id = ?, task_id = ?"
        " WHERE id = ?",
        (RuleStatus.BUILDING, build, task, rule_id),
    )
    if at_once:
        await bring(task)
    return task


@transactional
async def retire_rule(actor: Actor, rule_id: int) -> None:
    """Put a rule out of force for good; the tags that it alone says are taken away."""
    actor.require(Scope.WRITE)
    await hold_judgement()
    rule = await found_rule(rule_id)
    await stop_building(rule)
    await execute(
        "UPDATE tag_rule SET status = ?, published_version = NULL, published_effect = NULL,"
        " published_condition = NULL, matched_count = 0 WHERE id = ?",
        (RuleStatus.RETIRED, rule_id),
    )
    await clear_wakes(owner_of(rule_id))
    await lift(rule_id, rule["tag_id"], now())


async def stop_building(rule: Row) -> None:
    """A version on its way into force does not get there."""
    if rule["build_id"] is None:
        return
    await building.give_up(rule["build_id"])
    await tasks.cancel(rule["task_id"])
    await execute(
        "UPDATE tag_rule SET building_version = NULL, build_id = NULL WHERE id = ?", (rule["id"],)
    )


async def bring(task_id: int) -> None:
    """Do the task of a publish to its end; safe to run again after a kill."""
    await work_through(task_id, _swap, "tag_rules")


async def _swap(rule_id: int, builds: Sequence[int]) -> None:
    """Put the version that was held against everybody in the place of the one in force."""
    (build_id,) = builds
    row = await fetch_one(
        "SELECT r.tag_id, v.version, v.effect, v.condition FROM tag_rule r JOIN tag_rule_version v"
        " ON v.rule_id = r.id AND v.version = r.building_version WHERE r.id = ?",
        (rule_id,),
    )
    assert row is not None, "a rule that goes takes its build along"
    moment = now()
    await execute(
        "UPDATE tag_rule SET status = CASE WHEN version = building_version THEN ? ELSE status END,"
        " published_version = ?, published_effect = ?, published_condition = ?,"
        " building_version = NULL, build_id = NULL WHERE id = ?",
        (RuleStatus.PUBLISHED, row["version"], row["effect"], row["condition"], rule_id),
    )
    await execute(
        "UPDATE tag_rule_version SET published_at = ? WHERE rule_id = ? AND version = ?",
        (moment, rule_id, row["version"]),
    )
    crashpoint("tag_rules.swapped")
    published = Published(
        rule_id, row["tag_id"], row["version"], row["effect"], *read_condition(row["condition"])
    )
    await hold_found(published, moment, build_id)
    await building.put_into_force(build_id, owner_of(rule_id))
