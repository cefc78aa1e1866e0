"""Clients that keep a ledger of what they tried and what they were promised."""

import asyncio
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.e2e.crowd import Event, in_batches

GIVES_UP = 0.01
SENDS_AGAIN = 0.05
FIRST_PAUSE_S = 0.02
LONGEST_PAUSE_S = 0.5
ANSWER_WITHIN_S = 20.0


@dataclass
class Ledger:
    """What clients know. ``acked`` are message ids the server promised to keep."""

    attempted: set[str] = field(default_factory=set)
    acked: set[str] = field(default_factory=set)
    sent_events: int = 0
    refused: list[Any] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)

    def fail(self, reason: str) -> None:
        """Count a request that brought no promise."""
        self.failures[reason] = self.failures.get(reason, 0) + 1


@dataclass
class Client:
    """Sends its events in batches, one request at a time, until each batch is acknowledged.

    Now and then it gives a batch up after a failure, as a closed browser does, and now and then it
    sends an acknowledged one again, as one that missed the answer does.
    """

    url: str
    write_key: str
    ledger: Ledger
    seed: int
    progress: Callable[[int], None]

    async def send(self, events: Sequence[Event]) -> None:
        """Send all events; returns when each batch is acknowledged or given up."""
        chance = random.Random(self.seed)
        limits = httpx.Limits(max_connections=1)
        async with httpx.AsyncClient(
            base_url=self.url, timeout=ANSWER_WITHIN_S, limits=limits
        ) as http:
            for batch in in_batches(events, self.seed):
                if await self._deliver(http, batch, chance) and chance.random() < SENDS_AGAIN:
                    await self._try(http, batch)
                self.progress(len(batch))

    async def _deliver(
        self, http: httpx.AsyncClient, batch: Sequence[Event], chance: random.Random
    ) -> bool:
        ids = [event["messageId"] for event in batch]
        self.ledger.attempted.update(ids)
        pause = FIRST_PAUSE_S
        while not await self._try(http, batch):
            if chance.random() < GIVES_UP:
                return False
            await asyncio.sleep(pause * (0.5 + chance.random()))
            pause = min(pause * 2, LONGEST_PAUSE_S)
        self.ledger.acked.update(ids)
        return True

    async def _try(self, http: httpx.AsyncClient, batch: Sequence[Event]) -> bool:
        self.ledger.sent_events += len(batch)
        try:
            answer = await http.post(
                "/v1/batch", json={"batch": batch}, auth=httpx.BasicAuth(self.write_key, "")
            )
        except httpx.TransportError as error:
            self.ledger.fail(type(error).__name__)
            return False
        if answer.status_code != 200:
            self.ledger.fail(str(answer.status_code))
            if answer.status_code < 500 and answer.status_code != 429:
                self.ledger.refused.append(answer.text[:300])
                raise RuntimeError(f"refused for good: {answer.status_code} {answer.text[:300]}")
            return False
        verdicts = answer.json().get("results", [])
        self.ledger.refused += [each for each in verdicts if each["status"] != "accepted"]
        return True
