"""The same calls in any order, in any batches and any number of times end in the same customers."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.events import arrive, source
from tests.support.ledger import empty
from tests.support.teller import state
from touchline.domain.kernel.db import execute, in_transaction
from touchline.settings import Settings

people = st.integers(1, 3)
devices = st.integers(1, 4)
moments = st.integers(0, 30).map(lambda second: f"2026-03-01T10:00:{second:02d}Z")


def user(number: int) -> dict[str, Any]:
    return {"userId": f"user-{number}"}


def device(number: int) -> dict[str, Any]:
    return {"anonymousId": f"device-{number}"}


def traits(number: int, plan: str | None) -> dict[str, Any]:
    return {"email": f"person{number}@example.com", "plan": plan, "name": f"Person {number}"}


plans = st.sampled_from(["free", "gold", None])
calls = st.one_of(
    st.builds(lambda d: {"type": "page", "name": "Home", **device(d)}, devices),
    st.builds(
        lambda d, p: {"type": "track", "event": "Buy", **device(d), **user(p)}, devices, people
    ),
    st.builds(
        lambda d, p, e, plan: {
            "type": "identify",
            **device(d),
            **user(p),
            "traits": traits(e, plan),
        },
        *(devices, people, people, plans),
    ),
    st.builds(lambda e, plan: {"type": "identify", "traits": traits(e, plan)}, people, plans),
    st.builds(
        lambda p, g: {"type": "group", "groupId": f"acme-{g}", **user(p), "traits": {"size": g}},
        *(people, people),
    ),
    st.builds(
        lambda p, d: {"type": "alias", "previousId": f"device-{d}", **user(p)}, people, devices
    ),
)
stories = st.lists(st.tuples(calls, moments), min_size=1, max_size=18).map(
    lambda told: [
        {**call, "messageId": f"m{number}", "timestamp": moment}
        for number, (call, moment) in enumerate(told)
    ]
)


async def forget() -> None:
    await empty()
    await in_transaction(lambda: execute("DELETE FROM receipt"))


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(stories, st.data())
async def test_any_order_and_repetition_ends_in_the_same_customers_traits_and_timelines(
    db: Settings, story: list[dict[str, Any]], data: st.DataObject
) -> None:
    shop = await source()
    await forget()
    await arrive(db, *sorted(story, key=lambda call: str(call["timestamp"])), source_id=shop)
    told_in_order = await state(ids=False)
    await forget()
    again = data.draw(st.lists(st.sampled_from(story), max_size=6))
    told = data.draw(st.permutations(story + again))
    while told:
        size = data.draw(st.integers(1, 6))
        await arrive(db, *told[:size], source_id=shop)
        told = told[size:]
    assert await state(ids=False) == told_in_order
