"""From one order of a list to another, item by item."""

from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.backlog.advising import disagreements
from touchline.domain.backlog.arranging import behind, put, wanted_order

SCORES = st.lists(st.one_of(st.none(), st.floats(0, 10)), max_size=12)


@given(SCORES)
def test_the_wanted_order_is_sorted_among_those_that_have_a_score(
    scores: list[float | None],
) -> None:
    order = list(enumerate(scores))
    wanted = wanted_order([one for one, _ in order], disagreements(order))
    assert sorted(wanted) == [one for one, _ in order]
    ranked = [score for one in wanted if (score := scores[one]) is not None]
    assert ranked == sorted(ranked, reverse=True)
    assert [at for at, one in enumerate(wanted) if scores[one] is None] == [
        at for at, score in enumerate(scores) if score is None
    ]


@given(SCORES, st.data())
def test_whatever_turns_are_taken_the_list_ends_in_the_wanted_order(
    scores: list[float | None], data: st.DataObject
) -> None:
    """Of what has not left it meanwhile."""
    order = list(range(len(scores)))
    moves = disagreements(list(enumerate(scores)))
    wanted = wanted_order(order, moves)
    gone = set(data.draw(st.lists(st.sampled_from(order))) if order else [])
    now = [one for one in order if one not in gone]
    moved = {one.item_id for one in moves}
    settled = {one for one in now if one not in moved}
    for item in data.draw(st.permutations([one for one in now if one in moved])):
        now = put(now, item, behind(wanted, settled, item))
        settled.add(item)
    assert now == [one for one in wanted if one not in gone]
