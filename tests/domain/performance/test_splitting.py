"""A suggested split follows from the figures, and says how sure it is."""

from random import Random

import pytest

from touchline.domain.performance.splitting import Result, suggest


def test_shares_sum_to_one_and_the_same_figures_give_the_same_split() -> None:
    results = {1: Result(30, 1_000), 2: Result(10, 1_000), 3: Result(0.5, 40)}
    first = suggest(results)
    assert sum(one.share for one in first.values()) == pytest.approx(1)
    assert suggest(dict(reversed(results.items()))) == first
    assert suggest(results, Random(7)) != first


def test_the_better_channel_gets_more_and_the_surer_one_a_narrower_interval() -> None:
    split = suggest({1: Result(300, 10_000), 2: Result(100, 10_000), 3: Result(0, 30)})
    assert split[1].share > split[2].share
    assert split[2].share == 0
    assert 0 < split[3].share < 0.6, "hardly tried, so it may yet be the best"
    assert split[1].high - split[1].low < split[3].high - split[3].low
    for one in split.values():
        assert one.low < one.expected < one.high


def test_an_interval_holds_the_truth_nine_times_in_ten() -> None:
    """Channels of rates drawn around their mean: with so many conversions the prior is weak."""
    chance, within = Random(4), 0
    for _ in range(60):
        rate = chance.uniform(0.01, 0.02)
        count = sum(chance.expovariate(1) < rate for _ in range(5_000))
        other = Result(0.015 * 5_000, 5_000)
        found = suggest({1: Result(count, 5_000), 2: other}, chance)[1]
        within += found.low <= rate <= found.high
    assert 46 <= within <= 60


def test_expectations_are_those_of_the_posterior() -> None:
    """Shape 1 + k over rate 1 / r + s, where r = 40 / 2,000 is the rate of all together."""
    split = suggest({1: Result(30, 1_000), 2: Result(10, 1_000)})
    assert split[1].expected == pytest.approx(31 / 1_050)
    assert split[2].expected == pytest.approx(11 / 1_050)


def test_nothing_spent_or_converted_suggests_nothing() -> None:
    assert suggest({}) == {}
    assert suggest({1: Result(0, 100), 2: Result(0, 50)}) == {}
