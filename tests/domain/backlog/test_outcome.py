"""What came of an item: verdicts and sentences from figures."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.backlog.outcome import FEWEST_REACHED, Hoped, outcome
from touchline.domain.backlog.types import Metric, Verdict
from touchline.domain.kernel.clock import DAY
from touchline.domain.performance.between import Achieved

CAME = Achieved(
    reads=1_620, readers=412, shares=1, clicks=30, reached=400, conversions=8, converted=6,
    values={"EUR": 123_450},
)  # fmt: skip


@pytest.mark.parametrize(
    ("metric", "target", "verdict", "sentence"),
    [
        (
            Metric.READS,
            500,
            Verdict.WORKED,
            "It was read 1,620 times in 14 days; the target was 500.",
        ),
        (Metric.READERS, 412.001, Verdict.DID_NOT, "412 people read it in 14 days; the target was"),
        (Metric.SHARES, 2, Verdict.DID_NOT, "It was shared once in 14 days; the target was 2."),
        (Metric.CLICKS, 30, Verdict.WORKED, "Its links were clicked 30 times in 14 days; the"),
        (Metric.CONVERSIONS, 8, Verdict.WORKED, "8 conversions followed in 14 days; the target"),
        (
            Metric.CONVERSION_RATE,
            1.5,
            Verdict.WORKED,
            "1.5% of the 400 people that it reached converted in 14 days; the target was 1.5.",
        ),
        (
            Metric.CONVERSION_VALUE,
            2_000,
            Verdict.DID_NOT,
            "The conversions that followed are worth 1,234.5 EUR in 14 days; the target was 2,000.",
        ),
    ],
)
def test_a_figure_is_held_against_its_target(
    metric: Metric, target: float, verdict: Verdict, sentence: str
) -> None:
    found = outcome(Hoped(metric, round(target * 1000), 14 * DAY), CAME)
    assert found.verdict is verdict
    assert found.sentence.startswith(sentence)


def test_nothing_is_said_without_metric_content_or_target() -> None:
    hoped = Hoped(Metric.READS, 500_000, DAY)
    unclear = [
        outcome(replace(hoped, metric=None, target_milli=None), CAME),
        outcome(hoped, None),
        outcome(replace(hoped, target_milli=None), CAME),
    ]
    assert [(one.verdict, one.sentence) for one in unclear] == [
        (Verdict.INCONCLUSIVE, "Nobody said by which figure it is to be measured."),
        (Verdict.INCONCLUSIVE, "It has no content whose figures could be counted."),
        (Verdict.INCONCLUSIVE, "It was read 1,620 times in a day; no target was set."),
    ]


def test_amounts_of_several_currencies_cannot_be_compared() -> None:
    came = replace(CAME, values={"USD": 1, "EUR": 2})
    found = outcome(Hoped(Metric.CONVERSION_VALUE, 1, DAY), came)
    assert (found.verdict, found.value) == (Verdict.INCONCLUSIVE, None)
    assert found.sentence == "What followed is worth money of several currencies (EUR, USD)."


def test_few_people_tell_nothing_of_a_rate() -> None:
    few = replace(CAME, reached=29, converted=20)
    found = outcome(Hoped(Metric.CONVERSION_RATE, 1_000, 2 * DAY), few)
    assert (found.verdict, found.needed) == (Verdict.INCONCLUSIVE, FEWEST_REACHED)
    assert found.sentence == (
        "68.966% of the 29 people that it reached converted in 2 days;"
        " it reached 29 people, and fewer than 30 tell nothing."
    )


@given(st.sampled_from(Metric), st.integers(1, 10**6), st.integers(0, 500), st.integers(0, 500))
def test_a_better_figure_is_never_a_worse_verdict(
    metric: Metric, target: int, less: int, more: int
) -> None:
    """Of as many people, with the same target."""
    order = {Verdict.DID_NOT: 0, Verdict.WORKED: 1}
    low, high = sorted((less, more))
    verdicts = [
        outcome(
            Hoped(metric, target, DAY),
            Achieved(n, n, n, n, 500, n, n, {"EUR": n}),
        ).verdict
        for n in (low, high)
    ]
    assert order[verdicts[0]] <= order[verdicts[1]]
