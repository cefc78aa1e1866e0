"""Rules that set tags by themselves, while customers do things and turn out to be one."""

import pytest

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of
from touchline.domain.conditions.tree import Did, HasTag, Not
from touchline.domain.identity import service as identity
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, now
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.errors import Refused
from touchline.domain.staleness.draining import drain
from touchline.domain.tags import rules, tagging
from touchline.domain.tags.judging import judge
from touchline.domain.tags.publishing import publish_rule, retire_rule
from touchline.domain.tags.rules import RuleEffect, RuleText
from touchline.domain.tags.ruling import apply, in_force
from touchline.domain.tags.service import TagText, create_tag
from touchline.domain.tags.tagging import Pin
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("clock")

Stands = list[tuple[str, str]]


async def settled() -> None:
    while await drain([judge]):
        pass


async def does(settings: Settings, who: str, event: str, number: int = 1) -> int:
    call = {"type": "track", "userId": who, "event": event, "messageId": f"{who}{event}{number}"}
    await arrive(settings, call)
    await settled()
    return await customer_of("user_id", who)


async def tag(name: str = "Buyer") -> int:
    return await create_tag(SYSTEM, TagText(name))


async def rule(
    tag_id: int,
    condition: Did | HasTag | Not,
    effect: RuleEffect = RuleEffect.ADD_AND_REMOVE,
) -> int:
    rule_id = await rules.create_rule(SYSTEM, tag_id, RuleText("r", condition, effect))
    await publish_rule(SYSTEM, rule_id)
    await settled()
    return rule_id


async def stands(customer: int) -> Stands:
    rows = await fetch(
        "SELECT t.name, c.state FROM customer_tag c JOIN tag t ON t.id = c.tag_id"
        " WHERE c.customer_id = ? ORDER BY t.name",
        (customer,),
    )
    return [(row["name"], row["state"]) for row in rows]


async def counted(tag_id: int) -> tuple[int, int]:
    """The count that is kept, and the count by counting."""
    (row,) = await fetch(
        "SELECT customer_count AS kept, (SELECT count(*) FROM customer_tag c"
        " WHERE c.tag_id = tag.id AND c.is_on) AS found FROM tag WHERE id = ?",
        (tag_id,),
    )
    return row["kept"], row["found"]


async def test_an_event_sets_the_tag_and_says_by_which_rule_and_touchpoint(db: Settings) -> None:
    buyer = await tag()
    rule_id = await rule(buyer, Did(event="Bought"))
    ada = await does(db, "ada", "Looked")
    assert await stands(ada) == []
    await does(db, "ada", "Bought")
    assert await stands(ada) == [("Buyer", "AUTOMATIC")]
    (row,) = await fetch(
        "SELECT c.rule_id, c.rule_version, c.set_at, t.name FROM customer_tag c"
        " JOIN touchpoint t ON t.id = c.touchpoint_id"
    )
    assert [row[at] for at in range(4)] == [rule_id, 1, now(), "Bought"]
    assert await counted(buyer) == (1, 1)


async def test_publishing_holds_the_rule_against_all_customers(db: Settings) -> None:
    ada, bob = await does(db, "ada", "Bought"), await does(db, "bob", "Looked")
    buyer = await tag()
    rule_id = await rule(buyer, Did(event="Bought"))
    assert (await stands(ada), await stands(bob)) == ([("Buyer", "AUTOMATIC")], [])
    await rules.update_rule(SYSTEM, rule_id, RuleText("r", Did(event="Looked")))
    assert await stands(ada) == [("Buyer", "AUTOMATIC")]
    await publish_rule(SYSTEM, rule_id, expected_version=2)
    assert (await stands(ada), await stands(bob)) == ([], [("Buyer", "AUTOMATIC")])
    await retire_rule(SYSTEM, rule_id)
    assert (await stands(bob), await counted(buyer)) == ([], (0, 0))


async def test_a_window_takes_the_tag_away_to_the_millisecond(
    db: Settings, clock: SettableClock
) -> None:
    await rule(await tag(), Did(event="Bought", within=DAY))
    await rule(await tag("Ever"), Did(event="Bought", within=DAY), RuleEffect.ADD)
    ada = await does(db, "ada", "Bought")
    clock.advance(DAY - 1)
    await settled()
    assert await stands(ada) == [("Buyer", "AUTOMATIC"), ("Ever", "AUTOMATIC")]
    clock.advance(1)
    await settled()
    assert await stands(ada) == [("Ever", "AUTOMATIC")]


