"""Running the jobs of the table: several at once, each under a lease that is kept alive."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from touchline.domain.kernel import jobs
from touchline.domain.kernel.clock import SECOND, Moment
from touchline.domain.kernel.crash import crashpoint

JobFunction = Callable[[dict[str, Any]], Awaitable[None]]

_log = structlog.get_logger(__name__)


class JobRunner:
    """Runs up to ``at_once`` jobs of the given kinds."""

    def __init__(
        self,
        functions: Mapping[str, JobFunction],
        *,
        at_once: int,
        lease: Moment = jobs.LEASE,
    ) -> None:
        self._functions = functions
        self._kinds = sorted(functions)
        self._at_once = at_once
        self._lease = lease
        self._running: set[asyncio.Task[None]] = set()

    async def work(self) -> int:
        """Start what is due, as far as there is room; returns how many jobs were started."""
        if len(self._running) >= self._at_once:
            await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
        if not await jobs.any_due(self._kinds):
            return 0
        claimed = await jobs.claim(self._kinds, self._at_once - len(self._running), self._lease)
        for job in claimed:
            task = asyncio.create_task(self._run(job))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        return len(claimed)

    async def stop(self, grace_s: float) -> None:
        """Wait for the running jobs; those that take too long are given back untried."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=grace_s)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, job: jobs.Job) -> None:
        heart = asyncio.create_task(self._beat(job, asyncio.current_task()))
        crashpoint("job.claimed")
        try:
            await self._attempt(job)
        except asyncio.CancelledError:
            await jobs.release(job)
            raise
        except Exception:
            _log.exception("the end of a job was not written down", kind=job.kind, job=job.id)
        finally:
            heart.cancel()

    async def _attempt(self, job: jobs.Job) -> None:
        try:
            await self._functions[job.kind](job.payload)
        except jobs.NotYet as wait:
            await jobs.put_off(job, wait.until)
            return
        except Exception as error:
            _log.exception("a job failed", kind=job.kind, job=job.id, attempt=job.attempts + 1)
            await jobs.fail(job, f"{type(error).__name__}: {error}")
            return
        crashpoint("job.done")
        await jobs.finish(job)

    async def _beat(self, job: jobs.Job, runner: "asyncio.Task[None] | None") -> None:
        while True:
            await asyncio.sleep(self._lease / SECOND / 3)
            try:
                kept = await jobs.heartbeat(job, self._lease)
            except Exception:
                _log.exception("a lease was not renewed", kind=job.kind, job=job.id)
                continue
            if not kept:
                _log.warning("a job lost its lease and is left", kind=job.kind, job=job.id)
                if runner is not None:
                    runner.cancel()
                return
