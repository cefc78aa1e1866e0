"""Whose word counts for a tag."""

from hypothesis import given
from hypothesis import strategies as st

from touchline.domain.tags.standing import Held, Said, TagState, Word, standing


def said(word: Word, at: int, *, until: int | None = None, key: int = 1) -> Said:
    return Said(key, word, "Ada", at, until)


def state(*words: Said, held: tuple[Held, ...] = (), at: int = 100) -> TagState | None:
    found = standing(words, held, at)
    return found.state if found else None


RULED = (Held(rule_id=7, rule_version=2, since=50, touchpoint_id=9),)


def test_a_rule_alone_sets_a_tag_and_says_why() -> None:
    found = standing((), RULED, 100)
    assert found is not None
    assert (found.state, found.set_at, found.rule_id, found.rule_version, found.touchpoint_id) == (
        TagState.AUTOMATIC,
        50,
        7,
        2,
        9,
    )


def test_a_pin_outranks_every_rule() -> None:
    assert state(said(Word.PINNED_OFF, 10), held=RULED) is TagState.PINNED_OFF
    assert state(said(Word.PINNED_ON, 10)) is TagState.PINNED_ON


def test_what_was_said_last_counts() -> None:
    words = (said(Word.PINNED_OFF, 10), said(Word.ADDED, 11, key=2))
    assert state(*words) is TagState.MANUAL


def test_a_word_that_lapsed_leaves_the_rules_to_decide() -> None:
    word = said(Word.PINNED_OFF, 10, until=100)
    assert state(word, held=RULED, at=99) is TagState.PINNED_OFF
    assert state(word, held=RULED, at=100) is TagState.AUTOMATIC
    assert state(word, at=100) is None


def test_a_removed_tag_is_gone_until_a_rule_says_it() -> None:
    assert state(said(Word.REMOVED, 10)) is None
    assert state(said(Word.REMOVED, 10), held=RULED) is TagState.AUTOMATIC


WORDS = st.builds(
    Said,
    id=st.integers(1, 4),
    word=st.sampled_from(Word),
    actor_name=st.just("Ada"),
    said_at=st.integers(0, 4),
    expires_at=st.none() | st.integers(0, 6),
)
HOLDS = st.builds(
    Held, rule_id=st.integers(1, 3), rule_version=st.integers(1, 2), since=st.integers(0, 4)
)


@given(
    st.lists(WORDS, unique_by=lambda one: (one.id, one.said_at)).flatmap(
        lambda words: st.tuples(st.just(words), st.permutations(words))
    ),
    st.lists(HOLDS, unique=True).flatmap(
        lambda holds: st.tuples(st.just(holds), st.permutations(holds))
    ),
    st.integers(0, 8),
)
def test_the_order_of_arrival_never_matters(
    words: tuple[list[Said], list[Said]], holds: tuple[list[Held], list[Held]], at: int
) -> None:
    assert standing(words[0], holds[0], at) == standing(words[1], holds[1], at)
