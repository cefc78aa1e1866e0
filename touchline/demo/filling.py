"""Filling a database with the demo's year, by way of the server's own door."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx

from touchline.api.app import create_app
from touchline.demo.board import Played, work_on_backlog
from touchline.demo.diary import Call
from touchline.demo.goals import set_goals
from touchline.demo.groups import form_groups
from touchline.demo.inside import inside
from touchline.demo.library import open_library
from touchline.demo.sender import Sender, Sent
from touchline.demo.world import SOURCES, calls
from touchline.domain.access.queries import list_keys
from touchline.domain.access.service import create_key
from touchline.domain.attribution import rolling as attribution
from touchline.domain.channels import rollups as channels
from touchline.domain.conversions.queries import conversion_count
from touchline.domain.customers.queries import count_merged, count_present
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.domain.kernel.db import close_database, open_database
from touchline.domain.kernel.migrating import migrate
from touchline.domain.performance import rollups as performance
from touchline.domain.pipeline.draining import drain
from touchline.domain.sources.queries import list_sources
from touchline.domain.sources.service import (
    ensure_source,
    issue_write_key,
    revoke_write_key,
)
from touchline.domain.sources.types import IssuedWriteKey
from touchline.domain.staleness.queries import waiting
from touchline.domain.timeline.queries import count_after, newest_id
from touchline.settings import Settings
from touchline.workers.judges import judge_stale
from touchline.workers.relay import relay

KEY_NAME = "demo"
LONG_LANDING = 20_000
JUDGED_AT_ONCE = 5_000
"""Rows of what changed; as nobody else waits, many go together, which judges a customer once."""

STORY = """query Story($id: String!) {
  customerByIdentifier(kind: "user_id", value: $id) {
    displayName
    account { name }
    timeline(first: 100) { nodes { occurredAt summary source { name } } }
  }
}"""

Watch = Callable[[str, int, int], None]
"""Told the stage, how far it is, and how far it goes."""


@dataclass
class Filling:
    """What the demo brought, and what a person may look at first.

    ``key`` is the secret of a new API key; ``None`` when an earlier run made one already.
    """

    sent: Sent
    touchpoints: int
    customers: int
    customers_in_all: int
    merged: int
    conversions: int
    key: str | None
    example_id: str
    story: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    played: Played | None = None


async def fill(settings: Settings, seed: int, people: int, end: date, watch: Watch) -> Filling:
    """Send the year of ``people`` and wait until all of it stands on the timeline.

    Message ids are those of the seed, so doing it again adds nothing.
    """
    year = list(calls(seed, people, end))
    begun = time.monotonic()
    async with inside(create_app(settings)) as client:
        await migrate()
        newest, customers, merged = await newest_id(), await count_present(), await count_merged()
        await open_library(settings, end)
        sent = await _send(client, settings, year, watch)
        await set_goals()
        await form_groups()
        await _judge(watch)
        in_all = await count_present()
        key = await _key()
        counted = await conversion_count()
        filling = Filling(
            sent=sent,
            touchpoints=await count_after(newest, await _source_ids()),
            customers=in_all - customers,
            customers_in_all=in_all,
            merged=await count_merged() - merged,
            conversions=counted,
            key=key,
            example_id=_example(year),
        )
        if key:
            filling.story = await _story(client, key, filling.example_id)
    filling.played = await _work(settings, end)
    filling.seconds = time.monotonic() - begun
    return filling


async def _send(
    client: httpx.AsyncClient, settings: Settings, year: Sequence[Call], watch: Watch
) -> Sent:
    """Send everything and take all of it through the pipeline, now and then on the way too.

    So the landing stays short, and the server never has to say that it is busy.
    """
    keys = {name: await _write_key(name) for name in SOURCES}
    progress = _Progress(len(year), watch)

    async def after_batch(count: int) -> None:
        progress.send(count)
        if progress.waiting >= LONG_LANDING:
            await drain(settings, progress.place)

    sender = Sender(client, {name: key.secret for name, key in keys.items()}, after_batch)
    try:
        sent = await sender.send(year)
        await drain(settings, progress.place)
    finally:
        for key in keys.values():
            await revoke_write_key(SYSTEM, key.key.id)
    return sent


async def _judge(watch: Watch) -> None:
    """Judge all customers and sum all figures, so that a server starts with nothing to catch up."""
    total, done = await waiting(), 0
    while judged := await judge_stale(limit=JUDGED_AT_ONCE):
        done += judged
        watch("Judging customers", min(done, total), total)
    for roll in (channels.roll, attribution.roll, performance.roll):
        while await roll():
            pass


@dataclass
class _Progress:
    """How many calls were sent, and how many of them stand on the timeline."""

    total: int
    watch: Watch
    sent: int = 0
    placed: int = 0

    @property
    def waiting(self) -> int:
        return self.sent - self.placed

    def send(self, count: int) -> None:
        self.sent += count
        self.watch("Sending", self.sent, self.total)

    def place(self, count: int) -> None:
        self.placed = min(self.placed + count, self.total)
        self.watch("Recognising customers", self.placed, self.total)


async def _write_key(name: str) -> IssuedWriteKey:
    """A key for this run alone: the secrets of earlier ones are kept nowhere."""
    source = await ensure_source(SYSTEM, name=name, kind=SOURCES[name])
    return await issue_write_key(SYSTEM, source.id)


async def _source_ids() -> list[int]:
    return [source.id for source in await list_sources(SYSTEM) if source.name in SOURCES]


async def _work(settings: Settings, end: date) -> Played | None:
    """Have the team work on its backlog, now that all is known of which it speaks."""
    await open_database(settings)
    try:
        played = await work_on_backlog(end)
        while await relay():
            pass
        return played
    finally:
        await close_database()


async def _key() -> str | None:
    if any(key.name == KEY_NAME for key in await list_keys(SYSTEM)):
        return None
    issued = await create_key(SYSTEM, name=KEY_NAME, scopes=[Scope.ADMIN])
    return issued.secret


def _example(year: Sequence[Call]) -> str:
    """The user id of a buyer with a story worth reading: the one with the most kinds of calls."""
    kinds: dict[str, set[object]] = {}
    for call in year:
        if isinstance(user := call.body.get("userId"), str):
            kinds.setdefault(user, set()).add(call.body.get("event") or call.body["type"])
    return max(sorted(kinds), key=lambda user: len(kinds[user]))


async def _story(client: httpx.AsyncClient, key: str, user_id: str) -> dict[str, Any]:
    """The example's timeline, asked for over GraphQL as anybody would."""
    answer = await client.post(
        "/graphql",
        json={"query": STORY, "variables": {"id": user_id}},
        headers={"Authorization": f"Bearer {key}"},
    )
    data: dict[str, Any] = answer.json().get("data") or {}
    return data.get("customerByIdentifier") or {}
