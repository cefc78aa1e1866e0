"""Merging, unmerging, splitting and keeping apart by hand outrank every rule."""

import pytest

from tests.support.ledger import folded, people, rulings
from tests.support.teller import known, merges, state, tell
from touchline.domain.identity import queries, service
from touchline.domain.identity.digests import Identifier
from touchline.domain.identity.errors import IdentityCode
from touchline.domain.kernel.actor import SYSTEM, Actor, ActorKind, Scope
from touchline.domain.kernel.db import fetch
from touchline.domain.kernel.errors import Forbidden, Refused

ANN = known(user_id="ann", email="ann@example.com")
BEN = known(user_id="ben", email="ben@example.com")
READER = Actor(ActorKind.API_KEY, 1, "Reader", frozenset({Scope.READ}))


async def two_customers() -> tuple[int, int]:
    ann, ben = (await tell([(ANN, 10), (BEN, 20)])).placements
    return ann.customer_id, ben.customer_id


async def whose(kind: str, value: str) -> int | None:
    return await queries.find_customer(kind, value)


async def test_a_merge_joins_identifiers_touchpoints_and_traits_on_the_survivor(
    db: object,
) -> None:
    ann, ben = await two_customers()
    merged = await service.merge(SYSTEM, survivor_id=ben, absorbed_id=ann, reason="Married")
    assert merged.customer.customer_id == ben
    assert {(one.kind, one.value) for one in merged.customer.identifiers} == ANN | BEN
    assert merged.customer.touchpoint_count == 2
    assert [(one.kind, one.values) for one in merged.conflicts] == [("user_id", ("ann", "ben"))]
    assert await whose("user_id", "ann") == ben
    assert await merges(ben) == [
        {
            "id": merged.merge_id,
            "absorbed_id": ann,
            "reason": "Married",
            "automatic": False,
            "identifiers": ANN,
        }
    ]
    entries = await fetch("SELECT customer_id, summary FROM touchpoint WHERE type = 'MERGED'")
    assert [(row[0], row[1]) for row in entries] == [(ben, "Merged with ann@example.com")]


async def test_a_rehearsed_merge_tells_the_outcome_and_changes_nothing(db: object) -> None:
    ann, ben = await two_customers()
    before = await state()
    rehearsed = await service.merge(SYSTEM, survivor_id=ann, absorbed_id=ben, dry_run=True)
    assert {(one.kind, one.value) for one in rehearsed.customer.identifiers} == ANN | BEN
    assert rehearsed.customer.traits == {"last_seen_with": ["ben", "ben@example.com"]}
    assert rehearsed.merge_id is None
    assert await state() == before
    assert await rulings() == []


@pytest.mark.parametrize("older_survives", [True, False])
async def test_merge_then_unmerge_is_never_merged(db: object, older_survives: bool) -> None:
    ann, ben = await two_customers()
    before = await state()
    survivor, absorbed = (ann, ben) if older_survives else (ben, ann)
    merged = await service.merge(SYSTEM, survivor_id=survivor, absorbed_id=absorbed)
    assert len(await state()) == 1
    assert merged.merge_id is not None
    parts = await service.unmerge(SYSTEM, merge_id=merged.merge_id)
    assert [one.customer_id for one in parts] == [survivor, absorbed]
    assert await state() == before
    assert await fetch("SELECT id FROM touchpoint WHERE source_id IS NULL") == []
    assert await merges(survivor) == []


async def test_what_came_while_merged_goes_to_its_own_side(db: object) -> None:
    ann, ben = await two_customers()
    merged = await service.merge(SYSTEM, survivor_id=ann, absorbed_id=ben)
    assert merged.merge_id is not None
    await tell([(known(email="ben@example.com", anonymous_id="b1"), 1)])
    assert await whose("anonymous_id", "b1") == ann
    await service.unmerge(SYSTEM, merge_id=merged.merge_id)
    assert await whose("anonymous_id", "b1") == ben
    assert await whose("user_id", "ann") == ann


async def test_unmerging_an_automatic_merge_parts_what_a_touchpoint_joined(db: object) -> None:
    first, second = (
        await tell([(known(email="x@example.com"), 1), (known(anonymous_id="a1"), 2)])
    ).placements
    await tell([(known(email="x@example.com", anonymous_id="a1"), 3)])
    (past,) = await merges(first.customer_id)
    assert (past["automatic"], past["reason"]) == (True, "Seen together: email, anonymous_id")
    parts = await service.unmerge(SYSTEM, merge_id=past["id"], reason="A shared tablet")
    assert [one.customer_id for one in parts] == [first.customer_id, second.customer_id]
    assert [one.touchpoint_count for one in parts] == [2, 1]
    await tell([(known(email="x@example.com", anonymous_id="a1", phone="+15550100"), 4)])
    assert await whose("phone", "+15550100") == first.customer_id
    assert await whose("anonymous_id", "a1") == second.customer_id


