"""Scores of real events on real databases, beside a plain loop over the same events."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.scoring import Deed, run_tasks, summed
from touchline.domain.conditions.tree import Comparison, Did, Operator, Score, Trait, Where
from touchline.domain.identity import service as identity
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, HOUR, format_moment, now
from touchline.domain.kernel.crash import use_crash_hook
from touchline.domain.kernel.db import execute, fetch
from touchline.domain.kernel.errors import Refused
from touchline.domain.scoring import building, service
from touchline.domain.scoring.adjusting import adjust_score
from touchline.domain.scoring.bands import Band
from touchline.domain.scoring.builds import Build, counting
from touchline.domain.scoring.decay import MICRO, faded
from touchline.domain.scoring.definition import Group
from touchline.domain.scoring.relations import SCORE_LINE
from touchline.domain.scoring.verifying import Made, rebuild
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.settings import Settings

pytestmark = pytest.mark.usefixtures("clock")

BANDS = (Band("Cold", 0), Band("Warm", 10 * MICRO), Band("Hot", 50 * MICRO))
OPENED = RuleText("Opened", 3 * MICRO, Did(event="Opened"), cap_per_day=7 * MICRO, group="mail")
CLICKED = RuleText("Clicked", 5 * MICRO, Did(event="Clicked"), group="mail")
SIGNED = RuleText("Signed up", 20 * MICRO, Did(event="Signed"), once=True)
LEFT = RuleText("Unsubscribed", -15 * MICRO, Did(event="Left"))
PLAN = RuleText(
    "On gold", 12 * MICRO, Trait("plan", Comparison(Operator.EQUALS, "gold")), dimension="fit"
)
MAIL = (Group("mail", 9 * MICRO),)
NAMES = ("Opened", "Clicked", "Signed", "Left", "Other")


def model(half_life: int | None = 10 * DAY, window: int | None = None) -> ModelText:
    rules = [OPENED, CLICKED, SIGNED, LEFT, PLAN]
    return ModelText("Maturity", rules, BANDS, MAIL, half_life, window)


async def published(text: ModelText) -> int:
    model_id = await service.create_model(SYSTEM, text)
    await service.publish_model(SYSTEM, model_id)
    await run_tasks()
    return model_id


async def build_of(model_id: int) -> Build:
    build = await counting(model_id)
    assert build is not None
    return build


async def lines(build: Build, customer: int) -> dict[int | None, tuple[int, int]]:
    rows = await fetch(
        f"SELECT rule_id, fading + steady AS amount, occurrences FROM {SCORE_LINE.table} l"
        " WHERE build_id = ? AND customer_id = ?",
        (build.id, customer),
    )
    return {row["rule_id"]: (row["amount"], row["occurrences"]) for row in rows}


async def value(model_id: int, customer: int) -> float:
    build = await build_of(model_id)
    (row,) = await fetch(
        "SELECT fading, steady FROM customer_score WHERE build_id = ? AND customer_id = ?",
        (build.id, customer),
    )
    fading, steady = int(row["fading"]), int(row["steady"])
    return (faded(fading, now(), *build.kept) + steady) / MICRO


async def does(settings: Settings, who: str, *deeds: Deed) -> int:
    calls = [
        {
            "type": "track",
            "userId": who,
            "event": deed.name,
            "timestamp": format_moment(deed.at),
            "messageId": f"{who}-{deed.name}-{deed.at}-{number}",
        }
        for number, deed in enumerate(deeds)
    ]
    for call in calls:
        await arrive(settings, call)
    await judge_all()
    return await customer_of("user_id", who)


async def everything() -> list[list[object]]:
    """All scores and lines of the build that counts, but for what names rows."""
    scores = await fetch(
        "SELECT s.customer_id, s.fading, s.steady, s.band_name, s.next_band_at"
        " FROM customer_score s JOIN scoring_build b ON b.id = s.build_id"
        " WHERE b.status = 'COUNTS' ORDER BY 1"
    )
    told = await fetch(
        "SELECT l.customer_id, l.place, l.rule_id, l.before, l.fading, l.steady, l.occurrences"
        f" FROM {SCORE_LINE.table} l JOIN scoring_build b ON b.id = l.build_id"
        " WHERE b.status = 'COUNTS' ORDER BY 1, 2"
    )
    return [[row[at] for at in range(5)] for row in scores] + [
        [row[at] for at in range(7)] for row in told
    ]


def at(days: float) -> int:
    """An instant so many days before the present of the tests."""
    return now() - int(days * DAY)


async def test_what_happens_is_added_at_once_and_fades(db: Settings, clock: SettableClock) -> None:
    model_id = await published(model())
    ada = await does(db, "ada", Deed("Signed", now()), Deed("Clicked", now()))
    assert await value(model_id, ada) == 25
    clock.advance(10 * DAY)
    assert await value(model_id, ada) == 12.5
    await does(db, "ada", Deed("Left", now()))
    assert await value(model_id, ada) == -2.5


async def test_caps_bound_a_day_of_a_rule_and_of_a_group(db: Settings) -> None:
    model_id = await published(model(half_life=None))
    day = at(3) // DAY * DAY
    opened = [Deed("Opened", day + n * HOUR) for n in range(4)]
    ada = await does(db, "ada", *opened, Deed("Clicked", day + 5 * HOUR), Deed("Opened", at(1)))
    build = await build_of(model_id)
    keys = {rule.name: rule.key for rule in build.definition.rules}
    assert await lines(build, ada) == {
        keys["Opened"]: (10 * MICRO, 4),  # 3 + 3 + 1, and 3 on another day
        keys["Clicked"]: (2 * MICRO, 1),  # the group was at 7 of 9
    }


async def test_fit_counts_while_it_holds(db: Settings, clock: SettableClock) -> None:
    model_id = await published(model())
    who = {"type": "identify", "userId": "ada", "messageId": "1", "traits": {"plan": "gold"}}
    await arrive(db, who)
    await judge_all()
    ada = await customer_of("user_id", "ada")
    assert await value(model_id, ada) == 12
    clock.advance(1)
    await arrive(db, {**who, "messageId": "2", "traits": {"plan": "free"}})
    await judge_all()
    assert await value(model_id, ada) == 0


async def test_only_occurrences_with_the_property_count(db: Settings) -> None:
    where = (Where("plan", Comparison(Operator.EQUALS, "gold")),)
    rules = [RuleText("Gold", MICRO, Did(event="Bought", where=where))]
    model_id = await published(ModelText("m", rules))
    for number, plan in enumerate(["gold", "free", "gold"]):
        call = {"type": "track", "userId": "ada", "event": "Bought", "messageId": str(number)}
        await arrive(db, {**call, "properties": {"plan": plan}})
    await judge_all()
    assert await value(model_id, await customer_of("user_id", "ada")) == 2


async def test_what_leaves_the_window_counts_no_more(db: Settings, clock: SettableClock) -> None:
    model_id = await published(model(half_life=None, window=DAY))
    ada = await does(db, "ada", Deed("Clicked", at(0.5)), Deed("Signed", at(0.25)))
    seen = []
    for advance in (0, DAY // 2 - 1, 1, DAY // 4):
        clock.advance(advance)
        await judge_all()
        seen.append(await value(model_id, ada))
    assert seen == [25, 25, 20, 0]


DEEDS = st.lists(
    st.builds(
        Deed, st.sampled_from(NAMES), st.integers(0, 40 * 24).map(lambda hours: hours * HOUR)
    ),
    min_size=1,
    max_size=12,
)


@pytest.mark.parametrize("kind", ["half-life", "window", "never"])
@given(data=st.data())
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_scores_are_those_of_a_plain_loop_in_any_order_of_arrival(
    db: Settings, kind: str, data: st.DataObject
) -> None:
    deeds = data.draw(DEEDS)
    order: Sequence[Deed] = data.draw(st.permutations(deeds))
    fading = {"half-life": (5 * DAY, None), "window": (None, 20 * DAY), "never": (None, None)}
    rows = await fetch("SELECT id FROM scoring_model WHERE name = ?", (kind,))
    model_id = rows[0]["id"] if rows else None
    if model_id is None:
        half_life, window = fading[kind]
        rules = [OPENED, CLICKED, SIGNED, LEFT]
        model_id = await published(ModelText(kind, rules, BANDS, MAIL, half_life, window))
    (row,) = await fetch("SELECT count(*) AS n FROM customer")
    who = f"{kind}{row['n']}"
    told = [Deed(deed.name, now() - deed.at) for deed in order]
    customer = await does(db, who, *told)
    build = await build_of(model_id)
    assert await lines(build, customer) == summed(
        build.definition, told, now(), build.kept.landmark
    )


async def test_a_rebuild_gives_what_stands_already(db: Settings) -> None:
    model_id = await published(model())
    for number, who in enumerate("abcde"):
        deeds = [Deed(NAMES[(number + n) % 5], at(n * 1.7)) for n in range(number * 2)]
        await does(db, who, Deed("Other", at(2)), *deeds)
    live = await everything()
    await service.recompute_model(SYSTEM, model_id)
    await run_tasks()
    assert await everything() == live
    (row,) = await fetch("SELECT count(*) AS n FROM scoring_build")
    assert row["n"] == 1


async def test_a_rebuild_mends_what_is_wrong_and_touches_nothing_else(db: Settings) -> None:
    model_id = await published(model())
    people = [await does(db, who, Deed("Clicked", at(1))) for who in "abc"]
    right = await everything()
    await execute("UPDATE customer_score SET steady = 7 WHERE customer_id = ?", (people[0],))
    await execute("DELETE FROM customer_score WHERE customer_id = ?", (people[1],))
    rows = "SELECT id FROM customer_score WHERE customer_id = ?"
    (kept,) = await fetch(rows, (people[2],))
    assert await rebuild(SYSTEM) == [Made("Maturity", 3, 2)]
    assert await everything() == right
    assert [row["id"] for row in await fetch(rows, (people[2],))] == [kept["id"]]
    assert await rebuild(SYSTEM, "maturity") == [Made("Maturity", 3, 0)]
    assert await value(model_id, people[0]) == await value(model_id, people[2])


async def test_a_rebuild_long_after_keeps_sums_from_a_later_landmark(
    db: Settings, clock: SettableClock
) -> None:
    model_id = await published(model())
    ada = await does(db, "ada", Deed("Signed", now()))
    first = (await build_of(model_id)).kept.landmark
    clock.advance(160 * DAY)
    await does(db, "ada", Deed("Signed", now()), Deed("Clicked", now()))
    before = await value(model_id, ada)
    await rebuild(SYSTEM)
    assert (await build_of(model_id)).kept.landmark == first + 160 * DAY
    assert await value(model_id, ada) == pytest.approx(before, abs=1e-6)


async def test_the_version_in_force_counts_until_the_next_is_whole(db: Settings) -> None:
    model_id = await published(model(half_life=None))
    ada = await does(db, "ada", Deed("Signed", at(1)))
    better = ModelText("Maturity", [RuleText("Signed up", 60 * MICRO, Did(event="Signed"))], BANDS)
    await service.update_model(SYSTEM, model_id, better)
    assert await value(model_id, ada) == 20
    task = await service.publish_model(SYSTEM, model_id)
    assert await value(model_id, ada) == 20
    await building.recompute(task)
    assert (await value(model_id, ada), (await build_of(model_id)).version) == (60, 2)
    rows = await fetch("SELECT value, band_name, cause FROM score_change ORDER BY id")
    assert [(row["value"] / MICRO, row["band_name"], row["cause"]) for row in rows] == [
        (20, "Warm", "EVENT"),
        (60, "Hot", "PUBLISHED"),
    ]


class Killed(Exception):
    """A process that dies."""


@pytest.mark.parametrize("at_step", [1, 2, 3])
async def test_dying_during_a_publish_leaves_either_version_whole(
    db: Settings, at_step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "AT_ONCE", 2)
    model_id = await published(model(half_life=None))
    people = [await does(db, who, Deed("Signed", at(1))) for who in "abc"]
    better = ModelText("Maturity", [RuleText("Signed up", 60 * MICRO, Did(event="Signed"))], BANDS)
    await service.update_model(SYSTEM, model_id, better)
    task = await service.publish_model(SYSTEM, model_id)
    steps = 0

    def die(name: str) -> None:
        nonlocal steps
        steps += name in ("scores.step", "scores.swapped")
        if steps == at_step:
            raise Killed

    use_crash_hook(die)
    try:
        with pytest.raises(Killed):
            await building.recompute(task)
    finally:
        use_crash_hook(None)
    assert [await value(model_id, one) for one in people] == [20, 20, 20]
    late = await does(db, "d", Deed("Signed", at(1)))
    again = await does(db, "c", Deed("Clicked", at(0.5)))
    assert await value(model_id, again) == 25
    await building.recompute(task)
    assert [await value(model_id, one) for one in (*people, late)] == [60] * 4


async def test_an_adjustment_is_a_line_until_it_expires(db: Settings, clock: SettableClock) -> None:
    model_id = await published(model())
    ada = await does(db, "ada", Deed("Signed", now()))
    await adjust_score(
        SYSTEM,
        customer_id=ada,
        model_id=model_id,
        points=40 * MICRO,
        reason="Met at the fair",
        expires_at=now() + DAY,
    )
    assert await value(model_id, ada) == 60
    clock.advance(DAY)
    await judge_all()
    assert await value(model_id, ada) == pytest.approx(20 * 2**-0.1, abs=1e-6)
    with pytest.raises(Refused) as refused:
        await adjust_score(SYSTEM, customer_id=ada, model_id=model_id, points=MICRO, reason=" ")
    assert refused.value.code == "REASON_INVALID"


async def test_the_band_changes_at_the_instant_that_was_told(
    db: Settings, clock: SettableClock
) -> None:
    model_id = await published(model())
    ada = await does(db, "ada", Deed("Signed", now()))
    (row,) = await fetch("SELECT next_band_at, band_name FROM customer_score")
    assert (row["next_band_at"], row["band_name"]) == (now() + 10 * DAY + 1, "Warm")
    seen = []
    for advance in (10 * DAY, 1):
        clock.advance(advance)
        await judge_all()
        rows = await fetch("SELECT band_name FROM customer_score WHERE customer_id = ?", (ada,))
        seen.append(rows[0]["band_name"])
    assert seen == ["Warm", "Cold"]
    rows = await fetch("SELECT cause FROM score_change WHERE model_id = ? ORDER BY id", (model_id,))
    assert [row["cause"] for row in rows] == ["EVENT", "TIME"]


async def test_scores_follow_a_merge_and_come_back_when_it_is_undone(db: Settings) -> None:
    model_id = await published(model(half_life=None))
    ada = await does(db, "ada", Deed("Clicked", at(1)))
    bob = await does(db, "bob", Deed("Signed", at(1)))
    await adjust_score(SYSTEM, customer_id=bob, model_id=model_id, points=MICRO, reason="Nice")
    merged = await identity.merge(SYSTEM, survivor_id=ada, absorbed_id=bob)
    await judge_all()
    assert await value(model_id, ada) == 26
    rows = await fetch("SELECT customer_id FROM customer_score")
    assert [row["customer_id"] for row in rows] == [ada]
    assert merged.merge_id is not None
    await identity.unmerge(SYSTEM, merge_id=merged.merge_id)
    await judge_all()
    assert (await value(model_id, ada), await value(model_id, bob)) == (5, 21)


async def test_a_model_may_not_depend_on_itself(db: Settings) -> None:
    model_id = await published(model())
    circular = ModelText("Maturity", [RuleText("r", MICRO, Score(model_id, at_least=5))])
    with pytest.raises(Refused) as refused:
        await service.update_model(SYSTEM, model_id, circular)
    assert refused.value.code == "CONDITION_CYCLE"


async def test_ranks_sort_customers_as_their_scores_do(db: Settings) -> None:
    await published(model())
    people = [
        await does(db, who, *[Deed("Clicked", at(day)) for day in days])
        for who, days in (("a", [0.0]), ("b", [4.0, 5.0]), ("c", [1.0, 20.0]), ("d", [30.0]))
    ]
    rows = await fetch("SELECT customer_id AS id FROM customer_rank ORDER BY rank DESC")
    scores = {
        row["customer_id"]: row["fading"]
        for row in await fetch("SELECT customer_id, fading FROM customer_score")
    }
    assert [row["id"] for row in rows] == sorted(people, key=lambda one: -scores[one])
