"""Random people and random conditions about them, close enough to each other to matter."""

from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.oracle import Event, Person
from touchline.domain.conditions.tree import (
    AccountTrait,
    All,
    Channel,
    Comparison,
    Condition,
    Did,
    Identifier,
    Not,
    Operator,
    Sequence,
    Step,
    Trait,
    Where,
)
from touchline.domain.conditions.tree import Any as AnyOf

LATEST = 30
NAMES = ["Signed Up", "Ordered", "signed up"]
TYPES = ["TRACK", "PAGE"]
PATHS = ["plan", "product.sku", "0", "product.0", "ü"]
TRAITS = ["plan", "Plan", "age"]
SCALARS = [
    *("Pro", "pro", "Professional", "ÄRGER", "ärger", "5", "", "%", "2026-01-05", "𝄞 clef"),
    *(5, 5.0, 0, 0.1, 0.30000000000000004, -1.5, 2.0**53, 1e300, True, False),
]
_ON_TEXT = [value for value in SCALARS if isinstance(value, str) and value]
_IN_ORDER = [value for value in SCALARS if not isinstance(value, bool)]

scalars = st.sampled_from(SCALARS)
values = st.one_of(
    scalars,
    st.just(2**53 + 1),
    st.none(),
    st.lists(scalars, max_size=2),
    st.dictionaries(st.just("sku"), scalars),
)
moments = st.integers(0, LATEST)
windows = st.none() | st.integers(1, LATEST)


def _documents(keys: list[str]) -> st.SearchStrategy[dict[str, object]]:
    return st.dictionaries(st.sampled_from(keys), values, max_size=3)


campaigns = st.fixed_dictionaries(
    {}, optional={"campaign": _documents(["source", "medium", "name"]) | scalars}
)
events = st.builds(
    Event,
    moments,
    st.sampled_from(NAMES),
    st.sampled_from(TYPES),
    _documents(["plan", "product", "0", "ü"]),
    campaigns,
)
identifiers = st.tuples(
    st.sampled_from(["email", "user_id"]), st.sampled_from(["a@x.org", "b@x.org", "A1", "a1"])
)
people = st.builds(
    Person,
    st.dictionaries(st.sampled_from(TRAITS), values.filter(lambda value: value is not None)),
    st.lists(identifiers, max_size=2, unique=True),
    st.lists(events, max_size=6),
    st.none() | _documents(TRAITS),
)


def _test(operator: Operator) -> st.SearchStrategy[Comparison]:
    match operator:
        case Operator.EXISTS | Operator.MISSING:
            return st.just(Comparison(operator))
        case Operator.ONE_OF:
            several = st.lists(scalars, min_size=1, max_size=3).map(tuple)
            return st.builds(Comparison, st.just(operator), st.none(), several)
        case Operator.CONTAINS | Operator.STARTS_WITH:
            return st.builds(Comparison, st.just(operator), st.sampled_from(_ON_TEXT))
        case Operator.EQUALS | Operator.NOT_EQUALS:
            return st.builds(Comparison, st.just(operator), scalars)
        case _:
            return st.builds(Comparison, st.just(operator), st.sampled_from(_IN_ORDER))


tests = st.sampled_from(list(Operator)).flatmap(_test)
_texts = [Operator.EQUALS, Operator.STARTS_WITH, Operator.CONTAINS, Operator.NOT_EQUALS]
identifier_tests = st.builds(
    Comparison, st.sampled_from(_texts), st.sampled_from(["a@x.org", "A1", "a", "x.org"])
) | st.sampled_from([Comparison(Operator.EXISTS), Comparison(Operator.MISSING)])
wheres = st.lists(st.builds(Where, st.sampled_from(PATHS), tests), max_size=2).map(tuple)
steps = st.builds(Step, st.sampled_from(NAMES), st.none() | st.sampled_from(TYPES), wheres)


@st.composite
def dids(draw: st.DrawFn) -> Did:
    """A count of touchpoints that makes sense."""
    step = draw(steps | st.builds(Step, st.none(), st.sampled_from(TYPES), wheres))
    least = draw(st.none() | st.integers(0, 3))
    most = draw(
        st.integers(least or 0, 4) if least == 0 else st.none() | st.integers(least or 0, 4)
    )
    counted = Did(step.event, step.type, step.where, least, most)
    if draw(st.booleans()):
        return replace(counted, within=draw(windows))
    since, length = draw(st.none() | moments), draw(st.integers(1, LATEST))
    until = draw(st.sampled_from([None, (since or 0) + length]))
    return replace(counted, since=since, until=until)


sequences = st.builds(
    Sequence, st.lists(steps, min_size=2, max_size=3).map(tuple), windows, windows
)
channels = st.builds(Channel, tests, st.none() | tests, st.none() | tests, windows)
leaves: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Trait, st.sampled_from(TRAITS), tests),
    st.builds(AccountTrait, st.sampled_from(TRAITS), tests),
    st.builds(Identifier, st.sampled_from(["email", "user_id"]), st.none() | identifier_tests),
    dids(),
    sequences,
    channels,
)


def _combined(below: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(below, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(All, several), st.builds(AnyOf, several), st.builds(Not, below))


conditions: st.SearchStrategy[Condition] = st.recursive(leaves, _combined, max_leaves=5)
