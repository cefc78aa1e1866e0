"""Workers make scores, tag in bulk and judge what happens, each by itself."""

from tests.support.events import arrive, customer_of
from tests.support.waiting import until
from touchline.domain.conditions.tree import Did
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.db import fetch
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.service import create_model, publish_model
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.domain.tags.bulk import tag_all
from touchline.domain.tags.service import TagText, create_tag
from touchline.settings import Settings
from touchline.workers.embedded import working

BOUGHT = Did(event="Bought")


async def bought(db: Settings, who: str) -> int:
    call = {"type": "track", "userId": who, "event": "Bought", "messageId": who}
    await arrive(db, call)
    return await customer_of("user_id", who)


async def scores() -> dict[int, int]:
    rows = await fetch(
        "SELECT s.customer_id, s.steady FROM customer_score s"
        " JOIN scoring_model m ON m.build_id = s.build_id"
    )
    return {row["customer_id"]: row["steady"] for row in rows}


async def tagged() -> list[int]:
    rows = await fetch("SELECT customer_id FROM customer_tag ORDER BY customer_id")
    return [row["customer_id"] for row in rows]


async def test_what_is_queued_and_what_happens_is_judged_by_workers(db: Settings) -> None:
    ada = await bought(db, "ada")
    async with working(db):
        model = ModelText("Maturity", [RuleText("Bought", 5 * MICRO, BOUGHT)])
        await publish_model(SYSTEM, await create_model(SYSTEM, model))
        tag = await create_tag(SYSTEM, TagText("Buyer"))
        await tag_all(SYSTEM, condition=BOUGHT, tag_ids=[tag])

        async def made() -> bool:
            return await scores() == {ada: 5 * MICRO} and await tagged() == [ada]

        await until(made)
        bob = await bought(db, "bob")

        async def judged() -> bool:
            return await scores() == {ada: 5 * MICRO, bob: 5 * MICRO}

        await until(judged)
