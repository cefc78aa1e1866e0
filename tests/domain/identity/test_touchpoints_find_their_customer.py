"""How the rules find, make and merge customers, case by case."""

import asyncio
import random

import pytest

from tests.support.ledger import folded, people
from tests.support.teller import known, merges, state, tell
from touchline.domain.identity import queries
from touchline.domain.identity.digests import Identifier
from touchline.domain.identity.service import Observation, resolve
from touchline.domain.kernel.db import fetch, in_transaction


async def customer(kind: str, value: str) -> int | None:
    return await queries.find_customer(kind, value)


async def codes(*events: tuple[frozenset[Identifier], int]) -> list[str]:
    return [warning.code.value for _, warning in (await tell(events)).warnings]


async def test_an_unknown_visitor_is_a_new_customer_and_is_found_again(db: object) -> None:
    first = await tell([(known(anonymous_id="a1"), 10)])
    again = await tell([(known(anonymous_id="a1"), 20)])
    assert first.placements == again.placements
    assert first.changed.keys() == {first.placements[0].customer_id}
    assert not again.changed


async def test_what_a_visitor_did_before_telling_a_name_is_on_the_same_timeline(
    db: object,
) -> None:
    spots = (
        await tell(
            [
                (known(anonymous_id="a1"), 10),
                (known(anonymous_id="a1", user_id="ann"), 20),
                (known(user_id="ann", email="ann@example.com"), 30),
            ]
        )
    ).placements
    assert len({spot.customer_id for spot in spots}) == 1
    ((_, name, identified, first, last, *_rest),) = await state()
    assert (name, identified, first, last) == ("ann@example.com", True, 10, 30)


async def test_of_two_customers_that_turn_out_to_be_one_the_older_stays(db: object) -> None:
    old, young = (
        await tell([(known(anonymous_id="a1"), 20), (known(email="ann@example.com"), 10)])
    ).placements
    await tell([(known(anonymous_id="a1", email="ann@example.com"), 30)])
    assert await customer("email", "ANN@example.com") == old.customer_id
    rows = await fetch("SELECT merged_into_id FROM customer WHERE id = ?", (young.customer_id,))
    assert rows[0][0] == old.customer_id
    (past,) = await merges(old.customer_id)
    assert (past["absorbed_id"], past["automatic"]) == (young.customer_id, True)
    assert past["identifiers"] == {Identifier("email", "ann@example.com")}


async def test_people_who_share_a_device_stay_two_and_the_first_keeps_the_device(
    db: object,
) -> None:
    assert await codes(
        (known(user_id="ann", anonymous_id="tablet"), 10),
        (known(user_id="ben", anonymous_id="tablet"), 20),
    ) == ["UNIQUE_IDENTIFIER_CLASH"]
    assert await customer("user_id", "ann") != await customer("user_id", "ben")
    assert await customer("anonymous_id", "tablet") == await customer("user_id", "ann")


async def test_a_late_touchpoint_gives_the_device_to_who_had_it_first(db: object) -> None:
    await tell([(known(user_id="ann", anonymous_id="tablet"), 10)])
    await tell([(known(anonymous_id="tablet"), 15)])
    await tell([(known(user_id="ben", anonymous_id="tablet"), 20)])
    ann = await customer("user_id", "ann")
    await tell([(known(user_id="ben", anonymous_id="tablet"), 5)])
    assert await customer("anonymous_id", "tablet") == await customer("user_id", "ben")
    assert await customer("user_id", "ann") == ann
    timelines = await fetch(
        "SELECT customer_id, count(*) FROM touchpoint GROUP BY customer_id ORDER BY customer_id"
    )
    assert sorted(row[1] for row in timelines) == [1, 3]


