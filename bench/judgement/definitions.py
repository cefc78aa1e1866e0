"""The model, the segment and the rules that are measured."""

from touchline.domain.conditions.tree import All, Comparison, Did, Operator, Trait
from touchline.domain.kernel.actor import SYSTEM
from touchline.domain.kernel.clock import DAY
from touchline.domain.kernel.db import dialect, execute, fetch
from touchline.domain.scoring import service as scoring
from touchline.domain.scoring.bands import Band
from touchline.domain.scoring.decay import MICRO
from touchline.domain.scoring.wording import ModelText, RuleText
from touchline.domain.tags import rules as tag_rules
from touchline.domain.tags.publishing import publish_rule
from touchline.domain.tags.service import TagText, create_tag
from touchline.workers.routes import JOBS

HALF_LIFE = 30 * DAY
POINTS = {
    "Pricing": 5,
    "Blog": 1,
    "Email Opened": 1,
    "Email Link Clicked": 4,
    "Form Submitted": 10,
    "Ad Clicked": 2,
    "Order Completed": 50,
}
"""By event; what the bare aggregation adds up too."""

FIT = (("plan", Operator.EQUALS, "business", 15), ("seats", Operator.AT_LEAST, 25, 10))
BANDS = (Band("Cold", 0), Band("Warm", 20 * MICRO), Band("Hot", 60 * MICRO))
SEGMENT = All(
    (Did(event="Pricing", within=90 * DAY), Trait("plan", Comparison(Operator.EQUALS, "business")))
)


def model(times: int = 1) -> ModelText:
    """Seven events and two traits; ``times`` makes all points others."""
    of_events = [
        RuleText(name, points * times * MICRO, Did(event=name)) for name, points in POINTS.items()
    ]
    of_traits = [
        RuleText(f"{name} fits", points * MICRO, Trait(name, Comparison(operator, value)))
        for name, operator, value, points in FIT
    ]
    return ModelText("Bench", [*of_events, *of_traits], BANDS, (), HALF_LIFE)


async def published_model() -> int:
    """A model in force, its scores made, in the place of that of the data set."""
    await _forget_scores()
    model_id = await scoring.create_model(SYSTEM, model())
    await scoring.publish_model(SYSTEM, model_id)
    await work_tasks()
    return model_id


async def _forget_scores() -> None:
    """Leave customers as they are before anybody has a score."""
    for table in ("customer_score", "scoring_build", "scoring_model"):
        await execute(f"DELETE FROM {table}")
    for table in ("customer_rank", "tag_rank"):
        await execute(f"UPDATE {table} SET rank = 0")
        if dialect() == "postgres":
            await execute(f"VACUUM FULL ANALYZE {table}")


async def publish_tag_rules(count: int, name: str) -> None:
    """Tags that follow the events ``name 0``, ``name 1`` … of the last 30 days."""
    for number in range(count):
        event = f"{name} {number}"
        tag = await create_tag(SYSTEM, TagText(event))
        text = tag_rules.RuleText(event, Did(event=event, within=30 * DAY))
        await publish_rule(SYSTEM, await tag_rules.create_rule(SYSTEM, tag, text))
    await work_tasks()


async def work_tasks() -> None:
    """Do all long work that waits, as a worker would."""
    waiting = "SELECT id, kind FROM task WHERE finished_at IS NULL ORDER BY id LIMIT 1"
    while rows := await fetch(waiting):
        await JOBS[rows[0]["kind"]]({"task": rows[0]["id"]})
