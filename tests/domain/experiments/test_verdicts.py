"""What is said of an experiment, from what was seen."""

import pytest

from touchline.domain.experiments.samples import Sample
from touchline.domain.experiments.verdicts import Design, Finding, Health, Verdict, judge
from touchline.domain.experiments.wording import Told, sentence
from touchline.domain.kernel.clock import DAY

DESIGN = Design(target=0.05, weights=(1, 1), planned=4_000, shortest=7 * DAY)
TOLD = Told(("Long form", "Short form"), is_rate=True)


def rate(people: int, conversions: int) -> Sample:
    return Sample(people, conversions, conversions, conversions)


def judged(
    *samples: Sample, design: Design = DESIGN, ran: int = 8 * DAY, ended: bool = False
) -> tuple[Finding, str]:
    finding = judge(design, samples, ran=ran, ended=ended)
    return finding, sentence(TOLD, design, samples, finding, ran)


def test_a_clear_difference_worked() -> None:
    finding, said = judged(rate(1_000, 100), rate(1_000, 250))
    assert (finding.verdict, finding.best, list(finding.health)) == (Verdict.WORKED, 1, [])
    assert said == (
        "“Short form” worked: 25.00% against 10.00% of “Long form”, a difference of 9.87 to 20.13"
        " percentage points."
    )


def test_less_is_better_where_it_is_wanted() -> None:
    design = Design(target=0.05, weights=(1, 1), planned=4_000, sign=-1)
    assert judged(rate(1_000, 250), rate(1_000, 100), design=design)[0].verdict == Verdict.WORKED
    assert judged(rate(1_000, 100), rate(1_000, 250), design=design)[0].verdict == Verdict.DID_NOT


def test_a_clear_loss_did_not_work() -> None:
    finding, said = judged(rate(1_000, 250), rate(1_000, 100))
    assert finding.verdict == Verdict.DID_NOT
    assert said == (
        "It did not work: “Short form” is worse than “Long form” by 9.87 to 20.13 percentage"
        " points."
    )


def test_a_difference_that_is_surely_small_is_none() -> None:
    finding, said = judged(rate(20_000, 2_000), rate(20_000, 2_010))
    assert finding.verdict == Verdict.NO_DIFFERENCE
    assert said == (
        "No difference that matters: that of “Short form” lies between -0.92 and +1.02 percentage"
        " points, and less than 5.00 points does not matter."
    )


def test_what_is_open_is_collected_until_the_end() -> None:
    samples = rate(500, 50), rate(500, 60)
    finding, said = judged(*samples)
    assert finding.verdict == Verdict.COLLECTING
    assert said == "Too early to say: 500 of 2,000 people an arm were seen."
    finding, said = judged(*samples, ended=True)
    assert finding.verdict == Verdict.INCONCLUSIVE
    assert said.startswith("It ended before anything could be said: that of “Short form” lies")


@pytest.mark.parametrize(
    "samples, ran, health, said",
    [
        (
            (rate(60, 6), rate(60, 50)),
            8 * DAY,
            Health.TOO_FEW_PEOPLE,
            "An arm was seen by 60 people; 100 are the least.",
        ),
        (
            (rate(1_000, 100), rate(1_000, 250)),
            3 * DAY,
            Health.TOO_SHORT,
            "It has run for 3 days; 7 days are the least.",
        ),
        (
            (rate(1_000, 0), rate(1_000, 9)),
            8 * DAY,
            Health.TOO_FEW_CONVERSIONS,
            "Too few people did what is measured for anything to be said.",
        ),
    ],
)
def test_nothing_is_said_too_early(
    samples: tuple[Sample, Sample], ran: int, health: Health, said: str
) -> None:
    finding, _ = judged(*samples, ran=ran)
    assert (finding.verdict, list(finding.health)) == (Verdict.COLLECTING, [health])
    finding, told = judged(*samples, ran=ran, ended=True)
    assert finding.verdict == Verdict.INCONCLUSIVE
    assert told == f"It ended too early to say. {said}"


def test_people_who_are_split_wrongly_are_not_compared() -> None:
    finding, said = judged(rate(1_200, 100), rate(900, 250))
    assert (finding.verdict, list(finding.health)) == (
        Verdict.UNHEALTHY,
        [Health.SAMPLE_RATIO_MISMATCH],
    )
    assert said == (
        "The figures cannot be trusted: the arms have 1,200 and 900 people where 1,050 and 1,050"
        " were meant."
    )


def test_many_in_several_arms_are_a_warning() -> None:
    finding = judge(
        DESIGN, (rate(1_000, 100), rate(1_000, 250)), ran=8 * DAY, ended=False, in_two=300
    )
    assert (finding.verdict, list(finding.health)) == (Verdict.WORKED, [Health.MANY_IN_TWO_ARMS])


def test_the_best_of_several_arms_is_named_and_all_must_fail() -> None:
    design = Design(target=0.05, weights=(1, 1, 1), planned=6_000)
    samples = [rate(1_000, 100), rate(1_000, 250), rate(1_000, 300)]
    assert judge(design, samples, ran=0, ended=False).best == 2
    samples = [rate(1_000, 250), rate(1_000, 100), rate(1_000, 255)]
    finding = judge(design, samples, ran=0, ended=False)
    assert finding.verdict == Verdict.COLLECTING
    assert [arm.verdict for arm in finding.arms] == [None, Verdict.DID_NOT, Verdict.COLLECTING]


def test_a_number_is_judged_like_a_rate() -> None:
    design = Design(target=5, weights=(1, 1), planned=2_000)
    low = Sample(500, 100, 10_000.0, 500_000.0)
    high = Sample(500, 100, 20_000.0, 1_200_000.0)
    finding = judge(design, (low, high), ran=0, ended=False)
    assert finding.verdict == Verdict.WORKED
    told = Told(("Long form", "Short form"), is_rate=False)
    assert sentence(told, design, (low, high), finding, 0).startswith(
        "“Short form” worked: 40.00 a person against 20.00 a person of “Long form”"
    )


def test_all_alike_says_nothing() -> None:
    design = Design(target=0.05, weights=(1, 1), planned=2_000, fewest=2)
    finding = judge(design, (rate(50, 50), rate(50, 50)), ran=0, ended=True)
    assert finding.verdict == Verdict.INCONCLUSIVE
    assert finding.arms[1].difference is None
