"""What is fitted to purchases, held against what was published and what was drawn."""

import numpy as np
import pytest

from touchline.domain.forecasts.question import Buying, CannotForecast, Question, Spending
from touchline.workers.forecasting import (
    alive,
    average_spend,
    expected,
    fit_buying,
    fit_spending,
)
from touchline.workers.forecasting_apart import forecast_apart

PUBLISHED = Buying(r=0.243, alpha=4.414, a=0.793, b=2.426)
"""Fader, Hardie and Lee (2005), of the buyers of an online shop in 1997; weeks."""
SPENDING = Spending(p=6.25, q=3.74, gamma=15.44)
"""Fader and Hardie (2013), of the same."""
WEEKS = 78.0


def drawn(count: int, seed: int = 7) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Repeats, last, age and average spend of customers who do what the models say."""
    dice = np.random.default_rng(seed)
    rates = dice.gamma(PUBLISHED.r, 1 / PUBLISHED.alpha, count)
    leaving = dice.beta(PUBLISHED.a, PUBLISHED.b, count)
    ages = dice.uniform(WEEKS / 2, WEEKS, count)
    scales = dice.gamma(SPENDING.q, 1 / SPENDING.gamma, count)
    rows = []
    for rate, left, age, scale in zip(rates, leaving, ages, scales, strict=True):
        times = [0.0]
        while (then := times[-1] + dice.exponential(1 / max(rate, 1e-12))) < age:
            times.append(then)
            if dice.random() < left:
                break
        repeats = len(times) - 1
        spend = dice.gamma(SPENDING.p, 1 / scale, repeats).mean() if repeats else 0.0
        rows.append((repeats, times[-1], age, spend))
    repeated, last, aged, spent = np.array(rows).T
    return repeated, last, aged, spent


def test_the_published_customer_is_expected_to_buy_as_often_as_published() -> None:
    """Two repeats, the last after 30.43 of 38.86 weeks: 1.226 more in 39 weeks."""
    repeats, last, age = (np.array([value]) for value in (2.0, 30.43, 38.86))
    assert expected(PUBLISHED, repeats, last, age, 39.0)[0] == pytest.approx(1.226, abs=5e-4)
    assert 0.7 < alive(PUBLISHED, repeats, last, age)[0] < 0.8


def test_who_never_bought_again_may_still_and_is_expected_to_spend_what_all_do() -> None:
    none = np.array([0.0])
    assert alive(PUBLISHED, none, none, np.array([38.86]))[0] == 1.0
    usual = SPENDING.p * SPENDING.gamma / (SPENDING.q - 1)
    assert average_spend(SPENDING, none, none)[0] == pytest.approx(usual)
    assert usual == pytest.approx(35.2, abs=0.1)


def test_what_is_fitted_to_customers_of_the_published_kind_is_what_was_published() -> None:
    repeats, last, age, _ = drawn(8_000)
    buying = fit_buying(repeats, last, age)
    assert buying.r == pytest.approx(PUBLISHED.r, rel=0.1)
    assert buying.alpha == pytest.approx(PUBLISHED.alpha, rel=0.15)
    left, meant = (one.a / (one.a + one.b) for one in (buying, PUBLISHED))
    assert left == pytest.approx(meant, rel=0.1)


def test_what_is_fitted_to_spenders_of_the_published_kind_is_what_was_published() -> None:
    dice = np.random.default_rng(11)
    repeats = dice.poisson(4, 20_000).astype(np.float64) + 1
    scales = dice.gamma(SPENDING.q, 1 / SPENDING.gamma, 20_000)
    spent = dice.gamma(SPENDING.p * repeats, 1 / scales) / repeats
    spending = fit_spending(repeats, np.asarray(spent, dtype=np.float64))
    assert spending.p == pytest.approx(SPENDING.p, rel=0.15)
    assert spending.q == pytest.approx(SPENDING.q, rel=0.15)
    assert spending.gamma == pytest.approx(SPENDING.gamma, rel=0.2)


def test_the_second_half_comes_as_the_first_lets_expect() -> None:
    dice = np.random.default_rng(3)
    repeats, last, age, _ = drawn(4_000)
    ahead = 26.0
    foretold = expected(PUBLISHED, repeats, last, age, ahead).sum()
    bought = 0
    odds = alive(PUBLISHED, repeats, last, age)
    for x, t, there in zip(repeats, age, odds, strict=True):
        if dice.random() < there:
            rate = dice.gamma(PUBLISHED.r + x, 1 / (PUBLISHED.alpha + t))
            left, at = dice.beta(PUBLISHED.a, PUBLISHED.b + x), 0.0
            while (at := at + dice.exponential(1 / max(rate, 1e-12))) < ahead:
                bought += 1
                if dice.random() < left:
                    break
    assert foretold == pytest.approx(bought, rel=0.05)


@pytest.mark.parametrize("spend", ["alike", "wild"])
def test_customers_who_are_all_alike_or_nothing_alike_have_a_finite_forecast(spend: str) -> None:
    dice = np.random.default_rng(1)
    repeats = dice.poisson(2, 300).astype(float)
    age = dice.uniform(10, 60, 300)
    last = np.where(repeats > 0, age * dice.uniform(0.2, 1, 300), 0.0)
    each = np.full(300, 1_000.0) if spend == "alike" else dice.pareto(0.6, 300) * 1_000 + 1
    paid = np.where(repeats > 0, each, 0.0)
    buying, spending = fit_buying(repeats, last, age), fit_spending(repeats, paid)
    bought = expected(buying, repeats, last, age, 52.0)
    assert np.isfinite(bought).all()
    assert (bought >= 0).all()
    average = average_spend(spending, repeats, paid)
    assert np.isfinite(average).all()
    if spend == "alike":
        assert average == pytest.approx(np.full(300, 1_000.0), rel=0.01)


async def test_a_process_of_its_own_answers_and_says_why_it_cannot() -> None:
    repeats, last, age, spend = (one.tolist() for one in drawn(300))
    asked = Question([int(one) for one in repeats], last, age, spend, 52.0)
    answer = await forecast_apart(asked)
    assert [len(one) for one in (answer.purchases, answer.alive, answer.spend)] == [300] * 3
    with pytest.raises(CannotForecast, match="could not be fitted"):
        await forecast_apart(Question([0], [0.0], [1.0, 2.0], [0.0], 52.0))
