"""Documents that are refused are paid for by their sender, and keep nobody from an answer."""

import asyncio
from typing import Any

import httpx

from touchline.domain.access.service import create_key
from touchline.domain.kernel.actor import SYSTEM, Scope

GOOD = "{ customers(first: 1) { nodes { id } } }"
BAD = (
    "{ nope }",
    "{" + "a{" * 3_000 + "}" * 3_000 + "}",
    "{ viewer { " + "id " * 2_000 + "} }",
    "{ customers(first: 100) { nodes { timeline(first: 100) { nodes { id } } } } }",
    '{ customers(first: 1, after: "x") { nodes { id } } }',
)


async def test_good_documents_are_answered_among_bad_ones(client: httpx.AsyncClient) -> None:
    key = (await create_key(SYSTEM, name="me", scopes=[Scope.READ])).secret

    async def ask(document: str) -> Any:
        headers = {"Authorization": f"Bearer {key}"}
        return (await client.post("/graphql", json={"query": document}, headers=headers)).json()

    answers = await asyncio.gather(*(ask(one) for _ in range(10) for one in (*BAD, GOOD)))
    good, bad = answers[5::6], [one for at, one in enumerate(answers) if at % 6 != 5]
    assert [one["data"] for one in good] == [{"customers": {"nodes": []}}] * 10
    assert [next(iter(one)) for one in bad] == ["errors"] * 50
    paid = [one["extensions"]["cost"]["actual"] for one in bad]
    assert paid == [1, 91, 61, 1, 1] * 10  # one and one for each hundred characters that were read
    throttle = good[-1]["extensions"]["cost"]["throttle"]
    assert throttle["available"] >= throttle["maximum"] - sum(paid)
