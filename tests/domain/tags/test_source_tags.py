"""Tags that connected systems say of customers."""

from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of, source
from tests.support.judging import judge_all
from tests.support.operations import ask
from touchline.domain.conditions.tree import Did, HasTag, Not
from touchline.domain.identity import service as identity
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, format_moment, now
from touchline.domain.kernel.db import fetch
from touchline.domain.sources.types import SourceKind
from touchline.domain.tags import tagging
from touchline.domain.tags.publishing import publish_rule, retire_rule
from touchline.domain.tags.rules import RuleText, create_rule
from touchline.domain.tags.service import TagText, create_tag
from touchline.domain.tags.tagging import Pin
from touchline.domain.tags.upkeep import differences
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("clock")

TAGS = """query ($id: ID!) { customer(id: $id) { tags { tag { name } state
  setBy { kind source { name } rule { name } actorName touchpoint { type } } } } }"""


async def says(
    settings: Settings,
    tags: Any,
    who: str = "ada",
    by: str = "CRM",
    kind: SourceKind = SourceKind.SERVER,
    at: int | None = None,
) -> int:
    """A source identifies somebody with a list of tags."""
    moment = format_moment(at if at is not None else now())
    call = {"type": "identify", "userId": who, "traits": {"tags": tags}, "timestamp": moment}
    number = len(await fetch("SELECT id FROM touchpoint"))
    unique = {"messageId": f"{by}{who}{number}", "sentAt": format_moment(now())}
    await arrive(settings, {**call, **unique}, source_id=await source(by, kind))
    await judge_all()
    return await customer_of("user_id", who)


async def stands(customer: int) -> dict[str, str]:
    rows = await fetch(
        "SELECT t.name, c.state FROM customer_tag c JOIN tag t ON t.id = c.tag_id"
        " WHERE c.customer_id = ?",
        (customer,),
    )
    return {row["name"]: row["state"] for row in rows}


async def tag(name: str) -> int:
    (row,) = await fetch("SELECT id FROM tag WHERE name = ?", (name,))
    return int(row["id"])


async def as_rebuilt() -> bool:
    return all(one.changed == 0 for one in await differences())


async def test_a_list_sets_the_tags_in_it_and_says_which_source_did(db: Settings) -> None:
    await create_tag(SYSTEM, TagText("VIP"))
    ada = await says(db, ["vip", " Key  account ", "vip"])
    assert await stands(ada) == {"VIP": "SOURCE", "Key account": "SOURCE"}
    shown = (await ask(TAGS, id=f"Customer_{ada}"))["customer"]["tags"]
    assert shown[0] == {
        "tag": {"name": shown[0]["tag"]["name"]},
        "state": "SOURCE",
        "setBy": {
            "kind": "SOURCE",
            "source": {"name": "CRM"},
            "rule": None,
            "actorName": None,
            "touchpoint": {"type": "IDENTIFY"},
        },
    }
    (row,) = await fetch("SELECT customer_count FROM tag WHERE name = 'VIP'")
    assert row["customer_count"] == 1
    assert await as_rebuilt()


async def test_what_the_next_list_leaves_out_goes_and_null_takes_all_back(
    db: Settings, clock: SettableClock
) -> None:
    ada = await says(db, ["A", "B"])
    clock.advance(1_000)
    await says(db, ["B", "C"])
    assert await stands(ada) == {"B": "SOURCE", "C": "SOURCE"}
    (row,) = await fetch("SELECT set_at FROM customer_tag WHERE tag_id = ?", (await tag("B"),))
    assert row["set_at"] == now() - 1_000
    clock.advance(1_000)
    await says(db, None)
    assert await stands(ada) == {}
    assert await as_rebuilt()


async def test_a_tag_stands_while_any_source_says_it(db: Settings, clock: SettableClock) -> None:
    ada = await says(db, ["A"], by="CRM")
    clock.advance(1_000)
    await says(db, ["A", "B"], by="Mailer", kind=SourceKind.IMPORT)
    clock.advance(1_000)
    await says(db, [], by="CRM")
    assert await stands(ada) == {"A": "SOURCE", "B": "SOURCE"}
    clock.advance(1_000)
    await says(db, ["B"], by="Mailer", kind=SourceKind.IMPORT)
    assert await stands(ada) == {"B": "SOURCE"}


