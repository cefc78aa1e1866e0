"""``touchline doctor``: is everything well, and if not, what is to be done?"""

import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from redis.asyncio import Redis
from redis.exceptions import RedisError

from touchline.cli.options import AsJson, DataDir
from touchline.cli.output import ExitCode, print_json, print_table
from touchline.cli.running import Unavailable, opened, run_loop
from touchline.cli.verifying import VERIFIED
from touchline.domain.collect.queries import count_landed
from touchline.domain.kernel import job_care, outbox
from touchline.domain.kernel.clock import MINUTE, SECOND
from touchline.domain.kernel.migrating import pending_migrations
from touchline.domain.kernel.reads import reads_apart, replica_ailment
from touchline.domain.staleness.queries import aside
from touchline.domain.staleness.queries import waiting as stale
from touchline.settings import Settings, load_settings

LATE = 2 * MINUTE
LEAST_FREE_BYTES = 500_000_000
OUTBOX_MANY = 10_000
STALE_MANY = 50_000

Verify = Annotated[
    bool,
    typer.Option("--verify", help="Also compare what is kept live with a rebuild. Takes long."),
]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of one part. ``advice`` is empty when it is well."""

    part: str
    state: str
    advice: str = ""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("doctor", epilog="Example: touchline doctor --json || page-someone")(_doctor)


def _doctor(data_dir: DataDir = None, as_json: AsJson = False, verify: Verify = False) -> None:
    """Look at every part of an installation; leaves with code 5 when one is not well.

    It changes nothing and may run while a server does.
    """
    settings = load_settings(data_dir=data_dir)
    findings = run_loop(_examine(settings, verify))
    if as_json:
        print_json(
            {
                "well": not any(finding.advice for finding in findings),
                "parts": [
                    {
                        "part": finding.part,
                        "well": not finding.advice,
                        "state": finding.state,
                        "advice": finding.advice or None,
                    }
                    for finding in findings
                ],
            }
        )
    else:
        rows = [
            ("bad" if finding.advice else "ok", finding.part, finding.state, finding.advice)
            for finding in findings
        ]
        print_table(["", "PART", "STATE", "WHAT TO DO"], rows, "")
    if any(finding.advice for finding in findings):
        raise typer.Exit(ExitCode.UNHEALTHY)


async def _examine(settings: Settings, verify: bool) -> list[Finding]:
    findings = [_disk(settings.data_dir)] if settings.embedded else []
    if settings.redis_url is not None:
        findings.append(await _redis(settings.redis_url))
    if settings.embedded and not settings.database_file.exists():
        state = f"there is none in {settings.data_dir}"
        return [*findings, Finding("database", state, "Check --data-dir, or run: touchline serve")]
    try:
        async with opened(settings):
            findings += [finding async for finding in _database(settings, verify)]
    except Unavailable as error:
        embedded, remote = "Check --data-dir, or restore a back-up", "Start it, or mend its URL"
        advice = embedded if settings.embedded else remote
        findings.append(Finding("database", str(error), advice))
    return findings


async def _database(settings: Settings, verify: bool) -> AsyncIterator[Finding]:
    yield Finding("database", "SQLite" if settings.embedded else "PostgreSQL")
    pending = await pending_migrations()
    if pending:
        yield Finding("migrations", f"{len(pending)} to apply", "Run: touchline migrate")
        return
    yield Finding("migrations", "up to date")
    if settings.replica_url is not None:
        yield await _replica(settings)
    yield await _landing(settings)
    waiting = await outbox.waiting()
    worker = "Is a worker running? Start one: touchline worker"
    yield Finding("outbox", f"{waiting:,} waiting", worker if waiting > OUTBOX_MANY else "")
    yield await _judging(worker)
    depths = await job_care.depths()
    late = f", the oldest late by {depths.late_by // SECOND} s" if depths.due else ""
    state = f"{depths.due:,} due, {depths.running:,} running, {depths.waiting:,} waiting{late}"
    yield Finding("jobs", state, worker if depths.late_by > LATE else "")
    advice = "See why: touchline jobs dead" if depths.dead else ""
    yield Finding("dead jobs", f"{depths.dead:,}", advice)
    if verify:
        for part, compare in VERIFIED.items():
            differ = await compare()
            advice = f"Run: touchline recompute {part}" if differ else ""
            yield Finding(part, "; ".join(differ) or "as a rebuild would make them", advice)


async def _judging(worker: str) -> Finding:
    stale_rows, failed = await stale(), await aside()
    state = f"{stale_rows:,} changes of customers wait to be judged"
    if failed is None:
        return Finding("judging", state, worker if stale_rows > STALE_MANY else "")
    state += f"; {failed.customers:,} cannot be, the last of them {failed.last}: {failed.error}"
    return Finding("judging", state, "Mend the cause, then run: touchline recompute set-aside")


async def _replica(settings: Settings) -> Finding:
    async with reads_apart(settings):
        ailment = await replica_ailment()
    if ailment is None:
        return Finding("replica", "answers")
    return Finding("replica", ailment, "Queries read from the primary. Mend TOUCHLINE_REPLICA_URL")


async def _landing(settings: Settings) -> Finding:
    landed = await count_landed()
    state = f"{landed:,} events wait to be identified, of {settings.landing_limit:,} at most"
    full = landed > settings.landing_limit // 2
    return Finding("landing", state, "Start more workers: touchline worker" if full else "")


async def _redis(url: str) -> Finding:
    try:
        async with Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2) as client:
            await client.ping()
    except (RedisError, OSError) as error:
        return Finding("redis", f"no answer: {error}", "Start it, or mend TOUCHLINE_REDIS_URL")
    return Finding("redis", "answers")


def _disk(folder: Path) -> Finding:
    there = next(path for path in (folder.absolute(), *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(there).free
    state = f"{free / 1e9:,.1f} GB free in {folder}"
    return Finding("disk", state, "Make room" if free < LEAST_FREE_BYTES else "")
