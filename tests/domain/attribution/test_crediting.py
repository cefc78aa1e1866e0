"""Whatever customers do, what their conversions are worth is shared exactly."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from touchline.domain.attribution.configuration import Settings
from touchline.domain.attribution.crediting import Converted, Credit, earned
from touchline.domain.attribution.journeys import Transform
from touchline.domain.attribution.shares import WHOLE
from touchline.domain.attribution.visits import Seen, visits
from touchline.domain.attribution.weights import AttributionModel
from touchline.domain.kernel.clock import DAY

EXAMPLES = 40
DIRECT = frozenset({1})
EFFECTS = {1: 0.1, 2: 0.7, 3: 0.0}

SEEN = st.lists(
    st.tuples(
        st.integers(0, 30 * DAY), st.integers(1, 4), st.none() | st.integers(7, 9), st.booleans()
    ),
    max_size=30,
).map(
    lambda told: [
        Seen(number, at, channel, "", asset, arrives or asset is None)
        for number, (at, channel, asset, arrives) in enumerate(sorted(told, key=str), 1)
    ]
)
CONVERTED = st.lists(
    st.tuples(st.integers(0, 40 * DAY), st.integers(1, 40), st.none() | st.integers(0, 10**9)),
    max_size=4,
).map(
    lambda told: [
        Converted(number, 1, touchpoint, at, worth, None if worth is None else "EUR")
        for number, (at, touchpoint, worth) in enumerate(told, 1)
    ]
)
SETTINGS = st.builds(
    Settings,
    look_back=st.none() | st.integers(DAY, 40 * DAY),
    steps=st.none() | st.integers(1, 5),
    is_split=st.booleans(),
    transforms=st.lists(st.sampled_from(Transform), unique=True).map(tuple),
)


@settings(max_examples=EXAMPLES)
@given(SEEN, CONVERTED, SETTINGS)
def test_every_model_shares_a_conversion_and_its_worth_exactly_or_not_at_all(
    seen: list[Seen], converted: list[Converted], chosen: Settings
) -> None:
    came = visits(sorted(seen, key=lambda one: (one.at, one.id)), DIRECT)
    shared = earned(came, converted, chosen, DIRECT, EFFECTS)

    for one in converted:
        by_model: dict[str, list[Credit]] = defaultdict(list)
        for credit in shared.get(one.id, []):
            by_model[credit.model].append(credit)
        assert set(by_model) in (set(), set(AttributionModel))
        for credits_of_model in by_model.values():
            assert sum(credit.weight_micro for credit in credits_of_model) == WHOLE
            assert [credit.place for credit in credits_of_model] == list(
                range(len(credits_of_model))
            )
            worth = [credit.value_minor for credit in credits_of_model]
            if one.worth is None:
                assert set(worth) == {None}
            else:
                assert sum(value or 0 for value in worth) == one.worth


@settings(max_examples=EXAMPLES)
@given(SEEN, CONVERTED, SETTINGS)
def test_nothing_that_came_after_a_conversion_earns_of_it(
    seen: list[Seen], converted: list[Converted], chosen: Settings
) -> None:
    ordered = sorted(seen, key=lambda one: (one.at, one.id))
    places = {one.id: (one.at, one.id) for one in ordered}
    shared = earned(visits(ordered, DIRECT), converted, chosen, DIRECT, EFFECTS)

    for one in converted:
        for credit in shared.get(one.id, []):
            assert places[credit.touchpoint_id] <= one.end