async def test_unmerging_the_inner_of_two_merges_leaves_the_outer(db: object) -> None:
    ann, ben = await two_customers()
    (eve,) = (await tell([(known(user_id="eve"), 30)])).placements
    inner = await service.merge(SYSTEM, survivor_id=ann, absorbed_id=ben)
    await service.merge(SYSTEM, survivor_id=eve.customer_id, absorbed_id=ann)
    assert inner.merge_id is not None
    await service.unmerge(SYSTEM, merge_id=inner.merge_id)
    assert await whose("user_id", "ann") == eve.customer_id
    assert await whose("user_id", "eve") == eve.customer_id
    assert await whose("user_id", "ben") == ben


async def test_customers_kept_apart_are_not_joined_by_links_before_or_after(db: object) -> None:
    first, second = (
        await tell([(known(email="a@example.com"), 10), (known(email="b@example.com"), 20)])
    ).placements
    one, other = first.customer_id, second.customer_id
    await service.forbid(SYSTEM, customer_id=one, other_id=other)
    both = known(email="a@example.com") | known(email="b@example.com")
    resolution = await tell([(both, 1)])
    assert [warning.code.value for _, warning in resolution.warnings] == ["CUSTOMERS_KEPT_APART"]
    assert await whose("email", "a@example.com") == one
    assert await whose("email", "b@example.com") == other
    assert await service.allow(SYSTEM, customer_id=one, other_id=other) == (one,)
    assert await whose("email", "b@example.com") == one


async def test_a_later_decision_outranks_an_earlier_one(db: object) -> None:
    ann, ben = await two_customers()
    await service.forbid(SYSTEM, customer_id=ann, other_id=ben)
    merged = await service.merge(SYSTEM, survivor_id=ann, absorbed_id=ben)
    assert await whose("user_id", "ben") == ann
    parts = await service.split(
        SYSTEM, customer_id=ann, identifiers=[Identifier("user_id", "ben"), *BEN]
    )
    assert [one.customer_id for one in parts] == [ann, ben]
    assert merged.merge_id is not None
    with pytest.raises(Refused) as raised:
        await service.unmerge(SYSTEM, merge_id=merged.merge_id)
    assert raised.value.code is IdentityCode.ALREADY_UNMERGED


async def test_a_split_gives_the_named_identifiers_to_another_customer(db: object) -> None:
    phone, cookie = known(phone="+15550100"), known(anonymous_id="a1")
    (spot,) = (await tell([(ANN | phone | cookie, 10)])).placements
    await tell([(cookie, 20), (phone | cookie, 30)])
    kept, left = await service.split(
        SYSTEM,
        customer_id=spot.customer_id,
        identifiers=[Identifier("Phone", "+1 555 0100"), *cookie],
    )
    assert kept.customer_id == spot.customer_id
    assert {(one.kind, one.value) for one in kept.identifiers} == ANN
    assert {(one.kind, one.value) for one in left.identifiers} == phone | cookie
    assert [one.touchpoint_count for one in (kept, left)] == [1, 2]
    assert await people() == folded(
        [(ANN | phone | cookie, 10), (cookie, 20), (phone | cookie, 30)], await rulings()
    )


async def test_identifiers_without_touchpoints_of_their_own_belong_to_nobody_after_a_split(
    db: object,
) -> None:
    cookie = known(anonymous_id="a1")
    (spot,) = (await tell([(ANN | cookie, 10)])).placements
    parts = await service.split(SYSTEM, customer_id=spot.customer_id, identifiers=[*cookie])
    assert [one.customer_id for one in parts] == [spot.customer_id]
    assert await whose("anonymous_id", "a1") is None
    (later,) = (await tell([(cookie, 5)])).placements
    assert later.customer_id != spot.customer_id


async def test_decisions_that_make_no_sense_are_refused_and_change_nothing(db: object) -> None:
    ann, ben = await two_customers()
    before = await state()
    refused = {
        IdentityCode.SAME_CUSTOMER: service.merge(SYSTEM, survivor_id=ann, absorbed_id=ann),
        IdentityCode.CUSTOMER_NOT_FOUND: service.merge(SYSTEM, survivor_id=ann, absorbed_id=999),
        IdentityCode.MERGE_NOT_FOUND: service.unmerge(SYSTEM, merge_id=999),
        IdentityCode.NOT_FORBIDDEN: service.allow(SYSTEM, customer_id=ann, other_id=ben),
        IdentityCode.NOTHING_TO_SPLIT: service.split(SYSTEM, customer_id=ann, identifiers=[*ANN]),
        IdentityCode.IDENTIFIER_NOT_OF_CUSTOMER: service.split(
            SYSTEM, customer_id=ann, identifiers=[*BEN]
        ),
        IdentityCode.REASON_INVALID: service.forbid(
            SYSTEM, customer_id=ann, other_id=ben, reason="\x00"
        ),
    }
    for code, command in refused.items():
        with pytest.raises(Refused) as raised:
            await command
        assert raised.value.code is code
        assert raised.value.path != ()
    assert await state() == before
    assert await rulings() == []


async def test_reading_alone_does_not_let_decide(db: object) -> None:
    ann, ben = await two_customers()
    with pytest.raises(Forbidden):
        await service.merge(READER, survivor_id=ann, absorbed_id=ben)
    assert len(await state()) == 2
