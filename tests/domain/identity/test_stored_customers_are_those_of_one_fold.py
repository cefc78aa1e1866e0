"""In the database, too, only what happened counts, never when it was told."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.ledger import empty, folded, people, rulings
from tests.support.teller import Event, merges, state, tell
from touchline.domain.identity import queries, service
from touchline.domain.identity.digests import Identifier
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch

on_each_database = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
POOL = [
    Identifier(kind, f"{kind}{n}@x.org")
    for kind, count in (("user_id", 3), ("email", 7), ("wechat_openid", 3), ("anonymous_id", 7))
    for n in range(count)
]
carried = st.frozensets(st.sampled_from(POOL), min_size=1, max_size=4)
events = st.lists(
    st.tuples(carried, st.integers(1_000, 1_020)), min_size=1, max_size=20, unique=True
)


async def tell_in_batches(data: st.DataObject, told: list[Event]) -> None:
    while told:
        size = data.draw(st.integers(1, 7))
        await tell(told[:size])
        told = told[size:]


async def decide(data: st.DataObject) -> None:
    """Something a person might do to the customers there are now."""
    rows = await fetch("SELECT DISTINCT customer_id FROM identity_link ORDER BY customer_id")
    customers = [row[0] for row in rows]
    one = data.draw(st.sampled_from(customers))
    others = [customer for customer in customers if customer != one]
    known = await queries.identifiers_of([one])
    match data.draw(st.sampled_from(["merge", "unmerge", "split", "forbid"])):
        case "merge" if others:
            other = data.draw(st.sampled_from(others))
            await service.merge(SYSTEM, survivor_id=one, absorbed_id=other)
        case "forbid" if others:
            other = data.draw(st.sampled_from(others))
            await service.forbid(SYSTEM, customer_id=one, other_id=other)
        case "unmerge" if past := await merges(one):
            await service.unmerge(SYSTEM, merge_id=data.draw(st.sampled_from(past))["id"])
        case "split" if len(known[one]) > 1:
            count = data.draw(st.integers(1, len(known[one]) - 1))
            chosen = [Identifier(item.kind, item.value) for item in known[one][:count]]
            await service.split(SYSTEM, customer_id=one, identifiers=chosen)
        case _:
            return


@on_each_database
@given(events, st.data())
async def test_any_order_gives_the_same_customers_traits_and_timelines(
    db: object, happened: list[Event], data: st.DataObject
) -> None:
    await empty()
    await tell(sorted(happened, key=lambda event: event[1]))
    in_order = await state(ids=False)
    await empty()
    await tell_in_batches(data, data.draw(st.permutations(happened)))
    assert await people() == folded(happened)
    assert await state(ids=False) == in_order


@on_each_database
@given(events, st.data())
async def test_telling_again_changes_no_customer(
    db: object, happened: list[Event], data: st.DataObject
) -> None:
    await empty()
    again = data.draw(st.lists(st.sampled_from(happened)))
    await tell_in_batches(data, data.draw(st.permutations(happened + again)))
    assert await people() == folded(happened)


@on_each_database
@given(events, st.data())
async def test_decisions_hold_whatever_comes_before_and_after(
    db: object, happened: list[Event], data: st.DataObject
) -> None:
    await empty()
    told = data.draw(st.permutations(happened))
    while told:
        size = data.draw(st.integers(1, 7))
        await tell(told[:size])
        told = told[size:]
        await decide(data)
        known = happened if not told else [event for event in happened if event not in told]
        assert await people() == folded(known, await rulings())


@on_each_database
@given(events, st.data())
async def test_merge_then_unmerge_is_never_merged(
    db: object, happened: list[Event], data: st.DataObject
) -> None:
    await empty()
    await tell(happened)
    before = await state()
    customers = [row[0] for row in before]
    if len(customers) < 2:
        return
    survivor, absorbed = data.draw(st.permutations(customers))[:2]
    merged = await service.merge(SYSTEM, survivor_id=survivor, absorbed_id=absorbed)
    assert len(await state()) == len(customers) - 1
    assert merged.merge_id is not None
    await service.unmerge(SYSTEM, merge_id=merged.merge_id)
    assert await state() == before
