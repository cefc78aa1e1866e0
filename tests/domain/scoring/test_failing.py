"""Publishing that fails is told, leaves what counts whole, and can be done again."""

import pytest

from tests.domain.scoring.test_scores import does, published, value
from tests.support.clock import SettableClock
from tests.support.dying import dies
from tests.support.scoring import Deed, run_tasks
from touchline.domain.conditions.tree import Did
from touchline.domain.kernel import jobs
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.kernel.job_care import dead_letters, retry_dead
from touchline.domain.scoring import service
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.relations import SCORING_MODEL
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.settings import Settings


def worth(points: int) -> ModelText:
    return ModelText("Simple", [RuleText("Opened", points * MICRO, Did(event="Opened"))])


async def state(model_id: int) -> tuple[str, int, int | None]:
    status = SCORING_MODEL.columns["status"].sql.replace("{t}", "m")
    (row,) = await fetch(
        f"SELECT {status} AS status, version, published_version FROM scoring_model m WHERE id = ?",
        (model_id,),
    )
    return row["status"], row["version"], row["published_version"]


async def task_of(task_id: int) -> tuple[str, str | None]:
    (row,) = await fetch("SELECT status, error FROM task WHERE id = ?", (task_id,))
    return row["status"], row["error"]


async def being_published(db: Settings) -> tuple[int, int, int]:
    """A model with a version in force, the next on its way: model, customer, task."""
    model_id = await published(worth(1))
    ann = await does(db, "ann", Deed("Opened", now()))
    await service.update_model(SYSTEM, model_id, worth(5))
    task = await service.publish_model(SYSTEM, model_id)
    return model_id, ann, task


async def test_a_model_is_published_once_its_scores_are_made(
    db: Settings, clock: SettableClock
) -> None:
    model_id, ann, _ = await being_published(db)
    assert await state(model_id) == ("BUILDING", 2, 1)
    with pytest.raises(Refused, match="on its way into force"):
        await service.publish_model(SYSTEM, model_id)
    assert (await state(model_id), await value(model_id, ann)) == (("BUILDING", 2, 1), 1)
    await run_tasks()
    assert (await state(model_id), await value(model_id, ann)) == (("PUBLISHED", 2, 2), 5)


async def test_what_is_written_meanwhile_is_a_draft_beside_the_version_that_gets_there(
    db: Settings, clock: SettableClock
) -> None:
    model_id, ann, _ = await being_published(db)
    await service.update_model(SYSTEM, model_id, worth(9))
    await run_tasks()
    assert (await state(model_id), await value(model_id, ann)) == (("DRAFT", 3, 2), 5)


async def test_a_publish_whose_work_was_given_up_has_failed_and_may_be_done_again(
    db: Settings, clock: SettableClock
) -> None:
    model_id, ann, task = await being_published(db)
    await run_first_jobs(task)
    await dies(clock, "recompute_scores", "OSError: disk full")
    assert await state(model_id) == ("FAILED", 2, 1)
    assert await task_of(task) == ("FAILED", "OSError: disk full")
    assert await value(model_id, ann) == 1
    await service.publish_model(SYSTEM, model_id)
    assert await state(model_id) == ("BUILDING", 2, 1)
    await run_tasks()
    assert (await state(model_id), await value(model_id, ann)) == (("PUBLISHED", 2, 2), 5)
    assert (await task_of(task))[0] == "CANCELLED"


async def test_a_dead_job_that_is_tried_again_goes_on_with_its_task(
    db: Settings, clock: SettableClock
) -> None:
    model_id, ann, task = await being_published(db)
    await run_first_jobs(task)
    await dies(clock, "recompute_scores", "OSError: disk full")
    (letter,) = await dead_letters()
    await retry_dead(letter.id)
    assert await task_of(task) == ("RUNNING", None)
    assert await state(model_id) == ("BUILDING", 2, 1)
    await run_tasks()
    assert (await state(model_id), await value(model_id, ann)) == (("PUBLISHED", 2, 2), 5)
    assert await task_of(task) == ("DONE", None)


async def run_first_jobs(task: int) -> None:
    """Take the jobs of earlier tasks, which are done, out of the way."""
    for job in await jobs.claim(["recompute_scores"], 9):
        if job.payload["task"] != task:
            await jobs.finish(job)
        else:
            await jobs.release(job)
