"""Tagging all customers who meet a condition, some at a time, as work that can be watched."""

from collections.abc import Sequence
from functools import partial

from touchline.domain.conditions.queries import count, matches
from touchline.domain.conditions.storage import from_json, to_json
from touchline.domain.conditions.tree import Condition
from touchline.domain.conditions.validation import check
from touchline.domain.customers.queries import standing_after
from touchline.domain.kernel.actor import Actor, ActorKind, Scope
from touchline.domain.kernel.clock import Moment, now
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import in_transaction, transactional
from touchline.domain.tags.standing import Word
from touchline.domain.tags.tagging import check_expiry, check_tags
from touchline.domain.tags.words import removing, say
from touchline.domain.tasks import service as tasks

TAG_CUSTOMERS = "tag_customers"
AT_ONCE = 500


@transactional
async def tag_all(
    actor: Actor,
    *,
    condition: Condition,
    tag_ids: Sequence[int],
    remove: bool = False,
    expires_at: Moment | None = None,
) -> int:
    """Begin to give tags to all who meet a condition, or to take them; returns the task.

    Who meets it when its turn comes is tagged, as if the actor had done it one by one.
    """
    actor.require(Scope.WRITE)
    await check_tags(tag_ids)
    check_expiry(expires_at)
    await check(condition)
    state = {
        "condition": to_json(condition),
        "tags": list(tag_ids),
        "remove": remove,
        "expires_at": expires_at,
        "reached": 0,
    }
    total = await count(condition, at=now())
    return await tasks.begin(actor, TAG_CUSTOMERS, total, state)


async def go_on(task_id: int) -> None:
    """Do the task to its end; safe to run again after a kill."""
    while await in_transaction(partial(_step, task_id)):
        crashpoint("tags.step")


async def _step(task_id: int) -> bool:
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return False
    state = task.state
    chosen = await standing_after(state["reached"], AT_ONCE)
    if not chosen:
        await tasks.end(task)
        return False
    actor = Actor(ActorKind.SYSTEM, None, task.actor_name, frozenset({Scope.WRITE}))
    found = sorted(await matches(from_json(state["condition"]), at=now(), only=chosen))
    places = [(customer, tag) for customer in found for tag in state["tags"]]
    if places and state["remove"]:
        await say(actor, await removing(places))
    elif places:
        await say(actor, dict.fromkeys(places, Word.ADDED), state["expires_at"])
    await tasks.advance(task, task.done + len(found), {**state, "reached": chosen[-1]})
    return True
