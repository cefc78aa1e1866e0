"""How signs are cut into bins, weighed, and turned into points."""

import math

import pytest

from touchline.domain.conditions.tree import All, Channel, Comparison, Did, Operator, Trait
from touchline.domain.kernel.clock import DAY
from touchline.domain.learning.binning import fewest, of_campaigns, of_counts, of_values
from touchline.domain.learning.evidence import evidence_of
from touchline.domain.learning.question import Answer
from touchline.domain.learning.scorecard import scorecard
from touchline.domain.scoring.bands import Band
from touchline.domain.scoring.decay import MICRO


def test_a_bin_holds_a_fiftieth_of_the_customers_and_never_less_than_twenty() -> None:
    assert [fewest(n) for n in (100, 1_000, 5_000)] == [20, 20, 100]


def test_counts_are_cut_where_enough_customers_lie() -> None:
    counts = {n: 1 if n < 30 else 2 if n < 40 else 4 for n in range(65)}
    sign = of_counts(counts, 200, 90 * DAY, event="Priced")
    assert sign is not None
    assert [(one.name, one.condition) for one in sign.bins] == [
        (
            "Priced, once",
            Did(event="Priced", at_least=1, at_most=1, within=90 * DAY),
        ),
        (
            "Priced, 2 times or more",
            Did(event="Priced", at_least=2, within=90 * DAY),
        ),
    ]
    assert [sign.column.count(one) for one in range(3)] == [135, 30, 35]


def test_what_too_few_or_nearly_all_did_is_no_sign() -> None:
    assert of_counts(dict.fromkeys(range(19), 1), 200, DAY, event="Rare") is None
    assert of_counts(dict.fromkeys(range(181), 1), 200, DAY, event="Usual") is None
    sign = of_counts(dict.fromkeys(range(100), 1), 200, DAY, kind="PAGE")
    assert sign is not None
    assert [(one.name, one.condition) for one in sign.bins] == [
        ("any page", Did(type="PAGE", within=DAY))
    ]


def test_a_campaign_is_a_sign_of_its_source_or_medium() -> None:
    sign = of_campaigns("medium", "cpc", set(range(30)), 100, DAY)
    assert sign is not None
    test = Comparison(Operator.EQUALS, "cpc")
    assert [(one.name, one.condition) for one in sign.bins] == [
        ("campaign medium is cpc", Channel(medium=test, within=DAY))
    ]
    assert [sign.column.count(one) for one in range(2)] == [70, 30]
    assert of_campaigns("source", "ads", set(range(19)), 100, DAY) is None


def test_a_trait_is_cut_by_its_commonest_values_or_by_quarters() -> None:
    plans = {n: "gold" if n < 50 else "free" if n < 90 else f"odd {n}" for n in range(120)}
    sign = of_values("plan", plans, 200)
    assert sign is not None
    assert [one.name for one in sign.bins] == ["plan is gold", "plan is free"]
    assert [sign.column.count(one) for one in range(3)] == [110, 50, 40]
    seats = of_values("seats", {n: float(n) for n in range(100)}, 150)
    assert seats is not None
    least, below = Operator.AT_LEAST, Operator.LESS_THAN
    assert [(one.name, one.condition) for one in seats.bins] == [
        ("seats below 25", Trait("seats", Comparison(below, 25.0))),
        (
            "seats from 25 to below 50",
            All((Trait("seats", Comparison(least, 25.0)), Trait("seats", Comparison(below, 50.0)))),
        ),
        (
            "seats from 50 to below 75",
            All((Trait("seats", Comparison(least, 50.0)), Trait("seats", Comparison(below, 75.0)))),
        ),
        ("seats at least 75", Trait("seats", Comparison(least, 75.0))),
    ]
    assert [seats.column.count(one) for one in range(5)] == [50, 25, 25, 25, 25]
    assert of_values("email", {n: f"u{n}@acme.com" for n in range(200)}, 200) is None


def test_truth_values_are_not_numbers() -> None:
    sign = of_values("vip", {n: n < 60 if n < 120 else 1.0 for n in range(180)}, 200)
    assert sign is not None
    assert {one.name for one in sign.bins} == {"vip is true", "vip is false", "vip is 1"}
    assert [sign.column.count(one) for one in range(4)] == [20, 60, 60, 60]


def test_evidence_is_the_logarithm_of_shares_and_zero_where_they_are_alike() -> None:
    column = [1] * 30 + [0] * 10 + [1] * 20 + [0] * 60
    converted = [True] * 40 + [False] * 80
    found = evidence_of(column, 2, converted)
    assert found.weights == pytest.approx(
        [
            math.log((10.5 / 41) / (60.5 / 81)),
            math.log((30.5 / 41) / (20.5 / 81)),
        ]
    )
    assert evidence_of([0, 1] * 20, 2, [True, True, False, False] * 10) == ([0.0, 0.0], 0.0)


def test_points_double_the_odds_by_ten_and_are_counted_from_who_shows_nothing() -> None:
    priced = of_counts(dict.fromkeys(range(50), 1), 120, DAY, event="Priced")
    read = of_counts(dict.fromkeys(range(40, 100), 1), 120, DAY, event="Read")
    assert priced
    assert read
    converted = [n < 40 for n in range(120)]
    two = math.log(2)
    answer = Answer([1.0, 0.5], [[-two, two], [two, -3 * two]], [0.8, 0.8])
    card = scorecard([priced, read], converted, answer)
    assert [(one.name, one.points, one.customers, one.hits) for one in card.rules] == [
        ("Priced", 20, 50, 40),
        ("Read", -20, 60, 0),
    ]
    assert card.rules[1].words == (
        "50.0% of the customers looked at meet it, and 0.0% of them converted, where 33.3% of all"
        " did: a weight of evidence of -2.08, which speaks against a conversion. Next to customers"
        " who show nothing of it, and with all other rules in account, it takes 20 points."
    )
    assert card.bands == [Band("Warm", 20 * MICRO)]
