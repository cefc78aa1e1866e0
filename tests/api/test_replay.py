"""A rejected event is tried again by the limits that hold now."""

import json
from typing import Any

from tests.support.asgi import started
from touchline.api.app import create_app
from touchline.domain.access.service import create_key
from touchline.domain.kernel.actor import SYSTEM, Scope
from touchline.domain.sources.service import create_source
from touchline.settings import Settings

LONG = {"userId": "u1", "event": "Signed Up", "properties": {"note": "x" * 40_000}}
REJECTED = "{ rejectedEvents(first: 1) { nodes { id code } } }"
REPLAY = """mutation ($input: RejectedEventReplayInput!) { rejectedEventReplay(input: $input) {
  acceptedCount rejectedCount } }"""


async def test_an_event_that_was_too_large_lands_once_the_limit_is_raised(
    settings: Settings,
) -> None:
    async with started(create_app(settings)) as client:
        write_key = (await create_source(SYSTEM, name="Shop")).secret
        key = (await create_key(SYSTEM, name="me", scopes=[Scope.WRITE])).secret
        sent = await client.post("/v1/track", json=LONG, auth=(write_key, ""))
        assert (sent.status_code, sent.json()["code"]) == (413, "EVENT_TOO_LARGE")
        (rejected,) = (await _ask(client, key, REJECTED))["rejectedEvents"]["nodes"]
        tried = await _ask(client, key, REPLAY, {"input": {"ids": [rejected["id"]]}})
        assert tried["rejectedEventReplay"] == {"acceptedCount": 0, "rejectedCount": 1}

    async with started(
        create_app(settings.model_copy(update={"max_event_bytes": 65_536}))
    ) as later:
        tried = await _ask(later, key, REPLAY, {"input": {"ids": [rejected["id"]]}})
        assert tried["rejectedEventReplay"] == {"acceptedCount": 1, "rejectedCount": 0}


async def _ask(client: Any, key: str, query: str, variables: dict[str, Any] | None = None) -> Any:
    answer = await client.post(
        "/graphql",
        content=json.dumps({"query": query, "variables": variables}),
        headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    return answer.json()["data"]
