"""Scores that advise, by hand."""

import pytest

from touchline.domain.backlog.advising import (
    FORMULAS,
    Disagreement,
    Figures,
    disagreements,
    ice,
    rice,
    value_per_effort,
    wsjf,
)

KNOWN = Figures(effort=5, customer_level=4, business_level=2, urgency=3, confidence=80, reach=1_000)


def test_scores_are_what_their_sources_say() -> None:
    assert wsjf(KNOWN) == (5 + 2 + 3) / 5
    assert rice(KNOWN) == pytest.approx(1_000 * (2.0 + 0.5) / 2 * 0.8 / 5)
    assert ice(KNOWN) == pytest.approx(6 * 8 * 6)
    assert value_per_effort(KNOWN) == 6 / 5


def test_what_is_not_known_is_not_scored() -> None:
    nothing = Figures(effort=None, customer_level=None, business_level=None)
    assert [score(nothing) for score in FORMULAS.values()] == [None] * 4
    assert wsjf(Figures(effort=1, customer_level=1, business_level=1)) == 3
    assert rice(Figures(effort=1, customer_level=1, business_level=1, confidence=50)) is None


def test_a_formula_disagrees_where_it_would_have_items_elsewhere() -> None:
    order = [(1, 1.0), (2, None), (3, 5.0), (4, 1.0), (5, 9.0)]
    assert disagreements(order) == [
        Disagreement(5, rank=5, formula_rank=1),
        Disagreement(1, rank=1, formula_rank=4),
        Disagreement(4, rank=4, formula_rank=5),
    ]
    assert disagreements([(1, 2.0), (2, 2.0), (3, None)]) == []
