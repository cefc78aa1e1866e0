"""Which model sorts and filters lists of customers, and stands for their accounts."""

from functools import partial

from touchline.domain.customers.queries import count_present
from touchline.domain.kernel.actor import Actor, Scope
from touchline.domain.kernel.crash import crashpoint
from touchline.domain.kernel.db import execute, in_transaction, transactional
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.outbox import emit
from touchline.domain.scoring.builds import counting
from touchline.domain.scoring.errors import ScoreErrorCode as Code
from touchline.domain.scoring.events import PRIMARY_CHANGED
from touchline.domain.scoring.service import found_model
from touchline.domain.scoring.sorting import show, sort_by
from touchline.domain.staleness.service import hold_judgement
from touchline.domain.tasks import service as tasks
from touchline.domain.tasks.service import TaskStatus

MAKE_PRIMARY = "make_primary_scores"


@transactional
async def make_primary(actor: Actor, model_id: int) -> int:
    """Have lists sorted by the scores of a model; returns the task that does it."""
    actor.require(Scope.ADMIN)
    model = await found_model(model_id)
    if model["is_primary"]:
        raise Refused(Code.ALREADY_PRIMARY, "Lists are sorted by this model already.", ("id",))
    if await counting(model_id) is None:
        message = "The model has no scores yet; publish it first."
        raise Refused(Code.MODEL_NOT_PUBLISHED, message, ("id",))
    return await tasks.begin(actor, MAKE_PRIMARY, await count_present(), {"model": model_id})


async def sort_by_primary(task_id: int) -> None:
    """Sort all customers by the model of a task; until it is done, those before sort them."""
    while (build_id := await in_transaction(partial(_change, task_id))) is not None:
        await sort_by(build_id)


async def _change(task_id: int) -> int | None:
    """Have the model be the primary one; returns the build of which a list is to be made before."""
    await hold_judgement()
    task = await tasks.find(task_id)
    if task is None or not task.is_open:
        return None
    build = await counting(task.state["model"])
    if build is None:
        await tasks.end(task, TaskStatus.CANCELLED)
        return None
    if not build.is_sorted:
        return build.id
    await execute(
        "UPDATE scoring_model SET is_primary = (id = ?) WHERE is_primary = TRUE OR id = ?",
        (build.model_id, build.model_id),
    )
    await show(build)
    crashpoint("scores.sorted")
    await emit(PRIMARY_CHANGED, {"model": build.model_id})
    await tasks.end(task)
    return None