async def test_a_list_that_arrives_late_does_not_overturn_a_later_one(
    db: Settings, clock: SettableClock
) -> None:
    clock.advance(DAY)
    ada = await says(db, ["New"])
    await says(db, ["Old"], at=now() - DAY)
    assert await stands(ada) == {"New": "SOURCE"}


@pytest.mark.parametrize("kind", [SourceKind.WEBSITE, SourceKind.APP, SourceKind.FORM])
async def test_what_anybody_could_send_says_nothing_of_tags(db: Settings, kind: SourceKind) -> None:
    ada = await says(db, ["VIP"], by="Open", kind=kind)
    assert await stands(ada) == {}
    assert await fetch("SELECT 1 FROM tag") == []


async def test_only_names_count_and_fifty_of_a_list(db: Settings) -> None:
    ada = await says(db, [5, None, " ", "x" * 101, {"name": "A"}, ["B"], "C"])
    assert await stands(ada) == {"C": "SOURCE"}
    bob = await says(db, [f"Tag {n}" for n in range(60)], who="bob")
    assert len(await stands(bob)) == 50
    cyd = await says(db, "Single", who="cyd")
    assert await stands(cyd) == {"Single": "SOURCE"}


async def test_a_colleagues_word_outranks_sources(db: Settings, clock: SettableClock) -> None:
    ada = await says(db, ["A", "B"])
    await tagging.remove_tags(SYSTEM, customer_id=ada, tag_ids=[await tag("A")])
    assert await stands(ada) == {"A": "PINNED_OFF", "B": "SOURCE"}
    clock.advance(1_000)
    await says(db, ["A"])
    assert await stands(ada) == {"A": "PINNED_OFF"}
    pin = {"customer_id": ada, "tag_id": await tag("A")}
    await tagging.pin_tag(SYSTEM, **pin, pin=Pin.NONE)
    assert await stands(ada) == {"A": "SOURCE"}
    assert await as_rebuilt()


async def test_a_merge_takes_them_along_and_an_unmerge_gives_them_back(
    db: Settings, clock: SettableClock
) -> None:
    ada = await says(db, ["A"])
    clock.advance(1_000)
    bob = await says(db, ["B"], who="bob", by="Mailer")
    await identity.merge(SYSTEM, survivor_id=ada, absorbed_id=bob)
    await judge_all()
    assert (await stands(ada), await stands(bob)) == ({"A": "SOURCE", "B": "SOURCE"}, {})
    (row,) = await fetch("SELECT id FROM identity_merge")
    await identity.unmerge(SYSTEM, merge_id=row["id"])
    await judge_all()
    assert (await stands(ada), await stands(bob)) == ({"A": "SOURCE"}, {"B": "SOURCE"})
    assert await as_rebuilt()


async def test_rules_and_sources_say_the_same_tag_side_by_side(
    db: Settings, clock: SettableClock
) -> None:
    ada, bob = await says(db, ["A"]), await says(db, ["B"], who="bob")
    clock.advance(1_000)
    text = RuleText("Idle", Not(Did(event="Bought")))
    rule = await create_rule(SYSTEM, await tag("A"), text)
    other = await create_tag(SYSTEM, TagText("Follows"))
    follower = await create_rule(SYSTEM, other, RuleText("Follows", HasTag(await tag("A"))))
    await publish_rule(SYSTEM, follower)
    await publish_rule(SYSTEM, rule)
    await judge_all()
    assert await stands(ada) == {"A": "SOURCE", "Follows": "AUTOMATIC"}
    assert await stands(bob) == {"A": "AUTOMATIC", "B": "SOURCE", "Follows": "AUTOMATIC"}
    assert await as_rebuilt()
    clock.advance(1_000)
    await says(db, [])
    assert await stands(ada) == {"A": "AUTOMATIC", "Follows": "AUTOMATIC"}
    await retire_rule(SYSTEM, rule)
    await judge_all()
    assert (await stands(ada), await stands(bob)) == ({}, {"B": "SOURCE"})
    assert await as_rebuilt()
