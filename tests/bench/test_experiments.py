"""Daily looks make no false winners, and planned sizes find their targets: a small simulation."""

import numpy as np

from bench.experiments.command import SCENARIOS, trials
from bench.experiments.trials import Seen, readable, verdicts, visit
from touchline.domain.experiments.samples import Sample
from touchline.domain.experiments.verdicts import Verdict, judge
from touchline.domain.kernel.clock import DAY

RATE, SEVERAL, REVENUE = SCENARIOS[1], SCENARIOS[3], SCENARIOS[4]


def test_looking_daily_at_equal_arms_makes_few_false_winners() -> None:
    found = trials(RATE, RATE.design(), 0.0, 1_000, 1)
    assert (found.worked | found.did_not).mean() <= 0.05
    assert found.naive.mean() > 0.2  # what an ordinary test would have done


def test_the_planned_people_find_the_target() -> None:
    assert trials(RATE, RATE.design(), RATE.target, 1_000, 2).worked.mean() >= 0.8


def test_the_simulation_says_what_the_product_says() -> None:
    for scenario in (RATE, SEVERAL, REVENUE):
        design = scenario.design()
        seen = visit(scenario.people(scenario.target), design, 28, 3, 3)
        worked, did_not, _ = verdicts(seen, design)
        said = readable(seen, design)
        for run, day in np.ndindex(said.shape):
            samples = _samples(seen, run, day)
            finding = judge(design, samples, ran=(day + 1) * DAY, ended=False)
            assert (finding.verdict is Verdict.WORKED) == worked[run, day].any()
            if said[run, day]:
                losers = [arm.verdict is Verdict.DID_NOT for arm in finding.arms[1:]]
                assert losers == did_not[run, day].tolist()


def _samples(seen: Seen, run: int, day: int) -> list[Sample]:
    return [
        Sample(int(people), int(conversions), float(total), float(squares))
        for people, conversions, total, squares in zip(
            seen.people[run, day],
            seen.conversions[run, day],
            seen.total[run, day],
            seen.squares[run, day],
            strict=True,
        )
    ]
