"""Scorecards are fitted by a process of their own."""

import math

import pytest

from touchline.domain.learning.question import CannotFit, Question
from touchline.workers.fitting_apart import fit_apart

CONVERTED = [n < 60 for n in range(180)]
TELLS = [int(n % 3 != 0) if n < 60 else int(n % 3 == 0) for n in range(180)]
NOISE = [n % 2 for n in range(180)]


async def test_what_tells_gets_weight_and_what_says_nothing_or_the_same_gets_none() -> None:
    again = [1 - one for one in TELLS]
    question = Question([TELLS, NOISE, again], [2, 2, 2], CONVERTED, 3, 1)
    answer = await fit_apart(question)
    assert answer.weights == pytest.approx([0.4923177697, 0, 0.4923177697], abs=1e-6)
    assert answer.evidence[0] == pytest.approx(
        [math.log((20.5 / 61) / (80.5 / 121)), math.log((40.5 / 61) / (40.5 / 121))]
    )
    assert answer.aucs == pytest.approx([0.7, 0.6375, 0.6625])


async def test_a_question_without_an_answer_fails_with_words() -> None:
    with pytest.raises(CannotFit, match="could not be fitted"):
        await fit_apart(Question([TELLS], [2], [True] * 180, 3, 1))
