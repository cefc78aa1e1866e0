"""How well scores told who would convert."""

from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.scoring.backtesting import back_test


def test_scores_that_tell_all_have_an_auc_of_one() -> None:
    scored = [(value, value >= 16) for value in range(20)]
    found = back_test(scored)
    assert (found.customers, found.conversions, found.auc) == (20, 4, 1.0)
    assert [(one.decile, one.rate, one.lift) for one in found.lift[:3]] == [
        (1, 1.0, 5.0),
        (2, 1.0, 5.0),
        (3, 0.0, 0.0),
    ]


def test_equal_scores_tell_nothing() -> None:
    found = back_test([(7, number % 4 == 0) for number in range(40)])
    assert found.auc == 0.5
    assert {one.rate for one in found.lift} == {0.25}
    assert {one.lift for one in found.lift} == {1.0}


def test_without_both_kinds_there_is_nothing_to_tell() -> None:
    assert back_test([(1, False), (2, False)]).auc is None
    assert back_test([(1, True)]).auc is None
    assert back_test([]).lift == []


SCORED = st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=1, max_size=40)


@given(SCORED)
def test_the_auc_counts_pairs(scored: list[tuple[int, bool]]) -> None:
    won = [value for value, did in scored if did]
    lost = [value for value, did in scored if not did]
    pairs = [1.0 if up > down else 0.5 if up == down else 0.0 for up in won for down in lost]
    found = back_test(scored).auc
    if not pairs:
        assert found is None
    else:
        assert found is not None
        assert abs(found - sum(pairs) / len(pairs)) < 1e-9
