"""Scores that advance by what is new alone are those of the whole log."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.scoring.test_scores import (
    BANDS,
    CLICKED,
    LEFT,
    MAIL,
    OPENED,
    SIGNED,
    build_of,
    does,
    lines,
    published,
    value,
)
from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.scoring import Deed, run_tasks, summed
from touchline.domain.conditions.tree import Comparison, Did, Operator, Trait
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, HOUR, format_moment, now
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.scoring import service
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.verifying import Made, differences
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("clock")

NAMES = ("Opened", "Clicked", "Left", "Signed", "Other")
GOLD = Trait("plan", Comparison(Operator.EQUALS, "gold"))
RULES = [
    RuleText("Opened", 3 * MICRO, Did(event="Opened")),
    RuleText("Clicked", 5 * MICRO, Did(event="Clicked")),
    RuleText("Left", -15 * MICRO, Did(event="Left")),
    RuleText("Any track", MICRO, Did(type="TRACK")),
]
PLAN = RuleText("On gold", 12 * MICRO, GOLD)
TWICE = RuleText("Opened twice", 4 * MICRO, Did(event="Opened", at_least=2, within=3 * DAY))
STEPS = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(0, 36) | st.integers(0, 6 * 24), st.booleans()),
    max_size=9,
)


def plain(half_life: int | None = 5 * DAY) -> ModelText:
    return ModelText("Plain", [*RULES, PLAN, TWICE], BANDS, (), half_life)


def capped(half_life: int | None = 5 * DAY) -> ModelText:
    return ModelText("Plain", [OPENED, CLICKED, SIGNED, LEFT], BANDS, MAIL, half_life)


def windowed() -> ModelText:
    return ModelText("Plain", [OPENED, CLICKED, LEFT], BANDS, MAIL, None, 2 * DAY + 5 * HOUR)


@pytest.mark.parametrize("text", [plain(), plain(None), capped(), capped(None), windowed()])
@given(steps=STEPS)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_comes_in_whatever_order_the_sums_are_those_of_the_log(
    db: Settings, text: ModelText, steps: list[tuple[str, int, bool]]
) -> None:
    rows = await fetch("SELECT id FROM scoring_model")
    model_id = rows[0]["id"] if rows else await published(text)
    (row,) = await fetch("SELECT count(*) AS n FROM customer")
    who = f"who {row['n']}"
    told = [Deed(name, now() - hours * HOUR) for name, hours, _ in steps]
    await does(db, who, Deed("Other", now() - 3 * DAY))
    for number, (deed, (_, _, judged)) in enumerate(zip(told, steps, strict=True)):
        call = {"type": "track", "userId": who, "event": deed.name}
        call |= {"timestamp": format_moment(deed.at), "messageId": f"{who} {number}"}
        await arrive(db, call)
        if judged:
            await judge_all()
    await judge_all()
    build = await build_of(model_id)
    stands = await lines(build, await customer_of("user_id", who))
    rules = {rule.key for _, rule, event in build.definition.of_events() if event.event}
    expected = summed(
        build.definition, [Deed("Other", now() - 3 * DAY), *told], now(), build.kept.landmark
    )
    assert {key: one for key, one in stands.items() if key in rules} == expected
    assert [made.differ for made in await differences()] == [0]


async def test_what_is_new_is_added_without_reading_what_was(db: Settings) -> None:
    model_id = await published(plain(None))
    ann = await does(db, "ann", *(Deed("Opened", now() - days * DAY) for days in (9, 8, 7)))
    assert await value(model_id, ann) == 3 * (3 + 1)
    await execute("DELETE FROM touchpoint WHERE name = 'Opened'")
    await does(db, "ann", Deed("Clicked", now() - DAY))
    assert await value(model_id, ann) == 3 * (3 + 1) + 5 + 1


async def test_of_what_is_capped_the_day_alone_is_read(db: Settings) -> None:
    model_id = await published(capped(None))
    noon = now() - now() % DAY - DAY + 12 * HOUR
    before = [Deed("Opened", noon - days * DAY) for days in (3, 2, 1)]
    ann = await does(db, "ann", Deed("Signed", noon - 4 * DAY), *before, Deed("Opened", noon))
    assert await value(model_id, ann) == 20 + 3 * 3 + 3
    await execute("DELETE FROM touchpoint WHERE occurred_at < ?", (noon,))

    for hours, name, more in (
        (1, "Opened", 3),
        (2, "Opened", 1),  # the rule's cap of 7
        (3, "Opened", 0),
        (4, "Clicked", 2),  # the group's cap of 9
        (5, "Clicked", 0),
        (6, "Signed", 0),  # counts once
        (20, "Clicked", 5),
    ):
        stood = await value(model_id, ann)
        await does(db, "ann", Deed(name, noon + hours * HOUR))
        assert await value(model_id, ann) == stood + more, name


async def test_where_one_of_a_group_counts_once_nothing_is_lost_in_silence(db: Settings) -> None:
    signed = RuleText("Signed up", 8 * MICRO, Did(event="Signed"), once=True, group="mail")
    model_id = await published(ModelText("Plain", [CLICKED, signed], BANDS, MAIL))
    clicks = [Deed("Clicked", now() - DAY), Deed("Clicked", now() - DAY + 1)]
    ann = await does(db, "ann", *clicks, Deed("Signed", now() - DAY + 2))
    assert await value(model_id, ann) == 9
    await does(db, "ann", Deed("Signed", now()))
    assert await value(model_id, ann) == 9


async def test_what_comes_late_has_the_customer_added_up_anew(db: Settings) -> None:
    model_id = await published(plain(None))
    ann = await does(db, "ann", *(Deed("Opened", now() - days * DAY) for days in (9, 8, 7)))
    await execute("DELETE FROM touchpoint WHERE name = 'Opened'")
    await does(db, "ann", Deed("Opened", now() - 8 * DAY))
    assert await value(model_id, ann) == 3 + 1


async def test_what_was_told_of_before_it_happens_counts_when_it_does(
    db: Settings, clock: SettableClock
) -> None:
    model_id = await published(plain(None))
    ann = await does(db, "ann", Deed("Opened", now() - DAY))
    await does(db, "ann", Deed("Clicked", now() + 60_000), Deed("Left", now()))
    assert await value(model_id, ann) == 3 + 1 - 15 + 1
    clock.advance(60_000)
    await judge_all()
    assert await value(model_id, ann) == 3 + 1 - 15 + 1 + 5 + 1


async def test_a_trait_is_asked_without_reading_events(db: Settings, clock: SettableClock) -> None:
    model_id = await published(plain(None))
    ann = await does(db, "ann", Deed("Opened", now() - 9 * DAY))
    await execute("DELETE FROM touchpoint WHERE name = 'Opened'")
    for plan, expected in (("gold", 4 + 12), ("free", 4)):
        clock.advance(HOUR)
        await arrive(db, {"type": "identify", "userId": "ann", "traits": {"plan": plan}})
        await judge_all()
        assert await value(model_id, ann) == expected


async def test_a_condition_that_time_ends_ends_beside_what_is_new(
    db: Settings, clock: SettableClock
) -> None:
    model_id = await published(plain(None))
    ann = await does(db, "ann", Deed("Opened", now() - HOUR), Deed("Opened", now()))
    assert await value(model_id, ann) == 2 * (3 + 1) + 4
    clock.advance(2 * DAY)
    await does(db, "ann", Deed("Clicked", now()))
    assert await value(model_id, ann) == 2 * (3 + 1) + 4 + 5 + 1
    clock.advance(DAY)
    await judge_all()
    assert await value(model_id, ann) == 2 * (3 + 1) + 5 + 1


async def test_builds_that_are_being_made_are_advanced_too(db: Settings) -> None:
    model_id = await published(plain(None))
    ann = await does(db, "ann", Deed("Opened", now() - DAY))
    await service.update_model(SYSTEM, model_id, plain(9 * DAY))
    await service.publish_model(SYSTEM, model_id)
    await does(db, "ann", Deed("Clicked", now()))
    await does(db, "bob", Deed("Clicked", now()))
    await run_tasks()
    assert await differences() == [Made("Plain", 2, 0)]
    build = await build_of(model_id)
    assert sum(count for _, count in (await lines(build, ann)).values()) == 4
