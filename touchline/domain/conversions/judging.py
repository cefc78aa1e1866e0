"""Bringing the conversions of stale customers up to date."""

from touchline.domain.conversions.keeping import keep, stage
from touchline.domain.conversions.queries import all_goals
from touchline.domain.staleness.draining import Judged


async def judge(judged: Judged) -> None:
    """Look anew at the customers whose touchpoints came, went or changed hands."""
    for goal in await all_goals():
        if goal.is_applied:
            touched = judged.touched(goal.definition.affected_by)
            if touched:
                await keep(goal, touched, judged.at)
        if goal.building is not None:
            looked_at = [
                one
                for one in judged.touched(goal.building.definition.affected_by)
                if one <= goal.building.reached
            ]
            if looked_at:
                await stage(goal, looked_at)
