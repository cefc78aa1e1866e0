"""In the database, too, only what happened counts, never when it was told."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.ledger import Event, empty, folded, people
from touchline.domain.identity import service
from touchline.domain.identity.digests import Identifier
from touchline.domain.identity.service import Observation
from touchline.domain.kernel.db import in_transaction

on_each_database = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
POOL = [
    Identifier(kind, f"{kind}-{n}")
    for kind, count in (("user_id", 3), ("email", 7), ("wechat_openid", 3), ("anonymous_id", 7))
    for n in range(count)
]
carried = st.frozensets(st.sampled_from(POOL), min_size=1, max_size=4)
events = st.lists(st.tuples(carried, st.integers(1_000, 1_020)), min_size=1, max_size=20)


async def tell(batch: list[Event]) -> None:
    observations = [Observation(tuple(sorted(carried)), moment) for carried, moment in batch]
    await in_transaction(lambda: service.resolve(observations))


@on_each_database
@given(events, st.data())
async def test_any_order_and_repetition_gives_the_same_customers(
    db: object, happened: list[Event], data: st.DataObject
) -> None:
    await empty()
    told = data.draw(st.permutations(happened + happened[:4]))
    while told:
        size = data.draw(st.integers(1, 7))
        await tell(told[:size])
        told = told[size:]
    assert await people() == folded(happened)
