"""Lists of customers that are sorted by a build: made beside the one that is shown, then shown.

Judges keep the list of a build true from when it is begun. So once all customers are in it, it can
be shown in the place of another by writing one row.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from touchline.domain.customers import lists
from touchline.domain.customers.queries import last_after
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import dialect, execute, in_transaction
from touchline.domain.kernel.rows import values_table
from touchline.domain.scoring.builds import Build, BuildStatus, build_of
from touchline.domain.staleness.service import hold_judgement
from touchline.domain.tags import lists as lists_by_tag
from touchline.domain.tasks import service as tasks

FORGET_LIST = "forget_customer_list"
SORTED_AT_ONCE = 5_000


async def sort_by(build_id: int) -> None:
    """Make the list of a build to its end; safe to run again after a kill."""
    while await in_transaction(partial(_sort_some, build_id)):
        crashpoint("scores.sorting")
    await in_transaction(partial(_complete, build_id))


async def show(build: Build) -> None:
    """Have lists of customers be sorted by a build whose own list is whole."""
    assert build.list_id is not None, "only a whole list is shown"
    await _forget(await lists.show(build.list_id))


async def drop(build: Build) -> None:
    """The list of a build is of no use, unless it is shown."""
    if build.list_id is not None and not await lists.is_shown(build.list_id):
        await _forget(build.list_id)


async def set_ranks(build: Build, ranks: Mapping[int, int]) -> None:
    """Where customers stand in the list of a build from now on, if one is kept."""
    if build.list_id is None or not ranks:
        return
    item, params = values_table("v", [("customer_id", "bigint"), ("rank", "bigint")], _rows(ranks))
    query = f"WITH {item} SELECT customer_id, rank FROM v"
    await lists.rank(build.list_id, query, params)
    await lists_by_tag.rank(build.list_id, query, params)


async def forget_list(task_id: int) -> None:
    """Remove a list that is not shown any more, some of it at a time."""
    while await in_transaction(partial(_forget_some, task_id)):
        crashpoint("scores.unlisted")


def _rows(ranks: Mapping[int, int]) -> Sequence[tuple[Any, ...]]:
    return [*ranks.items()]


async def _sort_some(build_id: int) -> bool:
    """Put some more customers into the list; whether there may be more."""
    await hold_judgement()
    build = await build_of(build_id)
    if build is None or build.status is BuildStatus.OVER or build.is_sorted:
        return False
    if build.list_id is None:
        await _note(build, await lists.make(), 0)
        return True
    after = build.sorted_up_to or 0
    up_to = await last_after(after, SORTED_AT_ONCE)
    if up_to is None:
        return False
    ranks = (
        "SELECT customer_id, rank FROM customer_score"
        " WHERE customer_id > ? AND customer_id <= ? AND build_id = ?"
    )
    await lists.fill(build.list_id, after, up_to, ranks, (after, up_to, build.id))
    await lists_by_tag.fill(build.list_id, after, up_to)
    await _note(build, build.list_id, up_to)
    return True


async def _complete(build_id: int) -> None:
    """Note that a list is whole. On PostgreSQL somebody may have been on the way when it was begun;
    nobody waits for the search.
    """
    build = await build_of(build_id)
    if build is None or build.list_id is None or build.is_sorted:
        return
    if dialect() == "postgres":
        await lists.complete(build.list_id)
    await _note(build, build.list_id, None)


async def _note(build: Build, list_id: int, up_to: int | None) -> None:
    sql = "UPDATE scoring_build SET list_id = ?, sorted_up_to = ? WHERE id = ?"
    await execute(sql, (list_id, up_to, build.id))


async def _forget(list_id: int | None) -> None:
    """Queue that a list is removed, if there is one; no build keeps it from now on."""
    if list_id is not None:
        sql = "UPDATE scoring_build SET list_id = NULL, sorted_up_to = NULL WHERE list_id = ?"
        await execute(sql, (list_id,))
        await tasks.begin(SYSTEM, FORGET_LIST, 0, {"list": list_id})


async def _forget_some(task_id: int) -> bool:
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return False
    list_id = task.state["list"]
    if any([await lists.forget(list_id), await lists_by_tag.forget(list_id)]):
        await tasks.advance(task, task.done, task.state)
        return True
    await tasks.end(task)
    return False
