"""Growing customers as touchpoints arrive ends where folding everything at once ends."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.book import POOL, Book, Seen, folded_at_once
from touchline.domain.identity.components import Member
from touchline.domain.identity.folding import Ruling

members = st.frozensets(st.sampled_from(POOL), min_size=1, max_size=4)
touchpoints = st.lists(st.tuples(members, st.integers(0, 12)), min_size=1, max_size=14)


@st.composite
def rulings(draw: st.DrawFn, book: Book) -> Ruling:
    known = sorted(book.kinds)
    one = frozenset(draw(st.lists(st.sampled_from(known), min_size=1, max_size=3)))
    rest = [digest for digest in known if digest not in one] or known
    other = frozenset(draw(st.lists(st.sampled_from(rest), min_size=1, max_size=3))) - one
    order = len(book.rulings)
    match draw(st.sampled_from(["merge", "forbid", "split"])):
        case "merge":
            return Ruling(order, (one | other,))
        case "forbid":
            return Ruling(order, (), (one, other))
        case _:
            return Ruling(order, (one, other), (one, other))


@settings(max_examples=300, deadline=None)
@given(touchpoints, st.data())
def test_arrival_in_any_order_and_any_batches_ends_where_one_fold_ends(
    seen: list[Seen], data: st.DataObject
) -> None:
    arrivals = data.draw(st.permutations(seen + data.draw(st.lists(st.sampled_from(seen)))))
    book = Book()
    while arrivals:
        size = data.draw(st.integers(1, 5))
        book.see(arrivals[:size])
        arrivals = arrivals[size:]
        assert book.partition() == folded_at_once(book)


@settings(max_examples=300, deadline=None)
@given(touchpoints, st.data())
def test_decisions_between_arrivals_end_where_one_fold_with_them_ends(
    seen: list[Seen], data: st.DataObject
) -> None:
    arrivals = data.draw(st.permutations(seen + seen[:3]))
    book = Book()
    while arrivals:
        size = data.draw(st.integers(1, 5))
        book.see(arrivals[:size])
        arrivals = arrivals[size:]
        if data.draw(st.booleans()):
            book.rule(data.draw(rulings(book)))
        assert book.partition() == folded_at_once(book)


@pytest.mark.parametrize(
    ("moments", "way"),
    [
        ((10,), "unite"),
        ((10, 20), "append"),
        ((10, 30, 20), "append"),
        ((10, 20, 5), "refold"),
    ],
)
def test_people_at_one_device_take_the_cheapest_way(moments: tuple[int, ...], way: str) -> None:
    device = Member(b"anonymous_id:0", "anonymous_id")
    book = Book()
    for number, moment in enumerate(moments):
        user = Member(f"user_id:{number}".encode(), "user_id")
        book.see([(frozenset({user, device}), moment)])
    assert book.ways[-1] == way
    assert book.partition() == folded_at_once(book)


def test_a_late_touchpoint_that_moves_nobody_folds_only_whom_it_touches() -> None:
    ann, ben = Member(b"user_id:0", "user_id"), Member(b"user_id:1", "user_id")
    device = Member(b"anonymous_id:0", "anonymous_id")
    book = Book()
    book.see([(frozenset({ann, device}), 10)])
    book.see([(frozenset({device}), 30)])
    book.see([(frozenset({ben, device}), 20)])
    assert book.ways[-1] == "regrow"
    assert book.partition() == folded_at_once(book)
