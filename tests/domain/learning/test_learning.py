"""What a model is learned from lies before the conversion; learning ends once, or says why."""

from random import Random
from typing import Any

import pytest

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of
from tests.support.learning import by_evidence_alone, market, told
from touchline.domain.conditions.tree import Did
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY, HOUR, Moment, now
from touchline.domain.kernel.db import fetch
from touchline.domain.learning.observing import Observed, observe
from touchline.domain.learning.question import Answer, CannotFit, Question
from touchline.domain.learning.sampling import Conversion, Subject, converted, draw, others
from touchline.domain.learning.service import Wish, suggest_model
from touchline.domain.learning.working import go_on
from touchline.settings import Settings

BOUGHT = Conversion(event="Bought")


async def wished(name: str = "Learned", conversion: Conversion = BOUGHT, ahead: int = DAY) -> int:
    suggestion = await suggest_model(SYSTEM, Wish(name, conversion, ahead=ahead))
    rows = await fetch("SELECT task_id FROM scoring_suggestion WHERE id = ?", (suggestion,))
    return int(rows[0]["task_id"])


async def ended(task: int) -> tuple[str, str | None]:
    (row,) = await fetch("SELECT status, error FROM task WHERE id = ?", (task,))
    return row["status"], row["error"]


async def learned() -> list[tuple[str, int, int]]:
    rows = await fetch(
        "SELECT r.name, r.points, m.version FROM scoring_rule r"
        " JOIN scoring_model m ON m.id = r.model_id ORDER BY m.id, r.place"
    )
    return [(row["name"], row["points"], row["version"]) for row in rows]


async def test_nothing_is_read_that_was_done_or_said_after_the_instant(
    db: Settings, clock: SettableClock
) -> None:
    dice, start = Random(5), now() - 40 * DAY
    deeds: list[tuple[str, str, Moment]] = []
    said: list[tuple[str, str, Moment]] = []
    came: list[tuple[str, str, Moment]] = []
    calls: list[dict[str, Any]] = []
    for who in ("ann", "bob", "cid", "dee"):
        for ago in dice.sample(range(40 * 24), 40):
            at, ago_ms = now() - ago * HOUR, ago * HOUR
            if dice.random() < 0.7:
                name, source = dice.choice(["Priced", "Read"]), dice.choice(["ads", "fair"])
                deeds.append((who, name, at))
                came.append((who, source, at))
                context = {"campaign": {"source": source, "medium": None}}
                calls.append(told(who, name, ago_ms, context=context))
            else:
                plan = dice.choice(["gold", "free"])
                said.append((who, plan, at))
                calls.append(told(who, "identify", ago_ms, traits={"plan": plan}))
    await arrive(db, *calls)
    people = {who: await customer_of("user_id", who) for who in ("ann", "bob", "cid", "dee")}
    for _ in range(12):
        instants = {who: start + dice.randrange(40 * 24) * HOUR for who in people}
        subjects = [Subject(people[who], at, False) for who, at in instants.items()]
        found = Observed()
        assert [done async for done in observe(subjects, 10 * DAY, found)] == [4]
        for place, (who, at) in enumerate(instants.items()):
            for name in ("Priced", "Read"):
                within = [at - 10 * DAY < t <= at for p, n, t in deeds if (p, n) == (who, name)]
                assert found.names[name][place] == sum(within)
            for source in ("ads", "fair"):
                within = [at - 10 * DAY < t <= at for p, n, t in came if (p, n) == (who, source)]
                assert (place in found.campaigns["source", source]) == any(within)
            assert all(kind == "source" for kind, _ in found.campaigns)
            earlier = [(t, plan) for p, plan, t in said if p == who and t <= at]
            if earlier and len({plan for _, plan in earlier}) == 1:
                assert found.traits["plan"][place] == earlier[0][1]
            assert (place in found.traits["plan"]) == bool(earlier)


async def test_both_sides_are_looked_at_in_the_same_seasons(
    db: Settings, clock: SettableClock
) -> None:
    await market(db)
    await arrive(db, told("late", "Priced", 10 * DAY + 20 * HOUR))
    found = await converted(BOUGHT, 2 * DAY, now())
    firsts = [now() - 10 * DAY - n * HOUR for n in range(40)]
    assert sorted(found.instants.values()) == sorted(at - 1 - 2 * DAY for at in firsts)
    rest = await others(found)
    subjects = await draw(found, rest, seed=1)
    ours = [one for one in subjects if one.converted]
    theirs = [one for one in subjects if not one.converted]
    assert {one.customer_id: one.at for one in ours} == found.instants
    assert len(theirs) == 80  # who was first seen after all those instants is not among them
    assert {one.at for one in theirs} <= set(found.instants.values())
    assert await draw(found, rest, seed=1) == subjects
    assert await draw(found, rest, seed=2) != subjects


async def test_a_condition_converts_those_of_whom_it_came_to_hold(
    db: Settings, clock: SettableClock
) -> None:
    await market(db)
    task = await wished(conversion=Conversion(condition=Did(event="Bought")), ahead=20 * DAY)
    await go_on(task, by_evidence_alone)
    assert await ended(task) == ("DONE", None)
    assert await learned() == [("Priced", 31_000_000, 1)]
    (row,) = await fetch("SELECT m.conversion FROM scoring_model m")
    assert row["conversion"] is None


async def test_learning_is_begun_anew_after_a_kill_and_done_once(
    db: Settings, clock: SettableClock
) -> None:
    await market(db)
    task = await wished()

    async def killed(question: Question) -> Answer:
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        await go_on(task, killed)
    assert (await ended(task))[0] == "RUNNING"
    assert await learned() == []
    clock.advance(50 * DAY)  # the second run looks from the same instant
    await go_on(task, by_evidence_alone)
    await go_on(task, by_evidence_alone)
    assert await ended(task) == ("DONE", None)
    assert await learned() == [("Priced", 31_000_000, 1)]


async def test_learning_that_fails_says_why_and_writes_nothing(
    db: Settings, clock: SettableClock
) -> None:
    await market(db)

    async def broken(question: Question) -> Answer:
        raise CannotFit("The scorecard could not be fitted: no memory")

    async def dumb(question: Question) -> Answer:
        answer = await by_evidence_alone(question)
        return Answer([0.0] * len(answer.weights), answer.evidence, answer.aucs)

    first, second, third = await wished(), await wished(), await wished()
    await go_on(first, broken)
    assert await ended(first) == ("FAILED", "The scorecard could not be fitted: no memory")
    await go_on(second, dumb)
    sentence = "Nothing that customers did or were before tells the conversion."
    assert await ended(second) == ("FAILED", sentence)
    query = "SELECT CAST(fit AS TEXT) AS fit FROM scoring_suggestion ORDER BY id"
    first_fit, second_fit = [row["fit"] for row in await fetch(query)][:2]
    assert first_fit is None
    assert '"customers":120,"conversions":40' in second_fit  # what was tried is told
    assert await learned() == []
    await go_on(third, by_evidence_alone)
    late = await ended(third)
    assert late == ("DONE", None)