@pytest.mark.parametrize("seed", range(2))
async def test_three_hundred_people_at_a_kiosk_stay_three_hundred(db: object, seed: int) -> None:
    events = [(known(user_id=f"visitor-{n}", anonymous_id="kiosk"), 1_000 + n) for n in range(300)]
    told = random.Random(seed).sample(events, len(events))
    for start in range(0, 300, 25):
        await tell(told[start : start + 25])
    assert await people() == folded(events)
    assert len(await people()) == 300
    assert await customer("anonymous_id", "kiosk") == await customer("user_id", "visitor-0")


async def test_a_chain_of_aliases_is_one_customer_whatever_link_comes_last(db: object) -> None:
    chain = [(known(anonymous_id=f"a{n}", wechat_openid=f"o{n}"), 10 + n) for n in range(4)]
    joints = [(known(anonymous_id=f"a{n}", wechat_openid=f"o{n + 1}"), n) for n in range(3)]
    await tell(chain)
    assert len(await people()) == 4
    await tell(joints)
    assert len(await people()) == 1


async def test_a_sixth_address_is_left_aside_and_the_touchpoint_stands(db: object) -> None:
    for n in range(5):
        assert await codes((known(user_id="ann", email=f"ann{n}@example.com"), 10 + n)) == []
    assert await codes((known(user_id="ann", email="ann5@example.com"), 20)) == [
        "IDENTIFIER_LIMIT_REACHED"
    ]
    assert await customer("email", "ann5@example.com") is None
    ((*_, entries, _, _, _),) = await state()
    assert len(entries) == 6


async def test_only_the_identifier_in_the_way_is_left_aside(db: object) -> None:
    for n in range(5):
        await tell([(known(user_id="ann", email=f"ann{n}@example.com"), 10 + n)])
    await tell([(known(user_id="ann", email="ann5@example.com", anonymous_id="a1"), 20)])
    assert await customer("anonymous_id", "a1") == await customer("user_id", "ann")


async def test_different_user_ids_never_merge_by_a_shared_address(db: object) -> None:
    await tell([(known(user_id="ann", email="both@example.com"), 10)])
    assert await codes((known(user_id="ben", email="both@example.com"), 20)) == [
        "UNIQUE_IDENTIFIER_CLASH"
    ]
    assert len(await people()) == 2


async def test_one_touchpoint_with_two_user_ids_lands_on_one_of_them(db: object) -> None:
    both = frozenset({Identifier("user_id", "ann"), Identifier("user_id", "ben")})
    assert await codes((both, 10)) == ["UNIQUE_IDENTIFIER_CLASH"]
    assert len(await people()) == 1


async def test_first_and_last_seen_of_an_identifier_span_all_its_touchpoints(db: object) -> None:
    for moment in (20, 10, 30):
        await tell([(known(anonymous_id="a1"), moment)])
    await tell([(known(anonymous_id="a1", user_id="ann"), 40)])
    ann = await customer("user_id", "ann")
    assert ann is not None
    spans = [
        (one.first_seen_at, one.last_seen_at) for one in (await queries.identifiers_of([ann]))[ann]
    ]
    assert spans == [(10, 40), (40, 40)]


async def test_nothing_of_a_batch_that_fails_is_kept(db: object) -> None:
    async def fail() -> None:
        await resolve([Observation((Identifier("user_id", "ann"),), 10)])
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        await in_transaction(fail)
    assert await people() == set()


@pytest.mark.parametrize("value", ["not an address", "", "\x00"])
async def test_an_impossible_identifier_finds_nobody(db: object, value: str) -> None:
    assert await queries.find_customer("email", value) is None
    assert await queries.find_customer(value, "ann@example.com") is None


async def test_batches_at_the_same_time_make_one_customer_of_one_visitor(db: object) -> None:
    visitor = known(anonymous_id="a1", user_id="ann")
    resolutions = await asyncio.gather(*(tell([(visitor, n)]) for n in range(8)))
    assert len({one.placements[0] for one in resolutions}) == 1
    ((*_, entries, _, _, _),) = await state()
    assert len(entries) == 8
