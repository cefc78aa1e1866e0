"""Whoever changes tags at the same time finds what one after the other would have left."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.support.clock import SettableClock
from tests.support.operations import answer_to, ask, ask_as, caller
from tests.support.rows import a_customer, a_source
from touchline.domain.kernel.clock import DAY, Moment, format_moment, now
from touchline.domain.kernel.db import execute, fetch, in_transaction
from touchline.domain.kernel.ids import global_id
from touchline.domain.kernel.rows import insert_rows
from touchline.domain.tags.settling import settle
from touchline.domain.tags.tagging import MOST_TAGS

pytestmark = pytest.mark.usefixtures("db")

ANSWER = "{ customer { id tags { tag { name } } } userErrors { code field } }"
ACTS = {
    kind: f"mutation ($input: Customer{kind}Input!) {{ customer{kind}(input: $input) {ANSWER} }}"
    for kind in ("AddTags", "RemoveTags", "PinTag")
}
SHORT = """mutation ($input: CustomerAddTagsInput!) { customerAddTags(input: $input) {
  customer { id } userErrors { code field } } }"""
MAKE = "mutation ($name: String!) { tagCreate(input: {name: $name}) { tag { id } } }"
UNKNOWN = 999_999_999
PEOPLE, TAGS = 5, 3
GONE = 4
"""This customer was merged into the one before, whom nobody names."""

Act = tuple[str, int, tuple[int, ...], str | None, int]
"""Its kind, of whom (by number), which tags (by number), the pin, and in how many days it ends."""

WHOM = st.sampled_from([0, 0, 1, 1, 2, GONE, PEOPLE])
SOME = st.lists(st.integers(0, TAGS), min_size=0, max_size=3).map(tuple)
ENDS = st.sampled_from([0, 0, 0, 1, 2, -1])
ACT: st.SearchStrategy[Act] = st.one_of(
    st.tuples(st.just("AddTags"), WHOM, SOME, st.none(), ENDS),
    st.tuples(st.just("RemoveTags"), WHOM, SOME, st.none(), st.just(0)),
    st.tuples(
        st.just("PinTag"),
        WHOM,
        st.tuples(st.integers(0, TAGS)),
        st.sampled_from(["ON", "OFF", "NONE"]),
        ENDS,
    ),
)


@dataclass
class World:
    """A few customers and tags; a number past the last means one that is not there."""

    people: list[int]
    tags: list[int]

    async def act(self, act: Act) -> Any:
        """What the change was answered, with numbers in the place of ids."""
        kind, whom, tags, pin, days = act
        given: dict[str, Any] = {"customerId": global_id("Customer", self._id(self.people, whom))}
        named = [global_id("Tag", self._id(self.tags, tag)) for tag in tags]
        given |= {"tagId": named[0], "pin": pin} if kind == "PinTag" else {"tagIds": named}
        if days:
            given["expiresAt"] = format_moment(now() + days * DAY)
        (answer,) = (await ask(ACTS[kind], input=given)).values()
        shown = answer["customer"] and answer["customer"]["id"]
        whose = {global_id("Customer", one): at for at, one in enumerate(self.people)}
        return whose.get(shown), answer["userErrors"]

    async def stands(self) -> Any:
        """All that is stored of them, with numbers in the place of ids."""
        return {
            "standing": await self._rows(
                "customer_tag", "state, is_on, set_at, expires_at, source_id, actor_name"
            ),
            "words": await self._rows("tag_word", "word, actor_name, said_at, expires_at"),
            "ranks": await self._rows("tag_rank", "rank"),
            "counts": [
                row["customer_count"]
                for tag in self.tags
                for row in await fetch("SELECT customer_count FROM tag WHERE id = ?", (tag,))
            ],
            "wakes": [
                (self.people.index(row["customer_id"]), row["owner"], row["wake_at"])
                for row in await fetch("SELECT * FROM wake ORDER BY customer_id, owner")
                if row["customer_id"] in self.people
            ],
            "told": await self._told(),
            "stale": await self._stale(),
        }

    async def _rows(self, table: str, columns: str) -> list[tuple[Any, ...]]:
        rows = await fetch(f"SELECT customer_id, tag_id, {columns} FROM {table}")
        return sorted(
            (
                (self.people.index(row[0]), self.tags.index(row[1]), *map(str, [*row][2:]))
                for row in rows
                if row[0] in self.people
            ),
        )

    async def _told(self) -> dict[tuple[int, int], list[str | None]]:
        """What others were told of each place, one after the other."""
        told: dict[tuple[int, int], list[str | None]] = {}
        for row in await fetch("SELECT payload FROM outbox ORDER BY id"):
            for customer, tag, state in orjson.loads(row["payload"])["changes"]:
                if customer in self.people:
                    place = self.people.index(customer), self.tags.index(tag)
                    told.setdefault(place, []).append(state)
        return told

    async def _stale(self) -> Counter[tuple[int, frozenset[int]]]:
        """Of whom which tags were noted for judgement, how often."""
        rows = await fetch("SELECT customer_id, CAST(facts AS TEXT) AS facts FROM stale")
        return Counter(
            (
                self.people.index(row["customer_id"]),
                frozenset(
                    self.tags.index(int(fact.removeprefix("tag:")))
                    for fact in orjson.loads(row["facts"])
                ),
            )
            for row in rows
            if row["customer_id"] in self.people
        )

    def _id(self, among: list[int], number: int) -> int:
        return among[number] if number < len(among) else UNKNOWN


async def a_world(source: int) -> World:
    """The first customer has the first tag from a source, which a person pinned with the second."""
    people = [await a_customer() for _ in range(PEOPLE - 1)]
    people.append(await a_customer(merged_into_id=people[-1]))
    tags = []
    for number in range(TAGS):
        rows = await insert_rows(
            "tag",
            ["name", "name_key", "customer_count", "created_at"],
            [(name := f"{people[0]} {number}", name, 0, now())],
            returning="id",
        )
        tags.append(int(rows[0]["id"]))
    world = World(people, tags)
    await insert_rows(
        "tag_report",
        ["customer_id", "tag_id", "source_id", "touchpoint_id", "since"],
        [(people[who], tags[0], source, 1, 1_000) for who in (0, 1, GONE)],
    )
    await in_transaction(lambda: _settled(people[:GONE], now()))
    await world.act(("PinTag", 1, (0,), "OFF", 0))
    return world


async def _settled(people: list[int], at: Moment) -> None:
    await settle(people, at)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(ACT, st.integers(0, 6)), min_size=2, max_size=9))
@example([(("AddTags", who, (1, 2), None, 0), 0) for who in (0, 1, 2)])
async def test_what_is_left_and_answered_is_that_of_one_after_the_other(
    clock: SettableClock, acts: list[tuple[Act, int]]
) -> None:
    """Each act begins so many turns of the loop after the one before it."""
    clock.advance(DAY)
    source = await a_source()
    crowd, queue = await a_world(source), await a_world(source)

    begun = []
    for act, pause in acts:
        begun.append(asyncio.ensure_future(crowd.act(act)))
        for _ in range(pause):
            await asyncio.sleep(0.0005 if pause == 6 else 0)
    in_crowd = await asyncio.gather(*begun)

    assert in_crowd == [await queue.act(act) for act, _ in acts]
    assert await crowd.stands() == await queue.stands()


async def test_changes_at_the_same_time_are_told_in_one_message() -> None:
    tag = (await ask(MAKE, name="VIP"))["tagCreate"]["tag"]["id"]
    people = [global_id("Customer", await a_customer()) for _ in range(16)]
    await asyncio.gather(
        *(ask(SHORT, input={"customerId": one, "tagIds": [tag]}) for one in people)
    )
    (message,) = await fetch("SELECT payload FROM outbox")
    assert len(orjson.loads(message["payload"])["changes"]) == 16
    (found,) = await fetch("SELECT customer_count FROM tag")
    assert found["customer_count"] == 16


async def test_each_is_refused_for_itself_and_says_who_it_was() -> None:
    tag = (await ask(MAKE, name="VIP"))["tagCreate"]["tag"]["id"]
    people = [global_id("Customer", await a_customer()) for _ in range(2)]
    asked: list[tuple[str, list[str]]] = [
        (people[0], [tag]),
        ("Customer_999999", [tag]),
        (people[1], [tag, "Tag_999999"]),
        (people[1], [tag] * (MOST_TAGS + 1)),
        (people[1], []),
    ]
    answers = await asyncio.gather(
        *(
            ask_as(caller(), SHORT, {"input": {"customerId": who, "tagIds": tags}})
            for who, tags in asked
        )
    )
    assert [
        (one["code"], one["field"])
        for answer in answers
        for one in answer["customerAddTags"]["userErrors"]
    ] == [
        ("CUSTOMER_NOT_FOUND", ["input", "customerId"]),
        ("TAG_NOT_FOUND", ["input", "tagIds", "1"]),
        ("NOTHING_CHOSEN", ["input", "tagIds"]),
        ("NOTHING_CHOSEN", ["input", "tagIds"]),
    ]
    rows = await fetch("SELECT customer_id FROM customer_tag")
    assert [global_id("Customer", row["customer_id"]) for row in rows] == people[:1]


async def test_where_the_database_refuses_one_the_others_are_done() -> None:
    """As by a rule of the database that a later version may bring."""
    tag = (await ask(MAKE, name="VIP"))["tagCreate"]["tag"]["id"]
    people = [await a_customer() for _ in range(3)]
    await execute(f"CREATE UNIQUE INDEX one_of_them ON tag_word ((customer_id < {people[1]}))")
    bodies = await asyncio.gather(
        *(
            answer_to(SHORT, {"input": {"customerId": one, "tagIds": [tag]}}, caller())
            for one in (global_id("Customer", person) for person in people)
        )
    )
    refused = [at for at, body in enumerate(bodies) if "errors" in body]
    assert refused in ([1], [2])  # whoever of the two came second
    rows = await fetch("SELECT customer_id FROM customer_tag ORDER BY customer_id")
    assert [row["customer_id"] for row in rows] == [
        one for at, one in enumerate(people) if at not in refused
    ]
    (found,) = await fetch("SELECT customer_count FROM tag")
    assert found["customer_count"] == 2


async def test_a_caller_who_goes_away_leaves_the_others_alone() -> None:
    tag = (await ask(MAKE, name="VIP"))["tagCreate"]["tag"]["id"]
    people = [await a_customer() for _ in range(3)]
    begun = [
        asyncio.ensure_future(
            ask(SHORT, input={"customerId": global_id("Customer", one), "tagIds": [tag]})
        )
        for one in people
    ]
    await asyncio.sleep(0)
    begun[1].cancel()
    await asyncio.gather(*begun, return_exceptions=True)
    rows = await fetch("SELECT customer_id FROM customer_tag ORDER BY customer_id")
    assert [row["customer_id"] for row in rows] == [people[0], people[2]]
