"""Bringing the stages of stale customers up to date."""

from touchline.domain.stages.placing import OWNER, place
from touchline.domain.stages.queries import all_stages
from touchline.domain.staleness import facts
from touchline.domain.staleness.draining import Judged


async def judge(judged: Judged) -> None:
    """Place the customers anew that a change touches."""
    touching = frozenset().union(*(stage.affected_by for stage in await judged.once(all_stages)))
    await place(judged.touched(touching | {facts.due(OWNER)}), judged.at)