async def test_a_persons_word_outranks_the_rule_until_it_lapses(
    db: Settings, clock: SettableClock
) -> None:
    buyer = await tag()
    await rule(buyer, Did(event="Bought"))
    ada = await does(db, "ada", "Bought")
    until = now() + DAY
    await tagging.pin_tag(SYSTEM, customer_id=ada, tag_id=buyer, pin=Pin.OFF, expires_at=until)
    await does(db, "ada", "Bought", 2)
    assert (await stands(ada), await counted(buyer)) == ([("Buyer", "PINNED_OFF")], (0, 0))
    clock.advance(DAY)
    await settled()
    assert (await stands(ada), await counted(buyer)) == ([("Buyer", "AUTOMATIC")], (1, 1))
    await tagging.remove_tags(SYSTEM, customer_id=ada, tag_ids=[buyer])
    await does(db, "ada", "Bought", 3)
    assert await stands(ada) == [("Buyer", "PINNED_OFF")]


async def test_a_rule_may_speak_of_another_tag_but_not_of_its_own(db: Settings) -> None:
    buyer, new = await tag(), await tag("New")
    await rule(new, Not(HasTag(buyer)))
    bought = await rule(buyer, Did(event="Bought"))
    ada = await does(db, "ada", "Looked")
    assert await stands(ada) == [("New", "AUTOMATIC")]
    await does(db, "ada", "Bought")
    assert await stands(ada) == [("Buyer", "AUTOMATIC")]
    with pytest.raises(Refused) as refused:
        await rules.update_rule(SYSTEM, bought, RuleText("r", HasTag(new)))
    assert refused.value.code == "CONDITION_CYCLE"
    assert [one.version for one in await in_force()] == [1, 1]


async def test_tags_follow_a_merge_and_come_back_when_it_is_undone(db: Settings) -> None:
    buyer, vip = await tag(), await tag("VIP")
    await rule(buyer, Did(event="Bought"))
    ada, bob = await does(db, "ada", "Looked"), await does(db, "bob", "Bought")
    await tagging.add_tags(SYSTEM, customer_id=bob, tag_ids=[vip])
    merged = await identity.merge(SYSTEM, survivor_id=ada, absorbed_id=bob)
    await settled()
    both = [("Buyer", "AUTOMATIC"), ("VIP", "MANUAL")]
    assert (await stands(ada), await stands(bob)) == (both, [])
    assert (await counted(buyer), await counted(vip)) == ((1, 1), (1, 1))
    assert merged.merge_id is not None
    await identity.unmerge(SYSTEM, merge_id=merged.merge_id)
    await settled()
    assert (await stands(ada), await stands(bob)) == ([], both)


async def test_a_rebuild_gives_what_stands_already(db: Settings) -> None:
    buyer, often = await tag(), await tag("Often")
    await rule(buyer, Did(event="Bought"))
    await rule(often, Did(event="Bought", at_least=2))
    for number, who in enumerate("abcdef"):
        for each in range(number % 4):
            await does(db, who, "Bought" if each != 1 else "Looked", each)

    async def all_that_stands() -> list[list[object]]:
        rows = await fetch(
            "SELECT customer_id, tag_id, state, rule_id, rule_version FROM customer_tag"
            " ORDER BY 1, 2"
        )
        return [[row[at] for at in range(5)] for row in rows]

    live = await all_that_stands()
    assert live

    async def rebuild() -> None:
        for table in ("tag_hold", "customer_tag"):
            await execute(f"DELETE FROM {table}")
        await execute("UPDATE tag SET customer_count = 0")
        for each in await in_force():
            await apply(each, now())

    await in_transaction(rebuild)
    assert await all_that_stands() == live


async def test_a_stale_draft_is_not_published(db: Settings) -> None:
    buyer = await tag()
    rule_id = await rules.create_rule(SYSTEM, buyer, RuleText("r", Did(event="Bought")))
    await rules.update_rule(SYSTEM, rule_id, RuleText("r", Did(event="Looked")))
    ada = await does(db, "ada", "Bought")
    with pytest.raises(Refused) as refused:
        await publish_rule(SYSTEM, rule_id, expected_version=1)
    assert (refused.value.code, refused.value.path) == ("STALE_DRAFT", ("expectedVersion",))
    assert (await stands(ada), await in_force()) == ([], [])
