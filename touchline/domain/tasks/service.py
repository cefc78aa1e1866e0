"""Beginning long work, going on with it step by step, and ending it.

A task is driven by a job of its kind, which may be killed and run again at any point. Each step
is one transaction that also notes how far the task is, so a step is done once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from touchline.domain.kernel.actor import Actor
from touchline.domain.kernel.clock import now
from touchline.domain.kernel.db import execute, fetch_one, transactional
from touchline.domain.kernel.jobs import enqueue, when_dead
from touchline.domain.kernel.outbox import as_document
from touchline.domain.kernel.rows import for_update, insert_rows


class TaskStatus(StrEnum):
    """Where a task stands."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


_OPEN = (TaskStatus.QUEUED, TaskStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class Task:
    """A task as its job finds it."""

    id: int
    kind: str
    status: TaskStatus
    done: int
    total: int
    state: dict[str, Any]
    actor_name: str

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.status in _OPEN


async def begin(
    actor: Actor, kind: str, total: int, state: Mapping[str, Any], *, queued: bool = True
) -> int:
    """Begin a task in the surrounding transaction; returns its id.

    A job is queued for it, unless the caller does it at once.
    """
    rows = await insert_rows(
        "task",
        ["kind", "status", "done", "total", "state", "actor_name", "created_at"],
        [(kind, TaskStatus.QUEUED, 0, total, orjson.dumps(state).decode(), actor.name, now())],
        returning="id",
    )
    task_id = int(rows[0]["id"])
    if queued:
        await enqueue(kind, {"task": task_id})
    return task_id


async def find(task_id: int) -> Task | None:
    """The task, held until the surrounding transaction ends."""
    row = await fetch_one(f"SELECT * FROM task WHERE id = ?{for_update()}", (task_id,))
    if row is None:
        return None
    return Task(
        row["id"],
        row["kind"],
        TaskStatus(row["status"]),
        row["done"],
        row["total"],
        as_document(row["state"]),
        row["actor_name"],
    )


async def advance(task: Task, done: int, state: Mapping[str, Any]) -> None:
    """Note in the transaction of a step how far the task is after it."""
    await execute(
        "UPDATE task SET status = ?, done = ?, state = ? WHERE id = ?",
        (TaskStatus.RUNNING, done, orjson.dumps(state).decode(), task.id),
    )


@transactional
async def reach(task_id: int, done: int) -> None:
    """Note how far an open task is, where a step writes nothing else; one that is over stays."""
    task = await find(task_id)
    if task is not None and task.is_open:
        await advance(task, min(done, task.total), task.state)


@transactional
async def give_up(task_id: int, error: str) -> None:
    """An open task has failed, and why; one that is over stays."""
    task = await find(task_id)
    if task is not None and task.is_open:
        await end(task, TaskStatus.FAILED, error)


async def cancel(task_id: int | None) -> None:
    """The task is over if it is not done: later work takes its place, or it is not wanted.

    Its job, which finds it so, puts away what was made. That of a failed task is dead, and queued
    anew for this.
    """
    task = await find(task_id) if task_id is not None else None
    if task is None or not (task.is_open or task.status is TaskStatus.FAILED):
        return
    await end(task, TaskStatus.CANCELLED)
    if task.status is TaskStatus.FAILED:
        await enqueue(task.kind, {"task": task.id})


async def has_failed(task_id: int | None) -> bool:
    """Whether the task was given up after an error."""
    task = await find(task_id) if task_id is not None else None
    return task is not None and task.status is TaskStatus.FAILED


@when_dead
async def _job_died(kind: str, payload: Mapping[str, Any], error: str | None) -> None:
    """A task fails with the job that drives it, and goes on with it when that is tried again."""
    if "task" not in payload:
        return
    if error is None:
        await execute(
            "UPDATE task SET status = ?, error = NULL, finished_at = NULL"
            " WHERE id = ? AND kind = ? AND status = ?",
            (TaskStatus.RUNNING, payload["task"], kind, TaskStatus.FAILED),
        )
        return
    marks = ", ".join("?" * len(_OPEN))
    await execute(
        "UPDATE task SET status = ?, error = ?, finished_at = ?"
        f" WHERE id = ? AND kind = ? AND status IN ({marks})",
        (TaskStatus.FAILED, error, now(), payload["task"], kind, *_OPEN),
    )


async def end(task: Task, status: TaskStatus = TaskStatus.DONE, error: str | None = None) -> None:
    """The task is over."""
    done = task.total if status is TaskStatus.DONE else task.done
    await execute(
        "UPDATE task SET status = ?, done = ?, error = ?, finished_at = ? WHERE id = ?",
        (status, done, error, now(), task.id),
    )
