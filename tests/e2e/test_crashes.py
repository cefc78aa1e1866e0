"""Nothing acknowledged is lost and nothing is stored twice, however often the server dies."""

import pytest

from tests.e2e.crash_rig import Plan, rehearse
from tests.support.deployment import MODES, Mode, deployments

PLAN = Plan(events=3_000, clients=8, kills=3, seed=7, ask_graphql=True)


@pytest.mark.parametrize("mode", MODES)
async def test_every_promise_is_kept_through_three_kills(mode: Mode) -> None:
    with deployments(mode) as fresh:
        outcome = await rehearse(fresh(), PLAN)

    assert outcome.verdict.broken == {}
    assert outcome.kills_by_hand + outcome.kills_at_crash_points == PLAN.kills
    assert outcome.verdict.acked <= outcome.verdict.stored <= outcome.verdict.attempted
