"""Sending the year through the server's own door: batches over HTTP, within the process."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

import httpx
import orjson

from touchline.demo.diary import Call
from touchline.domain.kernel import clock
from touchline.domain.kernel.clock import Moment

BATCH = 150


@dataclass
class Sent:
    """What the server said to the calls; ``repeats`` were sent a second time on purpose."""

    accepted: int = 0
    rejected: int = 0
    repeats: int = 0


@dataclass
class Sender:
    """Gathers calls and sends them in batches, each with the write key of its source.

    Devices whose clock is wrong by the same are batched together: a batch says once when it was
    sent, and by a wrong clock that is wrong too. ``after_batch`` is awaited with the number of
    calls of each batch.
    """

    client: httpx.AsyncClient
    write_keys: Mapping[str, str]
    after_batch: Callable[[int], Awaitable[None]]
    sent: Sent = field(default_factory=Sent)
    _waiting: dict[tuple[str, Moment], list[Call]] = field(default_factory=dict)

    async def send(self, calls: Iterable[Call]) -> Sent:
        """Send all calls, those of a source in their order; gives the verdicts, counted."""
        for call in calls:
            queue = self._waiting.setdefault((call.source, call.skew), [])
            queue.append(call)
            if len(queue) == BATCH:
                await self._post(call.source, call.skew)
        for source, skew in list(self._waiting):
            await self._post(source, skew)
        return self.sent

    async def _post(self, source: str, skew: Moment) -> None:
        calls = self._waiting.pop((source, skew))
        body: dict[str, object] = {"batch": [call.body for call in calls]}
        if skew:
            body["sentAt"] = clock.format_moment(clock.now() + skew)
        answer = await self.client.post(
            "/v1/batch", content=orjson.dumps(body), auth=(self.write_keys[source], "")
        )
        rejected = _rejected(answer, len(calls))
        self.sent.rejected += rejected
        self.sent.accepted += len(calls) - rejected
        self.sent.repeats += sum(call.repeat for call in calls)
        await self.after_batch(len(calls))


def _rejected(answer: httpx.Response, count: int) -> int:
    """How many of a batch were refused. 400 says that all were; anything worse is raised."""
    if answer.status_code == httpx.codes.BAD_REQUEST:
        return count
    answer.raise_for_status()
    return sum(1 for one in answer.json().get("results", []) if one.get("code"))
