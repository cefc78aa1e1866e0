"""As time goes by, lists stay sorted and sums stay within their columns."""

from tests.support.clock import SettableClock
from tests.support.events import arrive, customer_of
from tests.support.judging import judge_all
from tests.support.scoring import run_tasks
from touchline.domain.conditions.tree import Did, Identifier
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import fetch
from touchline.domain.scoring.adjusting import adjust_score
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.service import create_model, publish_model
from touchline.domain.scoring.upkeep import keep
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.settings import Settings

RULES = [
    RuleText("Bought", 20 * MICRO, Did(event="Bought")),
    RuleText("Known", 7 * MICRO, Identifier("email")),
]


async def scored(db: Settings) -> int:
    """Ann has points that fade, Bob some that stay, Cid some that a colleague gave."""
    model = await create_model(SYSTEM, ModelText("Fit", RULES, half_life=3 * DAY))
    await arrive(
        db,
        {"type": "track", "event": "Bought", "userId": "ann", "messageId": "a"},
        {"type": "identify", "userId": "bob", "traits": {"email": "b@x.io"}, "messageId": "b"},
        {"type": "track", "event": "Seen", "userId": "cid", "messageId": "c"},
    )
    await publish_model(SYSTEM, model)
    await run_tasks()
    await adjust_score(
        SYSTEM,
        customer_id=await customer_of("user_id", "cid"),
        model_id=model,
        points=10 * MICRO,
        reason="met",
    )
    await judge_all()
    return model


async def by_score() -> list[str]:
    rows = await fetch(
        "SELECT i.value FROM customer_rank c JOIN customer_list l ON l.id = c.list_id"
        " JOIN identifier i ON i.customer_id = c.customer_id"
        " WHERE l.is_shown = TRUE AND i.kind = 'user_id' ORDER BY c.rank DESC"
    )
    return [row["value"] for row in rows]


async def test_points_that_stay_rise_above_those_that_fade(
    db: Settings, clock: SettableClock
) -> None:
    await scored(db)
    assert await by_score() == ["ann", "cid", "bob"]
    clock.advance(30 * DAY)
    await keep()
    assert await by_score() == ["cid", "bob", "ann"]


async def test_long_past_landmarks_move_by_a_new_build(db: Settings, clock: SettableClock) -> None:
    model = await scored(db)
    first = await fetch("SELECT build_id FROM scoring_model WHERE id = ?", (model,))
    clock.advance(16 * 3 * DAY)
    await keep()
    await keep()  # one that is being made is let go on
    await run_tasks()
    (row,) = await fetch(
        "SELECT m.build_id, b.landmark FROM scoring_model m"
        " JOIN scoring_build b ON b.id = m.build_id WHERE m.id = ?",
        (model,),
    )
    assert row["build_id"] != first[0]["build_id"]
    assert row["landmark"] == clock()
    assert await fetch("SELECT id FROM scoring_build WHERE id <> ?", (row["build_id"],)) == []
    assert await by_score() == ["cid", "bob", "ann"]
